#include "drafter/ground/check.h"

#include "drafter/ground/checking.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- shared --------------------------------------------------------------------------------- */

bool lac_checking_allows(const lac_checking *c, uint32_t passage)
{
    return c->allowed == NULL || c->allowed[passage];
}

static lacuna_status allow_cited(lac_checking *c)
{
    if (c->draft->everything) {
        return LACUNA_OK;
    }
    c->allowed = calloc((size_t)c->sources->count + 1, sizeof *c->allowed);
    if (c->allowed == NULL) {
        return lac_fail_nomem(c->err);
    }
    for (uint32_t i = 0; i < c->draft->cited_count; i++) {
        if (c->draft->cited[i] < c->sources->count) {
            c->allowed[c->draft->cited[i]] = true;
        }
    }
    return LACUNA_OK;
}

bool lac_checking_uncited(const lac_checking *c)
{
    return !c->draft->everything && c->draft->cited_count == 0;
}

const lac_segment *lac_checking_segment(const lac_checking *c, uint32_t at)
{
    const lac_segment *found = NULL;
    for (uint32_t i = 0; i < c->reading.segment_count; i++) {
        if (c->reading.segments[i].start <= at || found == NULL) {
            found = &c->reading.segments[i];
        }
    }
    return found;
}

lacuna_status lac_checking_add(lac_checking *c, lac_ground_finding finding, const char *format, ...)
{
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t used = length < 0 ? 0 : (size_t)length < sizeof text ? (size_t)length : sizeof text - 1;
    void *items = c->items;
    lacuna_status status =
        lac_grow(&items, &c->cap, c->count + 1, sizeof *c->items, LAC_TOKENS_MAX);
    c->items = items;
    const lac_segment *segment = lac_checking_segment(c, finding.start);
    finding.message = lac_arena_copy(c->arena, lac_span_make(text, used));
    if (status != LACUNA_OK || finding.message == NULL) {
        return lac_fail_nomem(c->err);
    }
    finding.sentence_start = segment == NULL ? finding.start : segment->start;
    finding.sentence_end = segment == NULL ? finding.end : segment->end;
    c->items[c->count++] = finding;
    return LACUNA_OK;
}

/* ---- claims --------------------------------------------------------------------------------- */

/* "1." and "a)" in front of a line. */
static bool is_list_number(const lac_checking *c, const lac_claim *claim)
{
    const lac_ground_token *tokens = c->reading.tokens.items;
    const lac_ground_token *behind = &tokens[claim->last];
    bool first = claim->first == 0 || (tokens[claim->first - 1].kind == LAC_TOKEN_BREAK &&
                                       tokens[claim->first - 1].mark == '\n');
    return first && claim->kind == LAC_CLAIM_NUMBER && claim->unit_class == LAC_UNIT_NONE &&
           behind->kind == LAC_TOKEN_MARK && !behind->spaced &&
           (behind->mark == '.' || behind->mark == ')') && tokens[claim->last + 1].spaced;
}

/* The word at a token, or all of the claim that begins there. */
static const char *word_at(const lac_checking *c, uint32_t token, int *length)
{
    enum { SHOWN = 60 };
    uint32_t at = token == UINT32_MAX ? c->reading.tokens.count : token;
    lac_span word = c->reading.tokens.items[at].exact;
    for (uint32_t i = 0; i < c->reading.claims.count; i++) {
        const lac_claim *claim = &c->reading.claims.items[i];
        if (claim->first <= at && at < claim->last) {
            word = lac_span_make(c->draft->text.ptr + claim->start, claim->end - claim->start);
        }
    }
    *length = (int)(word.len < SHOWN ? word.len : SHOWN);
    return word.len == 0 ? "" : word.ptr;
}

static lac_span canonical_at(const lac_checking *c, uint32_t passage, uint32_t claim)
{
    return passage == UINT32_MAX || claim == UINT32_MAX
               ? lac_span_of("")
               : c->sources->readings[passage].claims.items[claim].canonical;
}

static lacuna_status tell_absent(lac_checking *c, const lac_ground_finding *finding,
                                 const lac_claim_verdict *verdict)
{
    lac_span near = canonical_at(c, verdict->passage, verdict->claim);
    return near.len == 0
               ? lac_checking_add(c, *finding, "no passage states it")
               : lac_checking_add(c, *finding, "no passage states it; the nearest is %.*s",
                                  (int)near.len, near.ptr);
}

static lacuna_status tell(lac_checking *c, const lac_ground_finding *finding,
                          const lac_claim_verdict *verdict)
{
    int length;
    const char *word = word_at(c, verdict->weighing.token, &length);
    lac_span owner = canonical_at(c, verdict->passage, verdict->weighing.other_claim);
    switch (verdict->claim == UINT32_MAX ? LAC_FIT_ELSEWHERE : verdict->weighing.fit) {
    case LAC_FIT_GOOD:
        return lac_checking_add(c, *finding, "stated");
    case LAC_FIT_UNSURE:
        return lac_checking_add(c, *finding,
                                "the order of a list says what belongs together: read it");
    case LAC_FIT_NOT_TIED:
        return lac_checking_add(c, *finding, "the value is there, but not said of \"%.*s\"", length,
                                word);
    case LAC_FIT_OPPOSITE:
        return lac_checking_add(c, *finding, "the source says the opposite about \"%.*s\"", length,
                                word);
    case LAC_FIT_DIRECTION:
        return lac_checking_add(c, *finding, "the source has the change in the other direction");
    case LAC_FIT_OTHER_OWNER:
        return lac_checking_add(c, *finding, "in the source \"%.*s\" goes with %.*s", length, word,
                                (int)owner.len, owner.ptr);
    default:
        return lac_checking_add(c, *finding, "the value is there, but about something else");
    }
}

static lacuna_status check_claim(lac_checking *c, uint32_t index)
{
    const lac_claim *claim = &c->reading.claims.items[index];
    const lac_zone *zone = lac_zones_at(&c->zones, claim->start);
    lac_claim_verdict verdict;
    if ((zone != NULL && (zone->kind != LAC_ZONE_QUOTE || zone->settled)) ||
        is_list_number(c, claim)) {
        return LACUNA_OK;
    }
    lac_ground_finding finding = {.start = claim->start,
                                  .end = claim->end,
                                  .kind = LAC_FOUND_CLAIM,
                                  .what = lac_claim_name(claim),
                                  .canonical = claim->canonical,
                                  .passage = UINT32_MAX};
    if (lac_checking_uncited(c)) {
        finding.grounding = LAC_UNCITED;
        finding.reason = "uncited";
        return lac_checking_add(c, finding, "no source is cited for it");
    }
    lac_checking_claim(&verdict, c, index);
    finding.grounding = (uint8_t)verdict.grounding;
    finding.reason = verdict.reason;
    bool absent = verdict.claim == UINT32_MAX;
    if (absent) {
        lac_checking_nearest(&verdict, c, claim, lac_ground_reading_segment(&c->reading, index));
    }
    finding.passage = verdict.passage;
    if (verdict.claim != UINT32_MAX) {
        const lac_claim *there = &c->sources->readings[verdict.passage].claims.items[verdict.claim];
        finding.source_start = there->start;
        finding.source_end = there->end;
    }
    if (verdict.grounding == LAC_PERSON && absent) {
        return lac_checking_add(c, finding, "too many values in one sentence: read it");
    }
    return absent ? tell_absent(c, &finding, &verdict) : tell(c, &finding, &verdict);
}

/* ---- the whole ------------------------------------------------------------------------------ */

static int compare(const void *a, const void *b)
{
    const lac_ground_finding *x = a;
    const lac_ground_finding *y = b;
    if (x->start != y->start) {
        return x->start < y->start ? -1 : 1;
    }
    return (x->end < y->end) - (x->end > y->end);
}

static lacuna_status finish(lac_ground_report *report, lac_checking *c)
{
    lac_ground_finding *items = lac_arena_array(c->arena, c->count + 1, sizeof *items);
    if (items == NULL) {
        return lac_fail_nomem(c->err);
    }
    if (c->count > 0) {
        memcpy(items, c->items, c->count * sizeof *items);
        qsort(items, c->count, sizeof *items, compare);
    }
    report->items = items;
    report->count = (uint32_t)c->count;
    report->sentences = c->reading.segment_count;
    for (size_t i = 0; i < c->count; i++) {
        report->counts[items[i].grounding]++;
    }
    return LACUNA_OK;
}

/* The draft with blanks for what is no prose; nothing moves. */
static lacuna_status prose_of(lac_span *out, lac_checking *c)
{
    char *copy = lac_arena_copy(c->arena, c->draft->text);
    if (copy == NULL) {
        return lac_fail_nomem(c->err);
    }
    for (uint32_t i = 0; i < c->zones.count; i++) {
        const lac_zone *zone = &c->zones.items[i];
        if (zone->kind != LAC_ZONE_QUOTE) {
            memset(copy + zone->start, ' ', zone->end - zone->start);
        }
    }
    *out = lac_span_make(copy, c->draft->text.len);
    return LACUNA_OK;
}

lacuna_status lac_ground_check(lac_ground_report *report, lac_arena *arena,
                               const lac_sources *sources, const lac_ground_draft *draft,
                               lacuna_error *err)
{
    lac_checking c = {.arena = arena, .sources = sources, .draft = draft, .err = err};
    *report = (lac_ground_report){.count = 0};
    /* Words the sources do not have stay unknown: the lexicon is not changed. */
    lac_ground_lexicon lexicon = sources->lexicon;
    lac_span prose = lac_span_of("");
    lacuna_status status = lac_zones_find(&c.zones, arena, draft->text, err);
    if (status == LACUNA_OK) {
        status = prose_of(&prose, &c);
    }
    if (status == LACUNA_OK) {
        status = lac_ground_reading_make(&c.reading, arena, &lexicon, false, prose, lac_span_of(""),
                                         err);
    }
    if (status == LACUNA_OK) {
        status = allow_cited(&c);
    }
    if (status == LACUNA_OK) {
        status = lac_checking_quotes(&c);
    }
    if (status == LACUNA_OK) {
        status = lac_checking_calcs(&c);
    }
    for (uint32_t i = 0; i < c.reading.claims.count && status == LACUNA_OK; i++) {
        status = check_claim(&c, i);
    }
    if (status == LACUNA_OK) {
        status = lac_checking_sentences(&c);
    }
    if (status == LACUNA_OK) {
        status = finish(report, &c);
    }
    free(c.items);
    free(c.allowed);
    return status;
}
