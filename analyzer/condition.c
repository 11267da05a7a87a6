#include "analyzer/condition.h"

#include "analyzer/search.h"

#include <string.h>

/* Below this a detected fact decides nothing. */
static const double sure_enough = 0.4;

static const lac_known_fact *find(const lac_known_facts *facts, const char *key)
{
    for (uint32_t i = 0; facts != NULL && i < facts->count; i++) {
        if (strcmp(facts->items[i].key, key) == 0) {
            return &facts->items[i];
        }
    }
    return NULL;
}

static bool wants(const lac_fact_demand *demand, const char *value)
{
    for (uint32_t i = 0; i < demand->value_count; i++) {
        if (strcmp(demand->values[i], value) == 0) {
            return true;
        }
    }
    return false;
}

/* What holds of every value that signs speak for holds, whichever of them is right. */
static lac_truth demand_truth(const lac_fact_demand *demand, const lac_known_fact *fact)
{
    uint32_t wanted = 0;
    for (uint32_t i = 0; fact != NULL && i < fact->value_count; i++) {
        wanted += wants(demand, fact->values[i]) ? 1 : 0;
    }
    bool weak = fact == NULL || (fact->value_count == 1 && fact->confidence < sure_enough);
    if (weak || (wanted > 0 && wanted < fact->value_count)) {
        return LAC_TRUTH_UNKNOWN;
    }
    return wanted > 0 ? LAC_TRUTH_TRUE : LAC_TRUTH_FALSE;
}

/* False where one demand fails, true where all hold. */
static lac_truth case_truth(const lac_known_fact **by, const lac_fact_case *one,
                            const lac_known_facts *facts)
{
    lac_truth truth = LAC_TRUTH_TRUE;
    for (uint32_t i = 0; i < one->count; i++) {
        const lac_known_fact *fact = find(facts, one->demands[i].key);
        lac_truth demand = demand_truth(&one->demands[i], fact);
        if (demand == LAC_TRUTH_FALSE) {
            *by = fact;
            return demand;
        }
        truth = demand == LAC_TRUTH_UNKNOWN ? demand : truth;
        *by = fact;
    }
    return truth;
}

lac_truth lac_condition_by_facts(const lac_known_fact **fact, const lac_condition *condition,
                                 const lac_known_facts *facts)
{
    const lac_known_fact *by = NULL;
    lac_truth truth = condition->case_count == 0 ? LAC_TRUTH_UNKNOWN : LAC_TRUTH_FALSE;
    for (uint32_t i = 0; i < condition->case_count && truth != LAC_TRUTH_TRUE; i++) {
        const lac_known_fact *one = NULL;
        lac_truth answer = case_truth(&one, &condition->cases[i], facts);
        by = answer != LAC_TRUTH_UNKNOWN ? one : by;
        truth = answer == LAC_TRUTH_FALSE ? truth : answer;
    }
    if (fact != NULL) {
        *fact = truth == LAC_TRUTH_UNKNOWN ? NULL : by;
    }
    return truth;
}

static lacuna_status decide_in(lac_condition_answer *answer, const lac_condition *condition,
                               const lac_reading *reading, lac_scope scope, bool *silent,
                               lacuna_error *err)
{
    lac_match holds_at;
    lac_match fails_at;
    bool holds = false;
    bool fails = false;
    lacuna_status status = lac_search_terms(&holds, &holds_at, condition->holds,
                                            condition->holds_count, reading, scope, err);
    if (status == LACUNA_OK) {
        status = lac_search_terms(&fails, &fails_at, condition->fails, condition->fails_count,
                                  reading, scope, err);
    }
    *silent = !holds && !fails;
    if (status == LACUNA_OK && holds != fails) {
        answer->truth = holds ? LAC_TRUTH_TRUE : LAC_TRUTH_FALSE;
        answer->shown = true;
        answer->match = holds ? holds_at : fails_at;
    }
    return status;
}

/* What the text says; where it says nothing, the title: "A double-blind trial of ...". Other
 * headings do not tell: "Interim analysis" may be followed by "Not planned". */
static lacuna_status decide_by_terms(lac_condition_answer *answer, const lac_condition *condition,
                                     const lac_reading *reading, lacuna_error *err)
{
    bool silent;
    lacuna_status status =
        decide_in(answer, condition, reading, lac_scope_document(reading), &silent, err);
    return status == LACUNA_OK && silent
               ? decide_in(answer, condition, reading, lac_scope_title(reading), &silent, err)
               : status;
}

lacuna_status lac_condition_decide(lac_condition_answer *answer, const lac_condition *condition,
                                   const lac_reading *reading, const lac_known_facts *facts,
                                   lacuna_error *err)
{
    *answer = (lac_condition_answer){.truth = LAC_TRUTH_UNKNOWN};
    answer->truth = lac_condition_by_facts(&answer->fact, condition, facts);
    return answer->truth == LAC_TRUTH_UNKNOWN ? decide_by_terms(answer, condition, reading, err)
                                              : LACUNA_OK;
}
