/*
 * veil.h - a document as it may be sent: with pseudonyms instead of identifiers.
 *
 * Purpose: a document is searched once, as a whole, so that one person has one token and a surname
 * alone is known. Parts of it are then covered one by one; what a model quotes is verified in the
 * covered text, and led back to the document's own bytes. A place inside a token leads to the whole
 * of what the token stands for. Ownership: a veil owns its finds and map, borrows the document; a
 * covered text lives in the arena it was made with.
 */
#ifndef LAC_PHI_VEIL_H
#define LAC_PHI_VEIL_H

#include "drafter/phi/pseudonyms.h"
#include "drafter/phi/scanner.h"
#include "include/lacuna_phi.h"
#include "parsers/document.h"
#include "support/arena.h"

typedef struct lac_veil {
    const lac_document *document;
    lac_phi_list finds;  /* in its reference text */
    lac_pseudonyms *map; /* NULL: nothing is to be covered */
} lac_veil;

/* `external` (may be NULL) finds more; its failure is a failure: nothing is taken for searched that
 * was not. */
lacuna_status lac_veil_make(lac_veil *veil, const lac_document *document,
                            const lac_phi_scanner *scanner, const lacuna_recognizer *external,
                            bool covers, lacuna_error *err);
void lac_veil_free(lac_veil *veil);

typedef struct lac_covering {
    uint32_t start, length; /* of a token in the covered text */
    uint32_t from, taken;   /* bytes of the original it stands for */
} lac_covering;

typedef struct lac_covered {
    lac_span original; /* in the document */
    lac_span text;     /* as sent; the original itself where nothing is covered */
    const lac_covering *coverings;
    uint32_t count;
} lac_covered;

/* Which tokens texts were covered with, in order. Which person a surname stands for can depend on
 * the names met since, so who covers the same texts again sets `used` to 0 and gets the same. */
typedef struct lac_tokens {
    uint32_t *items; /* of the veil's map; the caller frees them */
    size_t count, capacity;
    size_t used; /* below `count`: these are given again */
} lac_tokens;

/* `original` is a part of the document's text. */
lacuna_status lac_veil_cover(lac_covered *covered, lac_arena *arena, lac_veil *veil,
                             lac_tokens *tokens, lac_span original, lacuna_error *err);

/* The document's bytes behind the bytes [start, end) of the covered text; start < end. */
lac_span lac_covered_original(const lac_covered *covered, size_t start, size_t end);

#endif
