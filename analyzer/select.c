#include "analyzer/select.h"

#include "analyzer/search.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/json_parse.h"

#include <jansson.h>
#include <stdlib.h>

typedef struct selector {
    lac_arena *arena;
    const lac_reading *reading;
    lacuna_error *err;
} selector;

/* How many of the terms under `key` the document has: anywhere, or in headings. */
static lacuna_status count_terms(uint32_t *count, selector *s, const json_t *select,
                                 const char *key, bool in_headings)
{
    const json_t *terms = json_object_get(select, key);
    lacuna_status status = LACUNA_OK;
    *count = 0;
    for (size_t i = 0; i < json_array_size(terms) && status == LACUNA_OK; i++) {
        const char *source = json_string_value(json_array_get(terms, i));
        lac_term *term = NULL;
        bool found = false;
        lac_match match;
        status = lac_term_parse(&term, s->arena, source == NULL ? "" : source, s->err);
        if (status == LACUNA_OK && in_headings) {
            status = lac_search_heading(&found, &match, term, s->reading, s->err);
        } else if (status == LACUNA_OK) {
            const lac_term *one = term;
            status = lac_search_terms(&found, &match, &one, 1, s->reading,
                                      lac_scope_document(s->reading), s->err);
        }
        *count += found ? 1 : 0;
        lac_term_release(term);
    }
    return status;
}

/* *why stays NULL when the document does not ask for the pack. */
static lacuna_status ask(const char **why, bool *otherwise, selector *s, lac_span json)
{
    static const char *const always = "the checklist for this type";
    *why = json.len == 0 ? always : NULL;
    *otherwise = false;
    if (json.len == 0) {
        return LACUNA_OK;
    }
    json_t *select = NULL;
    json_error_t where;
    uint32_t mentions = 0;
    uint32_t headings = 0;
    lacuna_status status = lac_json_parse(&select, json, JSON_REJECT_DUPLICATES, &where);
    if (status != LACUNA_OK) {
        return lac_fail(s->err, status, "\"select\" of a checklist cannot be read: %s", where.text);
    }
    status = count_terms(&mentions, s, select, "mentions", false);
    if (status == LACUNA_OK && mentions == 0) {
        status = count_terms(&headings, s, select, "headings", true);
    }
    const json_t *least = json_object_get(select, "at_least");
    json_int_t wanted = json_is_integer(least) ? json_integer_value(least) : 1;
    if (mentions > 0) {
        *why = "the document names it";
    } else if (headings > 0 && headings >= wanted) {
        *why = "the document has its headings";
    }
    *otherwise = json_is_true(json_object_get(select, "otherwise"));
    json_decref(select);
    return status;
}

static lacuna_status add(lac_selection *out, uint32_t *count, uint32_t most, selector *s,
                         const lac_registry_entry *entry, const lac_detection *type,
                         const char *why)
{
    if (*count == most) {
        return lac_fail(s->err, LACUNA_E_LIMIT, "more than %u checklists for one document", most);
    }
    lac_buf text;
    lac_buf_init(&text, 1024);
    char *copy = NULL;
    if (lac_buf_printf(&text, "document type %.100s (confidence %.2f); %s", type->value,
                       type->confidence, why) == LACUNA_OK) {
        copy = lac_arena_copy(s->arena, lac_buf_span(&text));
    }
    lac_buf_free(&text);
    if (copy == NULL) {
        return lac_fail_nomem(s->err);
    }
    out[(*count)++] = (lac_selection){entry, copy};
    return LACUNA_OK;
}

/* `last_resort`: take those that say "otherwise", instead of those the document asks for. */
static lacuna_status take(lac_selection *out, uint32_t *count, uint32_t most, selector *s,
                          const lac_registry *registry, const lac_detection *type, bool last_resort)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < lac_registry_count(registry) && status == LACUNA_OK; i++) {
        const lac_registry_entry *entry = lac_registry_entry_at(registry, i);
        const char *why = NULL;
        bool otherwise = false;
        if (!lac_registry_serves(entry, type->value)) {
            continue;
        }
        status = ask(&why, &otherwise, s, entry->select);
        if (last_resort) {
            why = otherwise ? "no other checklist for this type fits better" : NULL;
        }
        if (status == LACUNA_OK && why != NULL) {
            status = add(out, count, most, s, entry, type, why);
        }
    }
    return status;
}

lacuna_status lac_select(lac_selection *out, uint32_t *count, uint32_t most, lac_arena *arena,
                         const lac_registry *registry, const lac_detection *type,
                         const lac_reading *reading, lacuna_error *err)
{
    selector s = {arena, reading, err};
    *count = 0;
    if (type->value[0] == '\0') {
        return LACUNA_OK;
    }
    lacuna_status status = take(out, count, most, &s, registry, type, false);
    if (status == LACUNA_OK && *count == 0) {
        status = take(out, count, most, &s, registry, type, true);
    }
    return status;
}
