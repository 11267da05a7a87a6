#include "writers/sarif/rules.h"

#include "support/error.h"

#include <stdlib.h>

/* ---- collecting ----------------------------------------------------------------------------- */

typedef struct use {
    lac_rule_text text;
    uint32_t finding;
} use;

static int compare_texts(const lac_rule_text *a, const lac_rule_text *b)
{
    int order = strcmp(a->id, b->id);
    if (order != 0) {
        return order;
    }
    return strcmp(a->checklist == NULL ? "" : a->checklist->id,
                  b->checklist == NULL ? "" : b->checklist->id);
}

static int compare_uses(const void *a, const void *b)
{
    const use *x = a;
    const use *y = b;
    int order = compare_texts(&x->text, &y->text);
    return order != 0 ? order : x->finding < y->finding ? -1 : 1;
}

static lacuna_status sort_out(lac_sarif_rules *rules, const lac_report *report, use *uses,
                              lacuna_error *err)
{
    uint32_t count = report->finding_count;
    rules->items = calloc(count, sizeof *rules->items);
    rules->of_finding = calloc(count, sizeof *rules->of_finding);
    if (rules->items == NULL || rules->of_finding == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < count; i++) {
        uses[i] = (use){lac_rule_text_of(&rules->book, report, &report->findings[i]), i};
    }
    qsort(uses, count, sizeof *uses, compare_uses);
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || compare_texts(&uses[i - 1].text, &uses[i].text) != 0) {
            rules->items[rules->count++] = uses[i].text;
        }
        rules->of_finding[uses[i].finding] = rules->count - 1;
    }
    return LACUNA_OK;
}

lacuna_status lac_sarif_rules_collect(lac_sarif_rules *rules, const lac_report *report,
                                      lacuna_error *err)
{
    *rules = (lac_sarif_rules){.count = 0};
    lacuna_status status = lac_rule_book_open(&rules->book, report, err);
    if (status != LACUNA_OK || report->finding_count == 0) {
        return status;
    }
    use *uses = calloc(report->finding_count, sizeof *uses);
    status = uses == NULL ? lac_fail_nomem(err) : sort_out(rules, report, uses, err);
    free(uses);
    return status;
}

void lac_sarif_rules_free(lac_sarif_rules *rules)
{
    free(rules->items);
    free(rules->of_finding);
    lac_rule_book_close(&rules->book);
}

/* ---- writing -------------------------------------------------------------------------------- */

const char *lac_sarif_level(lac_severity severity)
{
    return severity >= LAC_SEVERITY_MAJOR   ? "error"
           : severity == LAC_SEVERITY_MINOR ? "warning"
                                            : "note";
}

static void write_message(lac_json *json, const char *key, lac_span text)
{
    lac_json_object(json, key);
    lac_json_span(json, "text", text);
    lac_json_object_end(json);
}

static lacuna_status compose_help(lac_buf *text, const lac_rule_text *rule)
{
    lac_buf_clear(text);
    lacuna_status status = lac_buf_append_text(text, rule->meaning);
    if (status == LACUNA_OK && rule->remedy[0] != '\0') {
        status = lac_buf_printf(text, "\n\n%s: %s",
                                rule->item == NULL ? "Remedy" : "What satisfies it", rule->remedy);
    }
    if (status == LACUNA_OK && rule->citation[0] != '\0') {
        status = lac_buf_printf(text, "\n\nSource: %s", rule->citation);
    }
    return status == LACUNA_OK ? lac_buf_printf(text, "\n\nMore: lacuna explain %s", rule->id)
                               : status;
}

/* How sure it is that the source asks for this, in GitHub's words. */
static const char *precision(const lac_rule_text *rule)
{
    if (rule->item == NULL || rule->item->confidence == LAC_CONFIDENCE_VERIFIED) {
        return "high";
    }
    return rule->item->confidence == LAC_CONFIDENCE_SECONDARY ? "medium" : "low";
}

static void write_properties(lac_json *json, const lac_rule_text *rule)
{
    lac_json_object(json, "properties");
    if (rule->checklist != NULL) {
        lac_json_text(json, "checklist", rule->checklist->id);
        lac_json_text(json, "checklistDigest", rule->checklist->digest.hex);
        lac_json_text(json, "checklistVersion", rule->checklist->version);
    }
    if (rule->citation[0] != '\0') {
        lac_json_text(json, "citation", rule->citation);
    }
    lac_json_text(json, "precision", precision(rule));
    lac_json_array(json, "tags");
    if (rule->checklist != NULL) {
        lac_json_text(json, NULL, rule->checklist->id);
    }
    lac_json_text(json, NULL,
                  rule->item == NULL ? "document" : lac_authority_name(rule->item->authority));
    lac_json_array_end(json);
    lac_json_object_end(json);
}

static lacuna_status write_rule(lac_json *json, const lac_rule_text *rule, lac_buf *text)
{
    char address[LAC_RULE_ADDRESS_SIZE];
    lacuna_status status = compose_help(text, rule);
    lac_json_object(json, NULL);
    if (rule->item != NULL) {
        lac_json_object(json, "defaultConfiguration");
        lac_json_text(json, "level", lac_sarif_level(rule->item->severity));
        lac_json_object_end(json);
    }
    write_message(json, "fullDescription", lac_span_of(rule->meaning));
    write_message(json, "help", lac_buf_span(text));
    lac_rule_address(address, rule->citation);
    if (address[0] != '\0') {
        lac_json_text(json, "helpUri", address);
    }
    lac_json_text(json, "id", rule->id);
    write_properties(json, rule);
    write_message(json, "shortDescription", lac_span_of(rule->title));
    lac_json_object_end(json);
    return status;
}

lacuna_status lac_sarif_write_rules(lac_json *json, const lac_sarif_rules *rules, lac_buf *text)
{
    lacuna_status status = LACUNA_OK;
    lac_json_array(json, "rules");
    for (uint32_t i = 0; i < rules->count && status == LACUNA_OK; i++) {
        status = write_rule(json, &rules->items[i], text);
    }
    lac_json_array_end(json);
    return status;
}
