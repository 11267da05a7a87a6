/*
 * items.h - item results as JSON.
 */
#ifndef LAC_JSON_ITEMS_H
#define LAC_JSON_ITEMS_H

#include "writers/json/emit.h"
#include "writers/report.h"

/* One item's outcome. `path` is the document's. */
void lac_json_item(lac_json *json, const lac_report_document *document, const char *checklist,
                   const lac_item_result *item);

#endif
