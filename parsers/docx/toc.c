#include "parsers/docx/toc.h"

enum { LONGEST_NUMBER = 24 };

static lac_span part(lac_span text, size_t from, size_t to)
{
    return lac_span_trim(lac_span_make(text.ptr + from, to > from ? to - from : 0));
}

/* A page: digits, or small roman numerals, or nothing. */
static bool is_page(lac_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!(c >= '0' && c <= '9') && strchr("ivxlcIVXLC-", c) == NULL) {
            return false;
        }
    }
    return text.len <= 8;
}

/* Without the page and the dots or spaces in front of it. */
static size_t drop_typed_page(lac_span text)
{
    size_t end = text.len;
    while (end > 0 && text.ptr[end - 1] >= '0' && text.ptr[end - 1] <= '9') {
        end--;
    }
    size_t gap = end;
    while (gap > 0 && (text.ptr[gap - 1] == '.' || text.ptr[gap - 1] == ' ')) {
        gap--;
    }
    /* "Visit 2" is a title: only a row of dots or a wide gap announces a page. */
    return end < text.len && end - gap >= 3 ? gap : text.len;
}

static bool looks_like_number(lac_span text)
{
    if (text.len == 0 || text.len > LONGEST_NUMBER) {
        return false;
    }
    bool digit = false;
    bool space = false;
    for (size_t i = 0; i < text.len; i++) {
        digit |= text.ptr[i] >= '0' && text.ptr[i] <= '9';
        space |= text.ptr[i] == ' ';
    }
    return digit || (!space && text.len <= 5);
}

lac_toc_parts lac_toc_split(lac_span text, uint32_t first_tab, uint32_t last_tab,
                            uint32_t page_reference)
{
    size_t end = text.len;
    if (page_reference != LAC_NONE && page_reference <= text.len) {
        end = page_reference;
    } else if (last_tab != LAC_NONE && last_tab < text.len &&
               is_page(part(text, last_tab, text.len))) {
        end = last_tab;
    } else {
        end = drop_typed_page(text);
    }
    lac_toc_parts parts = {
        lac_span_make(text.ptr, 0),
        part(text, 0, end),
        part(text, end, text.len).len > 0,
    };
    if (first_tab != LAC_NONE && first_tab < end && looks_like_number(part(text, 0, first_tab)) &&
        part(text, first_tab, end).len > 0) {
        parts.number = part(text, 0, first_tab);
        parts.title = part(text, first_tab, end);
    } else {
        lac_split_typed_number(parts.title, &parts.number, &parts.title);
    }
    return parts;
}

static lacuna_status keep(lac_arena *arena, lac_span *text)
{
    const char *copy = lac_arena_copy(arena, *text);
    *text = lac_span_make(copy, text->len);
    return copy == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

lacuna_status lac_toc_collect(lac_story *story, uint32_t index, const lac_block *block)
{
    const lac_paragraph *paragraph = &story->frame->paragraph;
    const lac_style *style = paragraph->style;
    bool entry_style = style != NULL && (style->flags & LAC_STYLE_TOC) != 0;
    bool other_style = style != NULL && (style->flags & LAC_STYLE_TOC_OTHER) != 0;
    bool in_list = paragraph->in_contents || paragraph->in_control;
    if (story->channel != LAC_CHANNEL_BODY || block->level > 0 || other_style ||
        paragraph->in_captions || !(entry_style || in_list)) {
        return LACUNA_OK;
    }
    lac_toc_parts parts = lac_toc_split(lac_buf_span(&paragraph->text), paragraph->first_tab,
                                        paragraph->last_tab, paragraph->page_reference);
    if (parts.title.len == 0 || (!parts.paged && !paragraph->in_contents)) {
        return LACUNA_OK;
    }
    lac_arena *arena = &story->docx->builder.document->arena;
    const lac_toc_entry entry = {
        .block = index,
        .level = entry_style ? style->toc_level : 0,
        .number = parts.number,
        .title = parts.title,
    };
    lac_toc_entry kept = entry;
    lacuna_status status = keep(arena, &kept.number);
    if (status == LACUNA_OK) {
        status = keep(arena, &kept.title);
    }
    return status == LACUNA_OK ? lac_builder_toc(&story->docx->builder, &kept) : status;
}
