/*
 * gate.h - the files that tell a gate (waivers, baseline, decisions), and laying them over a
 * result.
 *
 * Ownership: a result owns what was loaded, until lac_gate_free.
 */
#ifndef LAC_API_GATE_H
#define LAC_API_GATE_H

#include "analyzer/gate/baseline.h"
#include "analyzer/gate/decisions.h"
#include "analyzer/gate/waivers.h"
#include "analyzer/registry.h"
#include "api/options.h"
#include "writers/report.h"

typedef struct lac_gate {
    lac_waivers *waivers;
    lac_baseline *baseline;
    lac_decisions *decisions;
    lac_report_remark *remarks; /* about decisions; grown with malloc */
    size_t remark_count, remark_cap;
} lac_gate;

enum { LAC_GATE_FILES = 3 };

/* Reads the files the options name, and holds the rules in them against the checklists: a malformed
 * file, and a rule nobody knows, is an error. */
lacuna_status lac_gate_load(lac_gate *gate, const lacuna_options *options, lac_registry *registry,
                            lacuna_error *err);
/* The baseline alone. */
lacuna_status lac_gate_load_baseline(lac_gate *gate, const lacuna_options *options,
                                     lacuna_error *err);
void lac_gate_free(lac_gate *gate);

/* One document of a report for each file that was read. Returns how many. */
size_t lac_gate_documents(lac_report_document documents[LAC_GATE_FILES], const lac_gate *gate);

/* Derives a report with them over it. Its documents are given, those of the gate last. */
lacuna_status lac_gate_derive(lac_gate *gate, lac_report *report, lac_arena *arena,
                              lacuna_error *err);

#endif
