/*
 * pack_trial.h - one test sentence of an item, tried as the author means it.
 *
 * Purpose: what lint and `checklists test` tell about test sentences comes from here, so that they
 *   agree. A sentence to match is read as if it stood in a section of the item.
 * Ownership: nothing is allocated that outlives the call; the outcome borrows from the checklist.
 */
#ifndef LAC_PACK_TRIAL_H
#define LAC_PACK_TRIAL_H

#include "analyzer/checklist.h"

typedef struct lac_trial {
    const lac_fact *fact;  /* the first fact the sentence gives; NULL: none */
    bool strict;           /* by a term of "any", so wherever it stands */
    const char *term;      /* the term that found it, as written */
    lac_match match;       /* bytes of the sentence */
    bool forbidden;        /* a term of "never" occurs; it was not looked for in innocent sentences
                              of items with facts */
    const char *never;     /* that term, */
    lac_match never_match; /* and where */
    bool only_forbids;     /* the item has no facts: match sentences are forbidden ones */
    bool passed;
} lac_trial;

/* LACUNA_E_LIMIT: an expression took too long. */
lacuna_status lac_trial_run(lac_trial *out, const lac_item *item, const char *sentence,
                            bool must_match, lacuna_error *err);

#endif
