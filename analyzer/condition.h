/*
 * condition.h - whether the condition of an item holds for a document: yes, no or unknown.
 */
#ifndef LAC_CONDITION_H
#define LAC_CONDITION_H

#include "analyzer/checklist.h"
#include "analyzer/reading.h"

typedef enum lac_truth {
    LAC_TRUTH_UNKNOWN,
    LAC_TRUTH_TRUE,
    LAC_TRUTH_FALSE,
} lac_truth;

typedef struct lac_condition_answer {
    lac_truth truth;
    bool shown; /* `match` shows where it was decided */
    lac_match match;
} lac_condition_answer;

/* Terms that show it holds against terms that show it does not; both or neither: unknown. */
lacuna_status lac_condition_decide(lac_condition_answer *answer, const lac_condition *condition,
                                   const lac_reading *reading, lacuna_error *err);

#endif
