/*
 * lint.h - faults of a Word document that make Word refuse, repair or misread it.
 *
 * Purpose: what validators of the schema do not see (ids shared by revisions and bookmarks, styles
 *   and lists that do not exist, comments whose ends are missing, cells without paragraph, inserted
 *   text inside inserted text ...) and what they do: order of properties, unknown elements, dates,
 *   dangling relationships, undeclared content types. Real documents have such faults of their own,
 *   so a writer compares: only faults that the input does not have are its own.
 * Parts looked at: the main part, headers, footers, notes and comments related to it, styles and
 *   lists as far as they are named, all relationships, the content types.
 * Ownership: lac_lint makes a list, lac_lint_list_free frees it.
 */
#ifndef LAC_WRITERS_DOCX_LINT_H
#define LAC_WRITERS_DOCX_LINT_H

#include "include/lacuna.h"
#include "support/arena.h"
#include "support/limits.h"
#include "support/span.h"

typedef struct lac_lint_fault {
    const char *code; /* "lint/ins-nested", static */
    const char *part;
    const char *text;  /* a sentence with what is wrong and where */
    const char *about; /* the id, style or name it is about; faults are compared by it */
    size_t offset;     /* in the part */
} lac_lint_fault;

typedef struct lac_lint_list {
    lac_arena arena;
    lac_lint_fault *items;
    size_t count, cap;
} lac_lint_list;

/* Of a package. The file name tells whether its content type fits its extension; NULL: unknown. A
 * package that cannot be opened at all is an error; a part that is not well-formed is a fault. */
lacuna_status lac_lint(lac_lint_list **out, lac_span document, const char *name,
                       const lac_limits *limits, lacuna_error *err);

/* Faults of `after` that `before` does not have. */
lacuna_status lac_lint_new_faults(lac_lint_list **out, lac_span before, lac_span after,
                                  const lac_limits *limits, lacuna_error *err);

void lac_lint_list_free(lac_lint_list *list);

#endif
