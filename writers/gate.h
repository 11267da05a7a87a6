/*
 * gate.h - waivers and a baseline laid over the findings of a report.
 *
 * Purpose: which findings are waived and which are known; what is wrong with the waivers is a
 *   finding too (waiver/unused, waiver/expired, waiver/early, waiver/changed); which entries of the
 *   baseline are fixed. An item that is waived has the status "waived" from then on.
 * Ownership: everything lives in the arena of the report; waivers and baseline are borrowed.
 */
#ifndef LAC_WRITERS_GATE_H
#define LAC_WRITERS_GATE_H

#include "writers/report.h"

/* Gives items back the status they had before they were waived. */
void lac_gate_restore(const lac_report *report);

/* How many findings it may add. */
size_t lac_gate_most_findings(const lac_report *report);

/* The findings are collected and have fingerprints. Marks what is waived, and adds what is to be
 * said about waivers and decisions; *added tells how many, in no order. */
lacuna_status lac_gate_waive(lac_report *report, uint32_t *added, lacuna_error *err);

/* After that: marks what is known, and collects what is fixed. */
lacuna_status lac_gate_compare(lac_report *report, lacuna_error *err);

/* "new", "unchanged"; static storage. */
const char *lac_finding_state_name(lac_finding_state state);

/* Whether it counts for a gate: neither waived nor known. */
static inline bool lac_finding_is_fresh(const lac_report_finding *finding)
{
    return finding->waiver == NULL && finding->state == LAC_FINDING_NEW;
}

#endif
