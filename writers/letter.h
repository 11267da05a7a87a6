/*
 * letter.h - an agency's letter for people, programs and spreadsheets.
 *
 * Text: letter, clocks, queries one by one, duties. JSON: checklists/schema/letter-1.json. CSV and
 * XLSX: the tracker, one row a query, with empty columns for what only the team knows.
 */
#ifndef LAC_WRITERS_LETTER_H
#define LAC_WRITERS_LETTER_H

#include "analyzer/letter/letter.h"
#include "writers/text/page.h"

typedef struct lac_letter_report {
    const lac_letter *letter;
    const char *path;
    const char *as_of; /* "YYYY-MM-DD" */
} lac_letter_report;

lacuna_status lac_json_letter(const lac_letter_report *report, lacuna_write_fn write, void *user,
                              lacuna_error *err);
lacuna_status lac_text_letter(const lac_letter_report *report, const lac_text_style *style,
                              lacuna_write_fn write, void *user, lacuna_error *err);
lacuna_status lac_csv_letter(const lac_letter_report *report, lacuna_write_fn write, void *user,
                             lacuna_error *err);
lacuna_status lac_xlsx_letter(const lac_letter_report *report, lacuna_write_fn write, void *user,
                              lacuna_error *err);

/* Days from as_of to the date; negative: past. False: either is no date. */
bool lac_letter_days_left(int32_t *days, const char *as_of, const char *date);

/* "yes", "no", "unknown". */
const char *lac_approvability_name(lac_approvability approvability);

#endif
