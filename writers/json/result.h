/*
 * result.h - the canonical result, "lacuna.result/1"; checklists/schema/result-1.json.
 *
 * Order: documents by path, items as in their checklist, findings by document, place, rule; keys
 * sorted. The same report gives the same bytes.
 */
#ifndef LAC_JSON_RESULT_H
#define LAC_JSON_RESULT_H

#include "writers/report.h"

lacuna_status lac_json_result(const lac_report *report, lacuna_write_fn write, void *user,
                              lacuna_error *err);

#endif
