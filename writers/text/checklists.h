/*
 * checklists.h - checklists and their items for people.
 */
#ifndef LAC_TEXT_CHECKLISTS_H
#define LAC_TEXT_CHECKLISTS_H

#include "analyzer/checklist.h"
#include "writers/rules.h"
#include "writers/text/page.h"

lacuna_status lac_text_checklist_list(const lac_checklist *const *lists, uint32_t count,
                                      const lac_text_style *style, lacuna_write_fn write,
                                      void *user, lacuna_error *err);
/* The head of a checklist and one line an item, indented as the guidance nests them. */
lacuna_status lac_text_checklist(const lac_checklist *checklist, const lac_text_style *style,
                                 lacuna_write_fn write, void *user, lacuna_error *err);
/* Everything known about one item. */
lacuna_status lac_text_explain(const lac_checklist *checklist, const lac_item *item,
                               const lac_text_style *style, lacuna_write_fn write, void *user,
                               lacuna_error *err);
/* A rule about the documents themselves. */
lacuna_status lac_text_explain_rule(const lac_rule *rule, const lac_text_style *style,
                                    lacuna_write_fn write, void *user, lacuna_error *err);

#endif
