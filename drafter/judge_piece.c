#include "drafter/judge_piece.h"

#include "support/error.h"

#include <stdio.h>

enum { NUMBER_ROOM = 16, DIGEST_INPUT_MAX = 256 * 1024 * 1024 };

uint32_t lac_judge_top(const lac_document *document, uint32_t section)
{
    while (section != 0 && document->sections[section].parent != 0) {
        section = document->sections[section].parent;
    }
    return section;
}

uint32_t lac_judge_behind(const lac_document *document, uint32_t top)
{
    uint32_t next = top + 1;
    while (next < document->section_count && lac_judge_top(document, next) == top) {
        next++;
    }
    return next;
}

/* ---- passages ------------------------------------------------------------------------------- */

static bool is_sent(const lac_document *document, const lac_block *block)
{
    return block->channel == LAC_CHANNEL_BODY && (block->flags & LAC_BLOCK_TOC) == 0 &&
           lac_span_trim(lac_block_text(document, block)).len > 0;
}

/* The outermost table that a block stands in. */
static uint32_t outer_table(const lac_document *document, const lac_block *block)
{
    uint32_t table = block->table;
    while (table != LAC_NONE && document->tables[table].parent != LAC_NONE) {
        table = document->tables[table].parent;
    }
    return table;
}

/* The passage that begins with block *at; moves *at behind it. */
static lac_span take_passage(const lac_document *document, uint32_t *at, uint32_t end)
{
    const lac_block *first = &document->blocks[*at];
    const lac_block *last = first;
    uint32_t table = outer_table(document, first);
    (*at)++;
    while (table != LAC_NONE && *at < end &&
           outer_table(document, &document->blocks[*at]) == table) {
        last = &document->blocks[(*at)++];
    }
    return lac_document_slice(document, first->start, last->start + last->length);
}

typedef struct making {
    lac_judge_piece *piece;
    lac_span *texts;
    lacuna_text *sent;
    lacuna_source *sources;
} making;

static lacuna_status add_passage(making *m, lac_span text)
{
    char number[NUMBER_ROOM];
    lac_judge_piece *piece = m->piece;
    int length = snprintf(number, sizeof number, "[%u] ", piece->passage_count);
    char *bytes = lac_arena_alloc(&piece->arena, (size_t)length + text.len + 1);
    if (bytes == NULL) {
        return LACUNA_E_NOMEM;
    }
    memcpy(bytes, number, (size_t)length);
    memcpy(bytes + length, text.ptr, text.len);
    m->texts[piece->passage_count] = text;
    m->sent[piece->passage_count] = (lacuna_text){bytes, (size_t)length + text.len};
    piece->passage_count++;
    return LACUNA_OK;
}

/* "6.4 Blinding", or where the document begins. */
static lacuna_status set_title(lacuna_source *source, making *m, uint32_t section)
{
    const lac_section *of = &m->piece->document->sections[section];
    lac_span title = section == 0 ? lac_span_of("Before the first heading") : of->title;
    size_t room = of->number.len + title.len + 2;
    char *text = lac_arena_alloc(&m->piece->arena, room);
    if (text == NULL) {
        return LACUNA_E_NOMEM;
    }
    int length = snprintf(text, room, "%.*s%s%.*s", (int)of->number.len, of->number.ptr,
                          of->number.len == 0 ? "" : " ", (int)title.len, title.ptr);
    source->title = (lacuna_text){text, (size_t)length};
    return LACUNA_OK;
}

static lacuna_status add_source(making *m, uint32_t top)
{
    lac_judge_piece *piece = m->piece;
    const lac_document *document = piece->document;
    uint32_t before = piece->passage_count;
    uint32_t at = document->sections[top].first_block;
    uint32_t end =
        top == 0 ? document->sections[0].own_end_block : document->sections[top].end_block;
    lacuna_status status = LACUNA_OK;
    while (at < end && status == LACUNA_OK) {
        if (is_sent(document, &document->blocks[at])) {
            status = add_passage(m, take_passage(document, &at, end));
        } else {
            at++;
        }
    }
    if (status != LACUNA_OK || piece->passage_count == before) {
        return status;
    }
    lacuna_source *source = &m->sources[piece->source_count++];
    source->passages = m->sent + before;
    source->passage_count = piece->passage_count - before;
    return set_title(source, m, top);
}

/* ---- the piece ------------------------------------------------------------------------------ */

static lacuna_status digest_of(lac_judge_piece *piece, lacuna_error *err)
{
    lac_buf all;
    lacuna_status status = LACUNA_OK;
    lac_buf_init(&all, DIGEST_INPUT_MAX);
    for (uint32_t i = 0; i < piece->source_count && status == LACUNA_OK; i++) {
        const lacuna_source *source = &piece->sources[i];
        status = lac_buf_append(&all, source->title.bytes, source->title.length + 1);
        for (size_t k = 0; k < source->passage_count && status == LACUNA_OK; k++) {
            status = lac_buf_append(&all, source->passages[k].bytes, source->passages[k].length);
            status = status == LACUNA_OK ? lac_buf_append_char(&all, '\0') : status;
        }
    }
    status = status == LACUNA_OK ? lac_sha256(&piece->digest, lac_buf_span(&all), err)
                                 : lac_fail(err, status, "the document is too long to be judged");
    lac_buf_free(&all);
    return status;
}

static lacuna_status fill(making *m, lacuna_error *err)
{
    lac_judge_piece *piece = m->piece;
    const lac_document *document = piece->document;
    uint32_t behind = piece->end_section < document->section_count
                          ? document->sections[piece->end_section].first_block
                          : document->block_count;
    uint32_t blocks = behind - document->sections[piece->first_section].first_block + 1;
    uint32_t sections = piece->end_section - piece->first_section;
    m->texts = lac_arena_array(&piece->arena, blocks, sizeof *m->texts);
    m->sent = lac_arena_array(&piece->arena, blocks, sizeof *m->sent);
    m->sources = lac_arena_array(&piece->arena, (size_t)sections + 1, sizeof *m->sources);
    if (m->texts == NULL || m->sent == NULL || m->sources == NULL) {
        return lac_fail_nomem(err);
    }
    piece->texts = m->texts;
    piece->sources = m->sources;
    for (uint32_t top = piece->first_section; top < piece->end_section;
         top = lac_judge_behind(document, top)) {
        if (add_source(m, top) != LACUNA_OK) {
            return lac_fail_nomem(err);
        }
    }
    return lac_passages_new(&piece->passages, piece->texts, piece->passage_count, err);
}

lacuna_status lac_judge_piece_make(lac_judge_piece *piece, const lac_document *document,
                                   uint32_t first_section, uint32_t end_section, lacuna_error *err)
{
    making m = {.piece = piece};
    *piece = (lac_judge_piece){
        .document = document, .first_section = first_section, .end_section = end_section};
    lac_arena_init(&piece->arena);
    lacuna_status status = fill(&m, err);
    if (status == LACUNA_OK) {
        status = digest_of(piece, err);
    }
    if (status != LACUNA_OK) {
        lac_judge_piece_free(piece);
    }
    return status;
}

void lac_judge_piece_free(lac_judge_piece *piece)
{
    lac_passages_free(piece->passages);
    lac_arena_free(&piece->arena);
    *piece = (lac_judge_piece){0};
}
