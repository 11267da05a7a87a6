/* Every kind of file that arrives under the name of a document gets one clear message. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/open.h"
#include "tests/unit/parsers/make_zip.h"

static void expect_kind(const char *name, const char *bytes, size_t length, lac_kind kind)
{
    lacuna_error err = {0};
    lac_kind got;
    lac_source source = {
        .kind = LAC_SOURCE_MEMORY, .path = name, .memory = lac_span_make(bytes, length)};
    assert_int_equal(lac_sniff(&got, &source, &err), LACUNA_OK);
    if (got != kind) {
        fail_msg("%s (%.40s): kind %d, not %d", name, bytes, (int)got, (int)kind);
    }
}

static void expect_text(const char *name, const char *text, lac_kind kind)
{
    expect_kind(name, text, strlen(text), kind);
}

static void kinds_of_text_are_told_apart(void **state)
{
    (void)state;
    expect_text("a.docx", "", LAC_KIND_EMPTY);
    expect_text("a.docx", "{\\rtf1\\ansi text}", LAC_KIND_RTF);
    expect_text("a.docx", "\xEF\xBB\xBF{\\rtf1 text}", LAC_KIND_RTF);
    expect_text("a.docx",
                "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
                LAC_KIND_LFS_POINTER);
    expect_text("a.docx", "/annex/objects/SHA256E-s31390--f50d7ac4c6b9031379986bc362fcefb6.docx\n",
                LAC_KIND_ANNEX_POINTER);
    expect_text("a.docx", "../.git/annex/objects/Wx/1/MD5E-s3--acbd.docx", LAC_KIND_ANNEX_POINTER);
    expect_text("a.docx", "../../example-docs/a.docx", LAC_KIND_LINK_TEXT);
    expect_text("a.txt", "../../example-docs/a.docx", LAC_KIND_TEXT);
    expect_text("a.docx", "<!DOCTYPE html>\n<html></html>", LAC_KIND_HTML);
    expect_text("a.docx", "\n <HTML><body>", LAC_KIND_HTML);
    expect_text("a.doc", "MIME-Version: 1.0\nContent-Type: multipart/related", LAC_KIND_HTML);
    expect_text("a.doc",
                "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?>"
                "<w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\">",
                LAC_KIND_WORD_XML);
    expect_text("a.xml",
                "<?xml version=\"1.0\"?><pkg:package "
                "xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\">",
                LAC_KIND_WORD_XML);
    expect_text("index.xml", "<?xml version=\"1.0\"?><ectd/>", LAC_KIND_XML);
    expect_text("a.md", "# Title\n\nText\n", LAC_KIND_TEXT);
    expect_text("a.md", "<!-- note -->\n# Title\n", LAC_KIND_TEXT);
    expect_kind("a.txt", "\xFF\xFEt\0e\0", 6, LAC_KIND_TEXT);
    expect_kind("a.txt", "caf\xE9 in Latin-1\f\x1A", 17, LAC_KIND_TEXT);
}

static void pdf_is_known_behind_junk_and_not_where_it_is_quoted(void **state)
{
    (void)state;
    char bytes[1100];
    expect_text("a.docx", "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", LAC_KIND_PDF);
    expect_text("a.docx", "\r\n%PDF-1.4\n", LAC_KIND_PDF);
    memset(bytes, '\0', sizeof bytes);
    memcpy(bytes + 900, "%PDF-1.5", 8);
    expect_kind("a.docx", bytes, sizeof bytes, LAC_KIND_PDF);
    expect_text("a", "junk header\n%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n", LAC_KIND_PDF);
    expect_text("a.txt", "A PDF starts with %PDF-1.7, as everyone knows.\n", LAC_KIND_TEXT);
}

static void other_bytes_are_unknown(void **state)
{
    (void)state;
    expect_kind("a.docx", "\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16, LAC_KIND_UNKNOWN);
    expect_kind("a.docx", "\0\0\0\0", 4, LAC_KIND_UNKNOWN);
}

static void owner_file_is_known_by_structure_and_by_name(void **state)
{
    (void)state;
    char bytes[162];
    memset(bytes, ' ', sizeof bytes);
    bytes[0] = 4;
    memcpy(bytes + 1, "Anna", 4);
    memcpy(bytes + 54, "\4\0A\0n\0n\0a\0", 10);
    expect_kind("renamed.docx", bytes, sizeof bytes, LAC_KIND_WORD_OWNER);
    expect_kind("/x/~$SAP.docx", bytes, sizeof bytes, LAC_KIND_WORD_OWNER);
    bytes[54] = 9;
    expect_kind("/x/~$SAP.docx", bytes, sizeof bytes, LAC_KIND_WORD_OWNER);
    expect_kind("SAP.docx", bytes, sizeof bytes, LAC_KIND_UNKNOWN);
}

static void zip_is_known_with_bytes_in_front(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    made_end(&zip);
    expect_kind("a", zip.bytes.data, zip.bytes.len, LAC_KIND_ZIP);
    made_free(&zip);
    made_init(&zip);
    assert_int_equal(lac_buf_append(&zip.bytes, "MZ\x90\0\3\0\0\0", 8), LACUNA_OK);
    made_add_stored(&zip, "a.xml", "text");
    made_end(&zip);
    expect_kind("a", zip.bytes.data, zip.bytes.len, LAC_KIND_ZIP);
    made_free(&zip);
}

/* ---- compound files ------------------------------------------------------------------------- */

enum { SECTOR = 512, OLE_BYTES = 4 * SECTOR };

static void put_name(char *entry, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < length; i++) {
        entry[2 * i] = name[i];
    }
    entry[64] = (char)(2 * (length + 1));
    entry[66] = 2;
}

/* Header, FAT in sector 0, directory in sectors 1 and 2 with `name` as its last entry. */
static void make_ole(char bytes[OLE_BYTES], const char *name)
{
    memset(bytes, 0, OLE_BYTES);
    memcpy(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    bytes[30] = 9;
    bytes[48] = 1;
    memset(bytes + 76, 0xFF, 436);
    memset(bytes + 76, 0, 4);
    char *fat = bytes + SECTOR;
    memset(fat, 0xFF, SECTOR);
    memcpy(fat, "\xFD\xFF\xFF\xFF\2\0\0\0\xFE\xFF\xFF\xFF", 12);
    put_name(bytes + 2 * SECTOR, "Root Entry");
    put_name(bytes + 3 * SECTOR + 384, name);
}

static void encrypted_office_files_are_told_from_old_ones(void **state)
{
    (void)state;
    char bytes[OLE_BYTES];
    make_ole(bytes, "EncryptedPackage");
    expect_kind("a.docx", bytes, sizeof bytes, LAC_KIND_OLE_ENCRYPTED);
    make_ole(bytes, "ENCRYPTIONINFO");
    expect_kind("a.docx", bytes, sizeof bytes, LAC_KIND_OLE_ENCRYPTED);
    make_ole(bytes, "WordDocument");
    expect_kind("a.docx", bytes, sizeof bytes, LAC_KIND_OLE_LEGACY);
}

static void damaged_compound_files_end(void **state)
{
    (void)state;
    char bytes[OLE_BYTES];
    make_ole(bytes, "EncryptedPackage");
    for (size_t length = 8; length < sizeof bytes; length += 8) {
        expect_kind("a", bytes, length, LAC_KIND_OLE_LEGACY);
    }
    make_ole(bytes, "WordDocument");
    memcpy(bytes + SECTOR + 4, "\1\0\0\0", 4); /* a chain that runs in a circle */
    expect_kind("a", bytes, sizeof bytes, LAC_KIND_OLE_LEGACY);
    bytes[30] = 40;
    expect_kind("a", bytes, sizeof bytes, LAC_KIND_OLE_LEGACY);
}

/* ---- messages ------------------------------------------------------------------------------- */

static void every_kind_has_a_message_and_a_remedy(void **state)
{
    (void)state;
    for (int kind = LAC_KIND_ZIP; kind <= LAC_KIND_UNKNOWN; kind++) {
        lacuna_error err = {0};
        lacuna_status status = lac_refuse_kind((lac_kind)kind, "a Word document", &err);
        assert_int_equal(status, kind == LAC_KIND_EMPTY ? LACUNA_E_FORMAT : LACUNA_E_UNSUPPORTED);
        assert_ptr_equal(strstr(err.message, "the file is "), err.message);
        assert_string_not_equal(err.remedy, "");
        assert_true(strlen(err.remedy) < sizeof err.remedy - 1);
    }
    lacuna_error err = {0};
    (void)lac_refuse_kind(LAC_KIND_OLE_ENCRYPTED, "a Word document", &err);
    assert_string_equal(err.message, "the file is encrypted");
    assert_non_null(strstr(err.remedy, "password"));
}

static lacuna_status open_bytes(lac_document **document, const char *name, const char *text,
                                lacuna_error *err)
{
    lac_source source = {.kind = LAC_SOURCE_MEMORY, .path = name, .memory = lac_span_of(text)};
    memset(err, 0, sizeof *err);
    return lac_document_open(document, &source, &LAC_LIMITS_DEFAULT, err);
}

static void text_is_opened_by_content_and_named_by_suffix(void **state)
{
    (void)state;
    lacuna_error err;
    lac_document *document;
    assert_int_equal(open_bytes(&document, "a.txt", "Plain.\n", &err), LACUNA_OK);
    assert_int_equal(document->format, LAC_FORMAT_TEXT);
    lac_document_free(document);
    assert_int_equal(open_bytes(&document, "a.MD", "Plain.\n", &err), LACUNA_OK);
    assert_int_equal(document->format, LAC_FORMAT_MARKDOWN);
    lac_document_free(document);
    assert_int_equal(open_bytes(&document, NULL, "Plain.\n", &err), LACUNA_OK);
    assert_int_equal(document->format, LAC_FORMAT_TEXT);
    lac_document_free(document);
}

static void others_are_refused_by_what_they_are(void **state)
{
    (void)state;
    lacuna_error err;
    lac_document *document;
    assert_int_equal(open_bytes(&document, "a.docx", "%PDF-1.7", &err), LACUNA_E_UNSUPPORTED);
    assert_null(document);
    assert_non_null(strstr(err.message, "a PDF"));
    assert_int_equal(open_bytes(&document, "a.docx", "Access denied\n", &err),
                     LACUNA_E_UNSUPPORTED);
    assert_non_null(strstr(err.message, "plain text, not a Word document"));
    assert_int_equal(open_bytes(&document, "a.docx", "", &err), LACUNA_E_FORMAT);
    assert_non_null(strstr(err.message, "empty"));
    lac_source source = {.kind = LAC_SOURCE_PATH, .path = "/nonexistent.docx"};
    assert_int_equal(lac_document_open(&document, &source, &LAC_LIMITS_DEFAULT, &err),
                     LACUNA_E_NOTFOUND);
    source.path = "/dev/zero";
    assert_int_equal(lac_document_open(&document, &source, &LAC_LIMITS_DEFAULT, &err), LACUNA_E_IO);
}

static void package_says_what_it_got_instead_of_a_zip(void **state)
{
    (void)state;
    lacuna_error err = {0};
    lac_package *package;
    lac_source source = {.kind = LAC_SOURCE_MEMORY, .memory = lac_span_of("%PDF-1.7 ...")};
    assert_int_equal(lac_package_open(&package, &source, &LAC_LIMITS_DEFAULT, &err),
                     LACUNA_E_UNSUPPORTED);
    assert_string_equal(err.message, "the file is a PDF, not a zip file");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_of_text_are_told_apart),
        cmocka_unit_test(pdf_is_known_behind_junk_and_not_where_it_is_quoted),
        cmocka_unit_test(other_bytes_are_unknown),
        cmocka_unit_test(owner_file_is_known_by_structure_and_by_name),
        cmocka_unit_test(zip_is_known_with_bytes_in_front),
        cmocka_unit_test(encrypted_office_files_are_told_from_old_ones),
        cmocka_unit_test(damaged_compound_files_end),
        cmocka_unit_test(every_kind_has_a_message_and_a_remedy),
        cmocka_unit_test(text_is_opened_by_content_and_named_by_suffix),
        cmocka_unit_test(others_are_refused_by_what_they_are),
        cmocka_unit_test(package_says_what_it_got_instead_of_a_zip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
