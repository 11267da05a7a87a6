/*
 * lint.h - what is wrong with a checklist pack, for its author.
 *
 * Purpose: everything the loader refuses, and what it accepts but an author should know: test
 *   sentences that fail, items nobody can meet, terms that would match anything.
 * Ownership: a report owns its messages; freed by lac_lint_report_free.
 * Invariants: messages are in the order of the file; the same file gives the same report.
 */
#ifndef LAC_LINT_H
#define LAC_LINT_H

#include "include/lacuna.h"
#include "support/arena.h"
#include "support/limits.h"

#include <stdbool.h>

typedef struct lac_lint_message {
    bool error;          /* the pack is refused or a test fails; otherwise a warning */
    uint32_t line;       /* 1-based, 0: not known */
    const char *pointer; /* JSON pointer */
    const char *item;    /* item id, "" outside of items */
    const char *text;
} lac_lint_message;

typedef struct lac_lint_report {
    lac_arena arena;
    lac_lint_message *messages;
    uint32_t count, errors, warnings;
    uint32_t items, facts, tests; /* what was looked at */
    bool more;                    /* the report is cut: there are more messages than it holds */
} lac_lint_report;

/* Text that is not JSON is a report with one error, not a status. `name` is the file name; a pack
 * is named by its id. */
lacuna_status lac_lint_pack(lac_lint_report **out, lac_span json, const char *name,
                            const lac_limits *limits, lacuna_error *err);
void lac_lint_report_free(lac_lint_report *report);

#endif
