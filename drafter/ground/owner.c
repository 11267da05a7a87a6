#include "drafter/ground/owner.h"

enum { MARGIN = 2 }; /* nearer by less than this is no nearer */

bool lac_claim_same_group(const lac_claim *a, const lac_claim *b)
{
    bool numbers = a->kind <= LAC_CLAIM_SPREAD && b->kind <= LAC_CLAIM_SPREAD;
    if (!numbers) {
        return a->kind == b->kind;
    }
    bool soft = a->unit_class <= LAC_UNIT_NOUN && b->unit_class <= LAC_UNIT_NOUN &&
                (a->unit_class != b->unit_class || lac_span_equal(a->unit, b->unit));
    return soft || (a->unit_class == b->unit_class && lac_span_equal(a->unit, b->unit));
}

static bool is_mark(const lac_ground_reading *reading, uint32_t at, uint32_t mark)
{
    const lac_ground_token *token = &reading->tokens.items[at];
    return token->kind == LAC_TOKEN_MARK && token->mark == mark;
}

/* The token that closes a parenthesis that opens at `at` and closes in front of `end`; else `at`.
 */
static uint32_t closing(const lac_ground_reading *reading, uint32_t at, uint32_t end)
{
    uint32_t depth = 0;
    for (uint32_t i = at; i < end; i++) {
        depth += is_mark(reading, i, '(') ? 1 : 0;
        if (is_mark(reading, i, ')') && --depth == 0) {
            return i;
        }
    }
    return at;
}

/* Words in between, and what stands between them; a whole parenthesis counts as one word. */
static uint32_t cost_between(const lac_ground_reading *reading, uint32_t low, uint32_t high)
{
    enum { WALK_MAX = 80, FAR = 1000 };
    uint32_t cost = 0;
    if (high - low > WALK_MAX) {
        return FAR + (high - low);
    }
    for (uint32_t i = low + 1; i < high; i++) {
        uint32_t behind = is_mark(reading, i, '(') ? closing(reading, i, high) : i;
        cost += 1 + (behind > i ? 0 : reading->barriers[i] - reading->barriers[i - 1]);
        i = behind;
    }
    return cost + 1;
}

static uint32_t cost_to(const lac_ground_reading *reading, uint32_t token, const lac_claim *claim)
{
    uint32_t near = token < claim->first ? claim->first : claim->last - 1;
    return near < token ? cost_between(reading, near, token) : cost_between(reading, token, near);
}

/* ---- lists that run side by side ------------------------------------------------------------ */

/* Only list words and commas between the tokens. */
static bool is_list_gap(const lac_ground_reading *reading, uint32_t from, uint32_t to)
{
    if (to < from || to - from > 3 || to == from) {
        return false;
    }
    for (uint32_t i = from; i < to; i++) {
        const lac_ground_token *token = &reading->tokens.items[i];
        bool list = (token->kind == LAC_TOKEN_MARK && (token->mark == ',' || token->mark == '/')) ||
                    lac_span_is(token->form, "and") || lac_span_is(token->form, "or") ||
                    lac_span_is(token->form, "for");
        if (!list) {
            return false;
        }
    }
    return true;
}

typedef struct run {
    uint32_t first, count; /* of claims or of mentions */
} run;

static run claim_run(const lac_ground_reading *reading, const lac_segment *segment, uint32_t claim)
{
    const lac_claim *claims = reading->claims.items;
    run found = {claim, 1};
    while (found.first > segment->first_claim &&
           lac_claim_same_group(&claims[found.first - 1], &claims[claim]) &&
           is_list_gap(reading, claims[found.first - 1].last, claims[found.first].first)) {
        found.first--;
        found.count++;
    }
    while (found.first + found.count < segment->end_claim &&
           lac_claim_same_group(&claims[found.first + found.count], &claims[claim]) &&
           is_list_gap(reading, claims[found.first + found.count - 1].last,
                       claims[found.first + found.count].first)) {
        found.count++;
    }
    return found;
}

static uint32_t mention_end(const lac_ground_reading *reading, const lac_mention *mention)
{
    return mention->claim == UINT32_MAX ? mention->token + 1
                                        : reading->claims.items[mention->claim].last;
}

static run mention_run(const lac_ground_reading *reading, const lac_segment *segment,
                       uint32_t index)
{
    const lac_mention *all = segment->mentions;
    run found = {index, 1};
    while (found.first > 0 && is_list_gap(reading, mention_end(reading, &all[found.first - 1]),
                                          all[found.first].token)) {
        found.first--;
        found.count++;
    }
    while (found.first + found.count < segment->mention_count &&
           is_list_gap(reading, mention_end(reading, &all[found.first + found.count - 1]),
                       all[found.first + found.count].token)) {
        found.count++;
    }
    return found;
}

bool lac_owner_is_listed(const lac_ground_reading *reading, const lac_segment *segment,
                         const lac_mention *mention)
{
    return mention_run(reading, segment, (uint32_t)(mention - segment->mentions)).count > 1;
}

bool lac_owner_list_place(uint32_t *place, uint32_t *length, const lac_ground_reading *reading,
                          const lac_segment *segment, uint32_t claim)
{
    run claims = claim_run(reading, segment, claim);
    *place = claim - claims.first;
    *length = claims.count;
    return claims.count > 1;
}

bool lac_owner_is_open_list(const lac_ground_reading *reading, const lac_segment *segment,
                            uint32_t claim)
{
    return claim_run(reading, segment, claim).count > 1;
}

/* ---- owners --------------------------------------------------------------------------------- */

static bool nearest(lac_owner *out, const lac_ground_reading *reading, const lac_segment *segment,
                    const lac_mention *mention, const lac_claim *like)
{
    uint32_t best = UINT32_MAX, second = UINT32_MAX, count = 0;
    for (uint32_t i = segment->first_claim; i < segment->end_claim; i++) {
        const lac_claim *claim = &reading->claims.items[i];
        if (i == mention->claim || !lac_claim_same_group(claim, like)) {
            continue;
        }
        uint32_t cost = cost_to(reading, mention->token, claim);
        count++;
        if (cost < best) {
            second = best;
            best = cost;
            out->claim = i;
        } else if (cost < second) {
            second = cost;
        }
    }
    out->cost = best;
    out->alone = count == 1;
    return count > 0 && (count == 1 || second - best >= MARGIN);
}

/* ---- what a whole sentence is about ---------------------------------------------------------- */

/* Arms of a study are one family, weeks another: where a sentence names only one of a family, it
 * says so of everything in it. */
static bool same_family(const lac_mention *a, const lac_mention *b)
{
    if (a->occasion || b->occasion) {
        return a->occasion && b->occasion;
    }
    return a->name == b->name;
}

static bool is_label(const lac_mention *mention)
{
    return mention->label || mention->name;
}

static bool is_only_label(const lac_ground_reading *reading, const lac_segment *segment,
                          const lac_mention *mention)
{
    /* "grade 3 or 4" is one of them. */
    const run listed = mention_run(reading, segment, (uint32_t)(mention - segment->mentions));
    for (uint32_t i = 0; i < segment->mention_count; i++) {
        const lac_mention *other = &segment->mentions[i];
        bool same = (other->id == mention->id && other->id != LAC_UNKNOWN) ||
                    (mention->occasion && i >= listed.first && i < listed.first + listed.count);
        if (other != mention && is_label(other) && !same && same_family(mention, other)) {
            return false;
        }
    }
    return true;
}

typedef struct spread_out {
    const lac_claim *first, *second, *before_last, *last; /* of the group */
} spread_out;

static spread_out group_of(const lac_ground_reading *reading, const lac_segment *segment,
                           const lac_claim *like)
{
    spread_out group = {NULL, NULL, NULL, NULL};
    for (uint32_t i = segment->first_claim; i < segment->end_claim; i++) {
        const lac_claim *claim = &reading->claims.items[i];
        if (lac_claim_same_group(claim, like)) {
            group.second = group.first != NULL && group.second == NULL ? claim : group.second;
            group.first = group.first == NULL ? claim : group.first;
            group.before_last = group.last;
            group.last = claim;
        }
    }
    return group;
}

static bool is_plain(const lac_mention *mention)
{
    return !is_label(mention);
}

/* Where the list goes on between two numbers: the first comma or "and"; `second` where it does not.
 */
static uint32_t turn_between(const lac_ground_reading *reading, const lac_claim *first,
                             const lac_claim *second)
{
    for (uint32_t i = first->last; i < second->first; i++) {
        uint32_t behind = is_mark(reading, i, '(') ? closing(reading, i, second->first) : i;
        if (behind == i && reading->barriers[i] - reading->barriers[i - 1] > 2) {
            return i;
        }
        i = behind;
    }
    return second->first;
}

/* Whether each number has a word of its own: in front of it, "nausea in 6 %, headache in 8
 * %", or behind it, "6 % had nausea and 8 % headache". */
static bool names_each(const lac_ground_reading *reading, const lac_segment *segment,
                       const lac_claim *first, const lac_claim *second, bool in_front)
{
    if (first == NULL || second == NULL || first == second) {
        return false;
    }
    uint32_t turn = turn_between(reading, first, second);
    uint32_t low = in_front ? turn : first->last, high = in_front ? second->first : turn;
    for (uint32_t i = 0; i < segment->mention_count; i++) {
        const lac_mention *mention = &segment->mentions[i];
        if (mention->token >= low && mention->token < high) {
            return true;
        }
    }
    return false;
}

/* No other word stands between the mention and the number beside it. */
static bool is_next_to(const lac_segment *segment, const lac_mention *mention, uint32_t low,
                       uint32_t high)
{
    for (uint32_t i = 0; i < segment->mention_count; i++) {
        const lac_mention *other = &segment->mentions[i];
        if (other != mention && other->token > low && other->token < high) {
            return false;
        }
    }
    return true;
}

/* What stands in front of the first or behind the last number is said of all of them, unless each
 * of them has a word or label of its own. */
static bool is_topic(const lac_ground_reading *reading, const lac_segment *segment,
                     const lac_mention *mention, const lac_claim *like, uint32_t cost)
{
    enum { BESIDE = 6 };
    const spread_out group = group_of(reading, segment, like);
    bool before = group.first != NULL && mention->token < group.first->first;
    bool behind = group.last != NULL && mention->token >= group.last->last;
    if (!before && !behind) {
        return false;
    }
    if (!is_plain(mention)) {
        return (mention->occasion || cost > BESIDE) && is_only_label(reading, segment, mention);
    }
    bool each = before ? names_each(reading, segment, group.first, group.second, true)
                       : names_each(reading, segment, group.before_last, group.last, false);
    return !each || !is_next_to(segment, mention, before ? mention->token : group.last->last - 1,
                                before ? group.first->first : mention->token);
}

/* A number of another kind, behind a comma or "and" as seen from the owner, is nearer: "Cmax was
 * 640 ng/mL and AUC was 4,305": AUC says nothing of 640. */
static bool is_foreign(const lac_ground_reading *reading, const lac_segment *segment,
                       const lac_mention *mention, const lac_owner *owner)
{
    enum { TURN = 4 };
    const lac_claim *own = &reading->claims.items[owner->claim];
    for (uint32_t i = segment->first_claim; i < segment->end_claim; i++) {
        const lac_claim *other = &reading->claims.items[i];
        bool measures =
            lac_claim_has_numbers(other) && !other->dose && other->unit_class != LAC_UNIT_PREFIX;
        if (i == owner->claim || i == mention->claim || !measures) {
            continue;
        }
        uint32_t low = own->last <= other->first ? own->last - 1 : other->last - 1;
        uint32_t high = own->last <= other->first ? other->first : own->first;
        if (low < high && reading->barriers[high] - reading->barriers[low] >= TURN &&
            cost_to(reading, mention->token, other) + MARGIN <= owner->cost) {
            return true;
        }
    }
    return false;
}

lac_owner lac_owner_of(const lac_ground_reading *reading, const lac_segment *segment,
                       const lac_mention *mention, const lac_claim *like)
{
    lac_owner owner = {LAC_NO_OWNER, 0, false, false, false};
    bool clear = nearest(&owner, reading, segment, mention, like);
    if (owner.claim == LAC_NO_OWNER) {
        return owner;
    }
    if (is_foreign(reading, segment, mention, &owner)) {
        owner.claim = LAC_NO_OWNER;
        owner.foreign = true;
        return owner;
    }
    if (owner.alone) {
        return owner;
    }
    if (is_topic(reading, segment, mention, like, owner.cost)) {
        owner.claim = LAC_NO_OWNER;
        owner.topic = true;
        return owner;
    }
    run claims = claim_run(reading, segment, owner.claim);
    if (claims.count > 1) {
        uint32_t index = (uint32_t)(mention - segment->mentions);
        run mentions = mention_run(reading, segment, index);
        owner.claim =
            mentions.count == claims.count ? claims.first + (index - mentions.first) : LAC_NO_OWNER;
        return owner;
    }
    owner.claim = clear ? owner.claim : LAC_NO_OWNER;
    return owner;
}
