#include "drafter/respond/response.h"

#include "drafter/respond/answer.h"
#include "drafter/respond/cover.h"
#include "drafter/respond/lists.h"
#include "support/error.h"

#include <stdlib.h>

enum { TEXT_MAX = 1 << 16 };

const char *lac_response_warning(lac_arena *arena, const lac_letter *letter)
{
    lac_buf text;
    if (!letter->incomplete) {
        return "";
    }
    lac_buf_init(&text, TEXT_MAX);
    lacuna_status status = lac_buf_append_text(
        &text, "INCOMPLETE LETTER. What is missing of it is not answered here: ");
    for (uint32_t i = 0; i < letter->note_count && status == LACUNA_OK; i++) {
        status = lac_buf_printf(&text, "%s%s", i > 0 ? "; " : "", letter->notes[i]);
    }
    const char *copy = status == LACUNA_OK ? lac_arena_copy(arena, lac_buf_span(&text)) : NULL;
    lac_buf_free(&text);
    return copy;
}

/* ---- one answer ----------------------------------------------------------------------------- */

static void add_updates(lac_blocks *out, const lac_response_step *step)
{
    lac_span cells[(LAC_RESPONSE_ROWS_MAX + 1) * 3] = {lac_span_of("Leaf"), lac_span_of("Section"),
                                                       lac_span_of("Operation")};
    uint32_t rows = 1;
    for (uint32_t i = 0; i < step->update_count; i++, rows++) {
        const lac_response_update *update = &step->updates[i];
        cells[rows * 3] = lac_blocks_value(out, update->leaf, "the leaf");
        cells[rows * 3 + 1] = lac_span_of(update->section);
        cells[rows * 3 + 2] =
            lac_blocks_value(out, update->operation, "new, replace, append or delete");
    }
    if (rows == 1) {
        lac_blocks_text(out, "None.");
    } else {
        lac_blocks_table(out, rows, 3, cells);
    }
}

static void add_commitments(lac_blocks *out, const lac_response_step *step)
{
    lac_span cells[(LAC_RESPONSE_ROWS_MAX + 1) * 3] = {lac_span_of("Commitment"),
                                                       lac_span_of("Owner"), lac_span_of("Date")};
    uint32_t rows = 1;
    for (uint32_t i = 0; i < step->commitment_count; i++, rows++) {
        const lac_response_commitment *one = &step->commitments[i];
        cells[rows * 3] = lac_blocks_value(out, one->text, "the commitment");
        cells[rows * 3 + 1] = lac_blocks_value(out, one->owner, "who sees to it");
        cells[rows * 3 + 2] = lac_blocks_value(out, one->date, "by when, YYYY-MM-DD");
    }
    if (rows == 1) {
        lac_blocks_text(out, "None.");
    } else {
        lac_blocks_table(out, rows, 3, cells);
    }
}

static void add_attachments(lac_blocks *out, const lac_response_step *step)
{
    for (uint32_t i = 0; i < step->attachment_count; i++) {
        lac_blocks_add(out, LAC_DRAFT_BULLET, lac_span_of(step->attachments[i]));
    }
    if (step->attachment_count == 0) {
        lac_blocks_text(out, "None.");
    }
}

static void append_all(lac_blocks *out, const lac_blocks *from)
{
    for (size_t i = 0; i < from->count && out->status == LACUNA_OK; i++) {
        const lac_draft_block *block = &from->items[i];
        if (block->kind == LAC_DRAFT_TABLE) {
            lac_blocks_table(out, block->rows, block->columns, block->cells);
        } else {
            lac_blocks_add(out, block->kind, block->text);
        }
    }
    out->needed += from->needed;
}

static lacuna_status add_answer(lac_blocks *out, const lac_response_plan *plan,
                                const lac_response_step *step, lacuna_error *err)
{
    enum { PART = LAC_RESPONSE_LEVEL + 1 };
    lac_blocks brief, detail;
    const char *label = lac_response_label(out->arena, step->query);
    lac_blocks_init(&brief, out->arena);
    lac_blocks_init(&detail, out->arena);
    lacuna_status status =
        label == NULL ? lac_fail_nomem(err) : lac_response_answer(&brief, &detail, plan, step, err);
    if (status == LACUNA_OK) {
        lac_blocks_heading(out, LAC_RESPONSE_LEVEL, label);
        lac_blocks_heading(out, PART, LAC_PART_QUESTION);
        lac_blocks_lines(out, step->query->text);
        lac_blocks_heading(out, PART, LAC_PART_BRIEF);
        append_all(out, &brief);
        lac_blocks_heading(out, PART, LAC_PART_DETAIL);
        append_all(out, &detail);
        lac_blocks_heading(out, PART, LAC_PART_CHANGES);
        if (step->changes[0] == '\0') {
            lac_blocks_need(out, "what was changed, or that nothing was");
        }
        lac_blocks_lines(out, step->changes);
        lac_blocks_heading(out, PART, LAC_PART_UPDATED);
        add_updates(out, step);
        lac_blocks_heading(out, PART, LAC_PART_ATTACHMENTS);
        add_attachments(out, step);
        lac_blocks_heading(out, PART, LAC_PART_COMMITMENTS);
        add_commitments(out, step);
    }
    lac_blocks_free(&brief);
    lac_blocks_free(&detail);
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------ */

/* "Quality" for one discipline, "multiple" where they are filed under several headings. */
static const lac_letter_rule *find_placement(const lac_response_plan *plan,
                                             const lac_letter_rules *rules)
{
    const lac_letter_rule *one = NULL;
    const lac_letter_rule *multiple =
        lac_letter_rule_named(rules, LAC_LETTER_PLACEMENTS, "multiple");
    for (uint32_t i = 0; i < plan->step_count; i++) {
        const lac_letter_rule *rule =
            lac_letter_rule_named(rules, LAC_LETTER_PLACEMENTS, plan->steps[i].query->discipline);
        if (rule == NULL || (one != NULL && strcmp(one->value, rule->value) != 0)) {
            return multiple;
        }
        one = rule;
    }
    return one == NULL ? multiple : one;
}

static lacuna_status take(lac_response_part *part, uint32_t *needed, lac_blocks *blocks,
                          lacuna_error *err)
{
    lac_draft_block *copy = lac_arena_array(blocks->arena, blocks->count + 1, sizeof *copy);
    if (blocks->status != LACUNA_OK || copy == NULL) {
        return lac_fail_nomem(err);
    }
    if (blocks->count > 0) {
        memcpy(copy, blocks->items, blocks->count * sizeof *copy);
    }
    *part = (lac_response_part){copy, (uint32_t)blocks->count};
    *needed += blocks->needed;
    lac_blocks_free(blocks);
    return LACUNA_OK;
}

/* Notices stand in front of everything, also in a template, which has a title of its own. */
static void write_notices(lac_blocks *out, const lac_response *response, const char *warning)
{
    if (response->needed > 0) {
        lac_blocks_text(out, "DRAFT, assembled from the sources. A person has to complete and "
                             "review it before it is used.");
    }
    if (warning[0] != '\0') {
        lac_blocks_text(out, warning);
    }
}

static lacuna_status make_title(lac_response *out, const lac_response_plan *plan, lacuna_error *err)
{
    lac_blocks title;
    uint32_t none = 0;
    const char *warning = lac_response_warning(&out->arena, plan->letter);
    lac_blocks_init(&title, &out->arena);
    if (warning == NULL) {
        return lac_fail_nomem(err);
    }
    write_notices(&title, out, warning);
    lacuna_status status = take(&out->warning, &none, &title, err);
    if (status == LACUNA_OK) {
        lac_blocks_init(&title, &out->arena);
        lac_response_write_title(&title, plan);
        write_notices(&title, out, warning);
        status = take(&out->title, &none, &title, err);
    }
    lac_blocks_free(&title);
    return status;
}

static lacuna_status make_answers(lac_response *out, const lac_response_plan *plan,
                                  lacuna_error *err)
{
    lac_blocks answers;
    lacuna_status status = LACUNA_OK;
    lac_blocks_init(&answers, &out->arena);
    for (uint32_t i = 0; i < plan->step_count && status == LACUNA_OK; i++) {
        status = add_answer(&answers, plan, &plan->steps[i], err);
    }
    if (status == LACUNA_OK) {
        status = take(&out->responses, &out->needed, &answers, err);
    }
    lac_blocks_free(&answers);
    return status;
}

/* What is open in the plan's values is counted once, wherever it is shown. */
static uint32_t open_values(const lac_response_plan *plan)
{
    uint32_t count = 0;
    for (int i = 0; i < LAC_RESPONSE_VALUES; i++) {
        count += plan->values[i].text[0] == '\0' ? 1 : 0;
    }
    return count;
}

typedef void (*list_fn)(lac_blocks *out, const lac_response_plan *plan);

/* They repeat what the answers say, so that nothing of them is counted again. */
static lacuna_status make_list(lac_response_part *part, lac_response *out,
                               const lac_response_plan *plan, list_fn write, lacuna_error *err)
{
    lac_blocks list;
    uint32_t none = 0;
    lac_blocks_init(&list, &out->arena);
    write(&list, plan);
    lacuna_status status = take(part, &none, &list, err);
    lac_blocks_free(&list);
    return status;
}

static lacuna_status make_lists(lac_response *out, const lac_response_plan *plan, lacuna_error *err)
{
    lacuna_status status = make_list(&out->changes, out, plan, lac_response_list_changes, err);
    if (status == LACUNA_OK) {
        status = make_list(&out->commitments, out, plan, lac_response_list_commitments, err);
    }
    return status == LACUNA_OK
               ? make_list(&out->attachments, out, plan, lac_response_list_attachments, err)
               : status;
}

static lacuna_status make_cover(lac_response *out, const lac_response_plan *plan, lacuna_error *err)
{
    uint32_t none = 0;
    lac_blocks cover;
    const char *warning = lac_response_warning(&out->arena, plan->letter);
    lac_blocks_init(&cover, &out->arena);
    if (warning == NULL) {
        return lac_fail_nomem(err);
    }
    lac_response_write_required(&cover, plan);
    write_notices(&cover, out, warning);
    lac_response_write_cover(&cover, plan, out->placement);
    lacuna_status status = take(&out->cover, &none, &cover, err);
    lac_blocks_free(&cover);
    return status;
}

/* Title and cover letter come last: they say whether anything is open. */
lacuna_status lac_response_make(lac_response *out, const lac_response_plan *plan,
                                const lac_letter_rules *rules, lacuna_error *err)
{
    *out = (lac_response){.needed = 0};
    lac_arena_init(&out->arena);
    out->placement = find_placement(plan, rules);
    out->cover_placement = lac_letter_rule_named(rules, LAC_LETTER_PLACEMENTS, "cover-letter");
    if (out->placement == NULL || out->cover_placement == NULL) {
        return lac_fail(err, LACUNA_E_FORMAT, "agency letters: no rule placements/multiple");
    }
    lacuna_status status = make_answers(out, plan, err);
    out->needed += open_values(plan);
    if (status == LACUNA_OK) {
        status = make_lists(out, plan, err);
    }
    if (status == LACUNA_OK) {
        status = make_title(out, plan, err);
    }
    return status == LACUNA_OK ? make_cover(out, plan, err) : status;
}

void lac_response_free(lac_response *response)
{
    lac_arena_free(&response->arena);
}
