#include "analyzer/profile_facts.h"

#include "analyzer/ectd/data.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

static lac_texts texts(lac_arena *arena, const json_t *object, const char *key, bool *ok)
{
    return lac_data_texts(arena, object, key, ok);
}

static lacuna_status read_terms(lac_sign_list *out, lac_arena *arena, const json_t *array,
                                lacuna_error *err)
{
    size_t count = json_array_size(array);
    const lac_term **terms = lac_arena_array(arena, count, sizeof *terms);
    if (terms == NULL) {
        return lac_fail_nomem(err);
    }
    out->terms = terms;
    for (size_t i = 0; i < count; i++) {
        const char *source = json_string_value(json_array_get(array, i));
        lac_term *term = NULL;
        lacuna_status status = lac_term_parse(&term, arena, source == NULL ? "" : source, err);
        if (status != LACUNA_OK) {
            return status;
        }
        terms[out->count++] = term;
    }
    return LACUNA_OK;
}

static lacuna_status read_value(lac_value_signs *out, lac_arena *arena, const json_t *json,
                                lacuna_error *err)
{
    static const char *const names[LAC_SIGN_COUNT] = {"title", "states", "signs"};
    bool ok = true;
    out->value = lac_data_text(arena, json, "value", &ok);
    if (!ok || out->value == NULL) {
        return ok ? lac_fail(err, LACUNA_E_INTERNAL, "profile facts: a sign without value")
                  : lac_fail_nomem(err);
    }
    lacuna_status status = LACUNA_OK;
    for (size_t s = 0; s < LAC_SIGN_COUNT && status == LACUNA_OK; s++) {
        status = read_terms(&out->signs[s], arena, json_object_get(json, names[s]), err);
    }
    return status;
}

static lacuna_status read_key(lac_profile_key *out, lac_arena *arena, const json_t *json,
                              lacuna_error *err)
{
    bool ok = true;
    out->key = lac_data_text(arena, json, "key", &ok);
    out->meaning = lac_data_text(arena, json, "meaning", &ok);
    lac_texts values = texts(arena, json, "values", &ok);
    lac_texts types = texts(arena, json, "documents", &ok);
    const json_t *detect = json_object_get(json, "detect");
    size_t count = json_array_size(detect);
    lac_value_signs *signs = lac_arena_array(arena, count, sizeof *signs);
    if (!ok || signs == NULL) {
        return lac_fail_nomem(err);
    }
    if (out->key == NULL || out->meaning == NULL) {
        return lac_fail(err, LACUNA_E_INTERNAL, "profile facts: a fact without key or meaning");
    }
    out->values = values.items;
    out->value_count = values.count;
    out->document_types = types.items;
    out->document_type_count = types.count;
    out->detect = signs;
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        out->detect_count++;
        status = read_value(&signs[i], arena, json_array_get(detect, i), err);
    }
    return status;
}

static lacuna_status read_table(lac_profile_facts_table *table, const json_t *root,
                                lacuna_error *err)
{
    bool ok = true;
    lac_texts background = texts(&table->arena, root, "background", &ok);
    const json_t *facts = json_object_get(root, "facts");
    size_t count = json_array_size(facts);
    lac_profile_key *keys = lac_arena_array(&table->arena, count, sizeof *keys);
    if (!ok || keys == NULL) {
        return lac_fail_nomem(err);
    }
    table->background = background.items;
    table->background_count = background.count;
    table->keys = keys;
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        table->count++;
        status = read_key(&keys[i], &table->arena, json_array_get(facts, i), err);
    }
    return status;
}

lacuna_status lac_profile_facts_load(lac_profile_facts_table **out, lacuna_error *err)
{
    *out = NULL;
    json_t *root;
    lacuna_status status = lac_embedded_json(&root, "profile-facts.json", err);
    lac_profile_facts_table *table = calloc(1, sizeof *table);
    if (status == LACUNA_OK && table == NULL) {
        status = lac_fail_nomem(err);
    }
    if (table != NULL) {
        lac_arena_init(&table->arena);
    }
    if (status == LACUNA_OK) {
        status = read_table(table, root, err);
    }
    json_decref(root);
    if (status != LACUNA_OK) {
        lac_profile_facts_free(table);
        return status;
    }
    *out = table;
    return LACUNA_OK;
}

static void release_value(const lac_value_signs *signs)
{
    for (size_t s = 0; s < LAC_SIGN_COUNT; s++) {
        for (uint32_t t = 0; t < signs->signs[s].count; t++) {
            lac_term_release((lac_term *)(uintptr_t)signs->signs[s].terms[t]);
        }
    }
}

void lac_profile_facts_free(lac_profile_facts_table *table)
{
    if (table == NULL) {
        return;
    }
    for (uint32_t i = 0; i < table->count; i++) {
        for (uint32_t v = 0; v < table->keys[i].detect_count; v++) {
            release_value(&table->keys[i].detect[v]);
        }
    }
    lac_arena_free(&table->arena);
    free(table);
}

const lac_profile_key *lac_profile_key_find(const lac_profile_facts_table *table, const char *key)
{
    for (uint32_t i = 0; i < table->count; i++) {
        if (strcmp(table->keys[i].key, key) == 0) {
            return &table->keys[i];
        }
    }
    return NULL;
}
