#include "parsers/pdf/furniture.h"

#include "support/hash.h"
#include "support/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    ZONE_LINES = 6,    /* from an edge; real headers are tables of up to five lines */
    FORMS = 5,         /* a line as it is, and with one number left out */
    LONGEST = 400,     /* bytes; a longer line is text */
    RUN = 3,           /* pages that make a run */
    RUN_STEP = 2,      /* left and right pages may differ */
    SKIPPED = 1,       /* lines nearer to the edge that do not repeat: the chapter's title */
    LARGEST = 1000000, /* a larger number is no page number */
};

typedef enum zone { TOP, BOTTOM } zone;

/* One way to read a line of a zone. */
typedef struct form {
    uint64_t key;
    uint32_t page, line;
    uint8_t zone;
    bool accepted;
    bool first; /* the first of its kind */
} form;

typedef struct forms {
    form *items;
    size_t count, cap;
    size_t max;
} forms;

/* ---- the forms of a line -------------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Lower case, white space as one blank. */
static size_t normalise(char out[LONGEST + 1], lac_span text)
{
    size_t length = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c >= 'A' && c <= 'Z') {
            c = (char)(c + 32);
        }
        if (c != ' ' || (length > 0 && out[length - 1] != ' ')) {
            out[length++] = c;
        }
    }
    return length;
}

typedef struct number {
    size_t start, end; /* in the line */
    int64_t value;     /* -1: too large */
} number;

static number read_number(lac_span text, size_t start)
{
    number n = {start, start, 0};
    while (n.end < text.len && is_digit(text.ptr[n.end])) {
        n.value = n.value < 0 ? n.value : n.value * 10 + (text.ptr[n.end] - '0');
        n.value = n.value > LARGEST ? -1 : n.value;
        n.end++;
    }
    return n;
}

static bool word_ends_at(lac_span text, size_t end, const char *word)
{
    size_t length = strlen(word);
    while (end > 0 && strchr(" .:-", text.ptr[end - 1]) != NULL) {
        end--;
    }
    return end >= length &&
           lac_span_equal_nocase(lac_span_make(text.ptr + end - length, length),
                                 lac_span_of(word)) &&
           (end == length || !lac_utf8_is_letter((unsigned char)text.ptr[end - length - 1]));
}

static bool gap_ends_at(lac_span text, size_t end)
{
    return end >= 3 && memcmp(text.ptr + end - 3, "   ", 3) == 0;
}

static bool gap_starts_at(lac_span text, size_t start)
{
    return start + 3 <= text.len && memcmp(text.ptr + start, "   ", 3) == 0;
}

/* "Appendix 1" to "Appendix 3" on three pages in a row are no page numbers: such a number stands
 * behind "page", alone, or apart from the rest of the line. */
static bool may_be_page(lac_span text, const number *n)
{
    static const char *const words[] = {"page", "p", "pg", "seite", "pagina", "p\xC3\xA1gina"};
    if (n->value < 0 || (n->start > 0 && text.ptr[n->start - 1] == '.')) {
        return false;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (word_ends_at(text, n->start, words[i])) {
            return true;
        }
    }
    bool left = n->start == 0 || gap_ends_at(text, n->start);
    bool right = n->end == text.len || gap_starts_at(text, n->end);
    /* "3 of 12", "- 3 -", "3 | Protocol". */
    lac_span rest = lac_span_trim(lac_span_make(text.ptr + n->end, text.len - n->end));
    bool counted = lac_span_starts_nocase(rest, "of ") || lac_span_starts_nocase(rest, "/");
    bool dashes = text.len <= n->end - n->start + 4 && strchr("-[(", text.ptr[0]) != NULL;
    return dashes || (left && (right || counted));
}

static uint64_t key_without(lac_span text, const number *n, uint32_t page)
{
    char masked[LONGEST + 1];
    char plain[LONGEST + 1];
    uint64_t key[2];
    memcpy(masked, text.ptr, text.len);
    memset(masked + n->start, ' ', n->end - n->start);
    if (text.len > 0) {
        masked[n->start] = '#';
    }
    key[0] = lac_hash(lac_span_make(plain, normalise(plain, lac_span_make(masked, text.len))));
    key[1] = (uint64_t)(n->value - (int64_t)page);
    return lac_hash(lac_span_make((const char *)key, sizeof key));
}

/* "iv" alone on its line; 0: none. */
static int64_t roman_value(lac_span text)
{
    static const char digits[] = "ivxlc";
    static const int64_t values[] = {1, 5, 10, 50, 100};
    int64_t sum = 0;
    int64_t last = 0;
    for (size_t i = text.len; i-- > 0 && text.len <= 8;) {
        const char *digit = text.ptr[i] == '\0' ? NULL : strchr(digits, text.ptr[i]);
        if (digit == NULL) {
            return 0;
        }
        int64_t value = values[digit - digits];
        sum = value < last ? sum - value : sum + value;
        last = value > last ? value : last;
    }
    return sum;
}

/* All ways to read a line; returns how many. */
static size_t read_forms(uint64_t keys[FORMS], lac_span text, uint32_t page)
{
    char plain[LONGEST + 1];
    size_t count = 0;
    keys[count++] = lac_hash(lac_span_make(plain, normalise(plain, text)));
    int64_t roman = roman_value(text);
    if (roman > 0) {
        number whole = {0, text.len, roman};
        keys[count++] = key_without(text, &whole, page);
    }
    for (size_t i = 0; i < text.len && count < FORMS;) {
        if (!is_digit(text.ptr[i])) {
            i++;
            continue;
        }
        number n = read_number(text, i);
        if (may_be_page(text, &n)) {
            keys[count++] = key_without(text, &n, page);
        }
        i = n.end;
    }
    return count;
}

static lacuna_status add_forms(forms *all, const lac_pdf_pages *pages, uint32_t line, zone where)
{
    lac_span text = lac_pdf_line_text(pages, line);
    uint32_t page = pages->lines[line].page;
    uint64_t keys[FORMS];
    if (text.len > LONGEST) {
        return LACUNA_OK;
    }
    size_t count = read_forms(keys, text, page);
    lacuna_status status =
        lac_grow((void **)&all->items, &all->cap, all->count + count, sizeof *all->items, all->max);
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        all->items[all->count++] = (form){keys[i], page, line, (uint8_t)where, false, false};
    }
    return status;
}

/* ---- zones ---------------------------------------------------------------------------------- */

/* The lines of a zone, from the edge inwards; returns how many. */
static size_t zone_lines(uint32_t lines[ZONE_LINES], const lac_pdf_pages *pages, size_t page,
                         zone where)
{
    const lac_pdf_page *p = &pages->pages[page];
    size_t count = 0;
    for (uint32_t i = 0; i < p->end - p->first && count < ZONE_LINES; i++) {
        uint32_t line = where == TOP ? p->first + i : p->end - 1 - i;
        if (pages->lines[line].length > 0) {
            lines[count++] = line;
        }
    }
    return count;
}

static lacuna_status collect(forms *all, const lac_pdf_pages *pages)
{
    lacuna_status status = LACUNA_OK;
    all->max = pages->page_count * 2 * ZONE_LINES * FORMS;
    for (size_t page = 0; page < pages->page_count; page++) {
        for (zone where = TOP; where <= BOTTOM && status == LACUNA_OK; where++) {
            uint32_t lines[ZONE_LINES];
            size_t count = zone_lines(lines, pages, page, where);
            for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
                status = add_forms(all, pages, lines[i], where);
            }
        }
    }
    return status;
}

/* ---- deciding ------------------------------------------------------------------------------- */

static int compare_forms(const void *a, const void *b)
{
    const form *x = a;
    const form *y = b;
    if (x->key != y->key) {
        return x->key > y->key ? 1 : -1;
    }
    if (x->zone != y->zone) {
        return x->zone > y->zone ? 1 : -1;
    }
    return (x->line > y->line) - (x->line < y->line);
}

static bool same_group(const form *a, const form *b)
{
    return a->key == b->key && a->zone == b->zone;
}

/* A line may stand twice on a page: rows of underscores in a form. */
static size_t count_pages(const form *group, size_t count)
{
    size_t pages = count > 0;
    for (size_t i = 1; i < count; i++) {
        pages += group[i].page != group[i - 1].page;
    }
    return pages;
}

/* Runs of neighbouring pages; for a short document all of its pages, or most. */
static void accept_group(form *group, size_t count, size_t page_count)
{
    enum { FEW = 2, SHARE = 40 /* per cent of the pages */ };
    size_t pages = count_pages(group, count);
    bool widespread = pages >= RUN && pages * 100 >= page_count * SHARE;
    bool everywhere = page_count <= FEW && pages >= FEW;
    bool begun = false;
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && group[end].page - group[end - 1].page <= RUN_STEP) {
            end++;
        }
        bool accepted = widespread || everywhere || count_pages(group + i, end - i) >= RUN;
        for (size_t k = i; k < end; k++) {
            group[k].accepted = accepted;
            group[k].first = accepted && !begun && k == i;
        }
        begun |= accepted;
        i = end;
    }
}

/* "Page 1 of 1" on the only page. */
static bool is_lone_number(lac_span text)
{
    lac_span rest = text;
    if (lac_span_starts_nocase(text, "page")) {
        rest = lac_span_trim(lac_span_make(text.ptr + 4, text.len - 4));
    }
    if (rest.len == 0 || rest.ptr[0] != '1') {
        return false;
    }
    rest = lac_span_trim(lac_span_make(rest.ptr + 1, rest.len - 1));
    return rest.len == 0 || lac_span_is(rest, "of 1") || lac_span_is(rest, "/1") ||
           lac_span_is(rest, "/ 1");
}

typedef struct verdict {
    bool accepted, repeats;
} verdict;

static void accept(forms *all, verdict *top, verdict *bottom, size_t page_count)
{
    for (size_t i = 0; i < all->count;) {
        size_t end = i + 1;
        while (end < all->count && same_group(&all->items[end], &all->items[i])) {
            end++;
        }
        accept_group(all->items + i, end - i, page_count);
        i = end;
    }
    for (size_t i = 0; i < all->count; i++) {
        const form *f = &all->items[i];
        verdict *v = f->zone == TOP ? &top[f->line] : &bottom[f->line];
        v->accepted |= f->accepted;
        v->repeats |= f->accepted && !f->first;
    }
}

/* From the edge inwards; what stands behind the text is no header. */
static void mark_zone(lac_pdf_pages *pages, size_t page, zone where, const verdict *verdicts)
{
    uint32_t lines[ZONE_LINES];
    size_t count = zone_lines(lines, pages, page, where);
    size_t skipped = 0;
    for (size_t i = 0; i < count && skipped <= SKIPPED; i++) {
        const verdict *v = &verdicts[lines[i]];
        bool lone =
            pages->page_count == 1 && i == 0 && is_lone_number(lac_pdf_line_text(pages, lines[i]));
        if (v->accepted || lone) {
            pages->lines[lines[i]].kind = where == TOP ? LAC_PDF_HEADER : LAC_PDF_FOOTER;
            pages->lines[lines[i]].repeats = v->repeats;
        } else {
            skipped++;
        }
    }
}

lacuna_status lac_pdf_mark_furniture(lac_pdf_pages *pages)
{
    forms all = {NULL, 0, 0, 0};
    verdict *top = calloc(pages->line_count + 1, sizeof *top);
    verdict *bottom = calloc(pages->line_count + 1, sizeof *bottom);
    lacuna_status status = top == NULL || bottom == NULL ? LACUNA_E_NOMEM : collect(&all, pages);
    if (status == LACUNA_OK && all.count > 0) {
        qsort(all.items, all.count, sizeof *all.items, compare_forms);
        accept(&all, top, bottom, pages->page_count);
        for (size_t page = 0; page < pages->page_count; page++) {
            mark_zone(pages, page, TOP, top);
            mark_zone(pages, page, BOTTOM, bottom);
        }
    }
    free(all.items);
    free(top);
    free(bottom);
    return status;
}
