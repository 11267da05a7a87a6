#include "analyzer/gate/gate_file.h"

#include "analyzer/pack_canonical.h"
#include "support/calendar.h"
#include "support/error.h"
#include "support/json_text.h"

#include <stdio.h>

static void keep_first(void *user, const char *pointer, const char *item, const char *message)
{
    lac_gate_file *file = user;
    (void)item;
    if (file->problem[0] == '\0') {
        (void)snprintf(file->pointer, sizeof file->pointer, "%s", pointer);
        (void)snprintf(file->problem, sizeof file->problem, "%.250s", message);
    }
}

static lacuna_status name_file(const char *name, lacuna_status status, lacuna_error *err)
{
    if (status == LACUNA_E_FORMAT && err != NULL) {
        char message[sizeof err->message];
        (void)snprintf(message, sizeof message, "%.80s: %.170s", name, err->message);
        memcpy(err->message, message, sizeof message);
    }
    return status;
}

lacuna_status lac_gate_file_open(lac_gate_file *file, lac_arena *arena, lac_span json,
                                 const char *name, const char *schema, lacuna_error *err)
{
    *file = (lac_gate_file){.arena = arena, .name = name, .json = json};
    lacuna_status status = lac_sha256(&file->digest, json, err);
    if (status == LACUNA_OK) {
        status = name_file(name, lac_pack_parse(&file->root, json, err), err);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    file->reader =
        (lac_pack_reader){.arena = arena, .report = keep_first, .user = file, .item = ""};
    const char *stated = json_is_object(file->root)
                             ? lac_pack_string(&file->reader, file->root, "schema", true)
                             : NULL;
    if (stated != NULL && strcmp(stated, schema) != 0) {
        size_t mark = lac_pack_enter(&file->reader, "schema");
        lac_pack_problem(&file->reader, "it is \"%.40s\", this version reads \"%s\"", stated,
                         schema);
        lac_pack_leave(&file->reader, mark);
    }
    return LACUNA_OK;
}

lacuna_status lac_gate_file_close(lac_gate_file *file, lacuna_status status, const char *remedy,
                                  lacuna_error *err)
{
    json_decref(file->root);
    file->root = NULL;
    if (status != LACUNA_OK) {
        return status;
    }
    if (file->reader.out_of_memory) {
        return lac_fail_nomem(err);
    }
    if (file->reader.problems == 0) {
        return LACUNA_OK;
    }
    const char *pointer = file->pointer[0] == '\0' ? "/" : file->pointer;
    lac_error_place(err, pointer, lac_json_line(file->json, file->pointer));
    return lac_fail_remedy(err, LACUNA_E_FORMAT, remedy, "%.80s: %.170s", file->name,
                           file->problem);
}

uint32_t lac_gate_line(lac_span json, const char *array, size_t index)
{
    char pointer[LAC_PACK_POINTER];
    (void)snprintf(pointer, sizeof pointer, "/%s/%zu", array, index);
    return lac_json_line(json, pointer);
}

/* ---- values --------------------------------------------------------------------------------- */

static void refuse(lac_pack_reader *r, const char *key, const char *what)
{
    size_t mark = lac_pack_enter(r, key);
    lac_pack_problem(r, "%s", what);
    lac_pack_leave(r, mark);
}

const char *lac_gate_text(lac_pack_reader *r, const json_t *object, const char *key, size_t most)
{
    const char *text = lac_pack_string(r, object, key, true);
    if (text == NULL) {
        return "";
    }
    if (strncmp(text, "TODO", 4) == 0) {
        refuse(r, key, "a person still has to write this");
    } else if (strlen(text) > most) {
        refuse(r, key, "is too long");
    }
    return text;
}

static bool digits(const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
    }
    return true;
}

static uint32_t number(const char *text, size_t count)
{
    uint32_t value = 0;
    for (size_t i = 0; i < count; i++) {
        value = value * 10 + (uint32_t)(text[i] - '0');
    }
    return value;
}

static bool is_date(const char *text)
{
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-' || !digits(text, 4) ||
        !digits(text + 5, 2) || !digits(text + 8, 2)) {
        return false;
    }
    uint32_t year = number(text, 4), month = number(text + 5, 2), day = number(text + 8, 2);
    return day >= 1 && day <= lac_days_in_month(year, month);
}

const char *lac_gate_date(lac_pack_reader *r, const json_t *object, const char *key)
{
    const char *text = lac_pack_string(r, object, key, true);
    if (text == NULL) {
        return "";
    }
    if (!is_date(text)) {
        refuse(r, key, "must be a date of the form YYYY-MM-DD");
        return "";
    }
    return text;
}

const char *lac_gate_hex(lac_pack_reader *r, const json_t *object, const char *key, bool required)
{
    const char *text = lac_pack_string(r, object, key, required);
    if (text != NULL && (strlen(text) != 64 || strspn(text, "0123456789abcdef") != 64)) {
        refuse(r, key, "must be a SHA-256: 64 digits 0-9, a-f");
        return NULL;
    }
    return text;
}
