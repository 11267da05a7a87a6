/*
 * response_word.h - blocks of a response written into a Word document.
 *
 * Purpose: into a plain document, behind what is in it; or into a house template, whose places get
 *   values and blocks (writers/docx/fill.h). Same document, same blocks: same bytes.
 */
#ifndef LAC_WRITERS_RESPONSE_WORD_H
#define LAC_WRITERS_RESPONSE_WORD_H

#include "drafter/draft.h"
#include "include/lacuna.h"
#include "support/limits.h"

enum { LAC_RESPONSE_PLACES = 32 };

/* A place of a template, and its text or blocks. */
typedef struct lac_response_text {
    lac_span name, text;
    const lac_draft_block *blocks; /* instead of text, where block_count > 0 */
    uint32_t block_count;
} lac_response_text;

typedef struct lac_response_page {
    const lac_draft_block *blocks;
    uint32_t block_count;
    lac_span base; /* bytes of the Word document that is written into */
    const char *base_name;
    const char *date; /* UTC, "2026-01-31T00:00:00Z" */
    const lac_limits *limits;
    const lac_response_text *texts; /* of a template, at most LAC_RESPONSE_PLACES - 1 */
    uint32_t text_count;
    const char *place; /* of the blocks in a template: "responses" */
} lac_response_page;

/* Behind everything else. */
lacuna_status lac_docx_response(const lac_response_page *page, lacuna_write_fn write, void *user,
                                lacuna_error *err);
/* Into the places of a template; one without a place for the blocks has them behind. */
lacuna_status lac_docx_response_fill(const lac_response_page *page, lacuna_write_fn write,
                                     void *user, lacuna_error *err);

#endif
