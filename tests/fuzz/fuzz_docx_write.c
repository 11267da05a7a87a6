/*
 * Puts a draft into a document whose main part is any bytes. Byte 0: bit 0 clean copy, bit 1 at a
 * paragraph instead of the end, bit 2 the bytes are the relationships of the main part.
 * What is accepted must come out well-formed, proven and without new faults: the writer itself says
 * LACUNA_E_INTERNAL otherwise, and that is what is looked for.
 */
#include "tests/fuzz/fuzz.h"
#include "writers/docx/write.h"

#include <string.h>
#include <zip.h>

enum { CLEAN = 1, AT_PARAGRAPH = 2, RELATIONSHIPS = 4, LONGEST = 1 << 16 };

static const char types[] =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
    "Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+"
    "xml\"/></Types>";
static const char relationships[] =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
    "relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
static const char sound[] =
    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
    "<w:p><w:r><w:t>text</w:t></w:r></w:p></w:body></w:document>";

static void put(zip_t *archive, const char *name, const void *data, size_t size)
{
    zip_source_t *source = zip_source_buffer(archive, data, size, 0);
    FUZZ_EXPECT(source != NULL && zip_file_add(archive, name, source, 0) >= 0);
}

static char *make(size_t *length, const uint8_t *data, size_t size, bool as_relationships)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    FUZZ_EXPECT(source != NULL);
    zip_source_keep(source);
    zip_t *archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    FUZZ_EXPECT(archive != NULL);
    put(archive, "[Content_Types].xml", types, sizeof types - 1);
    put(archive, "_rels/.rels", relationships, sizeof relationships - 1);
    if (as_relationships) {
        put(archive, "word/_rels/document.xml.rels", data, size);
        put(archive, "word/document.xml", sound, sizeof sound - 1);
    } else {
        put(archive, "word/document.xml", data, size);
    }
    FUZZ_EXPECT(zip_close(archive) == 0);
    zip_stat_t stat;
    FUZZ_EXPECT(zip_source_stat(source, &stat) == 0 && zip_source_open(source) == 0);
    char *bytes = malloc(stat.size + 1);
    FUZZ_EXPECT(bytes != NULL);
    FUZZ_EXPECT(zip_source_read(source, bytes, stat.size) == (zip_int64_t)stat.size);
    zip_source_close(source);
    zip_source_free(source);
    *length = stat.size;
    return bytes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const lac_draft_block blocks[] = {
        {.kind = LAC_DRAFT_HEADING, .level = 1, .text = {"Heading", 7}},
        {.kind = LAC_DRAFT_PARAGRAPH, .text = {"Text", 4}},
        {.kind = LAC_DRAFT_NUMBERED, .text = {"Item", 4}},
    };
    static const lac_span comment[] = {{"Requirement", 11}};
    if (size < 1 || size > LONGEST) {
        return 0;
    }
    uint8_t options = data[0];
    const lac_draft_gap gap = {
        .place = {(options & AT_PARAGRAPH) != 0 ? LAC_DRAFT_AFTER_PARAGRAPH : LAC_DRAFT_AT_END, 0},
        .blocks = blocks,
        .block_count = 3,
        .comment = comment,
        .comment_count = 1};
    const lac_draft draft = {.author = {"A", 1},
                             .initials = {"A", 1},
                             .date = {"2026-01-31T12:00:00Z", 20},
                             .gaps = &gap,
                             .gap_count = 1};
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    const lac_write_options how = {.marked = (options & CLEAN) == 0, .limits = &limits};
    size_t length;
    char *package = make(&length, data + 1, size - 1, (options & RELATIONSHIPS) != 0);
    lac_written *written;
    lacuna_error err = {0};
    lacuna_status status =
        lac_docx_write(&written, lac_span_make(package, length), "fuzz.docx", &draft, &how, &err);
    FUZZ_EXPECT(status != LACUNA_E_INTERNAL);
    FUZZ_EXPECT((status == LACUNA_OK) == (written != NULL));
    FUZZ_EXPECT(status == LACUNA_OK || err.message[0] != '\0');
    lac_written_free(written);
    free(package);
    return 0;
}
