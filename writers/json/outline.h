/*
 * outline.h - the headings of a document as JSON; checklists/schema/outline-1.json.
 */
#ifndef LAC_JSON_OUTLINE_H
#define LAC_JSON_OUTLINE_H

#include "parsers/document.h"

/* `path` is the name shown for the document. Headings the author made are in "headings"; short
 * bold paragraphs that only look like headings are apart, in "guessed". */
lacuna_status lac_json_outline(const lac_document *document, const char *path,
                               lacuna_write_fn write, void *user, lacuna_error *err);

#endif
