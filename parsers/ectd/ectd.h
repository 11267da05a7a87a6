/*
 * ectd.h - from a folder or zip file to a submission.
 *
 * Purpose: eCTD 3.2.2 (ICH backbone, US and EU regional, STF 2.2) and 4.0 (submissionunit.xml)
 *   into the one model of parsers/submission.h, after lifecycle and with checksums verified.
 * Limits: submission_* of lac_limits; part_bytes bounds one backbone. Nothing is unpacked to
 *   disk.
 */
#ifndef LAC_ECTD_H
#define LAC_ECTD_H

#include "parsers/package/package.h"
#include "parsers/submission.h"

/* The limits of a container of submissions: more and larger parts than those of a document. */
lac_limits lac_submission_limits(const lac_limits *limits);

/* LACUNA_E_UNSUPPORTED: there is no eCTD sequence in it. A sequence that is damaged or lacks files
 * is LACUNA_OK with troubles. `threads` hash at the same time; the result does not depend on it. */
lacuna_status lac_submission_open(lac_submission **out, const lac_source *source,
                                  const lac_limits *limits, uint32_t threads, lacuna_error *err);

/* The state after one sequence: whatever later sequences brought is left out, as if it was not
 * there yet. `until` is the name of the sequence's folder, or its number; applications that have no
 * such sequence are cut at its number. NULL: all. LACUNA_E_NOTFOUND: there is none. */
lacuna_status lac_submission_open_until(lac_submission **out, const lac_source *source,
                                        const lac_limits *limits, uint32_t threads,
                                        const char *until, lacuna_error *err);

#endif
