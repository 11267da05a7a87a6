#include "drafter/draft/answer.h"

#include "drafter/normalize.h"
#include "support/error.h"

#include <stdlib.h>

static lacuna_status too_long(lacuna_error *err)
{
    return lac_fail(err, LACUNA_E_LIMIT, "the answer is longer than a draft of one gap can be");
}

/* ---- citations ------------------------------------------------------------------------------ */

/* The passages [first, end) of a source as they were sent, one behind the other. */
static lacuna_status join_passages(lac_buf *out, const lacuna_source *source, uint32_t first,
                                   uint32_t end)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = first; i < end && status == LACUNA_OK; i++) {
        status = lac_buf_append(out, source->passages[i].bytes, source->passages[i].length);
        status = status == LACUNA_OK ? lac_buf_append_char(out, ' ') : status;
    }
    return status;
}

static bool holds(lac_span text, lac_span words)
{
    words = lac_span_trim(words);
    for (size_t at = 0; words.len > 0 && at + words.len <= text.len; at++) {
        if (memcmp(text.ptr + at, words.ptr, words.len) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether the passages it points to read as it says. */
static lacuna_status is_found(bool *found, const lac_material *material,
                              const lacuna_citation *citation, lacuna_error *err)
{
    enum { JOINED_MAX = 64 * 1024 * 1024 };
    lac_buf joined;
    lac_normal there = {.offsets = NULL}, said = {.offsets = NULL};
    *found = false;
    if (citation->source >= material->source_count || citation->first >= citation->end ||
        citation->end > material->sources[citation->source].passage_count) {
        return LACUNA_OK;
    }
    lac_buf_init(&joined, JOINED_MAX);
    lacuna_status status = join_passages(&joined, &material->sources[citation->source],
                                         citation->first, citation->end);
    status = status == LACUNA_OK ? lac_normal_make(&there, lac_buf_span(&joined), err)
                                 : lac_fail(err, status, "a citation of too many passages");
    if (status == LACUNA_OK) {
        status = lac_normal_make(&said,
                                 lac_span_make(citation->cited.bytes, citation->cited.length), err);
        *found = status == LACUNA_OK && holds(lac_buf_span(&there.text), lac_buf_span(&said.text));
        lac_normal_free(&said);
    }
    lac_normal_free(&there);
    lac_buf_free(&joined);
    return status;
}

static int compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* In order, each once. */
static uint32_t settle(uint32_t *passages, uint32_t count)
{
    uint32_t kept = 0;
    if (count > 0) {
        qsort(passages, count, sizeof *passages, compare);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (kept == 0 || passages[kept - 1] != passages[i]) {
            passages[kept++] = passages[i];
        }
    }
    return kept;
}

static lacuna_status take_citations(lac_answer_part *part, lac_draft_answer *out, lac_arena *arena,
                                    const lac_material *material, const lacuna_answer_block *block,
                                    lacuna_error *err)
{
    uint32_t *passages =
        lac_arena_array(arena, (size_t)material->passage_count + 1, sizeof *passages);
    bool *cited = lac_arena_array(arena, (size_t)material->passage_count + 1, sizeof *cited);
    uint32_t count = 0;
    if (passages == NULL || cited == NULL) {
        return lac_fail_nomem(err);
    }
    for (size_t i = 0; i < block->citation_count; i++) {
        const lacuna_citation *citation = &block->citations[i];
        bool found;
        lacuna_status status = is_found(&found, material, citation, err);
        if (status != LACUNA_OK) {
            return status;
        }
        *(found ? &out->citations : &out->lost) += 1;
        for (uint32_t p = citation->first; found && p < citation->end; p++) {
            uint32_t passage = material->first_passage[citation->source] + p;
            if (!cited[passage]) {
                cited[passage] = true;
                passages[count++] = passage;
            }
        }
    }
    part->passages = passages;
    part->passage_count = settle(passages, count);
    return LACUNA_OK;
}

/* ---- texts ---------------------------------------------------------------------------------- */

/* With what the pseudonyms of all its documents stand for; tokens nobody issued stay. */
static lacuna_status restore(lac_span *out, lac_arena *arena, const lac_material *material,
                             lac_span text, lacuna_error *err)
{
    const lac_pseudonyms *last = NULL;
    const char *copy = lac_arena_copy(arena, text);
    *out = lac_span_make(copy, text.len);
    lacuna_status status = copy == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    for (uint32_t i = 0; i < material->source_count && status == LACUNA_OK; i++) {
        const lac_veil *veil = material->pieces[i].veil;
        if (veil == NULL || veil->map == NULL || veil->map == last) {
            continue;
        }
        uint32_t unknown;
        lac_buf restored;
        last = veil->map;
        lac_buf_init(&restored, LAC_ANSWER_BYTES_MAX);
        status = lac_pseudonyms_restore(&restored, &unknown, last, *out, err);
        copy = status == LACUNA_OK ? lac_arena_copy(arena, lac_buf_span(&restored)) : "";
        *out = lac_span_make(copy, restored.len);
        lac_buf_free(&restored);
        status = copy == NULL ? lac_fail_nomem(err) : status;
    }
    return status;
}

lacuna_status lac_answer_take(lac_draft_answer *out, lac_arena *arena, const lac_material *material,
                              const lacuna_response *response, lacuna_error *err)
{
    size_t bytes = 0;
    *out = (lac_draft_answer){.count = 0};
    if (response->block_count > LAC_ANSWER_PARTS_MAX) {
        return too_long(err);
    }
    lac_answer_part *parts = lac_arena_array(arena, response->block_count + 1, sizeof *parts);
    if (parts == NULL) {
        return lac_fail_nomem(err);
    }
    out->parts = parts;
    for (size_t i = 0; i < response->block_count; i++) {
        const lacuna_answer_block *block = &response->blocks[i];
        lac_answer_part *part = &parts[out->count++];
        bytes += block->text.length;
        if (bytes > LAC_ANSWER_BYTES_MAX / 2) {
            return too_long(err);
        }
        lacuna_status status = take_citations(part, out, arena, material, block, err);
        if (status == LACUNA_OK) {
            status = restore(&part->text, arena, material,
                             lac_span_make(block->text.bytes, block->text.length), err);
        }
        if (status != LACUNA_OK) {
            return status;
        }
    }
    return LACUNA_OK;
}

/* ---- kept ----------------------------------------------------------------------------------- */

static json_t *part_value(const lac_answer_part *part)
{
    json_t *passages = json_array();
    for (uint32_t i = 0; i < part->passage_count; i++) {
        if (json_array_append_new(passages, json_integer((json_int_t)part->passages[i])) != 0) {
            json_decref(passages);
            return NULL;
        }
    }
    return json_pack("{s:s%,s:o}", "text", part->text.ptr, part->text.len, "passages", passages);
}

json_t *lac_answer_json(const lac_draft_answer *answer)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < answer->count; i++) {
        if (json_array_append_new(list, part_value(&answer->parts[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static lacuna_status read_part(lac_answer_part *part, lac_arena *arena,
                               const lac_material *material, const json_t *value, lacuna_error *err)
{
    const json_t *text = json_object_get(value, "text");
    const json_t *list = json_object_get(value, "passages");
    size_t count = json_array_size(list);
    uint32_t *passages = lac_arena_array(arena, count + 1, sizeof *passages);
    if (!json_is_string(text) || !json_is_array(list) || count > material->passage_count) {
        return lac_fail(err, LACUNA_E_FORMAT, "a kept answer is none");
    }
    lac_span said = lac_span_make(json_string_value(text), json_string_length(text));
    const char *copy = lac_arena_copy(arena, said);
    if (passages == NULL || copy == NULL) {
        return lac_fail_nomem(err);
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *one = json_array_get(list, i);
        json_int_t number = json_integer_value(one);
        if (!json_is_integer(one) || number < 0 || number >= (json_int_t)material->passage_count) {
            return lac_fail(err, LACUNA_E_FORMAT, "a kept answer cites what is not there");
        }
        passages[i] = (uint32_t)number;
    }
    *part = (lac_answer_part){lac_span_make(copy, said.len), passages,
                              settle(passages, (uint32_t)count)};
    return LACUNA_OK;
}

lacuna_status lac_answer_from_json(lac_draft_answer *out, lac_arena *arena,
                                   const lac_material *material, const json_t *value,
                                   lacuna_error *err)
{
    size_t count = json_array_size(value);
    *out = (lac_draft_answer){.count = 0};
    if (!json_is_array(value) || count > LAC_ANSWER_PARTS_MAX) {
        return lac_fail(err, LACUNA_E_FORMAT, "a kept answer is none");
    }
    lac_answer_part *parts = lac_arena_array(arena, count + 1, sizeof *parts);
    out->parts = parts;
    lacuna_status status = parts == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = read_part(&parts[out->count++], arena, material, json_array_get(value, i), err);
    }
    return status;
}
