#include "analyzer/checklist_read.h"
#include "analyzer/word_table.h"
#include "support/error.h"
#include "support/json_parse.h"
#include "support/json_text.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    MOST_ITEMS = 5000,
    MOST_DEPTH = 16, /* the format itself needs 8 */
};

static const char schema_name[] = "lacuna.checklist/1";
static const char *const pack_keys[] = {"$schema",    "schema",    "id",        "version", "title",
                                        "guidance",   "documents", "languages", "regions", "select",
                                        "background", "items",     NULL};
static const char *const select_keys[] = {"mentions", "headings", "at_least", "otherwise",
                                          "unless",   "besides",  "types",    NULL};

static lac_span without_bom(lac_span json)
{
    if (json.len >= 3 && memcmp(json.ptr, "\xEF\xBB\xBF", 3) == 0) {
        return lac_span_make(json.ptr + 3, json.len - 3);
    }
    return json;
}

static lacuna_status parse_json(json_t **out, lac_span json, const lac_limits *limits,
                                lacuna_error *err)
{
    *out = NULL;
    if (json.len > limits->json_bytes) {
        return lac_fail(err, LACUNA_E_LIMIT, "the checklist is %zu bytes long; at most %llu",
                        json.len, (unsigned long long)limits->json_bytes);
    }
    if (lac_json_depth(json) > MOST_DEPTH) {
        return lac_fail(err, LACUNA_E_FORMAT, "JSON nested more than %d deep", MOST_DEPTH);
    }
    json_error_t error;
    lacuna_status status = lac_json_parse(out, json, 0, &error);
    if (status != LACUNA_E_FORMAT) {
        return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(err);
    }
    if (err != NULL) {
        err->line = error.line > 0 ? (uint32_t)error.line : 0;
        err->offset = error.position > 0 ? (uint64_t)error.position : 0;
    }
    return lac_fail(err, LACUNA_E_FORMAT, "not valid JSON: %s", error.text);
}

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

/* When the pack is meant, where several serve one document type. */
static void read_select(lac_pack_reader *r, lac_checklist *list, const json_t *json)
{
    size_t mark = lac_pack_enter(r, "select");
    if (lac_pack_object(r, json, select_keys)) {
        list->select_mentions =
            lac_pack_terms(r, json, "mentions", true, &list->select_mention_count);
        list->select_headings =
            lac_pack_terms(r, json, "headings", true, &list->select_heading_count);
        uint32_t ignored = 0;
        (void)lac_pack_number(r, json, "at_least", 1, 1000, 1);
        (void)lac_pack_strings(r, json, "unless", &ignored);
        (void)lac_pack_bool(r, json, "besides");
        (void)lac_pack_strings(r, json, "types", &ignored);
        list->select_otherwise = lac_pack_bool(r, json, "otherwise");
    }
    lac_pack_leave(r, mark);
}

static void read_head(lac_pack_reader *r, lac_checklist *list, const json_t *json)
{
    const char *schema = lac_pack_string(r, json, "schema", true);
    if (schema != NULL && strcmp(schema, schema_name) != 0) {
        lac_pack_problem(r, "schema must be \"%s\"", schema_name);
    }
    list->id = or_empty(lac_pack_string(r, json, "id", true));
    if (strspn(list->id, "abcdefghijklmnopqrstuvwxyz0123456789_-") != strlen(list->id)) {
        lac_pack_problem(r, "id: lower-case letters, digits, '_' and '-' only");
    }
    list->version = or_empty(lac_pack_string(r, json, "version", true));
    list->title = or_empty(lac_pack_string(r, json, "title", true));
    list->document_types = lac_pack_strings(r, json, "documents", &list->document_type_count);
    list->languages = lac_pack_strings(r, json, "languages", &list->language_count);
    list->regions = lac_pack_strings(r, json, "regions", &list->region_count);
    list->background = lac_pack_strings(r, json, "background", &list->background_count);
    list->authority_name = list->guidance_version = list->guidance_status = "";
    if (list->document_type_count == 0) {
        lac_pack_problem(r, "\"documents\" must name at least one document type");
    }
    if (list->language_count == 0) {
        lac_pack_problem(r, "\"languages\" must name at least one language");
    }
    const json_t *guidance = json_object_get(json, "guidance");
    if (guidance == NULL) {
        lac_pack_problem(r, "\"guidance\" is missing");
    } else {
        lac_checklist_read_guidance(r, list, guidance);
    }
    const json_t *select = json_object_get(json, "select");
    if (select != NULL) {
        read_select(r, list, select);
    }
}

/* Enters the id and links the item under its parent, which has to stand before it. */
static void link_item(lac_pack_reader *r, lac_word_table *ids, lac_item *items, uint32_t index,
                      const char *parent_id)
{
    lac_item *item = &items[index];
    r->item = item->id;
    if (lac_word_table_find(ids, lac_span_of(item->id)) != LAC_NO_WORD) {
        lac_pack_problem(r, "the id \"%s\" is used twice", item->id);
    }
    if (parent_id != NULL) {
        uint32_t parent = lac_word_table_find(ids, lac_span_of(parent_id));
        if (parent >= index) {
            lac_pack_problem(r, "parent \"%s\" is not an item before this one", parent_id);
        } else {
            item->parent = parent;
            if (items[parent].first_child == UINT32_MAX) {
                items[parent].first_child = index;
            }
        }
    }
    r->item = "";
}

/* Ids are numbered like the items, so every item takes a number: a repeated or empty id gets one
 * that no parent can name. */
static void number_id(lac_pack_reader *r, lac_word_table *ids, const lac_item *items,
                      uint32_t index)
{
    uint32_t number;
    char unique[24];
    lacuna_status status = LACUNA_OK;
    if (lac_word_table_find(ids, lac_span_of(items[index].id)) == LAC_NO_WORD) {
        status = lac_word_table_add(&number, ids, lac_span_of(items[index].id));
    } else {
        (void)snprintf(unique, sizeof unique, "#%u", index);
        status = lac_word_table_add(&number, ids, lac_span_of(unique));
    }
    r->out_of_memory = r->out_of_memory || status != LACUNA_OK;
}

static void read_item_array(lac_pack_reader *r, lac_item *items, uint32_t count,
                            const json_t *array, lac_word_table *ids)
{
    for (uint32_t i = 0; i < count && !r->out_of_memory; i++) {
        const char *parent_id;
        size_t mark = lac_pack_enter_index(r, i);
        lac_checklist_read_item(r, &items[i], &parent_id, json_array_get(array, i));
        link_item(r, ids, items, i, parent_id);
        number_id(r, ids, items, i);
        lac_pack_leave(r, mark);
    }
}

static bool names_type(const char *const *types, uint32_t count, const char *type)
{
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(types[i], type) == 0) {
            return true;
        }
    }
    return false;
}

/* An item may be for some of the pack's document types, for no others. */
static void check_item_types(lac_pack_reader *r, const lac_checklist *list, const lac_item *item)
{
    for (uint32_t i = 0; i < item->document_type_count; i++) {
        if (!names_type(list->document_types, list->document_type_count, item->document_types[i])) {
            lac_pack_problem(r, "\"%.60s\" is not one of the pack's \"documents\"",
                             item->document_types[i]);
        }
    }
}

static void check_structure(lac_pack_reader *r, const lac_checklist *list)
{
    const lac_item *items = list->items;
    for (uint32_t i = 0; i < list->item_count; i++) {
        size_t item = lac_pack_enter_index(r, i);
        r->item = items[i].id;
        check_item_types(r, list, &items[i]);
        r->item = "";
        lac_pack_leave(r, item);
        if (items[i].strength == LAC_STRENGTH_STRUCTURAL && items[i].first_child == UINT32_MAX) {
            size_t mark = lac_pack_enter_index(r, i);
            r->item = items[i].id;
            lac_pack_problem(r, "a structural item needs children");
            r->item = "";
            lac_pack_leave(r, mark);
        }
    }
}

static void read_items(lac_pack_reader *r, lac_checklist *list, const json_t *json)
{
    const json_t *array = lac_pack_array(r, json, "items");
    size_t count = json_array_size(array);
    if (count == 0 || count > MOST_ITEMS) {
        lac_pack_problem(r, "\"items\" must hold 1 to %d items", MOST_ITEMS);
        return;
    }
    lac_word_table ids;
    lac_item *items = lac_arena_array(r->arena, count, sizeof *items);
    if (items == NULL || lac_word_table_init(&ids) != LACUNA_OK) {
        r->out_of_memory = true;
        return;
    }
    size_t mark = lac_pack_enter(r, "items");
    list->items = items;
    list->item_count = (uint32_t)count;
    read_item_array(r, items, (uint32_t)count, array, &ids);
    check_structure(r, list);
    lac_pack_leave(r, mark);
    lac_word_table_free(&ids);
}

static lacuna_status read_pack(lac_checklist *list, lac_pack_reader *r, const json_t *json,
                               lacuna_error *err)
{
    if (!lac_pack_object(r, json, pack_keys)) {
        return lac_fail(err, LACUNA_E_FORMAT, "a checklist is a JSON object");
    }
    read_head(r, list, json);
    read_items(r, list, json);
    return r->out_of_memory ? lac_fail_nomem(err) : LACUNA_OK;
}

lacuna_status lac_checklist_read(lac_checklist **out, uint32_t *problems, lac_span json,
                                 const lac_limits *limits, lac_pack_problem_fn report, void *user,
                                 lacuna_error *err)
{
    *out = NULL;
    *problems = 0;
    json_t *root = NULL;
    lac_checklist *list = calloc(1, sizeof *list);
    if (list == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&list->arena);
    lac_pack_reader r = {.arena = &list->arena, .report = report, .user = user, .item = ""};
    lacuna_status status = lac_sha256(&list->digest, json, err);
    if (status == LACUNA_OK) {
        status = parse_json(&root, without_bom(json), limits, err);
    }
    if (status == LACUNA_OK) {
        status = read_pack(list, &r, root, err);
    }
    json_decref(root);
    *problems = r.problems;
    if (status != LACUNA_OK) {
        lac_checklist_free(list);
        return status;
    }
    *out = list;
    return LACUNA_OK;
}

/* The first problem of a pack, kept for the error. */
typedef struct first_problem {
    bool set;
    char pointer[LAC_PACK_POINTER];
    char text[256];
} first_problem;

static void keep_first(void *user, const char *pointer, const char *item, const char *message)
{
    first_problem *first = user;
    if (!first->set) {
        first->set = true;
        (void)snprintf(first->pointer, sizeof first->pointer, "%s", pointer);
        (void)snprintf(first->text, sizeof first->text, "%s%s%.180s", item,
                       item[0] == '\0' ? "" : ": ", message);
    }
}

lacuna_status lac_checklist_load(lac_checklist **out, lac_span json, const char *name,
                                 const lac_limits *limits, lacuna_error *err)
{
    first_problem first = {.set = false};
    uint32_t problems;
    lacuna_error cause;
    lac_error_clear(&cause);
    lacuna_status status =
        lac_checklist_read(out, &problems, json, limits, keep_first, &first, &cause);
    if (status != LACUNA_OK) {
        lac_error_place(err, first.pointer, cause.line);
        return lac_fail(err, status, "%.100s: %.140s", name, cause.message);
    }
    if (problems == 0) {
        return LACUNA_OK;
    }
    lac_checklist_free(*out);
    *out = NULL;
    lac_error_place(err, first.pointer, lac_json_line(json, first.pointer));
    return lac_fail_remedy(err, LACUNA_E_FORMAT,
                           "`lacuna checklists lint FILE` lists every problem of a pack",
                           "%.60s: %.180s", name, first.text);
}

static void release_terms(const lac_term *const *terms, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        lac_term_release((lac_term *)terms[i]);
    }
}

static void release_item(const lac_item *item)
{
    release_terms(item->condition.holds, item->condition.holds_count);
    release_terms(item->condition.fails, item->condition.fails_count);
    release_terms(item->expect.never, item->expect.never_count);
    release_terms(item->expect.under, item->expect.under_count);
    for (uint32_t i = 0; i < item->expect.fact_count; i++) {
        release_terms(item->expect.facts[i].any, item->expect.facts[i].any_count);
        release_terms(item->expect.facts[i].here, item->expect.facts[i].here_count);
    }
}

void lac_checklist_free(lac_checklist *checklist)
{
    if (checklist == NULL) {
        return;
    }
    for (uint32_t i = 0; i < checklist->item_count; i++) {
        release_item(&checklist->items[i]);
    }
    release_terms(checklist->select_mentions, checklist->select_mention_count);
    release_terms(checklist->select_headings, checklist->select_heading_count);
    lac_arena arena = checklist->arena;
    lac_arena_free(&arena);
    free(checklist);
}

const lac_item *lac_checklist_item(const lac_checklist *checklist, const char *id)
{
    for (uint32_t i = 0; i < checklist->item_count; i++) {
        if (strcmp(checklist->items[i].id, id) == 0) {
            return &checklist->items[i];
        }
    }
    return NULL;
}

bool lac_item_serves(const lac_checklist *checklist, const lac_item *item, const char *type)
{
    return type == NULL || item->document_type_count == 0 ||
           !names_type(checklist->document_types, checklist->document_type_count, type) ||
           names_type(item->document_types, item->document_type_count, type);
}
