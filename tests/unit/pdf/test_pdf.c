/* PDF files through pdftotext: a stand-in for every way it can fail, and the real one where it is
 * installed. */
#include "make_pdf.h"
#include "parsers/open.h"
#include "parsers/pdf/pdf.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char FAKE[] = LAC_TEST_DATA "/pdf/fake-pdftotext";

typedef struct reading {
    lac_pdf_options options;
    lac_limits limits;
    lac_document *document;
    lacuna_error err;
    lacuna_status status;
} reading;

static void prepare(reading *r, const char *tool)
{
    memset(r, 0, sizeof *r);
    r->options.tool = tool;
    r->limits = LAC_LIMITS_DEFAULT;
}

static void read_bytes(reading *r, lac_span bytes)
{
    const lac_source source = {.kind = LAC_SOURCE_MEMORY, .path = "a.pdf", .memory = bytes};
    const lac_open_options how = {.limits = &r->limits, .pdf = &r->options};
    lac_document_free(r->document);
    memset(&r->err, 0, sizeof r->err);
    r->status = lac_document_open_with(&r->document, &source, &how, &r->err);
    assert_int_equal(r->status == LACUNA_OK, r->document != NULL);
    assert_int_equal(r->status, r->err.status);
}

static void finish(reading *r)
{
    lac_document_free(r->document);
}

/* What the stand-in is told to do. */
static void read_script(reading *r, const char *command)
{
    char bytes[512];
    int length = snprintf(bytes, sizeof bytes, "%%PDF-1.7\n%s\n", command);
    read_bytes(r, lac_span_make(bytes, (size_t)length));
}

static void expect_text(const reading *r, const char *text)
{
    assert_int_equal(r->status, LACUNA_OK);
    assert_int_equal(r->document->text.len, strlen(text));
    assert_memory_equal(r->document->text.ptr, text, strlen(text));
}

static void expect_note(const lac_document *document, const char *code, const char *words)
{
    for (uint32_t i = 0; i < document->note_count; i++) {
        if (strcmp(document->notes[i].code, code) == 0) {
            assert_non_null(strstr(document->notes[i].text, words));
            return;
        }
    }
    fail_msg("no note %s", code);
}

/* ---- without the program -------------------------------------------------------------------- */

static void without_a_tool(void **state)
{
    (void)state;
    reading r;
    prepare(&r, NULL);
    read_script(&r, "");
    assert_int_equal(r.status, LACUNA_E_UNSUPPORTED);
    assert_non_null(strstr(r.err.remedy, "poppler-utils"));
    r.options.empty_without_tool = true;
    read_script(&r, "");
    expect_text(&r, "");
    assert_string_equal(r.document->not_evaluated, "not-evaluated/pdf");
    expect_note(r.document, "pdf/no-reader", "poppler-utils");
    finish(&r);
    prepare(&r, "pdftotext");
    read_script(&r, "");
    assert_int_equal(r.status, LACUNA_E_ARGUMENT);
    prepare(&r, "/nowhere/pdftotext");
    read_script(&r, "");
    assert_int_equal(r.status, LACUNA_E_NOTFOUND);
    assert_non_null(strstr(r.err.message, "/nowhere/pdftotext"));
}

static void who_does_not_ask_for_pdf_gets_none(void **state)
{
    (void)state;
    lacuna_error err = {0};
    lac_document *document;
    lac_source source = {
        .kind = LAC_SOURCE_MEMORY, .path = "a.pdf", .memory = lac_span_of("%PDF-1.7\n")};
    assert_int_equal(lac_document_open(&document, &source, &LAC_LIMITS_DEFAULT, &err),
                     LACUNA_E_UNSUPPORTED);
    assert_non_null(strstr(err.message, "a PDF"));
    /* Under a Word name it is a mistake whoever asks. */
    reading r;
    prepare(&r, FAKE);
    const lac_open_options how = {.limits = &r.limits, .pdf = &r.options};
    source.path = "a.docx";
    assert_int_equal(lac_document_open_with(&document, &source, &how, &err), LACUNA_E_UNSUPPORTED);
    assert_null(document);
}

/* ---- the stand-in --------------------------------------------------------------------------- */

static void what_it_prints_is_the_document(void **state)
{
    (void)state;
    reading r;
    prepare(&r, FAKE);
    read_script(&r, "printf 'First page.\\n\\fSecond page.\\n\\f'");
    expect_text(&r, "First page.\nSecond page.\n");
    assert_int_equal(r.document->format, LAC_FORMAT_PDF);
    assert_int_equal(r.document->page_count, 2);
    assert_int_equal(r.document->blocks[1].page, 2);
    assert_int_equal(r.document->note_count, 0);
    assert_null(r.document->not_evaluated);
    finish(&r);
}

static void how_it_fails_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *command;
        lacuna_status status;
        const char *message;
    } cases[] = {
        {"echo 'Syntax Error: no trailer' >&2; exit 1", LACUNA_E_FORMAT, "no trailer"},
        {"echo 'Command Line Error: Incorrect password' >&2; exit 1", LACUNA_E_UNSUPPORTED,
         "password"},
        {"exit 3", LACUNA_E_UNSUPPORTED, "password"},
        {"exit 99", LACUNA_E_FORMAT, "cannot be read"},
        {"echo 'Out of memory' >&2; exit 1", LACUNA_E_LIMIT, "memory"},
        {"echo some; kill -SEGV $$", LACUNA_E_FORMAT, "crashed"},
        {"kill -XCPU $$", LACUNA_E_LIMIT, "processor time"},
        {"exit 0", LACUNA_E_FORMAT, "no pages"},
        {"printf 'Syntax Error: \\377\\033[31m' >&2; exit 1", LACUNA_E_FORMAT, "Error: ??[31m"},
    };
    reading r;
    prepare(&r, FAKE);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        read_script(&r, cases[i].command);
        assert_int_equal(r.status, cases[i].status);
        assert_non_null(strstr(r.err.message, cases[i].message));
        assert_true(r.err.remedy[0] != '\0');
    }
}

static bool yes(void *user)
{
    (void)user;
    return true;
}

static void limits_hold(void **state)
{
    (void)state;
    reading r;
    prepare(&r, FAKE);
    r.limits.pdf_wall_seconds = 1;
    read_script(&r, "sleep 30");
    assert_int_equal(r.status, LACUNA_E_LIMIT);
    assert_non_null(strstr(r.err.message, "1 seconds"));
    prepare(&r, FAKE);
    r.limits.text_bytes = 10000;
    read_script(&r, "yes");
    assert_int_equal(r.status, LACUNA_E_LIMIT);
    assert_non_null(strstr(r.err.message, "10000 bytes"));
    prepare(&r, FAKE);
    r.limits.pdf_file_bytes = 5;
    read_script(&r, "exit 0");
    assert_int_equal(r.status, LACUNA_E_LIMIT);
    prepare(&r, FAKE);
    r.limits.pdf_pages = 2;
    read_script(&r, "printf 'a\\fb\\fc\\f'");
    assert_int_equal(r.status, LACUNA_E_LIMIT);
    prepare(&r, FAKE);
    r.limits.blocks = 3;
    read_script(&r, "printf 'a\\n\\nb\\n\\nc\\n\\nd\\n\\f'");
    assert_int_equal(r.status, LACUNA_E_LIMIT);
    prepare(&r, FAKE);
    r.options.cancelled = yes;
    read_script(&r, "sleep 30");
    assert_int_equal(r.status, LACUNA_E_CANCELLED);
}

static void complaints_become_a_note(void **state)
{
    (void)state;
    reading r;
    prepare(&r, FAKE);
    read_script(&r, "echo 'Syntax Warning: Invalid font weight' >&2; printf 'Some text\\n\\f'");
    expect_text(&r, "Some text\n");
    assert_int_equal(r.document->note_count, 0);
    read_script(&r, "echo 'Syntax Warning: x' >&2; echo 'Syntax Error: bad xref' >&2; "
                    "printf 'Some text\\n\\f'");
    expect_text(&r, "Some text\n");
    expect_note(r.document, "pdf/damaged", "bad xref");
    finish(&r);
}

/* ---- the real one --------------------------------------------------------------------------- */

static const char *real_tool(void)
{
    static const char *const paths[] = {"/usr/bin/pdftotext", "/usr/local/bin/pdftotext"};
    for (size_t i = 0; i < 2; i++) {
        if (access(paths[i], X_OK) == 0) {
            return paths[i];
        }
    }
    return NULL;
}

/* Skips the test where it is not installed. */
static const char *needed_tool(void)
{
    const char *tool = real_tool();
    if (tool == NULL) {
        print_message("skipped: pdftotext is not installed\n");
        skip();
    }
    return tool;
}

static void text_and_empty_pages(void **state)
{
    (void)state;
    reading r;
    static made_pdf pdf;
    prepare(&r, needed_tool());
    made_begin(&pdf);
    made_line(&pdf, "Synopsis of the study");
    made_page(&pdf, "");
    made_page(&pdf, "0 0 100 100 re f");
    made_line(&pdf, "End of the report");
    read_bytes(&r, made_end(&pdf));
    expect_text(&r, "Synopsis of the study\nEnd of the report\n");
    assert_int_equal(r.document->page_count, 4);
    assert_int_equal(r.document->pages_without_text, 2);
    assert_int_equal(r.document->blocks[1].page, 4);
    assert_null(r.document->not_evaluated);
    expect_note(r.document, "pdf/page-without-text", "2 of 4 pages have no text of their own: 2-3");
    lac_buf_free(&pdf.bytes);
    made_begin(&pdf);
    made_page(&pdf, "");
    read_bytes(&r, made_end(&pdf));
    expect_text(&r, "");
    assert_string_equal(r.document->not_evaluated, "not-evaluated/pdf");
    expect_note(r.document, "pdf/page-without-text", "none of its 1 page has text");
    lac_buf_free(&pdf.bytes);
    finish(&r);
}

static void encrypted(void **state)
{
    (void)state;
    reading r;
    static made_pdf pdf;
    prepare(&r, needed_tool());
    made_begin(&pdf);
    made_line(&pdf, "Secret");
    /* Both passwords unknown: O and U are of no password at all. */
    pdf.trailer = "/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
                  "/O <0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20> "
                  "/U <0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20> >>";
    read_bytes(&r, made_end(&pdf));
    assert_int_equal(r.status, LACUNA_E_UNSUPPORTED);
    assert_non_null(strstr(r.err.message, "encrypted"));
    lac_buf_free(&pdf.bytes);
}

static void damaged(void **state)
{
    (void)state;
    reading r;
    static made_pdf pdf;
    prepare(&r, needed_tool());
    made_begin(&pdf);
    made_line(&pdf, "Rebuilt from its objects");
    lac_span whole = made_end(&pdf);
    /* Without its table the objects are looked for, which hurts nothing. */
    char *table = strstr(pdf.bytes.data, "xref\n0 ");
    assert_non_null(table);
    memset(table, 'x', 4);
    read_bytes(&r, whole);
    expect_text(&r, "Rebuilt from its objects\n");
    assert_int_equal(r.document->note_count, 0);
    read_bytes(&r, lac_span_make(whole.ptr, 60));
    assert_int_equal(r.status, LACUNA_E_FORMAT);
    read_bytes(&r, lac_span_of("%PDF-1.7\nnothing of the kind\n"));
    assert_int_equal(r.status, LACUNA_E_FORMAT);
    assert_non_null(strstr(r.err.message, "cannot be read"));
    lac_buf_free(&pdf.bytes);
    made_begin(&pdf);
    made_page(&pdf, "BT /F 10 Tf 72 700 Td (In spite of it) Tj zz ET");
    read_bytes(&r, made_end(&pdf));
    expect_text(&r, "In spite of it\n");
    expect_note(r.document, "pdf/damaged", "Unknown operator");
    lac_buf_free(&pdf.bytes);
    finish(&r);
}

static void a_thousand_pages(void **state)
{
    (void)state;
    reading r;
    static made_pdf pdf;
    prepare(&r, needed_tool());
    made_begin(&pdf);
    for (int i = 0; i < 1000; i++) {
        char line[64];
        (void)snprintf(line, sizeof line, "Narrative of subject %d-%d", i % 7, i);
        made_line(&pdf, line);
    }
    read_bytes(&r, made_end(&pdf));
    assert_int_equal(r.status, LACUNA_OK);
    assert_int_equal(r.document->page_count, 1000);
    assert_int_equal(r.document->block_count, 1000);
    assert_int_equal(r.document->blocks[999].page, 1000);
    lac_buf_free(&pdf.bytes);
    finish(&r);
}

static void a_huge_page(void **state)
{
    (void)state;
    reading r;
    static made_pdf pdf;
    prepare(&r, needed_tool());
    made_begin(&pdf);
    pdf.width = pdf.height = 14400000;
    made_page(&pdf, "BT /F 1 Tf 10 10 Td (near) Tj 14000000 14000000 Td (far) Tj ET");
    read_bytes(&r, made_end(&pdf));
    assert_true(r.status == LACUNA_OK || r.status == LACUNA_E_LIMIT);
    lac_buf_free(&pdf.bytes);
    finish(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_tool),
        cmocka_unit_test(who_does_not_ask_for_pdf_gets_none),
        cmocka_unit_test(what_it_prints_is_the_document),
        cmocka_unit_test(how_it_fails_is_told),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(complaints_become_a_note),
        cmocka_unit_test(text_and_empty_pages),
        cmocka_unit_test(encrypted),
        cmocka_unit_test(damaged),
        cmocka_unit_test(a_thousand_pages),
        cmocka_unit_test(a_huge_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
