#include "writers/submission_rules.h"

#include "writers/json/emit.h"

enum { INDENT = 2 };

/* Who a rule is for, in the order of the bits. */
static const char *const PROFILES[] = {"every submission (ICH)", "US submissions of eCTD 3.2.2",
                                       "US submissions of eCTD 4.0", "EU submissions"};

static void write_field(lac_page *page, const char *label, const char *text)
{
    if (text != NULL) {
        lac_page_labelled(page, INDENT, label, lac_span_of(text));
    }
}

lacuna_status lac_text_explain_submission_rule(const lac_ectd_rule *rule,
                                               const lac_text_style *style, lacuna_write_fn write,
                                               void *user, lacuna_error *err)
{
    lac_output output;
    lac_page page;
    lac_output_init(&output, write, user);
    lac_page_init(&page, &output, style);
    lac_page_begin(&page, 0, INDENT);
    lac_page_text(&page, LAC_INK_STRONG, rule->title);
    lac_page_text(&page, LAC_INK_FAINT, " [");
    lac_page_text(&page, LAC_INK_FAINT, rule->id);
    lac_page_text(&page, LAC_INK_FAINT, "]");
    lac_page_end(&page);
    write_field(&page, "means", rule->meaning);
    write_field(&page, "remedy", rule->remedy);
    write_field(&page, "severity", lac_severity_name(rule->severity));
    write_field(&page, "asked by", rule->citation);
    write_field(&page, "criterion", rule->criterion);
    for (uint32_t i = 0, shown = 0; i < sizeof PROFILES / sizeof PROFILES[0]; i++) {
        if ((rule->profiles & 1u << i) != 0) {
            write_field(&page, shown++ == 0 ? "applies to" : "", PROFILES[i]);
        }
    }
    return lac_output_finish(&output, err);
}

lacuna_status lac_json_explain_submission_rule(const lac_ectd_rule *rule, lacuna_write_fn write,
                                               void *user, lacuna_error *err)
{
    lac_output output;
    lac_json json;
    lac_output_init(&output, write, user);
    lac_json_init(&json, &output);
    lac_json_object(&json, NULL);
    lac_json_text(&json, "citation", rule->citation);
    lac_json_text(&json, "criterion", rule->criterion);
    lac_json_text(&json, "id", rule->id);
    lac_json_text(&json, "meaning", rule->meaning);
    lac_json_text(&json, "remedy", rule->remedy);
    lac_json_text(&json, "severity", lac_severity_name(rule->severity));
    lac_json_text(&json, "title", rule->title);
    lac_json_object_end(&json);
    lac_json_end(&json);
    return lac_output_finish(&output, err);
}
