/*
 * reading.h - a text taken apart: sentences and cells of tables, with the claims and words of each.
 *
 * Purpose: drafts and sources are read in the same way, so that they can be compared. A text with
 * TAB is a table: rows end with LF, the first row names the columns, the first cell the row. What
 * a cell is about is told by these two, by the last row that has nothing but a label, and by the
 * heading of the passage. What a sentence is about, by itself, by the sentence before and the
 * heading. Ownership: everything lives in the arena. The text is borrowed.
 */
#ifndef LAC_GROUND_READING_H
#define LAC_GROUND_READING_H

#include "drafter/ground/claim.h"
#include "drafter/ground/lexicon.h"

enum { LAC_UNKNOWN = UINT32_MAX }; /* of an id: a word the sources do not have */

/* A word that carries meaning, or a claim that tells groups apart ("60 mg", "Week 4"). */
typedef struct lac_mention {
    uint32_t id;    /* of the lexicon, LAC_UNKNOWN */
    uint32_t token; /* where it begins */
    uint32_t claim; /* index of the claim it is, UINT32_MAX: a word */
    bool label;     /* of an arm or occasion */
    bool occasion;  /* when something was measured: "Week 4", "after 4 weeks" */
    bool name;      /* an identifier: labels, where there are several */
} lac_mention;

typedef struct lac_segment {
    uint32_t start, end; /* bytes */
    uint32_t first_token, end_token;
    uint32_t first_claim, end_claim;
    const lac_mention *mentions;
    uint32_t mention_count;
    const uint32_t *context; /* ids from labels, heading, sentence before */
    uint32_t context_count;
    const uint32_t *tokens_of_context; /* tokens of row label and column header */
    uint32_t context_token_count;
    const lac_span *units; /* that these and the heading name, canonical */
    uint32_t unit_count;
    uint32_t row, column; /* of a table; UINT32_MAX: prose */
} lac_segment;

typedef struct lac_ground_reading {
    lac_span text;
    lac_ground_tokens tokens;
    lac_claims claims;
    const lac_segment *segments;
    uint32_t segment_count;
    const uint32_t *barriers; /* of each token: what stands in front of it, summed up */
    bool table;
} lac_ground_reading;

/* With `grow` new words are put into the lexicon, else they are LAC_UNKNOWN. */
lacuna_status lac_ground_reading_make(lac_ground_reading *out, lac_arena *arena,
                                      lac_ground_lexicon *lexicon, bool grow, lac_span text,
                                      lac_span heading, lacuna_error *err);

/* The segment that holds a claim. */
const lac_segment *lac_ground_reading_segment(const lac_ground_reading *reading, uint32_t claim);

bool lac_segment_has(const lac_segment *segment, uint32_t id);
bool lac_segment_context_has(const lac_segment *segment, uint32_t id);

#endif
