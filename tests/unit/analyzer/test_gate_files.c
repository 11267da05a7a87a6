/* The files a gate is told by: what is read, what is refused and where, what holds on which day. */
#include "analyzer/gate/baseline.h"
#include "analyzer/gate/decisions.h"
#include "analyzer/gate/glob.h"
#include "analyzer/gate/waivers.h"
#include "support/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define A64 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B64 "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static void patterns_match_names_and_depths(void **state)
{
    static const struct {
        const char *pattern, *path;
        bool fits;
    } rows[] = {
        {"a.md", "a.md", true},
        {"a.md", "x/a.md", false},
        {"*.md", "a.md", true},
        {"*.md", "x/a.md", false},
        {"**/*.md", "a.md", true},
        {"**/*.md", "x/y/a.md", true},
        {"x/**", "x/y/a.md", true},
        {"x/**", "y/a.md", false},
        {"x/", "x/y/a.md", true},
        {"x/", "x", false},
        {"x/**/b/*.md", "x/b/b/c.md", true},
        {"x/**/b/*.md", "x/b/c/d.md", false},
        {"?.md", "a.md", true},
        {"?.md", "ab.md", false},
        {"a*b*c", "aXbXbc", true},
        {"a*b*c", "aXbXbcd", false},
        {"**", "any/thing", true},
        {"", "a", false},
        {"[a].md", "a.md", false},
        {"[a].md", "[a].md", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (lac_glob_matches(rows[i].pattern, rows[i].path) != rows[i].fits) {
            fail_msg("%s on %s", rows[i].pattern, rows[i].path);
        }
    }
}

/* ---- waivers -------------------------------------------------------------------------------- */

#define WAIVER_HEAD "{\"schema\": \"lacuna.waivers/1\",\n\"waivers\": [\n"
#define WAIVER(more)                                                                        \
    "{\"id\": \"W1\", \"rule\": \"a.1\", \"checklist\": {\"id\": \"a\", \"digest\": \"" A64 \
    "\"}, \"scope\": {\"fingerprint\": \"" B64 "\"},\n \"justification\": \"because\", "    \
    "\"approver\": \"X\", \"created\": \"2026-01-01\", \"expires\": \"2026-06-30\"" more "}"

static void refused(const char *json, const char *message, const char *pointer, uint32_t line)
{
    lac_waivers *waivers;
    lacuna_error err = {0};
    assert_int_equal(lac_waivers_load(&waivers, lac_span_of(json), "w.json", &err),
                     LACUNA_E_FORMAT);
    assert_null(waivers);
    if (strstr(err.message, message) == NULL || strncmp(err.message, "w.json: ", 8) != 0) {
        fail_msg("%s: %s", message, err.message);
    }
    assert_string_equal(err.place, pointer);
    assert_int_equal(err.line, line);
    assert_true(err.remedy[0] != '\0');
}

static void a_malformed_waiver_is_refused_with_its_place(void **state)
{
    (void)state;
    refused(WAIVER_HEAD WAIVER(", \"aprover\": \"Y\"") "]}", "is it \"approver\"?",
            "/waivers/0/aprover", 4);
    refused("{\"schema\": \"lacuna.waivers/2\", \"waivers\": []}", "lacuna.waivers/1", "/schema",
            1);
    refused("{\"schema\": \"lacuna.waivers/1\"}", "\"waivers\" is missing", "/", 1);
    refused(WAIVER_HEAD "{\"id\": \"W1\"}]}", "\"rule\" is missing", "/waivers/0", 3);
    refused(WAIVER_HEAD WAIVER("") "," WAIVER("") "]}", "two waivers have the id", "/", 1);
    refused(WAIVER_HEAD
            "{\"id\": \"W1\", \"rule\": \"r\", \"scope\": {},\n\"justification\": \"j\", "
            "\"approver\": \"X\", \"created\": \"2026-01-01\", "
            "\"expires\": \"2026-06-30\"}]}",
            "names neither", "/waivers/0/scope", 3);
    refused(WAIVER_HEAD "{\"id\": \"W1\", \"rule\": \"r\", \"scope\": {\"path\": \"*\"},\n"
                        "\"justification\": \"TODO: why\", \"approver\": \"X\", "
                        "\"created\": \"2026-01-01\", \"expires\": \"2026-06-30\"}]}",
            "a person still has to", "/waivers/0/justification", 4);
    refused(WAIVER_HEAD "{\"id\": \"W1\", \"rule\": \"r\", \"scope\": {\"path\": \"*\"},\n"
                        "\"justification\": \"j\", \"approver\": \"X\",\n"
                        "\"created\": \"2026-01-01\", \"expires\": \"2026-02-30\"}]}",
            "YYYY-MM-DD", "/waivers/0/expires", 5);
}

static void a_waiver_holds_for_what_it_names_on_its_days(void **state)
{
    lac_waivers *waivers;
    lacuna_error err = {0};
    const lac_waivable gap = {"a.1", "a", A64, B64, "path:x.md", "x.md"};
    lac_waivable other = gap;
    (void)state;
    assert_int_equal(
        lac_waivers_load(&waivers, lac_span_of(WAIVER_HEAD WAIVER("") "]}"), "w.json", &err),
        LACUNA_OK);
    const lac_waiver *waiver = &waivers->items[0];
    assert_string_equal(waiver->told, "because (waived by X until 2026-06-30, W1)");
    assert_int_equal(lac_waivers_line(waivers, 0), 3);
    assert_int_equal(lac_waiver_judge(waiver, &gap, "2026-01-01"), LAC_WAIVER_HOLDS);
    assert_int_equal(lac_waiver_judge(waiver, &gap, "2026-06-30"), LAC_WAIVER_HOLDS);
    assert_int_equal(lac_waiver_judge(waiver, &gap, "2026-07-01"), LAC_WAIVER_EXPIRED);
    assert_int_equal(lac_waiver_judge(waiver, &gap, "2025-12-31"), LAC_WAIVER_EARLY);
    other.checklist_digest = B64;
    assert_int_equal(lac_waiver_judge(waiver, &other, "2026-02-01"), LAC_WAIVER_CHANGED);
    other = gap;
    other.fingerprint = A64;
    assert_int_equal(lac_waiver_judge(waiver, &other, "2026-02-01"), LAC_WAIVER_OTHER);
    other = gap;
    other.rule = "a.2";
    assert_int_equal(lac_waiver_judge(waiver, &other, "2026-02-01"), LAC_WAIVER_OTHER);
    lac_waivers_free(waivers);
}

/* ---- baselines ------------------------------------------------------------------------------ */

#define ENTRY(hex)                                       \
    "{\"document\": \"path:x\", \"fingerprint\": \"" hex \
    "\", \"message\": \"m\", \"rule\": \"r\", \"severity\": \"major\"}"
#define BASELINE(entries)                                                                          \
    "{\"schema\": \"lacuna.baseline/1\", \"fingerprints\": \"lacuna/v1\", \"findings\": [" entries \
    "]}"

static void entries_are_found_by_their_fingerprint(void **state)
{
    lac_baseline *baseline;
    lacuna_error err = {0};
    (void)state;
    assert_int_equal(lac_baseline_load(&baseline, lac_span_of(BASELINE(ENTRY(B64) "," ENTRY(A64))),
                                       "b.json", &err),
                     LACUNA_OK);
    assert_int_equal(baseline->count, 2);
    assert_int_equal(lac_baseline_find(baseline, A64), 0);
    assert_int_equal(lac_baseline_find(baseline, B64), 1);
    assert_int_equal(lac_baseline_find(baseline, "c"), UINT32_MAX);
    lac_baseline_free(baseline);
}

static void a_baseline_of_another_kind_is_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "[]",
        "{\"schema\": \"lacuna.result/1\", \"fingerprints\": \"lacuna/v1\", \"findings\": []}",
        "{\"schema\": \"lacuna.baseline/1\", \"fingerprints\": \"lacuna/v2\", \"findings\": []}",
        "{\"schema\": \"lacuna.baseline/1\", \"findings\": []}",
        BASELINE(ENTRY(A64) "," ENTRY(A64)),
        BASELINE(ENTRY("short")),
        BASELINE("7"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        lac_baseline *baseline;
        lacuna_error err = {0};
        assert_int_equal(lac_baseline_load(&baseline, lac_span_of(texts[i]), "b.json", &err),
                         LACUNA_E_FORMAT);
        assert_null(baseline);
        assert_non_null(strstr(err.message, "b.json"));
    }
}

/* ---- decisions ------------------------------------------------------------------------------ */

static void a_decision_needs_all_its_members(void **state)
{
    lac_decisions *decisions;
    lacuna_error err = {0};
    static const char sound[] =
        "{\"schema\": \"lacuna.decisions/1\", \"decisions\": [{\"item\": \"a.1\", \"checklist\": "
        "{\"id\": \"a\", \"digest\": \"" A64 "\"}, \"document\": \"path:x\", \"status\": \"met\", "
        "\"at\": {\"digest\": \"" B64 "\", \"heading_path\": [\"One\"]}, \"reason\": \"seen\", "
        "\"by\": \"Y\", \"decided\": \"2026-02-03\"}]}";
    (void)state;
    assert_int_equal(lac_decisions_load(&decisions, lac_span_of(sound), "d.json", &err), LACUNA_OK);
    assert_int_equal(decisions->items[0].status, LAC_MET);
    assert_int_equal(decisions->items[0].heading_count, 1);
    assert_string_equal(decisions->items[0].told, "seen (decided by Y on 2026-02-03)");
    lac_decisions_free(decisions);
    static const char *const members[] = {"\"item\"",   "\"by\"",      "\"reason\"",   "\"at\"",
                                          "\"status\"", "\"decided\"", "\"checklist\""};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        char text[sizeof sound];
        memcpy(text, sound, sizeof sound);
        strstr(text, members[i])[1] = 'z';
        assert_int_equal(lac_decisions_load(&decisions, lac_span_of(text), "d.json", &err),
                         LACUNA_E_FORMAT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_match_names_and_depths),
        cmocka_unit_test(a_malformed_waiver_is_refused_with_its_place),
        cmocka_unit_test(a_waiver_holds_for_what_it_names_on_its_days),
        cmocka_unit_test(entries_are_found_by_their_fingerprint),
        cmocka_unit_test(a_baseline_of_another_kind_is_refused),
        cmocka_unit_test(a_decision_needs_all_its_members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
