#include "writers/json/pack_diff.h"

#include "writers/json/emit.h"

static void write_side(lac_json *json, const char *key, const lac_checklist *list)
{
    lac_json_object(json, key);
    lac_json_text(json, "digest", list->digest.hex);
    lac_json_text(json, "guidance_version", list->guidance_version);
    lac_json_text(json, "id", list->id);
    lac_json_text(json, "title", list->title);
    lac_json_text(json, "version", list->version);
    lac_json_object_end(json);
}

static void write_item(lac_json *json, const char *key, const lac_item *item,
                       const lac_item_result *result)
{
    if (item == NULL) {
        lac_json_null(json, key);
        return;
    }
    lac_json_object(json, key);
    lac_json_text(json, "citation", item->citation);
    lac_json_text(json, "id", item->id);
    if (result != NULL) {
        lac_json_text(json, "reason", result->reason);
    }
    lac_json_text(json, "requirement", item->requirement);
    lac_json_text(json, "section", item->section);
    if (result != NULL) {
        lac_json_text(json, "status", lac_item_status_name(result->status));
    }
    lac_json_text(json, "title", item->title);
    lac_json_object_end(json);
}

static void write_changes(lac_json *json, const lac_item_pair *pair)
{
    lac_json_array(json, "changes");
    for (uint32_t i = 0; i < pair->change_count; i++) {
        lac_json_object(json, NULL);
        lac_json_text(json, "from", pair->changes[i].from);
        lac_json_text(json, "member", pair->changes[i].member);
        lac_json_text(json, "to", pair->changes[i].to);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

static void write_pair(lac_json *json, const lac_item_pair *pair)
{
    lac_json_object(json, NULL);
    write_item(json, "a", pair->a, pair->result_a);
    write_item(json, "b", pair->b, pair->result_b);
    write_changes(json, pair);
    lac_json_text(json, "kind", lac_pair_kind_name(pair->kind));
    lac_json_fraction(json, "likeness", pair->likeness);
    lac_json_text(json, "matched_by", pair->how);
    if (pair->result_b != NULL) {
        lac_json_bool(json, "unmet", lac_pair_is_unmet(pair));
    }
    lac_json_object_end(json);
}

lacuna_status lac_json_pack_diff(const lac_pack_diff *diff, lacuna_write_fn write, void *user,
                                 lacuna_error *err)
{
    lac_output output;
    lac_json json;
    lac_output_init(&output, write, user);
    lac_json_init(&json, &output);
    lac_json_object(&json, NULL);
    write_side(&json, "a", diff->a);
    write_side(&json, "b", diff->b);
    lac_json_object(&json, "counts");
    lac_json_uint(&json, "changed", diff->counts[LAC_PAIR_CHANGED]);
    lac_json_uint(&json, "only-in-a", diff->counts[LAC_PAIR_ONLY_A]);
    lac_json_uint(&json, "only-in-b", diff->counts[LAC_PAIR_ONLY_B]);
    lac_json_uint(&json, "same", diff->counts[LAC_PAIR_SAME]);
    lac_json_object_end(&json);
    lac_json_text(&json, "document", diff->document);
    lac_json_array(&json, "items");
    for (uint32_t i = 0; i < diff->pair_count; i++) {
        write_pair(&json, &diff->pairs[i]);
    }
    lac_json_array_end(&json);
    lac_json_text(&json, "schema", "lacuna.checklist-diff/1");
    lac_json_object_end(&json);
    lac_json_end(&json);
    return lac_output_finish(&output, err);
}
