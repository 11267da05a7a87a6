/* The verdict on one claim. */
#include "drafter/ground/checking.h"
#include "drafter/ground/match.h"
#include "drafter/ground/owner.h"

/* A value that stands in more places is looked up in the first of them: the rest costs too much. */
enum { CANDIDATES_MAX = 400 };

/* A sentence or cell with more than this is no sentence: who its words belong to costs the square
 * of it, and nobody could tell either. It supports nothing, and what it states is left to a person.
 */
enum { DENSE_CLAIMS = 120, DENSE_TOKENS = 1500 };

/* How many values are looked at for the nearest one. */
enum { NEAREST_MAX = 20000 };

static bool is_dense(const lac_segment *segment)
{
    return segment->end_claim - segment->first_claim > DENSE_CLAIMS ||
           segment->end_token - segment->first_token > DENSE_TOKENS;
}

static const struct {
    lac_grounding grounding;
    const char *reason;
} OF_FIT[] = {
    [LAC_FIT_GOOD] = {LAC_GROUNDED, "found"},
    [LAC_FIT_UNSURE] = {LAC_PERSON, "list"},
    [LAC_FIT_ELSEWHERE] = {LAC_UNSUPPORTED, "elsewhere"},
    [LAC_FIT_NOT_TIED] = {LAC_UNSUPPORTED, "not-tied"},
    [LAC_FIT_OPPOSITE] = {LAC_CONFLICT, "opposite"},
    [LAC_FIT_DIRECTION] = {LAC_CONFLICT, "direction"},
    [LAC_FIT_OTHER_OWNER] = {LAC_CONFLICT, "other-owner"},
};

/* ---- "respectively" ------------------------------------------------------------------------- */

static bool says_respectively(const lac_ground_reading *reading, const lac_segment *segment)
{
    for (uint32_t i = segment->first_token; i < segment->end_token; i++) {
        if (lac_span_is(reading->tokens.items[i].form, "respectively")) {
            return true;
        }
    }
    return false;
}

static bool same_token(const lac_ground_token *a, const lac_ground_token *b)
{
    return a->kind == b->kind && a->mark == b->mark && lac_span_equal(a->form, b->form);
}

/* Whether the numbers and words around "respectively" follow each other in the source as they do
 * in the draft: from the first claim or label of the draft's sentence to the last. */
static bool reads_the_same(const lac_ground_place *draft, const lac_ground_place *source)
{
    const lac_segment *d = draft->segment, *s = source->segment;
    uint32_t first = d->mention_count > 0 ? d->mentions[0].token : d->first_token;
    uint32_t claim = draft->reading->claims.items[d->first_claim].first;
    first = claim < first ? claim : first;
    uint32_t length = d->end_token - first;
    while (length > 0 && draft->reading->tokens.items[first + length - 1].kind == LAC_TOKEN_MARK) {
        length--;
    }
    for (uint32_t at = s->first_token; at + length <= s->end_token; at++) {
        uint32_t i = 0;
        while (i < length && same_token(&draft->reading->tokens.items[first + i],
                                        &source->reading->tokens.items[at + i])) {
            i++;
        }
        if (i == length) {
            return true;
        }
    }
    return false;
}

/* ---- candidates ----------------------------------------------------------------------------- */

static bool better(const lac_weighing *a, const lac_weighing *b)
{
    return a->fit != b->fit ? a->fit < b->fit : a->shared > b->shared;
}

static void consider(lac_claim_verdict *out, lac_claim_verdict *closest, const lac_checking *c,
                     const lac_ground_place *draft, const lac_indexed_claim *candidate)
{
    const lac_ground_reading *reading = &c->sources->readings[candidate->passage];
    const lac_ground_place source = {reading, lac_ground_reading_segment(reading, candidate->claim),
                                     candidate->claim};
    const lac_claim *claim = &draft->reading->claims.items[draft->claim];
    const lac_claim *there = &reading->claims.items[candidate->claim];
    if (is_dense(source.segment)) {
        return;
    }
    lac_match_kind same = lac_claim_match(claim, there, reading, source.segment);
    if (same == LAC_SAME_NOT && !lac_claim_in_parts(claim, there, reading, source.segment)) {
        return;
    }
    lac_weighing weighing = lac_weigh(draft, &source, same == LAC_SAME_SIGN_APART);
    bool lists = says_respectively(reading, source.segment) ||
                 says_respectively(draft->reading, draft->segment);
    if (weighing.fit <= LAC_FIT_UNSURE && lists) {
        weighing.fit = reads_the_same(draft, &source) ? LAC_FIT_GOOD : LAC_FIT_UNSURE;
    }
    if (out->claim == UINT32_MAX || better(&weighing, &out->weighing)) {
        out->weighing = weighing;
        out->passage = candidate->passage;
        out->claim = candidate->claim;
    }
    bool against = OF_FIT[weighing.fit].grounding == LAC_CONFLICT;
    if (against && (closest->claim == UINT32_MAX || weighing.shared > closest->weighing.shared)) {
        *closest = (lac_claim_verdict){
            .weighing = weighing, .passage = candidate->passage, .claim = candidate->claim};
    }
}

static void settle(lac_claim_verdict *out)
{
    if (out->claim == UINT32_MAX) {
        out->grounding = LAC_UNSUPPORTED;
        out->reason = "absent";
    } else {
        out->grounding = OF_FIT[out->weighing.fit].grounding;
        out->reason = OF_FIT[out->weighing.fit].reason;
    }
}

void lac_checking_claim(lac_claim_verdict *out, const lac_checking *c, uint32_t claim)
{
    size_t first, end;
    const lac_ground_place draft = {&c->reading, lac_ground_reading_segment(&c->reading, claim),
                                    claim};
    lac_claim_verdict closest = {.passage = UINT32_MAX, .claim = UINT32_MAX};
    *out = closest;
    if (is_dense(draft.segment)) {
        out->grounding = LAC_PERSON;
        out->reason = "dense";
        return;
    }
    lac_sources_candidates(&first, &end, c->sources, &c->reading.claims.items[claim]);
    for (size_t i = first; i < end && i - first < CANDIDATES_MAX; i++) {
        if (lac_checking_allows(c, c->sources->index[i].passage)) {
            consider(out, &closest, c, &draft, &c->sources->index[i]);
        }
        /* Nothing can have more of the sentence than all of it. */
        if (out->claim != UINT32_MAX && out->weighing.fit == LAC_FIT_GOOD &&
            out->weighing.shared >= draft.segment->mention_count) {
            break;
        }
    }
    /* A passage that has more of the sentence, and says otherwise, counts for more. */
    if (closest.claim != UINT32_MAX && closest.weighing.shared > out->weighing.shared) {
        *out = closest;
    }
    settle(out);
}

void lac_checking_operand(lac_claim_verdict *out, const lac_checking *c, const lac_claim *operand,
                          const lac_segment *segment)
{
    size_t first, end;
    *out = (lac_claim_verdict){.passage = UINT32_MAX, .claim = UINT32_MAX};
    lac_sources_candidates(&first, &end, c->sources, operand);
    for (size_t i = first; i < end && i - first < CANDIDATES_MAX; i++) {
        const lac_indexed_claim *candidate = &c->sources->index[i];
        const lac_ground_reading *reading = &c->sources->readings[candidate->passage];
        const lac_segment *there = lac_ground_reading_segment(reading, candidate->claim);
        if (!lac_checking_allows(c, candidate->passage)) {
            continue;
        }
        lac_weighing weighing = {LAC_FIT_ELSEWHERE, UINT32_MAX, UINT32_MAX,
                                 lac_shared_mentions(segment, there)};
        /* "N=48" in the head of a table is about all of it. */
        for (uint32_t s = 0; there->row == 0 && s < reading->segment_count; s++) {
            uint32_t shared = lac_shared_mentions(segment, &reading->segments[s]);
            weighing.shared = shared > weighing.shared ? shared : weighing.shared;
        }
        bool shares = segment->mention_count == 0 || weighing.shared > 0;
        weighing.fit = shares ? LAC_FIT_GOOD : LAC_FIT_ELSEWHERE;
        if (out->claim == UINT32_MAX || better(&weighing, &out->weighing)) {
            out->weighing = weighing;
            out->passage = candidate->passage;
            out->claim = candidate->claim;
        }
    }
    settle(out);
}

/* ---- the nearest ---------------------------------------------------------------------------- */

static double distance(const lac_claim *a, const lac_claim *b)
{
    if (!lac_claim_has_numbers(a) || !lac_claim_has_numbers(b)) {
        return 0;
    }
    double x = lac_decimal_about(&a->a.value), y = lac_decimal_about(&b->a.value);
    double z = lac_decimal_about(&a->b.value), w = lac_decimal_about(&b->b.value);
    return (x > y ? x - y : y - x) + (z > w ? z - w : w - z);
}

void lac_checking_nearest(lac_claim_verdict *out, const lac_checking *c, const lac_claim *claim,
                          const lac_segment *segment)
{
    uint32_t most = 0, looked = 0;
    double least = 0;
    if (is_dense(segment)) {
        return;
    }
    for (uint32_t p = 0; p < c->sources->count && looked < NEAREST_MAX; p++) {
        const lac_ground_reading *reading = &c->sources->readings[p];
        if (!lac_checking_allows(c, p)) {
            continue;
        }
        for (uint32_t s = 0; s < reading->segment_count && looked < NEAREST_MAX; s++, looked++) {
            const lac_segment *there = &reading->segments[s];
            uint32_t shared = there->first_claim == there->end_claim || is_dense(there)
                                  ? 0
                                  : lac_shared_mentions(segment, there);
            for (uint32_t i = there->first_claim; shared > 0 && i < there->end_claim; i++) {
                const lac_claim *other = &reading->claims.items[i];
                double far = distance(claim, other);
                if (lac_claim_same_group(claim, other) &&
                    (shared > most || (shared == most && far < least))) {
                    most = shared;
                    least = far;
                    out->passage = p;
                    out->claim = i;
                }
            }
        }
    }
}
