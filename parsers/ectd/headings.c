#include "parsers/ectd/headings.h"

#include <ctype.h>
#include <stdlib.h>

static const lac_heading HEADINGS[] = {
#include "parsers/ectd/heading_table.inc"
};

enum { HEADING_COUNT = sizeof HEADINGS / sizeof HEADINGS[0] };

static int by_element(const void *key, const void *row)
{
    return strcmp(key, ((const lac_heading *)row)->element);
}

const lac_heading *lac_heading_by_element(const char *element)
{
    return bsearch(element, HEADINGS, HEADING_COUNT, sizeof HEADINGS[0], by_element);
}

const lac_heading *lac_heading_by_number(lac_span number)
{
    const lac_heading *found = NULL;
    for (uint32_t i = 0; i < HEADING_COUNT; i++) {
        if (lac_span_equal_nocase(lac_span_of(HEADINGS[i].number), number) &&
            (found == NULL || (found->flags & LAC_HEADING_LOWEST) != 0)) {
            found = &HEADINGS[i];
        }
    }
    return found;
}

const lac_heading *lac_heading_at(uint32_t index)
{
    return &HEADINGS[index];
}

uint32_t lac_heading_count(void)
{
    return HEADING_COUNT;
}

/* One part of a number: digits, or one of the letters S, P, A, R alone. Its length, 0: no part. */
static size_t part_length(const char *text)
{
    size_t length = strspn(text, "0123456789");
    if (length == 0 && text[0] != '\0' && strchr("sparSPAR", text[0]) != NULL) {
        length = 1;
    }
    return length > 0 && (text[length] == '-' || text[length] == '\0') ? length : 0;
}

lac_span lac_heading_number_in(char *room, size_t size, const char *element, const char **words)
{
    size_t used = 0;
    const char *at = element + 1;
    *words = element;
    if (element[0] != 'm' || element[1] < '1' || element[1] > '5') {
        return lac_span_make("", 0);
    }
    for (size_t length; (length = part_length(at)) > 0 && used + length + 2 < size;) {
        if (used > 0) {
            room[used++] = '.';
        }
        for (size_t i = 0; i < length; i++) {
            room[used++] = (char)toupper((unsigned char)at[i]);
        }
        at += length;
        at += *at == '-';
    }
    *words = at;
    return lac_span_make(room, used);
}

/* ---- order of headings ---------------------------------------------------------------------- */

/* Numbers come by value, then S, P, A, R in the order of the CTD, then anything else. */
static uint64_t segment_rank(const char *segment, size_t length)
{
    static const char letters[] = "SPAR";
    uint64_t value = 0;
    size_t digits = strspn(segment, "0123456789");
    if (length > 0 && digits == length && length < 10) {
        for (size_t i = 0; i < length; i++) {
            value = value * 10 + (uint64_t)(segment[i] - '0');
        }
        return value;
    }
    const char *letter = length == 1 ? strchr(letters, segment[0]) : NULL;
    return ((uint64_t)1 << 40) + (letter == NULL ? 9 : (uint64_t)(letter - letters));
}

int lac_heading_compare(const char *a, const char *b)
{
    const char *x = a;
    const char *y = b;
    while (*x != '\0' && *y != '\0') {
        size_t m = strcspn(x, ".");
        size_t n = strcspn(y, ".");
        uint64_t p = segment_rank(x, m);
        uint64_t q = segment_rank(y, n);
        if (p != q) {
            return p < q ? -1 : 1;
        }
        x += m + (x[m] == '.');
        y += n + (y[n] == '.');
    }
    if ((*x == '\0') != (*y == '\0')) {
        return *x == '\0' ? -1 : 1;
    }
    return strcmp(a, b);
}
