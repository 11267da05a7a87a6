/* The tracker of a letter: one row a query, and the duties the letter imposes as a second table. */
#include "writers/letter.h"

#include "support/buf.h"
#include "support/error.h"
#include "support/utf8.h"
#include "writers/sheet_csv.h"
#include "writers/xlsx/workbook.h"

#include <stdio.h>

enum { CELL_MOST = 32000, CELL_BYTES = 1 << 20 }; /* characters a spreadsheet holds, with room */

static const char *const QUERY_COLUMNS[] = {"Letter",        "Application",
                                            "Question ID",   "Discipline",
                                            "Question",      "Type",
                                            "Approvability", "Cited",
                                            "Page",          "Line",
                                            "Owner",         "Reviewers",
                                            "FDA due date",  "Internal due date",
                                            "State",         "Answer leaf",
                                            "Commitment",    "Sequence sent"};
static const char *const DUTY_COLUMNS[] = {"Letter", "Duty", "Citation", "Line", "Owner", "State"};
static const double WIDTHS[] = {16, 16, 26, 16, 80, 12, 13, 30, 7, 7, 14};

typedef struct tracker {
    lac_sheets sheets;
    const lac_letter_report *report;
    lac_buf cell;
    lacuna_status status;
    lacuna_error *err;
    uint32_t row, column;
} tracker;

bool lac_letter_days_left(int32_t *days, const char *as_of, const char *date)
{
    int value[2];
    const char *texts[2] = {as_of, date};
    for (int i = 0; i < 2; i++) {
        unsigned year, month, day;
        if (strlen(texts[i]) != 10 || sscanf(texts[i], "%4u-%2u-%2u", &year, &month, &day) != 3) {
            return false;
        }
        /* Days from 1 March of year 0: months then have a regular pattern. */
        unsigned y = month <= 2 ? year - 1 : year, m = month <= 2 ? month + 9 : month - 3;
        value[i] = (int)(365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day);
    }
    *days = value[1] - value[0];
    return true;
}

const char *lac_approvability_name(lac_approvability approvability)
{
    static const char *const names[] = {"yes", "no", "unknown"};
    return names[approvability];
}

static void add(tracker *t, lac_span text)
{
    if (t->status == LACUNA_OK) {
        lac_span cut = lac_utf8_prefix(text, CELL_MOST);
        t->status = lac_sheet_add(&t->sheets, t->column, LAC_CELL_TEXT, cut, t->err);
    }
    t->column++;
}

static void add_text(tracker *t, const char *text)
{
    add(t, lac_span_of(text));
}

static void add_number(tracker *t, uint32_t number)
{
    char digits[16];
    (void)snprintf(digits, sizeof digits, "%u", number);
    add_text(t, number == 0 ? "" : digits);
}

static void begin_row(tracker *t)
{
    if (t->status == LACUNA_OK) {
        t->status = lac_sheet_row(&t->sheets, ++t->row, t->err);
    }
    t->column = 0;
}

static void begin_sheet(tracker *t, const char *name, const char *const *columns, size_t count)
{
    if (t->status == LACUNA_OK) {
        t->status = lac_sheet_begin(&t->sheets, lac_span_of(name), t->err);
    }
    t->row = 0;
    begin_row(t);
    for (size_t i = 0; i < count; i++) {
        add_text(t, columns[i]);
    }
}

static void begin_list(tracker *t)
{
    lac_buf_clear(&t->cell);
}

static void list(tracker *t, const char *text, const char *between)
{
    lacuna_status status = t->cell.len > 0 ? lac_buf_append_text(&t->cell, between) : LACUNA_OK;
    if (status == LACUNA_OK) {
        status = lac_buf_append_text(&t->cell, text);
    }
    if (status != LACUNA_OK && t->status == LACUNA_OK) {
        t->status = lac_fail_nomem(t->err);
    }
}

static void add_letter(tracker *t, uint32_t index)
{
    const lac_letter_head *head = &t->report->letter->letters[index];
    begin_list(t);
    list(t, head->kind, "");
    list(t, head->date, head->date[0] == '\0' ? "" : " ");
    add(t, lac_buf_span(&t->cell));
}

static void add_applications(tracker *t, uint32_t index)
{
    const lac_letter_head *head = &t->report->letter->letters[index];
    begin_list(t);
    for (uint32_t i = 0; i < head->application_count; i++) {
        list(t, head->applications[i], ", ");
    }
    add(t, lac_buf_span(&t->cell));
}

/* What is open says so. */
static void add_state(tracker *t, const lac_letter_answer *answer)
{
    add_text(t, answer == NULL || answer->state[0] == '\0' ? "Open" : answer->state);
}

static void add_query(tracker *t, uint32_t index)
{
    static const lac_letter_answer none = {"", "", "", "", ""};
    const lac_letter_query *query = &t->report->letter->queries[index];
    const lac_letter_answer *answer =
        t->report->answers == NULL ? &none : &t->report->answers[index];
    const lac_letter_due *due = lac_letter_response_due(&t->report->letter->letters[query->letter]);
    begin_row(t);
    add_letter(t, query->letter);
    add_applications(t, query->letter);
    add_text(t, query->id);
    add_text(t, query->discipline);
    add_text(t, query->text);
    add_text(t, query->type);
    add_text(t, lac_approvability_name(query->approvability));
    begin_list(t);
    for (uint32_t i = 0; i < query->cite_count; i++) {
        list(t, query->cites[i].text, "; ");
    }
    add(t, lac_buf_span(&t->cell));
    add_number(t, query->range.page);
    add_number(t, query->range.first);
    add_text(t, answer->owner);
    add_text(t, "");
    add_text(t, due == NULL ? "" : due->date);
    add_text(t, "");
    add_state(t, answer);
    add_text(t, answer->leaf);
    add_text(t, answer->commitment);
    add_text(t, answer->sequence);
}

/* `first` counts the duties of the letters before. */
static void add_duties(tracker *t, uint32_t index, uint32_t first)
{
    const lac_letter_head *head = &t->report->letter->letters[index];
    for (uint32_t i = 0; i < head->duty_count; i++) {
        const lac_letter_answer *answer =
            t->report->duties == NULL ? NULL : &t->report->duties[first + i];
        begin_row(t);
        add_letter(t, index);
        add_text(t, head->duties[i].text);
        add_text(t, head->duties[i].citation);
        add_number(t, head->duties[i].range.first);
        add_text(t, answer == NULL ? "" : answer->owner);
        add_state(t, answer);
    }
}

static lacuna_status make(tracker *t)
{
    const lac_letter *letter = t->report->letter;
    begin_sheet(t, "Questions", QUERY_COLUMNS, sizeof QUERY_COLUMNS / sizeof QUERY_COLUMNS[0]);
    for (uint32_t i = 0; i < letter->query_count; i++) {
        add_query(t, i);
    }
    begin_sheet(t, "Duties", DUTY_COLUMNS, sizeof DUTY_COLUMNS / sizeof DUTY_COLUMNS[0]);
    for (uint32_t i = 0, first = 0; i < letter->letter_count; i++) {
        add_duties(t, i, first);
        first += letter->letters[i].duty_count;
    }
    return t->status;
}

static lacuna_status write_tracker(const lac_letter_report *report, bool workbook,
                                   lacuna_write_fn write, void *user, lacuna_error *err)
{
    static const lac_xlsx_form form = {.title = "Letter tracker",
                                       .widths = WIDTHS,
                                       .width_count = sizeof WIDTHS / sizeof WIDTHS[0]};
    tracker t = {.report = report, .err = err};
    lac_sheets_init(&t.sheets);
    lac_buf_init(&t.cell, CELL_BYTES);
    lacuna_status status = make(&t);
    if (status == LACUNA_OK) {
        status = workbook ? lac_xlsx_tables(&t.sheets, &form, write, user, err)
                          : lac_csv_sheets(&t.sheets, write, user, err);
    }
    lac_buf_free(&t.cell);
    lac_sheets_free(&t.sheets);
    return status;
}

lacuna_status lac_csv_letter(const lac_letter_report *report, lacuna_write_fn write, void *user,
                             lacuna_error *err)
{
    return write_tracker(report, false, write, user, err);
}

lacuna_status lac_xlsx_letter(const lac_letter_report *report, lacuna_write_fn write, void *user,
                              lacuna_error *err)
{
    return write_tracker(report, true, write, user, err);
}
