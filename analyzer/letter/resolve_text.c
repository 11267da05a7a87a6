/* Sections and captions: what a cite means inside of documents. */
#include "analyzer/evidence.h"
#include "analyzer/letter/resolve_find.h"

#include <ctype.h>

void lac_cite_add(lac_cite_finds *finds, const lac_cite_place *place)
{
    for (uint32_t i = 0; i < finds->count; i++) {
        if (finds->items[i].document == place->document &&
            finds->items[i].section == place->section &&
            finds->items[i].anchor.start == place->anchor.start &&
            (place->document != LAC_NONE || finds->items[i].quote.ptr == place->quote.ptr)) {
            return;
        }
    }
    if (finds->count == LAC_CITE_PLACES_MAX) {
        finds->more++;
        return;
    }
    finds->items[finds->count++] = *place;
}

lac_cite_place lac_cite_place_of(const lac_filed_set *filed, uint32_t document)
{
    const lac_filed_document *of = &filed->documents[document];
    lac_cite_place place = {
        .document = document, .section = LAC_NONE, .anchor = lac_anchor_document()};
    place.anchor.leaf = of->leaf;
    place.quote = of->leaf == NULL ? lac_span_of("") : lac_span_of(of->leaf->title);
    return place;
}

lac_span lac_cite_last_word(const char *text)
{
    const char *blank = strrchr(text, ' ');
    return lac_span_of(blank == NULL ? text : blank + 1);
}

/* The same document may be filed twice; its sections are one place. */
static bool seen_before(const lac_filed_set *filed, uint32_t document)
{
    for (uint32_t i = 0; i < document; i++) {
        if (filed->documents[i].document == filed->documents[document].document) {
            return true;
        }
    }
    return false;
}

static lac_cite_place section_place(const lac_filed_set *filed, uint32_t document, uint32_t section)
{
    const lac_document *text = filed->documents[document].document;
    lac_cite_place place = {
        .document = document, .section = section, .anchor = lac_anchor_section(text, section)};
    place.anchor.leaf = filed->documents[document].leaf;
    place.quote = lac_document_slice(text, place.anchor.start, place.anchor.end);
    return place;
}

static bool same_number(lac_span a, lac_span b)
{
    while (a.len > 0 && a.ptr[a.len - 1] == '.') {
        a.len--;
    }
    return lac_span_equal_nocase(a, b);
}

/* Sections of one document that bear the number; how many. */
static uint32_t sections_of(lac_cite_finds *finds, const lac_filed_set *filed, uint32_t document,
                            lac_span number)
{
    uint32_t count = 0;
    const lac_document *text = filed->documents[document].document;
    for (uint32_t s = 1; text != NULL && s < text->section_count; s++) {
        if (same_number(text->sections[s].number, number)) {
            const lac_cite_place place = section_place(filed, document, s);
            lac_cite_add(finds, &place);
            count++;
        }
    }
    return count;
}

/* "3.2.S.4" holds 3.2.S.4.1, not 3.2.S.40. */
static bool is_below(lac_span heading, lac_span number)
{
    return heading.len >= number.len &&
           lac_span_equal_nocase(lac_span_make(heading.ptr, number.len), number) &&
           (heading.len == number.len || heading.ptr[number.len] == '.');
}

/* Leaves of a heading of the CTD, at the section of that number where the document has one. */
static void headings_of(lac_cite_finds *finds, const lac_filed_set *filed, lac_span number)
{
    for (uint32_t d = 0; d < filed->document_count; d++) {
        const lac_leaf_place *leaf = filed->documents[d].leaf;
        if (leaf == NULL || leaf->heading[0] == '\0' ||
            !is_below(lac_span_of(leaf->heading), number)) {
            continue;
        }
        finds->heading = true;
        if (sections_of(finds, filed, d, number) == 0) {
            const lac_cite_place place = lac_cite_place_of(filed, d);
            lac_cite_add(finds, &place);
        }
    }
}

static bool has_letter(lac_span number)
{
    for (size_t i = 0; i < number.len; i++) {
        if (isalpha((unsigned char)number.ptr[i]) != 0) {
            return true;
        }
    }
    return false;
}

void lac_find_section(lac_cite_finds *finds, const lac_cite_context *context, lac_span number)
{
    const lac_filed_set *filed = context->filed;
    for (uint32_t d = 0; context->meant != NULL && d < filed->document_count; d++) {
        if (context->meant[d] && !seen_before(filed, d)) {
            (void)sections_of(finds, filed, d, number);
        }
    }
    if (finds->count > 0 && !has_letter(number)) {
        return;
    }
    headings_of(finds, filed, number);
    for (uint32_t d = 0; d < filed->document_count && !has_letter(number); d++) {
        if (!seen_before(filed, d) && sections_of(finds, filed, d, number) > 0 && finds->heading) {
            finds->heading = false; /* a heading of the CTD and a section: two readings */
        }
    }
}

/* ---- captions ------------------------------------------------------------------------------- */

/* Whether a paragraph is headed "Table 9", not one that speaks of "Table 9 of the report". */
static bool is_headed(lac_span text, lac_span label)
{
    if (text.len < label.len || !lac_span_equal_nocase(lac_span_make(text.ptr, label.len), label)) {
        return false;
    }
    size_t at = label.len;
    if (at < text.len && (isalnum((unsigned char)text.ptr[at]) != 0 || text.ptr[at] == '-' ||
                          (text.ptr[at] == '.' && at + 1 < text.len &&
                           isalnum((unsigned char)text.ptr[at + 1]) != 0))) {
        return false;
    }
    while (at < text.len && strchr(" .:-\t", text.ptr[at]) != NULL) {
        at++;
    }
    return at == text.len || islower((unsigned char)text.ptr[at]) == 0;
}

static void captions_of(lac_cite_finds *finds, const lac_filed_set *filed, uint32_t document,
                        lac_span label)
{
    const lac_document *text = filed->documents[document].document;
    for (uint32_t b = 0; text != NULL && b < text->block_count; b++) {
        const lac_block *block = &text->blocks[b];
        lac_span own = lac_span_trim(lac_block_text(text, block));
        if (block->channel != LAC_CHANNEL_BODY || (block->flags & LAC_BLOCK_TOC) != 0 ||
            !is_headed(own, label)) {
            continue;
        }
        lac_cite_place place = {
            .document = document,
            .section = block->section,
            .quote = own,
            .anchor = lac_anchor_at(text, block->start, block->start + block->length)};
        place.anchor.leaf = filed->documents[document].leaf;
        lac_cite_add(finds, &place);
    }
}

/* "Tables 14" is headed "Table 14". */
static lac_span singular(char *room, size_t size, lac_span text)
{
    const char *blank = memchr(text.ptr, ' ', text.len);
    size_t word = blank == NULL ? 0 : (size_t)(blank - text.ptr);
    if (word == 0 || text.len >= size || (text.ptr[word - 1] | 0x20) != 's') {
        return text;
    }
    memcpy(room, text.ptr, word - 1);
    memcpy(room + word - 1, blank, text.len - word);
    return lac_span_make(room, text.len - 1);
}

void lac_find_caption(lac_cite_finds *finds, const lac_cite_context *context, lac_span text)
{
    char room[256];
    const lac_filed_set *filed = context->filed;
    lac_span label = singular(room, sizeof room, text);
    for (int pass = context->meant == NULL ? 1 : 0; pass < 2 && finds->count == 0; pass++) {
        for (uint32_t d = 0; d < filed->document_count; d++) {
            if ((pass == 1 || context->meant[d]) && !seen_before(filed, d)) {
                captions_of(finds, filed, d, label);
            }
        }
    }
}
