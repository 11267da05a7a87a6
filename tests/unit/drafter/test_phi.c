#include "drafter/phi/checks.h"
#include "drafter/phi/embedded.h"
#include "drafter/phi/scanner.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

enum { MARKS_MAX = 8, TEXT_MAX = 1024 };

/* A sentence of the data without its braces, and the places they marked. */
typedef struct marked {
    char text[TEXT_MAX];
    size_t length;
    struct {
        size_t start, length;
    } marks[MARKS_MAX];
    size_t count;
} marked;

static lac_phi_scanner *scanner;

static int make_scanner(void **state)
{
    (void)state;
    lacuna_error err = {0};
    lacuna_status status = lac_phi_scanner_new(&scanner, &err);
    if (status != LACUNA_OK) {
        print_error("%s\n", err.message);
    }
    return status == LACUNA_OK ? 0 : -1;
}

static int free_scanner(void **state)
{
    (void)state;
    lac_phi_scanner_free(scanner);
    return 0;
}

static void read_marked(marked *m, const char *sentence)
{
    *m = (marked){0};
    for (const char *at = sentence; *at != '\0'; at++) {
        assert_true(m->length < TEXT_MAX - 1);
        if (*at == '{') {
            assert_true(m->count < MARKS_MAX);
            m->marks[m->count].start = m->length;
        } else if (*at == '}') {
            m->marks[m->count].length = m->length - m->marks[m->count].start;
            m->count++;
        } else {
            m->text[m->length++] = *at;
        }
    }
}

static lac_phi_list scan(const char *text, size_t length)
{
    lacuna_error err = {0};
    lac_phi_list list = {0};
    assert_int_equal(lac_phi_scan(&list, scanner, lac_span_make(text, length), &err), LACUNA_OK);
    return list;
}

/* Every mark is found, with its whole length, as certain as asked. */
static int expect_found(const char *id, const char *kind, const json_t *sentences, bool certain)
{
    size_t index;
    const json_t *one;
    int wrong = 0;
    json_array_foreach(sentences, index, one)
    {
        marked m;
        read_marked(&m, json_string_value(one));
        assert_true(m.count > 0);
        lac_phi_list list = scan(m.text, m.length);
        for (size_t k = 0; k < m.count; k++) {
            bool found = false;
            for (size_t i = 0; i < list.count; i++) {
                const lac_phi_find *f = &list.items[i];
                found = found ||
                        (f->start == m.marks[k].start && f->length == m.marks[k].length &&
                         f->certain == certain && strcmp(lac_phi_kind_name(f->kind), kind) == 0);
            }
            if (!found) {
                wrong++;
                print_error("%s (%s): not found in: %s\n", id, kind, json_string_value(one));
                for (size_t i = 0; i < list.count; i++) {
                    print_error("   found %s %s: %.*s\n", lac_phi_kind_name(list.items[i].kind),
                                list.items[i].certain ? "certain" : "doubtful",
                                (int)list.items[i].length, m.text + list.items[i].start);
                }
            }
        }
        lac_phi_list_free(&list);
    }
    return wrong;
}

/* No recognizer finds anything, not even in doubt. */
static int expect_nothing(const char *id, const json_t *sentences)
{
    size_t index;
    const json_t *one;
    int wrong = 0;
    json_array_foreach(sentences, index, one)
    {
        const char *text = json_string_value(one);
        lac_phi_list list = scan(text, strlen(text));
        for (size_t i = 0; i < list.count; i++) {
            wrong++;
            print_error("%s: %s found %s in: %s\n", id, lac_phi_kind_name(list.items[i].kind),
                        list.items[i].certain ? "certain" : "doubtful", text);
        }
        lac_phi_list_free(&list);
    }
    return wrong;
}

static void sentences_of_the_data(void **state)
{
    (void)state;
    size_t index;
    json_t *data, *one;
    int wrong = 0;
    assert_int_equal(lac_phi_json(&data, "recognizers.json", NULL), LACUNA_OK);
    json_array_foreach(json_object_get(data, "recognizers"), index, one)
    {
        const char *id = json_string_value(json_object_get(one, "id"));
        const char *kind = json_string_value(json_object_get(one, "kind"));
        wrong += expect_found(id, kind, json_object_get(one, "positive"), true);
        wrong += expect_found(id, kind, json_object_get(one, "doubtful"), false);
        wrong += expect_nothing(id, json_object_get(one, "innocent"));
        size_t shown = json_array_size(json_object_get(one, "positive")) +
                       json_array_size(json_object_get(one, "doubtful"));
        if (shown == 0 || json_array_size(json_object_get(one, "innocent")) == 0) {
            wrong++;
            print_error("%s: has no sentences of both kinds\n", id);
        }
    }
    const json_t *names = json_object_get(data, "names");
    wrong += expect_found("names", "name", json_object_get(names, "positive"), true);
    wrong += expect_found("names", "name", json_object_get(names, "doubtful"), false);
    wrong += expect_nothing("names", json_object_get(names, "innocent"));
    json_decref(data);
    assert_int_equal(wrong, 0);
}

static void every_kind_has_a_recognizer(void **state)
{
    (void)state;
    size_t index;
    json_t *data, *one;
    bool seen[LAC_PHI_KINDS] = {[LAC_PHI_NAME] = true};
    assert_int_equal(lac_phi_json(&data, "recognizers.json", NULL), LACUNA_OK);
    json_array_foreach(json_object_get(data, "recognizers"), index, one)
    {
        seen[lac_phi_kind_of(lac_span_of(json_string_value(json_object_get(one, "kind"))))] = true;
    }
    json_decref(data);
    for (int kind = 0; kind < LAC_PHI_KINDS; kind++) {
        assert_true(seen[kind]);
    }
}

static void check_digits(void **state)
{
    (void)state;
    static const struct {
        const char *check, *right, *wrong;
    } pairs[] = {
        {"nhs", "943 476 5919", "943 476 5918"},
        {"luhn", "4111111111111111", "4111111111111112"},
        {"iban", "DE89370400440532013000", "DE88370400440532013000"},
        {"vin", "1M8GDM9AXKP042788", "1M8GDM9AYKP042788"},
        {"ssn", "521-48-9930", "666-48-9930"},
        {"ip", "203.0.113.47", "203.0.113.477"},
        {"ip", "2001:db8::8a2e:370:7334", "2001:db8:8a2e"},
        {"date", "2021-03-12", "2021-13-12"},
        {"date", "31/12/21", "32/12/21"},
        {"zip", "036", "941"},
        {"phone", "+1 617 555 0142", "617 5550"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        lac_phi_check check = lac_phi_check_of(lac_span_of(pairs[i].check));
        assert_non_null(check);
        assert_true(check(lac_span_of(pairs[i].right)));
        assert_false(check(lac_span_of(pairs[i].wrong)));
    }
    assert_null(lac_phi_check_of(lac_span_of("none")));
}

/* A surname that was certain once is found alone, but not where it is a doctor's. */
static void known_names(void **state)
{
    (void)state;
    static const char text[] = "Patient Susan Kowalski was admitted.\nThe next day Kowalski felt "
                               "better, and KOWALSKI left.\nDr. Kowalski is her surgeon.\n";
    lac_phi_list list = scan(text, sizeof text - 1);
    assert_int_equal(list.count, 3);
    for (size_t i = 0; i < list.count; i++) {
        assert_true(list.items[i].certain);
    }
    lac_phi_list_free(&list);
}

static void masks(void **state)
{
    (void)state;
    lac_buf out;
    lac_buf_init(&out, 256);
    assert_int_equal(lac_phi_mask(&out, lac_span_of("Jos\xC3\xA9 O'Hara, 521-48-9930"), NULL),
                     LACUNA_OK);
    assert_string_equal(lac_buf_text(&out), "xxxx x'xxxx, 999-99-9999");
    lac_buf_free(&out);
}

/* Long hostile lines end soon and in order. */
static void hostile(void **state)
{
    (void)state;
    enum { LENGTH = 200000 };
    static const char *const pieces[] = {"a",   "1-",         "A. ",      "John ",
                                         "+1 ", "Subject 10", "\xC3\xA9", "12.3."};
    char *text = malloc(LENGTH + 64);
    assert_non_null(text);
    for (size_t p = 0; p < sizeof pieces / sizeof pieces[0]; p++) {
        size_t length = 0, step = strlen(pieces[p]);
        while (length + step <= LENGTH) {
            memcpy(text + length, pieces[p], step);
            length += step;
        }
        lac_phi_list list = {0};
        lacuna_status status = lac_phi_scan(&list, scanner, lac_span_make(text, length), NULL);
        assert_true(status == LACUNA_OK || status == LACUNA_E_LIMIT);
        for (size_t i = 0; i < list.count; i++) {
            assert_true(list.items[i].start + list.items[i].length <= length);
            assert_true(i == 0 ||
                        list.items[i].start >= list.items[i - 1].start + list.items[i - 1].length);
        }
        lac_phi_list_free(&list);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_of_the_data),
        cmocka_unit_test(every_kind_has_a_recognizer),
        cmocka_unit_test(check_digits),
        cmocka_unit_test(known_names),
        cmocka_unit_test(masks),
        cmocka_unit_test(hostile),
    };
    return cmocka_run_group_tests(tests, make_scanner, free_scanner);
}
