/* Which files are Word documents, in which encodings, and what happens to damaged ones. */
#include "make_docx.h"

#define MAIN "application/vnd.openxmlformats-officedocument."

static void assert_refused(const docx_parts *parts, lacuna_status expected, const char *word)
{
    lac_document *document;
    lacuna_error err;
    assert_int_equal(read_parts(&document, parts, &err), expected);
    assert_null(document);
    assert_int_equal(err.status, expected);
    if (strstr(err.message, word) == NULL) {
        fail_msg("no [%s] in [%s]", word, err.message);
    }
}

/* ---- kinds ----------------------------------------------------------------------------------- */

static void the_main_part_is_found_by_its_relationship(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){.body = P(R("x")),
                                              .main_name = "other/deep/blah_blah.xml",
                                              .extra_name = "word/document.xml",
                                              .extra = "<w:document/>"});
    assert_text(d, "x\n");
    assert_string_equal(d->parts[0], "other/deep/blah_blah.xml");
    lac_document_free(d);
}

static void macro_documents_and_templates_are_word_documents(void **state)
{
    (void)state;
    static const char *const types[] = {
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
        MAIN "wordprocessingml.template.main+xml",
        "application/xml",
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        lac_document *d = read_docx(&(docx_parts){.body = P(R("x")), .content_type = types[i]});
        assert_text(d, "x\n");
        lac_document_free(d);
    }
}

static void other_files_are_named(void **state)
{
    (void)state;
    assert_refused(&(docx_parts){.document_xml = "<workbook/>",
                                 .main_name = "xl/workbook.xml",
                                 .content_type = MAIN "spreadsheetml.sheet.main+xml"},
                   LACUNA_E_UNSUPPORTED, "Excel");
    assert_refused(&(docx_parts){.document_xml = "<p/>",
                                 .content_type = MAIN "presentationml.presentation.main+xml"},
                   LACUNA_E_UNSUPPORTED, "PowerPoint");
    assert_refused(&(docx_parts){.document_xml = "<x/>",
                                 .main_name = "content.xml",
                                 .without_relationships = true,
                                 .extra_name = "META-INF/manifest.xml",
                                 .extra = "<m/>"},
                   LACUNA_E_UNSUPPORTED, "OpenDocument");
    assert_refused(&(docx_parts){.document_xml = "x",
                                 .main_name = "readme.txt",
                                 .without_relationships = true},
                   LACUNA_E_UNSUPPORTED, "zip archive");
    assert_refused(&(docx_parts){.document_xml = "<html/>"}, LACUNA_E_UNSUPPORTED,
                   "no Word document");
}

static void a_document_without_relationships_is_damaged(void **state)
{
    (void)state;
    assert_refused(&(docx_parts){.body = P(R("x")), .without_relationships = true}, LACUNA_E_FORMAT,
                   "_rels/.rels");
}

/* ---- encodings and namespaces ---------------------------------------------------------------- */

static void strict_documents_read_the_same(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .strict = true,
        .styles_xml = "<s:styles xmlns:s=\"http://purl.oclc.org/ooxml/wordprocessingml/main\">"
                      "<s:style s:type=\"paragraph\" s:styleId=\"H\"><s:name s:val=\"heading 1\"/>"
                      "</s:style></s:styles>",
        .document_xml =
            "<document xmlns=\"http://purl.oclc.org/ooxml/wordprocessingml/main\" "
            "xmlns:x=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><body><p><pPr>"
            "<pStyle x:val=\"H\"/></pPr><r><t>One</t></r></p></body></document>"});
    assert_heading(d, 1, 1, "", "One");
    lac_document_free(d);
}

static void parts_may_have_a_byte_order_mark(void **state)
{
    (void)state;
    lac_document *d =
        read_docx(&(docx_parts){.document_xml = "\xEF\xBB\xBF<w:document" NAMESPACES
                                                "><w:body>" P(R("x")) "</w:body></w:document>"});
    assert_text(d, "x\n");
    lac_document_free(d);
}

static void parts_may_be_us_ascii(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .document_xml = "<?xml version=\"1.0\" encoding=\"us-ascii\"?><w:document" NAMESPACES
                        "><w:body>" P(R("5 &#181;g")) "</w:body></w:document>"});
    assert_text(d, "5 \xC2\xB5g\n");
    lac_document_free(d);
}

/* UTF-16 with byte order mark, from Latin-1 text. */
static size_t to_utf16(char *out, const char *text, bool big_endian)
{
    size_t length = 0;
    out[length++] = big_endian ? '\xFE' : '\xFF';
    out[length++] = big_endian ? '\xFF' : '\xFE';
    for (; *text != '\0'; text++) {
        out[length++] = big_endian ? '\0' : *text;
        out[length++] = big_endian ? *text : '\0';
    }
    return length;
}

static void parts_may_be_utf_16(void **state)
{
    (void)state;
    static const char xml[] = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><w:document" NAMESPACES
                              "><w:body>" P(R("\xB5g")) "</w:body></w:document>";
    for (int big_endian = 0; big_endian < 2; big_endian++) {
        char bytes[2 * sizeof xml + 2];
        size_t length = to_utf16(bytes, xml, big_endian == 1);
        lac_document *d =
            read_docx(&(docx_parts){.document_xml = bytes, .document_length = length});
        assert_text(d, "\xC2\xB5g\n");
        lac_document_free(d);
    }
}

static void the_title_comes_from_the_properties(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .body = P(R("x")),
        .core_xml = "<c xmlns:dc=\"d\"><dc:title>Safety &amp; efficacy</dc:title><dc:creator>me"
                    "</dc:creator></c>"});
    assert_span(d->property_title, "Safety & efficacy");
    lac_document_free(d);
}

/* ---- damage ---------------------------------------------------------------------------------- */

static void a_main_part_cut_short_is_an_error_with_its_place(void **state)
{
    (void)state;
    lac_document *d;
    lacuna_error err;
    const docx_parts parts = {.document_xml = "<w:document" NAMESPACES ">\n<w:body>\n" P(R("x"))};
    assert_int_equal(read_parts(&d, &parts, &err), LACUNA_E_FORMAT);
    assert_null(d);
    assert_string_equal(err.place, "word/document.xml");
    assert_int_equal(err.line, 3);
    assert_string_not_equal(err.remedy, "");
}

static void an_empty_main_part_is_an_error(void **state)
{
    (void)state;
    assert_refused(&(docx_parts){.document_xml = ""}, LACUNA_E_FORMAT, "damaged");
}

static void a_damaged_part_beside_it_is_a_note(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .body = P(R("x")),
        .comments_xml = "<w:comments" NAMESPACES "><w:comment>" P(R("first")) "</w:comment>"});
    assert_text(d, "x\n");
    assert_true(has_note(d, "docx/part-unreadable"));
    assert_true(d->notes[0].text_missing);
    assert_channel(d, LAC_CHANNEL_COMMENT, "first");
    lac_document_free(d);

    d = read_docx(&(docx_parts){.body = STYLED("H", "One"),
                                .styles_xml = "<w:styles" NAMESPACES
                                              ">" STYLE("H", "heading 1", "") "<w:style>"});
    assert_true(has_note(d, "docx/part-unreadable"));
    assert_heading(d, 1, 1, "", "One");
    lac_document_free(d);
}

static void a_missing_styles_part_is_no_damage(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){.body = STYLED("Heading1", "x")});
    assert_int_equal(d->note_count, 0);
    assert_text(d, "x\n");
    lac_document_free(d);
}

static void a_document_type_is_refused(void **state)
{
    (void)state;
    assert_refused(&(docx_parts){.document_xml = "<!DOCTYPE d [<!ENTITY e SYSTEM "
                                                 "\"file:///etc/passwd\">]><w:document" NAMESPACES
                                                 "><w:body>" P(R("&e;")) "</w:body></w:document>"},
                   LACUNA_E_FORMAT, "document type");
}

static void assert_limit(const docx_parts *parts, lac_limits limits, const char *word)
{
    lac_document *d;
    lacuna_error err;
    assert_int_equal(read_with_limits(&d, parts, &limits, &err), LACUNA_E_LIMIT);
    assert_null(d);
    if (strstr(err.message, word) == NULL) {
        fail_msg("no [%s] in [%s]", word, err.message);
    }
}

static void limits_are_errors_with_a_message(void **state)
{
    (void)state;
    const docx_parts parts = {.body = P(R("some text")) P(R("more text"))};
    lac_limits limits = LAC_LIMITS_DEFAULT;
    limits.text_bytes = 12;
    assert_limit(&parts, limits, "12 bytes of text");
    limits.text_bytes = 5; /* inside one text element */
    assert_limit(&parts, limits, "5 bytes of text");
    limits = LAC_LIMITS_DEFAULT;
    limits.blocks = 1;
    assert_limit(&parts, limits, "1 paragraph");
    limits = LAC_LIMITS_DEFAULT;
    limits.xml_elements = 6;
    assert_limit(&parts, limits, "6 elements");
    limits = LAC_LIMITS_DEFAULT;
    limits.xml_depth = 4;
    assert_limit(&parts, limits, "4 levels");
}

static void a_limit_in_a_side_part_is_an_error_too(void **state)
{
    (void)state;
    const docx_parts parts = {.body = P(R("x")),
                              .comments = "<w:comment>" P(R("a long comment")) "</w:comment>"};
    lac_limits limits = LAC_LIMITS_DEFAULT;
    limits.text_bytes = 10;
    assert_limit(&parts, limits, "10 bytes of text");
}

static void an_empty_document_is_a_document(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){.body = ""});
    assert_int_equal(d->block_count, 0);
    assert_int_equal(d->section_count, 1);
    lac_document_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_main_part_is_found_by_its_relationship),
        cmocka_unit_test(macro_documents_and_templates_are_word_documents),
        cmocka_unit_test(other_files_are_named),
        cmocka_unit_test(a_document_without_relationships_is_damaged),
        cmocka_unit_test(strict_documents_read_the_same),
        cmocka_unit_test(parts_may_have_a_byte_order_mark),
        cmocka_unit_test(parts_may_be_us_ascii),
        cmocka_unit_test(parts_may_be_utf_16),
        cmocka_unit_test(the_title_comes_from_the_properties),
        cmocka_unit_test(a_main_part_cut_short_is_an_error_with_its_place),
        cmocka_unit_test(an_empty_main_part_is_an_error),
        cmocka_unit_test(a_damaged_part_beside_it_is_a_note),
        cmocka_unit_test(a_missing_styles_part_is_no_damage),
        cmocka_unit_test(a_document_type_is_refused),
        cmocka_unit_test(limits_are_errors_with_a_message),
        cmocka_unit_test(a_limit_in_a_side_part_is_an_error_too),
        cmocka_unit_test(an_empty_document_is_a_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
