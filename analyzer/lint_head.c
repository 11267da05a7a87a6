#include "analyzer/lint_internal.h"
#include "checklists/embed.h"
#include "support/json_text.h"

#include <stdio.h>
#include <string.h>

static lac_span document_types_json(void)
{
    for (size_t i = 0; i < lac_embedded_count(); i++) {
        if (strcmp(lac_embedded_name(i), "document-types.json") == 0) {
            return lac_embedded_data(i);
        }
    }
    return lac_span_make(NULL, 0);
}

static bool is_known_type(lac_span types, const char *id)
{
    lac_span value;
    char pointer[32];
    for (unsigned i = 0; snprintf(pointer, sizeof pointer, "/types/%u/id", i) > 0 &&
                         lac_json_find(&value, types, pointer);
         i++) {
        /* An id has no escapes: between the quotes it is as it is. */
        if (value.len >= 2 && lac_span_is(lac_span_make(value.ptr + 1, value.len - 2), id)) {
            return true;
        }
    }
    return false;
}

/* A slip in a type would leave the pack unused without a word. An organization may have types of
 * its own, so it is a warning. */
void lac_lint_head(lac_lint *lint, const lac_checklist *list)
{
    lac_span types = document_types_json();
    for (uint32_t i = 0; i < list->document_type_count && types.len > 0; i++) {
        if (strcmp(list->document_types[i], "submission") != 0 &&
            !is_known_type(types, list->document_types[i])) {
            char where[32];
            (void)snprintf(where, sizeof where, "/documents/%u", i);
            lac_lint_add(lint, false, list, UINT32_MAX, where,
                         "\"%.60s\" is none of the built-in document types",
                         list->document_types[i]);
        }
    }
}
