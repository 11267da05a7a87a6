/*
 * bounds.h - where the letters of a file begin and end, and where in each the requests stand.
 *
 * Purpose: a file may hold several letters (review cycles released together, records of a
 * database). In each, what stands between opening and closing is the body.
 */
#ifndef LAC_LETTER_BOUNDS_H
#define LAC_LETTER_BOUNDS_H

#include "analyzer/letter/layout.h"
#include "support/arena.h"

typedef struct lac_letter_bounds {
    uint32_t first_line, end_line; /* lines, from 0 */
    uint32_t first, end;           /* paragraphs */
    uint32_t salutation;           /* paragraph; LAC_NONE: none is printed */
    uint32_t body;                 /* paragraph where the body begins */
    uint32_t split;  /* bytes of the clean text where it begins; 0: at the start of it */
    uint32_t record; /* index into the records; LAC_NONE: none */
    bool mail;       /* it has From, Sent or Subject lines */
    const char *kind;
} lac_letter_bounds;

typedef struct lac_letter_bounds_list {
    lac_letter_bounds *items;
    uint32_t count;
} lac_letter_bounds_list;

/* `eye` looks at the clean text. */
lacuna_status lac_letter_find_bounds(lac_letter_bounds_list *out, lac_arena *arena,
                                     lac_letter_layout *layout, lac_letter_eye *eye);

#endif
