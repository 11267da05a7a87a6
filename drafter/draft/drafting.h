/*
 * drafting.h - a run of drafting: all steps of a plan, those that were kept, and persons'
 * decisions.
 *
 * Purpose: makes the steps, takes over answers that an earlier run kept for the same content, has
 *   the rest drafted, and keeps each step as soon as it is done. Nothing is paid for twice but what
 *   was under way when a run was killed. A step that was kept for other content is void, and told.
 *   Decisions are honoured as far as they are about the draft that is there now.
 *   With a folder: FOLDER/steps/ITEM-HASH.json, FOLDER/review.json; locked until it is freed.
 * Order: an answer is verified, then recorded in the audit log, then kept, then told.
 * Ownership: owns steps, veils and folders; borrows plan, model, audit log. Threads: one at a time.
 */
#ifndef LAC_DRAFT_DRAFTING_H
#define LAC_DRAFT_DRAFTING_H

#include "drafter/audit.h"
#include "drafter/draft/drafter.h"
#include "drafter/draft/review.h"

typedef struct lac_drafting_settings {
    const lacuna_model *model; /* NULL: nobody is asked */
    const char *folder;        /* NULL: nothing is kept, and nobody has decided anything */
    bool anew;                 /* answers that were kept are not used */
    lac_audit *audit;          /* NULL: none */
    lac_privacy privacy;
    /* Told now and then; non-zero stops. NULL: nobody listens. */
    int (*progress)(void *user, uint64_t done, uint64_t total, double cost);
    /* Told before anything is asked, where pseudonyms are sent. Confidential. NULL: not kept. */
    lacuna_status (*take_map)(void *user, uint32_t document, const json_t *map, lacuna_error *err);
    void *user;
} lac_drafting_settings;

typedef struct lac_drafting_counts {
    uint64_t written, kept, asked; /* steps with a model's draft; answers of before, and new ones */
    uint64_t declined, cut_off, failed;
    uint64_t voided;   /* steps that were kept for other content */
    uint64_t outdated; /* decisions about another draft than the present one */
    uint64_t accepted, rejected, edited;
    uint64_t findings; /* statements of models that do not hold */
    lacuna_usage usage;
    double cost; /* of this run; below 0: a price is unknown */
    char first_failure[256];
} lac_drafting_counts;

typedef struct lac_drafting {
    lac_drafting_settings settings;
    lac_plan *plan;
    lac_prompt prompt;
    lac_judge_veils veils;
    lac_step *steps; /* one a step of the plan */
    uint32_t step_count;
    lac_run_folder *folder, *kept; /* NULL: none */
    lac_review review;
    lac_drafting_counts counts;
    uint64_t done;
} lac_drafting;

lacuna_status lac_drafting_new(lac_drafting **out, lac_plan *plan,
                               const lac_drafting_settings *settings, lacuna_error *err);
void lac_drafting_free(lac_drafting *drafting);

/* Drafts what is open. LACUNA_E_ARGUMENT, with nothing sent, where identifiers of patients keep it
 * from being sent; LACUNA_E_CANCELLED after a stop: what was answered is kept. */
lacuna_status lac_drafting_run(lac_drafting *drafting, lacuna_error *err);

/* The requests that the run would make, one after the other. */
lacuna_status lac_drafting_preview(lac_drafting *drafting,
                                   lacuna_status (*take)(void *user, const lacuna_request *request,
                                                         lacuna_error *err),
                                   void *user, lacuna_error *err);

/* What of the text to be sent may identify a patient: index of the plan's document, and find. */
lacuna_status lac_drafting_identifiers(lac_drafting *drafting,
                                       lacuna_status (*take)(void *user, uint32_t document,
                                                             const lac_phi_find *find,
                                                             lacuna_error *err),
                                       void *user, lacuna_error *err);

#endif
