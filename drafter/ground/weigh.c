#include "drafter/ground/weigh.h"

#include "drafter/ground/match.h"
#include "drafter/ground/owner.h"
#include "drafter/ground/polarity.h"

enum {
    LABEL_REACH = 12, /* a label farther away than this may belong to anything */
    BESIDE = 4,       /* words as near as this say what the value is of */
    SHARE_OF = 2,     /* one word in two has to be there */
};

static bool has(const lac_segment *segment, uint32_t id)
{
    return id != LAC_UNKNOWN &&
           (lac_segment_has(segment, id) || lac_segment_context_has(segment, id));
}

uint32_t lac_shared_mentions(const lac_segment *draft, const lac_segment *source)
{
    uint32_t shared = 0;
    for (uint32_t i = 0; i < draft->mention_count; i++) {
        shared += has(source, draft->mentions[i].id) ? 1 : 0;
    }
    return shared;
}

static const lac_claim *claim_of(const lac_ground_place *place)
{
    return &place->reading->claims.items[place->claim];
}

/* ---- owners --------------------------------------------------------------------------------- */

static bool same_canonical(const lac_ground_reading *reading, uint32_t a, uint32_t b)
{
    return lac_span_equal(reading->claims.items[a].canonical, reading->claims.items[b].canonical);
}

/* The draft's owner of a mention is the claim that is weighed. */
static bool owned(lac_owner *owner, const lac_ground_place *draft, const lac_mention *mention)
{
    *owner = lac_owner_of(draft->reading, draft->segment, mention, claim_of(draft));
    return mention->claim != draft->claim && owner->claim == draft->claim;
}

/* What the source says about who owns a word: how often it is the claim's, how often another's. */
typedef struct ownership {
    uint32_t own, others, open; /* open: of a list that does not say */
    uint32_t other;             /* a claim that owns it */
} ownership;

static ownership ask_owners(const lac_ground_place *source, uint32_t id)
{
    ownership out = {0, 0, 0, UINT32_MAX};
    for (uint32_t i = 0; i < source->segment->mention_count; i++) {
        const lac_mention *there = &source->segment->mentions[i];
        if (there->id != id || there->claim == source->claim) {
            continue;
        }
        lac_owner owner = lac_owner_of(source->reading, source->segment, there, claim_of(source));
        bool open = owner.claim == LAC_NO_OWNER && !owner.topic && !owner.foreign && there->label &&
                    lac_owner_is_open_list(source->reading, source->segment, source->claim);
        out.open += open ? 1 : 0;
        if (owner.claim == LAC_NO_OWNER) {
            continue;
        }
        if (owner.claim == source->claim ||
            same_canonical(source->reading, owner.claim, source->claim)) {
            out.own++;
        } else {
            out.others++;
            out.other = owner.claim;
        }
    }
    return out;
}

static bool other_owner(lac_weighing *out, const lac_ground_place *source,
                        const lac_mention *mention)
{
    if (mention->id == LAC_UNKNOWN) {
        return false;
    }
    ownership found = ask_owners(source, mention->id);
    if (found.own == 0 && found.others > 0) {
        out->fit = LAC_FIT_OTHER_OWNER;
        out->token = mention->token;
        out->other_claim = found.other;
        return true;
    }
    if (found.own == 0 && found.open > 0) {
        out->fit = LAC_FIT_UNSURE;
        out->token = mention->token;
        return true;
    }
    return false;
}

/* "0.78 (95 % CI 0.65 to 0.93)": the number in front of an interval; LAC_NO_OWNER: none. */
static uint32_t estimate_of(const lac_ground_place *place)
{
    const lac_claims *claims = &place->reading->claims;
    if (claim_of(place)->kind != LAC_CLAIM_INTERVAL || place->claim == 0 ||
        place->claim <= place->segment->first_claim) {
        return LAC_NO_OWNER;
    }
    const lac_claim *before = &claims->items[place->claim - 1];
    return before->kind == LAC_CLAIM_NUMBER && claim_of(place)->first - before->last <= 2
               ? place->claim - 1
               : LAC_NO_OWNER;
}

static bool other_estimate(lac_weighing *out, const lac_ground_place *draft,
                           const lac_ground_place *source)
{
    uint32_t said = estimate_of(draft), there = estimate_of(source);
    if (said == LAC_NO_OWNER || there == LAC_NO_OWNER ||
        lac_decimal_equal(&draft->reading->claims.items[said].a.value,
                          &source->reading->claims.items[there].a.value)) {
        return false;
    }
    out->fit = LAC_FIT_OTHER_OWNER;
    out->token = draft->reading->claims.items[said].first;
    out->other_claim = there;
    return true;
}

/* ---- labels --------------------------------------------------------------------------------- */

/* Values for which it matters what they were measured in. */
static bool needs_labels(const lac_claim *claim)
{
    bool occasion = claim->unit_class == LAC_UNIT_PREFIX;
    bool dose = claim->dose;
    return lac_claim_has_numbers(claim) && !occasion && !dose;
}

/* Another claim of the passage could be meant. */
static bool has_rival(const lac_ground_place *source)
{
    const lac_claims *claims = &source->reading->claims;
    for (uint32_t i = 0; i < claims->count; i++) {
        if (i != source->claim && lac_claim_same_group(&claims->items[i], claim_of(source)) &&
            !same_canonical(source->reading, i, source->claim)) {
            return true;
        }
    }
    return false;
}

/* `labels`: only the first row and the first column of a table count. */
static bool passage_has(const lac_ground_reading *reading, uint32_t id, bool labels)
{
    for (uint32_t i = 0; i < reading->segment_count; i++) {
        const lac_segment *segment = &reading->segments[i];
        if ((!labels || segment->row == 0 || segment->column == 0) &&
            lac_segment_has(segment, id)) {
            return true;
        }
    }
    return false;
}

static bool in_label_cell(const lac_segment *segment)
{
    return segment->row == 0 || segment->column == 0;
}

/* The mention is in the table, but in no label of this cell. Of plain words only labels count. */
static bool labels_other_cell(const lac_ground_place *source, const lac_mention *mention)
{
    bool strict = mention->label || mention->name;
    return source->segment->row != UINT32_MAX && !in_label_cell(source->segment) &&
           mention->id != LAC_UNKNOWN && !has(source->segment, mention->id) &&
           passage_has(source->reading, mention->id, !strict);
}

/* A label the segment has itself, other than this one: then it is about that. */
static bool has_other(const lac_segment *segment, const lac_mention *like)
{
    for (uint32_t i = 0; i < segment->mention_count; i++) {
        const lac_mention *other = &segment->mentions[i];
        if (other->id != like->id && (like->name ? other->name : other->label)) {
            return true;
        }
    }
    return false;
}

/* The sentence before names several labels: which of them is meant is not said. */
static bool is_one_of_many(const lac_ground_place *source, const lac_mention *mention)
{
    const lac_ground_reading *reading = source->reading;
    uint32_t at = (uint32_t)(source->segment - reading->segments);
    const lac_segment *before = at > 0 ? &reading->segments[at - 1] : NULL;
    return before != NULL && before->row == source->segment->row &&
           before->column == source->segment->column && lac_segment_has(before, mention->id) &&
           has_other(before, mention);
}

/* The sentence before, or the heading, says what it is about, and nothing else is said there. */
static bool told_before(const lac_ground_place *source, const lac_mention *mention)
{
    return lac_segment_context_has(source->segment, mention->id) &&
           !has_other(source->segment, mention);
}

/* "after 4 weeks" where the source has "over 4 weeks": the time is there. */
static bool has_time(const lac_ground_place *source, const lac_claim *time)
{
    for (uint32_t i = source->segment->first_claim; i < source->segment->end_claim; i++) {
        if (lac_claim_match(time, &source->reading->claims.items[i], source->reading,
                            source->segment) == LAC_SAME) {
            return true;
        }
    }
    return false;
}

static bool missing_label(const lac_ground_place *draft, const lac_ground_place *source,
                          const lac_mention *mention)
{
    if (mention->occasion && has_time(source, &draft->reading->claims.items[mention->claim])) {
        return false;
    }
    if (mention->id != LAC_UNKNOWN &&
        (lac_segment_has(source->segment, mention->id) ||
         (source->segment->row != UINT32_MAX && has(source->segment, mention->id) &&
          !is_one_of_many(source, mention)))) {
        return false;
    }
    if (in_label_cell(source->segment) && passage_has(source->reading, mention->id, false)) {
        return false;
    }
    bool elsewhere = mention->id != LAC_UNKNOWN && passage_has(source->reading, mention->id, false);
    bool told = mention->id != LAC_UNKNOWN && told_before(source, mention);
    return !(told && !is_one_of_many(source, mention)) && (!elsewhere || has_rival(source));
}

/* Another sentence of the passage has the word, and a value that could be meant. */
static bool said_of_rival(const lac_ground_place *source, uint32_t id)
{
    const lac_ground_reading *reading = source->reading;
    if (id == LAC_UNKNOWN || lac_segment_has(source->segment, id) ||
        source->segment->row != UINT32_MAX) {
        return false;
    }
    for (uint32_t s = 0; s < reading->segment_count; s++) {
        const lac_segment *other = &reading->segments[s];
        for (uint32_t i = other->first_claim;
             other != source->segment && lac_segment_has(other, id) && i < other->end_claim; i++) {
            if (lac_claim_same_group(&reading->claims.items[i], claim_of(source)) &&
                !same_canonical(reading, i, source->claim)) {
                return true;
            }
        }
    }
    return false;
}

/* ---- sentences ------------------------------------------------------------------------------ */

/* Of "3 March to 29 August" the first begins something and the second ends it: 1, -1; else 0. */
static int end_of_period(const lac_ground_place *place)
{
    const lac_claims *claims = &place->reading->claims;
    uint32_t at = place->claim;
    if (claim_of(place)->kind != LAC_CLAIM_DATE) {
        return 0;
    }
    bool follows = at + 1 < claims->count && claims->items[at + 1].kind == LAC_CLAIM_DATE &&
                   claims->items[at + 1].first == claims->items[at].last + 1;
    bool ends = at > 0 && claims->items[at - 1].kind == LAC_CLAIM_DATE &&
                claims->items[at].first == claims->items[at - 1].last + 1;
    return follows ? 1 : (ends ? -1 : 0);
}

static bool other_end(const lac_ground_place *draft, const lac_ground_place *source)
{
    int there = end_of_period(source), said = end_of_period(draft);
    if (said == 0) {
        said = lac_polarity_start(draft->reading, draft->segment, claim_of(draft));
    }
    return there != 0 && said != 0 && there != said;
}

static bool wrong_direction(const lac_ground_place *draft, const lac_ground_place *source,
                            bool apart)
{
    int said = lac_polarity_direction(draft->reading, draft->segment, claim_of(draft));
    int there = lac_polarity_direction(source->reading, source->segment, claim_of(source));
    bool draft_negative = claim_of(draft)->a.value.negative;
    bool source_negative = claim_of(source)->a.value.negative;
    if (apart) {
        /* The positive one has to be called a decrease. */
        return draft_negative ? there >= 0 : said >= 0;
    }
    if (!draft_negative && !source_negative) {
        return said != 0 && there != 0 && said != there;
    }
    return draft_negative && said > 0;
}

/* Hardly stated by chance; or what is counted says what it is about. */
static bool is_telling(const lac_claim *draft, const lac_claim *source)
{
    return draft->kind >= LAC_CLAIM_DATE || draft->kind == LAC_CLAIM_INTERVAL ||
           draft->kind == LAC_CLAIM_P_VALUE ||
           (draft->unit_class == LAC_UNIT_NOUN && source->unit_class == LAC_UNIT_NOUN &&
            !lac_span_is(draft->unit, "participants"));
}

/* Words near the claim of the draft, and how many of them the source has there; `beside`: it has
 * the nearest of them. */
static uint32_t near_words(uint32_t *shared, bool *beside, const lac_ground_place *draft,
                           const lac_segment *source)
{
    enum { NEAR = 8 };
    uint32_t count = 0, closest = UINT32_MAX;
    *shared = 0;
    *beside = false;
    for (uint32_t i = 0; i < draft->segment->mention_count; i++) {
        const lac_mention *mention = &draft->segment->mentions[i];
        lac_owner owner = lac_owner_of(draft->reading, draft->segment, mention, claim_of(draft));
        if (mention->claim != draft->claim && owner.claim == draft->claim && owner.cost <= NEAR) {
            count++;
            *shared += has(source, mention->id) ? 1 : 0;
            *beside = owner.cost < closest ? has(source, mention->id) : *beside;
            closest = owner.cost < closest ? owner.cost : closest;
        }
    }
    return count;
}

static bool enough(const lac_ground_place *draft, const lac_ground_place *source, uint32_t shared)
{
    const lac_claim *claim = claim_of(draft);
    uint32_t all = draft->segment->mention_count, self = 0, near_shared;
    bool beside;
    if (claim->kind != LAC_CLAIM_REFERENCE && is_telling(claim, claim_of(source))) {
        return true;
    }
    if (in_label_cell(source->segment) && source->segment->row != UINT32_MAX && claim->dose) {
        return true; /* a label of the table; what it is the label of was looked at */
    }
    for (uint32_t i = 0; i < all; i++) {
        self += draft->segment->mentions[i].claim == draft->claim ? 1 : 0;
    }
    if (all == self) { /* only what is counted, or the unit of a time, can tell */
        return claim->unit_class == claim_of(source)->unit_class && claim->unit.len > 0 &&
               !lac_span_is(claim->unit, "%");
    }
    uint32_t near = near_words(&near_shared, &beside, draft, source->segment);
    if (claim->kind == LAC_CLAIM_REFERENCE) {
        return shared * 2 > all;
    }
    return beside || (shared > self && shared * SHARE_OF >= all) ||
           (near_shared > 0 && near_shared * SHARE_OF >= near);
}

/* The draft compares, so what it says of this value has to be said of it. */
static bool loosely_tied(const lac_owner *owner, const lac_ground_place *source,
                         const lac_mention *mention)
{
    if (mention->name) {
        return mention->id != LAC_UNKNOWN && !has(source->segment, mention->id) &&
               has_other(source->segment, mention);
    }
    bool beside = !owner->alone || owner->cost <= BESIDE;
    return beside && !mention->label && said_of_rival(source, mention->id);
}

static bool weigh_mention(lac_weighing *out, const lac_ground_place *draft,
                          const lac_ground_place *source, const lac_mention *mention)
{
    lac_owner owner;
    bool sibling =
        mention->claim != UINT32_MAX &&
        lac_claim_same_group(&draft->reading->claims.items[mention->claim], claim_of(draft));
    bool mine = owned(&owner, draft, mention);
    bool label_of_label = mention->label && !needs_labels(claim_of(draft));
    if (sibling || label_of_label || (!mine && !owner.topic)) {
        return true;
    }
    if (!mine) { /* said of all: it has to be said of this cell as well */
        bool other_cell = labels_other_cell(source, mention);
        out->fit = other_cell ? LAC_FIT_NOT_TIED : out->fit;
        out->token = other_cell ? mention->token : out->token;
        return !other_cell;
    }
    if (other_owner(out, source, mention)) {
        return false;
    }
    bool strict = mention->label && owner.cost <= LABEL_REACH && needs_labels(claim_of(draft)) &&
                  !lac_owner_is_listed(draft->reading, draft->segment, mention) &&
                  missing_label(draft, source, mention);
    if (strict || labels_other_cell(source, mention) || loosely_tied(&owner, source, mention)) {
        out->fit = LAC_FIT_NOT_TIED;
        out->token = mention->token;
        return false;
    }
    return true;
}

/* Lists of the same length: what is third in one is third in the other, or nobody knows. */
static bool moved_in_list(const lac_ground_place *draft, const lac_ground_place *source)
{
    uint32_t said, said_of, there, there_of;
    return lac_owner_list_place(&said, &said_of, draft->reading, draft->segment, draft->claim) &&
           lac_owner_list_place(&there, &there_of, source->reading, source->segment,
                                source->claim) &&
           said_of == there_of && said != there;
}

lac_weighing lac_weigh(const lac_ground_place *draft, const lac_ground_place *source, bool apart)
{
    lac_weighing out = {LAC_FIT_GOOD, UINT32_MAX, UINT32_MAX, 0};
    lac_opposite opposite;
    out.shared = lac_shared_mentions(draft->segment, source->segment);
    for (uint32_t i = 0; i < draft->segment->mention_count; i++) {
        if (!weigh_mention(&out, draft, source, &draft->segment->mentions[i])) {
            return out;
        }
    }
    if (other_estimate(&out, draft, source)) {
        return out;
    }
    if (moved_in_list(draft, source)) {
        out.fit = LAC_FIT_UNSURE;
        return out;
    }
    if (!enough(draft, source, out.shared)) {
        out.fit = LAC_FIT_ELSEWHERE;
    } else if (wrong_direction(draft, source, apart) || other_end(draft, source)) {
        out.fit = LAC_FIT_DIRECTION;
    } else if (lac_polarity_conflict(&opposite, draft->reading, draft->segment, source->reading,
                                     source->segment)) {
        out.fit = LAC_FIT_OPPOSITE;
        out.token = opposite.draft;
    }
    return out;
}
