/*
 * lint_run.h - what the rules of the lint share; see lint.h for the purpose.
 *
 * Each rule file looks at one part (run->tokens) or at the package, and tells faults. They are
 * grouped by topic: shape (nesting and order), content (text, dates, authors), ids, references
 * (styles, lists, comments), extensions (namespaces), package (relationships, types).
 */
#ifndef LAC_WRITERS_DOCX_LINT_RUN_H
#define LAC_WRITERS_DOCX_LINT_RUN_H

#include "parsers/docx/styles.h"
#include "parsers/package/relationships.h"
#include "support/buf.h"
#include "writers/docx/lint.h"
#include "writers/docx/tokens.h"

enum { LAC_LINT_MAX_FAULTS = 1 << 16 };

/* Numbers or texts in order, to look up. */
typedef struct lac_lint_set {
    lac_span *items;
    size_t count, cap;
} lac_lint_set;

typedef struct lac_lint_run {
    lac_lint_list *list;
    lac_arena arena;
    lac_package *package;
    const lac_limits *limits;
    lacuna_error *err;
    const char *file_name; /* NULL: unknown */
    uint32_t main_part;
    lac_relationships relationships; /* of the main part */
    lac_styles styles;
    bool has_styles, has_numbering, has_comments;
    lac_lint_set nums, comments; /* ids that are defined */
    const char *part;            /* at hand */
    const lac_tokens *tokens;
} lac_lint_run;

/* Adds a fault; `about` is what it is about, as it stands in the part. */
lacuna_status lac_lint_tell(lac_lint_run *run, const char *code, lac_span about, size_t offset,
                            const char *sentence);

/* Styles, lists and comments of the package. */
lacuna_status lac_lint_names_read(lac_lint_run *run);
void lac_lint_names_free(lac_lint_run *run);

lacuna_status lac_lint_set_add(lac_lint_set *set, lac_span item);
void lac_lint_set_sort(lac_lint_set *set);
bool lac_lint_set_has(const lac_lint_set *set, lac_span item);
void lac_lint_set_free(lac_lint_set *set);

lacuna_status lac_lint_shape(lac_lint_run *run);
lacuna_status lac_lint_content(lac_lint_run *run);
lacuna_status lac_lint_ids(lac_lint_run *run);
lacuna_status lac_lint_references(lac_lint_run *run);
lacuna_status lac_lint_extensions(lac_lint_run *run);
lacuna_status lac_lint_package(lac_lint_run *run);
lacuna_status lac_lint_properties(lac_lint_run *run, const lac_relationships *package);

/* Whether an element of that local name exists in the main namespace. */
bool lac_lint_knows(lac_span local_name);

#endif
