/*
 * classify.h - what a query asks for, of which discipline, and what it refers to.
 */
#ifndef LAC_LETTER_CLASSIFY_H
#define LAC_LETTER_CLASSIFY_H

#include "analyzer/letter/letter.h"
#include "analyzer/letter/split.h"

/* Sets discipline, type, approvability and cites of a query. `hint` is a rule of the headings that
 * words in front of the requests name ("our CMC requests"); NULL: none. `eye` looks at the clean
 * text. */
lacuna_status lac_letter_classify(lac_letter_query *query, lac_arena *arena,
                                  const lac_letter_layout *layout, const lac_letter_draft *draft,
                                  const lac_letter_rule *hint, lac_letter_eye *eye);

/* The first discipline that a stretch of text names; NULL: none. */
const lac_letter_rule *lac_letter_discipline_named(lac_letter_eye *eye, uint32_t from, uint32_t to);

#endif
