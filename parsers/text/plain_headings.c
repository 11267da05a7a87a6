/* Which lines of a plain text are headings. */
#include "parsers/text/plain.h"
#include "support/hash.h"
#include "support/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    LONGEST_NUMBERED = 160, /* bytes */
    LONGEST_CAPITALS = 80,
    LARGEST_FIRST = 50, /* "99.5 Percent" is no section */
    LARGEST_OTHER = 99,
    DEEPEST = 9,
    FURNITURE_REPEATS = 3
};

typedef enum shape {
    SINGLE,   /* "6 Trial Design", "IV. Methods" */
    MULTI,    /* "6.4 Trial Design", "A.1 Forms" */
    WORD,     /* "Appendix 3 Forms" */
    CAPITALS, /* "TRIAL DESIGN" */
} shape;

typedef struct candidate {
    size_t line;
    uint64_t hash; /* of the whole line */
    shape shape;
    uint32_t value; /* first number; 0: a letter */
    uint32_t next;  /* `value` of the next MULTI */
    uint8_t level;
    uint8_t lines; /* 2: a heading that was wrapped */
    bool keep;
} candidate;

typedef struct candidates {
    candidate *items;
    size_t count, cap;
} candidates;

bool lac_plain_line_per_block(const lac_lines *lines)
{
    enum { ONE_BLANK_IN = 50 };
    size_t blank = 0;
    for (size_t i = 0; i < lines->count; i++) {
        blank += lac_line_blank(lines, i);
    }
    return blank * ONE_BLANK_IN < lines->count;
}

/* ---- what a title looks like ---------------------------------------------------------------- */

static bool is_upper(uint32_t c)
{
    return lac_utf8_is_letter(c) && (c >= 0x250 || lac_utf8_lower(c) != c);
}

/* Columns of a table are set apart by tabs or wide gaps; the indent of a second line is none. */
static bool has_columns(lac_span text)
{
    bool indent = false;
    for (size_t i = 0; i + 2 < text.len; i++) {
        bool space = text.ptr[i] == ' ' || text.ptr[i] == '\t';
        indent = text.ptr[i] == '\n' || (indent && space);
        if (!indent && (text.ptr[i] == '\t' || memcmp(text.ptr + i, "   ", 3) == 0)) {
            return true;
        }
    }
    return false;
}

typedef struct letters {
    size_t upper, lower, other; /* other: digits and signs, white space left out */
    bool capital_word_first;    /* the first word holds a capital ("eCTD format") */
} letters;

static letters count_letters(lac_span text)
{
    letters l = {0, 0, 0, false};
    bool first_word = true;
    while (text.len > 0) {
        size_t n;
        uint32_t c = lac_utf8_decode(text, &n);
        text.ptr += n;
        text.len -= n;
        if (lac_utf8_is_space(c)) {
            first_word = false;
        } else if (is_upper(c)) {
            l.upper++;
            l.capital_word_first |= first_word;
        } else if (lac_utf8_is_letter(c)) {
            l.lower++;
        } else {
            l.other++;
        }
    }
    return l;
}

static bool title_shaped(lac_span title)
{
    if (title.len == 0 || strchr(".;,!", title.ptr[title.len - 1]) != NULL || has_columns(title)) {
        return false;
    }
    letters l = count_letters(title);
    return l.capital_word_first && l.upper + l.lower >= 2;
}

static bool capitals_shaped(lac_span text)
{
    if (text.len > LONGEST_CAPITALS || strchr("[(<-*", text.ptr[0]) != NULL ||
        strchr(".;,", text.ptr[text.len - 1]) != NULL || has_columns(text)) {
        return false;
    }
    letters l = count_letters(text);
    return l.lower == 0 && l.upper >= 4 && l.upper * 2 >= l.other * 3;
}

/* ---- what a number looks like --------------------------------------------------------------- */

/* Reads the dotted parts of "6.4.8" or "A.1"; false for numbers no heading has ("U.S", "0.05"). */
static bool read_number(lac_span number, candidate *c)
{
    size_t parts = 0;
    size_t digits = 0;
    for (size_t i = 0; i < number.len; parts++) {
        uint32_t value = 0;
        size_t from = i;
        while (i < number.len && number.ptr[i] != '.') {
            char digit = number.ptr[i++];
            if (digit >= '0' && digit <= '9') {
                value = value * 10 + (uint32_t)(digit - '0');
                digits++;
            }
            if (value > (parts == 0 ? LARGEST_FIRST : LARGEST_OTHER)) {
                return false;
            }
        }
        if (i == from || (parts == 0 && number.ptr[from] == '0')) {
            return false;
        }
        c->value = parts == 0 ? value : c->value;
        i += i < number.len;
    }
    c->shape = parts > 1 ? MULTI : SINGLE;
    c->level = (uint8_t)parts;
    return parts >= 1 && parts <= DEEPEST && digits > 0;
}

static uint32_t roman_value(lac_span number)
{
    static const char digits[] = "IVXLC";
    static const uint32_t values[] = {1, 5, 10, 50, 100};
    uint32_t sum = 0;
    uint32_t last = 0;
    for (size_t i = number.len; i-- > 0;) {
        const char *digit = number.ptr[i] == '\0' ? NULL : strchr(digits, number.ptr[i]);
        if (digit == NULL) {
            return 0;
        }
        uint32_t value = values[digit - digits];
        sum = value < last ? sum - value : sum + value;
        last = value > last ? value : last;
    }
    return sum;
}

/* "Appendix 3", "Section 5.2": the parts of the number count for sections and chapters only. */
static bool read_word_number(lac_span number, candidate *c)
{
    const char *space = memchr(number.ptr, ' ', number.len);
    if (space == NULL) {
        return false;
    }
    bool parted =
        lac_span_starts_nocase(number, "section ") || lac_span_starts_nocase(number, "chapter ");
    uint8_t level = 1;
    for (const char *p = space; p < number.ptr + number.len; p++) {
        level = (uint8_t)(level + (parted && *p == '.' && level < DEEPEST));
    }
    c->shape = WORD;
    c->level = level;
    return true;
}

static bool read_numbered(lac_span text, candidate *c)
{
    lac_span number;
    lac_span title;
    lac_split_typed_number(text, &number, &title);
    if (number.len == 0 || text.len > LONGEST_NUMBERED || !title_shaped(title)) {
        return false;
    }
    /* "1. Timing:" leads a list item in; "6.4 Timing:" is a heading all the same. */
    bool leads_in = title.ptr[title.len - 1] == ':';
    if (read_word_number(number, c)) {
        return true;
    }
    uint32_t roman = roman_value(number);
    if (roman > 0 && !leads_in) {
        c->shape = SINGLE;
        c->level = 1;
        c->value = roman;
        return true;
    }
    /* A letter alone ("A. Background") is more often a list than a heading. */
    return read_number(number, c) && (c->shape == MULTI || (c->value > 0 && !leads_in));
}

/* ---- where a heading stands ----------------------------------------------------------------- */

static bool ends_sentence(lac_span text)
{
    return text.len > 0 && strchr(".:?!;", text.ptr[text.len - 1]) != NULL;
}

static bool starts_lower(lac_span text)
{
    return text.len > 0 && text.ptr[0] >= 'a' && text.ptr[0] <= 'z';
}

typedef struct place {
    bool blank_before, blank_after;
    bool own_line; /* not a piece of wrapped text */
} place;

static place place_of(const lac_lines *lines, size_t line, bool line_per_block, bool after_heading)
{
    place p;
    p.blank_before = line == 0 || lac_line_blank(lines, line - 1) || line_per_block;
    p.blank_after = lac_line_blank(lines, line + 1) || line_per_block;
    bool fresh = p.blank_before || after_heading ||
                 lines->items[line - 1].role == LAC_LINE_CONTENTS ||
                 ends_sentence(lac_line_text(lines, line - 1));
    p.own_line = fresh && (p.blank_after || !starts_lower(lac_line_text(lines, line + 1)));
    return p;
}

/* A long heading may have been wrapped once: two lines between blank ones. */
static bool is_wrapped(const lac_lines *lines, size_t line, const place *p)
{
    enum { WRAPPED_FROM = 55 };
    return p->blank_before && !p->blank_after && lac_line_blank(lines, line + 2) &&
           lines->items[line + 1].role == LAC_LINE_TEXT &&
           lines->items[line].length >= WRAPPED_FROM &&
           lac_list_marker(lac_line_text(lines, line + 1)) == 0;
}

static bool read_wrapped(const lac_lines *lines, size_t line, const place *p, candidate *c)
{
    lac_span text = lac_lines_joined(lines, line, line + (is_wrapped(lines, line, p) ? 2 : 1));
    *c = (candidate){line, lac_hash(text), SINGLE, 0, 0, 1, 2, false};
    return is_wrapped(lines, line, p) && read_numbered(text, c);
}

static bool read_candidate(const lac_lines *lines, size_t line, const place *p, candidate *c)
{
    lac_span text = lac_line_text(lines, line);
    if (read_wrapped(lines, line, p, c)) {
        return true;
    }
    *c = (candidate){line, lac_hash(text), SINGLE, 0, 0, 1, 1, false};
    if (read_numbered(text, c)) {
        return c->shape == MULTI ? p->own_line : p->blank_before && p->blank_after;
    }
    c->shape = CAPITALS;
    return p->blank_before && p->blank_after && capitals_shaped(text);
}

static lacuna_status find_candidates(candidates *found, const lac_lines *lines)
{
    bool line_per_block = lac_plain_line_per_block(lines);
    bool after = false;
    for (size_t i = 0; i < lines->count; i++) {
        candidate c;
        if (lines->items[i].role != LAC_LINE_TEXT) {
            after = false;
            continue;
        }
        place p = place_of(lines, i, line_per_block, after);
        after = read_candidate(lines, i, &p, &c);
        if (!after) {
            continue;
        }
        lacuna_status status =
            lac_grow((void **)&found->items, &found->cap, found->count + 1, sizeof c, lines->count);
        if (status != LACUNA_OK) {
            return status;
        }
        found->items[found->count++] = c;
    }
    return LACUNA_OK;
}

/* ---- settling ------------------------------------------------------------------------------- */

/* Whether nothing but blank lines stands between two candidates. */
static bool adjacent(const lac_lines *lines, const candidate *a, const candidate *b)
{
    for (size_t i = a->line + a->lines; i < b->line; i++) {
        if (!lac_line_blank(lines, i)) {
            return false;
        }
    }
    return true;
}

/* Single numbers that follow each other without text between them are a list. */
static bool in_list(const lac_lines *lines, const candidates *found, size_t i)
{
    const candidate *c = &found->items[i];
    return (i > 0 && c[-1].shape == SINGLE && !c[-1].keep && adjacent(lines, c - 1, c)) ||
           (i + 1 < found->count && c[1].shape == SINGLE && !c[1].keep &&
            adjacent(lines, c, c + 1));
}

/* "6" in front of "6.1": the nearest one is its heading. Notes for every candidate the chapter of
 * the next heading with several numbers (0: none). */
static void settle_parents(candidates *found)
{
    bool orphaned[LARGEST_FIRST + 1] = {false};
    uint32_t next = 0;
    for (size_t i = found->count; i-- > 0;) {
        candidate *c = &found->items[i];
        c->next = next;
        if (c->shape == MULTI) {
            orphaned[c->value] = true;
            next = c->value > 0 ? c->value : next;
        } else if (c->shape == SINGLE && c->value <= LARGEST_FIRST && orphaned[c->value]) {
            c->keep = true;
            orphaned[c->value] = false;
        }
    }
}

/* Chapters without sub-headings continue the count: the one before is 6, the one behind not less.
 */
static void settle_singles(const lac_lines *lines, candidates *found)
{
    uint32_t chapter = 0;
    size_t kept = 0;
    bool deeper = false;
    settle_parents(found);
    for (size_t i = 0; i < found->count; i++) {
        candidate *c = &found->items[i];
        if (c->shape == SINGLE && !c->keep) {
            bool counted = c->value == chapter + 1 && (c->next == 0 || c->next > c->value);
            /* No list starts at 4, between chapters with sub-headings. */
            bool safe = chapter > 1 && c->next > 0;
            c->keep = counted && (safe || !in_list(lines, found, i));
        }
        kept += c->shape == SINGLE && c->keep;
        deeper |= c->shape == MULTI;
        if (c->value > 0 && (c->shape == MULTI || (c->shape == SINGLE && c->keep))) {
            chapter = c->value;
        }
    }
    if (kept == 1 && !deeper) { /* one number makes no numbering */
        for (size_t i = 0; i < found->count; i++) {
            found->items[i].keep = false;
        }
    }
}

static int by_hash(const void *a, const void *b)
{
    const candidate *x = a;
    const candidate *y = b;
    if (x->hash != y->hash) {
        return x->hash > y->hash ? 1 : -1;
    }
    return (x->line > y->line) - (x->line < y->line);
}

static int by_line(const void *a, const void *b)
{
    const candidate *x = a;
    const candidate *y = b;
    return (x->line > y->line) - (x->line < y->line);
}

/* A running head in capitals stands on every page. */
static void settle_capitals(candidates *found)
{
    qsort(found->items, found->count, sizeof *found->items, by_hash);
    for (size_t i = 0; i < found->count;) {
        size_t end = i;
        while (end < found->count && found->items[end].hash == found->items[i].hash) {
            end++;
        }
        for (size_t k = i; k < end; k++) {
            candidate *c = &found->items[k];
            c->keep = c->shape == CAPITALS ? end - i < FURNITURE_REPEATS : c->keep;
        }
        i = end;
    }
    qsort(found->items, found->count, sizeof *found->items, by_line);
}

static void apply(lac_lines *lines, const candidates *found)
{
    for (size_t i = 0; i < found->count; i++) {
        const candidate *c = &found->items[i];
        if (c->keep || c->shape == MULTI || c->shape == WORD) {
            lac_line *line = &lines->items[c->line];
            line->role = LAC_LINE_HEADING;
            if (c->lines == 2) {
                line[1].role = LAC_LINE_HEADING_REST;
            }
            line->level = c->level;
            line->source = c->shape == CAPITALS ? LAC_HEADING_FORMATTING : LAC_HEADING_TYPED_NUMBER;
        }
    }
}

lacuna_status lac_plain_headings(lac_lines *lines)
{
    candidates found = {NULL, 0, 0};
    lacuna_status status = find_candidates(&found, lines);
    if (status == LACUNA_OK && found.count > 0) {
        settle_singles(lines, &found);
        settle_capitals(&found);
        apply(lines, &found);
    }
    free(found.items);
    return status;
}
