#include "parsers/document.h"

#include <stdlib.h>

void lac_document_free(lac_document *document)
{
    if (document != NULL) {
        lac_arena_free(&document->arena);
        free(document);
    }
}

uint32_t lac_document_line(const lac_document *document, uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = document->line_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (document->line_starts[middle] <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == 0 ? 1 : low;
}

bool lac_document_lines(uint32_t *start, uint32_t *end, const lac_document *document, int64_t line,
                        int64_t to)
{
    *start = *end = 0;
    if (line < 1 || to < line || to > (int64_t)document->line_count) {
        return false;
    }
    *start = document->line_starts[line - 1];
    *end =
        to < (int64_t)document->line_count ? document->line_starts[to] : document->reference_length;
    while (*end > *start && document->text.ptr[*end - 1] == '\n') {
        (*end)--;
    }
    return true;
}

uint32_t lac_document_block_at(const lac_document *document, uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = document->block_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (document->blocks[middle].start <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == 0) {
        return document->block_count == 0 ? LAC_NONE : 0;
    }
    return low - 1;
}

lac_span lac_document_slice(const lac_document *document, uint32_t start, uint32_t end)
{
    size_t limit = document->text.len;
    size_t from = start < limit ? start : limit;
    size_t to = end < limit ? end : limit;
    return lac_span_make(document->text.ptr + from, to > from ? to - from : 0);
}

lac_span lac_block_text(const lac_document *document, const lac_block *block)
{
    return lac_document_slice(document, block->start, block->start + block->length);
}

uint32_t lac_document_page(const lac_document *document, uint32_t offset)
{
    uint32_t at = lac_document_block_at(document, offset);
    if (at == LAC_NONE) {
        return 0;
    }
    const lac_block *block = &document->blocks[at];
    bool turned = block->page_turn > 0 && offset >= block->start + block->page_turn;
    return block->page + (turned ? 1 : 0);
}

const char *lac_heading_source_name(lac_heading_source source)
{
    switch (source) {
    case LAC_HEADING_PARAGRAPH_LEVEL:
        return "paragraph outline level";
    case LAC_HEADING_STYLE_LEVEL:
        return "style outline level";
    case LAC_HEADING_STYLE_NAME:
        return "heading style";
    case LAC_HEADING_MARKUP:
        return "markup";
    case LAC_HEADING_CONTENTS:
        return "contents list";
    case LAC_HEADING_TYPED_NUMBER:
        return "typed number";
    case LAC_HEADING_FORMATTING:
        return "bold text";
    case LAC_HEADING_NONE:
        break;
    }
    return "none";
}

const char *lac_format_name(lac_format format)
{
    static const char *const names[] = {"docx", "text", "markdown", "pdf", "xml"};
    return (size_t)format < sizeof names / sizeof names[0] ? names[format] : "unknown";
}
