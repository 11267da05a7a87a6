#include "drafter/respond/lists.h"

#include <stdlib.h>

enum { COLUMNS = 4 };

/* A table that grows by rows; its texts are kept by the caller. */
typedef struct rows {
    lac_span *cells;
    size_t count, cap;
    lac_blocks *out;
} rows;

static void add_row(rows *r, const lac_span cells[COLUMNS])
{
    void *items = r->cells;
    lacuna_status status =
        lac_grow(&items, &r->cap, r->count + COLUMNS, sizeof *r->cells, UINT32_MAX);
    r->cells = items;
    if (status != LACUNA_OK) {
        r->out->status = status;
        return;
    }
    for (size_t i = 0; i < COLUMNS; i++) {
        r->cells[r->count++] = cells[i];
    }
}

static void begin(rows *r, lac_blocks *out, const char *const names[COLUMNS])
{
    lac_span cells[COLUMNS];
    *r = (rows){.out = out};
    for (size_t i = 0; i < COLUMNS; i++) {
        cells[i] = lac_span_of(names[i]);
    }
    add_row(r, cells);
}

/* A table with its header alone is "None." */
static void finish(rows *r)
{
    if (r->count > COLUMNS && r->out->status == LACUNA_OK) {
        lac_blocks_table(r->out, (uint32_t)(r->count / COLUMNS), COLUMNS, r->cells);
    } else {
        lac_blocks_text(r->out, "None.");
    }
    free(r->cells);
}

static lac_span label_of(lac_blocks *out, const lac_response_step *step)
{
    const char *label = lac_response_label(out->arena, step->query);
    if (label == NULL) {
        out->status = LACUNA_E_NOMEM;
    }
    return lac_span_of(label);
}

void lac_response_list_changes(lac_blocks *out, const lac_response_plan *plan)
{
    static const char *const names[COLUMNS] = {"Query", "Leaf", "Section", "Operation"};
    rows r;
    begin(&r, out, names);
    for (uint32_t i = 0; i < plan->step_count; i++) {
        const lac_response_step *step = &plan->steps[i];
        for (uint32_t u = 0; u < step->update_count; u++) {
            const lac_response_update *update = &step->updates[u];
            const lac_span cells[COLUMNS] = {
                label_of(out, step), lac_blocks_value(out, update->leaf, "the leaf"),
                lac_span_of(update->section),
                lac_blocks_value(out, update->operation, "new, replace, append or delete")};
            add_row(&r, cells);
        }
    }
    finish(&r);
}

void lac_response_list_commitments(lac_blocks *out, const lac_response_plan *plan)
{
    static const char *const names[COLUMNS] = {"Query", "Commitment", "Owner", "Date"};
    rows r;
    begin(&r, out, names);
    for (uint32_t i = 0; i < plan->step_count; i++) {
        const lac_response_step *step = &plan->steps[i];
        for (uint32_t c = 0; c < step->commitment_count; c++) {
            const lac_response_commitment *one = &step->commitments[c];
            const lac_span cells[COLUMNS] = {
                label_of(out, step), lac_blocks_value(out, one->text, "the commitment"),
                lac_blocks_value(out, one->owner, "who sees to it"),
                lac_blocks_value(out, one->date, "by when, YYYY-MM-DD")};
            add_row(&r, cells);
        }
    }
    finish(&r);
}

void lac_response_list_attachments(lac_blocks *out, const lac_response_plan *plan)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < plan->step_count; i++) {
        const lac_response_step *step = &plan->steps[i];
        for (uint32_t a = 0; a < step->attachment_count; a++, count++) {
            lac_blocks_add(out, LAC_DRAFT_BULLET, lac_span_of(step->attachments[a]));
        }
    }
    if (count == 0) {
        lac_blocks_text(out, "None.");
    }
}
