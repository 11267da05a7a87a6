/*
 * gate.h - waivers, decisions and baselines in JSON.
 */
#ifndef LAC_JSON_GATE_H
#define LAC_JSON_GATE_H

#include "analyzer/gate/baseline.h"
#include "analyzer/gate/decisions.h"
#include "analyzer/gate/waivers.h"
#include "writers/json/emit.h"
#include "writers/report.h"

/* Members of an object; the key is "waiver", "decision". */
void lac_json_waiver(lac_json *json, const lac_waiver *waiver);
void lac_json_decision(lac_json *json, const lac_decision *decision, lac_item_status undecided);
/* An element of an array. */
void lac_json_baseline_entry(lac_json *json, const lac_baseline_entry *entry);

/* A file lacuna.baseline/1 of all findings that are not waived; or of those of a baseline that are
 * not absent in the report. */
lacuna_status lac_json_baseline(const lac_report *report, lacuna_write_fn write, void *user,
                                lacuna_error *err);
lacuna_status lac_json_baseline_pruned(const lac_report *report, lacuna_write_fn write, void *user,
                                       lacuna_error *err);

#endif
