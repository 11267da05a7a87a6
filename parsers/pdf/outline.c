#include "parsers/pdf/outline.h"

#include "parsers/document_builder.h"
#include "parsers/text/contents.h"
#include "support/hash.h"

#include <stdlib.h>
#include <string.h>

enum {
    HEADING_LINES = 3, /* a longer block is no heading */
    KEY_MAX = 512,
    LONG_LIST = 8,   /* entries from which on a list is taken to be complete */
    INDENT_ROOM = 1, /* columns by which entries of one level may differ */
    DEEPEST = 9,
};

typedef struct entry {
    uint64_t key; /* of number and title */
    uint32_t indent;
    uint8_t level;
    bool numbered;
} entry;

typedef struct entries {
    entry *items; /* sorted by key when complete */
    size_t count, cap;
} entries;

/* Letters and digits, case folded; dots only inside the number ("1.11" is not "11.1"). */
static uint64_t key_of(lac_span number, lac_span title)
{
    char key[KEY_MAX];
    size_t length = 0;
    const lac_span parts[] = {number, title};
    for (size_t p = 0; p < 2; p++) {
        for (size_t i = 0; i < parts[p].len && length + 1 < sizeof key; i++) {
            char c = parts[p].ptr[i];
            c = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
            bool dot = p == 0 && c == '.' && i + 1 < parts[p].len;
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || dot ||
                ((unsigned char)c >= 0x80 && p == 1)) {
                key[length++] = c;
            }
        }
    }
    return length == 0 ? 0 : lac_hash(lac_span_make(key, length));
}

static uint8_t depth_of(lac_span number)
{
    uint8_t depth = 1;
    for (size_t i = 0; i + 1 < number.len; i++) {
        depth = (uint8_t)(depth + (number.ptr[i] == '.' && depth < DEEPEST));
    }
    return depth;
}

static bool starts_with_digit(lac_span text)
{
    return text.len > 0 && text.ptr[0] >= '0' && text.ptr[0] <= '9';
}

/* ---- the list ------------------------------------------------------------------------------- */

static lacuna_status add_entry(entries *all, const lac_pdf_flow *flow, size_t line)
{
    lac_span number;
    lac_span title;
    lac_split_typed_number(lac_contents_entry(lac_line_text(&flow->lines, line)), &number, &title);
    uint64_t key = key_of(number, title);
    if (key == 0) {
        return LACUNA_OK;
    }
    lacuna_status status = lac_grow((void **)&all->items, &all->cap, all->count + 1,
                                    sizeof *all->items, flow->lines.count);
    if (status == LACUNA_OK) {
        bool numbered = starts_with_digit(number);
        uint8_t level = numbered ? depth_of(number) : 0;
        all->items[all->count++] = (entry){key, flow->origins[line].indent, level, numbered};
    }
    return status;
}

static bool same_indent(uint32_t a, uint32_t b)
{
    return a < b ? b - a <= INDENT_ROOM : a - b <= INDENT_ROOM;
}

/* Entries without a number have the level of numbered ones that stand as far in; else the first. */
static void settle_levels(entries *all)
{
    enum { INDENTS = 64 };
    uint8_t level_at[INDENTS] = {0};
    for (size_t i = 0; i < all->count; i++) {
        const entry *e = &all->items[i];
        if (e->numbered && e->indent < INDENTS && level_at[e->indent] == 0) {
            level_at[e->indent] = e->level;
        }
    }
    for (size_t i = 0; i < all->count; i++) {
        entry *e = &all->items[i];
        for (uint32_t at = 0; at < INDENTS && e->level == 0; at++) {
            e->level = same_indent(at, e->indent) ? level_at[at] : 0;
        }
        e->level = e->level == 0 ? 1 : e->level;
    }
}

static int compare_entries(const void *a, const void *b)
{
    const entry *x = a;
    const entry *y = b;
    if (x->key != y->key) {
        return x->key > y->key ? 1 : -1;
    }
    return (x->level > y->level) - (x->level < y->level);
}

static lacuna_status read_list(entries *all, const lac_pdf_flow *flow)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < flow->lines.count && status == LACUNA_OK; i++) {
        if (flow->lines.items[i].role == LAC_LINE_CONTENTS) {
            status = add_entry(all, flow, i);
        }
    }
    if (status == LACUNA_OK && all->count > 0) {
        settle_levels(all);
        qsort(all->items, all->count, sizeof *all->items, compare_entries);
    }
    return status;
}

static const entry *find(const entries *all, uint64_t key)
{
    size_t low = 0;
    size_t high = all->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->items[middle].key < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return key != 0 && low < all->count && all->items[low].key == key ? &all->items[low] : NULL;
}

/* ---- the text ------------------------------------------------------------------------------- */

static bool is_text(const lac_pdf_flow *flow, size_t line)
{
    uint8_t role = flow->lines.items[line].role;
    return (role == LAC_LINE_TEXT || role == LAC_LINE_HEADING || role == LAC_LINE_HEADING_REST) &&
           !flow->origins[line].table;
}

static size_t block_end(const lac_pdf_flow *flow, size_t first)
{
    size_t end = first + 1;
    while (end < flow->lines.count && is_text(flow, end)) {
        end++;
    }
    return end;
}

static void make_heading(lac_pdf_flow *flow, size_t first, size_t end, uint8_t level)
{
    lac_line *lines = flow->lines.items;
    for (size_t i = first; i < end; i++) {
        lines[i].role = i == first ? LAC_LINE_HEADING : LAC_LINE_HEADING_REST;
    }
    lines[first].level = level;
    lines[first].source = LAC_HEADING_CONTENTS;
}

/* A chapter of one number, or a line in capitals: nothing but its place speaks for it. */
static bool is_doubtful(const lac_pdf_flow *flow, size_t line)
{
    lac_span number;
    lac_span title;
    lac_split_typed_number(lac_line_text(&flow->lines, line), &number, &title);
    return flow->lines.items[line].source == LAC_HEADING_FORMATTING ||
           memchr(number.ptr, '.', number.len) == NULL;
}

static void unmake_heading(lac_pdf_flow *flow, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        flow->lines.items[i].role = LAC_LINE_TEXT;
        flow->lines.items[i].level = 0;
    }
}

static void judge_block(lac_pdf_flow *flow, const entries *all, size_t first, size_t end)
{
    lac_span number;
    lac_span title;
    lac_split_typed_number(lac_lines_joined(&flow->lines, first, end), &number, &title);
    const entry *listed = end - first <= HEADING_LINES ? find(all, key_of(number, title)) : NULL;
    if (listed != NULL) {
        make_heading(flow, first, end, listed->level);
    } else if (flow->lines.items[first].role == LAC_LINE_HEADING && all->count >= LONG_LIST &&
               is_doubtful(flow, first)) {
        unmake_heading(flow, first, end);
    }
}

lacuna_status lac_pdf_agree_with_contents(lac_pdf_flow *flow)
{
    entries all = {NULL, 0, 0};
    lacuna_status status = read_list(&all, flow);
    for (size_t i = 0; i < flow->lines.count && status == LACUNA_OK && all.count > 0;) {
        size_t end = i + 1;
        if (is_text(flow, i)) {
            end = block_end(flow, i);
            judge_block(flow, &all, i, end);
        }
        i = end;
    }
    free(all.items);
    return status;
}
