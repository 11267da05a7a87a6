#include "drafter/ground/owner.h"

enum { MARGIN = 2 }; /* nearer by less than this is no nearer */

bool lac_claim_same_group(const lac_claim *a, const lac_claim *b)
{
    bool numbers = a->kind <= LAC_CLAIM_SPREAD && b->kind <= LAC_CLAIM_SPREAD;
    if (!numbers) {
        return a->kind == b->kind;
    }
    bool soft = a->unit_class <= LAC_UNIT_NOUN && b->unit_class <= LAC_UNIT_NOUN;
    return soft || (a->unit_class == b->unit_class && lac_span_equal(a->unit, b->unit));
}

static uint32_t cost_to(const lac_ground_reading *reading, uint32_t token, const lac_claim *claim)
{
    uint32_t near = token < claim->first ? claim->first : claim->last - 1;
    uint32_t distance = near > token ? near - token : token - near;
    uint32_t low = near < token ? near : token, high = near < token ? token : near;
    return distance + (reading->barriers[high] - reading->barriers[low]);
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

lac_owner lac_owner_of(const lac_ground_reading *reading, const lac_segment *segment,
                       const lac_mention *mention, const lac_claim *like)
{
    lac_owner owner = {LAC_NO_OWNER, 0, false};
    bool clear = nearest(&owner, reading, segment, mention, like);
    if (owner.claim == LAC_NO_OWNER) {
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
