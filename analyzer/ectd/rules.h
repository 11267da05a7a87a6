/*
 * rules.h - what the rules about eCTD submissions mean: checklists/ectd-rules.json.
 *
 * Purpose: the data side of every rule; table.c holds the code side, and a test holds the two
 *   together. Ids are ours and never reused; the number of an agency's criterion is given only
 *   where a source proves it.
 * Ownership: everything lives in the arena that was given.
 */
#ifndef LAC_ECTD_RULES_H
#define LAC_ECTD_RULES_H

#include "analyzer/checklist.h"

/* Which sequences a rule is for. */
enum {
    LAC_PROFILE_ICH = 1u << 0,   /* every sequence */
    LAC_PROFILE_FDA_3 = 1u << 1, /* region us, eCTD 3.2.2 */
    LAC_PROFILE_FDA_4 = 1u << 2, /* region us, eCTD 4.0 */
    LAC_PROFILE_EU = 1u << 3,    /* region eu */
};

typedef struct lac_ectd_rule {
    const char *id; /* "ectd.file.missing" */
    const char *title, *meaning, *remedy;
    const char *citation;  /* NULL: none named */
    const char *criterion; /* "FDA 1306", "eCTD4-027"; NULL: none proven */
    lac_severity severity;
    uint32_t profiles;
} lac_ectd_rule;

typedef struct lac_ectd_rules {
    const lac_ectd_rule *items; /* in the order of their ids */
    uint32_t count;
} lac_ectd_rules;

lacuna_status lac_ectd_rules_load(lac_ectd_rules *out, lac_arena *arena, lacuna_error *err);
/* NULL: no such rule. */
const lac_ectd_rule *lac_ectd_rule_find(const lac_ectd_rules *rules, const char *id);

#endif
