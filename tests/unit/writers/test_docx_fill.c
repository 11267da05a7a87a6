/* Filling templates: tokens over runs, blocks, controls, fields, instructions, and that the rest
 * stays. */
#include "../docx/make_docx.h"

#include "support/buf.h"
#include "writers/docx/fill.h"

#define STYLES HEADING("1", "0") STYLE("Text", "Text", "") STYLE("Hint", "Instruction", "")
#define LONG "A paragraph that is long enough to be taken for body text."
#define SPAN(text)             \
    {                          \
        text, sizeof(text) - 1 \
    }
#define CONTROL(properties, content) \
    "<w:sdt><w:sdtPr>" properties "</w:sdtPr><w:sdtContent>" content "</w:sdtContent></w:sdt>"
#define TAG(name) "<w:tag w:val=\"" name "\"/>"
#define PROMPT "<w:showingPlcHdr/>"
#define FLD(type) "<w:r><w:fldChar w:fldCharType=\"" type "\"/></w:r>"
#define FIELD(code, result)                                                                 \
    FLD("begin")                                                                            \
    "<w:r><w:instrText xml:space=\"preserve\">" code "</w:instrText></w:r>" FLD("separate") \
        R(result) FLD("end")

typedef struct result {
    docx_file file;
    lac_filled *filled;
    lacuna_status status;
    lacuna_error err;
} result;

static result fill_as(const docx_parts *parts, const lac_fill_value *values, uint32_t count,
                      bool marked, bool remove)
{
    result got = {.file = make_file(parts)};
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    const lac_fill fill = {.values = values,
                           .value_count = count,
                           .author = lac_span_of("L"),
                           .initials = lac_span_of("L"),
                           .date = lac_span_of("2026-01-31T12:00:00Z"),
                           .marked = marked,
                           .remove_instructions = remove};
    got.status = lac_docx_fill(&got.filled, lac_span_make(got.file.bytes, got.file.length),
                               "test.docx", &fill, &limits, &got.err);
    if (got.status != LACUNA_OK) {
        print_message("%s: %s\n", got.err.place, got.err.message);
    }
    return got;
}

static result fill_body(const char *body, const lac_fill_value *values, uint32_t count, bool marked)
{
    const docx_parts parts = {.body = body, .styles = STYLES};
    return fill_as(&parts, values, count, marked, false);
}

static void release(result *got)
{
    lac_filled_free(got->filled);
    free(got->file.bytes);
}

static lac_package *open_result(const result *got)
{
    assert_int_equal(LACUNA_OK, got->status);
    static const lac_limits limits = LAC_LIMITS_DEFAULT;
    const lac_source source = {.kind = LAC_SOURCE_MEMORY,
                               .path = "out.docx",
                               .memory = {got->filled->bytes, got->filled->length}};
    lac_package *package;
    lacuna_error err;
    assert_int_equal(LACUNA_OK, lac_package_open(&package, &source, &limits, &err));
    return package;
}

/* A part of the result as text; free() it. */
static char *part_of(const result *got, const char *name)
{
    lac_package *package = open_result(got);
    uint32_t index = lac_package_find(package, name);
    assert_true(index != LAC_PART_NONE);
    char *data;
    size_t length;
    lacuna_error err;
    assert_int_equal(LACUNA_OK, lac_package_read(&data, &length, package, index, 1 << 20, &err));
    char *text = calloc(1, length + 1);
    assert_non_null(text);
    memcpy(text, data, length);
    free(data);
    lac_package_close(package);
    return text;
}

static void assert_part_has(const result *got, const char *name, const char *wanted)
{
    char *text = part_of(got, name);
    if (strstr(text, wanted) == NULL) {
        fail_msg("no [%s] in [%s]", wanted, text);
    }
    free(text);
}

static void assert_main_has(const result *got, const char *wanted)
{
    assert_part_has(got, "word/document.xml", wanted);
}

static void assert_main_lacks(const result *got, const char *unwanted)
{
    char *text = part_of(got, "word/document.xml");
    if (strstr(text, unwanted) != NULL) {
        fail_msg("[%s] in [%s]", unwanted, text);
    }
    free(text);
}

/* As a reader sees it with all revisions accepted. */
static void assert_accepted(const result *got, const char *expected)
{
    lac_package *package = open_result(got);
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    lac_document *document;
    lacuna_error err;
    assert_int_equal(LACUNA_OK, lac_docx_read(&document, package, &limits, &err));
    assert_text(document, expected);
    lac_document_free(document);
    lac_package_close(package);
}

static void assert_filled(const char *body, const lac_fill_value *values, uint32_t count,
                          const char *expected)
{
    for (int marked = 0; marked < 2; marked++) {
        result got = fill_body(body, values, count, marked == 1);
        assert_accepted(&got, expected);
        release(&got);
    }
}

/* ---- tokens ---------------------------------------------------------------------------------- */

static const lac_fill_value acme[] = {{.name = SPAN("applicant"), .text = SPAN("ACME & Sons")}};

static void test_a_token_in_a_line(void **state)
{
    (void)state;
    assert_filled(P(R("Dear {{applicant}}, hello")), acme, 1, "Dear ACME & Sons, hello\n");
    assert_filled(P(R("{{ Applicant }} {{APPLICANT}}")), acme, 1, "ACME & Sons ACME & Sons\n");
    assert_filled(P(R("{{other}} stays")), acme, 1, "{{other}} stays\n");
}

static void test_a_token_cut_anywhere(void **state)
{
    (void)state;
    static const char line[] = "To {{applicant}} now";
    for (size_t i = 1; i + 1 < sizeof line - 1; i++) {
        for (size_t k = i; k + 1 < sizeof line - 1; k++) {
            char body[2048];
            (void)snprintf(body, sizeof body,
                           "<w:p>" RP("<w:b/>", "%.*s") R("%.*s") RP("<w:i/>", "%s") "</w:p>",
                           (int)i, line, (int)(k - i), line + i, line + k);
            for (int marked = 0; marked < 2; marked++) {
                result got = fill_body(body, acme, 1, marked == 1);
                assert_accepted(&got, "To ACME & Sons now\n");
                assert_int_equal(1, got.filled->filled);
                release(&got);
            }
        }
    }
}

static void test_the_first_character_gives_the_look(void **state)
{
    (void)state;
    result got = fill_body(P(RP("<w:b/><w:highlight w:val=\"yellow\"/>", "{{appl") R("icant}}")),
                           acme, 1, false);
    assert_main_has(&got, "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">ACME &amp; Sons");
    release(&got);
}

static void test_marked_keeps_the_placeholder_as_deleted(void **state)
{
    (void)state;
    result got = fill_body(P(R("To {{applicant}}")), acme, 1, true);
    assert_main_has(&got,
                    "<w:delText xml:space=\"preserve\">{{applicant}}</w:delText></w:r></w:del>"
                    "<w:ins w:id=\"2\" w:author=\"L\" w:date=\"2026-01-31T12:00:00Z\"><w:r>"
                    "<w:t xml:space=\"preserve\">ACME &amp; Sons</w:t></w:r></w:ins>");
    release(&got);
}

static void test_unfilled_and_unused_are_told(void **state)
{
    (void)state;
    static const lac_fill_value values[] = {{.name = SPAN("nowhere"), .text = SPAN("x")}};
    result got = fill_body(STYLED("Heading1", "Title") P(R("{{applicant}}")), values, 1, false);
    assert_int_equal(LACUNA_OK, got.status);
    assert_int_equal(1, got.filled->unfilled_count);
    assert_string_equal("no value", got.filled->unfilled[0].reason.ptr);
    assert_string_equal("Title", got.filled->unfilled[0].heading.ptr);
    assert_int_equal(1, got.filled->unused_count);
    assert_string_equal("nowhere", got.filled->unused[0].ptr);
    release(&got);
}

static void test_names_that_are_alike_are_refused(void **state)
{
    (void)state;
    static const lac_fill_value values[] = {{.name = SPAN("letter_date"), .text = SPAN("x")},
                                            {.name = SPAN("Letter date"), .text = SPAN("y")}};
    result got = fill_body(P(R("x")), values, 2, false);
    assert_int_equal(LACUNA_E_ARGUMENT, got.status);
    release(&got);
}

static lac_filled *fill_bytes(const char *bytes, size_t length, const lac_fill_value *values,
                              uint32_t count, bool marked)
{
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    const lac_fill fill = {.values = values,
                           .value_count = count,
                           .author = lac_span_of("L"),
                           .initials = lac_span_of("L"),
                           .date = lac_span_of("2026-01-31T12:00:00Z"),
                           .marked = marked};
    lac_filled *filled;
    lacuna_error err;
    assert_int_equal(LACUNA_OK, lac_docx_fill(&filled, lac_span_make(bytes, length), "test.docx",
                                              &fill, &limits, &err));
    return filled;
}

static void test_any_order_of_values_gives_the_same_bytes(void **state)
{
    (void)state;
    const lac_fill_value one = {.name = SPAN("a"), .text = SPAN("1")};
    const lac_fill_value two = {.name = SPAN("b"), .text = SPAN("2")};
    const lac_fill_value three = {.name = SPAN("c"), .text = SPAN("3")};
    const lac_fill_value orders[][3] = {{one, two, three}, {three, one, two}, {two, three, one}};
    const docx_parts parts = {.body = P(R("{{c}} {{a}}")) P(R("{{b}}"))};
    docx_file file = make_file(&parts); /* one for all: entries carry the time they were made at */
    lac_filled *first = fill_bytes(file.bytes, file.length, orders[0], 3, true);
    for (size_t i = 1; i < 3; i++) {
        lac_filled *other = fill_bytes(file.bytes, file.length, orders[i], 3, true);
        assert_int_equal(first->length, other->length);
        assert_memory_equal(first->bytes, other->bytes, first->length);
        lac_filled_free(other);
    }
    lac_filled_free(first);
    free(file.bytes);
}

/* One after the other, in either order, gives what filling at once gives. */
static void test_filling_in_steps_gives_the_same_text(void **state)
{
    (void)state;
    static const char body[] = P(RP("<w:b/>", "x {{a}} y {{") R("b}} z {{a}}")) P(R("{{b}}"));
    const lac_fill_value both[] = {{.name = SPAN("a"), .text = SPAN("1 & 2")},
                                   {.name = SPAN("b"), .text = SPAN("<3>")}};
    result at_once = fill_body(body, both, 2, false);
    char *expected = part_of(&at_once, "word/document.xml");
    for (int first = 0; first < 2; first++) {
        lac_filled *one =
            fill_bytes(at_once.file.bytes, at_once.file.length, &both[first], 1, false);
        result got = {.filled = fill_bytes(one->bytes, one->length, &both[1 - first], 1, false)};
        char *text = part_of(&got, "word/document.xml");
        assert_string_equal(expected, text);
        free(text);
        lac_filled_free(got.filled);
        lac_filled_free(one);
    }
    free(expected);
    release(&at_once);
}

/* ---- blocks ---------------------------------------------------------------------------------- */

static const lac_span cells[] = {SPAN("a"), SPAN("b"), SPAN("1"), SPAN("2")};
static const lac_draft_block answer[] = {
    {.kind = LAC_DRAFT_HEADING, .level = 1, .text = SPAN("Response 1")},
    {.kind = LAC_DRAFT_PARAGRAPH, .text = SPAN("We agree.")},
    {.kind = LAC_DRAFT_BULLET, .text = SPAN("first")},
    {.kind = LAC_DRAFT_TABLE, .rows = 2, .columns = 2, .header_rows = 1, .cells = cells},
    {.kind = LAC_DRAFT_PARAGRAPH, .text = SPAN("Last <one>.")},
};

static lac_fill_value blocks_of(uint32_t count)
{
    return (lac_fill_value){.name = SPAN("responses"), .blocks = answer, .block_count = count};
}

#define AROUND(content) \
    STYLED("Heading1", "Before") STYLED("Text", LONG) content STYLED("Heading1", "Behind")

static void test_blocks_in_place_of_a_paragraph(void **state)
{
    (void)state;
    const lac_fill_value value = blocks_of(5);
    for (int marked = 0; marked < 2; marked++) {
        result got = fill_body(AROUND(PP("<w:pStyle w:val=\"Text\"/>", R("{{resp") R("onses}}"))),
                               &value, 1, marked == 1);
        assert_accepted(&got, "Before\n" LONG "\nResponse 1\nWe agree.\nfirst\n"
                              "a\tb\n1\t2\nLast <one>.\nBehind\n");
        assert_main_has(&got, "<w:pStyle w:val=\"Heading1\"/>");
        release(&got);
    }
}

static void test_blocks_that_end_in_another_kind(void **state)
{
    (void)state;
    for (uint32_t count = 1; count < 5; count++) {
        const lac_fill_value value = blocks_of(count);
        result got = fill_body(AROUND(P(R("{{responses}}"))), &value, 1, true);
        assert_int_equal(LACUNA_OK, got.status);
        if (count == 1 || count == 3) {
            assert_main_has(&got, "<w:pPr></w:pPr></w:pPrChange></w:pPr>");
        }
        release(&got);
    }
}

static void test_blocks_in_a_cell_and_at_the_end(void **state)
{
    (void)state;
    const lac_fill_value value = blocks_of(4);
    assert_filled("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>" P(
                      R("{{responses}}")) "</w:tc></w:tr></w:tbl>" P(R("x")),
                  &value, 1, "Response 1 We agree. first a b 1 2\nx\n");
    assert_filled(P(R("x")) P(R("{{responses}}")), &value, 1,
                  "x\nResponse 1\nWe agree.\nfirst\na\tb\n1\t2\n");
}

static void test_blocks_in_a_line_are_refused(void **state)
{
    (void)state;
    const lac_fill_value value = blocks_of(5);
    result got = fill_body(P(R("See {{responses}}")), &value, 1, false);
    assert_accepted(&got, "See {{responses}}\n");
    assert_int_equal(1, got.filled->unfilled_count);
    release(&got);
}

static void test_a_comment_stands_on_the_first_block(void **state)
{
    (void)state;
    static const lac_span remark[] = {SPAN("Requirement")};
    lac_fill_value value = blocks_of(2);
    value.comment = remark;
    value.comment_count = 1;
    result got = fill_body(AROUND(P(R("{{responses}}"))), &value, 1, true);
    assert_main_has(&got, "<w:commentRangeStart w:id=\"1\"/>");
    assert_part_has(&got, "word/comments.xml", "Requirement");
    release(&got);
}

/* ---- controls -------------------------------------------------------------------------------- */

static void test_a_control_in_a_line(void **state)
{
    (void)state;
    static const char body[] =
        P(R("By ") CONTROL(TAG("applicant") PROMPT, RP("<w:rStyle w:val=\"PlaceholderText\"/>",
                                                       "Click here to enter text.")) R("."));
    assert_filled(body, acme, 1, "By ACME & Sons.\n");
    result got = fill_body(body, acme, 1, false);
    assert_main_lacks(&got, "showingPlcHdr");
    assert_main_lacks(&got, "PlaceholderText");
    assert_main_has(&got, TAG("applicant"));
    assert_int_equal(0, got.filled->unfilled_count);
    release(&got);
}

static void test_a_control_by_its_title_and_one_around_paragraphs(void **state)
{
    (void)state;
    assert_filled(CONTROL("<w:alias w:val=\"Applicant\"/>" PROMPT, P(R("Enter")) P(R("more")))
                      P(R("x")),
                  acme, 1, "ACME & Sons\nx\n");
    const lac_fill_value value = blocks_of(5);
    assert_filled(CONTROL(TAG("responses") PROMPT, P(R("Enter"))) P(R("x")), &value, 1,
                  "Response 1\nWe agree.\nfirst\na\tb\n1\t2\nLast <one>.\nx\n");
}

static void test_a_locked_control_and_a_wrong_choice_stay(void **state)
{
    (void)state;
    result got = fill_body(P(CONTROL(TAG("applicant") "<w:lock w:val=\"contentLocked\"/>", R("x")))
                               P(CONTROL(TAG("applicant") PROMPT "<w:dropDownList><w:listItem "
                                                                 "w:value=\"B\"/></w:dropDownList>",
                                         R("choose"))),
                           acme, 1, false);
    assert_accepted(&got, "x\nchoose\n");
    assert_int_equal(2, got.filled->unfilled_count);
    release(&got);
}

static void test_a_repeating_section(void **state)
{
    (void)state;
#define ROW(content) "<w:tr><w:tc>" P(content) "</w:tc></w:tr>"
    static const char body[] =
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:sdt><w:sdtPr><w:id "
        "w:val=\"7\"/>" TAG(
            "sites") "<strange:repeatingSection/></w:sdtPr><w:sdtContent><w:sdt><w:sdtPr><w:id "
                     "w:val=\"8\"/><strange:repeatingSectionItem/></w:sdtPr><w:sdtContent>" ROW(
                         R("{{name}} of {{applicant}}")) "</w:sdtContent></w:sdt></w:sdtContent></"
                                                         "w:sdt></w:tbl>" P(R("x"));
    static const lac_fill_value a[] = {{.name = SPAN("name"), .text = SPAN("Berlin")}};
    static const lac_fill_value b[] = {{.name = SPAN("name"), .text = SPAN("Oslo")}};
    static const lac_fill_item items[] = {{a, 1}, {b, 1}};
    const lac_fill_value values[] = {
        acme[0], {.name = SPAN("sites"), .items = items, .item_count = 2, .is_list = true}};
    result got = fill_body(body, values, 2, false);
    assert_accepted(&got, "Berlin of ACME & Sons\nOslo of ACME & Sons\nx\n");
    assert_main_has(&got, "<w:id w:val=\"1000\"/>");
    assert_int_equal(0, got.filled->unfilled_count);
    release(&got);
}

/* ---- fields and the package ------------------------------------------------------------------ */

static void test_merge_fields(void **state)
{
    (void)state;
    assert_filled(
        P(R("By ") FIELD(" MERGEFIELD applicant \\* MERGEFORMAT ", "\xC2\xAB"
                                                                   "applicant\xC2\xBB") R(".")),
        acme, 1, "By ACME & Sons.\n");
    assert_filled(P(R("By ") "<w:fldSimple w:instr=\" MERGEFIELD &quot;Applicant&quot; \">" R(
                      "\xC2\xAB"
                      "x\xC2\xBB") "</w:fldSimple>"),
                  acme, 1, "By ACME & Sons\n");
    result got = fill_body(P(FIELD(" MERGEFIELD applicant ", "x")), acme, 1, true);
    assert_main_has(&got, "<w:delInstrText xml:space=\"preserve\"> MERGEFIELD applicant ");
    release(&got);
}

static void test_headers_are_filled(void **state)
{
    (void)state;
    const docx_parts parts = {
        .body = P(R("x")), .styles = STYLES, .header = P(R("{{appli") R("cant}}"))};
    result got = fill_as(&parts, acme, 1, true, false);
    assert_part_has(&got, "word/header1.xml", "ACME &amp; Sons");
    release(&got);
}

static void test_a_template_becomes_a_document(void **state)
{
    (void)state;
    const docx_parts parts = {.body = P(R("{{applicant}}")),
                              .styles = STYLES,
                              .content_type = "application/vnd.openxmlformats-officedocument."
                                              "wordprocessingml.template.main+xml"};
    result got = fill_as(&parts, acme, 1, false, false);
    assert_part_has(&got, "[Content_Types].xml", "wordprocessingml.document.main+xml");
    release(&got);
}

/* ---- instructions ---------------------------------------------------------------------------- */

static void test_instructions_go_on_request(void **state)
{
    (void)state;
    static const char body[] = STYLED("Heading1", "One") STYLED("Hint", "Describe the trial.")
        STYLED("Text", LONG) STYLED("Hint", "Delete this.") STYLED("Text", "End");
    const docx_parts parts = {.body = body, .styles = STYLES};
    for (int marked = 0; marked < 2; marked++) {
        result got = fill_as(&parts, acme, 1, marked == 1, true);
        assert_int_equal(2, got.filled->instructions_removed);
        assert_accepted(&got, "One\n" LONG "\nEnd\n");
        if (marked == 1) {
            assert_main_has(&got, "<w:delText xml:space=\"preserve\">Describe the trial.");
        }
        release(&got);
    }
    result kept = fill_as(&parts, acme, 1, false, false);
    assert_main_has(&kept, "Describe the trial.");
    release(&kept);
}

/* Without properties the mark's begin where the run does. */
static void test_instructions_in_plain_paragraphs_go(void **state)
{
    (void)state;
    static const char body[] =
        P(RP("<w:vanish/>", "Describe this.")) P(RP("<w:vanish/>", "Include that.")) P(R("End"));
    const docx_parts parts = {.body = body};
    for (int marked = 0; marked < 2; marked++) {
        result got = fill_as(&parts, acme, 1, marked == 1, true);
        assert_int_equal(2, got.filled->instructions_removed);
        assert_accepted(&got, "End\n");
        release(&got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_token_in_a_line),
        cmocka_unit_test(test_a_token_cut_anywhere),
        cmocka_unit_test(test_the_first_character_gives_the_look),
        cmocka_unit_test(test_marked_keeps_the_placeholder_as_deleted),
        cmocka_unit_test(test_unfilled_and_unused_are_told),
        cmocka_unit_test(test_names_that_are_alike_are_refused),
        cmocka_unit_test(test_any_order_of_values_gives_the_same_bytes),
        cmocka_unit_test(test_filling_in_steps_gives_the_same_text),
        cmocka_unit_test(test_blocks_in_place_of_a_paragraph),
        cmocka_unit_test(test_blocks_that_end_in_another_kind),
        cmocka_unit_test(test_blocks_in_a_cell_and_at_the_end),
        cmocka_unit_test(test_blocks_in_a_line_are_refused),
        cmocka_unit_test(test_a_comment_stands_on_the_first_block),
        cmocka_unit_test(test_a_control_in_a_line),
        cmocka_unit_test(test_a_control_by_its_title_and_one_around_paragraphs),
        cmocka_unit_test(test_a_locked_control_and_a_wrong_choice_stay),
        cmocka_unit_test(test_a_repeating_section),
        cmocka_unit_test(test_merge_fields),
        cmocka_unit_test(test_headers_are_filled),
        cmocka_unit_test(test_a_template_becomes_a_document),
        cmocka_unit_test(test_instructions_go_on_request),
        cmocka_unit_test(test_instructions_in_plain_paragraphs_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
