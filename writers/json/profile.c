#include "writers/json/profile.h"

#include "analyzer/document_profile.h"
#include "writers/anchor.h"

static void write_fact(lac_json *json, const lac_report_document *document,
                       const lac_known_fact *fact)
{
    lac_json_object(json, NULL);
    lac_json_fraction(json, "confidence", fact->confidence);
    lac_json_text(json, "contrary", fact->contrary);
    lac_json_array(json, "evidence");
    for (uint32_t i = 0; i < fact->evidence_count; i++) {
        lac_json_object(json, NULL);
        lac_json_anchor(json, "anchor", document->path, document->document,
                        &fact->evidence[i].anchor);
        lac_json_span(json, "quote", fact->evidence[i].quote);
        lac_json_text(json, "value", fact->evidence[i].fact);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
    lac_json_text(json, "fact", fact->key);
    lac_json_text(json, "source", lac_fact_source_name(fact->source));
    lac_json_texts(json, "values", (const char *const *)fact->values, fact->value_count);
    lac_json_object_end(json);
}

void lac_json_profile(lac_json *json, const lac_report_document *document)
{
    const lac_document_result *result = document->result;
    lac_json_array(json, "profile");
    for (uint32_t i = 0; result != NULL && i < result->profile.count; i++) {
        write_fact(json, document, &result->profile.items[i]);
    }
    lac_json_array_end(json);
}
