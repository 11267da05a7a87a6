#include "analyzer/lint.h"

#include "include/lacuna.h"
#include "parsers/package/package.h"
#include "support/error.h"
#include "writers/output.h"

#include <stdlib.h>

static void write_message(lac_output *output, const char *path, const lac_lint_message *message)
{
    lac_output_text(output, path);
    lac_output_char(output, ':');
    lac_output_uint(output, message->line);
    lac_output_text(output, message->error ? ": error: " : ": warning: ");
    if (message->item[0] != '\0') {
        lac_output_text(output, message->item);
        lac_output_text(output, ": ");
    }
    lac_output_text(output, message->text);
    lac_output_text(output, " (");
    lac_output_text(output, message->pointer);
    lac_output_text(output, ")\n");
}

static void write_count(lac_output *output, uint32_t count, const char *what)
{
    lac_output_uint(output, count);
    lac_output_text(output, what);
}

static void write_report(lac_output *output, const char *path, const lac_lint_report *report)
{
    for (uint32_t i = 0; i < report->count; i++) {
        write_message(output, path, &report->messages[i]);
    }
    lac_output_text(output, path);
    lac_output_text(output, ": ");
    write_count(output, report->items, " items, ");
    write_count(output, report->facts, " facts, ");
    write_count(output, report->tests, " test sentences: ");
    write_count(output, report->errors, " errors, ");
    write_count(output, report->warnings, " warnings");
    lac_output_text(output, report->more ? " (more are not listed)\n" : "\n");
}

lacuna_status lacuna_checklist_lint(uint64_t *problems, const char *path, lacuna_write_fn write,
                                    void *user, lacuna_error *err)
{
    char *json = NULL;
    size_t length = 0;
    lac_lint_report *report = NULL;
    lac_source source = {.kind = LAC_SOURCE_PATH, .path = path};
    *problems = 0;
    lacuna_status status =
        lac_source_read(&json, &length, &source, LAC_LIMITS_DEFAULT.json_bytes, err);
    if (status == LACUNA_OK) {
        status =
            lac_lint_pack(&report, lac_span_make(json, length), path, &LAC_LIMITS_DEFAULT, err);
    }
    if (status == LACUNA_OK) {
        lac_output output;
        lac_output_init(&output, write, user);
        write_report(&output, path, report);
        *problems = report->errors;
        status = lac_output_finish(&output, err);
    }
    lac_lint_report_free(report);
    free(json);
    return status;
}
