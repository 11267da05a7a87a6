/*
 * step.h - one gap on its way to a draft: what it rests on, what was answered, what came of it.
 *
 * Purpose: the record that is kept as a file, so that an interrupted run goes on where it stopped.
 *   Kept is the answer, not the verdict: a record that is read is verified as if it had just come.
 *   It counts only for the same content: prompt, item, instructions and passages.
 * Ownership: a step owns its arena and material; borrows the plan.
 */
#ifndef LAC_DRAFT_STEP_H
#define LAC_DRAFT_STEP_H

#include "drafter/draft/compose.h"

typedef enum lac_step_outcome {
    LAC_STEP_OPEN,       /* nothing has come of it yet */
    LAC_STEP_ASSEMBLED,  /* nobody was asked: passages of the sources, word for word */
    LAC_STEP_WRITTEN,    /* by a model, and verified */
    LAC_STEP_NO_SOURCES, /* a model would have had nothing to write from; the following are all
                          * assembled instead */
    LAC_STEP_DECLINED,   /* the model declined */
    LAC_STEP_CUT_OFF,    /* the answer was cut off at its length */
    LAC_STEP_FAILED,     /* no answer: it is asked again in the next run */
    LAC_STEP_OUTCOMES
} lac_step_outcome;

/* "written", "declined" ...; static. */
const char *lac_step_outcome_name(lac_step_outcome outcome);
/* LAC_STEP_OPEN where there is none of that name. */
lac_step_outcome lac_step_outcome_of(const char *name);
/* Whether a model was asked and answered, so that it is not asked again. */
bool lac_step_is_answered(lac_step_outcome outcome);

enum { LAC_STEP_BYTES_MAX = 64 * 1024 * 1024 };

/* A decision of a person, as review.h has it. */
typedef struct lac_draft_decision {
    const char *gap;   /* "protocol_m11/m11.4.5" */
    const char *state; /* "accepted", "rejected", "edited" */
    const char *by, *reason, *time;
    const char *draft; /* SHA-256 of the draft it is about */
    const char *text;  /* a person's text; NULL: none */
} lac_draft_decision;

typedef struct lac_step {
    lac_arena arena;
    lac_plan *plan;
    const lac_plan_step *planned;
    const char *gap; /* "protocol_m11/m11.4.5" */
    lac_material material;
    lac_digest content; /* of everything an answer depends on but the model */
    lac_step_outcome outcome;
    const char *failure; /* why there is no answer; "": there is one, or nobody was asked */
    lac_draft_answer answer;
    const char *model, *provider, *request_id, *request_digest, *response_digest;
    lacuna_usage usage;
    double cost; /* US dollars; below 0: unknown */
    lac_composed draft;
    lac_digest draft_digest;            /* of the draft as a text */
    bool kept;                          /* the answer was kept by an earlier run */
    bool superseded;                    /* one was kept, and is asked for anew all the same */
    bool voided;                        /* one was kept, for other content */
    const lac_draft_decision *decision; /* that holds; NULL: none */
    const lac_draft_decision *outdated; /* about another draft; NULL: none */
    lac_composed edited;                /* the person's text, where the decision is one */
} lac_step;

/* As the decision has it: the person's text, else the draft. */
const lac_composed *lac_step_shown(const lac_step *step);

/* The draft out of the answer, or assembled from the sources where there is none. */
lacuna_status lac_step_draft(lac_step *step, lacuna_error *err);

/* The record as JSON, keys in byte order. */
lacuna_status lac_step_write(lac_buf *out, const lac_step *step, lacuna_error *err);

/* Takes an answer out of a record. *found false: it is none, or not about this content. `model` is
 * the one that would be asked now; NULL: none, then any model's answer is taken. */
lacuna_status lac_step_recall(bool *found, lac_step *step, lac_span record, const char *model,
                              lacuna_error *err);

/* "m11.4.5-1a2b3c4d.json" */
lacuna_status lac_step_file_name(char out[64], const char *gap, lacuna_error *err);

void lac_step_free(lac_step *step);

#endif
