/*
 * near_name.h - "is it ...?": how far a mistyped name is from a known one.
 */
#ifndef LAC_NEAR_NAME_H
#define LAC_NEAR_NAME_H

#include <stdint.h>

enum { LAC_NEAR_NAME_MOST = 3 }; /* more edits than that make another name */

/* Single-letter insertions, deletions and changes between two names; UINT32_MAX for long ones. */
uint32_t lac_name_edits(const char *a, const char *b);

#endif
