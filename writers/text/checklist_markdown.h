/*
 * checklist_markdown.h - a checklist as a page of documentation: one row an item.
 */
#ifndef LAC_CHECKLIST_MARKDOWN_H
#define LAC_CHECKLIST_MARKDOWN_H

#include "analyzer/checklist.h"

lacuna_status lac_markdown_checklist(const lac_checklist *checklist, lacuna_write_fn write,
                                     void *user, lacuna_error *err);

#endif
