/* The commitments of a response, and the tracker of its letter with what the plan knows. */
#include "writers/letter.h"
#include "writers/response.h"

#include "support/error.h"
#include "writers/sheet_csv.h"

enum { CELL_MAX = 1 << 16 };

/* ---- commitments ---------------------------------------------------------------------------- */

static lacuna_status add_row(lac_sheets *sheets, uint32_t row, const char *const cells[4],
                             lacuna_error *err)
{
    lacuna_status status = lac_sheet_row(sheets, row, err);
    for (uint32_t i = 0; i < 4 && status == LACUNA_OK; i++) {
        status = lac_sheet_add(sheets, i, LAC_CELL_TEXT, lac_span_of(cells[i]), err);
    }
    return status;
}

lacuna_status lac_csv_commitments(const lac_response_plan *plan, lacuna_write_fn write, void *user,
                                  lacuna_error *err)
{
    static const char *const columns[4] = LAC_COMMITMENT_COLUMNS;
    lac_sheets sheets;
    uint32_t row = 1;
    lac_sheets_init(&sheets);
    lacuna_status status = lac_sheet_begin(&sheets, lac_span_of("Commitments"), err);
    if (status == LACUNA_OK) {
        status = add_row(&sheets, row, columns, err);
    }
    for (uint32_t i = 0; i < plan->step_count; i++) {
        const lac_response_step *step = &plan->steps[i];
        for (uint32_t c = 0; c < step->commitment_count && status == LACUNA_OK; c++) {
            const lac_response_commitment *one = &step->commitments[c];
            const char *const cells[4] = {step->query->id, one->text, one->owner, one->date};
            status = add_row(&sheets, ++row, cells, err);
        }
    }
    if (status == LACUNA_OK) {
        status = lac_csv_sheets(&sheets, write, user, err);
    }
    lac_sheets_free(&sheets);
    return status;
}

/* ---- the tracker ---------------------------------------------------------------------------- */

/* What is open in an answer. */
static const char *state_of(const lac_response_report *report, const lac_response_step *step)
{
    if (report->plan->letter->incomplete) {
        return "Letter incomplete";
    }
    return step->short_answer[0] == '\0' || step->changes[0] == '\0' ? "Open" : "Drafted";
}

static const char *join(lac_arena *arena, const lac_response_step *step, bool leaves)
{
    lac_buf text;
    lacuna_status status = LACUNA_OK;
    uint32_t count = leaves ? step->update_count : step->commitment_count;
    lac_buf_init(&text, CELL_MAX * LAC_RESPONSE_ROWS_MAX);
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        const char *word = leaves ? step->updates[i].leaf : step->commitments[i].text;
        status = lac_buf_printf(&text, "%s%s", i > 0 ? "; " : "", word);
    }
    const char *copy = status == LACUNA_OK ? lac_arena_copy(arena, lac_buf_span(&text)) : NULL;
    lac_buf_free(&text);
    return copy;
}

static lacuna_status fill(lac_letter_answer *answers, lac_letter_answer *duties, lac_arena *arena,
                          const lac_response_report *report, lacuna_error *err)
{
    const lac_response_plan *plan = report->plan;
    for (uint32_t i = 0; i < plan->step_count; i++) {
        const lac_response_step *step = &plan->steps[i];
        answers[i] = (lac_letter_answer){.owner = step->owner,
                                         .state = state_of(report, step),
                                         .leaf = join(arena, step, true),
                                         .commitment = join(arena, step, false),
                                         .sequence = lac_response_value_of(plan, "sequence")};
        if (answers[i].leaf == NULL || answers[i].commitment == NULL) {
            return lac_fail_nomem(err);
        }
    }
    for (uint32_t i = 0; i < plan->duty_count; i++) {
        const lac_response_duty *one = &plan->duties[i];
        bool done = one->done_by[0] != '\0' && one->done_on[0] != '\0';
        duties[i] = (lac_letter_answer){one->done_by, done ? "Done" : "Open", "", "", ""};
    }
    return LACUNA_OK;
}

lacuna_status lac_response_tracker(const lac_response_report *report, bool workbook,
                                   lacuna_write_fn write, void *user, lacuna_error *err)
{
    const lac_response_plan *plan = report->plan;
    lac_arena arena;
    lac_arena_init(&arena);
    lac_letter_answer *answers =
        lac_arena_array(&arena, (size_t)plan->step_count + 1, sizeof *answers);
    lac_letter_answer *duties =
        lac_arena_array(&arena, (size_t)plan->duty_count + 1, sizeof *duties);
    lacuna_status status = answers == NULL || duties == NULL
                               ? lac_fail_nomem(err)
                               : fill(answers, duties, &arena, report, err);
    if (status == LACUNA_OK) {
        const lac_letter_report letter = {.letter = plan->letter,
                                          .path = plan->letter_path,
                                          .as_of = plan->as_of,
                                          .answers = answers,
                                          .duties = duties};
        status = workbook ? lac_xlsx_letter(&letter, write, user, err)
                          : lac_csv_letter(&letter, write, user, err);
    }
    lac_arena_free(&arena);
    return status;
}
