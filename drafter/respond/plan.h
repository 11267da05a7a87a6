/*
 * plan.h - how a letter is going to be answered: a file that a person edits before anything is
 *   written, and completes until nothing is left to be supplied.
 *
 * Purpose: plan first (checklists/schema/response-plan-1.json). For each query which sections and
 *   tables of the submission feed the answer, because it cites them or speaks of the same; the
 *   short answer, the changes, where they are filed, attachments and commitments, which only a
 *   person knows; and what the cover letter says. Every query of the letter stays in the plan: one
 *   that is not answered must not get lost.
 * Ownership: one arena a plan; borrows the letter, its resolved cites and the filed documents.
 */
#ifndef LAC_RESPOND_PLAN_H
#define LAC_RESPOND_PLAN_H

#include "analyzer/letter/resolve.h"
#include "support/buf.h"
#include "support/hash.h"

enum {
    LAC_RESPONSE_SOURCES_MAX = 8,
    LAC_RESPONSE_ROWS_MAX = 100, /* commitments, attachments ... of one answer */
    LAC_RESPONSE_VALUES = 17,
};

/* A range of a document that feeds an answer. */
typedef struct lac_response_source {
    uint32_t document; /* of the filed set */
    uint32_t section, start, end;
    bool cited;        /* by the query, or put in by a person; else it speaks of the same */
    lac_digest digest; /* of its text */
} lac_response_source;

typedef struct lac_response_update {
    const char *leaf, *section, *operation;
} lac_response_update;

typedef struct lac_response_commitment {
    const char *text, *owner, *date;
} lac_response_commitment;

/* Texts are a person's and "" where they are open; LF begins a paragraph. */
typedef struct lac_response_step {
    const lac_letter_query *query;
    const lac_resolved_cite *cites;
    lac_response_source *sources;
    uint32_t source_count;
    const char *instructions, *owner, *short_answer, *detail, *changes;
    lac_response_update *updates;
    uint32_t update_count;
    const char **attachments;
    uint32_t attachment_count;
    lac_response_commitment *commitments;
    uint32_t commitment_count;
} lac_response_step;

/* What the letter asks of the whole answer, and who saw to it. */
typedef struct lac_response_duty {
    const lac_letter_duty *duty;
    uint32_t letter;
    const char *done_by, *done_on;
} lac_response_duty;

typedef struct lac_response_value {
    const char *name; /* "applicant": as house templates call it */
    const char *text; /* "": open */
} lac_response_value;

typedef struct lac_response_plan {
    lac_arena arena;
    const lac_letter *letter;
    const lac_filed_set *filed;
    const char *letter_path, *as_of;
    lac_digest letter_digest;
    lac_response_step *steps; /* one a query, in the order of the letter */
    uint32_t step_count;
    lac_response_duty *duties;
    uint32_t duty_count;
    lac_response_value values[LAC_RESPONSE_VALUES];
} lac_response_plan;

typedef struct lac_response_given {
    const lac_letter *letter;
    const char *letter_path; /* as shown */
    lac_digest letter_digest;
    const char *as_of;
    const lac_filed_set *filed;
    const lac_resolved_cite *const *resolved; /* of each query */
} lac_response_given;

lacuna_status lac_response_plan_make(lac_response_plan **out, const lac_response_given *given,
                                     lacuna_error *err);
void lac_response_plan_free(lac_response_plan *plan);

/* Appends the plan as JSON, keys in byte order. */
lacuna_status lac_response_plan_write(lac_buf *out, const lac_response_plan *plan,
                                      lacuna_error *err);
/* Takes over what a person changed. LACUNA_E_FORMAT with the place: it is no plan of this letter, a
 * query is left out or its question was changed, or a source is not what it was. */
lacuna_status lac_response_plan_apply(lac_response_plan *plan, lac_span json, lacuna_error *err);

/* What an answer is headed with: the id, "Question 2" where the letter gives no heading. Into
 * `arena`; NULL: out of memory. */
const char *lac_response_label(lac_arena *arena, const lac_letter_query *query);
/* How a document is cited: its file name, or the path below the submission where another one has
 * that name too. */
lac_span lac_response_document_name(const lac_filed_set *filed, uint32_t document);
/* The value of a name; "" where there is none. */
const char *lac_response_value_of(const lac_response_plan *plan, const char *name);

#endif
