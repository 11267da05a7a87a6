/*
 * make_docx.h - small Word documents for tests, zipped in memory from the text of their parts.
 *
 * Only what a test is about has to be written: the body's content, the styles, the lists. Test
 * programs include this once; it fails the test where the machinery itself fails.
 */
#ifndef LAC_TEST_MAKE_DOCX_H
#define LAC_TEST_MAKE_DOCX_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/docx/docx.h"
#include "parsers/package/package.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#define W_NS "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define NAMESPACES                                                                     \
    " xmlns:w=\"" W_NS "\""                                                            \
    " xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\""              \
    " xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"" \
    " xmlns:strange=\"urn:nobody-knows-this\""                                         \
    " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""        \
    " xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\""          \
    " xmlns:v=\"urn:schemas-microsoft-com:vml\""                                       \
    " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""               \
    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""

/* Pieces of WordprocessingML. */
#define T(text) "<w:t xml:space=\"preserve\">" text "</w:t>"
#define R(text) "<w:r>" T(text) "</w:r>"
#define RP(properties, text) "<w:r><w:rPr>" properties "</w:rPr>" T(text) "</w:r>"
#define P(content) "<w:p>" content "</w:p>"
#define PP(properties, content) "<w:p><w:pPr>" properties "</w:pPr>" content "</w:p>"
#define STYLED(id, text) PP("<w:pStyle w:val=\"" id "\"/>", R(text))
#define LISTED(num, level, text) \
    PP("<w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" num "\"/></w:numPr>", R(text))

/* Styles. */
#define STYLE(id, name, rest)                                                              \
    "<w:style w:type=\"paragraph\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/>" rest \
    "</w:style>"
#define HEADING(n, level) \
    STYLE("Heading" n, "heading " n, "<w:pPr><w:outlineLvl w:val=\"" level "\"/></w:pPr>")

/* Lists. */
#define LEVEL(ilvl, format, text)                                                \
    "<w:lvl w:ilvl=\"" ilvl "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" format \
    "\"/><w:lvlText w:val=\"" text "\"/></w:lvl>"
#define ABSTRACT(id, content) \
    "<w:abstractNum w:abstractNumId=\"" id "\">" content "</w:abstractNum>"
#define NUM(id, abstract) \
    "<w:num w:numId=\"" id "\"><w:abstractNumId w:val=\"" abstract "\"/></w:num>"
#define DECIMALS \
    LEVEL("0", "decimal", "%1.") LEVEL("1", "decimal", "%1.%2") LEVEL("2", "decimal", "%1.%2.%3")

/* Parts of a document; NULL: absent. Those ending in _xml are whole parts. */
typedef struct docx_parts {
    const char *body;               /* content of w:body */
    const char *document_xml;       /* instead of body */
    size_t document_length;         /* of document_xml when it is no text (UTF-16); 0: strlen */
    const char *styles, *numbering; /* content of the root element */
    const char *footnotes, *endnotes, *comments;
    const char *header, *footer; /* related as rIdH and rIdF */
    const char *styles_xml, *comments_xml;
    const char *core_xml;
    const char *main_name;          /* "word/document.xml" */
    const char *content_type;       /* of the main part */
    const char *extra_name, *extra; /* one more part */
    bool without_relationships;
    bool strict; /* relationship types of ISO Strict */
} docx_parts;

typedef struct docx_file {
    zip_t *zip;
    zip_source_t *source;
    char *bytes;
    size_t length;
} docx_file;

static void put(docx_file *file, const char *name, const char *text, size_t length)
{
    /* libzip does not free an empty buffer. */
    char *copy = length == 0 ? NULL : malloc(length);
    if (length > 0) {
        assert_non_null(copy);
        memcpy(copy, text, length);
    }
    zip_source_t *source = zip_source_buffer(file->zip, copy, length, length > 0);
    assert_non_null(source);
    assert_true(zip_file_add(file->zip, name, source, ZIP_FL_ENC_UTF_8) >= 0);
}

static void put_root(docx_file *file, const char *name, const char *root, const char *content)
{
    if (content == NULL) {
        return;
    }
    size_t room = strlen(content) + 2048;
    char *text = malloc(room);
    assert_non_null(text);
    int length =
        snprintf(text, room,
                 "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:%s%s>%s"
                 "</w:%s>",
                 root, NAMESPACES, content, root);
    assert_true(length > 0 && (size_t)length < room);
    put(file, name, text, (size_t)length);
    free(text);
}

static void put_document(docx_file *file, const docx_parts *parts, const char *name)
{
    if (parts->document_xml != NULL) {
        size_t length =
            parts->document_length != 0 ? parts->document_length : strlen(parts->document_xml);
        put(file, name, parts->document_xml, length);
        return;
    }
    size_t room = strlen(parts->body) + 64;
    char *body = malloc(room);
    assert_non_null(body);
    (void)snprintf(body, room, "<w:body>%s</w:body>", parts->body);
    put_root(file, name, "document", body);
    free(body);
}

static void put_relationships(docx_file *file, const docx_parts *parts, const char *name)
{
    const char *base = parts->strict ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
                                     : "http://schemas.openxmlformats.org/officeDocument/2006/"
                                       "relationships";
    char text[4096];
    int length = snprintf(
        text, sizeof text,
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"rId1\" Type=\"%s/officeDocument\" Target=\"%s\"/>"
        "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/"
        "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>",
        base, name);
    if (!parts->without_relationships) {
        put(file, "_rels/.rels", text, (size_t)length);
    }
    const char *slash = strrchr(name, '/');
    int folder = slash == NULL ? 0 : (int)(slash - name) + 1;
    char path[256];
    (void)snprintf(path, sizeof path, "%.*s_rels/%s.rels", folder, name, name + folder);
    length = snprintf(
        text, sizeof text,
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"rIdS\" Type=\"%1$s/styles\" Target=\"/word/styles.xml\"/>"
        "<Relationship Id=\"rIdN\" Type=\"%1$s/numbering\" Target=\"/word/numbering.xml\"/>"
        "<Relationship Id=\"rIdFn\" Type=\"%1$s/footnotes\" Target=\"/word/footnotes.xml\"/>"
        "<Relationship Id=\"rIdEn\" Type=\"%1$s/endnotes\" Target=\"/word/endnotes.xml\"/>"
        "<Relationship Id=\"rIdC\" Type=\"%1$s/comments\" Target=\"/word/comments.xml\"/>"
        "<Relationship Id=\"rIdH\" Type=\"%1$s/header\" Target=\"/word/header1.xml\"/>"
        "<Relationship Id=\"rIdF\" Type=\"%1$s/footer\" Target=\"/word/footer1.xml\"/>"
        "<Relationship Id=\"rIdX\" Type=\"%1$s/attachedTemplate\" Target=\"file:///C:/x.dotx\" "
        "TargetMode=\"External\"/></Relationships>",
        base);
    put(file, path, text, (size_t)length);
}

static void put_types(docx_file *file, const docx_parts *parts, const char *name)
{
    const char *type = parts->content_type != NULL
                           ? parts->content_type
                           : "application/vnd.openxmlformats-officedocument.wordprocessingml."
                             "document.main+xml";
    char text[1024];
    int length = snprintf(text, sizeof text,
                          "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/"
                          "content-types\"><Default Extension=\"xml\" ContentType=\"application/"
                          "xml\"/><Override PartName=\"/%s\" ContentType=\"%s\"/></Types>",
                          name, type);
    put(file, "[Content_Types].xml", text, (size_t)length);
}

static docx_file make_file(const docx_parts *parts)
{
    docx_file file = {NULL, NULL, NULL, 0};
    zip_error_t error;
    zip_error_init(&error);
    file.source = zip_source_buffer_create(NULL, 0, 0, &error);
    assert_non_null(file.source);
    zip_source_keep(file.source);
    file.zip = zip_open_from_source(file.source, ZIP_TRUNCATE, &error);
    assert_non_null(file.zip);
    const char *name = parts->main_name != NULL ? parts->main_name : "word/document.xml";
    put_types(&file, parts, name);
    put_relationships(&file, parts, name);
    put_document(&file, parts, name);
    put_root(&file, "word/styles.xml", "styles", parts->styles);
    put_root(&file, "word/numbering.xml", "numbering", parts->numbering);
    put_root(&file, "word/footnotes.xml", "footnotes", parts->footnotes);
    put_root(&file, "word/endnotes.xml", "endnotes", parts->endnotes);
    put_root(&file, "word/comments.xml", "comments", parts->comments);
    put_root(&file, "word/header1.xml", "hdr", parts->header);
    put_root(&file, "word/footer1.xml", "ftr", parts->footer);
    if (parts->styles_xml != NULL) {
        put(&file, "word/styles.xml", parts->styles_xml, strlen(parts->styles_xml));
    }
    if (parts->comments_xml != NULL) {
        put(&file, "word/comments.xml", parts->comments_xml, strlen(parts->comments_xml));
    }
    if (parts->core_xml != NULL) {
        put(&file, "docProps/core.xml", parts->core_xml, strlen(parts->core_xml));
    }
    if (parts->extra_name != NULL) {
        put(&file, parts->extra_name, parts->extra, strlen(parts->extra));
    }
    assert_int_equal(zip_close(file.zip), 0);
    zip_stat_t facts;
    assert_int_equal(zip_source_stat(file.source, &facts), 0);
    file.length = (size_t)facts.size;
    file.bytes = malloc(file.length);
    assert_non_null(file.bytes);
    assert_int_equal(zip_source_open(file.source), 0);
    assert_int_equal(zip_source_read(file.source, file.bytes, file.length), facts.size);
    zip_source_close(file.source);
    zip_source_free(file.source);
    return file;
}

static inline lacuna_status read_with_limits(lac_document **document, const docx_parts *parts,
                                             const lac_limits *limits, lacuna_error *err)
{
    docx_file file = make_file(parts);
    const lac_source source = {
        .kind = LAC_SOURCE_MEMORY,
        .path = "test.docx",
        .memory = {file.bytes, file.length},
    };
    lac_package *package = NULL;
    *document = NULL;
    memset(err, 0, sizeof *err);
    lacuna_status status = lac_package_open(&package, &source, limits, err);
    if (status == LACUNA_OK) {
        status = lac_docx_read(document, package, limits, err);
    }
    lac_package_close(package);
    free(file.bytes);
    return status;
}

static inline lacuna_status read_parts(lac_document **document, const docx_parts *parts,
                                       lacuna_error *err)
{
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    return read_with_limits(document, parts, &limits, err);
}

static inline lac_document *read_docx(const docx_parts *parts)
{
    lac_document *document;
    lacuna_error err;
    lacuna_status status = read_parts(&document, parts, &err);
    if (status != LACUNA_OK) {
        fail_msg("status %d: %s (%s line %u)", (int)status, err.message, err.place, err.line);
    }
    return document;
}

/* ---- looking at the result ------------------------------------------------------------------- */

static inline void assert_span(lac_span actual, const char *expected)
{
    if (!lac_span_is(actual, expected)) {
        fail_msg("expected [%s], got [%.*s]", expected, (int)actual.len, actual.ptr);
    }
}

/* The reference text, as `lacuna text` prints it. */
static inline void assert_text(const lac_document *document, const char *expected)
{
    assert_span(lac_span_make(document->text.ptr, document->reference_length), expected);
}

static inline void assert_body(const char *body, const char *expected)
{
    lac_document *document = read_docx(&(docx_parts){.body = body});
    assert_text(document, expected);
    lac_document_free(document);
}

/* Section `i` (from 1) as "level number|title". */
static inline void assert_heading(const lac_document *document, uint32_t i, int level,
                                  const char *number, const char *title)
{
    assert_true(i < document->section_count);
    const lac_section *section = &document->sections[i];
    assert_span(section->number, number);
    assert_span(section->title, title);
    assert_int_equal(section->level, level);
}

/* All text of one channel, blocks joined by '|'. */
static inline void assert_channel(const lac_document *document, lac_channel channel,
                                  const char *expected)
{
    char text[4096];
    size_t length = 0;
    for (uint32_t i = 0; i < document->block_count; i++) {
        if (document->blocks[i].channel == channel) {
            lac_span block = lac_block_text(document, &document->blocks[i]);
            int written = snprintf(text + length, sizeof text - length, "%s%.*s",
                                   length == 0 ? "" : "|", (int)block.len, block.ptr);
            length += (size_t)written;
        }
    }
    assert_span(lac_span_make(text, length), expected);
}

static inline bool has_note(const lac_document *document, const char *code)
{
    for (uint32_t i = 0; i < document->note_count; i++) {
        if (strcmp(document->notes[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

#endif
