/*
 * rules.h - what letters of an agency are recognized by: words and shapes, all of them data.
 *
 * Purpose: reads checklists/agency-letters.json (schema/agency-letters-1.json). A rule is a list of
 *   terms (analyzer/terms.h) with sentences that must match and innocent ones that must not; the
 *   tests run them all. What a rule stands for is in its `value`, `role` and further fields.
 * Ownership: lac_letter_rules_free; everything lives in its arena. Immutable, shareable.
 */
#ifndef LAC_LETTER_RULES_H
#define LAC_LETTER_RULES_H

#include "analyzer/terms.h"

typedef enum lac_letter_group {
    LAC_LETTER_LINES,       /* shapes of whole lines: furniture, salutations */
    LAC_LETTER_PARAGRAPHS,  /* what a paragraph does: opens, leads in, decides */
    LAC_LETTER_HEADINGS,    /* role: additional, boilerplate, other, labeling, discipline */
    LAC_LETTER_BOILERPLATE, /* value: the kind */
    LAC_LETTER_DISCIPLINES, /* value: the discipline that content tells against a heading */
    LAC_LETTER_TYPES,
    LAC_LETTER_KINDS,
    LAC_LETTER_CLOCKS,
    LAC_LETTER_DUTIES, /* role: heading, sentence: the cover letter says the value */
    LAC_LETTER_CITES,
    LAC_LETTER_PROMISES,   /* of an answer: sentences that commit the applicant */
    LAC_LETTER_NO_CHANGE,  /* of an answer: that nothing was changed */
    LAC_LETTER_PLACEMENTS, /* id: a discipline; value: heading of module 1 */
    LAC_LETTER_GROUPS
} lac_letter_group;

typedef struct lac_letter_rule {
    const char *id, *value, *role; /* "" where there is none */
    const lac_term *const *terms;
    uint32_t term_count;
    const char *const *matches, *const *innocent;
    uint32_t match_count, innocent_count;
    const char *const *kinds; /* kinds of letters it is for; none: all */
    uint32_t kind_count;
    const char *text, *citation;      /* of a duty */
    const char *unit, *who, *meaning; /* of a clock, with citation */
    uint32_t count;
} lac_letter_rule;

typedef struct lac_letter_rule_list {
    const lac_letter_rule *items;
    uint32_t count;
} lac_letter_rule_list;

typedef struct lac_letter_rules {
    lac_arena arena;
    const char *id, *version, *authority;
    lac_letter_rule_list groups[LAC_LETTER_GROUPS];
} lac_letter_rules;

lacuna_status lac_letter_rules_load(lac_letter_rules **out, lac_span json, lacuna_error *err);
/* Those of the library. */
lacuna_status lac_letter_rules_built_in(lac_letter_rules **out, lacuna_error *err);
void lac_letter_rules_free(lac_letter_rules *rules);

const char *lac_letter_group_name(lac_letter_group group);

/* NULL: there is none of that name. */
const lac_letter_rule *lac_letter_rule_named(const lac_letter_rules *rules, lac_letter_group group,
                                             const char *id);

bool lac_letter_rule_for_kind(const lac_letter_rule *rule, const char *kind);

#endif
