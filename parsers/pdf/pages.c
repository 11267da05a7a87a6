#include "parsers/pdf/pages.h"

#include "parsers/text/decode.h"
#include "support/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    SYMBOL_BULLET = 0xF0B7, /* Word's bullets come from the Symbol and Wingdings fonts, */
    SYMBOL_SQUARE = 0xF0A7, /* whose characters stand in the private use area */
    BULLET = 0x2022,
    SQUARE = 0x25AA,
    PRIVATE_FIRST = 0xE000,
    PRIVATE_LAST = 0xF8FF,
    NO_BREAK_SPACE = 0xA0,
};

/* ---- cleaning ------------------------------------------------------------------------------- */

static uint32_t cleaned(uint32_t c)
{
    bool kept = c == '\n' || c == '\f';
    if ((c < 0x20 && !kept) || (c >= 0x7F && c <= NO_BREAK_SPACE)) {
        return ' ';
    }
    return c == SYMBOL_BULLET ? BULLET : c == SYMBOL_SQUARE ? SQUARE : c;
}

static bool is_plain(unsigned char c)
{
    return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\f';
}

static lacuna_status clean(lac_buf *text, lac_span from)
{
    lacuna_status status = LACUNA_OK;
    while (from.len > 0 && status == LACUNA_OK) {
        size_t length = 0;
        while (length < from.len && is_plain((unsigned char)from.ptr[length])) {
            length++;
        }
        if (length > 0) {
            status = lac_buf_append(text, from.ptr, length);
        } else {
            status = lac_buf_append_codepoint(text, cleaned(lac_utf8_decode(from, &length)));
        }
        from = lac_span_make(from.ptr + length, from.len - length);
    }
    return status;
}

static lacuna_status read_text(lac_buf *text, lac_span printed)
{
    lac_buf decoded;
    uint64_t replaced;
    lac_buf_init(&decoded, text->max);
    lacuna_status status = lac_text_decode(&decoded, &replaced, printed);
    if (status == LACUNA_OK) {
        status = clean(text, lac_buf_span(&decoded));
    }
    lac_buf_free(&decoded);
    return status;
}

/* ---- cutting -------------------------------------------------------------------------------- */

static void count_character(lac_pdf_page *page, uint32_t c)
{
    bool meaningless = c == LAC_UTF8_REPLACEMENT || (c >= PRIVATE_FIRST && c <= PRIVATE_LAST);
    page->unreadable += meaningless;
    page->readable += !meaningless && (lac_utf8_is_letter(c) || lac_utf8_is_digit(c));
}

/* Measures a line in columns and counts its characters for the page. */
static lac_pdf_line measure(lac_pdf_page *page, lac_span line, size_t start, uint32_t number)
{
    lac_pdf_line measured = {.page = number};
    uint32_t column = 0;
    size_t first = line.len;
    size_t behind = 0;
    for (size_t i = 0; i < line.len; column++) {
        size_t length;
        uint32_t c = lac_utf8_decode(lac_span_make(line.ptr + i, line.len - i), &length);
        if (!lac_utf8_is_space(c)) {
            if (first == line.len) {
                first = i;
                measured.indent = column;
            }
            behind = i + length;
            measured.end = column + 1;
            count_character(page, c);
        }
        i += length;
    }
    measured.start = (uint32_t)(start + first);
    measured.length = (uint32_t)(behind > first ? behind - first : 0);
    return measured;
}

static lacuna_status add_page(lac_pdf_pages *pages, size_t max)
{
    lacuna_status status = lac_grow((void **)&pages->pages, &pages->page_cap, pages->page_count + 1,
                                    sizeof *pages->pages, max);
    if (status == LACUNA_OK) {
        uint32_t first = (uint32_t)pages->line_count;
        pages->pages[pages->page_count++] = (lac_pdf_page){first, first, 0, 0};
    }
    return status;
}

static lacuna_status add_line(lac_pdf_pages *pages, size_t start, size_t end, size_t max)
{
    lacuna_status status = lac_grow((void **)&pages->lines, &pages->line_cap, pages->line_count + 1,
                                    sizeof *pages->lines, max);
    if (status == LACUNA_OK) {
        lac_pdf_page *page = &pages->pages[pages->page_count - 1];
        lac_span line = lac_span_make(pages->text.data + start, end - start);
        pages->lines[pages->line_count++] = measure(page, line, start, (uint32_t)pages->page_count);
        page->end = (uint32_t)pages->line_count;
    }
    return status;
}

/* A form feed ends a page; behind the last one there is nothing. */
static lacuna_status cut(lac_pdf_pages *pages, const lac_limits *limits)
{
    lac_span text = lac_buf_span(&pages->text);
    lacuna_status status = LACUNA_OK;
    bool open = false;
    for (size_t at = 0; at < text.len && status == LACUNA_OK;) {
        size_t end = at;
        if (!open) {
            status = add_page(pages, limits->pdf_pages);
            open = true;
        }
        while (end < text.len && text.ptr[end] != '\n' && text.ptr[end] != '\f') {
            end++;
        }
        bool page_ends = end < text.len && text.ptr[end] == '\f';
        if (status == LACUNA_OK && !(page_ends && end == at)) {
            status = add_line(pages, at, end, limits->blocks);
        }
        open = !page_ends && open;
        at = end + 1;
        if (page_ends && at + 1 == text.len && text.ptr[at] == '\n') {
            at++; /* put there by the decoder to end the last line */
        }
    }
    return status;
}

lacuna_status lac_pdf_pages_read(lac_pdf_pages *pages, lac_span printed, const lac_limits *limits)
{
    memset(pages, 0, sizeof *pages);
    lac_buf_init(&pages->text, (size_t)limits->text_bytes);
    lacuna_status status = read_text(&pages->text, printed);
    return status == LACUNA_OK ? cut(pages, limits) : status;
}

void lac_pdf_pages_free(lac_pdf_pages *pages)
{
    lac_buf_free(&pages->text);
    free(pages->lines);
    free(pages->pages);
    memset(pages, 0, sizeof *pages);
}

lac_span lac_pdf_line_text(const lac_pdf_pages *pages, size_t line)
{
    const lac_pdf_line *l = &pages->lines[line];
    return lac_span_make(lac_buf_text(&pages->text) + l->start, l->length);
}

uint32_t lac_pdf_page_own_characters(const lac_pdf_pages *pages, size_t page)
{
    lac_pdf_page own = {0, 0, 0, 0};
    for (size_t i = pages->pages[page].first; i < pages->pages[page].end; i++) {
        lac_span text = lac_pdf_line_text(pages, i);
        if (pages->lines[i].kind == LAC_PDF_BODY) {
            (void)measure(&own, text, 0, 0);
        }
    }
    return own.readable;
}
