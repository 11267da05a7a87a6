/* Custom properties: Word repairs a document in which two have one number or one name. */
#include "support/error.h"
#include "writers/docx/lint_run.h"

#include <stdlib.h>

static lacuna_status check_twice(lac_lint_run *run, const lac_tokens *tokens, const char *attribute,
                                 const char *sentence)
{
    lac_lint_set seen = {.count = 0};
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < tokens->count && status == LACUNA_OK; i++) {
        lac_span value;
        if (lac_span_is(lac_token_local(tokens, i), "property") &&
            lac_token_attribute(&value, tokens, i, attribute)) {
            status = lac_lint_set_add(&seen, value);
        }
    }
    lac_lint_set_sort(&seen);
    for (size_t i = 1; i < seen.count && status == LACUNA_OK; i++) {
        if (lac_span_equal(seen.items[i - 1], seen.items[i])) {
            status = lac_lint_tell(run, "lint/property-twice", seen.items[i], 0, sentence);
        }
    }
    lac_lint_set_free(&seen);
    return status == LACUNA_E_NOMEM ? lac_fail_nomem(run->err) : status;
}

/* A part that cannot be taken apart is the reader's business. */
lacuna_status lac_lint_properties(lac_lint_run *run, const lac_relationships *package)
{
    const lac_relationship *found = lac_relationships_first(package, "custom-properties");
    char *bytes = NULL;
    size_t length = 0;
    lac_tokens tokens = {.count = 0};
    if (found == NULL) {
        return LACUNA_OK;
    }
    const char *name = lac_package_name(run->package, found->part);
    lacuna_status status =
        lac_package_read(&bytes, &length, run->package, found->part, run->limits->part_bytes, NULL);
    if (status == LACUNA_OK) {
        status = lac_tokens_make(&tokens, lac_span_make(bytes, length), name, run->limits, NULL);
    }
    if (status == LACUNA_OK) {
        run->part = name;
        status = check_twice(run, &tokens, "pid", "two custom properties have the number");
        status = status == LACUNA_OK
                     ? check_twice(run, &tokens, "name", "two custom properties have the name")
                     : status;
    } else if (status == LACUNA_E_NOMEM) {
        status = lac_fail_nomem(run->err);
    } else {
        status = LACUNA_OK;
    }
    lac_tokens_free(&tokens);
    free(bytes);
    return status;
}
