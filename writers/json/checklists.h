/*
 * checklists.h - checklists and their items as JSON.
 */
#ifndef LAC_JSON_CHECKLISTS_H
#define LAC_JSON_CHECKLISTS_H

#include "analyzer/checklist.h"
#include "writers/rules.h"

lacuna_status lac_json_checklist_list(const lac_checklist *const *lists, uint32_t count,
                                      lacuna_write_fn write, void *user, lacuna_error *err);
lacuna_status lac_json_checklist(const lac_checklist *checklist, lacuna_write_fn write, void *user,
                                 lacuna_error *err);
lacuna_status lac_json_explain(const lac_checklist *checklist, const lac_item *item,
                               lacuna_write_fn write, void *user, lacuna_error *err);
lacuna_status lac_json_explain_rule(const lac_rule *rule, lacuna_write_fn write, void *user,
                                    lacuna_error *err);

#endif
