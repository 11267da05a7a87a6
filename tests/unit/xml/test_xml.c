/* XML files as documents: SPL labeling with its headings, other XML as text. */
#include "parsers/open.h"
#include "parsers/xml/xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define SPL(body)                                                                               \
    "<?xml version=\"1.0\"?><document xmlns=\"urn:hl7-org:v3\"><title>DRUG<br/>tablets</title>" \
    "<author><name>Sponsor</name></author><component><structuredBody>" body                     \
    "</structuredBody></component></document>"

static lac_document *read_with(const char *xml, const lac_limits *limits, lacuna_status expected)
{
    lac_document *document;
    lacuna_error err = {0};
    lacuna_status status = lac_xml_read(&document, lac_span_of(xml), "label.xml", limits, &err);
    assert_int_equal(status, expected);
    assert_true((status == LACUNA_OK) == (document != NULL));
    assert_true(status == LACUNA_OK || err.message[0] != '\0');
    return document;
}

static lac_document *read(const char *xml)
{
    return read_with(xml, &LAC_LIMITS_DEFAULT, LACUNA_OK);
}

static void expect_text(const lac_document *document, const char *text)
{
    assert_int_equal(document->reference_length, strlen(text));
    assert_memory_equal(document->text.ptr, text, strlen(text));
}

static void sections_become_headings(void **state)
{
    (void)state;
    lac_document *d = read(SPL(
        "<component><section><id root=\"1\"/><title>1 INDICATIONS</title><text><paragraph>For "
        "<content styleCode=\"bold\">chronic</content>\n  disease.</paragraph><list><item>adults"
        "</item><item>a &amp; b</item></list></text><component><section><title>1.1 Adults</title>"
        "<text>Bare text</text></section></component></section></component>"
        "<component><section><title/><text><paragraph>No title</paragraph></text></section>"
        "</component>"));
    expect_text(d, "DRUG tablets\n1 INDICATIONS\nFor chronic disease.\nadults\na & b\n1.1 Adults\n"
                   "Bare text\nNo title\n");
    assert_int_equal(d->section_count, 3);
    assert_int_equal(d->sections[1].level, 1);
    assert_int_equal(d->sections[2].level, 2);
    assert_int_equal(d->sections[2].parent, 1);
    assert_true(lac_span_equal(d->sections[2].number, lac_span_of("1.1")));
    assert_true(lac_span_equal(d->sections[2].title, lac_span_of("Adults")));
    assert_int_equal(d->sections[1].source, LAC_HEADING_MARKUP);
    lac_document_free(d);
}

static void tables_have_rows_and_cells(void **state)
{
    (void)state;
    lac_document *d = read(SPL(
        "<component><section><title>2 DOSAGE</title><text>Before<table><caption>Table 1</caption>"
        "<tbody><tr><th>Dose</th><th>Use</th></tr><tr><td>5 mg</td><td><paragraph>once</paragraph>"
        "<paragraph>daily</paragraph></td></tr><tr><td/><td/></tr></tbody></table>after</text>"
        "</section></component>"));
    expect_text(d, "DRUG tablets\n2 DOSAGE\nBefore\nTable 1\nDose\tUse\n5 mg\tonce daily\nafter\n");
    assert_int_equal(d->table_count, 1);
    assert_int_equal(d->tables[0].rows, 2);
    assert_int_equal(d->tables[0].columns, 2);
    const lac_block *last = &d->blocks[d->tables[0].end_block - 1];
    assert_int_equal(last->row, 1);
    assert_int_equal(last->column, 1);
    assert_int_equal(last->table, 0);
    lac_document_free(d);
}

static void other_xml_is_text(void **state)
{
    (void)state;
    lac_document *d = read("<?xml version=\"1.0\"?><r><a>one <b>two</b> three</a><c> </c><d><e>four"
                           "</e><e>five</e></d></r>");
    expect_text(d, "one two three\nfour\nfive\n");
    assert_int_equal(d->section_count, 1);
    assert_int_equal(d->format, LAC_FORMAT_XML);
    lac_document_free(d);
    /* The names alone make no label. */
    d = read("<?xml version=\"1.0\"?><document><title>T</title><section><title>S</title></section>"
             "</document>");
    expect_text(d, "T\nS\n");
    assert_int_equal(d->section_count, 1);
    lac_document_free(d);
}

static void hostile_files_are_refused(void **state)
{
    (void)state;
    (void)read_with(
        "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
        "<r>&x;</r>",
        &LAC_LIMITS_DEFAULT, LACUNA_E_FORMAT);
    (void)read_with("<?xml version=\"1.0\"?><r><a>", &LAC_LIMITS_DEFAULT, LACUNA_E_FORMAT);
    (void)read_with("", &LAC_LIMITS_DEFAULT, LACUNA_E_FORMAT);
    lac_limits small = LAC_LIMITS_DEFAULT;
    small.text_bytes = 8;
    (void)read_with("<?xml version=\"1.0\"?><r><a>more than eight bytes</a></r>", &small,
                    LACUNA_E_LIMIT);
    small = LAC_LIMITS_DEFAULT;
    small.blocks = 1;
    (void)read_with("<?xml version=\"1.0\"?><r><a>x</a><a>y</a></r>", &small, LACUNA_E_LIMIT);
}

static void elements_in_odd_places_break_nothing(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        SPL("<td>x</td><tr/><table><tr><td>y</td></tr></table>"),
        SPL("<component><section><text><tr><td>a</td></tr><td>b</td></text></section></component>"),
        SPL("<component><section><text><table>t<tr>u<td>v<table><tr><td>w</td></tr></table></td>"
            "</tr><caption>late</caption></table></text></section></component>"),
        SPL("<component><section><title>a<table><tr><td>b</td></tr></table>c</title><text><text>d"
            "</text>e</text></section></component>"),
        SPL("<text>no section</text><title>second</title>"),
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        lac_document *d = read(bodies[i]);
        for (uint32_t b = 0; b < d->block_count; b++) {
            assert_true(d->blocks[b].start + d->blocks[b].length < d->text.len);
        }
        lac_document_free(d);
    }
}

/* The name decides nothing but that a Word name must not carry XML. */
static void opened_by_content(void **state)
{
    (void)state;
    lac_document *d;
    lacuna_error err = {0};
    lac_source source = {.kind = LAC_SOURCE_MEMORY,
                         .path = "label.dat",
                         .memory = lac_span_of("<?xml version=\"1.0\"?><r>text</r>")};
    assert_int_equal(lac_document_open(&d, &source, &LAC_LIMITS_DEFAULT, &err), LACUNA_OK);
    assert_int_equal(d->format, LAC_FORMAT_XML);
    lac_document_free(d);
    source.path = "label.docx";
    assert_int_equal(lac_document_open(&d, &source, &LAC_LIMITS_DEFAULT, &err),
                     LACUNA_E_UNSUPPORTED);
    assert_null(d);
}

static void shell_keeps_headings_and_no_text(void **state)
{
    (void)state;
    lac_document *shell;
    lacuna_error err = {0};
    lac_document *d = read(SPL("<component><section><title>1 USE</title><text>Text</text></section>"
                               "</component>"));
    assert_int_equal(lac_document_shell(&shell, d, &err), LACUNA_OK);
    assert_int_equal(shell->section_count, d->section_count);
    lac_document_free(d);
    assert_true(lac_span_equal(shell->sections[1].title, lac_span_of("USE")));
    assert_int_equal(shell->text.len, 0);
    assert_int_equal(shell->block_count, 0);
    lac_document_free(shell);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections_become_headings),
        cmocka_unit_test(tables_have_rows_and_cells),
        cmocka_unit_test(other_xml_is_text),
        cmocka_unit_test(hostile_files_are_refused),
        cmocka_unit_test(elements_in_odd_places_break_nothing),
        cmocka_unit_test(opened_by_content),
        cmocka_unit_test(shell_keeps_headings_and_no_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
