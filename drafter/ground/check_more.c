/* Quotes, computed values, and sentences without a number. */
#include "drafter/ground/calc.h"
#include "drafter/ground/checking.h"
#include "drafter/ground/polarity.h"
#include "drafter/ground/words.h"

/* ---- quotes --------------------------------------------------------------------------------- */

static bool holds_denial(lac_span text, lac_arena *arena, uint32_t *count, lacuna_error *err)
{
    lac_ground_tokens tokens;
    *count = 0;
    if (lac_ground_tokens_make(&tokens, arena, text, err) != LACUNA_OK) {
        return false;
    }
    for (uint32_t i = 0; i < tokens.count; i++) {
        *count += tokens.items[i].kind == LAC_TOKEN_WORD &&
                          lac_word_of(tokens.items[i].form).class == LAC_WORD_DENIAL
                      ? 1
                      : 0;
    }
    return true;
}

/* The best match among the cited passages, else anywhere. */
static lacuna_status find_quote(lac_quote_match *match, const lac_checking *c, lac_span quote)
{
    uint32_t tries = c->draft->everything ? 1 : c->draft->cited_count;
    lacuna_status status = LACUNA_OK;
    *match = (lac_quote_match){.verdict = LAC_QUOTE_ABSENT};
    for (uint32_t i = 0; i < tries && status == LACUNA_OK; i++) {
        uint32_t named = c->draft->everything ? UINT32_MAX : c->draft->cited[i];
        status = lac_quote_find(match, c->sources->passages, quote, named, lac_span_of(""), c->err);
        if (lac_quote_is_verified(match->verdict) && lac_checking_allows(c, match->passage)) {
            break;
        }
    }
    return status;
}

static lacuna_status judge_quote(lac_checking *c, const lac_zone *zone, lac_span quote,
                                 const lac_quote_match *match)
{
    lac_ground_finding finding = {.start = zone->start,
                                  .end = zone->end,
                                  .kind = LAC_FOUND_QUOTE,
                                  .what = "quote",
                                  .passage = UINT32_MAX,
                                  .grounding = LAC_UNSUPPORTED,
                                  .reason = "quote-absent"};
    if (!lac_quote_is_verified(match->verdict)) {
        return lac_checking_add(c, finding, "no passage has these words");
    }
    lac_span text = c->sources->texts[match->passage];
    finding.passage = match->passage;
    finding.source_start = (uint32_t)(match->text.ptr - text.ptr);
    finding.source_end = finding.source_start + (uint32_t)match->text.len;
    if (!lac_checking_allows(c, match->passage)) {
        finding.grounding = LAC_CONFLICT;
        finding.reason = "quote-elsewhere";
        return lac_checking_add(c, finding, "these words stand in another passage than the cited");
    }
    uint32_t here = 0, there = 0;
    if (match->verdict == LAC_QUOTE_ELIDED && holds_denial(quote, c->arena, &here, c->err) &&
        holds_denial(match->text, c->arena, &there, c->err) && there > here) {
        finding.grounding = LAC_PERSON;
        finding.reason = "quote-elided";
        return lac_checking_add(c, finding, "what is left out of the quote holds a denial");
    }
    finding.grounding = LAC_GROUNDED;
    finding.reason = "found";
    return lac_checking_add(c, finding, "found word for word");
}

lacuna_status lac_checking_quotes(lac_checking *c)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < c->zones.count && status == LACUNA_OK; i++) {
        lac_zone *zone = &c->zones.items[i];
        lac_quote_match match;
        if (zone->kind != LAC_ZONE_QUOTE) {
            continue;
        }
        lac_span quote = lac_span_make(c->draft->text.ptr + zone->start, zone->end - zone->start);
        if (lac_checking_uncited(c)) {
            continue; /* its claims are told as uncited */
        }
        status = find_quote(&match, c, quote);
        if (status != LACUNA_OK || match.verdict == LAC_QUOTE_TOO_SHORT) {
            continue;
        }
        zone->settled = true;
        status = judge_quote(c, zone, quote, &match);
    }
    return status;
}

/* ---- computed values ------------------------------------------------------------------------ */

static lacuna_status judge_operands(lac_checking *c, const lac_calc *calc,
                                    lac_ground_finding finding)
{
    const lac_segment *segment = lac_checking_segment(c, finding.start);
    lac_claim_verdict verdict = {.passage = UINT32_MAX};
    for (uint32_t i = 0; i < calc->count && segment != NULL; i++) {
        const lac_claim *number = &calc->numbers[i];
        lac_span text = lac_span_make(c->draft->text.ptr + finding.start + number->start,
                                      number->end - number->start);
        lac_checking_operand(&verdict, c, number, segment);
        if (verdict.grounding != LAC_GROUNDED) {
            finding.grounding = LAC_UNSUPPORTED;
            finding.reason = "operand";
            return lac_checking_add(c, finding, "no cited passage states %.*s about this",
                                    (int)(text.len < 60 ? text.len : 60), text.ptr);
        }
        finding.passage = verdict.passage;
        const lac_claim *there = &c->sources->readings[verdict.passage].claims.items[verdict.claim];
        finding.source_start = there->start;
        finding.source_end = there->end;
    }
    finding.grounding = LAC_GROUNDED;
    finding.reason = "computed";
    return lac_checking_add(c, finding, "computed again, from values that are supported");
}

lacuna_status lac_checking_calcs(lac_checking *c)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < c->zones.count && status == LACUNA_OK; i++) {
        const lac_zone *zone = &c->zones.items[i];
        lac_calc calc;
        if (zone->kind != LAC_ZONE_CALC) {
            continue;
        }
        status = lac_calc_read(
            &calc, c->arena,
            lac_span_make(c->draft->text.ptr + zone->start, zone->end - zone->start), c->err);
        lac_ground_finding finding = {.start = zone->start,
                                      .end = zone->end,
                                      .kind = LAC_FOUND_COMPUTED,
                                      .what = "computed value",
                                      .canonical = calc.result,
                                      .passage = UINT32_MAX};
        if (status != LACUNA_OK) {
            return status;
        }
        if (lac_checking_uncited(c)) {
            finding.grounding = LAC_UNCITED;
            finding.reason = "uncited";
            status = lac_checking_add(c, finding, "no source is cited for it");
        } else if (calc.trouble != NULL) {
            finding.grounding = calc.computed ? LAC_CONFLICT : LAC_UNSUPPORTED;
            finding.reason = calc.computed ? "wrong-result" : "not-computable";
            status = lac_checking_add(c, finding, "%s", calc.trouble);
        } else {
            status = judge_operands(c, &calc, finding);
        }
    }
    return status;
}

/* ---- sentences without a number ------------------------------------------------------------- */

enum { WORDS_LEAST = 2 };

static uint32_t shared_words(const lac_segment *draft, const lac_segment *source)
{
    uint32_t shared = 0;
    for (uint32_t i = 0; i < draft->mention_count; i++) {
        uint32_t id = draft->mentions[i].id;
        shared += id != LAC_UNKNOWN && lac_segment_has(source, id) ? 1 : 0;
    }
    return shared;
}

typedef struct alike {
    uint32_t passage, shared;
    const lac_segment *segment;
    lac_opposite opposite;
    bool agreed; /* one that is as much alike says the same */
} alike;

/* The sentences of the sources that have most of its words. */
static alike find_alike(const lac_checking *c, const lac_segment *segment)
{
    alike best = {0, WORDS_LEAST - 1, NULL, {0}, false};
    for (uint32_t p = 0; p < c->sources->count; p++) {
        const lac_ground_reading *reading = &c->sources->readings[p];
        for (uint32_t s = 0; lac_checking_allows(c, p) && s < reading->segment_count; s++) {
            lac_opposite opposite = {0};
            uint32_t shared = shared_words(segment, &reading->segments[s]);
            if (shared < best.shared || shared < WORDS_LEAST ||
                (shared == best.shared && best.agreed)) {
                continue;
            }
            bool conflict = lac_polarity_conflict(&opposite, &c->reading, segment, reading,
                                                  &reading->segments[s]);
            best = (alike){p, shared, &reading->segments[s], opposite, !conflict};
        }
    }
    return best;
}

/* All words of a short sentence, three in five of a longer one. */
static bool is_alike(const alike *found, const lac_segment *segment)
{
    uint32_t all = segment->mention_count;
    return found->segment != NULL &&
           (all <= 3 ? found->shared + (all == 3 ? 1 : 0) >= all : found->shared * 5 >= all * 3);
}

lacuna_status lac_checking_sentences(lac_checking *c)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < c->reading.segment_count && status == LACUNA_OK; i++) {
        const lac_segment *segment = &c->reading.segments[i];
        const lac_zone *zone = lac_zones_at(&c->zones, segment->start);
        if (lac_checking_uncited(c) || (zone != NULL && zone->settled)) {
            continue;
        }
        alike found = find_alike(c, segment);
        if (!is_alike(&found, segment) || found.agreed) {
            continue;
        }
        const lac_ground_token *word = &c->reading.tokens.items[found.opposite.draft];
        lac_ground_finding finding = {.start = segment->start,
                                      .end = segment->end,
                                      .kind = LAC_FOUND_SENTENCE,
                                      .what = "statement",
                                      .grounding = LAC_CONFLICT,
                                      .reason = "opposite",
                                      .passage = found.passage,
                                      .source_start = found.segment->start,
                                      .source_end = found.segment->end};
        status =
            lac_checking_add(c, finding, "the source says the opposite about \"%.*s\"",
                             (int)(word->exact.len < 60 ? word->exact.len : 60), word->exact.ptr);
    }
    return status;
}
