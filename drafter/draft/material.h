/*
 * material.h - what the draft of one gap may rest on: the passages of its sources.
 *
 * Purpose: of each source of a step (a whole section or table) its passages, a paragraph or a whole
 *   table each: as they are in the document, as they are sent (with pseudonyms where a veil covers
 *   them), and taken apart for verifying. Passages that speak to a program are left out and
 *   counted. Nothing of a document but these passages and the titles of their sections is sent.
 * Ownership: owns its arena, pieces and readings; borrows plan, documents and veils.
 */
#ifndef LAC_DRAFT_MATERIAL_H
#define LAC_DRAFT_MATERIAL_H

#include "drafter/ground/sources.h"
#include "drafter/judge_privacy.h"
#include "drafter/plan.h"

typedef struct lac_material_passage {
    lac_span text;    /* in the document */
    uint32_t source;  /* of the request, and of pieces */
    uint32_t planned; /* source of the step */
    uint32_t start;   /* byte of the document */
} lac_material_passage;

typedef struct lac_material {
    lac_arena arena;
    lac_judge_piece
        *pieces; /* one a source of the request; never opened: what is sent is made here */
    lacuna_source *sources;
    uint32_t *first_passage; /* of each source, among all passages */
    uint32_t source_count;
    const lac_material_passage *passages;
    uint32_t passage_count;
    uint32_t spoken_to;        /* passages left out because they speak to a program */
    uint32_t spoken_to_source; /* the step's source that the first of them is in */
    uint32_t spoken_to_start;  /* its byte in the document */
    lac_sources *ground;       /* of the passages' own texts */
    lac_digest digest;         /* of titles and texts as they are in the documents */
} lac_material;

/* `veils` NULL: nothing is going to be sent, and nothing is searched. */
lacuna_status lac_material_make(lac_material *out, lac_plan *plan, const lac_plan_step *step,
                                lac_judge_veils *veils, lacuna_error *err);
void lac_material_free(lac_material *material);

/* Appends "csr.docx, 9.4 Blinding, line 120". */
lacuna_status lac_material_where(lac_buf *out, lac_plan *plan, const lac_plan_step *step,
                                 const lac_material *material, uint32_t passage);

#endif
