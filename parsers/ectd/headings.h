/*
 * headings.h - the headings of the CTD: what a backbone element means and what may stand in it.
 *
 * Purpose: the content model of the ICH backbone 3.2 and the US regional backbone 3.3 as an
 *   embedded table (checklists/ectd-headings.json); no DTD is needed or loaded.
 * Ownership: static, immutable.
 */
#ifndef LAC_ECTD_HEADINGS_H
#define LAC_ECTD_HEADINGS_H

#include "support/span.h"

#include <stdint.h>

enum {
    LAC_HEADING_LOWEST = 1u << 0,     /* has no headings below */
    LAC_HEADING_REPEATABLE = 1u << 1, /* once a set of keys */
    LAC_HEADING_LEAVES = 1u << 2,     /* leaves may stand in it */
    LAC_HEADING_FORMS = 1u << 3,      /* leaves may stand in a form element of it */
    LAC_HEADING_EXTENSIONS = 1u << 4, /* node-extensions may stand in it (FDA does not take them) */
    LAC_HEADING_REGIONAL = 1u << 5,   /* of the US regional backbone */
};

typedef struct lac_heading {
    const char *element;
    const char *number; /* "3.2.S.2.1" */
    const char *title;
    const char *parent; /* element */
    const char *keys;   /* "substance! manufacturer!", '!' required, '?' optional */
    uint32_t flags;
} lac_heading;

/* NULL: no such heading. */
const lac_heading *lac_heading_by_element(const char *element);
/* The heading of a number, without regard to case; where several elements share it, the container.
 */
const lac_heading *lac_heading_by_number(lac_span number);

const lac_heading *lac_heading_at(uint32_t index);
uint32_t lac_heading_count(void);

/* Order of CTD numbers: 3.2.S before 3.2.P before 3.2.A before 3.2.R. */
int lac_heading_compare(const char *a, const char *b);

/* The number in the name of an element no table knows ("m1-3-1-spc-label-pl" is 1.3.1), and where
 * the words behind it begin. Empty where there is none; `room` takes at least 32 bytes. */
lac_span lac_heading_number_in(char *room, size_t size, const char *element, const char **words);

#endif
