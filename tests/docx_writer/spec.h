/*
 * spec.h - reads a draft from JSON, for the test program.
 *
 * {"author", "initials", "date", "gaps": [{"item", "where": "after-section" | "in-section" |
 * "before-section" | "after-paragraph" | "end", "paragraph": ordinal, "heading": "title" (instead
 * of "paragraph"), "comment": [text], "blocks": [{"kind": "heading" | "paragraph" | "bullet" |
 * "number" | "table", "level", "text", "rows": [[text]], "header_rows"}]}]}
 */
#ifndef LAC_TEST_DOCX_WRITER_SPEC_H
#define LAC_TEST_DOCX_WRITER_SPEC_H

#include "drafter/draft.h"
#include "parsers/document.h"

#include <jansson.h>

/* False, with a sentence in `why`. The document serves to find headings by their titles. */
bool spec_read(lac_draft *draft, const json_t *spec, const lac_document *document,
               const char **why);

#endif
