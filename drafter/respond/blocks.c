#include "drafter/respond/blocks.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { BLOCKS_MAX = 1 << 20, TEXT_MAX = 1 << 24 };

void lac_blocks_init(lac_blocks *blocks, lac_arena *arena)
{
    *blocks = (lac_blocks){.arena = arena};
}

void lac_blocks_free(lac_blocks *blocks)
{
    free(blocks->items);
    blocks->items = NULL;
}

lac_span lac_blocks_keep(lac_blocks *blocks, lac_span text)
{
    const char *copy = lac_arena_copy(blocks->arena, text);
    if (copy == NULL) {
        blocks->status = LACUNA_E_NOMEM;
        return lac_span_of("");
    }
    return lac_span_make(copy, text.len);
}

static void push(lac_blocks *blocks, lac_draft_block block)
{
    void *items = blocks->items;
    if (blocks->status != LACUNA_OK) {
        return;
    }
    blocks->status =
        lac_grow(&items, &blocks->cap, blocks->count + 1, sizeof *blocks->items, BLOCKS_MAX);
    blocks->items = items;
    if (blocks->status == LACUNA_OK) {
        blocks->items[blocks->count++] = block;
    }
}

void lac_blocks_add(lac_blocks *blocks, lac_draft_kind kind, lac_span text)
{
    push(blocks, (lac_draft_block){.kind = kind, .text = lac_blocks_keep(blocks, text)});
}

void lac_blocks_heading(lac_blocks *blocks, uint8_t level, const char *text)
{
    push(blocks, (lac_draft_block){.kind = LAC_DRAFT_HEADING,
                                   .level = level,
                                   .text = lac_blocks_keep(blocks, lac_span_of(text))});
}

void lac_blocks_text(lac_blocks *blocks, const char *text)
{
    lac_blocks_add(blocks, LAC_DRAFT_PARAGRAPH, lac_span_of(text));
}

void lac_blocks_lines(lac_blocks *blocks, const char *text)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        if (length > 0) {
            lac_blocks_add(blocks, LAC_DRAFT_PARAGRAPH, lac_span_make(text, length));
        }
        text += length + (text[length] == '\n' ? 1 : 0);
    }
}

void lac_blocks_need(lac_blocks *blocks, const char *what)
{
    lac_blocks_printf(blocks, LAC_NEEDED "%s]", what);
    blocks->needed++;
}

void lac_blocks_printf(lac_blocks *blocks, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text =
        length < 0 || length > TEXT_MAX ? NULL : lac_arena_alloc(blocks->arena, (size_t)length + 1);
    if (text == NULL) {
        blocks->status = LACUNA_E_NOMEM;
    } else {
        (void)vsnprintf(text, (size_t)length + 1, format, again);
        push(blocks, (lac_draft_block){.kind = LAC_DRAFT_PARAGRAPH,
                                       .text = lac_span_make(text, (size_t)length)});
    }
    va_end(again);
}

void lac_blocks_table(lac_blocks *blocks, uint32_t rows, uint32_t columns, const lac_span *cells)
{
    size_t count = (size_t)rows * columns;
    lac_span *copy = lac_arena_array(blocks->arena, count, sizeof *copy);
    if (copy == NULL) {
        blocks->status = LACUNA_E_NOMEM;
        return;
    }
    memcpy(copy, cells, count * sizeof *copy);
    push(blocks, (lac_draft_block){.kind = LAC_DRAFT_TABLE,
                                   .rows = rows,
                                   .columns = columns,
                                   .header_rows = 1,
                                   .cells = copy});
}

lac_span lac_blocks_value(lac_blocks *blocks, const char *text, const char *what)
{
    lac_buf buf;
    if (text[0] != '\0') {
        return lac_span_of(text);
    }
    lac_buf_init(&buf, TEXT_MAX);
    if (lac_buf_printf(&buf, LAC_NEEDED "%s]", what) != LACUNA_OK) {
        blocks->status = LACUNA_E_NOMEM;
    }
    lac_span kept = lac_blocks_keep(blocks, lac_buf_span(&buf));
    lac_buf_free(&buf);
    blocks->needed++;
    return kept;
}
