/*
 * Fills a template whose main part is any bytes. Byte 0: bit 0 clean copy, bit 1 instructions go.
 * What is accepted must come out well-formed, proven and without new faults: the writer itself says
 * LACUNA_E_INTERNAL otherwise, and that is what is looked for.
 */
#include "tests/fuzz/fuzz.h"
#include "writers/docx/fill.h"

#include <string.h>
#include <zip.h>

enum { CLEAN = 1, INSTRUCTIONS = 2, LONGEST = 1 << 16 };

static const char types[] =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
    "Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+"
    "xml\"/></Types>";
static const char relationships[] =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
    "relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
static void put(zip_t *archive, const char *name, const void *data, size_t size)
{
    zip_source_t *source = zip_source_buffer(archive, data, size, 0);
    FUZZ_EXPECT(source != NULL && zip_file_add(archive, name, source, 0) >= 0);
}

static char *make(size_t *length, const uint8_t *data, size_t size)
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
    put(archive, "word/document.xml", data, size);
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
    static const lac_span cells[] = {{"x", 1}, {"y", 1}};
    static const lac_draft_block blocks[] = {
        {.kind = LAC_DRAFT_HEADING, .level = 1, .text = {"Heading", 7}},
        {.kind = LAC_DRAFT_BULLET, .text = {"Item", 4}},
        {.kind = LAC_DRAFT_TABLE, .rows = 1, .columns = 2, .cells = cells},
        {.kind = LAC_DRAFT_PARAGRAPH, .text = {"Text", 4}},
    };
    static const lac_span comment[] = {{"Requirement", 11}};
    static const lac_fill_value inner[] = {{.name = {"b", 1}, .text = {"in", 2}}};
    static const lac_fill_item items[] = {{inner, 1}, {inner, 1}};
    static const lac_fill_value values[] = {
        {.name = {"a", 1}, .text = {"one & <two>\tthree\n", 18}},
        {.name = {"b", 1},
         .blocks = blocks,
         .block_count = 4,
         .comment = comment,
         .comment_count = 1},
        {.name = {"c", 1}, .blocks = blocks, .block_count = 1},
        {.name = {"d", 1}, .items = items, .item_count = 2, .is_list = true},
        {.name = {"e", 1}, .blocks = blocks, .block_count = 3},
    };
    if (size < 1 || size > LONGEST) {
        return 0;
    }
    const lac_fill fill = {.values = values,
                           .value_count = sizeof values / sizeof values[0],
                           .author = {"A", 1},
                           .initials = {"A", 1},
                           .date = {"2026-01-31T12:00:00Z", 20},
                           .marked = (data[0] & CLEAN) == 0,
                           .remove_instructions = (data[0] & INSTRUCTIONS) != 0};
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    size_t length;
    char *package = make(&length, data + 1, size - 1);
    lac_filled *filled;
    lacuna_error err = {0};
    lacuna_status status =
        lac_docx_fill(&filled, lac_span_make(package, length), "fuzz.docx", &fill, &limits, &err);
    FUZZ_EXPECT(status != LACUNA_E_INTERNAL);
    FUZZ_EXPECT((status == LACUNA_OK) == (filled != NULL));
    FUZZ_EXPECT(status == LACUNA_OK || err.message[0] != '\0');
    lac_filled_free(filled);
    free(package);
    return 0;
}
