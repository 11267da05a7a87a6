/*
 * trial_summary.h - what a trial summary data set (ts.xpt) says about its study.
 *
 * Purpose: the few values FDA's study data checks ask for, of a full data set (CDISC SDTM or SEND,
 *   domain TS) or of a simplified one, which has STUDYID, TSPARMCD, TSVAL and TSVALNF only.
 * Ownership: texts are copied into the arena; bytes that are no UTF-8 become '?'.
 * Invariants: no text is NULL, "" means there is none.
 */
#ifndef LAC_TRIAL_SUMMARY_H
#define LAC_TRIAL_SUMMARY_H

#include "include/lacuna.h"
#include "support/arena.h"

/* The start of a study: its TSVAL, and TSVALNF, which says why there is none ("NA"). */
typedef struct lac_trial_start {
    const char *value, *null_flavor;
} lac_trial_start;

typedef struct lac_trial_summary {
    const char *study_id;                  /* STUDYID of its first row */
    const char *other_study_id;            /* the first one that differs from it */
    lac_trial_start clinical, nonclinical; /* TSPARMCD SSTDTC, STSTDTC */
    uint32_t row_count;
} lac_trial_summary;

/* LACUNA_E_FORMAT where it is no transport file. A data set without these columns is sound. */
lacuna_status lac_trial_summary_read(lac_trial_summary *out, lac_span file, lac_arena *arena,
                                     lacuna_error *err);

#endif
