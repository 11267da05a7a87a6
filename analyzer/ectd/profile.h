/*
 * profile.h - what a submission is, as far as its envelopes tell, and whether a condition holds.
 *
 * Purpose: three answers. A fact that is not known never makes an item missing.
 * Ownership: lists live in the arena.
 */
#ifndef LAC_ECTD_PROFILE_H
#define LAC_ECTD_PROFILE_H

#include "analyzer/condition.h"
#include "analyzer/told.h"
#include "parsers/submission.h"

typedef struct lac_profile {
    const char *application;        /* "ind", "nda", "anda", "bla", "maa" ...; NULL: not known */
    const char *region;             /* "us", "eu"; "": not known */
    const char *const *submissions; /* "original" ..., one a sequence; NULL: not known */
    uint32_t submission_count;
    const lac_told_facts *told; /* by the user; NULL: nothing */
    bool whole; /* every sequence that could hold what an activity asks for is here */
} lac_profile;

/* Of one application; `sequence` narrows it to one sequence, LAC_NONE: all. */
lacuna_status lac_profile_read(lac_profile *out, const lac_submission *submission,
                               uint32_t application, uint32_t sequence, lac_arena *arena,
                               lacuna_error *err);

/* What the envelopes of an application tell, as facts for its documents: "application=nda". */
lacuna_status lac_filed_facts(lac_told_facts *out, const lac_submission *submission,
                              uint32_t application, lac_arena *arena, lacuna_error *err);

/* Without regard to `present`, which only the filed documents can answer. */
lac_truth lac_profile_truth(const lac_profile *profile, const lac_profile_condition *condition);

/* Only by the kind of application. */
lac_truth lac_profile_application(const lac_profile *profile,
                                  const lac_profile_condition *condition);

/* Whether it is asked of an eCTD at all: what is for paper is not. */
bool lac_profile_format(const lac_profile_condition *condition);

/* By what the user told: true where a fact of the condition was, false where all its keys have
 * other values, unknown where a key was not told or the condition names no facts. */
lac_truth lac_profile_facts(const lac_profile *profile, const lac_profile_condition *condition);

/* True where both are, false where one is. */
lac_truth lac_truth_and(lac_truth a, lac_truth b);

#endif
