#include "analyzer/judge_condition.h"

#include "analyzer/document_profile.h"
#include "analyzer/evidence.h"
#include "support/buf.h"
#include "support/error.h"

enum { SENTENCE_BYTES = 1024 };

static lacuna_status keep(const char **out, lac_inquiry *q, const lac_buf *text,
                          lacuna_status status)
{
    char *copy = status == LACUNA_OK ? lac_arena_copy(q->judge->arena, lac_buf_span(text)) : NULL;
    *out = copy;
    return copy == NULL ? lac_fail_nomem(q->err) : LACUNA_OK;
}

static lacuna_status fact_evidence(lac_inquiry *q, const lac_known_fact *fact)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < fact->evidence_count && status == LACUNA_OK; i++) {
        lac_evidence evidence = fact->evidence[i];
        evidence.fact = "condition";
        status = fact->source == LAC_FACT_DETECTED ? lac_add_evidence(q, evidence) : LACUNA_OK;
    }
    return status;
}

lacuna_status lac_ask_condition(lac_condition_answer *answer, lac_inquiry *q)
{
    const lac_reading *reading = q->judge->reading;
    *answer = (lac_condition_answer){.truth = LAC_TRUTH_TRUE};
    if (q->item->condition.kind == LAC_CONDITION_NONE) {
        return LACUNA_OK;
    }
    lacuna_status status =
        lac_condition_decide(answer, &q->item->condition, reading, q->judge->facts, q->err);
    if (status == LACUNA_OK && answer->shown) {
        status = lac_add_evidence(
            q, lac_evidence_at(reading, answer->match.start, answer->match.end, "condition"));
    }
    return status == LACUNA_OK && answer->fact != NULL ? fact_evidence(q, answer->fact) : status;
}

/* "blinding is open-label (told)"; several values are joined by "or". */
static lacuna_status name_fact(lac_buf *text, const lac_known_fact *fact)
{
    lacuna_status status = lac_buf_printf(text, "%s is ", fact->key);
    for (uint32_t i = 0; i < fact->value_count && status == LACUNA_OK; i++) {
        status = lac_buf_printf(text, "%s%s", i == 0 ? "" : " or ", fact->values[i]);
    }
    if (status == LACUNA_OK && fact->source == LAC_FACT_DETECTED && fact->value_count == 1) {
        return lac_buf_printf(text, " (detected, confidence %.2f)", fact->confidence);
    }
    return status == LACUNA_OK ? lac_buf_printf(text, " (%s)", lac_fact_source_name(fact->source))
                               : status;
}

static lacuna_status say_why_not(const char **out, lac_inquiry *q,
                                 const lac_condition_answer *answer)
{
    lac_buf text;
    lac_buf_init(&text, SENTENCE_BYTES);
    lacuna_status status = lac_buf_printf(&text, "It is asked only where this holds: %.300s; ",
                                          q->item->condition.text);
    if (status == LACUNA_OK && answer->fact != NULL) {
        status = name_fact(&text, answer->fact);
    } else if (status == LACUNA_OK) {
        status = lac_buf_append_text(&text, "the document shows that it does not");
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_text(&text, ".");
    }
    status = keep(out, q, &text, status);
    lac_buf_free(&text);
    return status;
}

lacuna_status lac_decide_not_asked(lac_inquiry *q, const lac_condition_answer *answer)
{
    const char *why;
    lacuna_status status = say_why_not(&why, q, answer);
    double confidence = answer->fact == NULL ? 0.8 : answer->fact->confidence;
    return status != LACUNA_OK ? status
                               : lac_decide(q, LAC_NOT_APPLICABLE, "not-applicable/condition-false",
                                            confidence > 0 ? confidence : 0.8, why);
}

/* The facts and terms that would have decided it. */
static lacuna_status list_condition(lac_inquiry *q)
{
    const lac_condition *condition = &q->item->condition;
    lac_buf text;
    lac_buf_init(&text, SENTENCE_BYTES);
    lacuna_status status =
        lac_buf_printf(&text, "the whole document for whether this holds: %.300s (%u terms)",
                       condition->text, condition->holds_count + condition->fails_count);
    for (uint32_t c = 0; c < condition->case_count && status == LACUNA_OK; c++) {
        for (uint32_t d = 0; d < condition->cases[c].count && status == LACUNA_OK; d++) {
            status = lac_buf_printf(&text, "; the fact %s, which --profile can tell",
                                    condition->cases[c].demands[d].key);
        }
    }
    if (status == LACUNA_OK) {
        status = lac_list_condition_searched(q, lac_buf_text(&text));
    }
    lac_buf_free(&text);
    return status == LACUNA_OK ? status : lac_fail_nomem(q->err);
}

static lacuna_status say_open(const char **out, lac_inquiry *q, bool binding)
{
    lac_buf text;
    lac_buf_init(&text, SENTENCE_BYTES);
    lacuna_status status = lac_buf_printf(
        &text,
        binding ? "Whether this holds could not be decided, so whether it is asked: %.300s."
                : "Nothing in the document shows that its condition holds: %.300s.",
        q->item->condition.text);
    status = keep(out, q, &text, status);
    lac_buf_free(&text);
    return status;
}

lacuna_status lac_decide_condition_open(lac_inquiry *q, const lac_condition_answer *answer)
{
    bool binding = q->item->strength == LAC_STRENGTH_MUST && answer->truth == LAC_TRUTH_UNKNOWN;
    const char *why;
    lacuna_status status = list_condition(q);
    if (status == LACUNA_OK) {
        status = lac_explain_gap(q);
    }
    if (status == LACUNA_OK) {
        status = say_open(&why, q, binding);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    return binding ? lac_decide(q, LAC_NOT_EVALUATED, "not-evaluated/condition-unknown", 1.0, why)
                   : lac_decide(q, LAC_NOT_APPLICABLE, "not-applicable/condition-not-evident", 0.6,
                                why);
}

lacuna_status lac_respect_told_condition(lac_inquiry *q)
{
    lac_condition_answer answer = {.truth = LAC_TRUTH_UNKNOWN};
    bool gap = lac_item_status_is_gap(q->out->status) && q->out->status != LAC_CONTRADICTS;
    if (gap) {
        answer.truth = lac_condition_by_facts(&answer.fact, &q->item->condition, q->judge->facts);
    }
    if (answer.truth != LAC_TRUTH_FALSE || answer.fact == NULL ||
        answer.fact->source == LAC_FACT_DETECTED) {
        return LACUNA_OK;
    }
    q->out->needs_count = q->out->searched_count = q->out->nearest_count = 0;
    return lac_decide_not_asked(q, &answer);
}
