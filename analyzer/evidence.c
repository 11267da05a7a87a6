#include "analyzer/evidence.h"

lac_anchor lac_anchor_document(void)
{
    return (lac_anchor){
        .part = "", .block = LAC_NONE, .row = LAC_NONE, .column = LAC_NONE, .line = 1};
}

lac_anchor lac_anchor_at(const lac_document *document, uint32_t start, uint32_t end)
{
    lac_anchor anchor = lac_anchor_document();
    anchor.start = start;
    anchor.end = end;
    anchor.line = lac_document_line(document, start);
    uint32_t at = lac_document_block_at(document, start);
    if (at == LAC_NONE) {
        return anchor;
    }
    const lac_block *block = &document->blocks[at];
    anchor.part = block->part < document->part_count ? document->parts[block->part] : "";
    anchor.block = block->ordinal;
    anchor.para_id = block->para_id;
    anchor.section = block->section;
    anchor.page = lac_document_page(document, start);
    if (block->table != LAC_NONE) {
        anchor.row = block->row;
        anchor.column = block->column;
    }
    return anchor;
}

lac_anchor lac_anchor_section(const lac_document *document, uint32_t section)
{
    const lac_section *s = &document->sections[section];
    if (s->heading == LAC_NONE) {
        return lac_anchor_at(document, 0, 0);
    }
    const lac_block *block = &document->blocks[s->heading];
    return lac_anchor_at(document, block->start, block->start + block->length);
}

/* Moves `at` to the start of the character it stands in. */
static uint32_t character_start(const lac_document *document, uint32_t at)
{
    while (at > 0 && ((unsigned char)document->text.ptr[at] & 0xC0) == 0x80) {
        at--;
    }
    return at;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* Shortens [*start, *end) to LAC_QUOTE_MAX bytes around the match, at blanks where there are any.
 */
static void shorten(const lac_document *document, uint32_t *start, uint32_t *end, uint32_t from,
                    uint32_t to)
{
    const char *text = document->text.ptr;
    if (*end - *start <= LAC_QUOTE_MAX) {
        return;
    }
    uint32_t before = from - *start;
    if (before > LAC_QUOTE_MAX / 3) {
        uint32_t cut = from - LAC_QUOTE_MAX / 3;
        uint32_t at = cut;
        while (at < from && !is_blank(text[at])) {
            at++;
        }
        *start = at < from ? at + 1 : character_start(document, cut);
    }
    if (*end - *start > LAC_QUOTE_MAX) {
        uint32_t cut = *start + LAC_QUOTE_MAX;
        uint32_t at = cut;
        uint32_t least = to < cut ? to : *start + 1;
        while (at > least && !is_blank(text[at])) {
            at--;
        }
        *end = at > least ? at : character_start(document, cut);
    }
}

/* The sentence that holds the token at `from`, inside its block. */
static void sentence_around(const lac_reading *reading, uint32_t from, uint32_t to, uint32_t *start,
                            uint32_t *end)
{
    uint32_t count;
    const lac_token *tokens = lac_text_index_tokens(reading->index, &count);
    uint32_t first = lac_text_index_at(reading->index, from);
    uint32_t last = lac_text_index_at(reading->index, to);
    *start = from;
    *end = to;
    if (first >= count) {
        return;
    }
    last = last > first ? last - 1 : first;
    while (first > 0 && tokens[first - 1].sentence == tokens[first].sentence) {
        first--;
    }
    while (last + 1 < count && tokens[last + 1].sentence == tokens[last].sentence) {
        last++;
    }
    *start = tokens[first].start < from ? tokens[first].start : from;
    uint32_t tail = tokens[last].start + tokens[last].length;
    *end = tail > to ? tail : to;
}

lac_evidence lac_evidence_at(const lac_reading *reading, uint32_t start, uint32_t end,
                             const char *fact)
{
    const lac_document *document = reading->document;
    uint32_t from;
    uint32_t to;
    sentence_around(reading, start, end, &from, &to);
    const char *text = document->text.ptr;
    while (to < document->reference_length &&
           (text[to] == '.' || text[to] == ')' || text[to] == '?' || text[to] == ';')) {
        to++;
    }
    shorten(document, &from, &to, start, end);
    while (to > from && is_blank(text[to - 1])) {
        to--;
    }
    while (from < to && is_blank(text[from])) {
        from++;
    }
    return (lac_evidence){lac_document_slice(document, from, to), fact,
                          lac_anchor_at(document, from, to)};
}

lac_evidence lac_evidence_heading(const lac_reading *reading, uint32_t section)
{
    const lac_document *document = reading->document;
    lac_anchor anchor = lac_anchor_section(document, section);
    return (lac_evidence){lac_document_slice(document, anchor.start, anchor.end), NULL, anchor};
}
