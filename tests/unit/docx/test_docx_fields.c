/* Fields: results are text, instructions are not; contents lists; form fields; broken references.
 */
#include "make_docx.h"

#define CHAR(type) "<w:r><w:fldChar w:fldCharType=\"" type "\"/></w:r>"
#define INSTR(text) "<w:r><w:instrText xml:space=\"preserve\">" text "</w:instrText></w:r>"
#define FIELD(instruction, result) \
    CHAR("begin") INSTR(instruction) CHAR("separate") result CHAR("end")

static void the_result_is_text_the_instruction_is_not(void **state)
{
    (void)state;
    assert_body(P(R("See ") FIELD(" REF _Ref1 \\h ", R("Section 4")) R(".")), "See Section 4.\n");
}

static void a_field_without_result_shows_nothing(void **state)
{
    (void)state;
    assert_body(P(R("a") CHAR("begin") INSTR("XE \"index entry\"") CHAR("end") R("b")), "ab\n");
}

static void payloads_do_not_leak(void **state)
{
    (void)state;
    assert_body(P(R("Shown ") CHAR("begin")
                      INSTR("ADDIN EN.CITE <EndNote><Cite>secret</Cite></EndNote>") CHAR("begin")
                          INSTR("ADDIN EN.CITE.DATA secret") CHAR("separate") R("inner secret")
                              CHAR("end") CHAR("separate") R("[1]") CHAR("end")),
                "Shown [1]\n");
}

static void simple_fields_show_their_content(void **state)
{
    (void)state;
    assert_body(P("<w:fldSimple w:instr=\" DOCPROPERTY Version \">" R("2.0") "</w:fldSimple>"),
                "2.0\n");
}

static void an_end_without_begin_is_ignored(void **state)
{
    (void)state;
    assert_body(P(CHAR("separate") R("a") CHAR("end") R("b")), "ab\n");
}

static void a_field_that_never_ends_is_told(void **state)
{
    (void)state;
    lac_document *d =
        read_docx(&(docx_parts){.body = P(R("a") CHAR("begin") INSTR("REF x")) P(R("lost"))});
    assert_text(d, "a\n");
    assert_true(has_note(d, "docx/field-unclosed"));
    lac_document_free(d);
}

static void fields_nested_too_deeply_are_a_limit(void **state)
{
    (void)state;
    char body[64 * 80 + 200] = "<w:p>";
    for (int i = 0; i < 65; i++) {
        strncat(body, CHAR("begin"), sizeof body - strlen(body) - 1);
    }
    strncat(body, "</w:p>", sizeof body - strlen(body) - 1);
    lac_document *d;
    lacuna_error err;
    assert_int_equal(read_parts(&d, &(docx_parts){.body = body}, &err), LACUNA_E_LIMIT);
    assert_null(d);
    assert_string_not_equal(err.message, "");
}

static void check_boxes_show_their_state(void **state)
{
    (void)state;
#define BOX(data)                                                                      \
    "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:sizeAuto/>" data \
    "</w:checkBox></w:ffData></w:fldChar></w:r>" INSTR(" FORMCHECKBOX ") CHAR("end")
    assert_body(P(BOX("<w:default w:val=\"0\"/>") R(" no"))
                    P(BOX("<w:default w:val=\"1\"/>") R(" "
                                                        "yes"))
                        P(BOX("<w:default w:val=\"0\"/><w:checked/>") R(" set"))
                            P(BOX("<w:default w:val=\"1\"/><w:checked w:val=\"0\"/>") R(" unset")),
                "\xE2\x98\x90 no\n\xE2\x98\x92 yes\n\xE2\x98\x92 set\n\xE2\x98\x90 unset\n");
}

static void text_inputs_and_lists_show_what_was_entered(void **state)
{
    (void)state;
    assert_body(P(FIELD(" FORMTEXT ", R("Novartis"))), "Novartis\n");
    assert_body(P("<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:ddList><w:result "
                  "w:val=\"1\"/><w:listEntry w:val=\"Phase 1\"/><w:listEntry w:val=\"Phase 2\"/>"
                  "</w:ddList></w:ffData></w:fldChar></w:r>" INSTR(" FORMDROPDOWN ") CHAR("end")),
                "Phase 2\n");
}

static void broken_references_are_counted(void **state)
{
    (void)state;
    lac_document *d = read_docx(
        &(docx_parts){.body = P(R("see ") FIELD("REF x", R("Error! Reference source not found.")))
                          P(R("Errors"))});
    assert_int_equal(d->revisions.broken_references, 1);
    assert_true(d->blocks[0].flags & LAC_BLOCK_BROKEN_REFERENCE);
    assert_false(d->blocks[1].flags & LAC_BLOCK_BROKEN_REFERENCE);
    lac_document_free(d);
}

/* ---- contents lists -------------------------------------------------------------------------- */

#define TOC_STYLES STYLE("T1", "toc 1", "") STYLE("T2", "toc 2", "") HEADING("1", "0")
#define PAGE(n) FIELD(" PAGEREF _Toc1 \\h ", R(n))
#define TAB "<w:r><w:tab/></w:r>"

static void assert_entry(const lac_document *d, uint32_t i, int level, const char *number,
                         const char *title)
{
    assert_true(i < d->toc_count);
    assert_int_equal(d->toc[i].level, level);
    assert_span(d->toc[i].number, number);
    assert_span(d->toc[i].title, title);
}

static void entries_of_a_contents_field_are_collected(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .styles = TOC_STYLES,
        .body = PP("<w:pStyle w:val=\"T1\"/>",
                   CHAR("begin") INSTR(" TOC \\o \"1-3\" \\h ") CHAR("separate") "<w:hyperlink>" R(
                       "1") TAB R("Synopsis") TAB PAGE("3") "</w:hyperlink>")
            PP("<w:pStyle w:val=\"T2\"/>", R("1.1") TAB R("Study 2") TAB PAGE("14"))
                PP("<w:pStyle w:val=\"T1\"/>", R("References") TAB R("iv") CHAR("end"))
                    STYLED("Heading1", "Synopsis")});
    assert_int_equal(d->toc_count, 3);
    assert_entry(d, 0, 1, "1", "Synopsis");
    assert_entry(d, 1, 2, "1.1", "Study 2");
    assert_entry(d, 2, 1, "", "References");
    assert_int_equal(d->section_count, 2);
    assert_false(d->blocks[3].flags & LAC_BLOCK_TOC);
    assert_true(d->blocks[0].flags & LAC_BLOCK_TOC);
    lac_document_free(d);
}

static void a_typed_page_is_dropped_a_number_in_the_title_is_not(void **state)
{
    (void)state;
    lac_document *d = read_docx(
        &(docx_parts){.styles = TOC_STYLES,
                      .body = STYLED("T1", "Contents") STYLED("T1", "2 Study design......... 12")
                          PP("<w:pStyle w:val=\"T1\"/>", R("Visit 2") TAB R("7"))});
    assert_entry(d, 0, 1, "2", "Study design");
    assert_entry(d, 1, 1, "", "Visit 2");
    lac_document_free(d);
}

static void lists_of_tables_are_flagged_but_no_contents_list(void **state)
{
    (void)state;
    lac_document *d =
        read_docx(&(docx_parts){.styles = STYLE("TF", "table of figures", ""),
                                .body = PP("<w:pStyle w:val=\"TF\"/>",
                                           FIELD(" TOC \\h \\c \"Table\" ", R("Table 1 Doses")))});
    assert_int_equal(d->toc_count, 0);
    assert_true(d->blocks[0].flags & LAC_BLOCK_TOC);
    lac_document_free(d);
}

static void entries_of_a_list_of_tables_may_have_the_style_of_contents(void **state)
{
    (void)state;
    lac_document *d = read_docx(
        &(docx_parts){.styles = TOC_STYLES,
                      .body = PP("<w:pStyle w:val=\"T1\"/>",
                                 FIELD(" TOC \\h \\c \"Table\" ", R("Table 1 Doses") TAB R("7")))});
    assert_int_equal(d->toc_count, 0);
    assert_true(d->blocks[0].flags & LAC_BLOCK_TOC);
    lac_document_free(d);
}

static void a_contents_control_is_recognised(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .styles = STYLE("TH", "TOC Heading", "") STYLE("T1", "toc 1", ""),
        .body =
            "<w:sdt><w:sdtPr><w:rPr><w:b/></w:rPr><w:docPartObj><w:docPartGallery w:val=\"Table "
            "of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent>" STYLED("TH", "Contents")
                P(R("1 Aim") TAB R("2")) "</w:sdtContent></w:sdt>" P(R("Body"))});
    assert_int_equal(d->toc_count, 1);
    assert_entry(d, 0, 0, "1", "Aim");
    assert_true(d->blocks[0].flags & LAC_BLOCK_TOC);
    assert_true(d->blocks[1].flags & LAC_BLOCK_TOC);
    assert_false(d->blocks[1].flags & LAC_BLOCK_ALL_BOLD);
    assert_false(d->blocks[2].flags & LAC_BLOCK_TOC);
    lac_document_free(d);
}

static void other_building_blocks_are_no_contents_list(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .body =
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Cover Pages\"/></w:docPartObj>"
            "</w:sdtPr><w:sdtContent>" P(R("Protocol") TAB R("1")) "</w:sdtContent></w:sdt>"});
    assert_int_equal(d->toc_count, 0);
    assert_false(d->blocks[0].flags & LAC_BLOCK_TOC);
    lac_document_free(d);
}

static void a_contents_field_may_have_no_pages_or_no_tabs(void **state)
{
    (void)state;
    lac_document *d = read_docx(
        &(docx_parts){.styles = TOC_STYLES,
                      .body = PP("<w:pStyle w:val=\"T1\"/>",
                                 CHAR("begin") INSTR("TOC \\n") CHAR("separate") R("Visit 2"))
                          P(R("Aim ") PAGE("3")) P(R("......... 4")) P(R("Last") CHAR("end"))});
    assert_int_equal(d->toc_count, 3);
    assert_entry(d, 0, 1, "", "Visit 2");
    assert_entry(d, 1, 0, "", "Aim");
    assert_entry(d, 2, 0, "", "Last");
    lac_document_free(d);
}

static void a_text_box_is_not_part_of_the_field_around_it(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .body = P(CHAR("begin") INSTR("TOC") CHAR("separate") R(
            "Aim") "<w:r><w:pict><v:textbox>"
                   "<w:txbxContent>" P(R("box")) "</w:txbxContent></v:textbox></w:pict></w:r>")
            P(R("Scope") CHAR("end"))});
    assert_int_equal(d->toc_count, 2);
    assert_span(lac_block_text(d, &d->blocks[1]), "box");
    assert_false(d->blocks[1].flags & LAC_BLOCK_TOC);
    assert_true(d->blocks[2].flags & LAC_BLOCK_TOC);
    lac_document_free(d);
}

static void the_paragraph_that_only_ends_the_list_is_body(void **state)
{
    (void)state;
    lac_document *d =
        read_docx(&(docx_parts){.styles = TOC_STYLES,
                                .body = PP("<w:pStyle w:val=\"T1\"/>",
                                           CHAR("begin") INSTR("TOC \\o") CHAR("separate") R("Aim")
                                               TAB R("1")) P(CHAR("end") R("Body text"))});
    assert_false(d->blocks[1].flags & LAC_BLOCK_TOC);
    assert_int_equal(d->toc_count, 1);
    lac_document_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_result_is_text_the_instruction_is_not),
        cmocka_unit_test(a_field_without_result_shows_nothing),
        cmocka_unit_test(payloads_do_not_leak),
        cmocka_unit_test(simple_fields_show_their_content),
        cmocka_unit_test(an_end_without_begin_is_ignored),
        cmocka_unit_test(a_field_that_never_ends_is_told),
        cmocka_unit_test(fields_nested_too_deeply_are_a_limit),
        cmocka_unit_test(check_boxes_show_their_state),
        cmocka_unit_test(text_inputs_and_lists_show_what_was_entered),
        cmocka_unit_test(broken_references_are_counted),
        cmocka_unit_test(entries_of_a_contents_field_are_collected),
        cmocka_unit_test(a_typed_page_is_dropped_a_number_in_the_title_is_not),
        cmocka_unit_test(lists_of_tables_are_flagged_but_no_contents_list),
        cmocka_unit_test(entries_of_a_list_of_tables_may_have_the_style_of_contents),
        cmocka_unit_test(a_contents_control_is_recognised),
        cmocka_unit_test(other_building_blocks_are_no_contents_list),
        cmocka_unit_test(a_contents_field_may_have_no_pages_or_no_tabs),
        cmocka_unit_test(a_text_box_is_not_part_of_the_field_around_it),
        cmocka_unit_test(the_paragraph_that_only_ends_the_list_is_body),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
