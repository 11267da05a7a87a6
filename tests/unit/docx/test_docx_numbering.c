/* Numbers computed from numbering.xml, one rule a test (ECMA-376 17.9). */
#include "make_docx.h"

static lac_document *read_lists(const char *numbering, const char *body)
{
    return read_docx(&(docx_parts){.numbering = numbering, .body = body});
}

static void assert_lists(const char *numbering, const char *body, const char *expected)
{
    lac_document *d = read_lists(numbering, body);
    assert_text(d, expected);
    lac_document_free(d);
}

#define ONE_LIST ABSTRACT("1", DECIMALS) NUM("1", "1")

static void levels_count_and_restart(void **state)
{
    (void)state;
    assert_lists(ONE_LIST,
                 LISTED("1", "0", "a") LISTED("1", "1", "b") LISTED("1", "1", "c")
                     LISTED("1", "2", "d") LISTED("1", "0", "e") LISTED("1", "1", "f"),
                 "1. a\n1.1 b\n1.2 c\n1.2.1 d\n2. e\n2.1 f\n");
}

static void the_number_is_marked_off_from_the_text(void **state)
{
    (void)state;
    lac_document *d = read_lists(ONE_LIST, LISTED("1", "0", "Item") P(R("Plain")));
    assert_int_equal(d->blocks[0].number_length, 3);
    assert_true(d->blocks[0].flags & LAC_BLOCK_LIST_ITEM);
    assert_int_equal(d->blocks[1].number_length, 0);
    assert_false(d->blocks[1].flags & LAC_BLOCK_LIST_ITEM);
    lac_document_free(d);
}

static void lists_of_one_definition_share_their_counters(void **state)
{
    (void)state;
    assert_lists(ABSTRACT("1", DECIMALS) NUM("1", "1") NUM("2", "1"),
                 LISTED("1", "0", "a") LISTED("2", "0", "b") LISTED("1", "0", "c"),
                 "1. a\n2. b\n3. c\n");
}

static void a_start_override_applies_at_first_use(void **state)
{
    (void)state;
    assert_lists(
        ABSTRACT("1", DECIMALS)
            NUM("1", "1") "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride "
                          "w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>",
        LISTED("1", "0", "a") LISTED("2", "0", "b") LISTED("2", "0", "c") LISTED("1", "0", "d")
            LISTED("2", "0", "e"),
        "1. a\n5. b\n6. c\n7. d\n8. e\n");
}

static void an_overridden_level_prints_its_own_way(void **state)
{
    (void)state;
    assert_lists(
        ABSTRACT("1", DECIMALS) NUM(
            "1", "1") "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride "
                      "w:ilvl=\"0\">" LEVEL("0", "upperLetter", "(%1)") "</w:lvlOverride></w:num>",
        LISTED("1", "0", "a") LISTED("2", "0", "b"), "1. a\n(B) b\n");
}

static void a_missing_upper_level_counts_as_its_start(void **state)
{
    (void)state;
    assert_lists(ONE_LIST, LISTED("1", "1", "a") LISTED("1", "1", "b"), "1.1 a\n1.2 b\n");
}

static void a_level_may_not_restart(void **state)
{
    (void)state;
    assert_lists(
        ABSTRACT(
            "1",
            LEVEL("0", "decimal",
                  "%1.") "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>"
                         "<w:lvlRestart w:val=\"0\"/><w:lvlText w:val=\"%2)\"/></w:lvl>")
            NUM("1", "1"),
        LISTED("1", "0", "a") LISTED("1", "1", "b") LISTED("1", "0", "c") LISTED("1", "1", "d"),
        "1. a\n1) b\n2. c\n2) d\n");
}

static void a_level_restarts_after_the_named_level_only(void **state)
{
    (void)state;
    assert_lists(
        ABSTRACT(
            "1",
            LEVEL("0", "decimal", "%1") LEVEL(
                "1", "decimal",
                "%1.%2") "<w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>"
                         "<w:lvlRestart w:val=\"1\"/><w:lvlText w:val=\"%3)\"/></w:lvl>")
            NUM("1", "1"),
        LISTED("1", "0", "a") LISTED("1", "1", "b") LISTED("1", "2", "c") LISTED("1", "1", "d")
            LISTED("1", "2", "e") LISTED("1", "0", "f") LISTED("1", "2", "g"),
        "1 a\n1.1 b\n1) c\n1.2 d\n2) e\n2 f\n1) g\n");
}

static void legal_numbering_is_decimal(void **state)
{
    (void)state;
    assert_lists(
        ABSTRACT(
            "1",
            LEVEL("0", "upperRoman",
                  "%1.") "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>"
                         "<w:isLgl/><w:lvlText w:val=\"%1.%2\"/></w:lvl>") NUM("1", "1"),
        LISTED("1", "0", "a") LISTED("1", "0", "b") LISTED("1", "1", "c"), "I. a\nII. b\n2.1 c\n");
}

static void legal_numbering_keeps_leading_zeros(void **state)
{
    (void)state;
    assert_lists(
        ABSTRACT("1", LEVEL("0", "upperRoman",
                            "Article %1.") "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt "
                                           "w:val=\"decimalZero\"/><w:isLgl/><w:lvlText "
                                           "w:val=\"Section %1.%2\"/>"
                                           "</w:lvl>") NUM("1", "1"),
        LISTED("1", "0", "a") LISTED("1", "1", "b"), "Article I. a\nSection 1.01 b\n");
}

static void a_skipped_level_has_been_counted(void **state)
{
    (void)state;
    assert_lists(ABSTRACT("1", LEVEL("0", "decimal", "%1") LEVEL("1", "lowerLetter", "%1.%2")
                                   LEVEL("2", "upperRoman", "%1.%2.%3")) NUM("1", "1"),
                 LISTED("1", "0", "x") LISTED("1", "2", "y") LISTED("1", "1", "z"),
                 "1 x\n1.a.I y\n1.b z\n");
}

static void ordinals_start_at_zero_too(void **state)
{
    (void)state;
    assert_lists(ABSTRACT("1", "<w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"ordinal\"/><w:lvlText "
                               "w:val=\"%1\"/></w:lvl>") NUM("1", "1"),
                 LISTED("1", "0", "x") LISTED("1", "0", "y"), "0th x\n1st y\n");
}

static void list_zero_takes_the_numbering_away(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .numbering = ONE_LIST,
        .styles =
            STYLE("L", "List Number", "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>"),
        .body = STYLED("L", "a") PP("<w:pStyle w:val=\"L\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId "
                                    "w:val=\"0\"/></w:numPr>",
                                    R("b")) STYLED("L", "c")});
    assert_text(d, "1. a\nb\n2. c\n");
    assert_false(d->blocks[1].flags & LAC_BLOCK_LIST_ITEM);
    lac_document_free(d);
}

static void bullets_are_list_items_without_number(void **state)
{
    (void)state;
    lac_document *d =
        read_lists(ABSTRACT("1", LEVEL("0", "bullet", "-")) NUM("1", "1"), LISTED("1", "0", "a"));
    assert_text(d, "a\n");
    assert_true(d->blocks[0].flags & LAC_BLOCK_LIST_ITEM);
    assert_int_equal(d->blocks[0].number_length, 0);
    lac_document_free(d);
}

static void a_bullet_stands_as_number_of_a_heading(void **state)
{
    (void)state;
    lac_document *d = read_lists(
        ABSTRACT("1", LEVEL("0", "bullet", "-")) NUM("1", "1"),
        PP("<w:numPr><w:numId w:val=\"1\"/></w:numPr><w:outlineLvl w:val=\"0\"/>", R("a")));
    assert_heading(d, 1, 1, "\xE2\x80\xA2", "a");
    lac_document_free(d);
}

static void no_number_is_ever_made_up(void **state)
{
    (void)state;
    /* numFmt none, a list that is not defined, a format that is not known. */
    lac_document *d = read_lists(
        ABSTRACT("1", LEVEL("0", "none", "%1")) ABSTRACT("2", LEVEL("0", "bahtText", "%1."))
            NUM("1", "1") NUM("2", "2") NUM("4", "77"),
        LISTED("1", "0", "none") LISTED("2", "0", "unknown") LISTED("3", "0", "undefined list")
            LISTED("4", "0", "undefined definition") LISTED("1", "3", "undefined level"));
    assert_text(d, "none\nunknown\nundefined list\nundefined definition\nundefined level\n");
    assert_true(has_note(d, "docx/number-format"));
    lac_document_free(d);
}

static void words_in_the_pattern_are_kept(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .numbering = ABSTRACT("1", "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt "
                                   "w:val=\"upperLetter\"/><w:pStyle w:val=\"App\"/><w:lvlText "
                                   "w:val=\"Appendix\xC2\xA0%1.\"/></w:lvl>") NUM("1", "1"),
        .styles = STYLE("App", "C-Appendix",
                        "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr>"
                        "<w:outlineLvl w:val=\"0\"/></w:pPr>"),
        .body = STYLED("App", "Forms") STYLED("App", "Lists")});
    assert_heading(d, 2, 1,
                   "Appendix\xC2\xA0"
                   "B.",
                   "Lists");
    lac_document_free(d);
}

#define OUTLINE_LEVEL(ilvl, style, text)                                                       \
    "<w:lvl w:ilvl=\"" ilvl "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:pStyle " \
    "w:val=\"" style "\"/><w:lvlText w:val=\"" text "\"/></w:lvl>"

static void the_level_is_the_one_bound_to_the_style(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .numbering = ABSTRACT("1", OUTLINE_LEVEL("0", "H1", "%1") OUTLINE_LEVEL("1", "H2", "%1.%2"))
            NUM("1", "1"),
        .styles =
            STYLE("H1", "heading 1", "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>")
                STYLE("H2", "heading 2", "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>")
                    STYLE("X", "My second", "<w:basedOn w:val=\"H2\"/>"),
        .body = STYLED("H1", "a") STYLED("H2", "b") STYLED("X", "c") STYLED("H1", "d")});
    assert_heading(d, 1, 1, "1", "a");
    assert_heading(d, 2, 2, "1.1", "b");
    assert_heading(d, 3, 2, "1.2", "c");
    assert_heading(d, 4, 1, "2", "d");
    lac_document_free(d);
}

static void a_level_without_list_refers_to_the_inherited_list(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .numbering = ABSTRACT("1", OUTLINE_LEVEL("0", "H1", "%1") LEVEL("1", "decimal", "%1.%2"))
            NUM("1", "1"),
        .styles =
            STYLE("H1", "heading 1", "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>")
                STYLE("H2", "heading 2",
                      "<w:basedOn w:val=\"H1\"/><w:pPr><w:numPr><w:ilvl w:val=\"1\"/>"
                      "</w:numPr><w:outlineLvl w:val=\"1\"/></w:pPr>"),
        .body = STYLED("H1", "a") STYLED("H2", "b") STYLED("H2", "c")});
    assert_heading(d, 3, 2, "1.2", "c");
    lac_document_free(d);
}

static void direct_numbering_beats_the_style(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .numbering = ABSTRACT("1", DECIMALS) ABSTRACT("2", LEVEL("0", "lowerLetter", "%1)"))
            NUM("1", "1") NUM("2", "2"),
        .styles = STYLE("L", "List", "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>"),
        .body = STYLED("L", "a") PP("<w:pStyle w:val=\"L\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId "
                                    "w:val=\"2\"/></w:numPr>",
                                    R("b"))});
    assert_text(d, "1. a\na) b\n");
    lac_document_free(d);
}

static void a_link_to_a_numbering_style_is_followed(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .numbering = ABSTRACT("1", "<w:styleLink w:val=\"Out\"/>" LEVEL("0", "upperRoman", "%1"))
            ABSTRACT("2", "<w:numStyleLink w:val=\"Out\"/>") NUM("1", "1") NUM("2", "2"),
        .styles =
            "<w:style w:type=\"numbering\" w:styleId=\"Out\"><w:name w:val=\"Outline\"/><w:pPr>"
            "<w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>",
        .body = LISTED("2", "0", "a") LISTED("1", "0", "b")});
    assert_text(d, "I a\nII b\n");
    lac_document_free(d);
}

static void the_style_of_a_link_names_the_list(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .numbering = ABSTRACT("1", LEVEL("0", "upperRoman", "%1"))
            ABSTRACT("2", "<w:numStyleLink w:val=\"Out\"/>") NUM("1", "1") NUM("2", "2"),
        .styles =
            "<w:style w:type=\"numbering\" w:styleId=\"Out\"><w:name w:val=\"Outline\"/><w:pPr>"
            "<w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>",
        .body = LISTED("2", "0", "a")});
    assert_text(d, "I a\n");
    lac_document_free(d);
}

static void a_link_without_style_finds_the_definition(void **state)
{
    (void)state;
    assert_lists(ABSTRACT("1", "<w:styleLink w:val=\"Out\"/>" LEVEL("0", "decimal", "%1"))
                     ABSTRACT("2", "<w:numStyleLink w:val=\"Out\"/>") NUM("2", "2"),
                 LISTED("2", "0", "a"), "1 a\n");
}

static void empty_paragraphs_count_hidden_ones_do_not(void **state)
{
    (void)state;
    assert_lists(ONE_LIST,
                 LISTED("1", "0", "a") LISTED("1", "0", "") LISTED("1", "0", "c")
                     PP("<w:numPr><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:vanish/></w:rPr>",
                        RP("<w:vanish/>", "hidden")) LISTED("1", "0", "d"),
                 "1. a\n3. c\n4. d\n");
}

static void deleted_paragraphs_do_not_count(void **state)
{
    (void)state;
    assert_lists(ONE_LIST,
                 LISTED("1", "0", "a") PP(
                     "<w:numPr><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:del w:id=\"1\"/></w:rPr>",
                     "<w:del w:id=\"2\"><w:r><w:delText>gone</w:delText></w:r></w:del>")
                     LISTED("1", "0", "b"),
                 "1. a\n2. b\n");
}

static void a_deleted_paragraph_before_a_table_does_not_count_either(void **state)
{
    (void)state;
    assert_lists(
        ONE_LIST,
        PP("<w:numPr><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:del w:id=\"1\"/></w:rPr>",
           "<w:del w:id=\"2\"><w:r><w:delText>gone</w:delText></w:r></w:del>") "<w:tbl><w:tr><w:"
                                                                               "tc>" LISTED(
                                                                                   "1", "0",
                                                                                   "a") "<"
                                                                                        "/"
                                                                                        "w"
                                                                                        ":"
                                                                                        "t"
                                                                                        "c"
                                                                                        ">"
                                                                                        "<"
                                                                                        "/"
                                                                                        "w"
                                                                                        ":"
                                                                                        "t"
                                                                                        "r"
                                                                                        ">"
                                                                                        "<"
                                                                                        "/"
                                                                                        "w"
                                                                                        ":"
                                                                                        "t"
                                                                                        "b"
                                                                                        "l"
                                                                                        ">",
        "1. a\n");
}

static void every_side_part_counts_for_itself(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .numbering = ONE_LIST,
        .footnotes = "<w:footnote w:id=\"2\">" LISTED("1", "0", "foot") "</w:footnote>",
        .endnotes = "<w:endnote w:id=\"2\">" LISTED("1", "0", "end") "</w:endnote>",
        .body = P(R("x"))});
    assert_text(d, "x\n1. foot\n1. end\n");
    lac_document_free(d);
}

static void formats_print_as_word_does(void **state)
{
    (void)state;
    static const struct {
        const char *format, *expected;
    } cases[] = {
        {"decimalZero", "01 02 03 "},
        {"upperRoman", "I II III "},
        {"lowerRoman", "i ii iii "},
        {"upperLetter", "A B C "},
        {"lowerLetter", "a b c "},
        {"ordinal", "1st 2nd 3rd "},
        {"cardinalText", "One Two Three "},
        {"ordinalText", "First Second Third "},
        {"hex", "1 2 3 "},
        {"numberInDash", "- 1 - - 2 - - 3 - "},
        {"decimalEnclosedCircle", "① ② ③ "},
        {"chineseCounting", "一 二 三 "},
        {"ideographTraditional", "甲 乙 丙 "},
        {"decimalFullWidth", "１ ２ ３ "},
        {"russianLower", "а б в "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char numbering[512];
        (void)snprintf(numbering, sizeof numbering,
                       "<w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start "
                       "w:val=\"1\"/><w:numFmt w:val=\"%s\"/><w:lvlText w:val=\"%%1\"/></w:lvl>"
                       "</w:abstractNum>" NUM("1", "1"),
                       cases[i].format);
        lac_document *d = read_lists(numbering, LISTED("1", "0", "x") LISTED("1", "0", "x")
                                                    LISTED("1", "0", "x"));
        char found[128] = "";
        for (uint32_t b = 0; b < d->block_count; b++) {
            size_t used = strlen(found);
            (void)snprintf(found + used, sizeof found - used, "%.*s",
                           (int)d->blocks[b].number_length, d->text.ptr + d->blocks[b].start);
        }
        assert_string_equal(found, cases[i].expected);
        lac_document_free(d);
    }
}

static void custom_zero_padding_is_read_from_the_choice(void **state)
{
    (void)state;
    assert_lists(
        ABSTRACT("1",
                 "<w:lvl w:ilvl=\"0\"><w:start w:val=\"9\"/><mc:AlternateContent><mc:Choice "
                 "Requires=\"w14\"><w:numFmt w:val=\"custom\" w:format=\"001, 002, 003, ...\"/>"
                 "</mc:Choice><mc:Fallback><w:numFmt w:val=\"decimal\"/></mc:Fallback>"
                 "</mc:AlternateContent><w:lvlText w:val=\"%1\"/></w:lvl>") NUM("1", "1"),
        LISTED("1", "0", "a") LISTED("1", "0", "b"), "009 a\n010 b\n");
}

static void text_boxes_and_notes_do_not_disturb_the_main_count(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .numbering = ONE_LIST ABSTRACT("2", DECIMALS) NUM("2", "2"),
        .footnotes = "<w:footnote w:id=\"2\">" LISTED("2", "0", "note")
            LISTED("1", "0", "shared") "</w:footnote>",
        .body = LISTED("1", "0", "a") P("<w:r><w:pict><v:textbox><w:txbxContent>" LISTED(
            "1", "0", "box") "</w:txbxContent></v:textbox></w:pict></w:r>" R("p"))
            LISTED("1", "0", "b")});
    assert_text(d, "1. a\np\nbox\n2. b\n1. note\nshared\n");
    lac_document_free(d);
}

static void a_level_starts_where_it_says(void **state)
{
    (void)state;
    assert_lists(ABSTRACT("1", "<w:lvl w:ilvl=\"0\"><w:start w:val=\"0\"/><w:numFmt "
                               "w:val=\"decimal\"/><w:lvlText w:val=\"%1\"/></w:lvl>")
                     NUM("1", "1"),
                 LISTED("1", "0", "a") LISTED("1", "0", "b"), "0 a\n1 b\n");
}

static void letters_repeat_beyond_z(void **state)
{
    (void)state;
    assert_lists(
        ABSTRACT("1", "<w:lvl w:ilvl=\"0\"><w:start w:val=\"26\"/><w:numFmt "
                      "w:val=\"lowerLetter\"/><w:lvlText w:val=\"%1\"/></w:lvl>") NUM("1", "1"),
        LISTED("1", "0", "x") LISTED("1", "0", "x") LISTED("1", "0", "x"), "z x\naa x\nbb x\n");
}

static void a_huge_start_value_is_no_number(void **state)
{
    (void)state;
    assert_lists(ABSTRACT("1", "<w:lvl w:ilvl=\"0\"><w:start w:val=\"2147483647\"/><w:numFmt "
                               "w:val=\"lowerRoman\"/><w:lvlText w:val=\"%1\"/></w:lvl>")
                     NUM("1", "1"),
                 LISTED("1", "0", "x") LISTED("1", "0", "x"), "x\nx\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_count_and_restart),
        cmocka_unit_test(the_number_is_marked_off_from_the_text),
        cmocka_unit_test(lists_of_one_definition_share_their_counters),
        cmocka_unit_test(a_start_override_applies_at_first_use),
        cmocka_unit_test(an_overridden_level_prints_its_own_way),
        cmocka_unit_test(a_missing_upper_level_counts_as_its_start),
        cmocka_unit_test(a_level_may_not_restart),
        cmocka_unit_test(a_level_restarts_after_the_named_level_only),
        cmocka_unit_test(legal_numbering_is_decimal),
        cmocka_unit_test(legal_numbering_keeps_leading_zeros),
        cmocka_unit_test(a_skipped_level_has_been_counted),
        cmocka_unit_test(ordinals_start_at_zero_too),
        cmocka_unit_test(list_zero_takes_the_numbering_away),
        cmocka_unit_test(bullets_are_list_items_without_number),
        cmocka_unit_test(a_bullet_stands_as_number_of_a_heading),
        cmocka_unit_test(no_number_is_ever_made_up),
        cmocka_unit_test(words_in_the_pattern_are_kept),
        cmocka_unit_test(the_level_is_the_one_bound_to_the_style),
        cmocka_unit_test(a_level_without_list_refers_to_the_inherited_list),
        cmocka_unit_test(direct_numbering_beats_the_style),
        cmocka_unit_test(a_link_to_a_numbering_style_is_followed),
        cmocka_unit_test(the_style_of_a_link_names_the_list),
        cmocka_unit_test(a_link_without_style_finds_the_definition),
        cmocka_unit_test(empty_paragraphs_count_hidden_ones_do_not),
        cmocka_unit_test(deleted_paragraphs_do_not_count),
        cmocka_unit_test(a_deleted_paragraph_before_a_table_does_not_count_either),
        cmocka_unit_test(formats_print_as_word_does),
        cmocka_unit_test(custom_zero_padding_is_read_from_the_choice),
        cmocka_unit_test(text_boxes_and_notes_do_not_disturb_the_main_count),
        cmocka_unit_test(every_side_part_counts_for_itself),
        cmocka_unit_test(a_level_starts_where_it_says),
        cmocka_unit_test(letters_repeat_beyond_z),
        cmocka_unit_test(a_huge_start_value_is_no_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
