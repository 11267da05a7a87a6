#include "drafter/draft/material.h"

#include "drafter/draft/spoken_to.h"
#include "drafter/ground/passages.h"
#include "support/error.h"

#include <stdlib.h>

enum { DIGEST_INPUT_MAX = 256 * 1024 * 1024, PASSAGES_MOST = 1 << 20, TITLE_MAX = 4096 };

typedef struct making {
    lac_material *out;
    lac_plan *plan;
    const lac_plan_step *step;
    lac_judge_veils *veils;
    lac_material_passage *passages;
    lac_source_passage *ground;
    size_t capacity, ground_capacity;
    lac_buf digested;
    lacuna_error *err;
} making;

static lacuna_status keep_passage(making *m, lac_material_passage passage, lac_span heading)
{
    void *passages = m->passages, *ground = m->ground;
    size_t need = (size_t)m->out->passage_count + 1;
    lacuna_status status =
        lac_grow(&passages, &m->capacity, need, sizeof *m->passages, PASSAGES_MOST);
    m->passages = passages;
    if (status == LACUNA_OK) {
        status = lac_grow(&ground, &m->ground_capacity, need, sizeof *m->ground, PASSAGES_MOST);
        m->ground = ground;
    }
    if (status != LACUNA_OK) {
        return status == LACUNA_E_LIMIT
                   ? lac_fail(m->err, status, "the sources of a gap have too many passages")
                   : lac_fail_nomem(m->err);
    }
    m->passages[m->out->passage_count] = passage;
    m->ground[m->out->passage_count++] = (lac_source_passage){passage.text, heading};
    return LACUNA_OK;
}

/* ---- one source ----------------------------------------------------------------------------- */

static bool is_taken(making *m, uint32_t planned, lac_span text)
{
    const lac_plan_source *source = &m->step->sources[planned];
    const lac_document *document = m->plan->documents[source->document].document;
    if (text.len == 0 || !lac_speaks_to_program(text)) {
        return text.len > 0;
    }
    if (m->out->spoken_to++ == 0) {
        m->out->spoken_to_source = planned;
        m->out->spoken_to_start = (uint32_t)(text.ptr - document->text.ptr);
    }
    return false;
}

/* The passages whose blocks begin within the source. */
static lacuna_status take_passages(making *m, uint32_t planned)
{
    const lac_plan_source *source = &m->step->sources[planned];
    const lac_document *document = m->plan->documents[source->document].document;
    lac_span heading = document->sections[source->section].title;
    uint32_t at = lac_document_block_at(document, source->start);
    lacuna_status status = LACUNA_OK;
    while (at != LAC_NONE && at < document->block_count &&
           document->blocks[at].start < source->end && status == LACUNA_OK) {
        const lac_block *block = &document->blocks[at];
        lac_span text = lac_passage_take(document, &at);
        if (block->start >= source->start && is_taken(m, planned, text)) {
            const lac_material_passage passage = {text, m->out->source_count, planned,
                                                  (uint32_t)(text.ptr - document->text.ptr)};
            status = keep_passage(m, passage, source->section == 0 ? lac_span_of("") : heading);
        }
    }
    return status;
}

static lacuna_status cover(lac_covered *covered, making *m, lac_judge_piece *piece,
                           lac_span original)
{
    *covered = (lac_covered){.original = original, .text = original};
    return piece->veil == NULL ? LACUNA_OK
                               : lac_veil_cover(covered, &m->out->arena, piece->veil,
                                                &piece->tokens, original, m->err);
}

/* "9.4 Blinding"; the title as it is sent. Names of files are not sent. */
static lacuna_status set_title(lacuna_source *out, lac_judge_piece *piece, making *m,
                               uint32_t planned)
{
    const lac_plan_source *source = &m->step->sources[planned];
    const lac_section *section = &piece->document->sections[source->section];
    lac_covered title = {.text = lac_span_of("Before the first heading")};
    lacuna_status status =
        source->section == 0 ? LACUNA_OK : cover(&title, m, piece, section->title);
    lac_buf text;
    lac_buf_init(&text, TITLE_MAX);
    if (status == LACUNA_OK &&
        (lac_buf_printf(&text, "%.*s%s", (int)section->number.len, section->number.ptr,
                        section->number.len == 0 ? "" : " ") != LACUNA_OK ||
         lac_buf_append_span(&text, title.text) != LACUNA_OK)) {
        lac_buf_clear(&text); /* a title that long is none */
    }
    const char *copy = lac_arena_copy(&m->out->arena, lac_buf_span(&text));
    *out = (lacuna_source){.title = {copy, text.len}};
    lac_buf_free(&text);
    out->context = (lacuna_text){m->plan->documents[source->document].type,
                                 strlen(m->plan->documents[source->document].type)};
    return status == LACUNA_OK && copy == NULL ? lac_fail_nomem(m->err) : status;
}

/* A piece: the passages [first, passage_count) as they are sent. */
static lacuna_status make_piece(making *m, uint32_t planned, uint32_t first)
{
    lac_material *out = m->out;
    lac_judge_piece *piece = &out->pieces[out->source_count];
    uint32_t count = out->passage_count - first;
    const lac_document *document = m->plan->documents[m->step->sources[planned].document].document;
    piece->document = document;
    out->first_passage[out->source_count] = first;
    lacuna_source *source = &out->sources[out->source_count++];
    lacuna_text *sent = lac_arena_array(&out->arena, count, sizeof *sent);
    piece->places = lac_arena_array(&out->arena, count, sizeof *piece->places);
    if (sent == NULL || piece->places == NULL) {
        return lac_fail_nomem(m->err);
    }
    lacuna_status status =
        m->veils == NULL ? LACUNA_OK : lac_judge_veil(&piece->veil, m->veils, document, m->err);
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        lac_covered covered;
        lac_span text = m->passages[first + i].text;
        status = cover(&covered, m, piece, text);
        sent[i] = (lacuna_text){covered.text.ptr, covered.text.len};
        piece->places[i] =
            (lac_judge_place){(uint32_t)(text.ptr - document->text.ptr), (uint32_t)text.len};
    }
    piece->passage_count = count;
    if (status == LACUNA_OK) {
        status = set_title(source, piece, m, planned);
    }
    source->passages = sent;
    source->passage_count = count;
    return status;
}

static lacuna_status digest_source(making *m, uint32_t planned, uint32_t first)
{
    const lac_plan_source *source = &m->step->sources[planned];
    const lac_section *section =
        &m->plan->documents[source->document].document->sections[source->section];
    lacuna_status status = lac_buf_append_span(&m->digested, section->number);
    status = status == LACUNA_OK ? lac_buf_append_char(&m->digested, '\0') : status;
    status = status == LACUNA_OK ? lac_buf_append_span(&m->digested, section->title) : status;
    for (uint32_t i = first; i < m->out->passage_count && status == LACUNA_OK; i++) {
        status = lac_buf_append_char(&m->digested, '\0');
        status =
            status == LACUNA_OK ? lac_buf_append_span(&m->digested, m->passages[i].text) : status;
    }
    status = status == LACUNA_OK ? lac_buf_append_char(&m->digested, '\1') : status;
    return status == LACUNA_OK ? LACUNA_OK
                               : lac_fail(m->err, status, "the sources of a gap are too long");
}

static lacuna_status add_source(making *m, uint32_t planned)
{
    uint32_t first = m->out->passage_count;
    lacuna_status status = take_passages(m, planned);
    if (status == LACUNA_OK) {
        status = digest_source(m, planned, first);
    }
    return status == LACUNA_OK && m->out->passage_count > first ? make_piece(m, planned, first)
                                                                : status;
}

/* ---- all of them ---------------------------------------------------------------------------- */

static lacuna_status finish(making *m)
{
    lac_material *out = m->out;
    lac_material_passage *kept =
        lac_arena_array(&out->arena, (size_t)out->passage_count + 1, sizeof *kept);
    if (kept == NULL) {
        return lac_fail_nomem(m->err);
    }
    if (out->passage_count > 0) {
        memcpy(kept, m->passages, out->passage_count * sizeof *kept);
    }
    out->passages = kept;
    lacuna_status status = lac_sha256(&out->digest, lac_buf_span(&m->digested), m->err);
    return status == LACUNA_OK
               ? lac_sources_new(&out->ground, m->ground, out->passage_count, m->err)
               : status;
}

lacuna_status lac_material_make(lac_material *out, lac_plan *plan, const lac_plan_step *step,
                                lac_judge_veils *veils, lacuna_error *err)
{
    making m = {.out = out, .plan = plan, .step = step, .veils = veils, .err = err};
    *out = (lac_material){.source_count = 0};
    lac_arena_init(&out->arena);
    lac_buf_init(&m.digested, DIGEST_INPUT_MAX);
    size_t room = (size_t)step->source_count + 1;
    out->pieces = lac_arena_array(&out->arena, room, sizeof *out->pieces);
    out->sources = lac_arena_array(&out->arena, room, sizeof *out->sources);
    out->first_passage = lac_arena_array(&out->arena, room, sizeof *out->first_passage);
    lacuna_status status = out->pieces == NULL || out->sources == NULL || out->first_passage == NULL
                               ? lac_fail_nomem(err)
                               : LACUNA_OK;
    for (uint32_t i = 0; i < step->source_count && status == LACUNA_OK; i++) {
        status = add_source(&m, i);
    }
    if (status == LACUNA_OK) {
        status = finish(&m);
    }
    free(m.passages);
    free(m.ground);
    lac_buf_free(&m.digested);
    if (status != LACUNA_OK) {
        lac_material_free(out);
    }
    return status;
}

void lac_material_free(lac_material *material)
{
    for (uint32_t i = 0; material->pieces != NULL && i < material->source_count; i++) {
        free(material->pieces[i].tokens.items);
    }
    lac_sources_free(material->ground);
    lac_arena_free(&material->arena);
    *material = (lac_material){.source_count = 0};
}

lacuna_status lac_material_where(lac_buf *out, lac_plan *plan, const lac_plan_step *step,
                                 const lac_material *material, uint32_t passage)
{
    const lac_material_passage *at = &material->passages[passage];
    const lac_plan_source *source = &step->sources[at->planned];
    const lac_source_document *of = &plan->documents[source->document];
    const char *label = lac_plan_label(plan, source);
    return label == NULL ? LACUNA_E_NOMEM
                         : lac_buf_printf(out, "%s, %s, line %u", of->path, label,
                                          lac_document_line(of->document, at->start));
}
