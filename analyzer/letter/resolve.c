#include "analyzer/letter/resolve.h"

#include "analyzer/evidence.h"
#include "analyzer/letter/resolve_find.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>

enum { REASON_BYTES = 512 };

typedef struct resolver {
    lac_arena *arena;
    const lac_letter_query *query;
    lac_cite_context context;
    bool *meant;
    uint32_t unread;
    lac_resolved_cite *results;
    lacuna_error *err;
} resolver;

const char *lac_cite_state_name(lac_cite_state state)
{
    static const char *const names[] = {"found", "ambiguous", "not-found", "not-looked-at"};
    return names[state];
}

/* ---- results -------------------------------------------------------------------------------- */

static lacuna_status keep(lac_resolved_cite *result, resolver *r, const lac_cite_finds *finds)
{
    lac_cite_place *places = lac_arena_array(r->arena, (size_t)finds->count + 1, sizeof *places);
    if (places == NULL) {
        return lac_fail_nomem(r->err);
    }
    if (finds->count > 0) {
        memcpy(places, finds->items, finds->count * sizeof *places);
    }
    result->places = places;
    result->place_count = finds->count;
    result->more = finds->more;
    return LACUNA_OK;
}

static void skip(lac_resolved_cite *result, const char *reason)
{
    result->state = LAC_CITE_NOT_LOOKED_AT;
    result->reason = reason;
}

static lacuna_status not_found(lac_resolved_cite *result, resolver *r)
{
    lac_buf reason;
    result->state = r->unread > 0 ? LAC_CITE_NOT_LOOKED_AT : LAC_CITE_NOT_FOUND;
    result->reason = "nothing of what was read is called so";
    if (r->unread == 0) {
        return LACUNA_OK;
    }
    lac_buf_init(&reason, REASON_BYTES);
    lacuna_status status = lac_buf_printf(
        &reason, "nothing of what was read is called so, and %u %s could not be read", r->unread,
        r->unread == 1 ? "document" : "documents");
    result->reason = status == LACUNA_OK ? lac_arena_copy(r->arena, lac_buf_span(&reason)) : NULL;
    lac_buf_free(&reason);
    return result->reason == NULL ? lac_fail_nomem(r->err) : LACUNA_OK;
}

static lacuna_status settle(lac_resolved_cite *result, resolver *r, const lac_cite_finds *finds)
{
    if (finds->count == 0) {
        return not_found(result, r);
    }
    bool one = finds->count + finds->more == 1 || finds->heading;
    result->state = one ? LAC_CITE_FOUND : LAC_CITE_AMBIGUOUS;
    result->reason = one ? "" : "several places are called so";
    return keep(result, r, finds);
}

/* ---- kinds ---------------------------------------------------------------------------------- */

static bool is_application(const char *text)
{
    static const char *const words[] = {"NDA", "BLA", "IND", "DMF", "MF", "MAF"};
    lac_span word = lac_span_make(text, strcspn(text, " #0123456789"));
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (lac_span_equal_nocase(word, lac_span_of(words[i]))) {
            return true;
        }
    }
    return false;
}

static lacuna_status resolve_study(lac_resolved_cite *result, resolver *r)
{
    lac_cite_finds finds = {.count = 0};
    const char *text = result->cite->text;
    if (is_application(text)) {
        if (!lac_find_application(&finds, r->context.filed, text)) {
            skip(result, "this application is not among what was given");
            return LACUNA_OK;
        }
        return settle(result, r, &finds);
    }
    lac_find_study(&finds, r->context.filed, text);
    for (uint32_t i = 0; i < finds.count; i++) {
        r->meant[finds.items[i].document] = true;
        r->context.meant = r->meant;
    }
    return settle(result, r, &finds);
}

/* The one document that the query speaks of; LAC_NONE: none, or several. */
static uint32_t only_document(const resolver *r)
{
    const lac_document *one = NULL;
    uint32_t at = LAC_NONE;
    for (uint32_t i = 0; i < r->query->cite_count; i++) {
        const lac_resolved_cite *result = &r->results[i];
        for (uint32_t p = 0; p < result->place_count; p++) {
            uint32_t d = result->places[p].document;
            const lac_document *document =
                d == LAC_NONE ? NULL : r->context.filed->documents[d].document;
            if (document == NULL || document == one) {
                continue;
            }
            if (one != NULL) {
                return LAC_NONE;
            }
            one = document;
            at = d;
        }
    }
    return at;
}

static lacuna_status resolve_page(lac_resolved_cite *result, resolver *r)
{
    lac_cite_finds finds = {.count = 0};
    uint32_t at = only_document(r);
    if (at == LAC_NONE) {
        skip(result, "the query does not tell of which document");
        return LACUNA_OK;
    }
    const lac_document *document = r->context.filed->documents[at].document;
    lac_span digits = lac_cite_last_word(result->cite->text);
    uint32_t page = (uint32_t)strtoul(digits.ptr, NULL, 10);
    if (document->page_count == 0) {
        skip(result, "the document has no fixed pages");
        return LACUNA_OK;
    }
    for (uint32_t b = 0; b < document->block_count && finds.count == 0; b++) {
        const lac_block *block = &document->blocks[b];
        if (block->page == page && block->channel == LAC_CHANNEL_BODY) {
            lac_cite_place place = {
                .document = at,
                .section = block->section,
                .quote = lac_block_text(document, block),
                .anchor = lac_anchor_at(document, block->start, block->start + block->length)};
            place.anchor.leaf = r->context.filed->documents[at].leaf;
            lac_cite_add(&finds, &place);
        }
    }
    return settle(result, r, &finds);
}

static lacuna_status resolve(lac_resolved_cite *result, resolver *r)
{
    const lac_letter_cite *cite = result->cite;
    lac_cite_finds finds = {.count = 0};
    if (strcmp(cite->kind, "section") == 0) {
        lac_find_section(&finds, &r->context, lac_cite_last_word(cite->text));
        return settle(result, r, &finds);
    }
    if (strcmp(cite->kind, "table") == 0) {
        lac_find_caption(&finds, &r->context, lac_span_of(cite->text));
        return settle(result, r, &finds);
    }
    if (strcmp(cite->kind, "sequence") == 0) {
        lac_find_sequence(&finds, r->context.filed, lac_cite_last_word(cite->text));
        return settle(result, r, &finds);
    }
    skip(result, "laws and standards are not part of a submission");
    return LACUNA_OK;
}

/* ---- the query ------------------------------------------------------------------------------ */

static uint32_t count_unread(const lac_filed_set *filed)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < filed->document_count; i++) {
        count += filed->documents[i].unread != NULL ? 1 : 0;
    }
    return count;
}

/* Studies first, since they tell which document a section is of; pages last. */
static lacuna_status resolve_all(resolver *r)
{
    lacuna_status status = LACUNA_OK;
    for (int pass = 0; pass < 3; pass++) {
        for (uint32_t i = 0; i < r->query->cite_count && status == LACUNA_OK; i++) {
            lac_resolved_cite *result = &r->results[i];
            bool study = strcmp(result->cite->kind, "study") == 0;
            bool page = strcmp(result->cite->kind, "page") == 0;
            if (pass == 0 && study) {
                status = resolve_study(result, r);
            } else if (pass == 1 && !study && !page) {
                status = resolve(result, r);
            } else if (pass == 2 && page) {
                status = resolve_page(result, r);
            }
        }
    }
    return status;
}

lacuna_status lac_resolve_cites(const lac_resolved_cite **out, lac_arena *arena,
                                const lac_letter_query *query, const lac_filed_set *filed,
                                lacuna_error *err)
{
    resolver r = {.arena = arena,
                  .query = query,
                  .context = {.filed = filed},
                  .unread = count_unread(filed),
                  .err = err};
    *out = NULL;
    r.results = lac_arena_array(arena, (size_t)query->cite_count + 1, sizeof *r.results);
    r.meant = calloc((size_t)filed->document_count + 1, sizeof *r.meant);
    if (r.results == NULL || r.meant == NULL) {
        free(r.meant);
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < query->cite_count; i++) {
        r.results[i] = (lac_resolved_cite){.cite = &query->cites[i], .reason = ""};
    }
    lacuna_status status = resolve_all(&r);
    free(r.meant);
    *out = r.results;
    return status;
}
