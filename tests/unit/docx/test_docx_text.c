/* The accepted view of the text: revisions, hidden text, controls, boxes, notes, symbols. */
#include "make_docx.h"

#define INS(content) "<w:ins w:id=\"1\" w:author=\"a\">" content "</w:ins>"
#define DEL(text) \
    "<w:del w:id=\"2\"><w:r><w:delText xml:space=\"preserve\">" text "</w:delText></w:r></w:del>"
#define BOX(content)                                           \
    "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>" content \
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"

static lac_document *read_body(const char *body)
{
    return read_docx(&(docx_parts){.body = body});
}

/* ---- revisions ------------------------------------------------------------------------------- */

static void insertions_are_in_deletions_are_out(void **state)
{
    (void)state;
    lac_document *d = read_body(P(R("Give ") DEL("10") INS(R("20")) R(" mg")));
    assert_text(d, "Give 20 mg\n");
    assert_channel(d, LAC_CHANNEL_DELETED, "10");
    assert_int_equal(d->revisions.insertions, 1);
    assert_int_equal(d->revisions.deletions, 1);
    assert_true(d->blocks[0].flags & LAC_BLOCK_INSERTED);
    assert_true(d->blocks[0].flags & LAC_BLOCK_DELETIONS);
    lac_document_free(d);
}

static void moved_text_stands_at_its_new_place(void **state)
{
    (void)state;
    lac_document *d = read_body(P(R("a") "<w:moveFrom w:id=\"1\">" R("moved") "</w:moveFrom>")
                                    P("<w:moveTo w:id=\"2\">" R("moved") "</w:moveTo>"));
    assert_text(d, "a\nmoved\n");
    assert_channel(d, LAC_CHANNEL_DELETED, "moved");
    assert_int_equal(d->revisions.moves, 1);
    lac_document_free(d);
}

#define MARK_DELETED "<w:rPr><w:del w:id=\"9\"/></w:rPr>"

static void a_deleted_mark_joins_the_next_paragraph(void **state)
{
    (void)state;
    lac_document *d = read_docx(
        &(docx_parts){.styles = HEADING("1", "0") HEADING("2", "1"),
                      .body = PP("<w:pStyle w:val=\"Heading1\"/>" MARK_DELETED,
                                 R("Trial ") DEL("design")) STYLED("Heading2", "population")});
    assert_text(d, "Trial population\n");
    assert_heading(d, 1, 2, "", "Trial population");
    assert_int_equal(d->blocks[0].ordinal, 1);
    lac_document_free(d);
}

static void a_deleted_mark_before_a_table_has_nothing_to_join(void **state)
{
    (void)state;
    lac_document *d = read_body(
        PP(MARK_DELETED, R("Before")) "<w:tbl><w:tr><w:tc>" P(R("Cell")) "</w:tc><w:tc>" PP(
            MARK_DELETED, R("Last")) "</w:tc></w:tr></w:tbl>" PP(MARK_DELETED, R("End")));
    assert_text(d, "Before\nCell\tLast\nEnd\n");
    lac_document_free(d);
}

static void deleted_rows_and_cells_are_out(void **state)
{
    (void)state;
    lac_document *d = read_body("<w:tbl><w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr><w:tc>" P(
        R("gone")) "</w:tc></w:tr>"
                   "<w:tr><w:tc>" P(R("a")) "</w:tc><w:tc><w:tcPr><w:cellDel "
                                            "w:id=\"2\"/></w:tcPr>" P(R(
                                                "out")) "</w:tc><w:tc><w:tcPr><w:cellIns "
                                                        "w:id=\"3\"/></w:tcPr>" P(R("in")) "</"
                                                                                           "w:tc></"
                                                                                           "w:tr></"
                                                                                           "w:"
                                                                                           "tbl>");
    assert_text(d, "a\tin\n");
    assert_channel(d, LAC_CHANNEL_DELETED, "gone|out");
    assert_int_equal(d->tables[0].rows, 1);
    lac_document_free(d);
}

static void old_properties_are_ignored(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .styles = HEADING("1", "0"),
        .body = PP(
            "<w:pPrChange w:id=\"1\"><w:pPr><w:pStyle w:val=\"Heading1\"/><w:outlineLvl "
            "w:val=\"2\"/></w:pPr></w:pPrChange>",
            RP("<w:rPrChange w:id=\"2\"><w:rPr><w:vanish/><w:b/></w:rPr></w:rPrChange>", "Body"))});
    assert_int_equal(d->section_count, 1);
    assert_text(d, "Body\n");
    assert_int_equal(d->revisions.property_changes, 2);
    lac_document_free(d);
}

/* ---- hidden text ----------------------------------------------------------------------------- */

static void hidden_text_has_its_own_channel(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .styles = "<w:style w:type=\"character\" w:styleId=\"Hid\"><w:name w:val=\"Hid\"/><w:rPr>"
                  "<w:vanish/></w:rPr></w:style>",
        .body = P(R("seen") RP("<w:vanish/>", "h1") RP("<w:rStyle w:val=\"Hid\"/>", "h2")
                      RP("<w:vanish w:val=\"0\"/>", " too") RP("<w:webHidden/>", " web"))});
    assert_text(d, "seen too web\n");
    assert_channel(d, LAC_CHANNEL_HIDDEN, "h1h2");
    assert_int_equal(d->revisions.hidden_characters, 4);
    assert_true(d->blocks[0].flags & LAC_BLOCK_HIDDEN_PARTS);
    lac_document_free(d);
}

static void toggles_of_two_styles_cancel_out(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .styles =
            STYLE("BoldP", "Bold paragraph",
                  "<w:rPr><w:b/></w:rPr>") "<w:style w:type=\"character\" "
                                           "w:styleId=\"BoldC\"><w:name w:val=\"Strong\"/><w:rPr>"
                                           "<w:b/></w:rPr></w:style>",
        .body = STYLED("BoldP", "bold")
            PP("<w:pStyle w:val=\"BoldP\"/>", RP("<w:rStyle w:val=\"BoldC\"/>", "not bold"))});
    assert_true(d->blocks[0].flags & LAC_BLOCK_ALL_BOLD);
    assert_false(d->blocks[1].flags & LAC_BLOCK_ALL_BOLD);
    lac_document_free(d);
}

static void properties_of_the_mark_are_not_those_of_the_text(void **state)
{
    (void)state;
    lac_document *d = read_body(PP("<w:rPr><w:b/><w:vanish/></w:rPr>", R("Plain")));
    assert_text(d, "Plain\n");
    assert_false(d->blocks[0].flags & LAC_BLOCK_ALL_BOLD);
    lac_document_free(d);
}

/* ---- wrappers -------------------------------------------------------------------------------- */

static void wrappers_are_transparent(void **state)
{
    (void)state;
    assert_body(
        "<w:sdt><w:sdtContent>" P("<w:smartTag><w:customXml><w:hyperlink>"
                                  "<w:sdt><w:sdtContent>" R("a") "</w:sdtContent></w:sdt>" R("b") "</w:hyperlink></w:customXml></w:smartTag>" INS(
                                      "<w:smartTag>" R(
                                          "c") "</w:smartTag>")) "<w:tbl><w:sdt><w:sdtContent><w:"
                                                                 "tr><w:sdt><w:sdtContent><w:tc><w:"
                                                                 "sdt><w:sdtContent>" P(R("d")) "</"
                                                                                                "w:"
                                                                                                "sd"
                                                                                                "tC"
                                                                                                "on"
                                                                                                "te"
                                                                                                "nt"
                                                                                                "><"
                                                                                                "/w"
                                                                                                ":s"
                                                                                                "dt"
                                                                                                "><"
                                                                                                "/w"
                                                                                                ":t"
                                                                                                "c>"
                                                                                                "</"
                                                                                                "w:"
                                                                                                "sd"
                                                                                                "tC"
                                                                                                "on"
                                                                                                "te"
                                                                                                "nt"
                                                                                                "><"
                                                                                                "/w"
                                                                                                ":s"
                                                                                                "dt"
                                                                                                "><"
                                                                                                "/w"
                                                                                                ":t"
                                                                                                "r>"
                                                                                                "</"
                                                                                                "w:"
                                                                                                "sd"
                                                                                                "tC"
                                                                                                "on"
                                                                                                "te"
                                                                                                "nt"
                                                                                                "><"
                                                                                                "/w"
                                                                                                ":s"
                                                                                                "dt"
                                                                                                "><"
                                                                                                "/w"
                                                                                                ":t"
                                                                                                "bl"
                                                                                                "><"
                                                                                                "/w"
                                                                                                ":s"
                                                                                                "dt"
                                                                                                "Co"
                                                                                                "nt"
                                                                                                "en"
                                                                                                "t>"
                                                                                                "</"
                                                                                                "w:"
                                                                                                "sd"
                                                                                                "t"
                                                                                                ">",
        "abc\nd\n");
}

#define PROMPT(text) \
    "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" R(text) "</w:sdtContent></w:sdt>"

static void the_prompt_of_an_empty_control_is_marked(void **state)
{
    (void)state;
    lac_document *d = read_body(
        P(PROMPT("Click here to enter text.")) P(R("Sponsor: ") PROMPT("[name of the sponsor]"))
            P(R("The trial enrols up to ") PROMPT("[n]") R(" participants at 12 sites in Europe"))
                P("<w:sdt><w:sdtPr><w:showingPlcHdr w:val=\"0\"/></w:sdtPr>"
                  "<w:sdtContent>" R("filled") "</w:sdtContent></w:sdt>"));
    assert_true(d->blocks[0].flags & LAC_BLOCK_EMPTY_CONTROL);
    assert_true(d->blocks[1].flags & LAC_BLOCK_EMPTY_CONTROL);
    assert_false(d->blocks[2].flags & LAC_BLOCK_EMPTY_CONTROL);
    assert_false(d->blocks[3].flags & LAC_BLOCK_EMPTY_CONTROL);
    assert_int_equal(d->revisions.empty_controls, 3);
    lac_document_free(d);
}

static void one_branch_of_alternate_content_is_read(void **state)
{
    (void)state;
    assert_body(
        P("<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">" T(
            "new") "</mc:Choice><mc:Choice Requires=\"wps\">" T("second") "</"
                                                                          "mc:Choice><mc:"
                                                                          "Fallback>" T("old") "</"
                                                                                               "mc:"
                                                                                               "Fal"
                                                                                               "lba"
                                                                                               "ck>"
                                                                                               "</"
                                                                                               "mc:"
                                                                                               "Alt"
                                                                                               "ern"
                                                                                               "ate"
                                                                                               "Con"
                                                                                               "ten"
                                                                                               "t><"
                                                                                               "/w:"
                                                                                               "r"
                                                                                               ">"),
        "new\n");
    assert_body(P("<w:r><mc:AlternateContent><mc:Choice Requires=\"strange\">" T(
                    "new") "</mc:Choice><mc:Fallback>" T("old") "</mc:Fallback></"
                                                                "mc:AlternateContent></w:r>"),
                "old\n");
}

static void a_text_box_follows_its_paragraph(void **state)
{
    (void)state;
    lac_document *d = read_body(
        P(R("before ") BOX(P(R("box 1")) P(R("box 2"))) R("after")) "<w:tbl><w:tr><w:tc>" P(
            R("cell") BOX(P(R("in cell")))) "</w:tc><w:tc>" P(R("next")) "</w:tc></w:tr></w:tbl>");
    assert_text(d, "before after\nbox 1\nbox 2\ncell in cell\tnext\n");
    assert_true(d->blocks[1].flags & LAC_BLOCK_TEXT_BOX);
    assert_int_equal(d->blocks[1].ordinal, 1);
    assert_int_equal(d->blocks[0].ordinal, 0);
    lac_document_free(d);
}

static void skipped_branches_keep_the_ordinals(void **state)
{
    (void)state;
    lac_document *d = read_body(P(
        "<w:r><mc:AlternateContent><mc:Choice "
        "Requires=\"wps\"><w:txbxContent>" P(R("box")) "</w:txbxContent></"
                                                       "mc:Choice><mc:Fallback>"
                                                       "<w:txbxContent>" P(R("box")) "</"
                                                                                     "w:"
                                                                                     "txbxContent"
                                                                                     "></"
                                                                                     "mc:"
                                                                                     "Fallback></"
                                                                                     "mc:"
                                                                                     "AlternateCo"
                                                                                     "ntent></"
                                                                                     "w:r>" R("a"))
                                    P(R("b")));
    assert_text(d, "a\nbox\nb\n");
    assert_int_equal(d->blocks[2].ordinal, 3);
    lac_document_free(d);
}

/* ---- notes, comments, headers ---------------------------------------------------------------- */

static void channels_follow_each_other(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .body = P(R("Body")) "<w:sectPr><w:headerReference r:id=\"rIdH\"/><w:footerReference "
                             "r:id=\"rIdF\"/><w:headerReference r:id=\"rIdH\"/></w:sectPr>",
        .footnotes = "<w:footnote w:type=\"separator\" w:id=\"-1\">" P(
            R("---")) "</w:footnote>"
                      "<w:footnote w:id=\"1\">" P(R("Foot")) "</w:footnote>",
        .endnotes = "<w:endnote w:id=\"1\">" P(R("End")) "</w:endnote>",
        .comments = "<w:comment w:id=\"0\" w:author=\"x\">" P(R("Really?")) "</w:comment>",
        .header = P(R("Protocol 1")),
        .footer = P(R("Page 1"))});
    assert_text(d, "Body\nFoot\nEnd\nProtocol 1\nPage 1\n");
    assert_channel(d, LAC_CHANNEL_COMMENT, "Really?");
    assert_int_equal(d->revisions.comments, 1);
    assert_string_equal(d->parts[d->blocks[1].part], "word/footnotes.xml");
    lac_document_free(d);
}

static void a_header_no_section_uses_is_not_read(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){.body = P(R("Body")), .header = P(R("Unused"))});
    assert_text(d, "Body\n");
    lac_document_free(d);
}

/* ---- characters ------------------------------------------------------------------------------ */

static void symbols_become_unicode(void **state)
{
    (void)state;
    assert_body(P("<w:r><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/><w:sym w:font=\"Wingdings\" "
                  "w:char=\"F0FC\"/><w:sym w:font=\"Wingdings\" w:char=\"F0A8\"/><w:sym "
                  "w:font=\"Symbol\" w:char=\"61\"/></w:r>"),
                "\xE2\x89\xA5\xE2\x9C\x93\xE2\x98\x90\xCE\xB1\n");
    /* Private use in the text: by the run's font, else as Symbol. */
    assert_body(P(RP("<w:rFonts w:ascii=\"Wingdings\" w:hAnsi=\"Wingdings\"/>", "\xEF\x83\xBC")
                      R(" 5 \xEF\x82\xA3 6")),
                "\xE2\x9C\x93 5 \xE2\x89\xA4 6\n");
}

static void hyphens_tabs_and_breaks(void **state)
{
    (void)state;
    assert_body(P("<w:r>" T("COVID") "<w:noBreakHyphen/>" T("19") "<w:softHyphen/>" T(
                    "x") "<w:tab/>" T("y") "<w:br/>" T("z") "<w:cr/>" T("!") "</w:r>"),
                "COVID\xE2\x80\x91"
                "19x y z !\n");
}

static void white_space_counts_where_it_is_preserved(void **state)
{
    (void)state;
    assert_body("<w:p>\n <w:r>\n  <w:t>\n  one \n</w:t>\n </w:r> <w:r><w:t xml:space=\"preserve\"> "
                "two</w:t></w:r>\n</w:p>",
                "one two\n");
}

static void equations_ruby_and_pictures(void **state)
{
    (void)state;
    lac_document *d =
        read_body(P(R("p=") "<m:oMath><m:r><w:rPr><w:b/></w:rPr><m:t>x+1</m:t></m:r></m:oMath>")
                      P("<w:r><w:ruby><w:rt>" R("kana") "</w:rt><w:rubyBase>" R(
                          "kanji") "</w:rubyBase></w:ruby></w:r>")
                          P("<w:r><w:drawing><a:blip/></w:drawing></w:r>"));
    assert_text(d, "p=x+1\nkanji\n\n");
    assert_true(d->blocks[0].flags & LAC_BLOCK_EQUATION);
    assert_true(d->blocks[2].flags & LAC_BLOCK_PICTURE);
    lac_document_free(d);
}

static void what_is_not_read_is_told(void **state)
{
    (void)state;
    lac_document *d = read_body("<w:altChunk r:id=\"rId9\"/>" P("<w:subDoc r:id=\"rId8\"/><w:r>"
                                                                "<w:object/></w:r>" R("x")));
    assert_true(has_note(d, "docx/alt-chunk"));
    assert_true(has_note(d, "docx/sub-document"));
    assert_true(has_note(d, "docx/embedded-object"));
    assert_true(d->notes[0].text_missing);  /* alt-chunk */
    assert_false(d->notes[2].text_missing); /* embedded object */
    lac_document_free(d);
}

static void paragraphs_without_text_are_no_lines(void **state)
{
    (void)state;
    assert_body(P("") P(R("   ")) P(R("\xC2\xA0")) P(R(" a ")), "a\n");
}

static void every_block_has_its_anchor(void **state)
{
    (void)state;
    lac_document *d = read_body(P("") "<w:p w14:paraId=\"0A1B2C3D\">" R("x") "</w:p>");
    assert_int_equal(d->blocks[0].ordinal, 1);
    assert_int_equal(d->blocks[0].para_id, 0x0A1B2C3D);
    assert_string_equal(d->parts[d->blocks[0].part], "word/document.xml");
    lac_document_free(d);
}

static void a_paragraph_inside_a_paragraph_is_read_all_the_same(void **state)
{
    (void)state;
    assert_body("<w:p>" R("outer") "<w:p>" R("inner") "</w:p>" R("lost") "</w:p>" P(R("next")),
                "outer\ninner\nnext\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(insertions_are_in_deletions_are_out),
        cmocka_unit_test(moved_text_stands_at_its_new_place),
        cmocka_unit_test(a_deleted_mark_joins_the_next_paragraph),
        cmocka_unit_test(a_deleted_mark_before_a_table_has_nothing_to_join),
        cmocka_unit_test(deleted_rows_and_cells_are_out),
        cmocka_unit_test(old_properties_are_ignored),
        cmocka_unit_test(hidden_text_has_its_own_channel),
        cmocka_unit_test(toggles_of_two_styles_cancel_out),
        cmocka_unit_test(properties_of_the_mark_are_not_those_of_the_text),
        cmocka_unit_test(wrappers_are_transparent),
        cmocka_unit_test(the_prompt_of_an_empty_control_is_marked),
        cmocka_unit_test(one_branch_of_alternate_content_is_read),
        cmocka_unit_test(a_text_box_follows_its_paragraph),
        cmocka_unit_test(skipped_branches_keep_the_ordinals),
        cmocka_unit_test(channels_follow_each_other),
        cmocka_unit_test(a_header_no_section_uses_is_not_read),
        cmocka_unit_test(symbols_become_unicode),
        cmocka_unit_test(hyphens_tabs_and_breaks),
        cmocka_unit_test(white_space_counts_where_it_is_preserved),
        cmocka_unit_test(equations_ruby_and_pictures),
        cmocka_unit_test(what_is_not_read_is_told),
        cmocka_unit_test(paragraphs_without_text_are_no_lines),
        cmocka_unit_test(every_block_has_its_anchor),
        cmocka_unit_test(a_paragraph_inside_a_paragraph_is_read_all_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
