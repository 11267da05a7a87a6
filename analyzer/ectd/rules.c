#include "analyzer/ectd/rules.h"

#include "analyzer/checklist_read.h"
#include "analyzer/ectd/data.h"
#include "support/error.h"

#include <string.h>

static const char *const PROFILES[] = {"ich", "fda-3.2.2", "fda-4.0", "eu-reading"};

static uint32_t read_profiles(const json_t *rule)
{
    const json_t *array = json_object_get(rule, "profiles");
    uint32_t profiles = 0;
    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *name = json_string_value(json_array_get(array, i));
        for (size_t p = 0; p < sizeof PROFILES / sizeof PROFILES[0] && name != NULL; p++) {
            profiles |= strcmp(PROFILES[p], name) == 0 ? 1u << p : 0;
        }
    }
    return profiles;
}

static lac_severity read_severity(const json_t *rule)
{
    const char *name = json_string_value(json_object_get(rule, "severity"));
    for (uint32_t i = 0; i < LAC_SEVERITY_COUNT && name != NULL; i++) {
        if (strcmp(lac_severity_names[i], name) == 0) {
            return (lac_severity)i;
        }
    }
    return LAC_SEVERITY_INFO;
}

static bool read_rule(lac_ectd_rule *out, lac_arena *arena, const json_t *rule)
{
    bool ok = true;
    out->id = lac_data_text(arena, rule, "id", &ok);
    out->title = lac_data_text(arena, rule, "title", &ok);
    out->meaning = lac_data_text(arena, rule, "meaning", &ok);
    out->remedy = lac_data_text(arena, rule, "remedy", &ok);
    out->citation = lac_data_text(arena, rule, "citation", &ok);
    out->criterion = lac_data_text(arena, rule, "criterion", &ok);
    out->severity = read_severity(rule);
    out->profiles = read_profiles(rule);
    return ok;
}

lacuna_status lac_ectd_rules_load(lac_ectd_rules *out, lac_arena *arena, lacuna_error *err)
{
    json_t *root;
    memset(out, 0, sizeof *out);
    lacuna_status status = lac_embedded_json(&root, "ectd-rules.json", err);
    if (status != LACUNA_OK) {
        return status;
    }
    const json_t *array = json_object_get(root, "rules");
    size_t count = json_array_size(array);
    lac_ectd_rule *items = lac_arena_array(arena, count, sizeof *items);
    status = items == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        const json_t *rule = json_array_get(array, i);
        if (!read_rule(&items[i], arena, rule)) {
            status = lac_fail_nomem(err);
        } else if (items[i].id == NULL || items[i].title == NULL || items[i].meaning == NULL ||
                   items[i].remedy == NULL || items[i].profiles == 0) {
            status = lac_fail(err, LACUNA_E_INTERNAL, "ectd-rules.json: rule %zu is incomplete", i);
        }
    }
    out->items = items;
    out->count = status == LACUNA_OK ? (uint32_t)count : 0;
    json_decref(root);
    return status;
}

const lac_ectd_rule *lac_ectd_rule_find(const lac_ectd_rules *rules, const char *id)
{
    for (uint32_t i = 0; i < rules->count; i++) {
        if (strcmp(rules->items[i].id, id) == 0) {
            return &rules->items[i];
        }
    }
    return NULL;
}
