/*
 * check.h - running the rules over a submission; what every rule works with.
 *
 * Purpose: a rule is a function over one thing of the model (a placement, a file ...), or over all
 *   of it where it compares things. The driver calls it for everything its profiles are for, and
 *   the rule says what it found; where it stands and how severe it is follows from here.
 * Invariants: rules change nothing; findings are in the order of the table and of the model.
 * Limits: LAC_RULE_FINDINGS_MAX findings of one rule; the rest is counted in one more.
 */
#ifndef LAC_ECTD_CHECK_H
#define LAC_ECTD_CHECK_H

#include "analyzer/ectd/data.h"
#include "analyzer/ectd/places.h"
#include "analyzer/ectd/rules.h"
#include "analyzer/findings.h"
#include "analyzer/told.h"
#include "support/buf.h"

enum { LAC_RULE_FINDINGS_MAX = 1000 };

/* The backbones of a sequence; LAC_NONE where it has none of a kind. */
typedef struct lac_own_backbones {
    uint32_t index, regional, unit;
    bool complete; /* all of them were read to their end, and there is an index or a unit */
} lac_own_backbones;

typedef struct lac_ectd_check {
    const lac_submission *submission;
    lac_places places;
    lac_stf_values values;
    lac_study_scope scope;
    const bool *selected;         /* sequences to look at; NULL: all */
    const lac_own_backbones *own; /* of each sequence */
    const uint32_t *profiles;     /* of each sequence */
    const uint32_t *first_under;  /* of each node: the first placement in it or below; LAC_NONE */
    const bool *tagged;           /* placements a study tagging file refers to */
    const lac_told_facts *facts;  /* told by the user; NULL: none */
    const lac_ectd_rule *rule;    /* that is running */
    lac_severity at_most;         /* of what it finds; a rule lowers it where it is not certain */
    uint32_t at;                  /* sequence of what it looks at; LAC_NONE: none, or several */
    uint32_t found;               /* by this rule */
    lac_finding_list list;
    lac_buf message;
    lacuna_error *err;
} lac_ectd_check;

/* What a rule looks at one by one. */
typedef enum lac_ectd_scope {
    LAC_EACH_PLACEMENT, /* of both standards */
    LAC_EACH_LEAF,      /* placements of 3.2.2 */
    LAC_EACH_CONTEXT,   /* placements of 4.0 */
    LAC_EACH_DOCUMENT,  /* of 4.0 */
    LAC_EACH_FILE,      /* delivered, in the folder of a sequence */
    LAC_EACH_NODE,      /* with a leaf in it or below it */
    LAC_EACH_BACKBONE,
    LAC_EACH_SEQUENCE,
    LAC_EACH_STUDY,
    LAC_EACH_APPLICATION,
    LAC_EACH_TROUBLE,
    LAC_ALL_TOGETHER, /* called once, index 0 */
} lac_ectd_scope;

typedef lacuna_status (*lac_ectd_function)(lac_ectd_check *c, uint32_t index);

typedef struct lac_ectd_entry {
    const char *rule;
    lac_ectd_scope scope;
    lac_ectd_function check;
} lac_ectd_entry;

typedef struct lac_ectd_table {
    const lac_ectd_entry *entries;
    uint32_t count;
} lac_ectd_table;

#define LAC_ECTD_TABLE(name, array) \
    const lac_ectd_table name = {array, (uint32_t)(sizeof(array) / sizeof(array)[0])}

/* One a file of rules. */
extern const lac_ectd_table lac_file_rules, lac_path_rules, lac_checksum_rules, lac_leaf_rules,
    lac_heading_rules, lac_lifecycle_rules, lac_sequence_rules, lac_activity_rules, lac_stf_rules,
    lac_study_data_rules, lac_v4_rules, lac_validity_rules;

/* All of them, in the order they run; *count receives how many. Static storage. */
const lac_ectd_table *const *lac_ectd_tables(size_t *count);

/* Makes ready what rules share. The caller has filled submission, selected, list.arena
 * and err. */
lacuna_status lac_ectd_check_begin(lac_ectd_check *c);
/* Runs every rule; findings are appended to c->list. */
lacuna_status lac_ectd_check_run(lac_ectd_check *c);

/* ---- for rules ---- */

/* Whether the running rule is for this sequence. */
bool lac_ectd_applies(const lac_ectd_check *c, uint32_t sequence);
/* A finding of the running rule. */
lacuna_status lac_ectd_found(lac_ectd_check *c, lac_leaf_place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same at several places, the first of them the one to look at. */
lacuna_status lac_ectd_found_at(lac_ectd_check *c, const lac_leaf_place *places, uint32_t count,
                                const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Shorthand for the most frequent place. */
lac_leaf_place lac_here(lac_ectd_check *c, uint32_t placement);

/* Deletions and suspensions hold no document. */
bool lac_is_deletion(const lac_placement *placement);
/* Whether the placement is a form of module 1: rules about PDF files do not hold for forms, which
 * FDA publishes encrypted and with scripts. */
bool lac_is_form(const lac_submission *submission, const lac_placement *placement);
/* "index.xml" of a path. */
const char *lac_base_name(const char *path);
/* The number of a sequence: of its envelope, else of its folder. False: it has none. */
bool lac_sequence_number(uint64_t *number, const lac_sequence *sequence);
/* Characters of UTF-8 text. */
size_t lac_character_count(lac_span text);
/* A whole number of at most 18 digits. */
bool lac_whole_number(uint64_t *number, const char *text);

#endif
