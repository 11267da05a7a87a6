#include "writers/json/outline.h"

#include "analyzer/evidence.h"
#include "writers/anchor.h"

/* A number the author typed is part of the title, as in Word; it is told apart besides. */
static void write_name(lac_json *json, const lac_document *document, const lac_section *section)
{
    lac_span number = section->number, title = section->title, typed = lac_span_make("", 0);

    if (section->typed_number) {
        typed = number;
        number = lac_span_make("", 0);
        title = lac_block_text(document, &document->blocks[section->heading]);
    }
    lac_json_span(json, "number", number);
    lac_json_text(json, "source", lac_heading_source_name((lac_heading_source)section->source));
    lac_json_span(json, "title", title);
    if (typed.len > 0) {
        lac_json_span(json, "typed_number", typed);
    }
}

static void write_headings(lac_json *json, const char *key, const lac_document *document,
                           const char *path, bool guessed)
{
    lac_json_array(json, key);
    for (uint32_t i = 1; i < document->section_count; i++) {
        const lac_section *section = &document->sections[i];
        if ((section->source == LAC_HEADING_FORMATTING) != guessed) {
            continue;
        }
        lac_anchor anchor = lac_anchor_section(document, i);
        lac_json_object(json, NULL);
        lac_json_anchor(json, "anchor", path, document, &anchor);
        lac_json_uint(json, "level", section->level);
        write_name(json, document, section);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

lacuna_status lac_json_outline(const lac_document *document, const char *path,
                               lacuna_write_fn write, void *user, lacuna_error *err)
{
    lac_output output;
    lac_json json;
    lac_output_init(&output, write, user);
    lac_json_init(&json, &output);
    lac_json_object(&json, NULL);
    lac_json_text(&json, "document", path);
    write_headings(&json, "guessed", document, path, true);
    write_headings(&json, "headings", document, path, false);
    lac_json_text(&json, "schema", "lacuna.outline/1");
    lac_json_object_end(&json);
    lac_json_end(&json);
    return lac_output_finish(&output, err);
}
