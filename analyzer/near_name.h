/*
 * near_name.h - "is it ...?": how far a mistyped name is from a known one.
 */
#ifndef LAC_NEAR_NAME_H
#define LAC_NEAR_NAME_H

#include <stdint.h>

enum { LAC_NEAR_NAME_MOST = 3 }; /* more edits than that make another name */

/* The candidate nearest to a word, of those tried so far; the first one of equals. */
typedef struct lac_near_name {
    const char *word;
    const char *best; /* NULL: none is near */
    uint32_t least;   /* edits from which on a candidate is not taken */
} lac_near_name;

/* Of a short word half the letters changed are too many already: "wat" is no slip for "text". */
lac_near_name lac_near_name_of(const char *word);
void lac_near_name_try(lac_near_name *near, const char *candidate);

/* Single-letter insertions, deletions and changes between two names; UINT32_MAX for long ones. */
uint32_t lac_name_edits(const char *a, const char *b);

#endif
