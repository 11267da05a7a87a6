/*
 * condition.h - whether the condition of an item holds for a document: yes, no or unknown.
 *
 * Purpose: three answers from facts of the study (document_profile.h) and from the words of the
 *   document; a fact that nobody told and nothing shows is unknown, never "no".
 */
#ifndef LAC_CONDITION_H
#define LAC_CONDITION_H

#include "analyzer/checklist.h"
#include "analyzer/reading.h"
#include "analyzer/result.h"

typedef enum lac_truth {
    LAC_TRUTH_UNKNOWN,
    LAC_TRUTH_TRUE,
    LAC_TRUTH_FALSE,
} lac_truth;

typedef struct lac_condition_answer {
    lac_truth truth;
    bool shown; /* `match` shows where it was decided */
    lac_match match;
    const lac_known_fact *fact; /* that decided it, NULL: none did */
} lac_condition_answer;

/* By facts where they are known (NULL: none are); else terms that show it holds against terms that
 * show it does not; both or neither: unknown. */
lacuna_status lac_condition_decide(lac_condition_answer *answer, const lac_condition *condition,
                                   const lac_reading *reading, const lac_known_facts *facts,
                                   lacuna_error *err);

/* By facts alone; `fact` (may be NULL) is one that decided it. */
lac_truth lac_condition_by_facts(const lac_known_fact **fact, const lac_condition *condition,
                                 const lac_known_facts *facts);

#endif
