#include "analyzer/lint.h"
#include "analyzer/registry.h"
#include "api/document.h"
#include "api/specimen.h"
#include "include/lacuna.h"
#include "support/error.h"
#include "writers/output.h"

#include <stdlib.h>
#include <string.h>

static const char MARKDOWN[] = "# Clinical Trial Protocol\n\n"
                               "## 1 Trial design\n\n"
                               "This is a randomised, double-blind trial in 40 participants.\n";

typedef struct checkup {
    lac_output *output;
    uint64_t failures;
} checkup;

static void report(checkup *c, bool passed, const char *what, const char *detail)
{
    lac_output_text(c->output, passed ? "ok      " : "FAILED  ");
    lac_output_text(c->output, what);
    if (!passed && detail[0] != '\0') {
        lac_output_text(c->output, ": ");
        lac_output_text(c->output, detail);
    }
    lac_output_char(c->output, '\n');
    c->failures += passed ? 0 : 1;
}

/* ---- checklists ----------------------------------------------------------------------------- */

static void check_pack(checkup *c, const char *name, lac_span json, uint32_t *packs,
                       uint32_t *tests)
{
    lacuna_error err = {0};
    lac_lint_report *lint = NULL;
    lacuna_status status = lac_lint_pack(&lint, json, name, &LAC_LIMITS_DEFAULT, &err);
    if (status != LACUNA_OK) {
        report(c, false, name, err.message);
    } else if (lint->errors > 0) {
        report(c, false, name, lint->count > 0 ? lint->messages[0].text : "has errors");
    } else {
        *packs += 1;
        *tests += lint->tests;
    }
    lac_lint_report_free(lint);
}

static void check_packs(checkup *c)
{
    uint32_t packs = 0;
    uint32_t tests = 0;
    uint64_t failed_before = c->failures;
    lacuna_error err = {0};
    lac_registry *registry = NULL;
    if (lac_registry_new(&registry, NULL, &err) != LACUNA_OK) {
        report(c, false, "the built-in checklists", err.message);
        return;
    }
    for (uint32_t i = 0; i < lac_registry_count(registry); i++) {
        const char *id = lac_registry_entry_at(registry, i)->id;
        check_pack(c, id, lac_registry_source(registry, id), &packs, &tests);
    }
    if (c->failures == failed_before) {
        lac_output_text(c->output, "ok      ");
        lac_output_uint(c->output, packs);
        lac_output_text(c->output,
                        packs == 1 ? " built-in checklist read, " : " built-in checklists read, ");
        lac_output_uint(c->output, tests);
        lac_output_text(c->output, " test sentences judged as they should be\n");
    }
    lac_registry_free(registry);
}

/* ---- documents ------------------------------------------------------------------------------ */

static bool has_heading(const lac_document *model, const char *number, const char *title)
{
    for (uint32_t i = 1; i < model->section_count; i++) {
        if (lac_span_is(model->sections[i].number, number) &&
            lac_span_is(model->sections[i].title, title)) {
            return true;
        }
    }
    return false;
}

static void check_reading(checkup *c, const char *what, const char *name, lac_span bytes)
{
    lacuna_error err = {0};
    lacuna_document *document = NULL;
    lacuna_status status =
        lacuna_document_open_memory(&document, name, bytes.ptr, bytes.len, NULL, &err);
    bool passed = status == LACUNA_OK && has_heading(document->model, "1", "Trial design");
    report(c, passed, what,
           status == LACUNA_OK ? "its heading was not found as it should be" : err.message);
    lacuna_document_free(document);
}

static void check_word(checkup *c)
{
    static const char what[] = "a Word document made in memory was read";
    lacuna_error err = {0};
    char *data = NULL;
    size_t length = 0;
    if (lac_specimen_make(&data, &length, &err) != LACUNA_OK) {
        report(c, false, what, err.message);
        return;
    }
    check_reading(c, what, "specimen.docx", lac_span_make(data, length));
    free(data);
}

static lacuna_status run_check(bool *judged, lacuna_error *err)
{
    lacuna_run *run = NULL;
    lacuna_result *result = NULL;
    lacuna_options *options = NULL;
    lacuna_status status = lacuna_options_new(&options, err);
    if (status == LACUNA_OK) {
        status = lacuna_options_set(options, "document-type", "protocol", err);
    }
    if (status == LACUNA_OK) {
        status = lacuna_run_new(&run, options, err);
    }
    if (status == LACUNA_OK) {
        status = lacuna_run_add_memory(run, "specimen.md", MARKDOWN, sizeof MARKDOWN - 1, err);
    }
    if (status == LACUNA_OK) {
        status = lacuna_run_execute(&result, run, err);
    }
    /* A protocol of one sentence: something is met or partly so, and much is missing. */
    *judged = status == LACUNA_OK && lacuna_result_verdict(result) == LACUNA_NOT_READY &&
              lacuna_result_count(result, "missing") > 0;
    lacuna_result_free(result);
    lacuna_run_free(run);
    lacuna_options_free(options);
    return status;
}

static void check_checking(checkup *c)
{
    lacuna_error err = {0};
    bool judged = false;
    (void)run_check(&judged, &err);
    report(c, judged, "a protocol of one sentence was checked and found wanting",
           err.message[0] == '\0' ? "another verdict came out" : err.message);
}

lacuna_status lacuna_self_check(uint64_t *failures, lacuna_write_fn write, void *user,
                                lacuna_error *err)
{
    lac_output output;
    checkup c = {.output = &output};
    *failures = 0;
    lac_output_init(&output, write, user);
    check_packs(&c);
    check_reading(&c, "a Markdown document was read", "specimen.md",
                  lac_span_make(MARKDOWN, sizeof MARKDOWN - 1));
    check_word(&c);
    check_checking(&c);
    *failures = c.failures;
    return lac_output_finish(&output, err);
}
