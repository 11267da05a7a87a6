#include "drafter/audit.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ENTRIES = 4, FILE_MAX = 16384 };

static char folder[] = "/tmp/lacuna-audit-XXXXXX";
static char path[64];

static int64_t noon(void)
{
    return 1795600800;
}

static void append(const char *action, lac_span key)
{
    lac_audit *audit;
    lacuna_error err = {0};
    lac_audit_settings settings = {.actor = "tester", .key = key, .clock = noon};
    json_t *fields = json_pack("{s:s,s:i}", "object", "1.11.3", "tokens", 7);
    assert_int_equal(lac_audit_open(&audit, path, &settings, &err), LACUNA_OK);
    assert_int_equal(lac_audit_append(audit, action, fields, &err), LACUNA_OK);
    assert_int_equal(strlen(lac_audit_head(audit)), 64);
    lac_audit_close(audit);
    json_decref(fields);
}

static size_t load(char *bytes)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(bytes, 1, FILE_MAX - 1, file);
    fclose(file);
    bytes[length] = '\0';
    return length;
}

static void store(const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
}

static int fresh(void **state)
{
    (void)state;
    unlink(path);
    for (int i = 0; i < ENTRIES; i++) {
        append("model-call", lac_span_of("key"));
    }
    return 0;
}

static lac_audit_report verify(const char *key, const char *expected)
{
    lac_audit_report report;
    assert_int_equal(lac_audit_verify(&report, path, lac_span_of(key), expected, NULL), LACUNA_OK);
    return report;
}

static void expect(lac_audit_fault fault, uint64_t line)
{
    lac_audit_report report = verify("", NULL);
    assert_int_equal(report.fault, fault);
    assert_int_equal(report.line, line);
}

static void sound(void **state)
{
    (void)state;
    struct stat facts;
    lac_audit_report report = verify("key", NULL);
    assert_int_equal(report.fault, LAC_AUDIT_SOUND);
    assert_int_equal(report.entries, ENTRIES);
    assert_int_equal(verify("key", report.head).fault, LAC_AUDIT_SOUND);
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
}

static char *line_of(char *bytes, int number)
{
    while (--number > 0) {
        bytes = strchr(bytes, '\n') + 1;
    }
    return bytes;
}

static void altered(void **state)
{
    (void)state;
    char bytes[FILE_MAX];
    size_t length = load(bytes);
    char *digit = strstr(line_of(bytes, 2), "\"tokens\":7");
    digit[9] = '8';
    store(bytes, length);
    expect(LAC_AUDIT_ALTERED, 2);
}

static void left_out(void **state)
{
    (void)state;
    char bytes[FILE_MAX];
    load(bytes);
    char *second = line_of(bytes, 2);
    char *third = line_of(bytes, 3);
    memmove(second, third, strlen(third) + 1);
    store(bytes, strlen(bytes));
    expect(LAC_AUDIT_UNLINKED, 2);
}

static void put_in_twice(void **state)
{
    (void)state;
    char bytes[FILE_MAX], more[2 * FILE_MAX];
    load(bytes);
    const char *third = line_of(bytes, 3);
    int length =
        snprintf(more, sizeof more, "%.*s%s", (int)(third - bytes), bytes, line_of(bytes, 2));
    store(more, (size_t)length);
    expect(LAC_AUDIT_UNLINKED, 3);
}

static void moved(void **state)
{
    (void)state;
    char bytes[FILE_MAX], more[FILE_MAX];
    load(bytes);
    char *second = line_of(bytes, 2), *third = line_of(bytes, 3), *fourth = line_of(bytes, 4);
    int length = snprintf(more, sizeof more, "%.*s%.*s%.*s%s", (int)(second - bytes), bytes,
                          (int)(fourth - third), third, (int)(third - second), second, fourth);
    store(more, (size_t)length);
    expect(LAC_AUDIT_UNLINKED, 2);
}

static void cut_at_the_end(void **state)
{
    (void)state;
    char bytes[FILE_MAX];
    load(bytes);
    lac_audit_report whole = verify("", NULL);
    store(bytes, (size_t)(line_of(bytes, 4) - bytes));
    expect(LAC_AUDIT_SOUND, 0); /* what a chain alone cannot show */
    lac_audit_report report = verify("", whole.head);
    assert_int_equal(report.fault, LAC_AUDIT_CUT);
    assert_int_equal(report.entries, 3);
}

static void made_anew(void **state)
{
    (void)state;
    unlink(path);
    append("model-call", lac_span_of("another key"));
    expect(LAC_AUDIT_SOUND, 0);
    assert_int_equal(verify("key", NULL).fault, LAC_AUDIT_MAC_WRONG);
    unlink(path);
    append("model-call", lac_span_of(""));
    assert_int_equal(verify("key", NULL).fault, LAC_AUDIT_MAC_WRONG);
}

static void no_entry(void **state)
{
    (void)state;
    char bytes[FILE_MAX];
    size_t length = load(bytes);
    *line_of(bytes, 3) = 'x';
    store(bytes, length);
    expect(LAC_AUDIT_NO_JSON, 3);
}

static void cut_off_by_a_crash(void **state)
{
    (void)state;
    char bytes[FILE_MAX];
    size_t length = load(bytes);
    store(bytes, length - 20);
    expect(LAC_AUDIT_TORN, 4);
    append("decision", lac_span_of("key"));
    lac_audit_report report = verify("key", NULL);
    assert_int_equal(report.fault, LAC_AUDIT_SOUND);
    assert_int_equal(report.entries, 4);
    assert_int_equal(report.torn, 1);
    length = load(bytes);
    line_of(bytes, 4)[5] ^= 1; /* the torn line is held by its digest too */
    store(bytes, length);
    expect(LAC_AUDIT_NO_JSON, 4);
}

static void nothing_added_behind_an_alteration(void **state)
{
    (void)state;
    char bytes[FILE_MAX];
    lac_audit *audit;
    lac_audit_settings settings = {.actor = "tester"};
    size_t length = load(bytes);
    strstr(line_of(bytes, 4), "\"tokens\":7")[9] = '8';
    store(bytes, length);
    assert_int_equal(lac_audit_open(&audit, path, &settings, NULL), LACUNA_E_FORMAT);
    assert_null(audit);
    assert_int_equal(load(bytes), length);

    /* Altered while it was open. */
    bytes[strstr(line_of(bytes, 4), "\"tokens\":8") - bytes + 9] = '7';
    store(bytes, length);
    assert_int_equal(lac_audit_open(&audit, path, &settings, NULL), LACUNA_OK);
    assert_int_equal(strlen(lac_audit_head(audit)), 64); /* as it was found */
    bytes[strstr(line_of(bytes, 4), "\"tokens\":7") - bytes + 9] = '8';
    store(bytes, length);
    assert_int_equal(lac_audit_append(audit, "decision", NULL, NULL), LACUNA_E_FORMAT);
    lac_audit_close(audit);
    assert_int_equal(load(bytes), length);
}

static void no_regular_file(void **state)
{
    (void)state;
    lac_audit *audit;
    lac_audit_report report;
    lac_audit_settings settings = {.actor = "tester"};
    char link[80];
    snprintf(link, sizeof link, "%s/link", folder);
    assert_int_equal(symlink(path, link), 0);
    assert_int_equal(lac_audit_open(&audit, link, &settings, NULL), LACUNA_E_IO);
    unlink(link);
    assert_int_not_equal(lac_audit_open(&audit, folder, &settings, NULL), LACUNA_OK);
    assert_int_not_equal(lac_audit_verify(&report, folder, lac_span_of(""), NULL, NULL), LACUNA_OK);
    assert_int_equal(lac_audit_verify(&report, "/dev/null", lac_span_of(""), NULL, NULL),
                     LACUNA_E_ARGUMENT);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL || snprintf(path, sizeof path, "%s/log", folder) < 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(sound, fresh),
        cmocka_unit_test_setup(altered, fresh),
        cmocka_unit_test_setup(left_out, fresh),
        cmocka_unit_test_setup(put_in_twice, fresh),
        cmocka_unit_test_setup(moved, fresh),
        cmocka_unit_test_setup(cut_at_the_end, fresh),
        cmocka_unit_test_setup(made_anew, fresh),
        cmocka_unit_test_setup(no_entry, fresh),
        cmocka_unit_test_setup(cut_off_by_a_crash, fresh),
        cmocka_unit_test_setup(nothing_added_behind_an_alteration, fresh),
        cmocka_unit_test_setup(no_regular_file, fresh),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
