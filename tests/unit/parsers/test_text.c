/* Plain text and Markdown: the file's own lines, its headings, its lists and tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/text/text.h"
#include "support/buf.h"

#include <stdio.h>
#include <stdlib.h>

static lac_document *read_bytes(lac_span bytes, lac_format format)
{
    lacuna_error err = {0};
    lac_document *document;
    lacuna_status status = lac_text_read(&document, bytes, format, &LAC_LIMITS_DEFAULT, &err);
    if (status != LACUNA_OK) {
        fail_msg("%s", err.message);
    }
    return document;
}

static lac_document *read_as(const char *text, lac_format format)
{
    return read_bytes(lac_span_of(text), format);
}

/* "level number|title" of every heading, a line each. */
static void expect_outline(const lac_document *document, const char *outline)
{
    lac_buf got;
    lac_buf_init(&got, 1 << 16);
    for (uint32_t i = 1; i < document->section_count; i++) {
        const lac_section *s = &document->sections[i];
        assert_int_equal(lac_buf_printf(&got, "%u %.*s|%.*s\n", s->level, (int)s->number.len,
                                        s->number.ptr, (int)s->title.len, s->title.ptr),
                         LACUNA_OK);
    }
    assert_string_equal(lac_buf_text(&got), outline);
    lac_buf_free(&got);
}

static void expect_blocks(const lac_document *document, const char *const *blocks, uint32_t count)
{
    for (uint32_t i = 0; i < document->block_count && i < count; i++) {
        lac_span text = lac_block_text(document, &document->blocks[i]);
        if (!lac_span_is(text, blocks[i])) {
            fail_msg("block %u is \"%.*s\", not \"%s\"", i, (int)text.len, text.ptr, blocks[i]);
        }
        assert_int_equal(document->blocks[i].ordinal, i);
    }
    assert_int_equal(document->block_count, count);
}

#define EXPECT_BLOCKS(document, ...)                                             \
    do {                                                                         \
        static const char *const expected[] = {__VA_ARGS__};                     \
        expect_blocks(document, expected, sizeof expected / sizeof expected[0]); \
    } while (0)

static uint32_t count_flag(const lac_document *document, uint32_t flag)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < document->block_count; i++) {
        count += (document->blocks[i].flags & flag) != 0;
    }
    return count;
}

/* ---- the reference text --------------------------------------------------------------------- */

static void expect_reference(lac_span bytes, const char *text)
{
    lac_document *document = read_bytes(bytes, LAC_FORMAT_TEXT);
    assert_int_equal(document->text.len, strlen(text));
    assert_memory_equal(document->text.ptr, text, strlen(text));
    assert_int_equal(document->reference_length, strlen(text));
    lac_document_free(document);
}

static void reference_text_is_the_files_own_lines(void **state)
{
    (void)state;
    expect_reference(lac_span_of("a\n\n\n  b  \n"), "a\n\n\n  b  \n");
    expect_reference(lac_span_of("no end"), "no end\n");
    expect_reference(lac_span_of("\xEF\xBB\xBFone\r\ntwo\rthree\n\r\n"), "one\ntwo\nthree\n\n");
    expect_reference(lac_span_of("caf\xE9 \xE2\x89\xA5 3"), "caf\xEF\xBF\xBD \xE2\x89\xA5 3\n");
    expect_reference(lac_span_make("a\0b", 3), "a\xEF\xBF\xBD"
                                               "b\n");
    expect_reference(lac_span_of(""), "");
}

static void utf16_with_a_mark_is_converted(void **state)
{
    (void)state;
    expect_reference(lac_span_make("\xFF\xFE"
                                   "a\0\r\0\n\0\x65\x22",
                                   10),
                     "a\n\xE2\x89\xA5\n");
    expect_reference(lac_span_make("\xFE\xFF\0b\xD8\x3D\xDE\x00", 8), "b\xF0\x9F\x98\x80\n");
    /* Half a pair, then half a unit. */
    expect_reference(lac_span_make("\xFE\xFF\xD8\x3D\0b\0", 7), "\xEF\xBF\xBD"
                                                                "b\xEF\xBF\xBD\n");
}

static void replaced_bytes_are_noted(void **state)
{
    (void)state;
    lac_document *document = read_as("a\xFF\xFE z\n", LAC_FORMAT_TEXT);
    assert_int_equal(document->note_count, 1);
    assert_string_equal(document->notes[0].code, "text/replaced-characters");
    assert_ptr_equal(strstr(document->notes[0].text, "2 "), document->notes[0].text);
    lac_document_free(document);
}

static void lines_and_offsets_agree(void **state)
{
    (void)state;
    lac_document *document = read_as("one\n\n  three\nfour\n\nsix\n", LAC_FORMAT_TEXT);
    EXPECT_BLOCKS(document, "one", "three\nfour", "six");
    assert_int_equal(lac_document_line(document, document->blocks[1].start), 3);
    assert_int_equal(lac_document_line(document, document->blocks[2].start), 6);
    assert_int_equal(document->line_count, 6);
    lac_document_free(document);
}

static void limits_hold(void **state)
{
    (void)state;
    lacuna_error err = {0};
    lac_document *document;
    lac_limits limits = LAC_LIMITS_DEFAULT;
    limits.text_bytes = 4;
    assert_int_equal(lac_text_read(&document, lac_span_of("12345"), LAC_FORMAT_TEXT, &limits, &err),
                     LACUNA_E_LIMIT);
    assert_null(document);
    limits = LAC_LIMITS_DEFAULT;
    limits.blocks = 2;
    assert_int_equal(
        lac_text_read(&document, lac_span_of("1\n2\n3\n"), LAC_FORMAT_TEXT, &limits, &err),
        LACUNA_E_LIMIT);
    assert_string_not_equal(err.remedy, "");
}

/* ---- plain text ----------------------------------------------------------------------------- */

static void typed_numbers_make_headings(void **state)
{
    (void)state;
    lac_document *document = read_as("Protocol ABC-1\n"
                                     "\n"
                                     "1 Introduction\n"
                                     "\n"
                                     "Text of the introduction, which goes on\n"
                                     "2.5 mg per day and ends here.\n"
                                     "\n"
                                     "6. Trial Design\n"
                                     "\n"
                                     "6.1 Overall Design\n"
                                     "The trial is double-blind.\n"
                                     "6.1.1 Rationale for eCTD\n"
                                     "\n"
                                     "Because.\n"
                                     "\n"
                                     "6.4. Measures to Minimise Bias\n"
                                     "\n"
                                     "Appendix 3 Contraceptive Guidance\n"
                                     "\n"
                                     "See there.\n",
                                     LAC_FORMAT_TEXT);
    expect_outline(document, "1 1|Introduction\n"
                             "1 6|Trial Design\n"
                             "2 6.1|Overall Design\n"
                             "3 6.1.1|Rationale for eCTD\n"
                             "2 6.4|Measures to Minimise Bias\n"
                             "1 Appendix 3|Contraceptive Guidance\n");
    assert_int_equal(document->sections[1].source, LAC_HEADING_TYPED_NUMBER);
    assert_true(document->sections[1].typed_number);
    assert_true(document->structured_headings);
    assert_int_equal(document->sections[3].parent, 2);
    lac_document_free(document);
}

static void chapters_without_sections_continue_the_count(void **state)
{
    (void)state;
    lac_document *document = read_as("1 Introduction\n\nText.\n\n"
                                     "2 Objectives\n\nText.\n\n"
                                     "1. Age at least 18\n\n2. Signed consent\n\n3. No cancer\n\n"
                                     "3 Design\n\n3.1 Arms\n\nText.\n\n"
                                     "4 References\n\nText.\n",
                                     LAC_FORMAT_TEXT);
    expect_outline(document, "1 1|Introduction\n1 2|Objectives\n1 3|Design\n2 3.1|Arms\n"
                             "1 4|References\n");
    lac_document_free(document);
}

static void statements_rows_and_values_are_no_headings(void **state)
{
    (void)state;
    lac_document *document = read_as("Visits are listed in section\n"
                                     "6.4 Trial Design of the protocol.\n"
                                     "\n"
                                     "1.2   Placebo     34\n"
                                     "\n"
                                     "0.05 Significance Level\n"
                                     "\n"
                                     "99.5 Percent of patients\n"
                                     "\n"
                                     "3.5 mg of the drug were given\n"
                                     "\n"
                                     "6.4 Patients were randomised.\n"
                                     "\n"
                                     "U.S. Food and Drug Administration\n"
                                     "\n"
                                     "1. Only One Number\n"
                                     "\n"
                                     "Text.\n",
                                     LAC_FORMAT_TEXT);
    expect_outline(document, "");
    assert_false(document->structured_headings);
    lac_document_free(document);
}

static void long_heading_may_be_wrapped_once(void **state)
{
    (void)state;
    lac_document *document = read_as("7.2 Participant Discontinuation of Trial Intervention and\n"
                                     "    Withdrawal From the Trial\n"
                                     "\n"
                                     "Text.\n",
                                     LAC_FORMAT_TEXT);
    assert_int_equal(document->section_count, 2);
    assert_true(lac_span_is(document->sections[1].number, "7.2"));
    assert_true(lac_span_ends_nocase(document->sections[1].title, "Withdrawal From the Trial"));
    EXPECT_BLOCKS(document,
                  "7.2 Participant Discontinuation of Trial Intervention and\n"
                  "    Withdrawal From the Trial",
                  "Text.");
    lac_document_free(document);
}

static void capitals_between_blank_lines_are_trusted_less(void **state)
{
    (void)state;
    lac_document *document = read_as("COMPLETE RESPONSE\n\n"
                                     "BLA 761312\nPAGE HEAD\n\n"
                                     "RUNNING HEAD\n\nPRODUCT QUALITY\n\nText\n\n"
                                     "RUNNING HEAD\n\nBLA 761312\n\nRUNNING HEAD\n\n"
                                     "NOT A HEADING, A STATEMENT.\n\n[TABLE]\n\nText.\n",
                                     LAC_FORMAT_TEXT);
    expect_outline(document, "1 |COMPLETE RESPONSE\n1 |PRODUCT QUALITY\n");
    assert_int_equal(document->sections[1].source, LAC_HEADING_FORMATTING);
    assert_false(document->structured_headings);
    lac_document_free(document);
}

static void contents_list_gives_entries_and_no_headings(void **state)
{
    (void)state;
    lac_document *document = read_as("TABLE OF CONTENTS\n"
                                     "\n"
                                     "1 Introduction .................. 5\n"
                                     "1.1 Background and Rationale for the\n"
                                     "Trial ........................... 6\n"
                                     "Appendix A. Forms . . . . . . . . 12\n"
                                     "\n"
                                     "1.1 Background\n"
                                     "\n"
                                     "Text.\n",
                                     LAC_FORMAT_TEXT);
    expect_outline(document, "2 1.1|Background\n");
    assert_int_equal(count_flag(document, LAC_BLOCK_TOC), 5);
    assert_int_equal(document->toc_count, 3);
    assert_true(lac_span_is(document->toc[0].number, "1"));
    assert_true(lac_span_is(document->toc[0].title, "Introduction"));
    assert_true(lac_span_is(document->toc[2].title, "Forms"));
    lac_document_free(document);
}

static void contents_list_with_gaps_needs_numbers_and_rising_pages(void **state)
{
    (void)state;
    lac_document *contents = read_as("1 Introduction\t5\n1.1 Background\t6\n2 Objectives\t6\n"
                                     "3 Design\t9\n\n1.1 Background\n\nText.\n",
                                     LAC_FORMAT_TEXT);
    assert_int_equal(count_flag(contents, LAC_BLOCK_TOC), 4);
    expect_outline(contents, "2 1.1|Background\n");
    lac_document_free(contents);
    lac_document *table = read_as("Age        41\nWeight     70\nHeight    171\n", LAC_FORMAT_TEXT);
    assert_int_equal(count_flag(table, LAC_BLOCK_TOC), 0);
    lac_document_free(table);
    lac_document *titled =
        read_as("Contents\nSynopsis    3\nObjectives    7\nDesign    9\n", LAC_FORMAT_TEXT);
    assert_int_equal(count_flag(titled, LAC_BLOCK_TOC), 4);
    lac_document_free(titled);
    lac_document *thin =
        read_as("Table of Contents\n\n1 Introduction 16\n\n1.1 Purpose of Trial 16\n\n"
                "1.2 Benefits 17\n\n2 Design 18\n\n2.1 Arms 18\n\n"
                "1 Introduction\n\n1.1 Purpose of Trial\n\nText.\n",
                LAC_FORMAT_TEXT);
    assert_int_equal(count_flag(thin, LAC_BLOCK_TOC), 6);
    expect_outline(thin, "1 1|Introduction\n2 1.1|Purpose of Trial\n");
    lac_document_free(thin);
    lac_document *visits =
        read_as("1. Visit 1\n2. Visit 2\n3. Visit 3\n4. Visit 4\n5. Visit 5\n", LAC_FORMAT_TEXT);
    assert_int_equal(count_flag(visits, LAC_BLOCK_TOC), 0);
    lac_document_free(visits);
}

static void items_are_blocks_of_their_own(void **state)
{
    (void)state;
    lac_document *document = read_as("Patients must:\n"
                                     "- be adult,\n"
                                     "  18 or older\n"
                                     "- consent\n"
                                     "\n"
                                     "As shown in table\n"
                                     "1. The next line.\n"
                                     "\n"
                                     "(a) first\n"
                                     "(b) second\n",
                                     LAC_FORMAT_TEXT);
    EXPECT_BLOCKS(document, "Patients must:", "- be adult,\n  18 or older", "- consent",
                  "As shown in table\n1. The next line.", "(a) first", "(b) second");
    assert_int_equal(count_flag(document, LAC_BLOCK_LIST_ITEM), 4);
    lac_document_free(document);
}

static void file_without_blank_lines_has_a_paragraph_a_line(void **state)
{
    (void)state;
    lac_document *document =
        read_as("1.1\tBackground\nFirst paragraph.\nSecond paragraph\n1.2\tAims\nThird.\n",
                LAC_FORMAT_TEXT);
    expect_outline(document, "2 1.1|Background\n2 1.2|Aims\n");
    EXPECT_BLOCKS(document, "1.1\tBackground", "First paragraph.", "Second paragraph", "1.2\tAims",
                  "Third.");
    lac_document_free(document);
}

/* ---- Markdown ------------------------------------------------------------------------------- */

static void marks_make_headings_and_stay_out_of_titles(void **state)
{
    (void)state;
    lac_document *document = read_as("# Protocol ##\n"
                                     "## 6.4 **Trial** design {#design}\n"
                                     "### **6\\. Objectives**\n"
                                     "#### <a name=\"x\"></a>Anchored\n"
                                     "####### seven marks\n"
                                     "#hashtag\n"
                                     "    # code\n"
                                     "#\n"
                                     "Setext one\n"
                                     "===\n"
                                     "1.2 Setext two\n"
                                     "---\n",
                                     LAC_FORMAT_MARKDOWN);
    expect_outline(document, "1 |Protocol\n"
                             "2 6.4|**Trial** design\n"
                             "3 6|Objectives\n"
                             "4 |Anchored\n"
                             "1 |Setext one\n"
                             "2 1.2|Setext two\n");
    assert_true(lac_span_is(lac_block_text(document, &document->blocks[0]), "# Protocol ##"));
    assert_int_equal(document->blocks[0].source, LAC_HEADING_MARKUP);
    assert_int_equal(document->blocks[0].number_length, 0);
    assert_int_equal(document->sections[2].parent, 1);
    lac_document_free(document);
}

static void code_comments_and_breaks_hide_headings(void **state)
{
    (void)state;
    lac_document *document = read_as("# Title\n"
                                     "\n"
                                     "```sh\n"
                                     "# comment\n"
                                     "~~~\n"
                                     "```\n"
                                     "<!-- Describe here\n"
                                     "# the objectives -->\n"
                                     "\n"
                                     "***\n"
                                     "\n"
                                     "~~~~\n"
                                     "# to the end\n"
                                     "~~~\n",
                                     LAC_FORMAT_MARKDOWN);
    expect_outline(document, "1 |Title\n");
    EXPECT_BLOCKS(document, "# Title", "```sh\n# comment\n~~~\n```",
                  "<!-- Describe here\n# the objectives -->", "~~~~\n# to the end\n~~~");
    assert_int_equal(count_flag(document, LAC_BLOCK_CODE), 2);
    assert_int_equal(count_flag(document, LAC_BLOCK_INSTRUCTION), 1);
    lac_document_free(document);
}

static void table_cells_are_blocks_with_row_and_column(void **state)
{
    (void)state;
    lac_document *document = read_as("Before | not a table\n"
                                     "\n"
                                     "| Visit | Day \\| week |\n"
                                     "|:------|---:|\n"
                                     "| V1 |  |\n"
                                     "| V2 | 14 | extra |\n"
                                     "\n"
                                     "After\n",
                                     LAC_FORMAT_MARKDOWN);
    EXPECT_BLOCKS(document, "Before | not a table", "Visit", "Day \\| week", "V1", "V2", "14",
                  "extra", "After");
    assert_int_equal(document->table_count, 1);
    assert_int_equal(document->tables[0].rows, 3);
    assert_int_equal(document->tables[0].columns, 3);
    assert_int_equal(document->tables[0].first_block, 1);
    assert_int_equal(document->tables[0].end_block, 7);
    const lac_block *cell = &document->blocks[5];
    assert_int_equal(cell->table, 0);
    assert_int_equal(cell->row, 2);
    assert_int_equal(cell->column, 1);
    assert_int_equal(document->blocks[1].flags, LAC_BLOCK_HEADER_ROW);
    assert_int_equal(document->blocks[7].table, LAC_NONE);
    lac_document_free(document);
}

static void front_matter_gives_the_title(void **state)
{
    (void)state;
    lac_document *document = read_as("---\n"
                                     "title: \"A Phase 2 Trial\"\n"
                                     "version: 1.0\n"
                                     "---\n"
                                     "# Synopsis\n",
                                     LAC_FORMAT_MARKDOWN);
    assert_true(lac_span_is(document->property_title, "A Phase 2 Trial"));
    EXPECT_BLOCKS(document, "title: \"A Phase 2 Trial\"", "version: 1.0", "# Synopsis");
    assert_int_equal(document->blocks[0].flags, LAC_BLOCK_TITLE);
    lac_document_free(document);
    document = read_as("---\nJust a line.\n---\n", LAC_FORMAT_MARKDOWN);
    assert_int_equal(document->property_title.len, 0);
    lac_document_free(document);
}

static void contents_list_of_links_is_known(void **state)
{
    (void)state;
    lac_document *document = read_as("## Contents\n"
                                     "\n"
                                     "- [1 Aims](#aims)\n"
                                     "  - [1.1 Primary](#primary)\n"
                                     "- see [the site](http://example.org)\n",
                                     LAC_FORMAT_MARKDOWN);
    assert_int_equal(document->toc_count, 2);
    assert_true(lac_span_is(document->toc[1].number, "1.1"));
    assert_true(lac_span_is(document->toc[1].title, "Primary"));
    assert_int_equal(count_flag(document, LAC_BLOCK_TOC), 3);
    assert_int_equal(count_flag(document, LAC_BLOCK_LIST_ITEM), 3);
    lac_document_free(document);
}

static void paragraphs_join_and_items_do_not(void **state)
{
    (void)state;
    lac_document *document = read_as("One paragraph\nover two lines\n- item\nlazy\n1. first\n"
                                     "> quote\n\n**All bold**\n\n**Lead** in\n",
                                     LAC_FORMAT_MARKDOWN);
    EXPECT_BLOCKS(document, "One paragraph\nover two lines", "- item\nlazy", "1. first\n> quote",
                  "**All bold**", "**Lead** in");
    /* No marked heading in the file: the bold line stands in for one. */
    expect_outline(document, "1 |All bold\n");
    assert_false(document->structured_headings);
    lac_document_free(document);
}

static void text_is_taken_for_markdown_by_its_headings(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        lac_format format;
    } cases[] = {
        {"A title\n\n## Abstract\n\nText.\n", LAC_FORMAT_MARKDOWN},
        {"a\n\nb\n\nc\n\nd\n\n# One\n\ntext\n\n# Two\n\ntext\n", LAC_FORMAT_MARKDOWN},
        {"#!/bin/sh\n# comment\nset -e\n", LAC_FORMAT_TEXT},
        {"Age\n\n41\n\nSex\n\nF\n\n# deaths\n\n3\n\n# deaths\n\n4\n", LAC_FORMAT_TEXT},
        {"a\n\nb\n\nc\n\n# Subjects\n\n3\n\n# Subjects\n\n4\n", LAC_FORMAT_TEXT},
        {"```\n\n# in code\n\n```\n", LAC_FORMAT_TEXT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        lac_document *document = read_as(cases[i].text, LAC_FORMAT_TEXT);
        if (document->format != cases[i].format) {
            fail_msg("%s", cases[i].text);
        }
        lac_document_free(document);
    }
}

/* Work must stay proportional to the input: each of these was built to make a scan start over. */
static void repetitive_input_takes_linear_time(void **state)
{
    (void)state;
    static const char *const units[] = {"\n",    "1 A\n\n", "1.1 A 5\n",    "- [",  "|",
                                        "|-|\n", "<!--\n",  "```\n`",       "# \n", "a\n===\n",
                                        "{#",    "*",       "1.1\tA\t5\n\n"};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        lac_buf text;
        lac_buf_init(&text, 1 << 21);
        while (text.len < 1 << 18) {
            assert_int_equal(lac_buf_append_text(&text, units[i]), LACUNA_OK);
        }
        for (int format = LAC_FORMAT_TEXT; format <= LAC_FORMAT_MARKDOWN; format++) {
            lac_document_free(read_bytes(lac_buf_span(&text), (lac_format)format));
        }
        lac_buf_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reference_text_is_the_files_own_lines),
        cmocka_unit_test(utf16_with_a_mark_is_converted),
        cmocka_unit_test(replaced_bytes_are_noted),
        cmocka_unit_test(lines_and_offsets_agree),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(typed_numbers_make_headings),
        cmocka_unit_test(chapters_without_sections_continue_the_count),
        cmocka_unit_test(statements_rows_and_values_are_no_headings),
        cmocka_unit_test(long_heading_may_be_wrapped_once),
        cmocka_unit_test(capitals_between_blank_lines_are_trusted_less),
        cmocka_unit_test(contents_list_gives_entries_and_no_headings),
        cmocka_unit_test(contents_list_with_gaps_needs_numbers_and_rising_pages),
        cmocka_unit_test(items_are_blocks_of_their_own),
        cmocka_unit_test(file_without_blank_lines_has_a_paragraph_a_line),
        cmocka_unit_test(marks_make_headings_and_stay_out_of_titles),
        cmocka_unit_test(code_comments_and_breaks_hide_headings),
        cmocka_unit_test(table_cells_are_blocks_with_row_and_column),
        cmocka_unit_test(front_matter_gives_the_title),
        cmocka_unit_test(contents_list_of_links_is_known),
        cmocka_unit_test(paragraphs_join_and_items_do_not),
        cmocka_unit_test(text_is_taken_for_markdown_by_its_headings),
        cmocka_unit_test(repetitive_input_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
