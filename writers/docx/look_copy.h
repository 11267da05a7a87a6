/*
 * look_copy.h - copies the properties of paragraphs and runs that may be used again elsewhere.
 */
#ifndef LAC_WRITERS_DOCX_LOOK_COPY_H
#define LAC_WRITERS_DOCX_LOOK_COPY_H

#include "writers/docx/word_file.h"

typedef enum lac_copy_what {
    LAC_COPY_ALL,       /* of a paragraph, or of its mark */
    LAC_COPY_HEADING,   /* of a heading */
    LAC_COPY_BODY,      /* not what only that paragraph has: list number, page break, tabs ... */
    LAC_COPY_LIST_HEAD, /* of a list item, what stands in front of w:numPr */
    LAC_COPY_LIST_TAIL, /* and behind it */
    LAC_COPY_RUN,       /* of a run of plain text */
    LAC_COPY_HEADING_RUN,
} lac_copy_what;

/* Appends the children of `properties` (w:pPr or w:rPr) that may be copied. */
lacuna_status lac_copy_properties(lac_buf *out, const lac_tokens *tokens, uint32_t properties,
                                  lac_copy_what what);

/* The first run of a paragraph that holds text; LAC_NO_TOKEN. */
uint32_t lac_copy_first_run(const lac_tokens *tokens, uint32_t paragraph);

#endif
