#include "analyzer/letter/lines.h"

enum {
    TOP_LINES = 4,       /* of a page, in which its header stands */
    FOOTNOTE_LINES = 10, /* that footnotes at the end of a page take at most */
};

typedef struct page_range {
    uint32_t first, end; /* lines */
} page_range;

static bool covers(lac_letter_layout *layout, lac_letter_eye *eye, const char *rule, uint32_t line)
{
    const lac_letter_line *l = &layout->letter->lines[line];
    return lac_eye_covers_named(eye, LAC_LETTER_LINES, rule, l->start, l->start + l->length);
}

static bool is_blank(const lac_letter_layout *layout, uint32_t line)
{
    return layout->letter->lines[line].length == 0;
}

static void mark_shapes(lac_letter_layout *layout, lac_letter_eye *eye)
{
    for (uint32_t i = 0; i < layout->letter->line_count; i++) {
        if (is_blank(layout, i)) {
            layout->kinds[i] = LAC_LINE_BLANK;
        } else if (covers(layout, eye, "redaction", i)) {
            layout->kinds[i] = LAC_LINE_REDACTION;
        } else if (covers(layout, eye, "furniture", i)) {
            layout->kinds[i] = LAC_LINE_FURNITURE;
        } else {
            layout->kinds[i] = LAC_LINE_TEXT;
            layout->cut = layout->cut || covers(layout, eye, "cut", i);
        }
    }
}

/* ---- page headers --------------------------------------------------------------------------- */

/* The application and "Page N" at the top; returns N, 0: there is none. */
static uint32_t mark_top(lac_letter_layout *layout, lac_letter_eye *eye, page_range page)
{
    uint32_t application = LAC_NONE;
    uint32_t seen = 0;
    for (uint32_t i = page.first; i < page.end && seen < TOP_LINES; i++) {
        if (layout->kinds[i] != LAC_LINE_TEXT) {
            continue;
        }
        seen++;
        if (covers(layout, eye, "page-number", i)) {
            uint32_t number = 0;
            lac_span text = lac_letter_line_text(layout->letter, i);
            for (size_t c = 0; c < text.len; c++) {
                bool digit = text.ptr[c] >= '0' && text.ptr[c] <= '9';
                number =
                    digit && number < 10000 ? number * 10 + (uint32_t)(text.ptr[c] - '0') : number;
            }
            layout->kinds[i] = LAC_LINE_FURNITURE;
            if (application != LAC_NONE) {
                layout->kinds[application] = LAC_LINE_FURNITURE;
            }
            return number;
        }
        if (covers(layout, eye, "application", i)) {
            application = i;
        }
    }
    return 0;
}

/* ---- footnotes ------------------------------------------------------------------------------ */

static bool is_number(lac_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') {
            return false;
        }
    }
    return text.len > 0 && text.len <= 2;
}

/* A number alone, its address on the next line. */
static bool is_split_footnote(const lac_letter_layout *layout, uint32_t line, uint32_t end)
{
    return is_number(lac_letter_line_text(layout->letter, line)) && line + 1 < end &&
           lac_span_starts_nocase(lac_letter_line_text(layout->letter, line + 1), "http");
}

static bool begins_footnote(lac_letter_layout *layout, lac_letter_eye *eye, uint32_t line,
                            page_range page)
{
    bool apart = line == page.first || layout->kinds[line - 1] != LAC_LINE_TEXT;
    return apart &&
           (covers(layout, eye, "footnote", line) || is_split_footnote(layout, line, page.end));
}

/* Text lines from `line` to the end of the page; LAC_NONE where one of them is no footnote's. */
static uint32_t footnote_lines(const lac_letter_layout *layout, uint32_t line, uint32_t end)
{
    uint32_t count = 0;
    for (; line < end; line++) {
        if (layout->kinds[line] == LAC_LINE_TEXT) {
            lac_letter_mark mark = lac_letter_mark_of(lac_letter_line_text(layout->letter, line));
            count++;
            if (mark.kind != LAC_MARK_NONE || count > FOOTNOTE_LINES) {
                return LAC_NONE;
            }
        }
    }
    return count;
}

static void mark_footnotes(lac_letter_layout *layout, lac_letter_eye *eye, page_range page)
{
    for (uint32_t i = page.first; i < page.end; i++) {
        if (layout->kinds[i] != LAC_LINE_TEXT || !begins_footnote(layout, eye, i, page) ||
            footnote_lines(layout, i, page.end) == LAC_NONE) {
            continue;
        }
        for (; i < page.end; i++) {
            if (layout->kinds[i] == LAC_LINE_TEXT) {
                layout->kinds[i] = LAC_LINE_FURNITURE;
            }
        }
    }
}

/* ---- pages ---------------------------------------------------------------------------------- */

static bool has_empty_page(const lac_letter_layout *layout, uint32_t after, uint32_t before)
{
    for (uint32_t i = 0; i < layout->empty_page_count; i++) {
        if (layout->empty_pages[i] > after && layout->empty_pages[i] < before) {
            return true;
        }
    }
    return false;
}

static page_range next_page(const lac_letter_layout *layout, uint32_t first)
{
    const lac_letter_text *letter = layout->letter;
    page_range page = {first, first};
    while (page.end < letter->line_count &&
           letter->lines[page.end].page == letter->lines[first].page) {
        page.end++;
    }
    return page;
}

/* A letter's first page carries no number; the next ones say 2, 3 ... */
static void note_gap(lac_letter_layout *layout, page_range page, uint32_t number,
                     uint32_t *expected, uint32_t previous)
{
    uint32_t present = layout->letter->lines[page.first].page;
    bool jumped = number > 1 && *expected > 0 && number > *expected;
    layout->gap_before[page.first] = jumped || has_empty_page(layout, previous, present);
    *expected = number > 0 ? number + 1 : 2;
}

/* A page that is a picture still carries its footer as text. */
static void find_empty_pages(lac_letter_layout *layout)
{
    const lac_letter_text *letter = layout->letter;
    uint32_t line = 0;
    for (uint32_t page = 1; page <= letter->page_count; page++) {
        bool text = false;
        for (; line < letter->line_count && letter->lines[line].page <= page; line++) {
            text = text || layout->kinds[line] == LAC_LINE_TEXT;
        }
        if (!text) {
            layout->empty_pages[layout->empty_page_count++] = page;
        }
    }
}

static bool is_empty_page(const lac_letter_layout *layout, uint32_t page)
{
    for (uint32_t i = 0; i < layout->empty_page_count; i++) {
        if (layout->empty_pages[i] == page) {
            return true;
        }
    }
    return false;
}

void lac_letter_mark_lines(lac_letter_layout *layout, lac_letter_eye *eye)
{
    uint32_t expected = 1, previous = 0;
    mark_shapes(layout, eye);
    find_empty_pages(layout);
    for (uint32_t first = 0; first < layout->letter->line_count;) {
        page_range page = next_page(layout, first);
        uint32_t number = mark_top(layout, eye, page);
        mark_footnotes(layout, eye, page);
        if (!is_empty_page(layout, layout->letter->lines[first].page)) {
            note_gap(layout, page, number, &expected, previous);
            previous = layout->letter->lines[page.first].page;
        }
        first = page.end;
    }
}
