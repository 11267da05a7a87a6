/*
 * tagging.h - one study tagging file.
 *
 * Purpose: ectd:study of ich-stf-v2-2: study-identifier, then doc-contents, which may stand in
 *   content-blocks whose properties and file tags hold for everything in them. A doc-content
 *   with several file tags is told once a tag. XLink attributes are taken by local name.
 */
#ifndef LAC_ECTD_TAGGING_H
#define LAC_ECTD_TAGGING_H

#include "parsers/ectd/intake.h"

typedef struct lac_tagging_document {
    const char *href, *title, *tag, *info_type;
    const lac_key *properties;
    uint32_t property_count;
} lac_tagging_document;

typedef struct lac_tagging {
    const char *id, *title;
    LAC_LIST(lac_key) categories;
    LAC_LIST(lac_tagging_document) documents;
} lac_tagging;

/* Reads a file; *found is false where it became a trouble. The lists are malloc'ed. */
lacuna_status lac_tagging_read(lac_tagging *tagging, bool *found, lac_intake *intake,
                               uint32_t file);
void lac_tagging_free(lac_tagging *tagging);

#endif
