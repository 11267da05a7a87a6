#include "analyzer/condition.h"

#include "analyzer/search.h"

lacuna_status lac_condition_decide(lac_condition_answer *answer, const lac_condition *condition,
                                   const lac_reading *reading, lacuna_error *err)
{
    *answer = (lac_condition_answer){.truth = LAC_TRUTH_UNKNOWN};
    lac_match holds_at;
    lac_match fails_at;
    bool holds = false;
    bool fails = false;
    lac_scope scope = lac_scope_document(reading);
    lacuna_status status = lac_search_terms(&holds, &holds_at, condition->holds,
                                            condition->holds_count, reading, scope, err);
    if (status == LACUNA_OK) {
        status = lac_search_terms(&fails, &fails_at, condition->fails, condition->fails_count,
                                  reading, scope, err);
    }
    if (status == LACUNA_OK && holds != fails) {
        answer->truth = holds ? LAC_TRUTH_TRUE : LAC_TRUTH_FALSE;
        answer->shown = true;
        answer->match = holds ? holds_at : fails_at;
    }
    return status;
}
