#include "analyzer/pack_diff.h"

#include "analyzer/pack_cell.h"
#include "analyzer/pack_match.h"
#include "support/error.h"

#include <string.h>

enum { TEXT_BYTES = 1 << 18 };

static const char *const kind_names[LAC_PAIR_KINDS] = {"only-in-b", "only-in-a", "changed", "same"};

const char *lac_pair_kind_name(lac_pair_kind kind)
{
    return kind_names[kind];
}

typedef struct comparing {
    lac_pack_diff *diff;
    lac_buf text;
    lacuna_error *err;
} comparing;

/* A member by its dotted path; NULL: not there. */
static const json_t *member_at(const json_t *object, const char *path)
{
    char key[64];
    while (object != NULL) {
        size_t length = strcspn(path, ".");
        if (length >= sizeof key) {
            return NULL;
        }
        memcpy(key, path, length);
        key[length] = '\0';
        object = json_object_get(object, key);
        if (path[length] == '\0') {
            return object;
        }
        path += length + 1;
    }
    return NULL;
}

static const char *text_of(comparing *c, lac_column_kind kind, const json_t *value)
{
    bool fits;
    if (value == NULL) {
        return "";
    }
    if (lac_cell_print(&c->text, &fits, kind, value, c->err) != LACUNA_OK) {
        return NULL;
    }
    return lac_arena_copy(&c->diff->arena, lac_buf_span(&c->text));
}

/* Ids and what refers to them differ between packs by nature. */
static bool is_compared(const lac_column *column)
{
    static const char *const left_out[] = {"id", "parent", "replaces", "same_as"};
    for (size_t i = 0; i < sizeof left_out / sizeof left_out[0]; i++) {
        if (strcmp(column->name, left_out[i]) == 0) {
            return false;
        }
    }
    return column->kind != LAC_COLUMN_REST;
}

static lacuna_status compare_members(comparing *c, lac_item_pair *pair, const json_t *a,
                                     const json_t *b)
{
    lac_member_change *changes =
        lac_arena_array(&c->diff->arena, lac_item_column_count, sizeof *changes);
    if (changes == NULL) {
        return lac_fail_nomem(c->err);
    }
    pair->changes = changes;
    for (size_t i = 0; i < lac_item_column_count; i++) {
        const lac_column *column = &lac_item_columns[i];
        const json_t *from = member_at(a, column->name);
        const json_t *to = member_at(b, column->name);
        if (!is_compared(column) || from == to || (from != NULL && json_equal(from, to) == 1)) {
            continue;
        }
        lac_member_change change = {column->name, text_of(c, column->kind, from),
                                    text_of(c, column->kind, to)};
        if (change.from == NULL || change.to == NULL) {
            return lac_fail_nomem(c->err);
        }
        changes[pair->change_count++] = change;
    }
    pair->kind = pair->change_count > 0 ? LAC_PAIR_CHANGED : LAC_PAIR_SAME;
    return LACUNA_OK;
}

static lacuna_status make_pairs(comparing *c, const lac_item_match *matches, const json_t *items_a,
                                const json_t *items_b)
{
    lac_pack_diff *diff = c->diff;
    lacuna_status status = LACUNA_OK;
    for (uint32_t j = 0; j < diff->b->item_count && status == LACUNA_OK; j++) {
        lac_item_pair *pair = &diff->pairs[diff->pair_count++];
        uint32_t i = matches[j].a;
        *pair = (lac_item_pair){.kind = LAC_PAIR_ONLY_B, .b = &diff->b->items[j]};
        if (i != UINT32_MAX) {
            pair->a = &diff->a->items[i];
            pair->how = matches[j].how;
            pair->likeness = matches[j].likeness;
            status =
                compare_members(c, pair, json_array_get(items_a, i), json_array_get(items_b, j));
        }
    }
    return status;
}

static void add_only_a(lac_pack_diff *diff, const lac_item_match *matches)
{
    for (uint32_t i = 0; i < diff->a->item_count; i++) {
        bool matched = false;
        for (uint32_t j = 0; j < diff->b->item_count && !matched; j++) {
            matched = matches[j].a == i;
        }
        if (!matched) {
            diff->pairs[diff->pair_count++] =
                (lac_item_pair){.kind = LAC_PAIR_ONLY_A, .a = &diff->a->items[i]};
        }
    }
}

lacuna_status lac_pack_diff_make(lac_pack_diff *out, const lac_checklist *a, const json_t *tree_a,
                                 const lac_checklist *b, const json_t *tree_b, lacuna_error *err)
{
    *out = (lac_pack_diff){.a = a, .b = b};
    lac_arena_init(&out->arena);
    comparing c = {.diff = out, .err = err};
    lac_item_match *matches = NULL;
    out->pairs =
        lac_arena_array(&out->arena, (size_t)a->item_count + b->item_count, sizeof *out->pairs);
    lacuna_status status = out->pairs == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    if (status == LACUNA_OK) {
        status = lac_match_items(&matches, &out->arena, a, b, err);
    }
    lac_buf_init(&c.text, TEXT_BYTES);
    if (status == LACUNA_OK) {
        status = make_pairs(&c, matches, json_object_get(tree_a, "items"),
                            json_object_get(tree_b, "items"));
    }
    lac_buf_free(&c.text);
    if (status != LACUNA_OK) {
        return status;
    }
    add_only_a(out, matches);
    for (uint32_t i = 0; i < out->pair_count; i++) {
        out->counts[out->pairs[i].kind]++;
    }
    return LACUNA_OK;
}

void lac_pack_diff_free(lac_pack_diff *diff)
{
    lac_arena_free(&diff->arena);
}

static const lac_item_result *result_of(const lac_document_result *with, const char *id)
{
    for (uint32_t c = 0; id != NULL && c < with->checklist_count; c++) {
        for (uint32_t i = 0; i < with->checklists[c].item_count; i++) {
            if (strcmp(with->checklists[c].items[i].item->id, id) == 0) {
                return &with->checklists[c].items[i];
            }
        }
    }
    return NULL;
}

void lac_pack_diff_judge(lac_pack_diff *diff, const lac_document_result *with_a,
                         const lac_document_result *with_b)
{
    for (uint32_t i = 0; i < diff->pair_count; i++) {
        lac_item_pair *pair = &diff->pairs[i];
        pair->result_a = result_of(with_a, pair->a == NULL ? NULL : pair->a->id);
        pair->result_b = result_of(with_b, pair->b == NULL ? NULL : pair->b->id);
    }
}

bool lac_pair_is_unmet(const lac_item_pair *pair)
{
    return pair->result_b != NULL && pair->b->strength != LAC_STRENGTH_STRUCTURAL &&
           (lac_item_status_is_gap(pair->result_b->status) ||
            pair->result_b->status == LAC_NOT_EVALUATED);
}
