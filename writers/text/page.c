#include "writers/text/page.h"

#include "support/utf8.h"

enum { LABEL_COLUMNS = 11 };

void lac_page_init(lac_page *page, lac_output *output, const lac_text_style *style)
{
    *page = (lac_page){.output = output, .style = *style, .line_empty = true};
}

static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

/* Marks and overrides of writing direction: they can make a line read as what it is not. */
static bool is_direction(uint32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static uint32_t columns_of(uint32_t c)
{
    bool combining = (c >= 0x0300 && c <= 0x036F) || (c >= 0x1AB0 && c <= 0x1AFF) ||
                     (c >= 0x20D0 && c <= 0x20FF) || (c >= 0x200B && c <= 0x200F) ||
                     (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF;
    bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) ||
                (c >= 0x20000 && c <= 0x3FFFD);
    return combining ? 0 : wide ? 2 : 1;
}

uint32_t lac_text_columns(lac_span text)
{
    uint32_t columns = 0;
    while (text.len > 0) {
        size_t length;
        columns += columns_of(lac_utf8_decode(text, &length));
        text = lac_span_make(text.ptr + length, text.len - length);
    }
    return columns;
}

/* Breaking a line at a space that must not break would part "5 mg" or "section 3". */
static bool is_break(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void write_harmless(lac_output *output, lac_span word)
{
    while (word.len > 0) {
        size_t length;
        uint32_t c = lac_utf8_decode(word, &length);
        if (is_control(c) || is_direction(c) || (c == LAC_UTF8_REPLACEMENT && length == 1)) {
            lac_output_text(output, "\xEF\xBF\xBD");
        } else {
            lac_output_bytes(output, word.ptr, length);
        }
        word = lac_span_make(word.ptr + length, word.len - length);
    }
}

static void change_ink(lac_page *page, lac_ink ink)
{
    static const char *const codes[] = {"\033[0m",    "\033[0;1m",  "\033[0;2m",
                                        "\033[0;32m", "\033[0;33m", "\033[0;31m"};
    if (page->style.color && page->ink != ink) {
        lac_output_text(page->output, codes[ink]);
        page->ink = ink;
    }
}

static void write_spaces(lac_page *page, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        lac_output_char(page->output, ' ');
    }
    page->column += count;
}

static void break_line(lac_page *page)
{
    lac_output_char(page->output, '\n');
    page->column = 0;
    write_spaces(page, page->indent);
    page->line_empty = true;
}

static void write_pieces(lac_page *page)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < page->piece_count; i++) {
        change_ink(page, page->pieces[i].ink);
        write_harmless(page->output, lac_span_make(page->word + at, page->pieces[i].length));
        at += page->pieces[i].length;
    }
    page->word_length = 0;
    page->piece_count = 0;
}

/* Places the word that is complete now: on this line, or on the next. */
static void place_word(lac_page *page)
{
    if (page->word_length == 0) {
        return;
    }
    uint32_t columns = lac_text_columns(lac_span_make(page->word, page->word_length));
    bool apart = page->space && !page->line_empty;
    if (apart && page->column + 1 + columns > page->style.width) {
        break_line(page);
    } else if (apart) {
        write_spaces(page, 1);
    }
    page->space = false;
    write_pieces(page);
    page->column += columns;
    page->line_empty = false;
}

/* Adds to the open word. One that is longer than the buffer is placed in parts, still unbroken. */
static void add_piece(lac_page *page, lac_ink ink, lac_span text)
{
    while (text.len > 0) {
        if (page->word_length == LAC_PAGE_WORD || page->piece_count == LAC_PAGE_PIECES) {
            place_word(page);
        }
        size_t room = LAC_PAGE_WORD - page->word_length;
        size_t take = text.len < room ? text.len : room;
        while (take < text.len && take > 0 && ((unsigned char)text.ptr[take] & 0xC0) == 0x80) {
            take--; /* no character in two parts */
        }
        if (take == 0 && page->word_length > 0) {
            place_word(page);
            continue;
        }
        take = take == 0 ? room : take; /* malformed: nothing but continuation bytes */
        memcpy(page->word + page->word_length, text.ptr, take);
        page->word_length += (uint32_t)take;
        page->pieces[page->piece_count++] = (lac_page_piece){(uint32_t)take, ink};
        text = lac_span_make(text.ptr + take, text.len - take);
    }
}

void lac_page_begin(lac_page *page, uint32_t first, uint32_t rest)
{
    page->indent = rest;
    page->column = 0;
    page->line_empty = true;
    page->space = false;
    write_spaces(page, first);
}

void lac_page_words(lac_page *page, lac_ink ink, lac_span text)
{
    size_t at = 0;
    while (at < text.len) {
        if (is_break(text.ptr[at])) {
            place_word(page);
            page->space = true;
            at++;
            continue;
        }
        size_t end = at;
        while (end < text.len && !is_break(text.ptr[end])) {
            end++;
        }
        add_piece(page, ink, lac_span_make(text.ptr + at, end - at));
        at = end;
    }
}

void lac_page_text(lac_page *page, lac_ink ink, const char *text)
{
    lac_page_words(page, ink, lac_span_of(text));
}

void lac_page_uint(lac_page *page, lac_ink ink, uint64_t value)
{
    char digits[21];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    lac_page_words(page, ink, lac_span_make(digits + at, sizeof digits - at));
}

void lac_page_end(lac_page *page)
{
    place_word(page);
    change_ink(page, LAC_INK_PLAIN);
    lac_output_char(page->output, '\n');
    page->column = 0;
    page->line_empty = true;
    page->space = false;
}

void lac_page_tab(lac_page *page, uint32_t column)
{
    place_word(page);
    write_spaces(page, page->column < column ? column - page->column : 1);
    page->line_empty = true; /* the text may start right here */
    page->space = false;
}

void lac_page_begin_labelled(lac_page *page, uint32_t indent, const char *label)
{
    lac_page_begin(page, indent, indent + LABEL_COLUMNS);
    lac_page_text(page, LAC_INK_FAINT, label);
    lac_page_tab(page, indent + LABEL_COLUMNS);
}

void lac_page_labelled(lac_page *page, uint32_t indent, const char *label, lac_span text)
{
    lac_page_labelled_two(page, indent, label, text, "");
}

void lac_page_labelled_two(lac_page *page, uint32_t indent, const char *label, lac_span text,
                           const char *more)
{
    lac_page_begin_labelled(page, indent, label);
    lac_page_words(page, LAC_INK_PLAIN, text);
    lac_page_text(page, LAC_INK_PLAIN, more);
    lac_page_end(page);
}

void lac_page_blank(lac_page *page)
{
    lac_output_char(page->output, '\n');
}
