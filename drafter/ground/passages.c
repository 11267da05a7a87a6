#include "drafter/ground/passages.h"

#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>

enum { HEADINGS_MAX = 8, HEADING_BYTES = 1000, PASSAGES_MAX = 1 << 26 };

static uint32_t outer_table(const lac_document *document, const lac_block *block)
{
    uint32_t table = block->table;
    while (table != LAC_NONE && document->tables[table].parent != LAC_NONE) {
        table = document->tables[table].parent;
    }
    return table;
}

static bool is_text(const lac_document *document, const lac_block *block)
{
    bool channel = block->channel == LAC_CHANNEL_BODY || block->channel == LAC_CHANNEL_FOOTNOTE ||
                   block->channel == LAC_CHANNEL_ENDNOTE;
    return channel && block->level == 0 && (block->flags & LAC_BLOCK_TOC) == 0 &&
           lac_span_trim(lac_block_text(document, block)).len > 0;
}

lac_span lac_passage_take(const lac_document *document, uint32_t *at)
{
    const lac_block *first = &document->blocks[(*at)++];
    const lac_block *last = first;
    uint32_t table = outer_table(document, first);
    while (table != LAC_NONE && *at < document->block_count &&
           outer_table(document, &document->blocks[*at]) == table) {
        last = &document->blocks[(*at)++];
    }
    if (table == LAC_NONE && !is_text(document, first)) {
        return lac_span_of("");
    }
    uint32_t skip = table == LAC_NONE ? first->number_length : 0;
    return lac_document_slice(document, first->start + skip, last->start + last->length);
}

/* "3 Methods", "3.2 Dose": the titles from the outermost on. */
static lacuna_status heading_of(lac_span *out, lac_arena *arena, const lac_document *document,
                                uint32_t section)
{
    uint32_t path[HEADINGS_MAX], depth = 0;
    lac_buf text;
    lacuna_status status = LACUNA_OK;
    lac_buf_init(&text, (size_t)HEADINGS_MAX * (HEADING_BYTES + 2));
    for (; section != 0 && depth < HEADINGS_MAX; section = document->sections[section].parent) {
        path[depth++] = section;
    }
    while (depth > 0 && status == LACUNA_OK) {
        lac_span title = document->sections[path[--depth]].title;
        title.len = title.len < HEADING_BYTES ? title.len : HEADING_BYTES;
        status = lac_buf_append_span(&text, title);
        status = status == LACUNA_OK ? lac_buf_append_text(&text, "; ") : status;
    }
    const char *copy = status == LACUNA_OK ? lac_arena_copy(arena, lac_buf_span(&text)) : NULL;
    *out = lac_span_make(copy, text.len);
    lac_buf_free(&text);
    return copy == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

static lacuna_status push(lac_passage_list *list, lac_source_passage passage,
                          lac_passage_place place)
{
    void *passages = list->passages, *places = list->places;
    lacuna_status status = lac_grow(&passages, &list->passage_cap, list->count + 1,
                                    sizeof *list->passages, PASSAGES_MAX);
    list->passages = passages;
    if (status == LACUNA_OK) {
        status = lac_grow(&places, &list->place_cap, list->count + 1, sizeof *list->places,
                          PASSAGES_MAX);
        list->places = places;
    }
    if (status == LACUNA_OK) {
        list->passages[list->count] = passage;
        list->places[list->count++] = place;
    }
    return status;
}

/* A short paragraph right in front of a table is its caption. */
static bool is_caption(const lac_document *document, uint32_t table_block)
{
    enum { CAPTION_MAX = 200 };
    if (table_block == 0 || document->blocks[table_block].table == LAC_NONE) {
        return false;
    }
    const lac_block *before = &document->blocks[table_block - 1];
    return before->table == LAC_NONE && is_text(document, before) &&
           before->length <= CAPTION_MAX &&
           before->section == document->blocks[table_block].section;
}

static lacuna_status add_caption(lac_span *heading, lac_arena *arena, lac_span caption)
{
    char *joined = lac_arena_alloc(arena, heading->len + caption.len + 1);
    if (joined == NULL) {
        return LACUNA_E_NOMEM;
    }
    memcpy(joined, heading->ptr, heading->len);
    memcpy(joined + heading->len, caption.ptr, caption.len);
    *heading = lac_span_make(joined, heading->len + caption.len);
    return LACUNA_OK;
}

lacuna_status lac_passages_add(lac_passage_list *list, lac_arena *arena,
                               const lac_document *document, uint32_t index, lacuna_error *err)
{
    uint32_t at = 0, known = LAC_NONE;
    lac_span heading = lac_span_of("");
    lacuna_status status = LACUNA_OK;
    while (at < document->block_count && status == LACUNA_OK) {
        uint32_t section = document->blocks[at].section;
        uint32_t first = at;
        lac_span text = lac_passage_take(document, &at);
        if (text.len == 0) {
            continue;
        }
        if (section != known) {
            status = heading_of(&heading, arena, document, section);
            known = section;
        }
        lac_span about = heading;
        if (status == LACUNA_OK && is_caption(document, first)) {
            status =
                add_caption(&about, arena, lac_block_text(document, &document->blocks[first - 1]));
        }
        if (status == LACUNA_OK) {
            uint32_t start = (uint32_t)(text.ptr - document->text.ptr);
            status = push(list, (lac_source_passage){text, about},
                          (lac_passage_place){index, section, start});
        }
    }
    return status == LACUNA_OK        ? LACUNA_OK
           : status == LACUNA_E_NOMEM ? lac_fail_nomem(err)
                                      : lac_fail(err, status, "there are too many passages");
}

void lac_passage_list_free(lac_passage_list *list)
{
    free(list->passages);
    free(list->places);
    *list = (lac_passage_list){.count = 0};
}
