#include "parsers/pdf/blocks.h"

#include "parsers/text/contents.h"
#include "parsers/text/emit.h"

#include <string.h>

typedef struct emission {
    lac_builder *builder;
    const lac_pdf_flow *flow;
    lac_buf joined; /* text of the block in hand */
    uint32_t ordinal;
} emission;

static const char SOFT_HYPHEN[] = "\xC2\xAD";

static bool ends_with(const lac_buf *text, const char *end)
{
    size_t length = strlen(end);
    return text->len >= length && memcmp(text->data + text->len - length, end, length) == 0;
}

/* A dash between words has a blank before it; a hyphen has a letter or digit. */
static bool ends_with_hyphen(const lac_buf *text)
{
    return text->len >= 2 && (ends_with(text, "-") || ends_with(text, "\xE2\x80\x90")) &&
           text->data[text->len - 2] != ' ';
}

static lacuna_status append_line(lac_buf *text, lac_span line)
{
    lacuna_status status = LACUNA_OK;
    if (ends_with(text, SOFT_HYPHEN)) {
        text->len -= strlen(SOFT_HYPHEN);
    } else if (text->len > 0 && !ends_with_hyphen(text)) {
        status = lac_buf_append_char(text, ' ');
    }
    return status == LACUNA_OK ? lac_buf_append_span(text, line) : status;
}

/* Joins lines first .. end-1; *turn is where the text goes on to the next page. */
static lacuna_status join(emission *e, size_t first, size_t end, uint32_t *turn)
{
    lacuna_status status = LACUNA_OK;
    *turn = 0;
    lac_buf_clear(&e->joined);
    for (size_t i = first; i < end && status == LACUNA_OK; i++) {
        lac_span line = lac_line_text(&e->flow->lines, i);
        status = append_line(&e->joined, line);
        if (*turn == 0 && e->flow->origins[i].page != e->flow->origins[first].page) {
            *turn = (uint32_t)(e->joined.len - line.len);
        }
    }
    return status;
}

static lacuna_status emit(emission *e, uint32_t *index, size_t first, size_t end, lac_block block)
{
    lacuna_status status = join(e, first, end, &block.page_turn);
    block.page = e->flow->origins[first].page;
    block.ordinal = e->ordinal++;
    return status == LACUNA_OK
               ? lac_builder_block(e->builder, index, &block, lac_buf_span(&e->joined), '\n', true)
               : status;
}

static size_t role_end(const lac_pdf_flow *flow, size_t first, lac_line_role role)
{
    size_t end = first + 1;
    while (end < flow->lines.count && flow->lines.items[end].role == role) {
        end++;
    }
    return end;
}

static lacuna_status emit_heading(emission *e, size_t first, size_t end)
{
    const lac_line *line = &e->flow->lines.items[first];
    lac_block block = lac_body_block(0);
    uint32_t index;
    block.level = line->level;
    block.source = line->source;
    return emit(e, &index, first, end, block);
}

static lacuna_status emit_contents(emission *e, size_t line)
{
    uint32_t index;
    lacuna_status status = emit(e, &index, line, line + 1, lac_body_block(LAC_BLOCK_TOC));
    if (status != LACUNA_OK) {
        return status;
    }
    return lac_emit_entry(e->builder, index,
                          lac_contents_entry(lac_line_text(&e->flow->lines, line)));
}

static lacuna_status emit_text(emission *e, size_t first, size_t end)
{
    uint32_t index;
    lac_span text = lac_line_text(&e->flow->lines, first);
    bool item =
        !e->flow->origins[first].table && (lac_list_marker(text) > 0 || lac_pdf_is_bullet(text));
    return emit(e, &index, first, end, lac_body_block(item ? LAC_BLOCK_LIST_ITEM : 0));
}

lacuna_status lac_pdf_emit_body(lac_builder *builder, const lac_pdf_flow *flow)
{
    emission e = {.builder = builder, .flow = flow};
    lacuna_status status = LACUNA_OK;
    lac_buf_init(&e.joined, builder->text.max);
    for (size_t i = 0; i < flow->lines.count && status == LACUNA_OK;) {
        size_t end = i + 1;
        switch (flow->lines.items[i].role) {
        case LAC_LINE_BLANK:
            break;
        case LAC_LINE_HEADING:
            end = role_end(flow, i, LAC_LINE_HEADING_REST);
            status = emit_heading(&e, i, end);
            break;
        case LAC_LINE_CONTENTS:
            status = emit_contents(&e, i);
            break;
        default:
            end = role_end(flow, i, LAC_LINE_TEXT);
            status = emit_text(&e, i, end);
            break;
        }
        i = end;
    }
    lac_buf_free(&e.joined);
    return status;
}

static lacuna_status emit_kind(lac_builder *builder, const lac_pdf_pages *pages,
                               lac_pdf_line_kind kind, lac_channel channel)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < pages->line_count && status == LACUNA_OK; i++) {
        const lac_pdf_line *line = &pages->lines[i];
        if (line->kind == kind && !line->repeats) {
            lac_block block = lac_body_block(0);
            block.channel = (uint8_t)channel;
            block.page = line->page;
            block.ordinal = (uint32_t)builder->block_count;
            status =
                lac_builder_block(builder, NULL, &block, lac_pdf_line_text(pages, i), '\n', false);
        }
    }
    return status;
}

lacuna_status lac_pdf_emit_furniture(lac_builder *builder, const lac_pdf_pages *pages)
{
    lacuna_status status = emit_kind(builder, pages, LAC_PDF_HEADER, LAC_CHANNEL_HEADER);
    return status == LACUNA_OK ? emit_kind(builder, pages, LAC_PDF_FOOTER, LAC_CHANNEL_FOOTER)
                               : status;
}
