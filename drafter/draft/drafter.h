/*
 * drafter.h - whoever drafts: by fixed rules from the sources, or a model.
 *
 * Purpose: the one interface. A drafter gives each step an outcome and, where it wrote something,
 * an answer with its citations. What of an answer is shown is decided elsewhere, by code
 * (compose.h).
 */
#ifndef LAC_DRAFT_DRAFTER_H
#define LAC_DRAFT_DRAFTER_H

#include "drafter/draft/request.h"

/* A step has its outcome; `response` is there where a model answered, `failure` where it was asked
 * and did not. Return an error to end everything; LACUNA_E_CANCELLED to stop. */
typedef lacuna_status (*lac_drafted_fn)(void *user, lac_step *step, const lacuna_response *response,
                                        const lacuna_error *failure, lacuna_error *err);

typedef struct lac_drafter {
    const char *name; /* "extractive", "claude" */
    const lacuna_model *model;
    const lac_prompt *prompt; /* of a model */
    /* Each step once. LACUNA_E_CANCELLED after a stop: the rest stays open. */
    lacuna_status (*draft)(const struct lac_drafter *drafter, lac_step *const *steps, size_t count,
                           lac_drafted_fn drafted, void *user, lacuna_error *err);
} lac_drafter;

/* Asks nobody: every step is assembled. */
lac_drafter lac_drafter_extractive(void);
/* Asks a model, several steps at a time. Steps without passages are assembled. */
lac_drafter lac_drafter_model(const lacuna_model *model, const lac_prompt *prompt);

#endif
