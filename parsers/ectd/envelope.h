/*
 * envelope.h - the administrative part of a regional backbone: which application, which sequence.
 *
 * Purpose: US regional 3.3 (application-set) and 2.01 (product-description), and the EU
 *   envelope, by the names of their elements. Where an element occurs again for the same
 *   application (an EU envelope per country) the first one counts.
 */
#ifndef LAC_ECTD_ENVELOPE_H
#define LAC_ECTD_ENVELOPE_H

#include "parsers/ectd/intake.h"

enum { LAC_ENVELOPE_APPLICATIONS_MAX = 256 };

typedef struct lac_envelope_application {
    const char *number, *type, *sequence, *submission_id, *submission_type, *submission_sub_type;
    bool holds_files; /* application-containing-files="true" */
} lac_envelope_application;

typedef struct lac_envelope {
    lac_envelope_application *applications;
    size_t count, capacity;
    const char *product, *company, *description, *date, *related;
} lac_envelope;

/* Looks at the attributes of an element of the envelope; *wanted tells whether its text is. */
lacuna_status lac_envelope_start(lac_envelope *envelope, bool *wanted, lac_intake *intake,
                                 const lac_xml_element *element);
/* Takes the text of an element that was wanted. */
lacuna_status lac_envelope_text(lac_envelope *envelope, lac_intake *intake, const char *name,
                                lac_span text);
/* Moves what was read into the draft; further applications become drafts grouped in it. */
lacuna_status lac_envelope_apply(const lac_envelope *envelope, lac_intake *intake, uint32_t draft);
void lac_envelope_free(lac_envelope *envelope);

#endif
