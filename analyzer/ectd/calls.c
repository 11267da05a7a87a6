#include "analyzer/ectd/calls.h"

#include "support/error.h"

#include <string.h>

static void read_row(lac_place_call *row, lac_arena *arena, const json_t *json, bool *ok)
{
    row->headings = lac_data_texts(arena, json, "headings", ok);
    row->tags = lac_data_texts(arena, json, "tags", ok);
    lac_texts types = lac_data_texts(arena, json, "types", ok);
    lac_texts checklists = lac_data_texts(arena, json, "checklists", ok);
    json_int_t words = json_integer_value(json_object_get(json, "words"));
    row->call = (lac_document_call){
        .types = types.items,
        .type_count = types.count,
        .checklists = checklists.items,
        .checklist_count = checklists.count,
        .detected = json_is_true(json_object_get(json, "detected")),
        .words = words < 0 || words > UINT32_MAX ? 0 : (uint32_t)words,
    };
}

static void read_apart(lac_place_calls *out, lac_arena *arena, const json_t *rows, bool *ok)
{
    size_t count = json_array_size(rows);
    lac_apart_row *items = lac_arena_array(arena, count, sizeof *items);
    *ok = *ok && items != NULL;
    for (size_t i = 0; i < count && *ok; i++) {
        const json_t *json = json_array_get(rows, i);
        items[i].checklist = lac_data_text(arena, json, "checklist", ok);
        items[i].item = lac_data_text(arena, json, "item", ok);
        items[i].tags = lac_data_texts(arena, json, "tags", ok);
    }
    out->apart = items;
    out->apart_count = *ok ? (uint32_t)count : 0;
}

static void read_referred(lac_place_calls *out, lac_arena *arena, const json_t *rows, bool *ok)
{
    size_t count = json_array_size(rows);
    lac_referred_row *items = lac_arena_array(arena, count, sizeof *items);
    *ok = *ok && items != NULL;
    for (size_t i = 0; i < count && *ok; i++) {
        const json_t *json = json_array_get(rows, i);
        items[i].words = lac_data_texts(arena, json, "words", ok);
        items[i].types = lac_data_texts(arena, json, "types", ok);
    }
    out->referred = items;
    out->referred_count = *ok ? (uint32_t)count : 0;
}

lacuna_status lac_place_calls_load(lac_place_calls *out, lac_arena *arena, lacuna_error *err)
{
    json_t *root;
    bool ok = true;
    *out = (lac_place_calls){.items = NULL};
    lacuna_status status = lac_embedded_json(&root, "ectd-documents.json", err);
    if (status != LACUNA_OK) {
        return status;
    }
    const json_t *rows = json_object_get(root, "documents");
    size_t count = json_array_size(rows);
    lac_place_call *items = lac_arena_array(arena, count, sizeof *items);
    ok = items != NULL;
    for (size_t i = 0; i < count && ok; i++) {
        read_row(&items[i], arena, json_array_get(rows, i), &ok);
    }
    read_apart(out, arena, json_object_get(root, "filed_apart"), &ok);
    read_referred(out, arena, json_object_get(root, "referred"), &ok);
    out->suffixes = lac_data_texts(arena, root, "suffixes", &ok);
    out->data = lac_data_texts(arena, root, "data", &ok);
    out->items = items;
    out->count = ok ? (uint32_t)count : 0;
    json_decref(root);
    return ok ? LACUNA_OK : lac_fail_nomem(err);
}

bool lac_place_calls_for(const lac_place_call *row, const char *heading, const char *tag)
{
    bool tagged = tag == NULL ? row->tags.count == 0 : lac_texts_hold(&row->tags, tag);
    return tagged && lac_texts_cover(&row->headings, heading);
}

bool lac_place_call_is_served(const lac_place_call *row, const lac_registry *registry)
{
    for (uint32_t i = 0; i < row->call.checklist_count; i++) {
        if (lac_registry_find(registry, row->call.checklists[i]) != NULL) {
            return true;
        }
    }
    for (uint32_t i = 0; i < lac_registry_count(registry); i++) {
        const lac_registry_entry *entry = lac_registry_entry_at(registry, i);
        for (uint32_t t = 0; t < row->call.type_count; t++) {
            if (lac_registry_serves(entry, row->call.types[t])) {
                return true;
            }
        }
    }
    return false;
}

bool lac_names_document(const lac_place_calls *calls, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (lac_texts_hold(&calls->data, slash == NULL ? path : slash + 1)) {
        return false;
    }
    for (uint32_t i = 0; i < calls->suffixes.count; i++) {
        if (lac_span_ends_nocase(lac_span_of(path), calls->suffixes.items[i])) {
            return true;
        }
    }
    return false;
}
