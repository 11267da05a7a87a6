/*
 * check.h - whether a response package leaves nothing unanswered.
 *
 * Purpose: held against the letter itself, not against what was written before: every question is
 *   there character by character under its heading, is answered, and names its changes and where
 *   they are filed; each promise is in the list of commitments with owner and date; nothing is left
 *   to be supplied; what an answer states is found in the passages it cites, by drafter/ground; the
 *   cover letter says what this kind of letter requires; the due date is not past. The result has
 *   the form of a check of a document: queries and duties are its items, all else are findings.
 * Honesty: what only a person can tell (a form that was sent along) is not evaluated unless the
 * plan names who saw to it. That an answer is right is not judged. Ownership: results are freed by
 * lac_document_result_free; they borrow documents, letter, filed.
 */
#ifndef LAC_RESPOND_CHECK_H
#define LAC_RESPOND_CHECK_H

#include "analyzer/letter/resolve.h"
#include "analyzer/result.h"
#include "parsers/sheet/sheet.h"
#include "support/hash.h"

/* Who saw to a duty, as the plan says; texts may be "". */
typedef struct lac_reply_duty {
    const char *id;
    uint32_t letter;
    const char *done_by, *done_on;
} lac_reply_duty;

typedef struct lac_reply_given {
    const lac_letter *letter;
    const lac_letter_rules *rules;
    lac_digest letter_digest;
    bool same_letter; /* as the package was written for */
    const char *as_of;
    const lac_filed_set *filed;           /* what answers may rest on */
    const lac_document *response, *cover; /* cover NULL: it could not be read */
    const lac_sheets *commitments;        /* NULL: it could not be read */
    const lac_reply_duty *duties;
    uint32_t duty_count;
} lac_reply_given;

/* Of the response document, and of the cover letter; *cover NULL where there is none. */
lacuna_status lac_reply_check(lac_document_result **response, lac_document_result **cover,
                              const lac_reply_given *given, lacuna_error *err);

#endif
