/*
 * compose.h - a model's answer as a draft: its form, and only what holds.
 *
 * Purpose: paragraphs, list items, sub-headings and tables of the answer become blocks of a draft;
 *   each statement is verified (statements.h) and followed by where it stands, "[source: csr.docx,
 *   9.4 Blinding, line 120]". Facts of the item that no source holds are asked for, whether the
 *   model did or not. Nothing is asked of a model here: the same answer gives the same draft.
 * Ownership: everything lives in the arena.
 */
#ifndef LAC_DRAFT_COMPOSE_H
#define LAC_DRAFT_COMPOSE_H

#include "drafter/draft.h"
#include "drafter/draft/statements.h"

typedef struct lac_composed {
    lac_draft_block *blocks;
    uint32_t block_count;
    const lac_draft_finding *findings;
    uint32_t finding_count;
    uint32_t supported;        /* claims */
    uint32_t needed;           /* placeholders */
    const lac_span *new_words; /* of what is shown: not in the passages that are cited for it */
    uint32_t new_word_count;
} lac_composed;

/* The heading of the gap comes first where the plan asks for one. */
lacuna_status lac_compose(lac_composed *out, lac_arena *arena, lac_plan *plan,
                          const lac_plan_step *step, const lac_material *material,
                          const lac_draft_answer *answer, lacuna_error *err);

/* The text of a person, as blocks: kept as it is. What of it no passage supports becomes findings,
 * and nothing else. */
lacuna_status lac_compose_edited(lac_composed *out, lac_arena *arena, lac_plan *plan,
                                 const lac_plan_step *step, const lac_material *material,
                                 lac_span text, lacuna_error *err);

/* The same failures alone, added to `s` (arena, material and err are set; of the material only what
 * is taken apart is used). */
lacuna_status lac_edited_failures(lac_statements *s, lac_span text);

/* Placeholders in the texts of blocks. */
uint32_t lac_count_needed(const lac_draft_block *blocks, uint32_t count);

#endif
