#define _XOPEN_SOURCE 700 /* realpath */

#include "self_test.h"

#include "buffer.h"
#include "child.h"
#include "output.h"
#include "programs.h"

#include <jansson.h>
#include <limits.h>
#include <openssl/evp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

enum { RECORD_MAX = 16 << 20, PIECE = 64 * 1024, DIGEST_SIZE = 2 * EVP_MAX_MD_SIZE + 1 };

/* ---- what is tested ------------------------------------------------------------------------- */

static bool digest_file(char *hex, const char *path)
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    static char piece[PIECE];
    FILE *file = fopen(path, "rb");
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool sound =
        file != NULL && context != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1;
    size_t got;
    while (sound && (got = fread(piece, 1, sizeof piece, file)) > 0) {
        sound = EVP_DigestUpdate(context, piece, got) == 1;
    }
    sound = sound && ferror(file) == 0 && EVP_DigestFinal_ex(context, bytes, &length) == 1;
    for (unsigned i = 0; i < length; i++) {
        (void)snprintf(hex + (size_t)i * 2, 3, "%02x", bytes[i]);
    }
    EVP_MD_CTX_free(context);
    if (file != NULL) {
        (void)fclose(file);
    }
    return sound;
}

static json_t *program_facts(void)
{
    char hex[DIGEST_SIZE] = "";
    char *path = realpath("/proc/self/exe", NULL);
    bool read = path != NULL && digest_file(hex, path);
    json_t *facts = json_pack("{s:s, s:s}", "path", path == NULL ? "unknown" : path, "sha256",
                              read ? hex : "unknown");
    free(path);
    return facts;
}

static json_t *platform_facts(void)
{
    struct utsname facts;
    char reader[PATH_MAX];
    if (uname(&facts) != 0) {
        memset(&facts, 0, sizeof facts);
    }
    bool found = cli_find_program(reader, sizeof reader, "pdftotext");
    return json_pack("{s:s, s:s, s:s, s:s, s:s}", "system", facts.sysname, "release", facts.release,
                     "machine", facts.machine, "host", facts.nodename, "pdftotext",
                     found ? reader : "not installed");
}

static json_t *time_now(void)
{
    enum { TIME_SIZE = 32 };
    char text[TIME_SIZE] = "";
    struct tm parts;
    time_t now = time(NULL);
    if (gmtime_r(&now, &parts) != NULL) {
        (void)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    }
    return json_string(text);
}

/* ---- one more check: a process of its own, held to limits ----------------------------------- */

/* What a child says to a request; "" where it failed. */
static void ask_child(char *out, size_t size, const char *request)
{
    enum { MEBIBYTE = 1 << 20, MEMORY = 1024, SECONDS = 60 };
    const cli_child_limits limits = {(size_t)MEMORY * MEBIBYTE, SECONDS, NULL};
    cli_child child;
    out[0] = '\0';
    if (!cli_child_start(&child, request, strlen(request), &limits)) {
        return;
    }
    while (!cli_child_reap(&child)) {
        struct pollfd output = {child.output, POLLIN, 0};
        (void)poll(&output, 1, child.output < 0 ? 1 : SECONDS);
        if (child.output >= 0 && output.revents != 0) {
            (void)cli_child_read(&child);
        }
        if (cli_now() >= child.deadline) {
            cli_child_kill(&child, CLI_CHILD_LATE);
        }
    }
    json_t *answer = child.end == CLI_CHILD_ANSWERED
                         ? json_loadb(child.text.data, child.text.length, 0, NULL)
                         : NULL;
    const char *text = json_string_value(json_object_get(answer, "text"));
    (void)snprintf(out, size, "%s", text == NULL ? "" : text);
    json_decref(answer);
    cli_child_free(&child);
}

static void add_child_check(json_t *record)
{
    static const char expected[] = "Title\n\nA paragraph.\n";
    char actual[sizeof expected + 64];
    ask_child(
        actual, sizeof actual,
        "{\"id\":1,\"do\":\"text\",\"name\":\"a.txt\",\"text\":\"Title\\n\\nA paragraph.\\n\"}");
    bool passed = strcmp(actual, expected) == 0;
    (void)json_array_append_new(
        json_object_get(record, "checks"),
        json_pack("{s:s, s:s, s:s, s:s, s:b}", "id", "worker", "what",
                  "a document is read in a process of its own", "expected", expected, "actual",
                  actual[0] == '\0' ? "no answer" : actual, "passed", passed));
    if (!passed) {
        json_int_t failures = json_integer_value(json_object_get(record, "failures"));
        (void)json_object_set_new(record, "failures", json_integer(failures + 1));
    }
}

/* ---- the record ----------------------------------------------------------------------------- */

static json_t *make_record(lacuna_error *err)
{
    uint64_t failures;
    cli_buffer checks = {.max = RECORD_MAX};
    cli_buffer about = {.max = RECORD_MAX};
    json_t *record = NULL;
    if (lacuna_self_test(&failures, cli_buffer_write, &checks, err) == LACUNA_OK &&
        lacuna_about("json", cli_buffer_write, &about, err) == LACUNA_OK) {
        record = json_loadb(checks.data, checks.length, 0, NULL);
        (void)json_object_set_new(record, "about", json_loadb(about.data, about.length, 0, NULL));
        (void)json_object_set_new(record, "program", program_facts());
        (void)json_object_set_new(record, "platform", platform_facts());
        (void)json_object_set_new(record, "time", time_now());
        add_child_check(record);
    }
    cli_buffer_free(&checks);
    cli_buffer_free(&about);
    return record;
}

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text == NULL ? "" : text;
}

static void row(cli_buffer *out, const char *name, const char *value)
{
    enum { COLUMN = 12 };
    cli_buffer_text(out, name);
    for (size_t i = strlen(name); i < COLUMN; i++) {
        cli_buffer_text(out, " ");
    }
    cli_buffer_text(out, value);
    cli_buffer_text(out, "\n");
}

static void write_subject(cli_buffer *out, const json_t *record)
{
    const json_t *about = json_object_get(record, "about");
    const json_t *program = json_object_get(record, "program");
    const json_t *platform = json_object_get(record, "platform");
    cli_buffer_text(out, "Self-test of Lacuna\n\n");
    row(out, "Program", text_of(program, "path"));
    row(out, "SHA-256", text_of(program, "sha256"));
    row(out, "Version", text_of(about, "version"));
    row(out, "Build", text_of(about, "build"));
    row(out, "System", text_of(platform, "system"));
    row(out, "Release", text_of(platform, "release"));
    row(out, "Machine", text_of(platform, "machine"));
    row(out, "Host", text_of(platform, "host"));
    row(out, "pdftotext", text_of(platform, "pdftotext"));
    row(out, "Time (UTC)", text_of(record, "time"));
    cli_buffer_text(out, "\nLibraries, as they run\n");
    const json_t *list = json_object_get(about, "libraries");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        cli_buffer_text(out, "  ");
        cli_buffer_text(out, text_of(one, "name"));
        cli_buffer_text(out, " ");
        cli_buffer_text(out, text_of(one, "running"));
        cli_buffer_text(out, "\n");
    }
    cli_buffer_text(out, "\nBuilt-in checklists\n");
    list = json_object_get(about, "checklists");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        cli_buffer_text(out, "  ");
        cli_buffer_text(out, text_of(one, "digest"));
        cli_buffer_text(out, "  ");
        cli_buffer_text(out, text_of(one, "id"));
        cli_buffer_text(out, " ");
        cli_buffer_text(out, text_of(one, "version"));
        cli_buffer_text(out, "\n");
    }
}

/* A value on one line. */
static void value_row(cli_buffer *out, const char *name, const char *value)
{
    cli_buffer_text(out, name);
    for (; *value != '\0'; value++) {
        cli_buffer_append(out, *value == '\n' ? "|" : value, 1);
    }
    cli_buffer_text(out, "\n");
}

static void write_checks(cli_buffer *out, const json_t *record)
{
    const json_t *checks = json_object_get(record, "checks");
    cli_buffer_text(out, "\nChecks\n");
    for (size_t i = 0; i < json_array_size(checks); i++) {
        const json_t *one = json_array_get(checks, i);
        bool passed = json_is_true(json_object_get(one, "passed"));
        cli_buffer_text(out, passed ? "  passed  " : "  FAILED  ");
        cli_buffer_text(out, text_of(one, "id"));
        cli_buffer_text(out, ": ");
        cli_buffer_text(out, text_of(one, "what"));
        cli_buffer_text(out, "\n");
        value_row(out, "            expected  ", text_of(one, "expected"));
        value_row(out, "            actual    ", text_of(one, "actual"));
    }
}

static void write_end(cli_buffer *out, const json_t *record)
{
    cli_buffer_text(out, "\nResult: ");
    cli_buffer_number(out, (long long)json_array_size(json_object_get(record, "checks")));
    cli_buffer_text(out, " checks, ");
    cli_buffer_number(out, (long long)json_integer_value(json_object_get(record, "failures")));
    cli_buffer_text(
        out, " failed\n\n"
             "What this shows: the program with this digest did on this system what is expected\n"
             "above. It is evidence for a validation by whoever uses it, and no validation.\n\n"
             "Performed by  ______________________  date  ____________  signature  ____________\n"
             "Reviewed by   ______________________  date  ____________  signature  ____________\n");
}

typedef struct rendering {
    const json_t *record;
    const char *format;
} rendering;

static lacuna_status render(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const rendering *r = user;
    cli_buffer out = {.max = RECORD_MAX};
    if (strcmp(r->format, "json") == 0) {
        char *text = json_dumps(r->record, JSON_INDENT(2) | JSON_SORT_KEYS);
        cli_buffer_text(&out, text == NULL ? "" : text);
        cli_buffer_text(&out, "\n");
        free(text);
    } else {
        write_subject(&out, r->record);
        write_checks(&out, r->record);
        write_end(&out, r->record);
    }
    lacuna_status status =
        out.failed || write(sink, out.data, out.length) != 0 ? LACUNA_E_IO : LACUNA_OK;
    if (status != LACUNA_OK) {
        *err = (lacuna_error){.status = LACUNA_E_IO, .message = "the record was not written"};
    }
    cli_buffer_free(&out);
    return status;
}

int cli_self_test(const char *format, const char *path)
{
    lacuna_error err = {0};
    json_t *record = make_record(&err);
    if (record == NULL) {
        return cli_report_error(NULL, &err);
    }
    rendering r = {record, format};
    int code =
        path == NULL ? cli_render_stdout(render, &r, false) : cli_render_file(path, render, &r);
    bool failed = json_integer_value(json_object_get(record, "failures")) > 0;
    json_decref(record);
    return code == CLI_OK && failed ? CLI_FINDINGS : code;
}
