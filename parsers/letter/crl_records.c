#include "parsers/letter/crl_records.h"

#include "support/error.h"
#include "support/json_parse.h"
#include "support/json_text.h"

#include <string.h>

enum { DEEPEST = 64, DATE_BYTES = 11, MOST_APPLICATIONS = 64 };

static lac_span string_of(const json_t *value)
{
    return json_is_string(value)
               ? lac_span_make(json_string_value(value), json_string_length(value))
               : lac_span_make("", 0);
}

static bool digits(lac_span text, size_t from, size_t count)
{
    for (size_t i = from; i < from + count; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') {
            return false;
        }
    }
    return true;
}

/* "03/20/2020" or "2020-03-20" as the latter; "" for anything else. */
static const char *date_of(lac_arena *arena, lac_span text)
{
    char iso[DATE_BYTES] = "";
    if (text.len == 10 && digits(text, 0, 2) && digits(text, 3, 2) && digits(text, 6, 4) &&
        text.ptr[2] == '/' && text.ptr[5] == '/') {
        memcpy(iso, text.ptr + 6, 4);
        iso[4] = iso[7] = '-';
        memcpy(iso + 5, text.ptr, 2);
        memcpy(iso + 8, text.ptr + 3, 2);
    } else if (text.len == 10 && digits(text, 0, 4) && digits(text, 5, 2) && digits(text, 8, 2) &&
               text.ptr[4] == '-' && text.ptr[7] == '-') {
        memcpy(iso, text.ptr, 10);
    }
    return lac_arena_copy(arena, lac_span_of(iso));
}

static bool read_applications(lac_letter_record *record, lac_arena *arena, const json_t *json)
{
    const json_t *value = json_object_get(json, "application_number");
    size_t count = json_is_string(value) ? 1 : json_array_size(value);
    count = count < MOST_APPLICATIONS ? count : MOST_APPLICATIONS;
    const char **names = lac_arena_array(arena, count, sizeof *names);
    for (size_t i = 0; i < count && names != NULL; i++) {
        const json_t *one = json_is_string(value) ? value : json_array_get(value, i);
        names[i] = lac_arena_copy(arena, string_of(one));
        if (names[i] == NULL) {
            return false;
        }
    }
    record->applications = names;
    record->application_count = (uint32_t)count;
    return names != NULL;
}

static lacuna_status read_record(lac_letter_builder *builder, const json_t *json, size_t index,
                                 lacuna_error *err)
{
    lac_arena *arena = &builder->letter->arena;
    lac_span text = string_of(json_object_get(json, "text"));
    lac_letter_record record = {
        .date = date_of(arena, string_of(json_object_get(json, "letter_date"))),
        .kind = lac_arena_copy(arena, string_of(json_object_get(json, "letter_type"))),
    };
    if (record.date == NULL || record.kind == NULL || !read_applications(&record, arena, json)) {
        return lac_fail_nomem(err);
    }
    if (lac_span_trim(text).len == 0) {
        return lac_letter_remark(builder, true, err, "record %zu has no text", index + 1);
    }
    lacuna_status status = index == 0 ? LACUNA_OK : lac_letter_add(builder, lac_span_of("\f"), err);
    if (status == LACUNA_OK) {
        status = lac_letter_add_record(builder, &record, err);
    }
    return status == LACUNA_OK ? lac_letter_add(builder, text, err) : status;
}

static lacuna_status read_records(lac_letter_builder *builder, const json_t *root,
                                  lacuna_error *err)
{
    const json_t *results = json_is_object(root) ? json_object_get(root, "results") : root;
    bool single = json_is_object(root) && json_is_string(json_object_get(root, "text"));
    size_t count = single ? 1 : json_array_size(results);
    if (count == 0) {
        return lac_fail_remedy(err, LACUNA_E_FORMAT,
                               "give the JSON of openFDA's complete response letters",
                               "the JSON holds no letter: no \"text\" and no \"results\"");
    }
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = read_record(builder, single ? root : json_array_get(results, i), i, err);
    }
    return status;
}

lacuna_status lac_crl_records_read(lac_letter_builder *builder, lac_span json, lacuna_error *err)
{
    if (lac_json_depth(json) > DEEPEST) {
        return lac_fail(err, LACUNA_E_LIMIT, "the JSON is nested deeper than %d levels", DEEPEST);
    }
    json_error_t where;
    json_t *root = NULL;
    lacuna_status status = lac_json_parse(&root, json, 0, &where);
    if (status == LACUNA_E_FORMAT) {
        lac_error_place(err, "", (uint32_t)(where.line > 0 ? where.line : 0));
        return lac_fail(err, LACUNA_E_FORMAT, "the JSON is malformed: %s", where.text);
    }
    if (status != LACUNA_OK) {
        return lac_fail_nomem(err);
    }
    status = read_records(builder, root, err);
    json_decref(root);
    return status;
}
