/*
 * waivers.h - gaps that a named person accepts, for a reason and for a time.
 *
 * Purpose: the loaded form of a file lacuna.waivers/1 (checklists/schema/waivers-1.json), and which
 *   finding each waiver is for. A waiver says that a gap is accepted; that the tool was wrong is
 *   said by a decision (decisions.h). Every member is required, so nothing is waived for ever, by
 *   nobody, or by a slip.
 * Bound: a waiver of a checklist item names the digest of the checklist; where the checklist is
 *   another one, somebody has to look again, and the waiver is void.
 * Ownership: one arena; immutable after load.
 */
#ifndef LAC_GATE_WAIVERS_H
#define LAC_GATE_WAIVERS_H

#include "support/arena.h"
#include "support/hash.h"
#include "support/span.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct lac_waiver {
    const char *id, *rule;
    const char *checklist, *checklist_digest; /* NULL both: a rule that fires freely */
    /* The scope: all that are given have to hold, at least one is given. */
    const char *fingerprint, *document /* identity */, *path /* glob.h */;
    const char *justification, *approver, *created, *expires; /* last day */
    const char *told; /* "justification (waived by approver until expires, id)" */
} lac_waiver;

typedef struct lac_waivers {
    lac_arena arena;
    const char *name;
    lac_digest digest;
    lac_span json;           /* the file, for lines */
    const lac_waiver *items; /* in the order of the file */
    uint32_t count;
} lac_waivers;

enum { LAC_WAIVER_COUNT = 10000, LAC_WAIVER_TEXT = 2000 };

/* Errors carry a JSON pointer, a line and a remedy. */
lacuna_status lac_waivers_load(lac_waivers **out, lac_span json, const char *name,
                               lacuna_error *err);
void lac_waivers_free(lac_waivers *waivers);

/* 1-based line of a waiver in the file. */
uint32_t lac_waivers_line(const lac_waivers *waivers, uint32_t index);

/* Composes `told` from the other members. */
lacuna_status lac_waiver_tell(lac_waiver *waiver, lac_arena *arena);

/* A finding, as far as waivers see it. */
typedef struct lac_waivable {
    const char *rule;
    const char *checklist, *checklist_digest; /* NULL both: a rule that fires freely */
    const char *fingerprint, *document, *path;
} lac_waivable;

/* What a waiver is to a finding. */
typedef enum lac_waiver_use {
    LAC_WAIVER_OTHER, /* it is for something else */
    LAC_WAIVER_HOLDS,
    LAC_WAIVER_EXPIRED, /* it would hold on another day */
    LAC_WAIVER_EARLY,   /* it is made on a later day */
    LAC_WAIVER_CHANGED, /* it would hold for another version of the checklist */
} lac_waiver_use;

lac_waiver_use lac_waiver_judge(const lac_waiver *waiver, const lac_waivable *finding,
                                const char *as_of);

/* Whether it is for that document at all, so that it is unused where it waives nothing there. */
bool lac_waiver_covers(const lac_waiver *waiver, const char *document, const char *path);

#endif
