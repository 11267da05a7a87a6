/*
 * Reads any bytes as XML (byte 0 is 'x'), else as plain text (byte 0 even) or Markdown (odd), and
 * checks what document.h promises.
 */
#include "parsers/text/text.h"
#include "parsers/xml/xml.h"
#include "support/utf8.h"
#include "tests/fuzz/fuzz.h"

static void check_blocks(const lac_document *d)
{
    uint32_t end = 0;
    for (uint32_t i = 0; i < d->block_count; i++) {
        const lac_block *b = &d->blocks[i];
        FUZZ_EXPECT(b->start >= end && b->length > 0);
        FUZZ_EXPECT(b->start <= d->text.len && b->length <= d->text.len - b->start);
        FUZZ_EXPECT(b->section < d->section_count && b->level <= 9);
        FUZZ_EXPECT(b->table == LAC_NONE || b->table < d->table_count);
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
        FUZZ_EXPECT(s->level > d->sections[s->parent].level || s->parent == 0);
        FUZZ_EXPECT(s->title.ptr >= d->text.ptr &&
                    s->title.ptr + s->title.len <= d->text.ptr + d->text.len);
        FUZZ_EXPECT(lac_utf8_valid(s->title) && lac_utf8_valid(s->number));
    }
}

static void check_tables(const lac_document *d)
{
    for (uint32_t i = 0; i < d->table_count; i++) {
        FUZZ_EXPECT(d->tables[i].first_block <= d->tables[i].end_block);
        FUZZ_EXPECT(d->tables[i].end_block <= d->block_count);
    }
    for (uint32_t i = 0; i < d->toc_count; i++) {
        FUZZ_EXPECT(d->toc[i].block < d->block_count);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1) {
        return 0;
    }
    lac_limits limits = LAC_LIMITS_DEFAULT;
    limits.text_bytes = 1 << 20;
    limits.blocks = 1 << 14;
    lacuna_error err = {0};
    lac_document *document;
    lac_format format = (data[0] & 1) != 0 ? LAC_FORMAT_MARKDOWN : LAC_FORMAT_TEXT;
    lac_span bytes = {(const char *)data + 1, size - 1};
    bool xml = data[0] == 'x';
    lacuna_status status = xml ? lac_xml_read(&document, bytes, "fuzz.xml", &limits, &err)
                               : lac_text_read(&document, bytes, format, &limits, &err);
    FUZZ_EXPECT(status == LACUNA_OK || status == LACUNA_E_LIMIT ||
                (xml && status == LACUNA_E_FORMAT));
    if (status == LACUNA_OK) {
        FUZZ_EXPECT(lac_utf8_valid(document->text));
        FUZZ_EXPECT(document->reference_length == document->text.len);
        FUZZ_EXPECT(document->text.len == 0 || document->text.ptr[document->text.len - 1] == '\n');
        check_blocks(document);
        check_sections(document);
        check_tables(document);
    }
    lac_document_free(document);
    return 0;
}
