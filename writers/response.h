/*
 * response.h - a response to an agency as files: Word documents, Markdown, lists for spreadsheets.
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

/* A document with the blocks behind what is in it already. `date` is UTC, "2026-01-31T00:00:00Z".
 */
typedef struct lac_response_page {
    const lac_response_part *parts;
    uint32_t part_count;
    lac_span base; /* bytes of the Word document that is written into */
    const char *base_name;
    const char *date;
    const lac_limits *limits;
} lac_response_page;

lacuna_status lac_docx_response(const lac_response_page *page, lacuna_write_fn write, void *user,
                                lacuna_error *err);
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
