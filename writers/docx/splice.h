/*
 * splice.h - changes to the bytes of a part: what is put in where, and what is taken out.
 *
 * Purpose: everything that is not named by an edit stays as it was, byte for byte, and the original
 *   can be had back from the result: lac_splice_prove does so.
 * Ownership: edits live in a list of their own; texts are borrowed and must outlive it.
 * Invariants: edits do not overlap; two at the same offset keep the order they were added in, but
 * that what is only put in goes in front of what takes something's place.
 */
#ifndef LAC_WRITERS_DOCX_SPLICE_H
#define LAC_WRITERS_DOCX_SPLICE_H

#include "include/lacuna.h"
#include "support/span.h"

typedef struct lac_edit {
    size_t offset;  /* in the original */
    size_t removed; /* bytes taken out */
    lac_span text;  /* put in instead */
    size_t order;
} lac_edit;

typedef struct lac_edits {
    lac_edit *items;
    size_t count, cap;
} lac_edits;

enum { LAC_MAX_EDITS = 1 << 20 };

void lac_edits_free(lac_edits *edits);
lacuna_status lac_edits_add(lac_edits *edits, size_t offset, size_t removed, lac_span text,
                            lacuna_error *err);

/* Sorts the edits and applies them; *out is the caller's (free). LACUNA_E_INTERNAL where two
 * overlap or one is outside. */
lacuna_status lac_splice(char **out, size_t *length, lac_span part, lac_edits *edits,
                         lacuna_error *err);

/* Takes the edits back from `edited` and compares with the original, byte for byte.
 * LACUNA_E_INTERNAL where they differ. After lac_splice. */
lacuna_status lac_splice_prove(lac_span edited, lac_span part, const lac_edits *edits,
                               lacuna_error *err);

#endif
