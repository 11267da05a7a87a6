/*
 * response.h - the answer to a letter as blocks: the response document and its cover letter.
 *
 * Purpose: one form of every answer, so that people and programs find its parts again
 *   (drafter/respond/check.h): a heading with the query's id, and below it "Question" word for
 * word, "Short answer", "Detail", "Summary of changes", "Where updated", "Attachments",
 * "Commitments". The cover letter says what this kind of letter requires it to say. What a person
 * has to supply is
 *   "[DATA NEEDED: ...]". A letter of which text is missing is named so at the top of both.
 * Ownership: everything lives in the response's arena; lac_response_free.
 */
#ifndef LAC_RESPOND_RESPONSE_H
#define LAC_RESPOND_RESPONSE_H

#include "drafter/respond/blocks.h"
#include "drafter/respond/plan.h"

/* The headings below an answer's own. */
#define LAC_PART_QUESTION "Question"
#define LAC_PART_BRIEF "Short answer"
#define LAC_PART_DETAIL "Detail"
#define LAC_PART_CHANGES "Summary of changes"
#define LAC_PART_UPDATED "Where updated"
#define LAC_PART_ATTACHMENTS "Attachments"
#define LAC_PART_COMMITMENTS "Commitments"

enum { LAC_RESPONSE_LEVEL = 2 }; /* of an answer's heading */

typedef struct lac_response_part {
    const lac_draft_block *items;
    uint32_t count;
} lac_response_part;

typedef struct lac_response {
    lac_arena arena;
    lac_response_part responses; /* all answers */
    lac_response_part warning;   /* that it is a draft, that the letter is incomplete */
    lac_response_part changes, commitments, attachments; /* of all answers, for templates */
    lac_response_part title, cover; /* in front of the answers, where there is no template; the
                                        cover letter */
    uint32_t needed; /* what a person has to supply: in answers, and open values of the plan */
    const lac_letter_rule *placement, *cover_placement; /* headings of module 1 */
} lac_response;

lacuna_status lac_response_make(lac_response *out, const lac_response_plan *plan,
                                const lac_letter_rules *rules, lacuna_error *err);
void lac_response_free(lac_response *response);

/* Why the letter is incomplete, one sentence; "" where it is not. In the arena. NULL: no memory. */
const char *lac_response_warning(lac_arena *arena, const lac_letter *letter);

#endif
