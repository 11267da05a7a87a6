/*
 * response.h - a response to an agency as files: Markdown, and lists for spreadsheets. Word
 * documents: response_word.h.
 *
 * Purpose: everything is rendered from the response and its plan. Same plan, same bytes.
 */
#ifndef LAC_WRITERS_RESPONSE_H
#define LAC_WRITERS_RESPONSE_H

#include "drafter/respond/response.h"
#include "support/limits.h"
#include "writers/output.h"

typedef struct lac_response_report {
    const lac_response_plan *plan;
    const lac_response *response;
} lac_response_report;

lacuna_status lac_markdown_response(const lac_response_report *report, lacuna_write_fn write,
                                    void *user, lacuna_error *err);

/* Columns of the commitments list, in this order. */
#define LAC_COMMITMENT_COLUMNS                       \
    {                                                \
        "Question ID", "Commitment", "Owner", "Date" \
    }
lacuna_status lac_csv_commitments(const lac_response_plan *plan, lacuna_write_fn write, void *user,
                                  lacuna_error *err);
/* The tracker of the letter with what the plan knows. */
lacuna_status lac_response_tracker(const lac_response_report *report, bool workbook,
                                   lacuna_write_fn write, void *user, lacuna_error *err);

#endif
