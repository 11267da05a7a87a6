/*
 * answer.h - what a model wrote for one gap: pieces of text, each with the passages it cites.
 *
 * Purpose: the form in which an answer is kept and verified. A citation counts only where the words
 *   it says it cites are in the passages it points to; one that does not is dropped and counted, so
 *   that its text rests on nothing. Pseudonyms are led back to what they stand for after that.
 * Ownership: everything lives in the arena it was made with.
 */
#ifndef LAC_DRAFT_ANSWER_H
#define LAC_DRAFT_ANSWER_H

#include "drafter/draft/material.h"

#include <jansson.h>

enum { LAC_ANSWER_PARTS_MAX = 8192, LAC_ANSWER_BYTES_MAX = 1 << 20 };

typedef struct lac_answer_part {
    lac_span text;
    const uint32_t *passages; /* of the material, in order, each once */
    uint32_t passage_count;
} lac_answer_part;

typedef struct lac_draft_answer {
    const lac_answer_part *parts;
    uint32_t count;
    uint32_t citations, lost; /* found as they were said, and not */
} lac_draft_answer;

/* LACUNA_E_LIMIT for one that is too long to be a draft. */
lacuna_status lac_answer_take(lac_draft_answer *out, lac_arena *arena, const lac_material *material,
                              const lacuna_response *response, lacuna_error *err);

/* [{"text", "passages": []}]; NULL: out of memory. */
json_t *lac_answer_json(const lac_draft_answer *answer);
/* LACUNA_E_FORMAT where it is none, or names passages that are not there. */
lacuna_status lac_answer_from_json(lac_draft_answer *out, lac_arena *arena,
                                   const lac_material *material, const json_t *value,
                                   lacuna_error *err);

#endif
