/*
 * A draft and a source, separated by the first line end: no input crashes or hangs; claims are in
 * order and inside of the text; a draft is checked and rewritten, and what is left of it can be
 * read again.
 */
#include "drafter/ground/check.h"
#include "drafter/ground/rewrite.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void check_claims(lac_arena *arena, lac_span text)
{
    lac_ground_tokens tokens;
    lac_claims claims;
    uint32_t before = 0;
    if (lac_ground_tokens_make(&tokens, arena, text, NULL) != LACUNA_OK ||
        lac_claims_scan(&claims, arena, &tokens, NULL) != LACUNA_OK) {
        return;
    }
    for (uint32_t i = 0; i < claims.count; i++) {
        const lac_claim *claim = &claims.items[i];
        FUZZ_EXPECT(claim->start >= before && claim->start < claim->end && claim->end <= text.len);
        FUZZ_EXPECT(claim->canonical.len > 0 && claim->kind < LAC_CLAIM_KIND_COUNT);
        before = claim->start;
    }
}

static void check_draft(lac_arena *arena, lac_span draft, lac_span source)
{
    const lac_source_passage passage = {source, lac_span_of("Heading 1")};
    const uint32_t cited = 0;
    lac_sources *sources;
    lac_ground_report report;
    lac_buf text;
    if (lac_sources_new(&sources, &passage, 1, NULL) != LACUNA_OK) {
        return;
    }
    const lac_ground_draft asked = {.text = draft, .cited = &cited, .cited_count = 1};
    lac_buf_init(&text, (size_t)64 << 20);
    if (lac_ground_check(&report, arena, sources, &asked, NULL) == LACUNA_OK) {
        for (uint32_t i = 0; i < report.count; i++) {
            const lac_ground_finding *f = &report.items[i];
            FUZZ_EXPECT(f->start < f->end && f->end <= draft.len);
            FUZZ_EXPECT(f->passage == UINT32_MAX || f->source_end <= source.len);
        }
        (void)lac_ground_rewrite(&text, draft, &report, NULL);
    }
    lac_buf_free(&text);
    lac_sources_free(sources);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *line_end = size == 0 ? NULL : memchr(data, '\n', size);
    size_t first = line_end == NULL ? size : (size_t)(line_end - data);
    lac_span draft = lac_span_make((const char *)data, first);
    lac_span source =
        line_end == NULL ? draft : lac_span_make((const char *)line_end + 1, size - first - 1);
    lac_arena arena;
    lac_arena_init(&arena);
    check_claims(&arena, draft);
    check_draft(&arena, draft, source);
    lac_arena_free(&arena);
    return 0;
}
