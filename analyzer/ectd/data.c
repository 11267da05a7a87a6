#include "analyzer/ectd/data.h"

#include "checklists/embed.h"
#include "support/error.h"
#include "support/json_parse.h"

#include <string.h>

lacuna_status lac_embedded_json(json_t **out, const char *name, lacuna_error *err)
{
    *out = NULL;
    for (size_t i = 0; i < lac_embedded_count(); i++) {
        if (strcmp(lac_embedded_name(i), name) == 0) {
            json_error_t where;
            lacuna_status status = lac_json_parse(out, lac_embedded_data(i), 0, &where);
            if (status == LACUNA_E_NOMEM) {
                return lac_fail_nomem(err);
            }
            return status == LACUNA_OK ? LACUNA_OK
                                       : lac_fail(err, LACUNA_E_INTERNAL, "%s: %.120s (line %d)",
                                                  name, where.text, where.line);
        }
    }
    return lac_fail(err, LACUNA_E_INTERNAL, "the data file %s is not built in", name);
}

const char *lac_data_text(lac_arena *arena, const json_t *object, const char *key, bool *ok)
{
    const char *text = json_string_value(json_object_get(object, key));
    const char *copy = text == NULL ? NULL : lac_arena_copy(arena, lac_span_of(text));
    *ok = *ok && (text == NULL || copy != NULL);
    return copy;
}

lac_texts lac_data_texts(lac_arena *arena, const json_t *object, const char *key, bool *ok)
{
    const json_t *array = json_object_get(object, key);
    size_t count = json_array_size(array);
    lac_texts texts = {NULL, 0};
    const char **items = lac_arena_array(arena, count, sizeof *items);
    *ok = *ok && items != NULL;
    for (size_t i = 0; i < count && *ok; i++) {
        const char *text = json_string_value(json_array_get(array, i));
        items[i] = lac_arena_copy(arena, lac_span_of(text == NULL ? "" : text));
        *ok = items[i] != NULL;
    }
    texts.items = items;
    texts.count = *ok ? (uint32_t)count : 0;
    return texts;
}

static void read_categories(lac_stf_values *out, lac_arena *arena, const json_t *root, bool *ok)
{
    const json_t *array = json_object_get(root, "categories");
    size_t count = json_array_size(array);
    lac_category *items = lac_arena_array(arena, count, sizeof *items);
    *ok = *ok && items != NULL;
    for (size_t i = 0; i < count && *ok; i++) {
        const json_t *category = json_array_get(array, i);
        items[i].name = lac_data_text(arena, category, "name", ok);
        items[i].values = lac_data_texts(arena, category, "values", ok);
    }
    out->categories = items;
    out->category_count = *ok ? (uint32_t)count : 0;
}

lacuna_status lac_stf_values_load(lac_stf_values *out, lac_arena *arena, lacuna_error *err)
{
    json_t *root;
    bool ok = true;
    memset(out, 0, sizeof *out);
    lacuna_status status = lac_embedded_json(&root, "ectd-stf-values.json", err);
    if (status == LACUNA_OK) {
        out->tags = lac_data_texts(arena, root, "tags", &ok);
        out->properties = lac_data_texts(arena, root, "properties", &ok);
        read_categories(out, arena, root, &ok);
        status = ok ? LACUNA_OK : lac_fail_nomem(err);
    }
    json_decref(root);
    return status;
}

static void read_cut_offs(lac_study_scope *out, lac_arena *arena, const json_t *root, bool *ok)
{
    const json_t *array = json_object_get(root, "cut_offs");
    size_t count = json_array_size(array);
    lac_cut_off *items = lac_arena_array(arena, count, sizeof *items);
    *ok = *ok && items != NULL;
    for (size_t i = 0; i < count && *ok; i++) {
        const json_t *cut_off = json_array_get(array, i);
        items[i].applications = lac_data_texts(arena, cut_off, "applications", ok);
        items[i].after = lac_data_text(arena, cut_off, "after", ok);
        items[i].commercial = json_is_true(json_object_get(cut_off, "commercial"));
        *ok = *ok && items[i].after != NULL;
    }
    out->cut_offs = items;
    out->cut_off_count = *ok ? (uint32_t)count : 0;
}

lacuna_status lac_study_scope_load(lac_study_scope *out, lac_arena *arena, lacuna_error *err)
{
    json_t *root;
    bool ok = true;
    memset(out, 0, sizeof *out);
    lacuna_status status = lac_embedded_json(&root, "ectd-study-data.json", err);
    if (status == LACUNA_OK) {
        out->sections = lac_data_texts(arena, root, "sections", &ok);
        out->tagged = lac_data_texts(arena, root, "tagged", &ok);
        out->reports = lac_data_texts(arena, root, "reports", &ok);
        out->tabulation = lac_data_texts(arena, root, "tabulation", &ok);
        out->tabulation_definition = lac_data_texts(arena, root, "tabulation_definition", &ok);
        out->analysis = lac_data_texts(arena, root, "analysis", &ok);
        out->analysis_definition = lac_data_texts(arena, root, "analysis_definition", &ok);
        out->nonclinical = lac_data_texts(arena, root, "nonclinical", &ok);
        const json_t *cber = json_object_get(root, "cber");
        out->cber_applications = lac_data_texts(arena, cber, "applications", &ok);
        out->cber_sections = lac_data_texts(arena, cber, "sections", &ok);
        read_cut_offs(out, arena, root, &ok);
        status = ok ? LACUNA_OK : lac_fail_nomem(err);
    }
    json_decref(root);
    return status;
}

bool lac_texts_hold(const lac_texts *texts, const char *text)
{
    for (uint32_t i = 0; i < texts->count; i++) {
        if (strcmp(texts->items[i], text) == 0) {
            return true;
        }
    }
    return false;
}

bool lac_heading_within(const char *heading, const char *above)
{
    size_t length = strlen(above);
    return lac_span_starts_nocase(lac_span_of(heading), above) &&
           (heading[length] == '\0' || heading[length] == '.');
}

bool lac_texts_cover(const lac_texts *headings, const char *heading)
{
    for (uint32_t i = 0; i < headings->count; i++) {
        if (lac_heading_within(heading, headings->items[i])) {
            return true;
        }
    }
    return false;
}
