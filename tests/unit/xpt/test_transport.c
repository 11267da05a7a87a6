/* SAS transport files: columns, rows and where they end; trial summaries; damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "include/lacuna.h"
#include "make_transport.h"
#include "parsers/xpt/transport.h"
#include "parsers/xpt/trial_summary.h"

#include <stdlib.h>

static const made_column SIMPLE[] = {
    {"STUDYID", 9, 2}, {"TSPARMCD", 8, 2}, {"TSVAL", 20, 2}, {"TSVALNF", 4, 2}};

static lac_trial_summary summary_of(lac_arena *arena, bool v8, const char *const *cells,
                                    unsigned rows)
{
    lac_buf file;
    lacuna_error err = {0};
    lac_trial_summary summary;
    make_transport(&file, v8, SIMPLE, 4, cells, rows);
    lac_arena_init(arena);
    assert_int_equal(lac_trial_summary_read(&summary, lac_buf_span(&file), arena, &err), LACUNA_OK);
    lac_buf_free(&file);
    return summary;
}

static void a_simplified_summary(void **state)
{
    (void)state;
    static const char *const cells[] = {"S-1", "SSTDTC",  "2018-03-05", "",
                                        "S-1", "STSTDTC", "",           "NA"};
    for (int v8 = 0; v8 < 2; v8++) {
        lac_arena arena;
        lac_trial_summary s = summary_of(&arena, v8 != 0, cells, 2);
        assert_int_equal(s.row_count, 2);
        assert_string_equal(s.study_id, "S-1");
        assert_string_equal(s.other_study_id, "");
        assert_string_equal(s.clinical.value, "2018-03-05");
        assert_string_equal(s.clinical.null_flavor, "");
        assert_string_equal(s.nonclinical.value, "");
        assert_string_equal(s.nonclinical.null_flavor, "NA");
        lac_arena_free(&arena);
    }
}

static void another_study_and_strange_bytes(void **state)
{
    (void)state;
    static const char *const cells[] = {"S-1",  "AGEMAX", "P70Y", "",       "S-\xE4", "SSTDTC",
                                        "2018", "",       "S-1",  "SSTDTC", "2019",   ""};
    lac_arena arena;
    lac_trial_summary s = summary_of(&arena, false, cells, 3);
    assert_string_equal(s.study_id, "S-1");
    assert_string_equal(s.other_study_id, "S-?");
    assert_string_equal(s.clinical.value, "2018");
    assert_string_equal(s.nonclinical.value, "");
    lac_arena_free(&arena);
}

static void long_names_of_version_8(void **state)
{
    (void)state;
    static const made_column columns[] = {{"A_NAME_OF_MORE_THAN_EIGHT", 3, 2}, {"NUMBER", 8, 1}};
    static const char *const cells[] = {"one", "", "two", ""};
    lac_buf file;
    lac_transport t;
    lac_transport_column column;
    make_transport(&file, true, columns, 2, cells, 2);
    assert_int_equal(lac_transport_open(&t, lac_buf_span(&file), NULL), LACUNA_OK);
    assert_true(t.long_names);
    assert_true(lac_span_is(t.member, "TS"));
    assert_true(lac_transport_find(&column, &t, "a_name_of_more_than_eight"));
    assert_false(lac_transport_find(&column, &t, "NUMBER")); /* no text */
    assert_true(lac_transport_find(&column, &t, "A_NAME_OF_MORE_THAN_EIGHT"));
    assert_true(lac_span_is(lac_transport_text(&t, 1, &column), "two"));
    lac_buf_free(&file);
}

/* Rows of 11 bytes: the fill behind two of them would hold five more. */
static void fill_is_no_row_and_neither_is_the_next_data_set(void **state)
{
    (void)state;
    static const made_column columns[] = {{"TSVAL", 11, 2}};
    static const char *const cells[] = {"first", "second"};
    lac_buf file;
    lac_transport t;
    make_transport(&file, false, columns, 1, cells, 2);
    assert_int_equal(lac_transport_open(&t, lac_buf_span(&file), NULL), LACUNA_OK);
    assert_int_equal(t.row_count, 2);
    put_header(&file, "MEMBER", "000000000000000001600000000140");
    put_padded(&file, "more", 800);
    assert_int_equal(lac_transport_open(&t, lac_buf_span(&file), NULL), LACUNA_OK);
    assert_int_equal(t.row_count, 2);
    lac_buf_free(&file);
}

/* A copy of exactly `length` bytes, so that reading past its end is noticed. */
static lacuna_status open_cut(lac_span file, size_t length, size_t at, int value)
{
    char *copy = malloc(length == 0 ? 1 : length);
    lac_arena arena;
    lac_trial_summary summary;
    lacuna_error err = {0};
    assert_non_null(copy);
    memcpy(copy, file.ptr, length);
    if (at < length) {
        copy[at] = (char)value;
    }
    lac_arena_init(&arena);
    lacuna_status status =
        lac_trial_summary_read(&summary, lac_span_make(copy, length), &arena, &err);
    assert_true(status == LACUNA_OK || (status == LACUNA_E_FORMAT && err.message[0] != '\0'));
    lac_arena_free(&arena);
    free(copy);
    return status;
}

static void damage_is_told_and_never_followed(void **state)
{
    (void)state;
    static const char *const cells[] = {"S-1", "SSTDTC", "2018-03-05", ""};
    lac_buf file;
    make_transport(&file, false, SIMPLE, 4, cells, 1);
    lac_span whole = lac_buf_span(&file);
    size_t rows_at = whole.len - 80;
    for (size_t length = 0; length < whole.len; length++) {
        lacuna_status status = open_cut(whole, length, SIZE_MAX, 0);
        assert_int_equal(status, length < rows_at ? LACUNA_E_FORMAT : LACUNA_OK);
    }
    for (size_t at = 0; at < whole.len; at++) {
        (void)open_cut(whole, whole.len, at, 0xFF);
        (void)open_cut(whole, whole.len, at, '9');
    }
    /* The first column begins behind the end of the row. */
    assert_int_equal(open_cut(whole, whole.len, 8 * 80 + 84, 1), LACUNA_E_FORMAT);
    lac_buf_free(&file);
}

static void what_is_no_transport_file(void **state)
{
    (void)state;
    lac_transport t;
    lacuna_error err = {0};
    assert_int_equal(lac_transport_open(&t, lac_span_of(""), &err), LACUNA_E_FORMAT);
    assert_int_equal(lac_transport_open(&t, lac_span_of("%PDF-1.4"), &err), LACUNA_E_FORMAT);
    assert_non_null(strstr(err.message, "no SAS transport file"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_simplified_summary),
        cmocka_unit_test(another_study_and_strange_bytes),
        cmocka_unit_test(long_names_of_version_8),
        cmocka_unit_test(fill_is_no_row_and_neither_is_the_next_data_set),
        cmocka_unit_test(damage_is_told_and_never_followed),
        cmocka_unit_test(what_is_no_transport_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
