#include "parsers/text/contents.h"

#include "parsers/document_builder.h"
#include "support/utf8.h"

#include <string.h>

/* THIN: a single space, where a converter dropped the tab. */
typedef enum leader { NO_LEADER, THIN, GAP, DOTS } leader;

typedef struct entry {
    leader leader;
    uint32_t page; /* 0: roman */
    lac_span name;
} entry;

bool lac_contents_title(lac_span text)
{
    static const char *const titles[] = {"contents",           "table of contents",
                                         "list of tables",     "list of figures",
                                         "list of appendices", "list of in-text tables",
                                         "inhaltsverzeichnis", "table des mati\xC3\xA8res"};
    lac_span s = lac_span_trim(text);
    while (s.len > 0 && (s.ptr[s.len - 1] == ':' || s.ptr[s.len - 1] == '.')) {
        s.len--;
    }
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        if (lac_span_equal_nocase(s, lac_span_of(titles[i]))) {
            return true;
        }
    }
    return false;
}

/* Length of a page number at the end: up to 4 digits, or lower-case roman ones. */
static size_t page_length(lac_span line, uint32_t *page)
{
    enum { LONGEST_DECIMAL = 4, LONGEST_ROMAN = 6 };
    size_t n = 0;
    uint32_t value = 0;
    uint32_t place = 1;
    while (n < line.len && n <= LONGEST_DECIMAL) {
        char c = line.ptr[line.len - 1 - n];
        if (c < '0' || c > '9') {
            break;
        }
        value += (uint32_t)(c - '0') * place;
        place *= 10;
        n++;
    }
    *page = value;
    if (n > 0) {
        return n <= LONGEST_DECIMAL ? n : 0;
    }
    while (n < line.len && n <= LONGEST_ROMAN && line.ptr[line.len - 1 - n] != '\0' &&
           strchr("ivxl", line.ptr[line.len - 1 - n]) != NULL) {
        n++;
    }
    return n <= LONGEST_ROMAN ? n : 0;
}

static size_t ellipsis_before_end(lac_span s)
{
    return s.len >= 3 && memcmp(s.ptr + s.len - 3, "\xE2\x80\xA6", 3) == 0 ? 3 : 0;
}

/* Cuts a leader off the end of *s and says which kind it was. */
static leader cut_leader(lac_span *s)
{
    size_t dots = 0;
    size_t spaces = 0;
    bool tab = false;
    while (s->len > 0) {
        char c = s->ptr[s->len - 1];
        size_t wide = ellipsis_before_end(*s);
        if (wide > 0) {
            dots += 3;
            s->len -= wide;
            continue;
        }
        if (c != '.' && c != ' ' && c != '\t' && c != '_') {
            break;
        }
        dots += c == '.' || c == '_';
        spaces += c == ' ';
        tab |= c == '\t';
        s->len--;
    }
    if (dots >= 3) {
        return DOTS;
    }
    if (dots > 0) {
        return NO_LEADER;
    }
    return tab || spaces >= 2 ? GAP : spaces == 1 ? THIN : NO_LEADER;
}

static bool has_letter(lac_span text)
{
    while (text.len > 0) {
        size_t n;
        if (lac_utf8_is_letter(lac_utf8_decode(text, &n))) {
            return true;
        }
        text.ptr += n;
        text.len -= n;
    }
    return false;
}

static lac_span typed_number(lac_span name)
{
    lac_span number;
    lac_span title;
    lac_split_typed_number(name, &number, &title);
    return number;
}

static entry read_entry(lac_span line)
{
    enum { LONGEST = 400 };
    entry e = {NO_LEADER, 0, lac_span_trim(line)};
    size_t page = e.name.len > LONGEST ? 0 : page_length(e.name, &e.page);
    if (page > 0) {
        e.name.len -= page;
        e.leader = cut_leader(&e.name);
        if (!has_letter(e.name) || (e.leader == THIN && typed_number(e.name).len == 0)) {
            e.leader = NO_LEADER;
        }
    }
    return e;
}

lac_span lac_contents_entry(lac_span line)
{
    entry e = read_entry(line);
    return e.leader == NO_LEADER ? lac_span_make(line.ptr, 0) : e.name;
}

/* The line before `index` that is not blank; lines->count when there is none. */
static size_t before(const lac_lines *lines, size_t index)
{
    while (index > 0) {
        index--;
        if (!lac_line_blank(lines, index)) {
            return index;
        }
    }
    return lines->count;
}

typedef struct run {
    size_t first, end; /* lines */
    size_t entries, numbered, thin;
    size_t deep; /* numbered like "6.4" */
    uint32_t last_page;
    bool rising;
} run;

static void extend(run *r, size_t line, const entry *e)
{
    lac_span number = typed_number(e->name);
    r->rising = r->rising && (e->page == 0 || e->page >= r->last_page);
    r->last_page = e->page > 0 ? e->page : r->last_page;
    r->numbered += number.len > 0;
    r->deep += number.len > 0 && memchr(number.ptr, '.', number.len) != NULL;
    r->thin += e->leader == THIN;
    r->entries++;
    r->end = line + 1;
}

/* Entries that follow each other, blank lines between them left out. */
static run find_run(const lac_lines *lines, size_t first)
{
    run r = {first, first, 0, 0, 0, 0, 0, true};
    for (size_t i = first; i < lines->count; i++) {
        if (lac_line_blank(lines, i)) {
            continue;
        }
        entry e = read_entry(lac_line_text(lines, i));
        if (e.leader == NO_LEADER) {
            break;
        }
        extend(&r, i, &e);
    }
    return r;
}

static bool run_is_contents(const lac_lines *lines, const run *r)
{
    enum { FEWEST = 3, FEWEST_THIN = 5, FEWEST_DEEP = 2 };
    if (!r->rising || r->entries < FEWEST) {
        return false;
    }
    /* A list of visits ("1. Visit 1") has single numbers. */
    if (r->thin > 0 && (r->entries < FEWEST_THIN || r->deep < FEWEST_DEEP)) {
        return false;
    }
    size_t above = before(lines, r->first);
    return r->numbered * 2 >= r->entries ||
           (above < lines->count && lac_contents_title(lac_line_text(lines, above)));
}

static void mark_run(lac_lines *lines, const run *r)
{
    bool all = run_is_contents(lines, r);
    for (size_t i = r->first; i < r->end; i++) {
        if (lines->items[i].role == LAC_LINE_TEXT &&
            (all || read_entry(lac_line_text(lines, i)).leader == DOTS)) {
            lines->items[i].role = LAC_LINE_CONTENTS;
        }
    }
}

static bool is_contents(const lac_lines *lines, size_t index)
{
    return index < lines->count && lines->items[index].role == LAC_LINE_CONTENTS;
}

/* The title above, and lines that a long entry was broken at. */
static void mark_neighbours(lac_lines *lines)
{
    for (size_t i = lines->count; i-- > 0;) {
        bool follows = is_contents(lines, i + 1) ||
                       (lac_line_blank(lines, i + 1) && is_contents(lines, i + 2));
        if (lines->items[i].role != LAC_LINE_TEXT || !follows) {
            continue;
        }
        bool between = i > 0 && is_contents(lines, i - 1) && is_contents(lines, i + 1);
        if (between || lac_contents_title(lac_line_text(lines, i))) {
            lines->items[i].role = LAC_LINE_CONTENTS;
        }
    }
}

void lac_mark_contents(lac_lines *lines)
{
    for (size_t i = 0; i < lines->count;) {
        if (lac_line_blank(lines, i)) {
            i++;
            continue;
        }
        run r = find_run(lines, i);
        mark_run(lines, &r);
        i = r.end > i ? r.end : i + 1;
    }
    mark_neighbours(lines);
}
