#include "parsers/text/emit.h"

lac_block lac_body_block(uint32_t flags)
{
    return (lac_block){.flags = flags, .table = LAC_NONE, .channel = LAC_CHANNEL_BODY};
}

static uint32_t offset_of(const lac_emit *emit, const char *at)
{
    return (uint32_t)(at - emit->lines->text.ptr);
}

static lacuna_status emit_block(lac_emit *emit, uint32_t *index, lac_span piece, lac_block block)
{
    block.start = offset_of(emit, piece.ptr);
    block.length = (uint32_t)piece.len;
    block.ordinal = emit->ordinal++;
    return lac_builder_block_over(emit->builder, index, &block);
}

lacuna_status lac_emit_span(lac_emit *emit, lac_span piece, lac_block block)
{
    uint32_t index;
    return emit_block(emit, &index, piece, block);
}

lacuna_status lac_emit_lines(lac_emit *emit, size_t first, size_t end, uint32_t flags)
{
    return lac_emit_span(emit, lac_lines_joined(emit->lines, first, end), lac_body_block(flags));
}

void lac_split_escaped_number(lac_span text, lac_span *number, lac_span *title)
{
    lac_split_typed_number(text, number, title);
    lac_span s = lac_span_trim(text);
    size_t i = 0;
    while (i < s.len && ((s.ptr[i] >= '0' && s.ptr[i] <= '9') || s.ptr[i] == '.')) {
        i++;
    }
    bool escaped = number->len == 0 && i > 0 && i + 2 < s.len && s.ptr[i] == '\\' &&
                   (s.ptr[i + 1] == '.' || s.ptr[i + 1] == ')') && s.ptr[i + 2] == ' ';
    if (escaped) {
        *number = lac_span_make(s.ptr, i);
        *title = lac_span_trim(lac_span_make(s.ptr + i + 2, s.len - i - 2));
    }
}

lacuna_status lac_emit_heading(lac_emit *emit, size_t first, size_t end, lac_span name,
                               uint32_t flags)
{
    const lac_line *line = &emit->lines->items[first];
    lac_block block = lac_body_block(flags);
    lac_span number;
    lac_span title;
    uint32_t index;
    block.level = line->level;
    block.source = line->source;
    lacuna_status status =
        emit_block(emit, &index, lac_lines_joined(emit->lines, first, end), block);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_split_escaped_number(name, &number, &title);
    lac_heading_name given = {index, offset_of(emit, number.ptr), (uint32_t)number.len,
                              offset_of(emit, title.ptr), (uint32_t)title.len};
    return lac_builder_heading(emit->builder, &given);
}

/* The text moves when the document is finished, so the entry gets copies. */
static lacuna_status keep_span(lac_builder *builder, lac_span *span)
{
    span->ptr = lac_arena_copy(&builder->document->arena, *span);
    return span->ptr == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

lacuna_status lac_emit_entry(lac_builder *builder, uint32_t block, lac_span entry)
{
    lac_toc_entry toc = {.block = block};
    if (entry.len == 0) {
        return LACUNA_OK;
    }
    lac_split_escaped_number(entry, &toc.number, &toc.title);
    lacuna_status status = keep_span(builder, &toc.number);
    if (status == LACUNA_OK) {
        status = keep_span(builder, &toc.title);
    }
    return status == LACUNA_OK ? lac_builder_toc(builder, &toc) : status;
}

lacuna_status lac_emit_contents(lac_emit *emit, size_t line, lac_span entry, uint32_t flags)
{
    uint32_t block;
    lacuna_status status = emit_block(emit, &block, lac_line_text(emit->lines, line),
                                      lac_body_block(flags | LAC_BLOCK_TOC));
    return status == LACUNA_OK ? lac_emit_entry(emit->builder, block, entry) : status;
}
