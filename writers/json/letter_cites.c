/* Cites of a query as they were looked up: what JSON tells of them. */
#include "writers/anchor.h"
#include "writers/letter.h"

/* A document of a submission is named by its leaf, besides its path. */
static void write_place(lac_json *json, const lac_filed_set *filed, const lac_cite_place *place)
{
    const lac_filed_document *of =
        place->document == LAC_NONE ? NULL : &filed->documents[place->document];
    const lac_document *document = of == NULL ? NULL : of->document;
    lac_json_object(json, NULL);
    if (of == NULL) {
        lac_json_null(json, "anchor");
        lac_json_null(json, "path");
    } else {
        lac_json_anchor(json, "anchor", of->path, document, &place->anchor);
        lac_json_text(json, "path", of->path);
    }
    lac_json_span(json, "quote", place->quote);
    if (document == NULL || place->section == LAC_NONE) {
        lac_json_null(json, "section");
    } else {
        char label[LAC_HEADING_LABEL_SIZE];
        size_t length = lac_heading_label(label, sizeof label, &document->sections[place->section]);
        lac_json_span(json, "section", lac_span_make(label, length));
    }
    lac_json_object_end(json);
}

void lac_json_resolved(lac_json *json, const lac_letter_report *report, uint32_t query)
{
    if (report->resolved == NULL) {
        return;
    }
    lac_json_array(json, "resolved");
    for (uint32_t i = 0; i < report->letter->queries[query].cite_count; i++) {
        const lac_resolved_cite *cite = &report->resolved[query][i];
        lac_json_object(json, NULL);
        lac_json_text(json, "cite", cite->cite->text);
        lac_json_text(json, "kind", cite->cite->kind);
        lac_json_uint(json, "more", cite->more);
        lac_json_array(json, "places");
        for (uint32_t p = 0; p < cite->place_count; p++) {
            write_place(json, report->filed, &cite->places[p]);
        }
        lac_json_array_end(json);
        lac_json_text(json, "reason", cite->reason);
        lac_json_text(json, "state", lac_cite_state_name(cite->state));
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}
