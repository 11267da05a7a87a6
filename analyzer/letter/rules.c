#include "analyzer/letter/rules.h"

#include "analyzer/pack_reader.h"
#include "checklists/embed.h"
#include "support/error.h"
#include "support/json_parse.h"

#include <stdlib.h>
#include <string.h>

static const char *const GROUPS[LAC_LETTER_GROUPS] = {
    "lines",  "paragraphs", "headings", "boilerplate", "disciplines", "types",     "kinds",
    "clocks", "duties",     "cites",    "promises",    "no-change",   "placements"};

enum { MOST_RULES = 256, MOST_COUNT = 3650 };

static void keep_problem(void *user, const char *pointer, const char *item, const char *message)
{
    lacuna_error *err = user;
    (void)item;
    if (err != NULL && err->status == LACUNA_OK) { /* the first one tells */
        (void)lac_fail(err, LACUNA_E_FORMAT, "agency letters%s: %s", pointer, message);
    }
}

static const char *optional(lac_pack_reader *r, const json_t *object, const char *key)
{
    const char *text = lac_pack_string(r, object, key, false);
    return text == NULL ? "" : text;
}

static void read_rule(lac_letter_rule *rule, lac_pack_reader *r, const json_t *json)
{
    static const char *const known[] = {"id",       "value", "role",    "terms",    "matches",
                                        "innocent", "kinds", "text",    "citation", "count",
                                        "unit",     "who",   "meaning", NULL};
    if (!lac_pack_object(r, json, known)) {
        return;
    }
    rule->id = lac_pack_string(r, json, "id", true);
    rule->value = optional(r, json, "value");
    rule->role = optional(r, json, "role");
    rule->terms = lac_pack_terms(r, json, "terms", true, &rule->term_count);
    rule->matches = lac_pack_strings(r, json, "matches", &rule->match_count);
    rule->innocent = lac_pack_strings(r, json, "innocent", &rule->innocent_count);
    rule->kinds = lac_pack_strings(r, json, "kinds", &rule->kind_count);
    rule->text = optional(r, json, "text");
    rule->citation = optional(r, json, "citation");
    rule->unit = optional(r, json, "unit");
    rule->who = optional(r, json, "who");
    rule->meaning = optional(r, json, "meaning");
    rule->count = lac_pack_number(r, json, "count", 0, MOST_COUNT, 0);
}

static void read_group(lac_letter_rule_list *list, lac_pack_reader *r, const json_t *root,
                       const char *name)
{
    const json_t *array = lac_pack_array(r, root, name);
    size_t count = json_array_size(array);
    size_t mark = lac_pack_enter(r, name);
    if (count == 0 || count > MOST_RULES) {
        lac_pack_problem(r, "1 to %d rules expected", MOST_RULES);
        count = 0;
    }
    lac_letter_rule *rules = lac_arena_array(r->arena, count, sizeof *rules);
    if (rules == NULL) {
        r->out_of_memory = true;
        count = 0;
    }
    for (size_t i = 0; i < count; i++) {
        size_t inner = lac_pack_enter_index(r, i);
        read_rule(&rules[i], r, json_array_get(array, i));
        lac_pack_leave(r, inner);
    }
    list->items = rules;
    list->count = (uint32_t)count;
    lac_pack_leave(r, mark);
}

static lacuna_status read_all(lac_letter_rules *rules, const json_t *root, lacuna_error *err)
{
    static const char *const known[] = {
        "schema",   "id",          "version",     "authority", "lines",      "paragraphs",
        "headings", "boilerplate", "disciplines", "types",     "kinds",      "clocks",
        "duties",   "cites",       "promises",    "no-change", "placements", NULL};
    lac_pack_reader r = {.arena = &rules->arena, .report = keep_problem, .user = err, .item = ""};
    if (lac_pack_object(&r, root, known)) {
        rules->id = lac_pack_string(&r, root, "id", true);
        rules->version = lac_pack_string(&r, root, "version", true);
        rules->authority = lac_pack_string(&r, root, "authority", true);
        for (int i = 0; i < LAC_LETTER_GROUPS; i++) {
            read_group(&rules->groups[i], &r, root, GROUPS[i]);
        }
    }
    if (r.out_of_memory) {
        return lac_fail_nomem(err);
    }
    return r.problems == 0 ? LACUNA_OK : LACUNA_E_FORMAT;
}

lacuna_status lac_letter_rules_load(lac_letter_rules **out, lac_span json, lacuna_error *err)
{
    *out = NULL;
    lacuna_error local = {0};
    lacuna_error *told = err == NULL ? &local : err;
    lac_error_clear(told);
    json_error_t where;
    json_t *root = NULL;
    lacuna_status status = lac_json_parse(&root, json, 0, &where);
    if (status != LACUNA_OK) {
        return status == LACUNA_E_FORMAT
                   ? lac_fail(told, status, "agency letters, line %d: %s", where.line, where.text)
                   : lac_fail_nomem(told);
    }
    lac_letter_rules *rules = calloc(1, sizeof *rules);
    if (rules == NULL) {
        status = lac_fail_nomem(told);
    } else {
        lac_arena_init(&rules->arena);
        status = read_all(rules, root, told);
    }
    if (status != LACUNA_OK) {
        lac_letter_rules_free(rules);
        rules = NULL;
    }
    json_decref(root);
    *out = rules;
    return status;
}

lacuna_status lac_letter_rules_built_in(lac_letter_rules **out, lacuna_error *err)
{
    *out = NULL;
    for (size_t i = 0; i < lac_embedded_count(); i++) {
        if (strcmp(lac_embedded_name(i), "agency-letters.json") == 0) {
            return lac_letter_rules_load(out, lac_embedded_data(i), err);
        }
    }
    return lac_fail(err, LACUNA_E_INTERNAL, "agency-letters.json is not built in");
}

static void release_rule(const lac_letter_rule *rule)
{
    for (uint32_t i = 0; i < rule->term_count; i++) {
        lac_term_release((lac_term *)(uintptr_t)rule->terms[i]);
    }
}

void lac_letter_rules_free(lac_letter_rules *rules)
{
    if (rules == NULL) {
        return;
    }
    for (int g = 0; g < LAC_LETTER_GROUPS; g++) {
        for (uint32_t i = 0; i < rules->groups[g].count; i++) {
            release_rule(&rules->groups[g].items[i]);
        }
    }
    lac_arena_free(&rules->arena);
    free(rules);
}

const char *lac_letter_group_name(lac_letter_group group)
{
    return GROUPS[group];
}

const lac_letter_rule *lac_letter_rule_named(const lac_letter_rules *rules, lac_letter_group group,
                                             const char *id)
{
    const lac_letter_rule_list *list = &rules->groups[group];
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i].id != NULL && strcmp(list->items[i].id, id) == 0) {
            return &list->items[i];
        }
    }
    return NULL;
}

bool lac_letter_rule_for_kind(const lac_letter_rule *rule, const char *kind)
{
    for (uint32_t i = 0; i < rule->kind_count; i++) {
        if (strcmp(rule->kinds[i], kind) == 0) {
            return true;
        }
    }
    return rule->kind_count == 0;
}
