#include "parsers/pdf/layout.h"

#include "parsers/document_builder.h"
#include "parsers/text/lines.h"
#include "support/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    GAP = 3,          /* blanks that set cells apart */
    LEAST_LINES = 8,  /* to tell margins and pitch of a page by its own lines */
    LINE_WIDTH = 40,  /* columns from which on a line is running text */
    INDENT = 4,       /* columns that make another indent */
    WIDE_INDENT = 12, /* of a first line against the rest of its paragraph */
};

/* ---- lines ---------------------------------------------------------------------------------- */

static bool is_private_bullet(lac_span line)
{
    size_t length;
    uint32_t c = line.len == 0 ? 0 : lac_utf8_decode(line, &length);
    return (c >= 0xF000 && c <= 0xF0FF) || c == 0x25CF || c == 0x25CB || c == 0x25A0 || c == 0x25A1;
}

/* The letter o of a typewriter font is a common bullet. */
static bool is_letter_bullet(lac_span line)
{
    return line.len > 3 && line.ptr[0] == 'o' && memcmp(line.ptr + 1, "  ", 2) == 0;
}

bool lac_pdf_is_bullet(lac_span line)
{
    return lac_list_bullet(line) || is_private_bullet(line) || is_letter_bullet(line);
}

static size_t blanks_at(lac_span line, size_t at)
{
    size_t i = at;
    while (i < line.len && line.ptr[i] == ' ') {
        i++;
    }
    return i - at;
}

size_t lac_pdf_text_offset(lac_span line)
{
    lac_span number;
    lac_span title;
    size_t marker = lac_list_marker(line);
    lac_split_typed_number(line, &number, &title);
    size_t typed = number.len > 0 ? (size_t)(title.ptr - line.ptr) : 0;
    if (marker == 0 && typed == 0 && (is_private_bullet(line) || is_letter_bullet(line))) {
        size_t length = 1;
        (void)lac_utf8_decode(line, &length);
        marker = length + blanks_at(line, length);
    }
    return marker > typed ? marker : typed;
}

bool lac_pdf_has_columns(lac_span line)
{
    for (size_t i = lac_pdf_text_offset(line); i < line.len;) {
        size_t blanks = blanks_at(line, i);
        if (blanks >= GAP) {
            return true;
        }
        i += blanks + 1;
    }
    return false;
}

/* ---- margins -------------------------------------------------------------------------------- */

static int compare_columns(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static bool is_running(const lac_pdf_pages *pages, size_t line)
{
    const lac_pdf_line *l = &pages->lines[line];
    return l->kind == LAC_PDF_BODY && l->length > 0 && l->end - l->indent >= LINE_WIDTH &&
           !lac_pdf_has_columns(lac_pdf_line_text(pages, line));
}

/* The right margin is where nearly the longest lines end: the longest may stick out. */
static lac_pdf_margins margins_of(const lac_pdf_pages *pages, size_t first, size_t end,
                                  uint32_t *ends, size_t *running)
{
    lac_pdf_margins m = {UINT32_MAX, 0, 0};
    size_t count = 0;
    for (size_t i = first; i < end; i++) {
        if (is_running(pages, i)) {
            const lac_pdf_line *l = &pages->lines[i];
            m.left = l->indent < m.left ? l->indent : m.left;
            ends[count++] = l->end;
        }
    }
    *running = count;
    if (count == 0) {
        return (lac_pdf_margins){0, 0, 0};
    }
    qsort(ends, count, sizeof *ends, compare_columns);
    m.right = ends[count - 1 - count / 20];
    return m;
}

static uint32_t first_word_width(lac_span text)
{
    uint32_t width = 0;
    while (text.len > 0) {
        size_t length;
        if (lac_utf8_is_space(lac_utf8_decode(text, &length))) {
            break;
        }
        text = lac_span_make(text.ptr + length, text.len - length);
        width++;
    }
    return width;
}

/* Whether the word that line `b` begins with would have had room on line `a`. Without margins every
 * line counts as short: nothing says that it is running text. */
static bool is_short(const lac_pdf_pages *pages, const lac_pdf_margins *m, size_t a, size_t b)
{
    const lac_pdf_line *above = &pages->lines[a];
    uint32_t needed = above->end + 1 + first_word_width(lac_pdf_line_text(pages, b));
    uint32_t slack = (m->right - m->left) / 8;
    return m->right <= m->left || needed + slack <= m->right;
}

/* Blank lines between full lines and what follows them, the more frequent number of 0 and 1. */
static uint32_t pitch_of(const lac_pdf_pages *pages, const lac_pdf_margins *m, size_t first,
                         size_t end)
{
    size_t seen[2] = {0, 0};
    for (size_t i = first; i + 1 < end; i++) {
        size_t next = i + 1;
        while (next < end && pages->lines[next].length == 0) {
            next++;
        }
        bool pair = next < end && next - i <= 2 && is_running(pages, i) &&
                    pages->lines[next].kind == LAC_PDF_BODY &&
                    lac_pdf_text_offset(lac_pdf_line_text(pages, next)) == 0;
        if (pair && !is_short(pages, m, i, next)) {
            seen[next - i - 1]++;
        }
    }
    return seen[1] > seen[0] && seen[1] >= LEAST_LINES / 2 ? 1 : 0;
}

lacuna_status lac_pdf_find_margins(lac_pdf_margins *margins, const lac_pdf_pages *pages)
{
    size_t running;
    uint32_t *ends = calloc(pages->line_count + 1, sizeof *ends);
    if (ends == NULL) {
        return LACUNA_E_NOMEM;
    }
    lac_pdf_margins whole = margins_of(pages, 0, pages->line_count, ends, &running);
    whole.pitch = pitch_of(pages, &whole, 0, pages->line_count);
    for (size_t i = 0; i < pages->page_count; i++) {
        const lac_pdf_page *p = &pages->pages[i];
        margins[i] = margins_of(pages, p->first, p->end, ends, &running);
        if (running < LEAST_LINES) {
            margins[i] = whole;
        } else {
            margins[i].pitch = pitch_of(pages, &margins[i], p->first, p->end);
        }
    }
    free(ends);
    return LACUNA_OK;
}

/* ---- continuing ----------------------------------------------------------------------------- */

static bool ends_statement(lac_span text)
{
    return text.len > 0 && strchr(".:;?!", text.ptr[text.len - 1]) != NULL;
}

static bool starts_lower(lac_span text)
{
    size_t length;
    uint32_t c = text.len == 0 ? 0 : lac_utf8_decode(text, &length);
    return lac_utf8_is_letter(c) && c < 0x250 && lac_utf8_lower(c) == c;
}

/* "6.4 Trial Design", with a number of several parts. */
static bool looks_like_heading(lac_span text)
{
    lac_span number;
    lac_span title;
    lac_split_typed_number(text, &number, &title);
    return number.len > 2 && memchr(number.ptr, '.', number.len) != NULL && !starts_lower(title);
}

static bool continues_over_page(const lac_pdf_pages *pages, const lac_pdf_margins *m, size_t above,
                                size_t line)
{
    lac_span before = lac_pdf_line_text(pages, above);
    lac_span text = lac_pdf_line_text(pages, line);
    if (pages->lines[line].page != pages->lines[above].page + 1 || ends_statement(before) ||
        lac_pdf_text_offset(text) > 0) {
        return false;
    }
    return starts_lower(text) || !is_short(pages, m, above, line);
}

static bool same_indent(uint32_t a, uint32_t b)
{
    return a < b ? b - a < INDENT : a - b < INDENT;
}

static bool fits_indent(const lac_pdf_pages *pages, const lac_pdf_open_block *block, size_t line)
{
    const lac_pdf_line *first = &pages->lines[block->first];
    const lac_pdf_line *last = &pages->lines[block->last];
    const lac_pdf_line *next = &pages->lines[line];
    if (block->last != block->first) {
        return same_indent(last->indent, next->indent);
    }
    uint32_t behind_marker =
        first->indent + (uint32_t)lac_pdf_text_offset(lac_pdf_line_text(pages, block->first));
    return next->indent < behind_marker + INDENT && next->indent + WIDE_INDENT >= first->indent;
}

/* "1. ..." may be the rest of a wrapped sentence: "of at least\n3. Patients ..." */
static bool starts_item(const lac_pdf_pages *pages, const lac_pdf_open_block *block, size_t line)
{
    lac_span text = lac_pdf_line_text(pages, line);
    if (lac_list_marker(text) == 0) {
        return false;
    }
    return block->item || ends_statement(lac_pdf_line_text(pages, block->last)) ||
           pages->lines[line].indent >= pages->lines[block->last].indent + 2;
}

bool lac_pdf_continues(const lac_pdf_pages *pages, const lac_pdf_margins *margins,
                       const lac_pdf_open_block *block, size_t line)
{
    const lac_pdf_line *last = &pages->lines[block->last];
    const lac_pdf_margins *m = &margins[last->page - 1];
    lac_span text = lac_pdf_line_text(pages, line);
    if (lac_pdf_is_bullet(text)) {
        return false;
    }
    if (pages->lines[line].page != last->page) {
        return continues_over_page(pages, m, block->last, line);
    }
    if (block->blanks > m->pitch || is_short(pages, m, block->last, line) ||
        starts_item(pages, block, line) || !fits_indent(pages, block, line)) {
        return false;
    }
    return !(looks_like_heading(text) && ends_statement(lac_pdf_line_text(pages, block->last)));
}
