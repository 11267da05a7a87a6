/*
 * plan.h - which gaps are to be filled, from which sources, with which instructions: a file that a
 *   person edits before anything is drafted.
 *
 * Purpose: plan first. The plan is JSON (checklists/schema/plan-1.json): steps in the order of the
 * document; a person may take steps or sources out, put sources in, and write instructions. Read
 * again, every source has to be there unchanged: its text's digest is in the plan. Ownership: one
 * arena per plan; borrows documents, results and checklists.
 */
#ifndef LAC_DRAFTER_PLAN_H
#define LAC_DRAFTER_PLAN_H

#include "analyzer/result.h"
#include "drafter/place.h"
#include "drafter/retrieval.h"
#include "support/buf.h"
#include "support/hash.h"

enum { LAC_PLAN_SOURCES_MAX = 8 };

typedef struct lac_plan_source {
    uint32_t document, section, table; /* as in lac_found */
    uint32_t start, end;
    lac_digest digest; /* of its text */
} lac_plan_source;

typedef struct lac_plan_step {
    const lac_checklist *checklist;
    const lac_item_result *gap;
    lac_target target;
    lac_plan_source *sources;
    uint32_t source_count;
    const char *instructions; /* of a person; "": none */
} lac_plan_step;

typedef struct lac_plan {
    lac_arena arena;
    const lac_source_document
        *documents; /* what sources come from; the first one is drafted into */
    uint32_t document_count;
    lac_plan_step *steps;
    uint32_t step_count;
    const char *instructions; /* of a person, for every step: the house's style; "": none */
} lac_plan;

/* Steps for the gaps of `result` (a result about documents[0]): those named ("6.4.8" or
 * "protocol_m11/m11.6.4"), or with none named all that are missing. LACUNA_E_NOTFOUND for a name
 * that is no gap. */
lacuna_status lac_plan_make(lac_plan **out, const lac_document_result *result,
                            const lac_source_document *documents, uint32_t document_count,
                            const char *const *gaps, uint32_t gap_count, lacuna_error *err);
void lac_plan_free(lac_plan *plan);

/* Appends the plan as JSON, keys in byte order. */
lacuna_status lac_plan_write(lac_buf *out, lac_plan *plan, lacuna_error *err);

/* Takes over what a person changed in the file: steps and sources that are gone, sources that were
 * added, instructions. LACUNA_E_FORMAT with the place for what is not a plan of these documents,
 * or whose sources have changed since. */
lacuna_status lac_plan_apply(lac_plan *plan, lac_span json, lacuna_error *err);

/* "9.4 Blinding" of a source, into the arena of the plan. NULL: out of memory. */
const char *lac_plan_label(lac_plan *plan, const lac_plan_source *source);

#endif
