/* lint_pack FILE... - lints checklist packs; exit 0: no errors, 1: errors, 2: usage or reading. */
#include "analyzer/lint.h"
#include "support/buf.h"

#include <stdio.h>
#include <string.h>

static int read_file(lac_buf *out, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        return -1;
    }
    char piece[65536];
    size_t got;
    lacuna_status status = LACUNA_OK;
    while (status == LACUNA_OK && (got = fread(piece, 1, sizeof piece, file)) > 0) {
        status = lac_buf_append(out, piece, got);
    }
    int failed = ferror(file) != 0 || status != LACUNA_OK;
    (void)fclose(file);
    return failed ? -1 : 0;
}

static void print_report(const char *path, const lac_lint_report *report)
{
    for (uint32_t i = 0; i < report->count; i++) {
        const lac_lint_message *m = &report->messages[i];
        (void)printf("%s:%u: %s: %s%s%s (%s)\n", path, m->line, m->error ? "error" : "warning",
                     m->item, m->item[0] == '\0' ? "" : ": ", m->text, m->pointer);
    }
    (void)printf("%s: %u items, %u facts, %u test sentences: %u errors, %u warnings%s\n", path,
                 report->items, report->facts, report->tests, report->errors, report->warnings,
                 report->more ? " (list cut)" : "");
}

static int lint_file(const char *path)
{
    lac_buf json;
    lac_buf_init(&json, (size_t)LAC_LIMITS_DEFAULT.json_bytes);
    int result = 2;
    if (read_file(&json, path) == 0) {
        lac_lint_report *report = NULL;
        lacuna_error err = {0};
        if (lac_lint_pack(&report, lac_buf_span(&json), path, &LAC_LIMITS_DEFAULT, &err) ==
            LACUNA_OK) {
            print_report(path, report);
            result = report->errors > 0 ? 1 : 0;
        } else {
            (void)fprintf(stderr, "%s: %s\n", path, err.message);
        }
        lac_lint_report_free(report);
    }
    lac_buf_free(&json);
    return result;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        (void)fprintf(stderr, "usage: lint_pack FILE...\n");
        return 2;
    }
    int worst = 0;
    for (int i = 1; i < argc; i++) {
        int result = lint_file(argv[i]);
        worst = result > worst ? result : worst;
    }
    return worst;
}
