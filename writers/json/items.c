#include "writers/json/items.h"

#include "writers/anchor.h"
#include "writers/json/gate.h"

static void write_evidence(lac_json *json, const lac_report_document *document,
                           const lac_evidence *list, uint32_t count)
{
    lac_json_array(json, "evidence");
    for (uint32_t i = 0; i < count; i++) {
        const lac_evidence *evidence = &list[i];
        lac_json_object(json, NULL);
        lac_json_anchor(json, "anchor", document->path, document->document, &evidence->anchor);
        lac_json_text(json, "fact", evidence->fact);
        lac_json_span(json, "quote", evidence->quote);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

/* A document that is not in this part of the report: its place, and where in its text. */
static void write_followed(lac_json *json, const lac_followed *followed)
{
    lac_json_object(json, "followed");
    lac_json_array(json, "evidence");
    for (uint32_t i = 0; i < followed->evidence_count; i++) {
        const lac_evidence *evidence = &followed->evidence[i];
        lac_json_object(json, NULL);
        lac_json_uint(json, "end", evidence->anchor.end);
        lac_json_text(json, "fact", evidence->fact);
        if (evidence->anchor.page > 0) {
            lac_json_uint(json, "page", evidence->anchor.page);
        }
        lac_json_span(json, "quote", evidence->quote);
        lac_json_uint(json, "start", evidence->anchor.start);
        lac_json_uint(json, "text_line", evidence->anchor.line);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
    lac_json_leaf(json, "leaf", followed->place);
    lac_json_object_end(json);
}

static void write_sections(lac_json *json, const char *key, const lac_report_document *document,
                           const lac_candidate *list, uint32_t count)
{
    lac_json_array(json, key);
    for (uint32_t i = 0; i < count; i++) {
        const lac_section *section = &document->document->sections[list[i].section];
        lac_json_object(json, NULL);
        lac_json_anchor(json, "anchor", document->path, document->document, &list[i].anchor);
        lac_json_span(json, "number", section->number);
        lac_json_fraction(json, "score", list[i].score);
        lac_json_span(json, "title", section->title);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

static void write_vote(lac_json *json, const char *key, const lac_report_document *document,
                       const lac_vote *vote)
{
    lac_json_object(json, key);
    write_evidence(json, document, vote->evidence, vote->evidence_count);
    lac_json_text(json, "model", vote->model);
    lac_json_text(json, "reason", vote->reason);
    lac_json_text(json, "request_id", vote->request_id);
    lac_json_texts(json, "searched", vote->searched, vote->searched_count);
    lac_json_text(json, "status", lac_item_status_name(vote->status));
    lac_json_text(json, "words", vote->words);
    lac_json_object_end(json);
}

static void write_votes(lac_json *json, const lac_report_document *document,
                        const lac_item_result *result)
{
    if (result->model_vote != NULL) {
        lac_json_object(json, "votes");
        write_vote(json, "model", document, result->model_vote);
        write_vote(json, "rule", document, result->rule_vote);
        lac_json_object_end(json);
    }
}

/* Where the votes differ, it is a person's to decide. */
static lac_decider decided_by(const lac_item_result *result)
{
    if (result->decision != NULL || result->waiver != NULL) {
        return LAC_DECIDER_PERSON;
    }
    if (result->model_vote == NULL || result->status == result->rule_vote->status) {
        return LAC_DECIDER_RULE;
    }
    return result->status == result->model_vote->status ? LAC_DECIDER_MODEL : LAC_DECIDER_PERSON;
}

void lac_json_item(lac_json *json, const lac_report_document *document, const char *checklist,
                   const lac_item_result *result)
{
    const lac_item *item = result->item;
    lac_json_object(json, NULL);
    lac_json_text(json, "checklist", checklist);
    lac_json_text(json, "citation", item->citation);
    lac_json_fraction(json, "confidence", result->confidence);
    /* Who ought to decide, and who did. */
    lac_json_text(json, "decidable_by", lac_decider_name(item->decider));
    lac_json_text(json, "decided_by", lac_decider_name(decided_by(result)));
    if (result->decision != NULL) {
        lac_json_decision(json, result->decision, result->undecided);
    }
    write_evidence(json, document, result->evidence, result->evidence_count);
    lac_json_text(json, "explanation", result->explanation);
    if (result->followed != NULL) {
        write_followed(json, result->followed);
    }
    lac_json_text(json, "item", item->id);
    write_sections(json, "located", document, result->located, result->located_count);
    write_sections(json, "nearest", document, result->nearest, result->nearest_count);
    lac_json_texts(json, "needs", result->needs, result->needs_count);
    lac_json_text(json, "reason", result->reason);
    lac_json_texts(json, "searched", result->searched, result->searched_count);
    lac_json_text(json, "severity", lac_severity_name(item->severity));
    lac_json_text(json, "source_confidence", lac_confidence_name(item->confidence));
    lac_json_text(json, "status", lac_item_status_name(result->status));
    lac_json_bool(json, "structural", lac_item_is_structural(item));
    lac_json_text(json, "title", item->title);
    write_votes(json, document, result);
    if (result->waiver != NULL) {
        lac_json_waiver(json, result->waiver);
    }
    lac_json_object_end(json);
}
