/*
 * lint_internal.h - collecting lint messages; shared by the files of lint.
 */
#ifndef LAC_LINT_INTERNAL_H
#define LAC_LINT_INTERNAL_H

#include "analyzer/checklist.h"
#include "analyzer/lint.h"

typedef struct lac_lint {
    lac_lint_report *report;
    size_t message_cap;
    lac_span json;        /* for lines */
    lacuna_status status; /* what went wrong in lint itself */
    lacuna_error *err;
} lac_lint;

/* `where` is a JSON pointer below "/items/N" of `item`, or a whole one where item is UINT32_MAX. */
void lac_lint_add(lac_lint *lint, bool error, const lac_checklist *list, uint32_t item,
                  const char *where, const char *format, ...) __attribute__((format(printf, 6, 7)));

/* lint_head.c: what stands before the items. */
void lac_lint_head(lac_lint *lint, const lac_checklist *list);
/* lint_items.c: what each item says; lint_tests.c: its test sentences. */
void lac_lint_items(lac_lint *lint, const lac_checklist *list);
void lac_lint_tests(lac_lint *lint, const lac_checklist *list);
/* lint_citations.c: whether what they cite can be looked up. */
void lac_lint_citations(lac_lint *lint, const lac_checklist *list);
/* lint_expressions.c: expressions that may take for ever. */
void lac_lint_expressions(lac_lint *lint, const lac_checklist *list);

#endif
