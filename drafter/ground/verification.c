#include "drafter/ground/verification.h"

#include "drafter/ground/passages.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>

typedef struct verifying {
    lac_verification *out;
    lac_passage_list list;
    lac_sources *sources;
    lac_verified *items;
    size_t count, cap;
    uint32_t *cited; /* of the piece that is looked at */
    size_t cited_count, cited_cap;
    lacuna_error *err;
} verifying;

/* ---- citations ------------------------------------------------------------------------------ */

static lac_span base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return lac_span_of(slash == NULL ? path : slash + 1);
}

static bool names_document(const char *path, lac_span name)
{
    lac_span base = base_name(path);
    lac_span stem = base;
    for (size_t i = base.len; i > 0; i--) {
        if (base.ptr[i - 1] == '.') {
            stem.len = i - 1;
            break;
        }
    }
    return lac_span_equal_nocase(base, name) || lac_span_equal_nocase(stem, name) ||
           lac_span_is(name, path);
}

/* "6.4" names 6.4 and 6.4.1, not 6.40. */
static bool names_section(lac_span number, lac_span wanted)
{
    return number.len >= wanted.len && memcmp(number.ptr, wanted.ptr, wanted.len) == 0 &&
           (number.len == wanted.len || number.ptr[wanted.len] == '.');
}

static bool in_section(const lac_document *document, uint32_t section, lac_span wanted)
{
    for (; section != 0; section = document->sections[section].parent) {
        if (names_section(document->sections[section].number, wanted)) {
            return true;
        }
    }
    return wanted.len == 0;
}

/* Passages that "NAME §NUMBER" names; an empty name stands for every document. */
static lacuna_status cite(verifying *v, lac_span inside)
{
    const char *sign = memchr(inside.ptr, '\xC2', inside.len);
    while (sign != NULL && sign[1] != '\xA7') {
        sign = memchr(sign + 1, '\xC2', inside.len - (size_t)(sign + 1 - inside.ptr));
    }
    if (sign == NULL) {
        return LACUNA_OK;
    }
    lac_span name = lac_span_trim(lac_span_make(inside.ptr, (size_t)(sign - inside.ptr)));
    lac_span number =
        lac_span_trim(lac_span_make(sign + 2, inside.len - 2 - (size_t)(sign - inside.ptr)));
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < v->list.count && status == LACUNA_OK; i++) {
        const lac_verified_document *document = &v->out->against[v->list.places[i].document];
        if ((name.len > 0 && !names_document(document->path, name)) ||
            !in_section(document->document, v->list.places[i].section, number)) {
            continue;
        }
        void *cited = v->cited;
        status = lac_grow(&cited, &v->cited_cap, v->cited_count + 1, sizeof *v->cited, UINT32_MAX);
        v->cited = cited;
        if (status == LACUNA_OK) {
            v->cited[v->cited_count++] = (uint32_t)i;
        }
    }
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(v->err);
}

/* ---- findings ------------------------------------------------------------------------------- */

static lacuna_status keep(verifying *v, const lac_ground_finding *finding, uint32_t base)
{
    void *items = v->items;
    lacuna_status status = lac_grow(&items, &v->cap, v->count + 1, sizeof *v->items, UINT32_MAX);
    v->items = items;
    if (status != LACUNA_OK) {
        return lac_fail_nomem(v->err);
    }
    lac_verified *item = &v->items[v->count++];
    *item = (lac_verified){.start = base + finding->start,
                           .end = base + finding->end,
                           .sentence_start = base + finding->sentence_start,
                           .sentence_end = base + finding->sentence_end,
                           .finding = finding,
                           .source = UINT32_MAX};
    if (finding->passage != UINT32_MAX) {
        const lac_passage_place *place = &v->list.places[finding->passage];
        item->source = place->document;
        item->source_start = place->start + finding->source_start;
        item->source_end = place->start + finding->source_end;
    }
    v->out->counts[finding->grounding]++;
    return LACUNA_OK;
}

static lacuna_status tell_dead_citation(verifying *v, lac_span text, lac_span inside)
{
    lac_ground_finding *finding = lac_arena_alloc(&v->out->arena, sizeof *finding);
    if (finding == NULL) {
        return lac_fail_nomem(v->err);
    }
    uint32_t start = (uint32_t)(inside.ptr - text.ptr - 1);
    *finding = (lac_ground_finding){.start = start,
                                    .end = start + (uint32_t)inside.len + 2,
                                    .sentence_start = start,
                                    .sentence_end = start + (uint32_t)inside.len + 2,
                                    .kind = LAC_FOUND_QUOTE,
                                    .what = "citation",
                                    .grounding = LAC_UNSUPPORTED,
                                    .reason = "no-such-passage",
                                    .message = "no passage of the documents is named so",
                                    .passage = UINT32_MAX};
    return keep(v, finding, (uint32_t)(text.ptr - v->out->text->text.ptr));
}

static lacuna_status check_piece(verifying *v, lac_span piece, bool cited)
{
    lac_ground_report report;
    const lac_ground_draft draft = {.text = piece,
                                    .cited = v->cited,
                                    .cited_count = (uint32_t)v->cited_count,
                                    .everything = !cited};
    lacuna_status status = lac_ground_check(&report, &v->out->arena, v->sources, &draft, v->err);
    uint32_t base = (uint32_t)(piece.ptr - v->out->text->text.ptr);
    v->out->sentences += report.sentences;
    for (uint32_t i = 0; i < report.count && status == LACUNA_OK; i++) {
        status = keep(v, &report.items[i], base);
    }
    return status;
}

/* Citations that follow each other count together; *at is at the first. */
static lacuna_status take_citations(verifying *v, lac_span text, size_t *at)
{
    lac_span inside;
    lacuna_status status = LACUNA_OK;
    v->cited_count = 0;
    while (status == LACUNA_OK && lac_ground_citation(&inside, text, *at)) {
        size_t before = v->cited_count;
        status = cite(v, inside);
        if (status == LACUNA_OK && v->cited_count == before) {
            status = tell_dead_citation(v, text, inside);
        }
        *at += inside.len + 2;
        while (*at < text.len && (text.ptr[*at] == ' ' || text.ptr[*at] == '.') &&
               *at + 1 < text.len && (text.ptr[*at + 1] == '[' || text.ptr[*at] == '.')) {
            (*at)++;
        }
    }
    return status;
}

static lacuna_status check_text(verifying *v, lac_span text)
{
    size_t first = 0, at = 0;
    lac_span inside;
    lacuna_status status = LACUNA_OK;
    while (at < text.len && status == LACUNA_OK) {
        if (!lac_ground_citation(&inside, text, at)) {
            at++;
            continue;
        }
        status = take_citations(v, text, &at);
        if (status == LACUNA_OK) {
            status = check_piece(v, lac_span_make(text.ptr + first, at - first), true);
        }
        first = at;
    }
    v->cited_count = 0;
    lac_span rest = lac_span_make(text.ptr + first, text.len - first);
    return status == LACUNA_OK && lac_span_trim(rest).len > 0 ? check_piece(v, rest, false)
                                                              : status;
}

/* ---- the whole ------------------------------------------------------------------------------ */

static lacuna_status check_document(verifying *v)
{
    uint32_t at = 0;
    lacuna_status status = LACUNA_OK;
    while (at < v->out->text->block_count && status == LACUNA_OK) {
        lac_span text = lac_passage_take(v->out->text, &at);
        if (text.len > 0) {
            status = check_text(v, text);
        }
    }
    return status;
}

static lacuna_status finish(verifying *v)
{
    lac_verified *items = lac_arena_array(&v->out->arena, v->count + 1, sizeof *items);
    if (items == NULL) {
        return lac_fail_nomem(v->err);
    }
    if (v->count > 0) {
        memcpy(items, v->items, v->count * sizeof *items);
    }
    v->out->items = items;
    v->out->count = (uint32_t)v->count;
    return LACUNA_OK;
}

lacuna_status lac_verification_make(lac_verification *out, const lac_document *text,
                                    const lac_verified_document *against, uint32_t count,
                                    lacuna_error *err)
{
    verifying v = {.out = out, .err = err};
    *out = (lac_verification){.text = text, .against = against, .against_count = count};
    lac_arena_init(&out->arena);
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = lac_passages_add(&v.list, &out->arena, against[i].document, i, err);
    }
    if (status == LACUNA_OK) {
        status = lac_sources_new(&v.sources, v.list.passages, (uint32_t)v.list.count, err);
    }
    if (status == LACUNA_OK) {
        status = check_document(&v);
    }
    if (status == LACUNA_OK) {
        status = finish(&v);
    }
    lac_sources_free(v.sources);
    lac_passage_list_free(&v.list);
    free(v.items);
    free(v.cited);
    if (status != LACUNA_OK) {
        lac_verification_free(out);
    }
    return status;
}

void lac_verification_free(lac_verification *verification)
{
    lac_arena_free(&verification->arena);
    *verification = (lac_verification){.count = 0};
}
