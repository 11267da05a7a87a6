/*
 * An answer of a model and the source it cites, separated by a line with "---": no input crashes or
 * hangs, what is shown is within its bounds, nothing without a citation is shown as it was, and
 * what became of it can be written and read again.
 */
#include "drafter/draft/markdown.h"
#include "drafter/draft/spoken_to.h"
#include "drafter/draft/statements.h"
#include "drafter/draft/text.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static lacuna_status cite(void *user, lac_buf *out, const uint32_t *passages, uint32_t count)
{
    const lac_material *material = user;
    for (uint32_t i = 0; i < count; i++) {
        FUZZ_EXPECT(passages[i] < material->passage_count);
    }
    return lac_buf_append_text(out, " [source: x]");
}

static void check_heading(lac_statements *s, const lac_plain *plain,
                          const lac_markdown_block *block)
{
    bool holds;
    (void)lac_statements_heading(&holds, s,
                                 lac_span_make(plain->text.data + block->range.start,
                                               (size_t)block->range.end - block->range.start));
}

static void check_block(lac_statements *s, const lac_plain *plain, const lac_markdown_block *block)
{
    lac_plain one;
    lac_buf out;
    FUZZ_EXPECT(block->range.start <= block->range.end && block->range.end <= plain->text.len);
    lac_plain_init(&one);
    lac_buf_init(&out, 64 << 20);
    if (block->kind == LAC_DRAFT_HEADING) {
        check_heading(s, plain, block);
    } else if (block->kind == LAC_DRAFT_TABLE) {
        const uint32_t *cited;
        uint32_t count;
        for (uint32_t i = 0; i < block->rows * block->columns; i++) {
            FUZZ_EXPECT(block->cells[i].start <= block->cells[i].end &&
                        block->cells[i].end <= plain->text.len);
            (void)lac_plain_put(&one,
                                i == 0                    ? ""
                                : i % block->columns == 0 ? "\n"
                                                          : "\t",
                                UINT32_MAX);
            (void)lac_plain_append(&one, plain, block->cells[i].start, block->cells[i].end);
        }
        (void)lac_statements_table(&out, s, &one, &cited, &count);
    } else {
        (void)lac_plain_append(&one, plain, block->range.start, block->range.end);
        (void)lac_statements_paragraph(&out, s, &one, cite, (void *)(uintptr_t)s->material);
    }
    lac_buf_free(&out);
    lac_plain_free(&one);
}

static void check_answer(lac_arena *arena, lac_span answer, const lac_material *material)
{
    static const uint32_t FIRST[] = {0};
    const lac_answer_part parts[] = {
        {lac_span_make(answer.ptr, answer.len / 2), FIRST, 1},
        {lac_span_make(answer.ptr + answer.len / 2, answer.len - answer.len / 2), FIRST, 0}};
    const lac_draft_answer two = {parts, 2, 1, 0};
    lac_statements s = {.arena = arena, .material = material, .answer = &two};
    lac_markdown forms;
    lac_plain plain;
    if (lac_plain_make(&plain, &two, NULL) != LACUNA_OK) {
        return;
    }
    if (lac_markdown_read(&forms, arena, lac_buf_span(&plain.text), NULL) == LACUNA_OK) {
        for (uint32_t i = 0; i < forms.count; i++) {
            check_block(&s, &plain, &forms.blocks[i]);
        }
    }
    free(s.findings);
    lac_plain_free(&plain);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { LARGEST = 1 << 16 };
    lac_span text = lac_span_make((const char *)data, size < LARGEST ? size : LARGEST),
             source = text;
    lac_arena arena;
    for (size_t i = 0; i + 5 <= text.len; i++) {
        if (memcmp(text.ptr + i, "\n---\n", 5) == 0) {
            source = lac_span_make(text.ptr + i + 5, text.len - i - 5);
            text.len = i;
            break;
        }
    }
    const lac_source_passage passage = {source, lac_span_of("Heading")};
    lac_material material = {.passage_count = 1};
    lac_arena_init(&arena);
    (void)lac_speaks_to_program(source);
    if (lac_sources_new(&material.ground, &passage, 1, NULL) == LACUNA_OK) {
        check_answer(&arena, text, &material);
    }
    lac_sources_free(material.ground);
    lac_arena_free(&arena);
    return 0;
}
