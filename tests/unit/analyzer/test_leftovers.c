/* What a template leaves behind is found; what only looks like it is not. */
#include "analyzer/leftovers.h"
#include "parsers/document_builder.h"
#include "parsers/text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static lac_document *document_of(const char *text, uint32_t flags)
{
    lac_builder builder;
    lac_limits limits = LAC_LIMITS_DEFAULT;
    lac_document *document = NULL;
    lac_block block = {.table = LAC_NONE, .flags = flags};
    assert_int_equal(lac_builder_init(&builder, LAC_FORMAT_TEXT, &limits, NULL), LACUNA_OK);
    assert_int_equal(lac_builder_block(&builder, NULL, &block, lac_span_of(text), '\n', false),
                     LACUNA_OK);
    assert_int_equal(lac_builder_finish(&document, &builder, NULL), LACUNA_OK);
    return document;
}

/* The leftovers of `text`, each followed by '|'. */
static void assert_leftovers(const char *text, uint32_t flags, const char *expected)
{
    lac_document *document = document_of(text, flags);
    lac_leftovers found;
    assert_int_equal(lac_leftovers_find(&found, document, NULL), LACUNA_OK);
    lac_buf got;
    lac_buf_init(&got, 4096);
    for (size_t i = 0; i < found.count; i++) {
        assert_int_equal(
            lac_buf_append_span(
                &got, lac_document_slice(document, found.items[i].start, found.items[i].end)),
            LACUNA_OK);
        assert_int_equal(lac_buf_append_char(&got, '|'), LACUNA_OK);
    }
    assert_string_equal(lac_buf_text(&got), expected);
    lac_buf_free(&got);
    lac_leftovers_free(&found);
    lac_document_free(document);
}

static void finds_tags(void **state)
{
    (void)state;
    assert_leftovers("Sponsor: <<Sponsor>> in {{country}}", 0, "<<Sponsor>>|{{country}}|");
    assert_leftovers("Protocol Title: #Protocol Title#", 0, "#Protocol Title#|");
    assert_leftovers("#HC_AI_Study_Design#", 0, "#HC_AI_Study_Design#|");
    assert_leftovers("<Sponsor Name> is the sponsor", 0, "<Sponsor Name>|");
    assert_leftovers("[Insert the dose] twice daily", 0, "[Insert the dose]|");
    assert_leftovers("Version [TBD] of [Sponsor Name]", 0, "[TBD]|[Sponsor Name]|");
}

static void finds_open_points(void **state)
{
    (void)state;
    assert_leftovers("The dose is TBD.", 0, "TBD|");
    assert_leftovers("To be determined.", 0, "To be determined.|");
    assert_leftovers("Approximately XX participants", 0, "XX|");
    assert_leftovers("Date: DD-MMM-YYYY", 0, "DD-MMM-YYYY|");
    assert_leftovers("Click or tap here to enter text.", 0, "Click or tap here to enter text.|");
    assert_leftovers("Lorem ipsum dolor sit amet", 0, "Lorem ipsum dolor sit amet|");
}

static void leaves_content_alone(void **state)
{
    (void)state;
    static const char *const contents[] = {
        "Values <LLOQ and >ULN are flagged; p <0.05.",
        "As shown before [12, 13] in [Heart failure]",
        "Mail <jane@example.org> or see <https://example.org>",
        "H<sub>2</sub>O<br>",
        "<define/>",
        "The file begins with <define/> and ends with </define>",
        "Grade #3 events and #4 events differ: 50% # 40%",
        "The time to be determined by the laboratory is stated in the manual of operations here.",
        "Factor XXL and maxx",
        "Study drug is stored at 2 to 8 degrees {see manual}",
    };
    for (size_t i = 0; i < sizeof contents / sizeof contents[0]; i++) {
        assert_leftovers(contents[i], 0, "");
    }
}

static void believes_the_control(void **state)
{
    (void)state;
    assert_leftovers("Sponsor name", LAC_BLOCK_EMPTY_CONTROL, "Sponsor name|");
    assert_leftovers("Sponsor name", LAC_BLOCK_TOC, "");
}

/* Writers type over an instruction and keep its style. */
static void believes_an_instruction_style_only_with_the_words(void **state)
{
    (void)state;
    assert_leftovers("Describe the trial population.", LAC_BLOCK_INSTRUCTION,
                     "Describe the trial population.|");
    assert_leftovers("Females at least 50 years of age.", LAC_BLOCK_INSTRUCTION, "");
    assert_leftovers("If a dose is missed, the next one is taken as planned.",
                     LAC_BLOCK_INSTRUCTION, "");
}

static uint32_t count_in(const char *markdown)
{
    lac_limits limits = LAC_LIMITS_DEFAULT;
    lac_document *document = NULL;
    lac_leftovers found;
    assert_int_equal(
        lac_text_read(&document, lac_span_of(markdown), LAC_FORMAT_MARKDOWN, &limits, NULL),
        LACUNA_OK);
    assert_int_equal(lac_leftovers_find(&found, document, NULL), LACUNA_OK);
    uint32_t count = (uint32_t)found.count;
    lac_leftovers_free(&found);
    lac_document_free(document);
    return count;
}

static void a_section_that_only_speaks_to_the_author_is_unwritten(void **state)
{
    (void)state;
    assert_int_equal(count_in("# Blinding\n\nDescribe blinding here and who is blinded.\n"), 1);
    assert_int_equal(count_in("# Blinding\n\nSpecify who is blinded.\n\nState how long.\n"), 2);
    /* among other sentences it may be a duty */
    assert_int_equal(
        count_in("# Diary\n\nEach day has a page.\n\nDescribe each event in the diary.\n"), 0);
    /* before the first heading there is no section */
    assert_int_equal(count_in("Specify visits.\n\n# Diary\n\nEach day has a page.\n"), 0);
}

static void a_whole_paragraph_in_brackets_may_be_long(void **state)
{
    (void)state;
    assert_leftovers("<Instruction: name the sites in one or two paragraphs, with their "
                     "addresses; delete this text afterwards.>",
                     0,
                     "<Instruction: name the sites in one or two paragraphs, with their "
                     "addresses; delete this text afterwards.>|");
    assert_leftovers("<Heart failure was the most frequent event in both arms of the trial; it led "
                     "to death in four.>",
                     0, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_section_that_only_speaks_to_the_author_is_unwritten),
        cmocka_unit_test(a_whole_paragraph_in_brackets_may_be_long),
        cmocka_unit_test(finds_tags),
        cmocka_unit_test(finds_open_points),
        cmocka_unit_test(leaves_content_alone),
        cmocka_unit_test(believes_the_control),
        cmocka_unit_test(believes_an_instruction_style_only_with_the_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
