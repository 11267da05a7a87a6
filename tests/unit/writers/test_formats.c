/* What the formats for other programs do with text and numbers that samples do not have: escapes,
 * limits, severities. Whether all of them agree is tests/property/formats.py. */
#include "tests/unit/writers/collect.h"
#include "writers/finding.h"
#include "writers/formats.h"
#include "writers/markdown/summary.h"
#include "writers/sarif/location.h"
#include "writers/sarif/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* A report of findings of one rule, made by hand. */
typedef struct bench {
    lac_report report;
    lac_report_document document;
    lac_anchor anchor;
    lac_buf out;
    lac_report_identity identity;
} bench;

static void set_up(bench *b, const char *path, const char *message, uint32_t count)
{
    memset(b, 0, sizeof *b);
    b->document.path = path;
    b->anchor =
        (lac_anchor){.part = "", .block = LAC_NONE, .row = LAC_NONE, .column = LAC_NONE, .line = 7};
    b->report = (lac_report){.as_of = "2026-03-03",
                             .documents = &b->document,
                             .document_count = 1,
                             .finding_count = count,
                             .verdict = LACUNA_NOT_READY};
    b->identity.text = "path:x";
    b->report.identities = &b->identity;
    b->report.findings = calloc(count + 1, sizeof *b->report.findings);
    assert_non_null(b->report.findings);
    for (uint32_t i = 0; i < count; i++) {
        b->report.findings[i] = (lac_report_finding){.rule = "text/leftover",
                                                     .severity = LAC_SEVERITY_MINOR,
                                                     .message = message,
                                                     .anchors = &b->anchor,
                                                     .anchor_count = 1};
    }
    b->report.counts.findings[LAC_SEVERITY_MINOR] = count;
    b->report.counts.fresh[LAC_SEVERITY_MINOR] = b->report.counts.findings[LAC_SEVERITY_MINOR];
    lac_buf_init(&b->out, (size_t)64 << 20);
}

static const char *render(bench *b, const char *format)
{
    static const lac_text_style style = {.width = 80, .detail = LAC_DETAIL_NORMAL};
    lacuna_error err = {0};
    lac_buf_clear(&b->out);
    assert_int_equal(lac_report_render(&b->report, format, &style, collect, &b->out, &err),
                     LACUNA_OK);
    return lac_buf_text(&b->out);
}

static void tear_down(bench *b)
{
    free(b->report.findings);
    lac_buf_free(&b->out);
}

/* Not by strstr: the address sanitizer has it look at all of a large report each time. */
static uint32_t count_of(const bench *b, const char *word)
{
    uint32_t count = 0;
    size_t length = strlen(word);
    for (size_t at = 0; at + length <= b->out.len; at++) {
        bool same = b->out.data[at] == word[0] && memcmp(b->out.data + at, word, length) == 0;
        count += same ? 1 : 0;
    }
    return count;
}

static void assert_contains(const char *text, const char *word)
{
    if (strstr(text, word) == NULL) {
        fail_msg("\"%s\" is not in:\n%.2000s", word, text);
    }
}

static void an_unknown_format_is_refused(void **state)
{
    (void)state;
    bench b;
    lacuna_error err = {0};
    set_up(&b, "a.md", "m", 1);
    assert_int_equal(lac_report_render(&b.report, "xml", NULL, collect, &b.out, &err),
                     LACUNA_E_ARGUMENT);
    assert_string_equal(err.message, "there is no report format \"xml\"");
    tear_down(&b);
}

static void paths_become_uris(void **state)
{
    static const struct {
        const char *path, *uri;
    } rows[] = {
        {"a.md", "a.md"},
        {"two words/100%.md", "two%20words/100%25.md"},
        {"a:b?c#d.md", "a%3Ab%3Fc%23d.md"},
        {"gr\xC3\xB6\xC3\x9F\x65.md", "gr%C3%B6%C3%9Fe.md"},
        {"line\nend\xFF", "line%0Aend%FF"},
        {"/tmp/x y.md", "file:///tmp/x%20y.md"},
        {"-._~", "-._~"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        lac_buf uri;
        lac_buf_init(&uri, 1000);
        assert_int_equal(lac_append_uri(&uri, rows[i].path), LACUNA_OK);
        assert_string_equal(lac_buf_text(&uri), rows[i].uri);
        lac_buf_free(&uri);
    }
}

static void citations_have_addresses(void **state)
{
    static const struct {
        const char *citation, *address;
    } rows[] = {
        {"21 CFR 50.25(a)(1)", "https://www.ecfr.gov/current/title-21/section-50.25"},
        {"see 21 CFR 312.23.", "https://www.ecfr.gov/current/title-21/section-312.23"},
        {"21 CFR 312", "https://www.ecfr.gov/current/title-21/part-312"},
        {"ICH E6(R3) B.4", "https://www.ich.org/page/efficacy-guidelines"},
        {"ICH M4Q(R1); 21 CFR 312.23", "https://www.ich.org/page/multidisciplinary-guidelines"},
        {"21 CFR 1.2; ICH S7A", "https://www.ecfr.gov/current/title-21/section-1.2"},
        {"21 CFR ...", ""},
        {"21 CFR 1234567890.12345678901234567890", ""},
        {"ICH ", ""},
        {"ICH Expert group", ""},
        {"House rule 4", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char address[LAC_RULE_ADDRESS_SIZE];
        lac_rule_address(address, rows[i].citation);
        assert_string_equal(address, rows[i].address);
    }
}

/* A message that begins a new line, or a file name that ends the property, would be a command. */
static void annotations_cannot_be_broken_out_of(void **state)
{
    (void)state;
    bench b;
    set_up(&b, "a,b:c%\n::error::x.md", "100%\r\n::add-mask::x, y: z \x1b[0m\xFF", 1);
    assert_string_equal(render(&b, "github"),
                        "::warning file=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax.md,line=7,title=Left by "
                        "the template::100%25%0D%0A::add-mask::x, y: z \xEF\xBF\xBD[0m\xEF\xBF\xBD "
                        "[text/leftover]\nlacuna: not-ready, 1 finding\n");
    tear_down(&b);
}

static void severities_become_levels(void **state)
{
    static const struct {
        lac_severity severity;
        const char *command, *level, *gitlab, *outcome;
    } rows[] = {
        {LAC_SEVERITY_CRITICAL, "::error ", "\"error\"", "\"critical\"",
         "<failure type=\"critical\""},
        {LAC_SEVERITY_MAJOR, "::error ", "\"error\"", "\"major\"", "<failure type=\"major\""},
        {LAC_SEVERITY_MINOR, "::warning ", "\"warning\"", "\"minor\"", "<failure type=\"minor\""},
        {LAC_SEVERITY_INFO, "::notice ", "\"note\"", "\"info\"", "<skipped type=\"info\""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bench b;
        set_up(&b, "a.md", "m", 1);
        b.report.findings[0].severity = rows[i].severity;
        memset(b.report.counts.findings, 0, sizeof b.report.counts.findings);
        b.report.counts.findings[rows[i].severity] = 1;
        memset(b.report.counts.fresh, 0, sizeof b.report.counts.fresh);
        b.report.counts.fresh[rows[i].severity] = 1;
        assert_contains(render(&b, "github"), rows[i].command);
        assert_contains(strstr(render(&b, "sarif"), "\"results\""), rows[i].level);
        assert_contains(render(&b, "gitlab"), rows[i].gitlab);
        assert_contains(render(&b, "junit"), rows[i].outcome);
        tear_down(&b);
    }
}

static void xml_holds_only_what_xml_allows(void **state)
{
    (void)state;
    bench b;
    set_up(&b, "a<&\">'\n\t.md", "x\x01y\xEF\xBF\xBFz\xC2\x85 ]]> \xE2\x80\xAE", 1);
    const char *text = render(&b, "junit");
    assert_contains(text, "<testsuite name=\"a&lt;&amp;&quot;&gt;'&#10;&#9;.md\"");
    assert_contains(text,
                    "message=\"x\xEF\xBF\xBDy\xEF\xBF\xBDz\xEF\xBF\xBD ]]&gt; \xEF\xBF\xBD\"");
    assert_null(strchr(text, '\x01'));
    tear_down(&b);
}

static void cells_are_no_formulas(void **state)
{
    (void)state;
    bench b;
    set_up(&b, "=1+1\".md", "-2\r\n3", 1);
    const char *text = render(&b, "csv");
    assert_contains(text, "\"'=1+1\"\".md\"");
    assert_contains(text, "\"'-2\r\n3\"");
    tear_down(&b);
}

static void markdown_of_a_document_does_not_work(void **state)
{
    (void)state;
    bench b;
    set_up(&b, "a|b\n.md", "<img src=x> [a](https://x) **b** `c` @all \\| $x$ ~~d~~", 1);
    const char *text = render(&b, "markdown");
    assert_contains(text, "| a\\|b .md | 7 |");
    assert_contains(text, "&lt;img src=x> \\[a\\](https\\://x) \\*\\*b\\*\\* \\`c\\` &#64;all "
                          "\\\\\\| \\$x\\$ \\~\\~d\\~\\~");
    tear_down(&b);
}

static void the_summary_stops_at_its_limit_and_says_so(void **state)
{
    (void)state;
    bench b;
    enum { MANY = 20000, CRITICAL = MANY - 1 };
    set_up(&b, "folder/document.md", "Something is missing that is described at some length.",
           MANY);
    b.report.findings[CRITICAL].severity = LAC_SEVERITY_CRITICAL;
    b.report.findings[CRITICAL].message = "the worst, and the last";
    b.report.counts.findings[LAC_SEVERITY_MINOR]--;
    b.report.counts.fresh[LAC_SEVERITY_MINOR]--;
    b.report.counts.findings[LAC_SEVERITY_CRITICAL] = 1;
    b.report.counts.fresh[LAC_SEVERITY_CRITICAL] = b.report.counts.findings[LAC_SEVERITY_CRITICAL];
    const char *text = render(&b, "markdown");
    assert_true(b.out.len <= LAC_MARKDOWN_BYTES);
    assert_true(b.out.len > LAC_MARKDOWN_BYTES - 2048);
    assert_contains(text, "the worst, and the last");
    char note[64];
    uint32_t shown = count_of(&b, "| folder/document.md |");
    (void)snprintf(note, sizeof note, "1 MiB: %u more findings are not shown", MANY - shown);
    assert_contains(text, note);
    tear_down(&b);
}

static void a_long_message_does_not_fill_the_summary(void **state)
{
    (void)state;
    bench b;
    char *message = malloc(500001);
    assert_non_null(message);
    memset(message, 'x', 500000);
    message[500000] = '\0';
    set_up(&b, "a.md", message, 3);
    (void)render(&b, "markdown");
    assert_int_equal(count_of(&b, "xxx... |"), 3);
    assert_true(b.out.len < 10000);
    tear_down(&b);
    free(message);
}

static void sarif_keeps_the_most_severe_of_too_many(void **state)
{
    (void)state;
    bench b;
    enum { MANY = LAC_SARIF_RESULTS + 10 };
    set_up(&b, "a.md", "m", MANY);
    b.report.findings[MANY - 1].severity = LAC_SEVERITY_MAJOR;
    b.report.counts.findings[LAC_SEVERITY_MINOR]--;
    b.report.counts.fresh[LAC_SEVERITY_MINOR]--;
    b.report.counts.findings[LAC_SEVERITY_MAJOR] = 1;
    b.report.counts.fresh[LAC_SEVERITY_MAJOR] = b.report.counts.findings[LAC_SEVERITY_MAJOR];
    const char *text = render(&b, "sarif");
    assert_int_equal(count_of(&b, "\"ruleIndex\""), LAC_SARIF_RESULTS);
    assert_int_equal(count_of(&b, "\"severity\": \"major\""), 1);
    assert_contains(text, "10 of the least severe results are not in this file.");
    tear_down(&b);
}

static void sarif_tells_apart_runs_of_different_checklists(void **state)
{
    static const char *const chosen[] = {"one", "two"};
    (void)state;
    bench b;
    set_up(&b, "a.md", "m", 0);
    assert_contains(render(&b, "sarif"), "\"id\": \"lacuna/\"");
    b.report.chosen = chosen;
    b.report.chosen_count = 2;
    assert_contains(render(&b, "sarif"), "\"id\": \"lacuna/one+two/\"");
    tear_down(&b);
}

/* "Found nothing" and "broke" must not look alike in any of them. */
static void an_unread_input_is_told_in_every_format(void **state)
{
    (void)state;
    bench b;
    set_up(&b, "a.md", "m", 0);
    b.document.error = (lacuna_error){.status = LACUNA_E_FORMAT, .message = "it is damaged"};
    b.report.counts.unread = 1;
    b.report.verdict = LACUNA_INCOMPLETE;
    assert_contains(render(&b, "sarif"), "\"executionSuccessful\": false");
    assert_contains(render(&b, "sarif"), "it is damaged");
    assert_contains(render(&b, "junit"), "errors=\"1\"");
    assert_contains(render(&b, "github"), "::error file=a.md,title=not read::it is damaged");
    assert_contains(render(&b, "gitlab"), "\"blocker\"");
    assert_contains(render(&b, "markdown"), "- a.md: it is damaged");
    tear_down(&b);
}

static int refuse(void *user, const void *data, size_t length)
{
    (void)user;
    (void)data;
    (void)length;
    return 1;
}

static void a_refused_write_is_reported(void **state)
{
    size_t count;
    const char *const *formats = lac_report_formats(&count);
    (void)state;
    for (size_t i = 1; i < count; i++) {
        bench b;
        lacuna_error err = {0};
        set_up(&b, "a.md", "m", 1);
        assert_int_equal(lac_report_render(&b.report, formats[i], NULL, refuse, NULL, &err),
                         LACUNA_E_IO);
        tear_down(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unknown_format_is_refused),
        cmocka_unit_test(paths_become_uris),
        cmocka_unit_test(citations_have_addresses),
        cmocka_unit_test(annotations_cannot_be_broken_out_of),
        cmocka_unit_test(severities_become_levels),
        cmocka_unit_test(xml_holds_only_what_xml_allows),
        cmocka_unit_test(cells_are_no_formulas),
        cmocka_unit_test(markdown_of_a_document_does_not_work),
        cmocka_unit_test(the_summary_stops_at_its_limit_and_says_so),
        cmocka_unit_test(a_long_message_does_not_fill_the_summary),
        cmocka_unit_test(sarif_keeps_the_most_severe_of_too_many),
        cmocka_unit_test(sarif_tells_apart_runs_of_different_checklists),
        cmocka_unit_test(an_unread_input_is_told_in_every_format),
        cmocka_unit_test(a_refused_write_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
