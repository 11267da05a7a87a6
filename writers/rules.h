/*
 * rules.h - what the rules about the documents themselves mean.
 *
 * Purpose: every rule id that a finding can carry and that is no checklist item is explained here;
 *   tests/cases/behaviour.py holds the sources to it. Ids are never reused.
 */
#ifndef LAC_RULES_H
#define LAC_RULES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct lac_rule {
    const char *id;
    const char *title;
    const char *meaning;
    const char *remedy;
    bool once; /* at most one a document, whatever it points to: its text is no part of its name */
} lac_rule;

/* By id; *count receives how many. Static storage. */
const lac_rule *lac_rules(size_t *count);
/* NULL: no such rule. */
const lac_rule *lac_rule_find(const char *id);

#endif
