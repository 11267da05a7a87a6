/*
 * letter.h - an agency's letter for people, programs and spreadsheets.
 *
 * Text: letter, clocks, queries one by one, duties. JSON: checklists/schema/letter-1.json. CSV and
 * XLSX: the tracker, one row a query, with empty columns for what only the team knows.
 */
#ifndef LAC_WRITERS_LETTER_H
#define LAC_WRITERS_LETTER_H

#include "analyzer/letter/resolve.h"
#include "writers/json/emit.h"
#include "writers/text/page.h"

/* What the team knows of a query or a duty; texts are "" where they are open. */
typedef struct lac_letter_answer {
    const char *owner, *state, *leaf, *commitment, *sequence;
} lac_letter_answer;

typedef struct lac_letter_report {
    const lac_letter *letter;
    const char *path;
    const char *as_of; /* "YYYY-MM-DD" */
    /* Where the cites of each query lead; NULL: nothing was given to look in. */
    const lac_resolved_cite *const *resolved;
    const lac_filed_set *filed;
    const lac_letter_answer *answers; /* of each query; NULL: the columns stay empty */
    const lac_letter_answer *duties;  /* of each duty, letter after letter; NULL likewise */
} lac_letter_report;

lacuna_status lac_json_letter(const lac_letter_report *report, lacuna_write_fn write, void *user,
                              lacuna_error *err);
lacuna_status lac_text_letter(const lac_letter_report *report, const lac_text_style *style,
                              lacuna_write_fn write, void *user, lacuna_error *err);
lacuna_status lac_csv_letter(const lac_letter_report *report, lacuna_write_fn write, void *user,
                             lacuna_error *err);
lacuna_status lac_xlsx_letter(const lac_letter_report *report, lacuna_write_fn write, void *user,
                              lacuna_error *err);

/* "resolved": the cites of a query, with leaf, section, quote and anchor; nothing where nothing was
 * given to look in. */
void lac_json_resolved(lac_json *json, const lac_letter_report *report, uint32_t query);

/* The same as lines of the text report. */
void lac_text_resolved(lac_page *page, const lac_letter_report *report, uint32_t query);

/* Days from as_of to the date; negative: past. False: either is no date. */
bool lac_letter_days_left(int32_t *days, const char *as_of, const char *date);

/* "yes", "no", "unknown". */
const char *lac_approvability_name(lac_approvability approvability);

#endif
