#include "drafter/judge_piece.h"

#include "support/error.h"

#include <stdio.h>
#include <stdlib.h>

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
    lac_judge_text *text;
    lac_covered *covered;
    lac_span *texts;
    lacuna_text *sent;
    lacuna_source *sources;
    const char **titles;
} making;

/* A part of the document in the form in which it is sent. */
static lacuna_status cover(lac_covered *covered, making *m, lac_span original, lacuna_error *err)
{
    lac_judge_piece *piece = m->piece;
    *covered = (lac_covered){.original = original, .text = original};
    return piece->veil == NULL ? LACUNA_OK
                               : lac_veil_cover(covered, &m->text->arena, piece->veil,
                                                &piece->tokens, original, err);
}

static lacuna_status add_passage(making *m, lac_span original, lacuna_error *err)
{
    char number[NUMBER_ROOM];
    uint32_t at = m->text->passage_count;
    int length = snprintf(number, sizeof number, "[%u] ", at);
    lacuna_status status = cover(&m->covered[at], m, original, err);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_span text = m->covered[at].text;
    char *bytes = lac_arena_alloc(&m->text->arena, (size_t)length + text.len + 1);
    if (bytes == NULL) {
        return lac_fail_nomem(err);
    }
    memcpy(bytes, number, (size_t)length);
    memcpy(bytes + length, text.ptr, text.len);
    m->texts[at] = text;
    m->sent[at] = (lacuna_text){bytes, (size_t)length + text.len};
    m->text->passage_count++;
    return LACUNA_OK;
}

/* "6.4 Blinding", or where the document begins. */
static const char *write_title(making *m, lac_span number, lac_span title)
{
    size_t room = number.len + title.len + 2;
    char *text = lac_arena_alloc(&m->text->arena, room);
    if (text != NULL) {
        (void)snprintf(text, room, "%.*s%s%.*s", (int)number.len, number.ptr,
                       number.len == 0 ? "" : " ", (int)title.len, title.ptr);
    }
    return text;
}

static lacuna_status set_title(lacuna_source *source, making *m, uint32_t section,
                               lacuna_error *err)
{
    const lac_section *of = &m->piece->document->sections[section];
    lac_covered title = {.text = lac_span_of("Before the first heading")};
    title.original = title.text;
    lacuna_status status = section == 0 ? LACUNA_OK : cover(&title, m, of->title, err);
    if (status != LACUNA_OK) {
        return status;
    }
    const char *sent = write_title(m, of->number, title.text);
    const char *own = write_title(m, of->number, title.original);
    if (sent == NULL || own == NULL) {
        return lac_fail_nomem(err);
    }
    source->title = (lacuna_text){sent, strlen(sent)};
    m->titles[m->text->source_count - 1] = own;
    return LACUNA_OK;
}

static lacuna_status add_source(making *m, uint32_t top, lacuna_error *err)
{
    const lac_document *document = m->piece->document;
    uint32_t before = m->text->passage_count;
    uint32_t at = document->sections[top].first_block;
    uint32_t end =
        top == 0 ? document->sections[0].own_end_block : document->sections[top].end_block;
    lacuna_status status = LACUNA_OK;
    while (at < end && status == LACUNA_OK) {
        if (is_sent(document, &document->blocks[at])) {
            status = add_passage(m, take_passage(document, &at, end), err);
        } else {
            at++;
        }
    }
    if (status != LACUNA_OK || m->text->passage_count == before) {
        return status;
    }
    lacuna_source *source = &m->sources[m->text->source_count++];
    source->passages = m->sent + before;
    source->passage_count = m->text->passage_count - before;
    return set_title(source, m, top, err);
}

static lacuna_status make_room(making *m, lacuna_error *err)
{
    const lac_judge_piece *piece = m->piece;
    const lac_document *document = piece->document;
    lac_arena *arena = &m->text->arena;
    uint32_t behind = piece->end_section < document->section_count
                          ? document->sections[piece->end_section].first_block
                          : document->block_count;
    uint32_t blocks = behind - document->sections[piece->first_section].first_block + 1;
    uint32_t sections = piece->end_section - piece->first_section;
    m->covered = lac_arena_array(arena, blocks, sizeof *m->covered);
    m->titles = lac_arena_array(arena, (size_t)sections + 1, sizeof *m->titles);
    m->texts = lac_arena_array(arena, blocks, sizeof *m->texts);
    m->sent = lac_arena_array(arena, blocks, sizeof *m->sent);
    m->sources = lac_arena_array(arena, (size_t)sections + 1, sizeof *m->sources);
    if (m->covered == NULL || m->titles == NULL || m->texts == NULL || m->sent == NULL ||
        m->sources == NULL) {
        return lac_fail_nomem(err);
    }
    m->text->covered = m->covered;
    m->text->titles = m->titles;
    m->text->texts = m->texts;
    m->text->sources = m->sources;
    return LACUNA_OK;
}

static lacuna_status fill(making *m, lacuna_error *err)
{
    lac_judge_piece *piece = m->piece;
    const lac_document *document = piece->document;
    lacuna_status status = make_room(m, err);
    piece->tokens.used = 0;
    for (uint32_t top = piece->first_section; status == LACUNA_OK && top < piece->end_section;
         top = lac_judge_behind(document, top)) {
        status = add_source(m, top, err);
    }
    return status == LACUNA_OK
               ? lac_passages_new(&m->text->passages, m->texts, m->text->passage_count, err)
               : status;
}

/* ---- what a closed piece keeps -------------------------------------------------------------- */

/* The same text has the same digest in every run, so the random digits are left out. */
static lacuna_status add_to_digest(lac_buf *all, const lac_judge_piece *piece, lacuna_text text)
{
    lac_span bytes = lac_span_make(text.bytes, text.length);
    bool covers = piece->veil != NULL && piece->veil->map != NULL;
    lacuna_status status = covers ? lac_pseudonyms_strip(all, piece->veil->map, bytes, NULL)
                                  : lac_buf_append_span(all, bytes);
    return status == LACUNA_OK ? lac_buf_append_char(all, '\0') : status;
}

static lacuna_status set_digest(lac_judge_piece *piece, lacuna_error *err)
{
    lac_buf all;
    lacuna_status status = LACUNA_OK;
    lac_buf_init(&all, DIGEST_INPUT_MAX);
    for (uint32_t i = 0; i < piece->text->source_count && status == LACUNA_OK; i++) {
        const lacuna_source *source = &piece->text->sources[i];
        status = add_to_digest(&all, piece, source->title);
        for (size_t k = 0; k < source->passage_count && status == LACUNA_OK; k++) {
            status = add_to_digest(&all, piece, source->passages[k]);
        }
    }
    status = status == LACUNA_OK ? lac_sha256(&piece->digest, lac_buf_span(&all), err)
                                 : lac_fail(err, status, "the document is too long to be judged");
    lac_buf_free(&all);
    return status;
}

static lacuna_status set_places(lac_judge_piece *piece, lacuna_error *err)
{
    uint32_t count = piece->text->passage_count;
    piece->places = malloc(((size_t)count + 1) * sizeof *piece->places);
    if (piece->places == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < count; i++) {
        lac_span original = piece->text->covered[i].original;
        piece->places[i] = (lac_judge_place){(uint32_t)(original.ptr - piece->document->text.ptr),
                                             (uint32_t)original.len};
    }
    piece->passage_count = count;
    return LACUNA_OK;
}

/* ---- the piece ------------------------------------------------------------------------------ */

lacuna_status lac_judge_piece_open(lac_judge_piece *piece, lacuna_error *err)
{
    if (piece->text != NULL) {
        return LACUNA_OK;
    }
    piece->text = calloc(1, sizeof *piece->text);
    if (piece->text == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&piece->text->arena);
    making m = {.piece = piece, .text = piece->text};
    lacuna_status status = fill(&m, err);
    if (status != LACUNA_OK) {
        lac_judge_piece_close(piece);
    }
    return status;
}

void lac_judge_piece_close(lac_judge_piece *piece)
{
    if (piece->text != NULL) {
        lac_passages_free(piece->text->passages);
        lac_arena_free(&piece->text->arena);
        free(piece->text);
        piece->text = NULL;
    }
}

lacuna_status lac_judge_piece_make(lac_judge_piece *piece, const lac_document *document,
                                   lac_veil *veil, uint32_t first_section, uint32_t end_section,
                                   lacuna_error *err)
{
    *piece = (lac_judge_piece){.document = document,
                               .veil = veil,
                               .first_section = first_section,
                               .end_section = end_section};
    lacuna_status status = lac_judge_piece_open(piece, err);
    if (status == LACUNA_OK) {
        status = set_digest(piece, err);
    }
    if (status == LACUNA_OK) {
        status = set_places(piece, err);
    }
    lac_judge_piece_close(piece);
    if (status != LACUNA_OK) {
        lac_judge_piece_free(piece);
    }
    return status;
}

lac_span lac_judge_piece_original(const lac_judge_piece *piece, const lac_quote_match *match)
{
    const lac_judge_text *text = piece->text;
    size_t start = (size_t)(match->text.ptr - text->texts[match->passage].ptr);
    return lac_covered_original(&text->covered[match->passage], start, start + match->text.len);
}

void lac_judge_piece_free(lac_judge_piece *piece)
{
    lac_judge_piece_close(piece);
    free(piece->places);
    free(piece->tokens.items);
    *piece = (lac_judge_piece){0};
}
