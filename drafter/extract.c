#include "drafter/extract.h"

#include "analyzer/search.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>

enum {
    BLOCKS_MAX = 512,
    PASSAGES_MAX = 6, /* of one source: more is reading, not drafting */
    TEXT_MAX = 1 << 20,
    COMMENT_PARAGRAPHS_MAX = 16,
};

typedef struct extracting {
    lac_arena *arena;
    lac_plan *plan;
    const lac_plan_step *step;
    lac_draft_block *blocks;
    uint32_t block_count;
    bool *held; /* per fact of the item: some source holds it */
    lacuna_error *err;
} extracting;

/* ---- blocks --------------------------------------------------------------------------------- */

static lacuna_status add_block(extracting *e, lac_draft_kind kind, lac_span text)
{
    if (e->block_count == BLOCKS_MAX) {
        return LACUNA_OK; /* the rest is in the sources, which are named */
    }
    const char *copy = lac_arena_copy(e->arena, text);
    if (copy == NULL) {
        return lac_fail_nomem(e->err);
    }
    e->blocks[e->block_count++] =
        (lac_draft_block){.kind = kind, .text = lac_span_make(copy, text.len)};
    return LACUNA_OK;
}

static lacuna_status add_formatted(extracting *e, lac_draft_kind kind, lac_buf *text)
{
    lacuna_status status = add_block(e, kind, lac_buf_span(text));
    lac_buf_clear(text);
    return status;
}

/* ---- passages ------------------------------------------------------------------------------- */

/* "[source: csr.docx, 9.4 Blinding, line 120]" */
static lacuna_status write_citation(lac_buf *out, extracting *e, const lac_plan_source *source,
                                    uint32_t start)
{
    const lac_source_document *of = &e->plan->documents[source->document];
    const char *label = lac_plan_label(e->plan, source);
    if (label == NULL) {
        return LACUNA_E_NOMEM;
    }
    return lac_buf_printf(out, " [source: %s, %s, line %u]", of->path, label,
                          lac_document_line(of->document, start));
}

static lacuna_status add_passage(extracting *e, const lac_plan_source *source, uint32_t start,
                                 uint32_t end)
{
    lac_buf text;
    const lac_document *document = e->plan->documents[source->document].document;
    lac_buf_init(&text, TEXT_MAX);
    lacuna_status status = lac_buf_append_span(&text, lac_document_slice(document, start, end));
    if (status == LACUNA_OK) {
        status = write_citation(&text, e, source, start);
    }
    status =
        status == LACUNA_OK ? add_formatted(e, LAC_DRAFT_PARAGRAPH, &text) : lac_fail_nomem(e->err);
    lac_buf_free(&text);
    return status;
}

/* Marks the facts that stand in [start, end); true where there is any. */
static lacuna_status mark_facts(bool *any, extracting *e, const lac_reading *reading,
                                uint32_t start, uint32_t end)
{
    const lac_expectation *expect = &e->step->gap->item->expect;
    *any = false;
    for (uint32_t i = 0; i < expect->fact_count; i++) {
        bool found;
        lac_match match;
        lac_scope scope = {.from = start, .to = end, .located = false};
        lacuna_status status =
            lac_search_fact(&found, &match, &expect->facts[i], reading, scope, e->err);
        if (status != LACUNA_OK) {
            return status;
        }
        e->held[i] = e->held[i] || found;
        *any = *any || found;
    }
    return LACUNA_OK;
}

/* Paragraphs of a source that hold a fact of the item; a table is taken whole. */
static lacuna_status add_source(extracting *e, const lac_plan_source *source)
{
    lac_reading *reading;
    const lac_document *document = e->plan->documents[source->document].document;
    uint32_t taken = 0;
    bool any;
    lacuna_status status = lac_reading_new(&reading, document, e->err);
    if (status != LACUNA_OK) {
        return status;
    }
    if (source->table != LAC_NONE) {
        status = mark_facts(&any, e, reading, source->start, source->end);
        if (status == LACUNA_OK && any) {
            status = add_passage(e, source, source->start, source->end);
        }
        lac_reading_free(reading);
        return status;
    }
    uint32_t at = lac_document_block_at(document, source->start);
    for (; at != LAC_NONE && at < document->block_count && status == LACUNA_OK &&
           document->blocks[at].start < source->end && taken < PASSAGES_MAX;
         at++) {
        const lac_block *block = &document->blocks[at];
        if (block->start < source->start || block->level > 0 || block->table != LAC_NONE) {
            continue;
        }
        status = mark_facts(&any, e, reading, block->start, block->start + block->length);
        if (status == LACUNA_OK && any) {
            status = add_passage(e, source, block->start, block->start + block->length);
            taken++;
        }
    }
    lac_reading_free(reading);
    return status;
}

/* ---- the gap -------------------------------------------------------------------------------- */

static lacuna_status add_heading(extracting *e)
{
    if (e->step->target.level == 0) {
        return LACUNA_OK;
    }
    lacuna_status status = add_block(e, LAC_DRAFT_HEADING, lac_span_of(e->step->gap->item->title));
    if (status == LACUNA_OK) {
        e->blocks[e->block_count - 1].level = e->step->target.level;
    }
    return status;
}

static lacuna_status add_needed(extracting *e, uint32_t *needed)
{
    lac_buf text;
    const lac_item *item = e->step->gap->item;
    lacuna_status status = LACUNA_OK;
    lac_buf_init(&text, TEXT_MAX);
    for (uint32_t i = 0; i < item->expect.fact_count && status == LACUNA_OK; i++) {
        if (!e->held[i]) {
            status = lac_buf_printf(&text, "[DATA NEEDED: %s]", item->expect.facts[i].name);
            status = status == LACUNA_OK ? add_formatted(e, LAC_DRAFT_PARAGRAPH, &text)
                                         : lac_fail_nomem(e->err);
            (*needed)++;
        }
    }
    if (status == LACUNA_OK && item->expect.fact_count == 0) {
        status = lac_buf_printf(&text, "[DATA NEEDED: %s]", item->requirement);
        status = status == LACUNA_OK ? add_formatted(e, LAC_DRAFT_PARAGRAPH, &text)
                                     : lac_fail_nomem(e->err);
        (*needed)++;
    }
    lac_buf_free(&text);
    return status;
}

lacuna_status lac_extract(lac_draft_gap *gap, uint32_t *needed, lac_arena *arena, lac_plan *plan,
                          const lac_plan_step *step, lacuna_error *err)
{
    const lac_item *item = step->gap->item;
    extracting e = {.arena = arena, .plan = plan, .step = step, .err = err};
    *needed = 0;
    e.blocks = lac_arena_array(arena, BLOCKS_MAX, sizeof *e.blocks);
    e.held = lac_arena_array(arena, (size_t)item->expect.fact_count + 1, sizeof *e.held);
    if (e.blocks == NULL || e.held == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = add_heading(&e);
    for (uint32_t i = 0; i < step->source_count && status == LACUNA_OK; i++) {
        status = add_source(&e, &step->sources[i]);
    }
    if (status == LACUNA_OK) {
        status = add_needed(&e, needed);
    }
    *gap = (lac_draft_gap){.item = lac_span_of(item->id),
                           .place = step->target.place,
                           .blocks = e.blocks,
                           .block_count = e.block_count};
    return status == LACUNA_OK
               ? lac_extract_comment(gap, arena, plan, step, "assembled from the sources", err)
               : status;
}

/* ---- the comment ---------------------------------------------------------------------------- */

static lacuna_status add_line(lac_span *lines, uint32_t *count, lac_arena *arena, lac_buf *text,
                              lacuna_status written)
{
    const char *copy = written == LACUNA_OK ? lac_arena_copy(arena, lac_buf_span(text)) : NULL;
    if (copy == NULL) {
        return LACUNA_E_NOMEM;
    }
    lines[(*count)++] = lac_span_make(copy, text->len);
    lac_buf_clear(text);
    return LACUNA_OK;
}

lacuna_status lac_extract_comment(lac_draft_gap *gap, lac_arena *arena, lac_plan *plan,
                                  const lac_plan_step *step, const char *by, lacuna_error *err)
{
    lac_buf text;
    uint32_t count = 0;
    const lac_item *item = step->gap->item;
    lac_span *lines = lac_arena_array(arena, COMMENT_PARAGRAPHS_MAX, sizeof *lines);
    if (lines == NULL) {
        return lac_fail_nomem(err);
    }
    lac_buf_init(&text, TEXT_MAX);
    lacuna_status status = add_line(
        lines, &count, arena, &text,
        lac_buf_printf(&text, "DRAFT, %s. A person has to review it before it is used.", by));
    if (status == LACUNA_OK) {
        status = add_line(lines, &count, arena, &text,
                          lac_buf_printf(&text, "Required: %s", item->requirement));
    }
    if (status == LACUNA_OK) {
        status =
            add_line(lines, &count, arena, &text,
                     lac_buf_printf(&text, "By: %s [%s/%s]",
                                    item->citation == NULL ? "no source named" : item->citation,
                                    step->checklist->id, item->id));
    }
    for (uint32_t i = 0; i < step->source_count && status == LACUNA_OK; i++) {
        const lac_plan_source *source = &step->sources[i];
        const char *label = lac_plan_label(plan, source);
        status = label == NULL
                     ? LACUNA_E_NOMEM
                     : add_line(lines, &count, arena, &text,
                                lac_buf_printf(&text, "Source: %s, %s",
                                               plan->documents[source->document].path, label));
    }
    lac_buf_free(&text);
    gap->comment = lines;
    gap->comment_count = count;
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(err);
}
