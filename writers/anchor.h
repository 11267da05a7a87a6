/*
 * anchor.h - saying where something stands in a document.
 */
#ifndef LAC_WRITERS_ANCHOR_H
#define LAC_WRITERS_ANCHOR_H

#include "analyzer/result.h"
#include "writers/json/emit.h"

enum {
    LAC_HEADING_PATH_MAX = 16,
    LAC_HEADING_LABEL_SIZE = 512, /* longer headings are cut, at a character */
};

/* The headings above a section and its own, outermost first: indexes of sections. Returns how
 * many; section 0 (before the first heading) gives none. */
uint32_t lac_heading_path(uint32_t path[LAC_HEADING_PATH_MAX], const lac_document *document,
                          uint32_t section);

/* A heading as a reader sees it, "6.4.8 Code breaking", NUL-terminated; returns its length. */
size_t lac_heading_label(char *label, size_t size, const lac_section *section);

/* {"application", "file", "heading", "heading_path", "id", "sequence", "title"}: where a document
 * of a submission is filed. */
void lac_json_leaf(lac_json *json, const char *key, const lac_leaf_place *leaf);

/* {"block", "end", "heading_path", "page", "part", "path", "start", "text_line"}; the page where it
 * is known; `document` may be NULL
 * where nothing was read. Lines, starts and ends are those of `lacuna text`. */
void lac_json_anchor(lac_json *json, const char *key, const char *path,
                     const lac_document *document, const lac_anchor *anchor);

#endif
