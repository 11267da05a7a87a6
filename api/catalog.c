#include "api/catalog.h"

#include "analyzer/near_name.h"
#include "api/packs.h"
#include "support/buf.h"
#include "support/error.h"
#include "writers/json/checklists.h"
#include "writers/submission_rules.h"
#include "writers/text/checklist_markdown.h"
#include "writers/text/checklists.h"

#include <stdlib.h>
#include <string.h>

struct lacuna_catalog {
    lac_registry *registry;
    const lac_checklist **lists; /* all of them, by id */
    uint32_t count;
};

lac_registry *lac_catalog_registry(const lacuna_catalog *catalog)
{
    return catalog->registry;
}

typedef struct found_item {
    const lac_checklist *checklist;
    const lac_item *item;
    const char *other; /* another checklist that has this id; NULL: none */
} found_item;

static lacuna_status load_all(lacuna_catalog *catalog, lacuna_error *err)
{
    uint32_t count = lac_registry_count(catalog->registry);
    catalog->lists = calloc((size_t)count + 1, sizeof(const lac_checklist *));
    if (catalog->lists == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < count; i++) {
        const char *id = lac_registry_entry_at(catalog->registry, i)->id;
        lacuna_status status = lac_registry_load(&catalog->lists[i], catalog->registry, id, err);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    catalog->count = count;
    return LACUNA_OK;
}

lacuna_status lacuna_catalog_open(lacuna_catalog **out, const lacuna_options *options,
                                  lacuna_error *err)
{
    *out = NULL;
    lacuna_catalog *catalog = calloc(1, sizeof *catalog);
    if (catalog == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = lac_packs_open(&catalog->registry, options, err);
    if (status == LACUNA_OK) {
        status = load_all(catalog, err);
    }
    if (status != LACUNA_OK) {
        lacuna_catalog_free(catalog);
        return status;
    }
    *out = catalog;
    return LACUNA_OK;
}

void lacuna_catalog_free(lacuna_catalog *catalog)
{
    if (catalog != NULL) {
        free(catalog->lists);
        lac_registry_free(catalog->registry);
        free(catalog);
    }
}

static lacuna_status parse_format(bool *json, const char *format, lacuna_error *err)
{
    *json = strcmp(format, "json") == 0;
    if (!*json && strcmp(format, "text") != 0) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "there is no format \"%s\"", format);
    }
    return LACUNA_OK;
}

lacuna_status lacuna_catalog_list(const lacuna_catalog *catalog, const char *format,
                                  const lacuna_options *options, lacuna_write_fn write, void *user,
                                  lacuna_error *err)
{
    bool json;
    lacuna_status status = parse_format(&json, format, err);
    if (status != LACUNA_OK) {
        return status;
    }
    if (json) {
        return lac_json_checklist_list(catalog->lists, catalog->count, write, user, err);
    }
    lac_text_style style = lac_options_style(options);
    return lac_text_checklist_list(catalog->lists, catalog->count, &style, write, user, err);
}

lacuna_status lacuna_catalog_show(const lacuna_catalog *catalog, const char *checklist,
                                  const char *format, const lacuna_options *options,
                                  lacuna_write_fn write, void *user, lacuna_error *err)
{
    bool json;
    const lac_checklist *loaded = NULL;
    bool markdown = strcmp(format, "markdown") == 0;
    lacuna_status status = markdown ? LACUNA_OK : parse_format(&json, format, err);
    if (status == LACUNA_OK) {
        status = lac_registry_load(&loaded, catalog->registry, checklist, err);
    }
    if (status != LACUNA_OK || markdown) {
        return status == LACUNA_OK ? lac_markdown_checklist(loaded, write, user, err) : status;
    }
    if (json) {
        return lac_json_checklist(loaded, write, user, err);
    }
    lac_text_style style = lac_options_style(options);
    return lac_text_checklist(loaded, &style, write, user, err);
}

/* ---- finding an item ------------------------------------------------------------------------ */

static const char *nearest_item(const lacuna_catalog *catalog, const char *id)
{
    lac_near_name near = lac_near_name_of(id);
    size_t rule_count;
    const lac_rule *rules = lac_rules(&rule_count);
    for (size_t i = 0; i < rule_count; i++) {
        lac_near_name_try(&near, rules[i].id);
    }
    for (uint32_t c = 0; c < catalog->count; c++) {
        for (uint32_t i = 0; i < catalog->lists[c]->item_count; i++) {
            lac_near_name_try(&near, catalog->lists[c]->items[i].id);
        }
    }
    return near.best;
}

static lacuna_status fail_unknown_item(const lacuna_catalog *catalog, const char *id,
                                       lacuna_error *err)
{
    const char *nearest = nearest_item(catalog, id);
    if (nearest == NULL) {
        return lac_fail_remedy(err, LACUNA_E_NOTFOUND,
                               "`lacuna checklists show CHECKLIST` prints the items of a checklist",
                               "there is no checklist item \"%.80s\"", id);
    }
    return lac_fail_remedy(err, LACUNA_E_NOTFOUND, "`lacuna checklists show` prints all items",
                           "there is no checklist item \"%.80s\"; did you mean \"%.80s\"?", id,
                           nearest);
}

/* `id` may carry the checklist in front: "informed_consent/icf.50.25.a.1". */
static lacuna_status find_item(found_item *found, const lacuna_catalog *catalog, const char *id,
                               lacuna_error *err)
{
    const char *slash = strchr(id, '/');
    const char *name = slash == NULL ? id : slash + 1;
    *found = (found_item){NULL, NULL, NULL};
    for (uint32_t c = 0; c < catalog->count; c++) {
        const lac_checklist *list = catalog->lists[c];
        if (slash != NULL && !lac_span_is(lac_span_make(id, (size_t)(slash - id)), list->id)) {
            continue;
        }
        const lac_item *item = lac_checklist_item(list, name);
        if (item != NULL && found->item == NULL) {
            *found = (found_item){list, item, NULL};
        } else if (item != NULL) {
            found->other = list->id;
        }
    }
    if (found->item == NULL) {
        return fail_unknown_item(catalog, id, err);
    }
    if (found->other != NULL) {
        return lac_fail(err, LACUNA_E_ARGUMENT,
                        "\"%.60s\" is in two checklists: ask for %.60s/%.60s or %.60s/%.60s", name,
                        found->checklist->id, name, found->other, name);
    }
    return LACUNA_OK;
}

static lacuna_status explain_rule(const lac_rule *rule, bool json, const lacuna_options *options,
                                  lacuna_write_fn write, void *user, lacuna_error *err)
{
    lac_text_style style = lac_options_style(options);
    return json ? lac_json_explain_rule(rule, write, user, err)
                : lac_text_explain_rule(rule, &style, write, user, err);
}

/* *found tells whether it was a rule about submissions. */
static lacuna_status explain_submission_rule(bool *found, const char *id, bool json,
                                             const lacuna_options *options, lacuna_write_fn write,
                                             void *user, lacuna_error *err)
{
    lac_arena arena;
    lac_ectd_rules rules;
    lac_text_style style = lac_options_style(options);
    lac_arena_init(&arena);
    lacuna_status status = lac_ectd_rules_load(&rules, &arena, err);
    const lac_ectd_rule *rule = status == LACUNA_OK ? lac_ectd_rule_find(&rules, id) : NULL;
    *found = rule != NULL;
    if (rule != NULL) {
        status = json ? lac_json_explain_submission_rule(rule, write, user, err)
                      : lac_text_explain_submission_rule(rule, &style, write, user, err);
    }
    lac_arena_free(&arena);
    return status;
}

lacuna_status lacuna_catalog_explain(const lacuna_catalog *catalog, const char *item,
                                     const char *format, const lacuna_options *options,
                                     lacuna_write_fn write, void *user, lacuna_error *err)
{
    bool json;
    found_item found;
    lacuna_status status = parse_format(&json, format, err);
    const lac_rule *rule = lac_rule_find(item);
    if (status == LACUNA_OK && rule != NULL) {
        return explain_rule(rule, json, options, write, user, err);
    }
    bool of_submissions = false;
    if (status == LACUNA_OK && strncmp(item, "ectd.", 5) == 0) {
        status = explain_submission_rule(&of_submissions, item, json, options, write, user, err);
    }
    if (status == LACUNA_OK && !of_submissions) {
        status = find_item(&found, catalog, item, err);
    }
    if (status != LACUNA_OK || of_submissions) {
        return status;
    }
    if (json) {
        return lac_json_explain(found.checklist, found.item, write, user, err);
    }
    lac_text_style style = lac_options_style(options);
    return lac_text_explain(found.checklist, found.item, &style, write, user, err);
}
