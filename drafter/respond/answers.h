/*
 * answers.h - a response document as a person left it: which answer stands where.
 *
 * Purpose: an answer is the section headed with its label; its parts are the sections below of the
 *   names in response.h. Numbers that a template gives to headings do not matter.
 * Ownership: everything lives in the arena; borrows the document.
 */
#ifndef LAC_RESPOND_ANSWERS_H
#define LAC_RESPOND_ANSWERS_H

#include "analyzer/letter/letter.h"
#include "parsers/document.h"

typedef enum lac_answer_part_kind {
    LAC_ANSWER_QUESTION,
    LAC_ANSWER_BRIEF,
    LAC_ANSWER_DETAIL,
    LAC_ANSWER_CHANGES,
    LAC_ANSWER_UPDATED,
    LAC_ANSWER_COMMITMENTS,
    LAC_ANSWER_PARTS,
} lac_answer_part_kind;

typedef struct lac_reply_answer {
    const lac_letter_query *query;
    const char *label;
    uint32_t section;                 /* LAC_NONE: it is not there */
    uint32_t parts[LAC_ANSWER_PARTS]; /* sections; LAC_NONE */
} lac_reply_answer;

typedef struct lac_reply_answers {
    lac_reply_answer *items; /* one a query */
    uint32_t count;
} lac_reply_answers;

lacuna_status lac_reply_find(lac_reply_answers *out, lac_arena *arena, const lac_letter *letter,
                             const lac_document *response, lacuna_error *err);

/* The name of a part's heading; static. */
const char *lac_answer_part_name(lac_answer_part_kind kind);

/* Blocks of a part without its heading: [*first, *end); none where it is not there. */
void lac_reply_blocks(uint32_t *first, uint32_t *end, const lac_document *response,
                      const lac_reply_answer *answer, lac_answer_part_kind kind);

/* Whether a part says nothing: blank, or only what is still to be supplied. */
bool lac_reply_is_open(const lac_document *response, const lac_reply_answer *answer,
                       lac_answer_part_kind kind);

#endif
