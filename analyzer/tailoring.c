#include "analyzer/tailoring.h"

#include "analyzer/checklist_read.h"
#include "analyzer/pack_canonical.h"
#include "support/error.h"
#include "support/json_text.h"

#include <stdio.h>

enum { TEXT_MAX = 64 << 20 };

/* ---- reading -------------------------------------------------------------------------------- */

static const char *const root_keys[] = {"$schema",      "schema", "id",   "version",
                                        "title",        "base",   "note", "deselect_others",
                                        "base_version", "items",  "add",  NULL};
static const char *const item_keys[] = {"id",      "deselect", "select",    "severity",
                                        "aliases", "facts",    "elsewhere", NULL};

typedef struct first_problem {
    char pointer[LAC_PACK_POINTER];
    char text[256];
} first_problem;

static void keep_first(void *user, const char *pointer, const char *item, const char *message)
{
    first_problem *first = user;
    if (first->text[0] == '\0') {
        (void)snprintf(first->pointer, sizeof first->pointer, "%s", pointer);
        (void)snprintf(first->text, sizeof first->text, "%.64s%s%.180s", item,
                       item[0] == '\0' ? "" : ": ", message);
    }
}

/* What a pack says about an item that is not for others to change. */
static void refuse_key(lac_pack_reader *r, const json_t *item, const char *key)
{
    if (json_object_get(item, key) != NULL) {
        lac_pack_problem(r, "a tailoring cannot change \"%s\"; make an item of your own in \"add\"",
                         key);
    }
}

static void check_item(lac_pack_reader *r, const json_t *item)
{
    static const char *const fixed[] = {"confidence", "citation", "source", "requirement",
                                        "authority",  "strength", "title",  "when"};
    uint32_t count;
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
        refuse_key(r, item, fixed[i]);
    }
    if (!lac_pack_object(r, item, item_keys)) {
        return;
    }
    const char *id = lac_pack_string(r, item, "id", true);
    r->item = id == NULL ? "" : id;
    bool left_out = lac_pack_string(r, item, "deselect", false) != NULL;
    bool selected = lac_pack_bool(r, item, "select");
    (void)lac_pack_choice(r, item, "severity", lac_severity_names, LAC_SEVERITY_COUNT, 0);
    (void)lac_pack_strings(r, item, "aliases", &count);
    (void)lac_pack_strings(r, item, "elsewhere", &count);
    (void)lac_pack_array(r, item, "facts");
    if (left_out && (selected || json_object_size(item) > 2)) {
        lac_pack_problem(r, "an item that is left out has nothing else to tailor");
    }
    r->item = "";
}

static void check_form(lac_pack_reader *r, const json_t *root)
{
    if (!lac_pack_object(r, root, root_keys)) {
        return;
    }
    const char *schema = lac_pack_string(r, root, "schema", true);
    if (schema != NULL && strcmp(schema, "lacuna.tailoring/1") != 0) {
        lac_pack_problem(r, "schema must be \"lacuna.tailoring/1\"");
    }
    (void)lac_pack_string(r, root, "id", true);
    (void)lac_pack_string(r, root, "version", true);
    (void)lac_pack_string(r, root, "base", true);
    (void)lac_pack_string(r, root, "title", false);
    (void)lac_pack_string(r, root, "note", false);
    (void)lac_pack_string(r, root, "base_version", false);
    (void)lac_pack_string(r, root, "deselect_others", false);
    (void)lac_pack_array(r, root, "add");
    const json_t *items = lac_pack_array(r, root, "items");
    size_t mark = lac_pack_enter(r, "items");
    for (size_t i = 0; i < json_array_size(items); i++) {
        size_t inner = lac_pack_enter_index(r, i);
        check_item(r, json_array_get(items, i));
        lac_pack_leave(r, inner);
    }
    lac_pack_leave(r, mark);
}

lacuna_status lac_tailoring_read(lac_tailoring *out, lac_span json, const char *name,
                                 lacuna_error *err)
{
    lac_arena arena;
    first_problem first = {.text = ""};
    *out = (lac_tailoring){.root = NULL};
    lacuna_status status = lac_sha256(&out->digest, json, err);
    if (status == LACUNA_OK) {
        status = lac_pack_parse(&out->root, json, err);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    lac_arena_init(&arena);
    lac_pack_reader r = {.arena = &arena, .report = keep_first, .user = &first, .item = ""};
    check_form(&r, out->root);
    lac_arena_free(&arena);
    if (r.out_of_memory || r.problems > 0) {
        lac_tailoring_free(out);
        if (r.out_of_memory) {
            return lac_fail_nomem(err);
        }
        lac_error_place(err, first.pointer, lac_json_line(json, first.pointer));
        return lac_fail(err, LACUNA_E_FORMAT, "%.80s: %.180s", name, first.text);
    }
    out->id = json_string_value(json_object_get(out->root, "id"));
    out->version = json_string_value(json_object_get(out->root, "version"));
    out->base = json_string_value(json_object_get(out->root, "base"));
    return LACUNA_OK;
}

void lac_tailoring_free(lac_tailoring *tailoring)
{
    json_decref(tailoring->root);
    tailoring->root = NULL;
}

/* ---- laying it over ------------------------------------------------------------------------- */

static json_t *find_item(const json_t *pack, const char *id)
{
    const json_t *items = json_object_get(pack, "items");
    for (size_t i = 0; i < json_array_size(items); i++) {
        json_t *item = json_array_get(items, i);
        const char *other = json_string_value(json_object_get(item, "id"));
        if (other != NULL && strcmp(other, id) == 0) {
            return item;
        }
    }
    return NULL;
}

/* The array of a member, made where it is not there; NULL: out of memory. */
static json_t *array_of(json_t *object, const char *key)
{
    json_t *array = json_object_get(object, key);
    if (array == NULL && json_object_set_new(object, key, json_array()) == 0) {
        array = json_object_get(object, key);
    }
    return array;
}

static bool holds(const json_t *array, const json_t *value)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        if (json_equal(json_array_get(array, i), value) == 1) {
            return true;
        }
    }
    return false;
}

static bool append_all(json_t *object, const char *key, const json_t *values)
{
    json_t *array = json_array_size(values) == 0 ? NULL : array_of(object, key);
    for (size_t i = 0; i < json_array_size(values); i++) {
        json_t *value = json_array_get(values, i);
        if (array == NULL || (!holds(array, value) && json_array_append(array, value) != 0)) {
            return false;
        }
    }
    return true;
}

/* Added facts are further ways to meet an item: how many it needs stays as it was. */
static bool add_facts(json_t *item, const json_t *facts)
{
    if (json_array_size(facts) == 0) {
        return true;
    }
    json_t *expect = json_object_get(item, "expect");
    if (expect == NULL) {
        if (json_object_set_new(item, "expect", json_object()) != 0) {
            return false;
        }
        expect = json_object_get(item, "expect");
    }
    size_t before = json_array_size(json_object_get(expect, "facts"));
    if (json_object_get(expect, "at_least") == NULL &&
        json_object_set_new(expect, "at_least",
                            json_integer(before == 0 ? 1 : (json_int_t)before)) != 0) {
        return false;
    }
    return append_all(expect, "facts", facts);
}

static lacuna_status tailor_item(json_t *pack, const json_t *change, const char *name,
                                 lacuna_error *err)
{
    const char *id = json_string_value(json_object_get(change, "id"));
    json_t *item = find_item(pack, id);
    json_t *severity = json_object_get(change, "severity");
    if (item == NULL) {
        return lac_fail_remedy(err, LACUNA_E_FORMAT, "`lacuna checklists show` prints its items",
                               "%.80s: the checklist %.64s has no item \"%.64s\"", name,
                               json_string_value(json_object_get(pack, "id")), id);
    }
    bool done = (severity == NULL || json_object_set(item, "severity", severity) == 0) &&
                append_all(item, "aliases", json_object_get(change, "aliases")) &&
                append_all(item, "elsewhere", json_object_get(change, "elsewhere")) &&
                add_facts(item, json_object_get(change, "facts"));
    return done ? LACUNA_OK : lac_fail_nomem(err);
}

lacuna_status lac_tailoring_apply(json_t *pack, const lac_tailoring *tailoring, const char *name,
                                  lacuna_error *err)
{
    const json_t *items = json_object_get(tailoring->root, "items");
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < json_array_size(items) && status == LACUNA_OK; i++) {
        status = tailor_item(pack, json_array_get(items, i), name, err);
    }
    if (status == LACUNA_OK &&
        !append_all(pack, "items", json_object_get(tailoring->root, "add"))) {
        status = lac_fail_nomem(err);
    }
    return status;
}

/* ---- what is left out ----------------------------------------------------------------------- */

static const json_t *change_of(const lac_tailoring *tailoring, const char *list, const char *id)
{
    const json_t *items = json_object_get(tailoring->root, list);
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *change = json_array_get(items, i);
        const char *other = json_string_value(json_object_get(change, "id"));
        if (other != NULL && strcmp(other, id) == 0) {
            return change;
        }
    }
    return NULL;
}

static bool names_below(const lac_checklist *list, const lac_tailoring *tailoring, uint32_t item)
{
    for (uint32_t i = item + 1; i < list->item_count; i++) {
        uint32_t above = list->items[i].parent;
        while (above != UINT32_MAX && above != item) {
            above = list->items[above].parent;
        }
        if (above == item && (change_of(tailoring, "items", list->items[i].id) != NULL ||
                              change_of(tailoring, "add", list->items[i].id) != NULL)) {
            return true;
        }
    }
    return false;
}

/* Why an item is left out; NULL: nothing is said. *kept: it is asked, whatever was said before. */
static const char *reason_of(bool *kept, const lac_checklist *list, const lac_tailoring *tailoring,
                             uint32_t item)
{
    const char *id = list->items[item].id;
    const json_t *change = change_of(tailoring, "items", id);
    const char *reason = json_string_value(json_object_get(change, "deselect"));
    const char *others = json_string_value(json_object_get(tailoring->root, "deselect_others"));
    bool added = change_of(tailoring, "add", id) != NULL;
    *kept = added || json_is_true(json_object_get(change, "select"));
    if (reason == NULL && change == NULL && !added && others != NULL &&
        !names_below(list, tailoring, item)) {
        reason = others;
    }
    return reason;
}

static const char *sentence(lac_checklist *list, const lac_tailoring *tailoring, const char *reason)
{
    lac_buf text;
    const char *copy = NULL;
    lac_buf_init(&text, 4096);
    if (lac_buf_printf(&text, "Left out by the tailoring %.64s %.32s: %.1000s", tailoring->id,
                       tailoring->version, reason) == LACUNA_OK) {
        copy = lac_arena_copy(&list->arena, lac_buf_span(&text));
    }
    lac_buf_free(&text);
    return copy;
}

lacuna_status lac_tailoring_mark(lac_checklist *checklist, const lac_tailoring *tailoring,
                                 lacuna_error *err)
{
    lac_tailored_by *by =
        lac_arena_array(&checklist->arena, (size_t)checklist->tailored_count + 1, sizeof *by);
    if (by == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < checklist->tailored_count; i++) {
        by[i] = checklist->tailored[i];
    }
    by[checklist->tailored_count] = (lac_tailored_by){
        lac_arena_copy(&checklist->arena, lac_span_of(tailoring->id)),
        lac_arena_copy(&checklist->arena, lac_span_of(tailoring->version)), tailoring->digest};
    if (by[checklist->tailored_count].id == NULL || by[checklist->tailored_count].version == NULL) {
        return lac_fail_nomem(err);
    }
    checklist->tailored = by;
    checklist->tailored_count++;
    lac_item *items = (lac_item *)checklist->items; /* not handed out yet */
    for (uint32_t i = 0; i < checklist->item_count; i++) {
        bool kept;
        const char *reason = reason_of(&kept, checklist, tailoring, i);
        const char *above = items[i].parent == UINT32_MAX ? NULL : items[items[i].parent].left_out;
        if (kept) {
            items[i].left_out = NULL;
        } else if (reason != NULL) {
            items[i].left_out = sentence(checklist, tailoring, reason);
            if (items[i].left_out == NULL) {
                return lac_fail_nomem(err);
            }
        } else if (above != NULL && items[i].left_out == NULL) {
            items[i].left_out = above;
        }
    }
    return LACUNA_OK;
}

/* ---- the whole ------------------------------------------------------------------------------ */

/* The tree of the checklist with everything laid over it, as text. */
static lacuna_status compose(lac_buf *text, lac_span json, const lac_tailoring *tailorings,
                             const char *const *names, uint32_t count, lacuna_error *err)
{
    json_t *pack = NULL;
    lacuna_status status = lac_pack_parse(&pack, json, err);
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = lac_tailoring_apply(pack, &tailorings[i], names[i], err);
    }
    if (status == LACUNA_OK) {
        status = lac_pack_print(text, pack, err);
    }
    json_decref(pack);
    return status;
}

static lacuna_status load_composed(lac_checklist **out, lac_span json, lac_span composed,
                                   const lac_tailoring *tailorings, const char *const *names,
                                   uint32_t count, const lac_limits *limits, lacuna_error *err)
{
    lacuna_status status = lac_checklist_load(out, composed, names[count - 1], limits, err);
    if (status != LACUNA_OK && err != NULL) {
        err->line = 0; /* of a text that nobody has */
    }
    if (status == LACUNA_OK) {
        status = lac_sha256(&(*out)->digest, json, err);
    }
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = lac_tailoring_mark(*out, &tailorings[i], err);
    }
    if (status != LACUNA_OK) {
        lac_checklist_free(*out);
        *out = NULL;
    }
    return status;
}

lacuna_status lac_tailored_load(lac_checklist **out, lac_span json, const char *name,
                                const lac_span *tailorings, const char *const *names,
                                uint32_t count, const lac_limits *limits, lacuna_error *err)
{
    lac_tailoring read[LAC_TAILORINGS] = {{.root = NULL}};
    lac_buf text;
    *out = NULL;
    if (count == 0) {
        return lac_checklist_load(out, json, name, limits, err);
    }
    if (count > LAC_TAILORINGS) {
        return lac_fail(err, LACUNA_E_LIMIT, "more than %d tailorings of %.64s", LAC_TAILORINGS,
                        name);
    }
    lac_buf_init(&text, TEXT_MAX);
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = lac_tailoring_read(&read[i], tailorings[i], names[i], err);
    }
    if (status == LACUNA_OK) {
        status = compose(&text, json, read, names, count, err);
    }
    if (status == LACUNA_OK) {
        status = load_composed(out, json, lac_buf_span(&text), read, names, count, limits, err);
    }
    for (uint32_t i = 0; i < count; i++) {
        lac_tailoring_free(&read[i]);
    }
    lac_buf_free(&text);
    return status;
}
