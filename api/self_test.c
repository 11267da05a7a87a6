/* The self-test as a record: each check with what is expected and what came. */
#include "analyzer/lint.h"
#include "analyzer/registry.h"
#include "api/document.h"
#include "api/specimen.h"
#include "include/lacuna.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/hash.h"
#include "writers/json/emit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 256, REPORT_MAX = 64 << 20 };

static const char PROTOCOL[] =
    "# Clinical Trial Protocol\n\n"
    "## 1 Trial design\n\n"
    "This is a randomised, double-blind, placebo-controlled trial in 40 participants.\n\n"
    "## 2 Withdrawal\n\n"
    "[TBD]\n";

static const char LETTER[] =
    "IND 900204\n\nCLINICAL HOLD\n\nDear Dr. Berg:\n\n"
    "Please refer to your investigational new drug application (IND) dated January 12, 2026.\n\n"
    "We have placed the proposed study on full clinical hold for the deficiencies listed below.\n\n"
    "CLINICAL\n\n"
    "1. The protocol has no stopping rule. Revise the protocol to add one.\n\n"
    "2. The consent form does not describe the risks. Revise the consent form.\n";

/* FIPS 180-4 example of SHA-256, "abc". */
static const char ABC_DIGEST[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

typedef struct self_test {
    lac_json *json;
    uint64_t failures;
} self_test;

/* One row of the record. */
static void record(self_test *t, const char *id, const char *what, const char *expected,
                   const char *actual)
{
    bool passed = strcmp(expected, actual) == 0;
    lac_json_object(t->json, NULL);
    lac_json_text(t->json, "actual", actual);
    lac_json_text(t->json, "expected", expected);
    lac_json_text(t->json, "id", id);
    lac_json_bool(t->json, "passed", passed);
    lac_json_text(t->json, "what", what);
    lac_json_object_end(t->json);
    t->failures += passed ? 0 : 1;
}

static const char *or_error(lacuna_status status, const lacuna_error *err, const char *actual)
{
    return status == LACUNA_OK ? actual : err->message;
}

/* ---- digests, checklists -------------------------------------------------------------------- */

static void test_digest(self_test *t)
{
    lacuna_error err = {0};
    lac_digest digest = {""};
    lacuna_status status = lac_sha256(&digest, lac_span_make("abc", 3), &err);
    record(t, "digest", "SHA-256 of \"abc\" (FIPS 180-4)", ABC_DIGEST,
           or_error(status, &err, digest.hex));
}

static void test_checklist(self_test *t, const lac_registry *registry, const char *name)
{
    char id[TEXT_SIZE];
    char actual[TEXT_SIZE];
    lacuna_error err = {0};
    lac_lint_report *lint = NULL;
    lacuna_status status =
        lac_lint_pack(&lint, lac_registry_source(registry, name), name, &LAC_LIMITS_DEFAULT, &err);
    if (status != LACUNA_OK) {
        (void)snprintf(actual, sizeof actual, "%s", err.message);
    } else {
        (void)snprintf(actual, sizeof actual, "0 of %" PRIu32 " sentences misjudged", lint->tests);
        if (lint->errors > 0) {
            (void)snprintf(actual, sizeof actual, "%s",
                           lint->count > 0 ? lint->messages[0].text : "has errors");
        }
    }
    char expected[TEXT_SIZE];
    (void)snprintf(expected, sizeof expected, "0 of %" PRIu32 " sentences misjudged",
                   lint == NULL ? 0 : lint->tests);
    (void)snprintf(id, sizeof id, "checklist/%s", name);
    record(t, id, "the built-in checklist is read, its test sentences are judged", expected,
           actual);
    lac_lint_report_free(lint);
}

static void test_checklists(self_test *t)
{
    lacuna_error err = {0};
    lac_registry *registry = NULL;
    if (lac_registry_new(&registry, NULL, &err) != LACUNA_OK) {
        record(t, "checklist", "the built-in checklists are read", "read", err.message);
        return;
    }
    for (uint32_t i = 0; i < lac_registry_count(registry); i++) {
        test_checklist(t, registry, lac_registry_entry_at(registry, i)->id);
    }
    lac_registry_free(registry);
}

/* ---- reading -------------------------------------------------------------------------------- */

static void first_heading(char *out, size_t size, const lac_document *model)
{
    (void)snprintf(out, size, "no heading");
    for (uint32_t i = 1; i < model->section_count; i++) {
        lac_span number = model->sections[i].number;
        lac_span title = model->sections[i].title;
        if (number.len > 0) {
            (void)snprintf(out, size, "%.*s %.*s", (int)number.len, number.ptr, (int)title.len,
                           title.ptr);
            return;
        }
    }
}

static void test_reading(self_test *t, const char *id, const char *what, const char *name,
                         lac_span bytes)
{
    char actual[TEXT_SIZE] = "";
    lacuna_error err = {0};
    lacuna_document *document = NULL;
    lacuna_status status =
        lacuna_document_open_memory(&document, name, bytes.ptr, bytes.len, NULL, &err);
    if (status == LACUNA_OK) {
        first_heading(actual, sizeof actual, document->model);
    }
    record(t, id, what, "1 Trial design", or_error(status, &err, actual));
    lacuna_document_free(document);
}

static void test_word(self_test *t)
{
    lacuna_error err = {0};
    char *data = NULL;
    size_t length = 0;
    if (lac_specimen_make(&data, &length, &err) != LACUNA_OK) {
        record(t, "read/word", "a Word document is made in memory", "made", err.message);
        return;
    }
    test_reading(t, "read/word", "the numbered heading of a Word document", "specimen.docx",
                 lac_span_make(data, length));
    /* The same document, cut in half: refused, not guessed at. */
    lacuna_document *document = NULL;
    lacuna_status status =
        lacuna_document_open_memory(&document, "cut.docx", data, length / 2, NULL, &err);
    record(t, "read/damaged", "a Word document that is cut in half is refused",
           lacuna_status_name(LACUNA_E_FORMAT), lacuna_status_name(status));
    lacuna_document_free(document);
    free(data);
}

/* ---- checking ------------------------------------------------------------------------------- */

static int keep(void *user, const void *data, size_t length)
{
    return lac_buf_append(user, data, length) == LACUNA_OK ? 0 : 1;
}

static lacuna_status set_options(lacuna_options *options, const char *jobs, lacuna_error *err)
{
    lacuna_status status = lacuna_options_set(options, "as-of", "2026-01-01", err);
    if (status == LACUNA_OK) {
        status = lacuna_options_set(options, "document-type", "protocol", err);
    }
    return status == LACUNA_OK ? lacuna_options_set(options, "jobs", jobs, err) : status;
}

static lacuna_status run_check(lacuna_result **result, const char *jobs, lacuna_error *err)
{
    lacuna_run *run = NULL;
    lacuna_options *options = NULL;
    lacuna_status status = lacuna_options_new(&options, err);
    status = status == LACUNA_OK ? set_options(options, jobs, err) : status;
    status = status == LACUNA_OK ? lacuna_run_new(&run, options, err) : status;
    if (status == LACUNA_OK) {
        status = lacuna_run_add_memory(run, "a.md", PROTOCOL, sizeof PROTOCOL - 1, err);
    }
    if (status == LACUNA_OK) {
        status = lacuna_run_add_memory(run, "b.md", PROTOCOL, sizeof PROTOCOL - 1, err);
    }
    status = status == LACUNA_OK ? lacuna_run_execute(result, run, err) : status;
    lacuna_run_free(run);
    lacuna_options_free(options);
    return status;
}

/* The digest of a report; what it found goes to `verdict`. */
static lacuna_status digest_of_check(lac_digest *digest, char *verdict, const char *jobs,
                                     lacuna_error *err)
{
    lac_buf report;
    lacuna_result *result = NULL;
    lac_buf_init(&report, REPORT_MAX);
    lacuna_status status = run_check(&result, jobs, err);
    if (status == LACUNA_OK) {
        (void)snprintf(
            verdict, TEXT_SIZE, "%s, %s", lacuna_verdict_name(lacuna_result_verdict(result)),
            lacuna_result_count(result, "missing") > 0 ? "items missing" : "nothing missing");
        status = lacuna_result_render(result, "json", NULL, keep, &report, err);
    }
    if (status == LACUNA_OK) {
        status = lac_sha256(digest, lac_buf_span(&report), err);
    }
    lacuna_result_free(result);
    lac_buf_free(&report);
    return status;
}

static void test_checking(self_test *t)
{
    char verdict[TEXT_SIZE] = "";
    lac_digest once = {""};
    lac_digest again = {""};
    lacuna_error err = {0};
    lacuna_status status = digest_of_check(&once, verdict, "1", &err);
    record(t, "check/verdict", "a protocol of two sentences is found wanting",
           "not-ready, items missing", or_error(status, &err, verdict));
    status = status == LACUNA_OK ? digest_of_check(&again, verdict, "2", &err) : status;
    record(t, "check/same", "the same result, byte for byte, with two threads", once.hex,
           or_error(status, &err, again.hex));
}

static void test_letter(self_test *t)
{
    char actual[TEXT_SIZE] = "";
    lacuna_error err = {0};
    lacuna_letter *letter = NULL;
    lacuna_status status =
        lacuna_letter_open_memory(&letter, "letter.txt", LETTER, sizeof LETTER - 1, NULL, &err);
    if (status == LACUNA_OK) {
        (void)snprintf(actual, sizeof actual, "%" PRIu64 " letter, %" PRIu64 " queries",
                       lacuna_letter_count(letter, "letters"),
                       lacuna_letter_count(letter, "queries"));
    }
    record(t, "letter", "the queries of a hold letter", "1 letter, 2 queries",
           or_error(status, &err, actual));
    lacuna_letter_free(letter);
}

lacuna_status lacuna_self_test(uint64_t *failures, lacuna_write_fn write, void *user,
                               lacuna_error *err)
{
    lac_output output;
    lac_json json;
    self_test t = {.json = &json};
    *failures = 0;
    lac_output_init(&output, write, user);
    lac_json_init(&json, &output);
    lac_json_object(&json, NULL);
    lac_json_array(&json, "checks");
    test_digest(&t);
    test_checklists(&t);
    test_reading(&t, "read/markdown", "the numbered heading of a Markdown document", "a.md",
                 lac_span_make(PROTOCOL, sizeof PROTOCOL - 1));
    test_word(&t);
    test_checking(&t);
    test_letter(&t);
    lac_json_array_end(&json);
    lac_json_uint(&json, "failures", t.failures);
    lac_json_text(&json, "schema", "lacuna.self-test/1");
    lac_json_object_end(&json);
    lac_json_end(&json);
    *failures = t.failures;
    return lac_output_finish(&output, err);
}
