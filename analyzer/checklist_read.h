/*
 * checklist_read.h - the steps of reading a pack, shared by the loader and by lint.
 */
#ifndef LAC_CHECKLIST_READ_H
#define LAC_CHECKLIST_READ_H

#include "analyzer/checklist.h"
#include "analyzer/pack_reader.h"

/* Reads a whole pack. Problems of content go to `report` and leave a usable, if incomplete,
 * checklist; only text that is not JSON, limits and memory are a status. *problems counts. */
lacuna_status lac_checklist_read(lac_checklist **out, uint32_t *problems, lac_span json,
                                 const lac_limits *limits, lac_pack_problem_fn report, void *user,
                                 lacuna_error *err);

/* checklist_item.c: one element of "items"; `parent` and `first_child` are linked by the caller. */
void lac_checklist_read_item(lac_pack_reader *r, lac_item *item, const char **parent_id,
                             const json_t *json);

/* checklist_filing.c: "where" of an item and "profile" of its condition; absent: nothing. */
void lac_checklist_read_filing(lac_pack_reader *r, lac_filing *filing, const json_t *json);
void lac_checklist_read_profile(lac_pack_reader *r, lac_profile_condition *profile,
                                const json_t *json);

/* checklist_facts.c: "facts" of a condition; absent: nothing. */
void lac_checklist_read_cases(lac_pack_reader *r, lac_condition *condition, const json_t *json);

/* checklist_guidance.c */
void lac_checklist_read_guidance(lac_pack_reader *r, lac_checklist *list, const json_t *json);

/* checklist_names.c: the name lists, indexed by their enum; conditions without "none". */
enum {
    LAC_AUTHORITY_COUNT = 4,
    LAC_STRENGTH_COUNT = 4,
    LAC_SEVERITY_COUNT = 4,
    LAC_CONFIDENCE_COUNT = 3,
    LAC_CONDITION_COUNT = 5,
    LAC_DECIDER_COUNT = 3,
};
extern const char *const lac_authority_names[LAC_AUTHORITY_COUNT];
extern const char *const lac_strength_names[LAC_STRENGTH_COUNT];
extern const char *const lac_severity_names[LAC_SEVERITY_COUNT];
extern const char *const lac_confidence_names[LAC_CONFIDENCE_COUNT];
extern const char *const lac_condition_names[LAC_CONDITION_COUNT];
extern const char *const lac_decider_names[LAC_DECIDER_COUNT];

#endif
