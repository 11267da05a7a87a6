/* Which paragraphs are headings, and of which level. */
#include "make_docx.h"

#define NORMAL                                                                    \
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name " \
    "w:val=\"Normal\"/>"                                                          \
    "</w:style>"
#define BASED(id) "<w:basedOn w:val=\"" id "\"/>"
#define OUTLINE(level) "<w:pPr><w:outlineLvl w:val=\"" level "\"/></w:pPr>"

static lac_document *read_styled(const char *styles, const char *body)
{
    return read_docx(&(docx_parts){.styles = styles, .body = body});
}

static void the_name_counts_not_the_id(void **state)
{
    (void)state;
    lac_document *d = read_styled(STYLE("berschrift1", "heading 1", "") STYLE("2", "Heading 2", "")
                                      STYLE("Heading3", "Fancy text", ""),
                                  STYLED("berschrift1", "One") STYLED("2", "Two")
                                      STYLED("Heading3", "No heading"));
    assert_int_equal(d->section_count, 3);
    assert_heading(d, 1, 1, "", "One");
    assert_heading(d, 2, 2, "", "Two");
    assert_int_equal(d->sections[1].source, LAC_HEADING_STYLE_NAME);
    lac_document_free(d);
}

static void an_alias_names_a_heading_too(void **state)
{
    (void)state;
    lac_document *d = read_styled(STYLE("A", "Section title", "<w:aliases w:val=\"H2,heading 2\"/>")
                                      STYLE("B", "heading 3,H3,h3", ""),
                                  STYLED("A", "Two") STYLED("B", "Three"));
    assert_heading(d, 1, 2, "", "Two");
    assert_heading(d, 2, 3, "", "Three");
    lac_document_free(d);
}

static void similar_names_are_no_headings(void **state)
{
    (void)state;
    lac_document *d =
        read_styled(STYLE("A", "heading1", "") STYLE("B", "heading 10", "")
                        STYLE("C", "Heading 1 Char", "") STYLE("D", "toc heading 1", ""),
                    STYLED("A", "a") STYLED("B", "b") STYLED("C", "c") STYLED("D", "d"));
    assert_int_equal(d->section_count, 1);
    lac_document_free(d);
}

static void an_outline_level_in_a_custom_style_counts(void **state)
{
    (void)state;
    lac_document *d =
        read_styled(STYLE("01H", "01Heading1", OUTLINE("0")), STYLED("01H", "Synopsis"));
    assert_heading(d, 1, 1, "", "Synopsis");
    assert_int_equal(d->sections[1].source, LAC_HEADING_STYLE_LEVEL);
    lac_document_free(d);
}

static void a_style_inherits_its_level(void **state)
{
    (void)state;
    lac_document *d = read_styled(HEADING("1", "0") STYLE("Mine", "Mine", BASED("Heading1"))
                                      STYLE("Deep", "Deep", BASED("Mine"))
                                          STYLE("Off", "Off", BASED("Mine") OUTLINE("9")),
                                  STYLED("Deep", "Inherited") STYLED("Off", "Body text"));
    assert_int_equal(d->section_count, 2);
    assert_heading(d, 1, 1, "", "Inherited");
    assert_int_equal(d->blocks[1].level, 0);
    lac_document_free(d);
}

static void a_circle_of_styles_ends(void **state)
{
    (void)state;
    lac_document *d = read_styled(STYLE("A", "A", BASED("B")) STYLE("B", "B", BASED("A"))
                                      STYLE("C", "C", BASED("C")),
                                  STYLED("A", "x") STYLED("C", "y"));
    assert_int_equal(d->section_count, 1);
    assert_text(d, "x\ny\n");
    lac_document_free(d);
}

static void the_paragraph_beats_its_style(void **state)
{
    (void)state;
    lac_document *d =
        read_styled(HEADING("1", "0"),
                    PP("<w:outlineLvl w:val=\"1\"/>", R("Level two"))
                        PP("<w:pStyle w:val=\"Heading1\"/><w:outlineLvl w:val=\"9\"/>", R("Body")));
    assert_int_equal(d->section_count, 2);
    assert_heading(d, 1, 2, "", "Level two");
    assert_int_equal(d->sections[1].source, LAC_HEADING_PARAGRAPH_LEVEL);
    assert_int_equal(d->blocks[1].level, 0);
    lac_document_free(d);
}

static void an_undefined_style_is_the_default_style(void **state)
{
    (void)state;
    lac_document *d = read_styled("<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"N\">"
                                  "<w:name w:val=\"Normal\"/>" OUTLINE("2") "</w:style>",
                                  STYLED("Nowhere", "Text") P(R("More")));
    assert_heading(d, 1, 3, "", "Text");
    assert_heading(d, 2, 3, "", "More");
    lac_document_free(d);
}

static void headings_in_tables_and_controls_count_those_in_text_boxes_do_not(void **state)
{
    (void)state;
    lac_document *d = read_styled(
        HEADING("1", "0"),
        "<w:tbl><w:tr><w:tc>" STYLED(
            "Heading1",
            "In a cell") "</w:tc></w:tr></w:tbl>"
                         "<w:sdt><w:sdtContent>" STYLED(
                             "Heading1",
                             "In a "
                             "control") "</w:sdtContent></w:sdt>" P("<w:r><w:pict><v:shape><v:"
                                                                    "textbox><w:"
                                                                    "txbxContent>" STYLED(
                                                                        "Heading1",
                                                                        "In a box") "</"
                                                                                    "w:txbxContent>"
                                                                                    "</v:textbox></"
                                                                                    "v:shape></"
                                                                                    "w:pict></"
                                                                                    "w:r>" R("Ancho"
                                                                                             "r")));
    assert_int_equal(d->section_count, 3);
    assert_heading(d, 1, 1, "", "In a cell");
    assert_heading(d, 2, 1, "", "In a control");
    lac_document_free(d);
}

static void entries_of_a_contents_list_are_no_headings(void **state)
{
    (void)state;
    lac_document *d = read_styled(STYLE("TOC1", "toc 1", OUTLINE("0"))
                                      STYLE("TOCHeading", "TOC Heading", OUTLINE("9")),
                                  STYLED("TOCHeading", "Contents") STYLED("TOC1", "1 Aim 3"));
    assert_int_equal(d->section_count, 1);
    assert_true(d->blocks[0].flags & LAC_BLOCK_TOC);
    assert_true(d->blocks[1].flags & LAC_BLOCK_TOC);
    lac_document_free(d);
}

static void a_style_separator_ends_the_heading(void **state)
{
    (void)state;
    lac_document *d =
        read_styled(HEADING("2", "1"),
                    PP("<w:pStyle w:val=\"Heading2\"/><w:rPr><w:vanish/><w:specVanish/></w:rPr>",
                       R("Meetings")) P(R("are held yearly.")));
    assert_heading(d, 1, 2, "", "Meetings");
    assert_text(d, "Meetings\nare held yearly.\n");
    lac_document_free(d);
}

static void a_tab_or_break_inside_a_heading_is_a_space(void **state)
{
    (void)state;
    lac_document *d = read_styled(
        HEADING("1", "0"),
        PP("<w:pStyle w:val=\"Heading1\"/><w:tabs><w:tab w:val=\"left\" w:pos=\"9\"/></w:tabs>",
           "<w:r>" T("Study") "<w:tab/>" T("Design") "<w:br/>" T("Overview") "</w:r>"));
    assert_heading(d, 1, 1, "", "Study Design Overview");
    lac_document_free(d);
}

static void a_typed_number_is_split_from_the_title(void **state)
{
    (void)state;
    lac_document *d = read_styled(HEADING("2", "1"), STYLED("Heading2", "6.4 Trial Design"));
    assert_heading(d, 1, 2, "6.4", "Trial Design");
    assert_true(d->sections[1].typed_number);
    lac_document_free(d);
}

static void styles_say_title_caption_instruction(void **state)
{
    (void)state;
    lac_document *d = read_styled(
        STYLE("T", "Title", "") STYLE("C", "caption", "") STYLE("G", "CPT Instructional Text", "")
            STYLE("X", "Nested", BASED("G")),
        STYLED("T", "Protocol") STYLED("C", "Table 1") STYLED("G", "Delete this") STYLED("X", "y"));
    assert_true(d->blocks[0].flags & LAC_BLOCK_TITLE);
    assert_true(d->blocks[1].flags & LAC_BLOCK_CAPTION);
    assert_true(d->blocks[2].flags & LAC_BLOCK_INSTRUCTION);
    assert_true(d->blocks[3].flags & LAC_BLOCK_INSTRUCTION);
    assert_int_equal(d->section_count, 1);
    lac_document_free(d);
}

#define BOLD(text) P(RP("<w:b/>", text))

static void bold_lines_are_headings_only_without_structure(void **state)
{
    (void)state;
    static const char body[] = BOLD("1 Purpose") P(R("Text.")) BOLD("1.1 Scope") P(R("Text."))
        BOLD("Remarks") P(R("Text.")) BOLD("This is a bold sentence.") P(R("Text."));
    lac_document *d = read_styled("", body);
    assert_int_equal(d->section_count, 4);
    assert_heading(d, 1, 1, "1", "Purpose");
    assert_heading(d, 2, 2, "1.1", "Scope");
    assert_heading(d, 3, 3, "", "Remarks");
    assert_int_equal(d->sections[1].source, LAC_HEADING_FORMATTING);
    assert_false(d->structured_headings);
    lac_document_free(d);

    d = read_styled(HEADING("1", "0"), STYLED("Heading1", "Real") BOLD("1 Purpose") P(R("x"))
                                           BOLD("2 Scope") P(R("x")) BOLD("3 Aim") P(R("x")));
    assert_int_equal(d->section_count, 2);
    assert_true(d->structured_headings);
    lac_document_free(d);
}

static void bold_cells_and_long_bold_lines_are_no_headings(void **state)
{
    (void)state;
    lac_document *d = read_styled(
        "", BOLD("1 One") P(R("x")) BOLD("2 Two") P(R("x")) BOLD("3 Three") P(R("x"))
                BOLD("4 a b c d e f g h i j k l m") P(R("x")) "<w:tbl><w:tr><w:tc>" BOLD(
                    "5 Cell") "</w:tc><w:tc>" P(R("y")) "</w:tc></w:tr></w:tbl>");
    assert_int_equal(d->section_count, 4);
    lac_document_free(d);
}

static void two_bold_lines_are_emphasis(void **state)
{
    (void)state;
    lac_document *d = read_styled("", BOLD("Note") P(R("x")) BOLD("Remember") P(R("x")));
    assert_int_equal(d->section_count, 1);
    lac_document_free(d);
}

static void bold_lines_in_a_row_are_a_title_page(void **state)
{
    (void)state;
    lac_document *d = read_styled("", BOLD("Clinical Study") BOLD("Sponsor Ltd") BOLD("Berlin")
                                          P(R("x")) BOLD("Aim") P(R("x")) BOLD("End") P(R("x")));
    assert_int_equal(d->section_count, 4); /* Berlin, Aim, End: text follows them */
    assert_heading(d, 2, 1, "", "Aim");
    lac_document_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_name_counts_not_the_id),
        cmocka_unit_test(an_alias_names_a_heading_too),
        cmocka_unit_test(similar_names_are_no_headings),
        cmocka_unit_test(an_outline_level_in_a_custom_style_counts),
        cmocka_unit_test(a_style_inherits_its_level),
        cmocka_unit_test(a_circle_of_styles_ends),
        cmocka_unit_test(the_paragraph_beats_its_style),
        cmocka_unit_test(an_undefined_style_is_the_default_style),
        cmocka_unit_test(headings_in_tables_and_controls_count_those_in_text_boxes_do_not),
        cmocka_unit_test(entries_of_a_contents_list_are_no_headings),
        cmocka_unit_test(a_style_separator_ends_the_heading),
        cmocka_unit_test(a_tab_or_break_inside_a_heading_is_a_space),
        cmocka_unit_test(a_typed_number_is_split_from_the_title),
        cmocka_unit_test(styles_say_title_caption_instruction),
        cmocka_unit_test(bold_lines_are_headings_only_without_structure),
        cmocka_unit_test(bold_cells_and_long_bold_lines_are_no_headings),
        cmocka_unit_test(two_bold_lines_are_emphasis),
        cmocka_unit_test(bold_lines_in_a_row_are_a_title_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
