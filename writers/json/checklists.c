#include "writers/json/checklists.h"

#include "writers/json/emit.h"

static void write_head_members(lac_json *json, const lac_checklist *checklist)
{
    lac_json_text(json, "authority", checklist->authority_name);
    lac_json_text(json, "digest", checklist->digest.hex);
    lac_json_texts(json, "documents", checklist->document_types, checklist->document_type_count);
    lac_json_text(json, "effective", checklist->effective);
    lac_json_text(json, "guidance_status", checklist->guidance_status);
    lac_json_text(json, "guidance_version", checklist->guidance_version);
    lac_json_text(json, "id", checklist->id);
    lac_json_array(json, "in_force");
    for (uint32_t i = 0; i < checklist->in_force_count; i++) {
        lac_json_object(json, NULL);
        lac_json_text(json, "effective", checklist->in_force[i].effective);
        lac_json_text(json, "region", checklist->in_force[i].region);
        lac_json_text(json, "superseded", checklist->in_force[i].superseded);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
    lac_json_uint(json, "item_count", checklist->item_count);
}

static void write_tail_members(lac_json *json, const lac_checklist *checklist)
{
    lac_json_texts(json, "languages", checklist->languages, checklist->language_count);
    lac_json_text(json, "note", checklist->note);
    lac_json_text(json, "review_by", checklist->review_by);
    lac_json_texts(json, "sources", checklist->sources, checklist->source_count);
    lac_json_text(json, "superseded_by", checklist->superseded_by);
    lac_json_text(json, "supersedes", checklist->supersedes);
    lac_json_text(json, "title", checklist->title);
    lac_json_text(json, "version", checklist->version);
}

static void write_terms(lac_json *json, const char *key, const lac_term *const *terms,
                        uint32_t count)
{
    lac_json_array(json, key);
    for (uint32_t i = 0; i < count; i++) {
        lac_json_text(json, NULL, lac_term_source(terms[i]));
    }
    lac_json_array_end(json);
}

static void write_cases(lac_json *json, const lac_condition *condition)
{
    lac_json_array(json, "facts");
    for (uint32_t i = 0; i < condition->case_count; i++) {
        lac_json_array(json, NULL);
        for (uint32_t d = 0; d < condition->cases[i].count; d++) {
            const lac_fact_demand *demand = &condition->cases[i].demands[d];
            lac_json_object(json, NULL);
            lac_json_text(json, "fact", demand->key);
            lac_json_texts(json, "values", demand->values, demand->value_count);
            lac_json_object_end(json);
        }
        lac_json_array_end(json);
    }
    lac_json_array_end(json);
}

static void write_condition(lac_json *json, const lac_condition *condition)
{
    if (condition->kind == LAC_CONDITION_NONE) {
        lac_json_null(json, "condition");
        return;
    }
    lac_json_object(json, "condition");
    write_cases(json, condition);
    write_terms(json, "fails", condition->fails, condition->fails_count);
    write_terms(json, "holds", condition->holds, condition->holds_count);
    lac_json_text(json, "kind", lac_condition_kind_name(condition->kind));
    lac_json_text(json, "text", condition->text);
    lac_json_object_end(json);
}

static void write_facts(lac_json *json, const lac_expectation *expect)
{
    lac_json_array(json, "facts");
    for (uint32_t i = 0; i < expect->fact_count; i++) {
        const lac_fact *fact = &expect->facts[i];
        lac_json_object(json, NULL);
        write_terms(json, "any", fact->any, fact->any_count);
        write_terms(json, "here", fact->here, fact->here_count);
        lac_json_text(json, "name", fact->name);
        lac_json_bool(json, "required", fact->required);
        lac_json_bool(json, "title", fact->title);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

static void write_expectation(lac_json *json, const lac_expectation *expect)
{
    lac_json_object(json, "expect");
    lac_json_uint(json, "at_least", expect->at_least);
    lac_json_uint(json, "at_least_elsewhere", expect->at_least_elsewhere);
    lac_json_bool(json, "background", expect->background);
    write_facts(json, expect);
    lac_json_bool(json, "facts_only", expect->facts_only);
    lac_json_text(json, "fixed_text", expect->fixed_text);
    lac_json_bool(json, "heading_required", expect->heading_required);
    write_terms(json, "never", expect->never, expect->never_count);
    lac_json_bool(json, "picture", expect->picture);
    lac_json_bool(json, "table", expect->table);
    write_terms(json, "under", expect->under, expect->under_count);
    lac_json_uint(json, "words", expect->words);
    lac_json_object_end(json);
}

static void write_item(lac_json *json, const lac_checklist *checklist, const lac_item *item)
{
    lac_json_object(json, NULL);
    lac_json_texts(json, "aliases", item->aliases, item->alias_count);
    lac_json_text(json, "authority", lac_authority_name(item->authority));
    lac_json_text(json, "checklist", checklist->id);
    lac_json_text(json, "citation", item->citation);
    write_condition(json, &item->condition);
    lac_json_text(json, "confidence", lac_confidence_name(item->confidence));
    lac_json_text(json, "decidable_by", lac_decider_name(item->decider));
    lac_json_texts(json, "documents", item->document_types, item->document_type_count);
    lac_json_texts(json, "elsewhere", item->elsewhere, item->elsewhere_count);
    write_expectation(json, &item->expect);
    lac_json_text(json, "id", item->id);
    lac_json_texts(json, "innocent", item->innocent, item->innocent_count);
    lac_json_texts(json, "match", item->match, item->match_count);
    lac_json_bool(json, "never_not_applicable", item->never_not_applicable);
    lac_json_texts(json, "numbers", item->numbers, item->number_count);
    lac_json_text(json, "parent",
                  item->parent < checklist->item_count ? checklist->items[item->parent].id : NULL);
    lac_json_text(json, "requirement", item->requirement);
    lac_json_texts(json, "same_as", item->same_as, item->same_as_count);
    lac_json_text(json, "satisfied_by", item->satisfied_by);
    lac_json_text(json, "section", item->section);
    lac_json_text(json, "severity", lac_severity_name(item->severity));
    lac_json_text(json, "source", item->source);
    lac_json_text(json, "strength", lac_strength_name(item->strength));
    lac_json_text(json, "title", item->title);
    lac_json_object_end(json);
}

lacuna_status lac_json_checklist_list(const lac_checklist *const *lists, uint32_t count,
                                      lacuna_write_fn write, void *user, lacuna_error *err)
{
    lac_output output;
    lac_json json;
    lac_output_init(&output, write, user);
    lac_json_init(&json, &output);
    lac_json_object(&json, NULL);
    lac_json_array(&json, "checklists");
    for (uint32_t i = 0; i < count; i++) {
        lac_json_object(&json, NULL);
        write_head_members(&json, lists[i]);
        write_tail_members(&json, lists[i]);
        lac_json_object_end(&json);
    }
    lac_json_array_end(&json);
    lac_json_object_end(&json);
    lac_json_end(&json);
    return lac_output_finish(&output, err);
}

lacuna_status lac_json_checklist(const lac_checklist *checklist, lacuna_write_fn write, void *user,
                                 lacuna_error *err)
{
    lac_output output;
    lac_json json;
    lac_output_init(&output, write, user);
    lac_json_init(&json, &output);
    lac_json_object(&json, NULL);
    write_head_members(&json, checklist);
    lac_json_array(&json, "items");
    for (uint32_t i = 0; i < checklist->item_count; i++) {
        write_item(&json, checklist, &checklist->items[i]);
    }
    lac_json_array_end(&json);
    write_tail_members(&json, checklist);
    lac_json_object_end(&json);
    lac_json_end(&json);
    return lac_output_finish(&output, err);
}

lacuna_status lac_json_explain(const lac_checklist *checklist, const lac_item *item,
                               lacuna_write_fn write, void *user, lacuna_error *err)
{
    lac_output output;
    lac_json json;
    lac_output_init(&output, write, user);
    lac_json_init(&json, &output);
    write_item(&json, checklist, item);
    lac_json_end(&json);
    return lac_output_finish(&output, err);
}

lacuna_status lac_json_explain_rule(const lac_rule *rule, lacuna_write_fn write, void *user,
                                    lacuna_error *err)
{
    lac_output output;
    lac_json json;
    lac_output_init(&output, write, user);
    lac_json_init(&json, &output);
    lac_json_object(&json, NULL);
    lac_json_text(&json, "id", rule->id);
    lac_json_text(&json, "meaning", rule->meaning);
    lac_json_text(&json, "remedy", rule->remedy);
    lac_json_text(&json, "title", rule->title);
    lac_json_object_end(&json);
    lac_json_end(&json);
    return lac_output_finish(&output, err);
}
