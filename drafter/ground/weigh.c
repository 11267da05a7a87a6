#include "drafter/ground/weigh.h"

#include "drafter/ground/owner.h"
#include "drafter/ground/polarity.h"

enum {
    LABEL_REACH = 12, /* a label farther away than this may belong to anything */
    SHARE_OF = 3,     /* one word in three has to be there */
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

static const lac_mention *find_once(const lac_segment *segment, uint32_t id)
{
    const lac_mention *found = NULL;
    for (uint32_t i = 0; i < segment->mention_count; i++) {
        if (segment->mentions[i].id == id) {
            if (found != NULL) {
                return NULL;
            }
            found = &segment->mentions[i];
        }
    }
    return found;
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

static bool other_owner(lac_weighing *out, const lac_ground_place *source,
                        const lac_mention *mention)
{
    const lac_mention *there = find_once(source->segment, mention->id);
    if (mention->id == LAC_UNKNOWN || there == NULL || there->claim == source->claim) {
        return false;
    }
    lac_owner owner = lac_owner_of(source->reading, source->segment, there, claim_of(source));
    if (owner.claim == LAC_NO_OWNER && mention->label &&
        lac_owner_is_open_list(source->reading, source->segment, source->claim)) {
        out->fit = LAC_FIT_UNSURE;
        out->token = mention->token;
        return true;
    }
    if (owner.claim == LAC_NO_OWNER || owner.claim == source->claim ||
        same_canonical(source->reading, owner.claim, source->claim)) {
        return false;
    }
    out->fit = LAC_FIT_OTHER_OWNER;
    out->token = mention->token;
    out->other_claim = owner.claim;
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

/* The mention is the label of another row or column of the table. */
static bool labels_other_cell(const lac_ground_place *source, uint32_t id)
{
    return source->segment->row != UINT32_MAX && id != LAC_UNKNOWN && !has(source->segment, id) &&
           passage_has(source->reading, id, true);
}

static bool missing_label(const lac_ground_place *source, const lac_mention *mention)
{
    if (has(source->segment, mention->id)) {
        return false;
    }
    bool elsewhere = mention->id != LAC_UNKNOWN && passage_has(source->reading, mention->id, false);
    return !elsewhere || has_rival(source);
}

/* ---- sentences ------------------------------------------------------------------------------ */

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

static bool enough(const lac_ground_place *draft, uint32_t shared)
{
    uint32_t all = draft->segment->mention_count, self = 0;
    for (uint32_t i = 0; i < all; i++) {
        self += draft->segment->mentions[i].claim == draft->claim ? 1 : 0;
    }
    return all == self || (shared > self && shared * SHARE_OF >= all);
}

static bool weigh_mention(lac_weighing *out, const lac_ground_place *draft,
                          const lac_ground_place *source, const lac_mention *mention)
{
    lac_owner owner;
    if (!owned(&owner, draft, mention)) {
        return true;
    }
    if (other_owner(out, source, mention)) {
        return false;
    }
    bool strict = mention->label && owner.cost <= LABEL_REACH && needs_labels(claim_of(draft)) &&
                  missing_label(source, mention);
    if (strict || labels_other_cell(source, mention->id)) {
        out->fit = LAC_FIT_NOT_TIED;
        out->token = mention->token;
        return false;
    }
    return true;
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
    if (!enough(draft, out.shared)) {
        out.fit = LAC_FIT_ELSEWHERE;
    } else if (wrong_direction(draft, source, apart)) {
        out.fit = LAC_FIT_DIRECTION;
    } else if (lac_polarity_conflict(&opposite, draft->reading, draft->segment, source->reading,
                                     source->segment)) {
        out.fit = LAC_FIT_OPPOSITE;
        out.token = opposite.draft;
    }
    return out;
}
