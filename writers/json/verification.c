#include "writers/verification.h"

#include "analyzer/evidence.h"
#include "writers/anchor.h"
#include "writers/json/emit.h"

const char *lac_verification_verdict(const lac_verification_report *report)
{
    const uint32_t *counts = report->verification->counts;
    if (report->incomplete) {
        return "incomplete";
    }
    if (report->verification->count == 0) {
        return "nothing-to-verify";
    }
    return counts[LAC_GROUNDED] == report->verification->count ? "supported" : "not-supported";
}

static const char *kind_name(uint8_t kind)
{
    static const char *const NAMES[] = {"claim", "quote", "computed", "statement"};
    return kind < sizeof NAMES / sizeof NAMES[0] ? NAMES[kind] : "";
}

static void write_source(lac_json *json, const lac_verification *v, const lac_verified *item)
{
    if (item->source == UINT32_MAX) {
        lac_json_null(json, "source");
        return;
    }
    const lac_verified_document *source = &v->against[item->source];
    lac_anchor anchor = lac_anchor_at(source->document, item->source_start, item->source_end);
    lac_json_object(json, "source");
    lac_json_anchor(json, "anchor", source->path, source->document, &anchor);
    lac_json_span(json, "quote",
                  lac_document_slice(source->document, item->source_start, item->source_end));
    lac_json_object_end(json);
}

static void write_item(lac_json *json, const lac_verification_report *report,
                       const lac_verified *item)
{
    const lac_verification *v = report->verification;
    const lac_ground_finding *f = item->finding;
    lac_anchor anchor = lac_anchor_at(v->text, item->start, item->end);
    lac_json_object(json, NULL);
    lac_json_anchor(json, "anchor", report->path, v->text, &anchor);
    lac_json_span(json, "canonical", f->canonical);
    lac_json_text(json, "kind", kind_name(f->kind));
    lac_json_text(json, "message", f->message);
    lac_json_span(json, "quote", lac_document_slice(v->text, item->start, item->end));
    lac_json_text(json, "reason", f->reason);
    lac_json_span(json, "sentence",
                  lac_document_slice(v->text, item->sentence_start, item->sentence_end));
    write_source(json, v, item);
    lac_json_text(json, "status", lac_grounding_name((lac_grounding)f->grounding));
    lac_json_text(json, "what", f->what);
    lac_json_object_end(json);
}

static void write_counts(lac_json *json, const lac_verification *v)
{
    lac_json_object(json, "counts");
    lac_json_uint(json, "conflict", v->counts[LAC_CONFLICT]);
    lac_json_uint(json, "person", v->counts[LAC_PERSON]);
    lac_json_uint(json, "sentences", v->sentences);
    lac_json_uint(json, "supported", v->counts[LAC_GROUNDED]);
    lac_json_uint(json, "unsupported", v->counts[LAC_UNSUPPORTED]);
    lac_json_object_end(json);
}

lacuna_status lac_json_verification(const lac_verification_report *report, lacuna_write_fn write,
                                    void *user, lacuna_error *err)
{
    const lac_verification *v = report->verification;
    lac_output output;
    lac_json json;
    lac_output_init(&output, write, user);
    lac_json_init(&json, &output);
    lac_json_object(&json, NULL);
    lac_json_array(&json, "against");
    for (uint32_t i = 0; i < v->against_count; i++) {
        lac_json_text(&json, NULL, v->against[i].path);
    }
    lac_json_array_end(&json);
    write_counts(&json, v);
    lac_json_array(&json, "findings");
    for (uint32_t i = 0; i < v->count; i++) {
        write_item(&json, report, &v->items[i]);
    }
    lac_json_array_end(&json);
    lac_json_texts(&json, "notes", report->notes, (uint32_t)report->note_count);
    lac_json_text(&json, "schema", "lacuna.verification/1");
    lac_json_text(&json, "text", report->path);
    lac_json_text(&json, "verdict", lac_verification_verdict(report));
    lac_json_object_end(&json);
    lac_json_end(&json);
    return lac_output_finish(&output, err);
}
