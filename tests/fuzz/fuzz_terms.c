/*
 * A term and a text, separated by the first line end: no input crashes, hangs or gives a match
 * outside of the text, and searching on from a match never goes back.
 */
#include "analyzer/facts.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void search(const lac_term *term, const lac_text_index *index, uint32_t length)
{
    uint32_t from = 0;
    for (int i = 0; i < 50; i++) {
        bool found;
        lac_match match;
        if (lac_term_find(&found, &match, term, index, from, length, NULL) != LACUNA_OK || !found) {
            return;
        }
        FUZZ_EXPECT(match.start >= from && match.start < match.end && match.end <= length);
        from = match.start + 1;
    }
}

static void try_fact(const lac_term *term, const lac_text_index *index, uint32_t length)
{
    const lac_term *terms[] = {term};
    const lac_fact_scope scope = {.index = index, .from = length / 3, .to = length};
    bool found;
    lac_match match;
    if (lac_terms_any(&found, &match, terms, 1, &scope, NULL) == LACUNA_OK && found) {
        FUZZ_EXPECT(match.start >= scope.from && match.end <= scope.to);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *line_end = size == 0 ? NULL : memchr(data, '\n', size);
    if (line_end == NULL) {
        return 0;
    }
    lac_arena arena;
    lac_arena_init(&arena);
    size_t term_length = (size_t)(line_end - data);
    char *source = lac_arena_copy(&arena, lac_span_make((const char *)data, term_length));
    lac_span text = lac_span_make((const char *)line_end + 1, size - term_length - 1);
    lac_term *term = NULL;
    lac_text_index *index = NULL;
    if (source != NULL && lac_term_parse(&term, &arena, source, NULL) == LACUNA_OK &&
        lac_text_index_new(&index, text, NULL) == LACUNA_OK) {
        search(term, index, (uint32_t)text.len);
        try_fact(term, index, (uint32_t)text.len);
    }
    lac_text_index_free(index);
    lac_term_release(term);
    lac_arena_free(&arena);
    return 0;
}
