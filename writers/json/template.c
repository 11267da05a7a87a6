#include "writers/template_report.h"

#include "writers/json/emit.h"

/* ---- a template ------------------------------------------------------------------------------ */

static void write_convention(lac_json *json, const lac_convention *item)
{
    lac_json_object(json, NULL);
    lac_json_fraction(json, "confidence", (double)item->confidence / 100.0);
    lac_json_uint(json, "count", item->count);
    lac_json_array(json, "examples");
    for (uint32_t i = 0; i < item->example_count; i++) {
        lac_json_span(json, NULL, item->examples[i]);
    }
    lac_json_array_end(json);
    lac_json_text(json, "meaning", lac_meaning_name(item->meaning));
    lac_json_bool(json, "only_marked", item->only_marked);
    lac_json_text(json, "signal", lac_signal_name(item->signal));
    lac_json_span(json, "value", item->value);
    lac_json_span(json, "why", item->why);
    lac_json_object_end(json);
}

static void write_placeholder(lac_json *json, const lac_placeholder *item)
{
    lac_json_object(json, NULL);
    lac_json_span(json, "asks", item->asks);
    lac_json_bool(json, "block", item->alone);
    lac_json_bool(json, "filled", item->is_set);
    lac_json_span(json, "heading", item->heading);
    lac_json_text(json, "kind", lac_placeholder_kind_name(item->kind));
    lac_json_span(json, "name", item->name);
    lac_json_uint(json, "paragraph", item->paragraph);
    lac_json_text(json, "part", item->part);
    if (item->reason.len > 0) {
        lac_json_span(json, "reason", item->reason);
    }
    lac_json_bool(json, "repeats", item->is_list);
    lac_json_span(json, "text", item->text);
    lac_json_object_end(json);
}

lacuna_status lac_json_template(const lac_template_report *report, lacuna_write_fn write,
                                void *user, lacuna_error *err)
{
    lac_output output;
    lac_json json;
    lac_output_init(&output, write, user);
    lac_json_init(&json, &output);
    lac_json_object(&json, NULL);
    lac_json_array(&json, "conventions");
    for (size_t i = 0; i < report->profile->count; i++) {
        write_convention(&json, &report->profile->items[i]);
    }
    lac_json_array_end(&json);
    lac_json_object(&json, "counts");
    lac_json_uint(&json, "instructions", report->instructions);
    lac_json_uint(&json, "optional", report->optional);
    lac_json_uint(&json, "placeholders", report->count);
    lac_json_object_end(&json);
    lac_json_array(&json, "placeholders");
    for (size_t i = 0; i < report->count; i++) {
        write_placeholder(&json, &report->placeholders[i]);
    }
    lac_json_array_end(&json);
    lac_json_text(&json, "schema", "lacuna.template-profile/1");
    lac_json_text(&json, "template", report->path);
    lac_json_object_end(&json);
    lac_json_end(&json);
    return lac_output_finish(&output, err);
}

/* ---- a template that was filled -------------------------------------------------------------- */

lacuna_status lac_json_filled(const lac_filled *filled, const char *path, lacuna_write_fn write,
                              void *user, lacuna_error *err)
{
    lac_output output;
    lac_json json;
    lac_output_init(&output, write, user);
    lac_json_init(&json, &output);
    lac_json_object(&json, NULL);
    lac_json_uint(&json, "filled", filled->filled);
    lac_json_uint(&json, "instructions_removed", filled->instructions_removed);
    lac_json_text(&json, "schema", "lacuna.fill/1");
    lac_json_text(&json, "template", path);
    lac_json_array(&json, "unfilled");
    for (uint32_t i = 0; i < filled->unfilled_count; i++) {
        write_placeholder(&json, &filled->unfilled[i]);
    }
    lac_json_array_end(&json);
    lac_json_array(&json, "unused_values");
    for (uint32_t i = 0; i < filled->unused_count; i++) {
        lac_json_span(&json, NULL, filled->unused[i]);
    }
    lac_json_array_end(&json);
    lac_json_object_end(&json);
    lac_json_end(&json);
    return lac_output_finish(&output, err);
}
