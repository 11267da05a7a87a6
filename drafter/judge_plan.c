#include "drafter/judge_state.h"
#include "support/error.h"

#include <stdlib.h>

enum {
    PIECE_BYTES = 300 * 1024, /* of a document without a section for the item */
    OUTPUT_TOKENS = 4000,
    MOST = 1 << 24,
};

/* ---- planning: parts ------------------------------------------------------------------------ */

static lacuna_status add_piece(uint32_t *index, lac_judging *j, const lac_document *document,
                               uint32_t first, uint32_t end, lacuna_error *err)
{
    for (size_t i = j->piece_count; i > 0 && j->pieces[i - 1].document == document; i--) {
        if (j->pieces[i - 1].first_section == first && j->pieces[i - 1].end_section == end) {
            *index = (uint32_t)(i - 1);
            return LACUNA_OK;
        }
    }
    if (lac_grow((void **)&j->pieces, &j->piece_capacity, j->piece_count + 1, sizeof *j->pieces,
                 MOST) != LACUNA_OK) {
        return lac_fail_nomem(err);
    }
    lac_veil *veil;
    lacuna_status status = lac_judge_veil(&veil, &j->veils, document, err);
    if (status == LACUNA_OK) {
        status = lac_judge_piece_make(&j->pieces[j->piece_count], document, veil, first, end, err);
    }
    if (status == LACUNA_OK) {
        *index = (uint32_t)j->piece_count++;
    }
    return status;
}

static lacuna_status add_question(lac_judging *j, lac_item_result *item,
                                  const lac_checklist *checklist, lac_arena *arena, uint32_t piece,
                                  lacuna_error *err)
{
    if (j->pieces[piece].passage_count == 0) {
        return LACUNA_OK;
    }
    if (lac_grow((void **)&j->questions, &j->question_capacity, j->question_count + 1,
                 sizeof *j->questions, MOST) != LACUNA_OK) {
        return lac_fail_nomem(err);
    }
    j->questions[j->question_count++] = (lac_question){.item = item,
                                                       .checklist = checklist,
                                                       .arena = arena,
                                                       .piece = piece,
                                                       .order = j->counts->items};
    return LACUNA_OK;
}

/* The end of the part that begins with top-level section `top`: as many whole sections as fit. */
static uint32_t part_end(const lac_document *document, uint32_t top)
{
    uint32_t start = document->sections[top].start;
    uint32_t end = lac_judge_behind(document, top);
    while (end < document->section_count) {
        uint32_t next = lac_judge_behind(document, end);
        uint32_t stop = next < document->section_count ? document->sections[next].start
                                                       : document->reference_length;
        if (stop - start > PIECE_BYTES) {
            break;
        }
        end = next;
    }
    return end;
}

static bool is_asked(const lac_judging *j, const lac_item_result *item)
{
    bool marked = item->item->decider == LAC_DECIDER_MODEL || j->settings->all;
    return marked && item->item->strength != LAC_STRENGTH_STRUCTURAL &&
           item->status != LAC_NOT_APPLICABLE && item->status != LAC_WAIVED;
}

/* The top-level section the rules placed the item in; LAC_NONE: nowhere. */
static uint32_t place_of(const lac_document *document, const lac_item_result *item)
{
    uint32_t section = LAC_NONE;
    if (item->evidence_count > 0 && item->evidence[0].anchor.block != LAC_NONE) {
        section = item->evidence[0].anchor.section;
    } else if (item->status == LAC_PARTIAL && item->nearest_count > 0) {
        section = item->nearest[0].section;
    }
    return section < document->section_count ? lac_judge_top(document, section) : LAC_NONE;
}

static lacuna_status plan_item(lac_judging *j, lac_document_result *result, lac_item_result *item,
                               const lac_checklist *checklist, lacuna_error *err)
{
    const lac_document *document = result->document;
    uint32_t place = place_of(document, item), piece;
    lacuna_status status = LACUNA_OK;
    if (place != LAC_NONE) {
        status = add_piece(&piece, j, document, place, lac_judge_behind(document, place), err);
        return status == LACUNA_OK ? add_question(j, item, checklist, &result->arena, piece, err)
                                   : status;
    }
    for (uint32_t top = 0; top < document->section_count && status == LACUNA_OK;) {
        uint32_t end = part_end(document, top);
        status = add_piece(&piece, j, document, top, end, err);
        if (status == LACUNA_OK) {
            status = add_question(j, item, checklist, &result->arena, piece, err);
        }
        top = end;
    }
    return status;
}

static lacuna_status plan_document(lac_judging *j, lac_document_result *result, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    if (result->document == NULL || result->document->block_count == 0) {
        return LACUNA_OK;
    }
    for (uint32_t c = 0; c < result->checklist_count; c++) {
        lac_checklist_result *list = &result->checklists[c];
        for (uint32_t i = 0; i < list->item_count && status == LACUNA_OK; i++) {
            if (is_asked(j, &list->items[i])) {
                j->counts->items++;
                status = plan_item(j, result, &list->items[i], list->checklist, err);
            }
        }
    }
    return status;
}

/* By part, so that a part is in the cache when it is needed; then as planned. */
static int compare_by_part(const void *a, const void *b)
{
    const lac_question *x = a, *y = b;
    if (x->piece != y->piece) {
        return x->piece < y->piece ? -1 : 1;
    }
    return (x->order > y->order) - (x->order < y->order);
}

/* ---- planning: keys ------------------------------------------------------------------------- */

static lacuna_status set_key(lac_judging *j, lac_question *q, lacuna_error *err)
{
    lac_buf text;
    lac_buf_init(&text, LAC_JUDGE_INSTRUCTION_MAX);
    lacuna_status status =
        lac_buf_printf(&text, "%s\n%s\n%s\n%s\n%s\n%s", LAC_JUDGE_PROMPT, j->prompt.digest.hex,
                       j->settings->model->name, q->checklist->digest.hex, q->item->item->id,
                       j->pieces[q->piece].digest.hex);
    status =
        status == LACUNA_OK ? lac_sha256(&q->key, lac_buf_span(&text), err) : lac_fail_nomem(err);
    lac_buf_free(&text);
    return status;
}

lacuna_status lac_judging_plan(lac_judging *j, lac_document_result *const *results, uint32_t count,
                               lacuna_error *err)
{
    lacuna_status status = lac_prompt_load(&j->prompt, LAC_JUDGE_PROMPT, err);
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = plan_document(j, results[i], err);
    }
    if (status == LACUNA_OK && j->question_count > 0) {
        qsort(j->questions, j->question_count, sizeof *j->questions, compare_by_part);
    }
    for (size_t i = 0; i < j->question_count && status == LACUNA_OK; i++) {
        status = set_key(j, &j->questions[i], err);
    }
    j->counts->questions = j->question_count;
    return status;
}

/* ---- requests ------------------------------------------------------------------------------- */

lacuna_status lac_judging_instruct(lac_buf *out, const lac_judging *j, const lac_question *q,
                                   lacuna_error *err)
{
    const lac_item *item = q->item->item;
    lac_buf condition;
    lac_buf_init(&condition, LAC_JUDGE_INSTRUCTION_MAX);
    lacuna_status status = LACUNA_OK;
    if (item->condition.kind != LAC_CONDITION_NONE && item->condition.text != NULL) {
        status = lac_buf_printf(&condition, "It is asked where: %s", item->condition.text);
    }
    if (status != LACUNA_OK) {
        lac_buf_free(&condition);
        return lac_fail_nomem(err);
    }
    const lac_prompt_value values[] = {
        {"item", lac_span_of(item->id)},
        {"checklist", lac_span_of(q->checklist->title)},
        {"title", lac_span_of(item->title)},
        {"requirement", lac_span_of(item->requirement)},
        {"satisfied_by",
         lac_span_of(item->satisfied_by == NULL ? item->requirement : item->satisfied_by)},
        {"citation", lac_span_of(item->citation == NULL ? "no source named" : item->citation)},
        {"condition", lac_buf_span(&condition)},
    };
    status = lac_prompt_render(out, j->prompt.instruction, values, sizeof values / sizeof values[0],
                               err);
    lac_buf_free(&condition);
    return status;
}

lacuna_status lac_judging_request(lacuna_request *request, lac_arena *arena, const lac_judging *j,
                                  const lac_question *q, lacuna_error *err)
{
    lac_buf text;
    const lac_judge_text *sent = j->pieces[q->piece].text;
    lac_buf_init(&text, LAC_JUDGE_INSTRUCTION_MAX);
    lacuna_status status = lac_judging_instruct(&text, j, q, err);
    const char *copy = status == LACUNA_OK ? lac_arena_copy(arena, lac_buf_span(&text)) : NULL;
    size_t length = text.len;
    lac_buf_free(&text);
    if (copy == NULL) {
        return status == LACUNA_OK ? lac_fail_nomem(err) : status;
    }
    *request = (lacuna_request){
        .purpose = "judge",
        .prompt_id = LAC_JUDGE_PROMPT,
        .prompt_digest = j->prompt.digest.hex,
        .system = {j->prompt.system.ptr, j->prompt.system.len},
        .sources = sent->sources,
        .source_count = sent->source_count,
        .instruction = {copy, length},
        .output_schema = j->prompt.schema,
        .max_output_tokens = OUTPUT_TOKENS,
    };
    return LACUNA_OK;
}
