#include "writers/json/items.h"

#include "writers/anchor.h"

static void write_evidence(lac_json *json, const lac_report_document *document,
                           const lac_item_result *item)
{
    lac_json_array(json, "evidence");
    for (uint32_t i = 0; i < item->evidence_count; i++) {
        const lac_evidence *evidence = &item->evidence[i];
        lac_json_object(json, NULL);
        lac_json_anchor(json, "anchor", document->path, document->document, &evidence->anchor);
        lac_json_text(json, "fact", evidence->fact);
        lac_json_span(json, "quote", evidence->quote);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

static void write_nearest(lac_json *json, const lac_report_document *document,
                          const lac_item_result *item)
{
    lac_json_array(json, "nearest");
    for (uint32_t i = 0; i < item->nearest_count; i++) {
        const lac_candidate *candidate = &item->nearest[i];
        const lac_section *section = &document->document->sections[candidate->section];
        lac_json_object(json, NULL);
        lac_json_anchor(json, "anchor", document->path, document->document, &candidate->anchor);
        lac_json_span(json, "number", section->number);
        lac_json_fraction(json, "score", candidate->score);
        lac_json_span(json, "title", section->title);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

void lac_json_item(lac_json *json, const lac_report_document *document, const char *checklist,
                   const lac_item_result *result)
{
    const lac_item *item = result->item;
    lac_json_object(json, NULL);
    lac_json_text(json, "checklist", checklist);
    lac_json_text(json, "citation", item->citation);
    lac_json_fraction(json, "confidence", result->confidence);
    /* Rules are the only judges so far; who ought to decide is "decidable_by". */
    lac_json_text(json, "decidable_by", lac_decider_name(item->decider));
    lac_json_text(json, "decided_by", lac_decider_name(LAC_DECIDER_RULE));
    write_evidence(json, document, result);
    lac_json_text(json, "explanation", result->explanation);
    lac_json_text(json, "item", item->id);
    write_nearest(json, document, result);
    lac_json_texts(json, "needs", result->needs, result->needs_count);
    lac_json_text(json, "reason", result->reason);
    lac_json_texts(json, "searched", result->searched, result->searched_count);
    lac_json_text(json, "severity", lac_severity_name(item->severity));
    lac_json_text(json, "source_confidence", lac_confidence_name(item->confidence));
    lac_json_text(json, "status", lac_item_status_name(result->status));
    lac_json_bool(json, "structural", lac_item_is_structural(item));
    lac_json_text(json, "title", item->title);
    lac_json_object_end(json);
}
