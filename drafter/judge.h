/*
 * judge.h - asks a model about the items that are marked for it, and settles both votes.
 *
 * Purpose: the second reader. Items decided by "model" are asked about one by one, on the section
 * the rules found for them, or on the whole document where they found none; questions about the
 * same part follow each other, so that the part is cached. Nothing a model says is believed but
 * what is verified (judge_vote.h). Nothing is paid for twice: an answer is kept under a digest of
 * prompt, checklist item, part and model, and asked for again only when one of them has changed;
 * that a model declined, or was cut off, is an answer too. A run that was broken off therefore goes
 * on where it stopped. What failed is told: an item whose question got no answer keeps the rules'
 * status, with a vote that says why, and is counted. Threads: one at a time; the results must not
 * be read meanwhile.
 */
#ifndef LAC_DRAFTER_JUDGE_H
#define LAC_DRAFTER_JUDGE_H

#include "analyzer/result.h"
#include "drafter/audit.h"
#include "drafter/judge_privacy.h"
#include "include/lacuna_model.h"

/* Told before anything is asked, where pseudonyms are sent: {token: text} of one document.
 * Confidential. */
typedef lacuna_status (*lac_judge_map_fn)(void *user, uint32_t index, const json_t *map,
                                          lacuna_error *err);

typedef struct lac_judge_settings {
    const lacuna_model *model;
    const char *store;   /* folder of kept answers; NULL: none */
    lac_audit *audit;    /* NULL: none */
    lac_privacy privacy; /* zeroed: what may identify a patient keeps everything from being sent */
    bool all;            /* ask about every item that has a verdict, not only those marked */
    /* Told now and then; non-zero stops. NULL: nobody listens. */
    int (*progress)(void *user, uint64_t done, uint64_t total, double cost);
    lac_judge_map_fn take_map; /* NULL: nobody keeps it */
    void *user;
} lac_judge_settings;

typedef struct lac_judge_counts {
    uint64_t questions; /* in all; an item can need several */
    uint64_t kept;      /* answered by the store */
    uint64_t asked;     /* answered by the model */
    uint64_t failed;    /* not answered */
    uint64_t items, agreed, differed, undecided;
    lacuna_usage usage;
    double cost;             /* US dollars; below 0: a price is unknown */
    char first_failure[512]; /* what was wrong with the first question that failed, and a remedy */
} lac_judge_counts;

/* Changes the items of the results in place. Documents without text (in a submission, or not read)
 * are left alone. LACUNA_E_CANCELLED after a stop: what was answered is settled. */
lacuna_status lac_judge_run(lac_judge_counts *counts, lac_document_result *const *results,
                            uint32_t count, const lac_judge_settings *settings, lacuna_error *err);

/* What of the text to be sent may identify a patient: document index and find, one after the
 * other, to `take`. */
lacuna_status lac_judge_identifiers(
    lac_document_result *const *results, uint32_t count, const lac_judge_settings *settings,
    lacuna_status (*take)(void *user, uint32_t index, const lac_phi_find *find, lacuna_error *err),
    void *user, lacuna_error *err);

/* For a preview: the requests that would be sent, one after the other, to `take`. */
lacuna_status lac_judge_preview(lac_document_result *const *results, uint32_t count,
                                const lac_judge_settings *settings,
                                lacuna_status (*take)(void *user, const lacuna_request *request,
                                                      lacuna_error *err),
                                void *user, lacuna_error *err);

#endif
