/*
 * study_data.h - what FDA's study data checks want to know of one study.
 *
 * Purpose: which files it has by names and tags, when it began (ts.xpt), and whether that makes
 *   standardised data due. Where a fact is not known the answer is open, and `why` says which.
 */
#ifndef LAC_ECTD_STUDY_DATA_H
#define LAC_ECTD_STUDY_DATA_H

#include "analyzer/ectd/check.h"

/* What a study holds; files that were replaced or deleted do not count. */
typedef struct lac_study_files {
    bool report, ts, other_tabulation, dm, tabulation_definition;
    bool analysis, adsl, analysis_definition;
    uint32_t ts_leaf; /* placement of ts.xpt, LAC_NONE */
} lac_study_files;

typedef enum lac_due {
    LAC_DUE_NO,
    LAC_DUE_YES,
    LAC_DUE_OPEN,
} lac_due;

/* False: the study is out of scope, or a part of it is in sequences that were not supplied. */
bool lac_study_look_at(lac_study_files *files, const lac_ectd_check *c, const lac_study *study);

bool lac_study_in_scope(const lac_ectd_check *c, const lac_study *study);
bool lac_study_is_nonclinical(const lac_ectd_check *c, const lac_study *study);

/* Whether the criteria hold for the application: an IND has to be a commercial one. */
lac_due lac_study_criteria_hold(const lac_ectd_check *c, const lac_study *study);

/* ISO 8601: YYYY, YYYY-MM or YYYY-MM-DD, with or without a time behind it. */
bool lac_is_iso_date(const char *text);

/* Its start; NULL: ts.xpt was not read. */
const lac_trial_start *lac_study_start(const lac_ectd_check *c, const lac_study *study,
                                       const lac_study_files *files);

/* Whether standardised data are due; *why is set where it is open (static), *after to the date that
 * decides (may stay NULL). */
lac_due lac_study_data_due(const char **why, const char **after, const lac_ectd_check *c,
                           const lac_study *study, const lac_study_files *files);

/* "ts.xpt" of a document of a study; "" where it has none. */
const char *lac_study_file_name(const lac_ectd_check *c, const lac_study_document *document);

#endif
