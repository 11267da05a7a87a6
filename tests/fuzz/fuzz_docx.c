/*
 * fuzz_docx - a Word document of which one part is hostile.
 *
 * The first byte of the input chooses the part, the rest is its content; the other parts are small
 * and sound, so that what the input refers to (styles, lists, notes) exists. Zip layer faults have
 * a target of their own.
 */
#include "parsers/docx/docx.h"
#include "support/utf8.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>
#include <zip.h>

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define RELATED "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

typedef struct part {
    const char *name;
    const char *text;
} part;

/* The first six can be replaced by the input. */
static const part parts[] = {
    {"word/document.xml",
     "<w:document " W " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/"
     "relationships\"><w:body><w:p><w:pPr><w:pStyle "
     "w:val=\"H\"/></w:pPr><w:r><w:t>Title</w:t></w:r>"
     "</w:p><w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r>"
     "<w:t>Item</w:t></w:r></w:p><w:sectPr><w:headerReference r:id=\"rId5\"/></w:sectPr></w:body>"
     "</w:document>"},
    {"word/styles.xml",
     "<w:styles " W "><w:style w:type=\"paragraph\" w:styleId=\"H\"><w:name w:val=\"heading 1\"/>"
     "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style><w:style "
     "w:type=\"paragraph\" w:styleId=\"T\"><w:name w:val=\"toc 1\"/></w:style></w:styles>"},
    {"word/numbering.xml",
     "<w:numbering " W "><w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start "
     "w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl><w:lvl "
     "w:ilvl=\"1\"><w:numFmt w:val=\"lowerRoman\"/><w:lvlText w:val=\"%1.%2\"/></w:lvl>"
     "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>"},
    {"word/footnotes.xml", "<w:footnotes " W "/>"},
    {"word/comments.xml", "<w:comments " W "/>"},
    {"word/header1.xml", "<w:hdr " W "/>"},
    {"_rels/.rels",
     "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
     "<Relationship Id=\"rId1\" Type=\"" RELATED "officeDocument\" Target=\"word/document.xml\"/>"
     "</Relationships>"},
    {"word/_rels/document.xml.rels",
     "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
     "<Relationship Id=\"rId1\" Type=\"" RELATED "styles\" Target=\"styles.xml\"/>"
     "<Relationship Id=\"rId2\" Type=\"" RELATED "numbering\" Target=\"numbering.xml\"/>"
     "<Relationship Id=\"rId3\" Type=\"" RELATED "footnotes\" Target=\"footnotes.xml\"/>"
     "<Relationship Id=\"rId4\" Type=\"" RELATED "comments\" Target=\"comments.xml\"/>"
     "<Relationship Id=\"rId5\" Type=\"" RELATED
     "header\" Target=\"header1.xml\"/></Relationships>"},
};
enum { PART_COUNT = sizeof parts / sizeof parts[0], REPLACEABLE = 6 };

static int add(zip_t *zip, const char *name, const void *data, size_t size)
{
    zip_source_t *source = zip_source_buffer(zip, size == 0 ? "" : data, size, 0);
    zip_int64_t index = source == NULL ? -1 : zip_file_add(zip, name, source, 0);
    if (index < 0) {
        zip_source_free(source);
        return -1;
    }
    return zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0);
}

/* The zip as bytes to free, NULL when it could not be made. */
static char *make_zip(size_t *length, const uint8_t *data, size_t size)
{
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, NULL);
    if (target == NULL) {
        return NULL;
    }
    zip_source_keep(target);
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, NULL);
    size_t replaced = data[0] % REPLACEABLE;
    int failed = zip == NULL;
    for (size_t i = 0; i < PART_COUNT && !failed; i++) {
        failed = i == replaced ? add(zip, parts[i].name, data + 1, size - 1)
                               : add(zip, parts[i].name, parts[i].text, strlen(parts[i].text));
    }
    char *bytes = NULL;
    zip_stat_t facts;
    if (!failed && zip_close(zip) == 0 && zip_source_stat(target, &facts) == 0 &&
        zip_source_open(target) == 0) {
        *length = (size_t)facts.size;
        bytes = malloc(*length);
        if (bytes != NULL && zip_source_read(target, bytes, *length) != (zip_int64_t)*length) {
            free(bytes);
            bytes = NULL;
        }
        (void)zip_source_close(target);
    }
    zip_source_free(target);
    return bytes;
}

static void check_blocks(const lac_document *d)
{
    uint32_t end = 0;
    for (uint32_t i = 0; i < d->block_count; i++) {
        const lac_block *b = &d->blocks[i];
        FUZZ_EXPECT(b->start >= end && b->start <= d->text.len);
        FUZZ_EXPECT(b->length <= d->text.len - b->start && b->number_length <= b->length);
        FUZZ_EXPECT(b->section < d->section_count && b->part < d->part_count && b->level <= 9);
        FUZZ_EXPECT(b->table == LAC_NONE || b->table < d->table_count);
        FUZZ_EXPECT(i == 0 || d->blocks[i - 1].channel <= b->channel);
        FUZZ_EXPECT(memchr(d->text.ptr + b->start, '\n', b->length) == NULL);
        end = b->start + b->length;
    }
}

static void check_sections(const lac_document *d)
{
    FUZZ_EXPECT(d->section_count >= 1);
    for (uint32_t i = 1; i < d->section_count; i++) {
        const lac_section *s = &d->sections[i];
        FUZZ_EXPECT(s->heading < d->block_count && s->parent < i);
        FUZZ_EXPECT(s->start < s->body && s->body <= s->own_end && s->own_end <= s->end);
        FUZZ_EXPECT(s->end <= d->text.len);
        FUZZ_EXPECT(lac_utf8_valid(s->title) && lac_utf8_valid(s->number));
    }
}

/* What document.h promises. */
static void check(const lac_document *d)
{
    FUZZ_EXPECT(lac_utf8_valid(d->text));
    check_blocks(d);
    check_sections(d);
    for (uint32_t i = 0; i < d->table_count; i++) {
        const lac_table *t = &d->tables[i];
        FUZZ_EXPECT(t->first_block <= t->end_block && t->end_block <= d->block_count);
        FUZZ_EXPECT(t->parent == LAC_NONE || t->parent < i);
    }
    for (uint32_t i = 0; i < d->toc_count; i++) {
        FUZZ_EXPECT(d->toc[i].block < d->block_count && lac_utf8_valid(d->toc[i].title));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    size_t length = 0;
    char *bytes = make_zip(&length, data, size);
    if (bytes == NULL) {
        return 0;
    }
    lac_limits limits = LAC_LIMITS_DEFAULT;
    limits.text_bytes = 1 << 20;
    const lac_source source = {
        .kind = LAC_SOURCE_MEMORY, .path = "fuzz.docx", .memory = {bytes, length}};
    lac_package *package = NULL;
    lac_document *document = NULL;
    lacuna_error err = {0};
    if (lac_package_open(&package, &source, &limits, &err) == LACUNA_OK &&
        lac_docx_read(&document, package, &limits, &err) == LACUNA_OK) {
        check(document);
    }
    lac_document_free(document);
    lac_package_close(package);
    free(bytes);
    return 0;
}
