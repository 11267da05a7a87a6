/*
 * drafting.h - what a lacuna_draft was told about models and folders, and the run that follows.
 *
 * Ownership: owns run, audit log, texts; borrows model and plan.
 */
#ifndef LAC_API_DRAFTING_H
#define LAC_API_DRAFTING_H

#include "api/identifiers.h"
#include "api/options.h"
#include "drafter/draft/drafting.h"
#include "writers/docx/property.h"

typedef struct lac_api_drafting {
    const lacuna_model *model; /* NULL: none */
    char *folder;              /* NULL: nothing is kept */
    bool anew;
    lacuna_draft_progress_fn progress;
    void *user;
    lac_audit *audit;
    lac_pseudonym_list map;
    lac_drafting *run; /* NULL: not begun */
    lac_plan *plan;
    char audit_head[65];
    char review[160]; /* what persons decided, in a sentence */
} lac_api_drafting;

void lac_api_drafting_free(lac_api_drafting *d);

/* Makes the run where there is none: reads what was kept, sends nothing. */
lacuna_status lac_api_drafting_begin(lac_api_drafting *d, lac_plan *plan,
                                     const lacuna_options *options, lacuna_error *err);

/* Drafts, and makes a draft for the writers of what a person did not reject. */
lacuna_status lac_api_drafting_run(lac_api_drafting *d, lac_draft *out,
                                   const lacuna_options *options, lacuna_error *err);

/* What the marked copy says of itself; the values live as long as the run. Returns how many. */
enum { LAC_DRAFTING_PROPERTIES = 5 };
uint32_t lac_api_drafting_properties(lac_property out[LAC_DRAFTING_PROPERTIES], lac_api_drafting *d,
                                     const char *date);

void lac_api_drafting_summary(lacuna_draft_summary *summary, const lac_api_drafting *d);

#endif
