/*
 * synonyms.h - groups of phrases that head the same thing ("case report form", "CRF").
 *
 * Purpose: the second, lower-scored attempt when two headings are compared; the groups are data
 *   (checklists/synonyms.json), so that an organization can add its own words.
 * Ownership: freed by lac_synonyms_free; immutable after loading, shareable between threads.
 * Limits: phrases of at most LAC_SYNONYM_WORDS words; stop words in them do not count.
 */
#ifndef LAC_SYNONYMS_H
#define LAC_SYNONYMS_H

#include "include/lacuna.h"
#include "support/span.h"

#include <stdint.h>

enum { LAC_SYNONYM_WORDS = 6 };

typedef struct lac_synonyms lac_synonyms;

/* The canonical phrase a variant stands for, as hashes of folded words. */
typedef struct lac_canonical {
    uint64_t words[LAC_SYNONYM_WORDS];
    float weights[LAC_SYNONYM_WORDS];
    uint32_t count;
} lac_canonical;

lacuna_status lac_synonyms_load(lac_synonyms **out, lac_span json, lacuna_error *err);
void lac_synonyms_free(lac_synonyms *synonyms);

/* The longest variant that begins the given words; returns how many words it takes, 0: none. */
uint32_t lac_synonyms_match(const lac_synonyms *synonyms, const uint64_t *words, uint32_t count,
                            const lac_canonical **canonical);

#endif
