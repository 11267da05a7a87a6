/*
 * checking.h - shared by the files that check a response package; not for others.
 */
#ifndef LAC_RESPOND_CHECKING_H
#define LAC_RESPOND_CHECKING_H

#include "analyzer/findings.h"
#include "analyzer/letter/eye.h"
#include "analyzer/text_index.h"
#include "drafter/ground/passages.h"
#include "drafter/respond/answers.h"
#include "drafter/respond/check.h"

typedef struct lac_reply_checking {
    const lac_reply_given *given;
    lac_document_result *result; /* of the response */
    lac_reply_answers answers;
    lac_text_index *index;     /* words of the response */
    lac_passage_list passages; /* of the sources, then the question of each answer */
    uint32_t source_passages;  /* how many of them are of sources */
    lac_finding_list findings;
    lacuna_error *err;
} lac_reply_checking;

/* A finding at [start, end) of a document; `format` is its message. */
lacuna_status lac_reply_find_fault(lac_reply_checking *c, const lac_document *document,
                                   const char *rule, lac_severity severity, uint32_t start,
                                   uint32_t end, const char *format, ...)
    __attribute__((format(printf, 7, 8)));

/* The passages of everything an answer may rest on, and the questions. */
lacuna_status lac_reply_read_passages(lac_reply_checking *c);

/* Whether a paragraph of the response is a passage of a source word for word, its citation aside.
 */
bool lac_reply_is_passage(const lac_reply_checking *c, lac_span paragraph);
/* Text without the citation it ends with. */
lac_span lac_reply_without_citation(lac_span paragraph);

/* One rule of the list holds for [from, to) of the response; *where receives the place. */
lacuna_status lac_reply_sees(bool *sees, lac_match *where, lac_reply_checking *c,
                             lac_letter_group group, uint32_t from, uint32_t to);

/* A commitment as the list has it. */
typedef struct lac_listed_commitment {
    lac_span query, text, owner, date;
    uint32_t row; /* as spreadsheet programs count */
} lac_listed_commitment;
/* The list row by row; false: there is no such row. */
bool lac_reply_commitment(lac_listed_commitment *out, const lac_reply_checking *c, uint32_t index);
/* Whether one says the other: blanks and the full stop aside. */
bool lac_reply_same_words(lac_span a, lac_span b);

lacuna_status lac_reply_check_changes(lac_reply_checking *c, const lac_reply_answer *answer);
lacuna_status lac_reply_check_needed(lac_reply_checking *c, const lac_document *document);
lacuna_status lac_reply_check_promises(lac_reply_checking *c, const lac_reply_answer *answer);
lacuna_status lac_reply_check_list(lac_reply_checking *c);
lacuna_status lac_reply_check_claims(lac_reply_checking *c);

#endif
