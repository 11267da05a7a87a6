/*
 * judge_condition.h - what the condition of an item says about an item that is not there (internal
 * to judging).
 *
 * Purpose: decides the condition from the facts and words of the document, and says in a sentence
 *   why an item was skipped, or what was looked for when nothing decides it.
 */
#ifndef LAC_JUDGE_CONDITION_H
#define LAC_JUDGE_CONDITION_H

#include "analyzer/condition.h"
#include "analyzer/inquiry.h"

/* Without a condition: true. What shows it becomes evidence. */
lacuna_status lac_ask_condition(lac_condition_answer *answer, lac_inquiry *q);

/* The item is not asked of this document. */
lacuna_status lac_decide_not_asked(lac_inquiry *q, const lac_condition_answer *answer);

/* Nothing shows whether it is asked: an open question for a must, else not evident. */
lacuna_status lac_decide_condition_open(lac_inquiry *q, const lac_condition_answer *answer);

/* A gap becomes not applicable where a person or an envelope said that the item is not asked. */
lacuna_status lac_respect_told_condition(lac_inquiry *q);

#endif
