/* The table of contents against the headings: real documents ship an outdated one in three of ten.
 */
#include "analyzer/evidence.h"
#include "analyzer/findings.h"
#include "support/buf.h"
#include "support/hash.h"
#include "support/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 20, MESSAGE_MAX = 16 * 1024, KEY_MAX = 512 };

typedef struct keys {
    uint64_t *items; /* sorted */
    uint32_t count;
} keys;

/* Letters and digits of number and title, case folded: spaces and dashes differ too often between a
 * heading and its cached entry to mean anything. Number and title run together, so a number typed
 * into the title equals one that was computed. */
static uint64_t key_of(lac_span number, lac_span title)
{
    char key[KEY_MAX];
    size_t length = 0;
    const lac_span parts[] = {number, title};
    for (size_t p = 0; p < 2; p++) {
        for (size_t i = 0; i < parts[p].len && length + 1 < sizeof key; i++) {
            char c = parts[p].ptr[i];
            if (c >= 'A' && c <= 'Z') {
                c = (char)(c + 32);
            }
            /* Dots inside a number matter: "1.11" is not "11.1". */
            bool dot = p == 0 && c == '.' && i + 1 < parts[p].len;
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || dot) {
                key[length++] = c;
            }
        }
    }
    return lac_hash(lac_span_make(key, length));
}

static int compare_keys(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static bool has(const keys *set, uint64_t key)
{
    return set->count > 0 &&
           bsearch(&key, set->items, set->count, sizeof key, compare_keys) != NULL;
}

static lacuna_status heading_keys(keys *out, lac_arena *arena, const lac_document *document)
{
    out->items = lac_arena_array(arena, document->section_count, sizeof *out->items);
    if (out->items == NULL) {
        return LACUNA_E_NOMEM;
    }
    for (uint32_t i = 1; i < document->section_count; i++) {
        const lac_section *s = &document->sections[i];
        out->items[out->count++] = key_of(s->number, s->title);
    }
    qsort(out->items, out->count, sizeof *out->items, compare_keys);
    return LACUNA_OK;
}

static lacuna_status entry_keys(keys *out, lac_arena *arena, const lac_document *document,
                                uint8_t *deepest)
{
    out->items = lac_arena_array(arena, document->toc_count, sizeof *out->items);
    if (out->items == NULL) {
        return LACUNA_E_NOMEM;
    }
    for (uint32_t i = 0; i < document->toc_count; i++) {
        const lac_toc_entry *entry = &document->toc[i];
        if (entry->level > 0) {
            out->items[out->count++] = key_of(entry->number, entry->title);
            *deepest = entry->level > *deepest ? entry->level : *deepest;
        }
    }
    qsort(out->items, out->count, sizeof *out->items, compare_keys);
    return LACUNA_OK;
}

static lacuna_status name(lac_buf *message, uint32_t shown, lac_span number, lac_span title)
{
    if (shown >= SHOWN) {
        return LACUNA_OK;
    }
    title = lac_utf8_prefix(title, 100);
    return lac_buf_printf(message, "%s\"%.*s%s%.*s\"", shown == 0 ? "" : ", ", (int)number.len,
                          number.ptr, number.len > 0 ? " " : "", (int)title.len, title.ptr);
}

/* Entries that no heading answers to. */
static lacuna_status stale_entries(lac_buf *message, lac_anchor *anchors, uint32_t *anchor_count,
                                   uint32_t *count, const keys *headings,
                                   const lac_document *document)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < document->toc_count && status == LACUNA_OK; i++) {
        const lac_toc_entry *entry = &document->toc[i];
        if (entry->level == 0 || entry->title.len == 0 ||
            has(headings, key_of(entry->number, entry->title))) {
            continue;
        }
        status = name(message, *count, entry->number, entry->title);
        if (*anchor_count < SHOWN) {
            const lac_block *block = &document->blocks[entry->block];
            anchors[(*anchor_count)++] =
                lac_anchor_at(document, block->start, block->start + block->length);
        }
        (*count)++;
    }
    return status;
}

/* Headings of the listed levels that no entry names. */
static lacuna_status unlisted_headings(lac_buf *message, uint32_t *count, const keys *entries,
                                       uint8_t deepest, const lac_document *document)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 1; i < document->section_count && status == LACUNA_OK; i++) {
        const lac_section *s = &document->sections[i];
        bool contents = (document->blocks[s->heading].flags & LAC_BLOCK_TOC) != 0;
        if (s->level <= deepest && !contents && !has(entries, key_of(s->number, s->title)) &&
            document->blocks[s->heading].table == LAC_NONE) {
            status = name(message, *count, s->number, s->title);
            (*count)++;
        }
    }
    return status;
}

static lacuna_status compare(lac_finding_list *list, const lac_document *document,
                             const keys *headings, const keys *entries, uint8_t deepest)
{
    lac_anchor anchors[SHOWN];
    uint32_t anchor_count = 0;
    uint32_t stale = 0;
    uint32_t unlisted = 0;
    lac_buf gone;
    lac_buf unnamed;
    lac_buf message;
    lac_buf_init(&gone, MESSAGE_MAX);
    lac_buf_init(&unnamed, MESSAGE_MAX);
    lac_buf_init(&message, 3 * MESSAGE_MAX);
    lacuna_status status = stale_entries(&gone, anchors, &anchor_count, &stale, headings, document);
    if (status == LACUNA_OK) {
        status = unlisted_headings(&unnamed, &unlisted, entries, deepest, document);
    }
    /* A heading kept out of the contents on purpose is common; an entry without heading is not. */
    if (status == LACUNA_OK && stale > 0) {
        status =
            lac_buf_printf(&message,
                           "The table of contents is out of date: %u of its entries match no "
                           "heading (%s); %u headings are not listed (%s). Update the field in "
                           "Word.",
                           stale, lac_buf_text(&gone), unlisted, lac_buf_text(&unnamed));
        if (status == LACUNA_OK) {
            status = lac_finding_add(list, "docx/contents-out-of-date", LAC_SEVERITY_MINOR,
                                     lac_buf_text(&message), anchors, anchor_count);
        }
    }
    lac_buf_free(&gone);
    lac_buf_free(&unnamed);
    lac_buf_free(&message);
    return status;
}

lacuna_status lac_contents_findings(lac_finding_list *list, const lac_reading *reading)
{
    const lac_document *document = reading->document;
    if (document->toc_count == 0 || document->section_count < 2) {
        return LACUNA_OK;
    }
    keys headings = {NULL, 0};
    keys entries = {NULL, 0};
    uint8_t deepest = 0;
    lacuna_status status = heading_keys(&headings, list->arena, document);
    if (status == LACUNA_OK) {
        status = entry_keys(&entries, list->arena, document, &deepest);
    }
    return status == LACUNA_OK ? compare(list, document, &headings, &entries, deepest) : status;
}
