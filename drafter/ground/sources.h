/*
 * sources.h - the passages a draft may rest on, read once.
 *
 * Purpose: each passage (a paragraph, a whole table) taken apart, and an index from values to the
 * claims that state them. Ownership: owns readings and index; borrows the bytes of the passages,
 * which have to outlive it. Immutable once made: may be read by several threads.
 */
#ifndef LAC_GROUND_SOURCES_H
#define LAC_GROUND_SOURCES_H

#include "drafter/ground/reading.h"
#include "drafter/quote.h"

typedef struct lac_source_passage {
    lac_span text;
    lac_span heading; /* of its section; may be empty */
} lac_source_passage;

typedef struct lac_indexed_claim {
    uint64_t key;
    uint32_t passage, claim;
} lac_indexed_claim;

typedef struct lac_sources {
    lac_arena arena;
    lac_ground_lexicon lexicon;
    const lac_span *texts;
    const lac_ground_reading *readings;
    uint32_t count;
    lac_passages *passages; /* for quotes */
    lac_indexed_claim *index;
    size_t index_count, index_cap;
} lac_sources;

lacuna_status lac_sources_new(lac_sources **out, const lac_source_passage *passages, uint32_t count,
                              lacuna_error *err);
void lac_sources_free(lac_sources *sources);

/* Claims that may state what a claim states: index entries [*first, *end). */
void lac_sources_candidates(size_t *first, size_t *end, const lac_sources *sources,
                            const lac_claim *claim);

#endif
