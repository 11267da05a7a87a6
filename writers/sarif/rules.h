/*
 * rules.h - the rules of the findings of a report, each once, in the order of their ids.
 *
 * Ownership: lac_sarif_rules_free frees what collect made. Texts borrow from report and rule book.
 */
#ifndef LAC_SARIF_RULES_H
#define LAC_SARIF_RULES_H

#include "writers/finding.h"
#include "writers/json/emit.h"

typedef struct lac_sarif_rules {
    lac_rule_book book;
    lac_rule_text *items;
    uint32_t *of_finding; /* index of the rule, for each finding of the report */
    uint32_t count;
} lac_sarif_rules;

lacuna_status lac_sarif_rules_collect(lac_sarif_rules *rules, const lac_report *report,
                                      lacuna_error *err);
void lac_sarif_rules_free(lac_sarif_rules *rules);

/* "error", "warning", "note". */
const char *lac_sarif_level(lac_severity severity);

/* The member "rules" of a driver. `text` is scratch. */
lacuna_status lac_sarif_write_rules(lac_json *json, const lac_sarif_rules *rules, lac_buf *text);

#endif
