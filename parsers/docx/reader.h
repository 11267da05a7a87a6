/*
 * reader.h - what the modules of the Word reader share while one document is read.
 */
#ifndef LAC_DOCX_READER_H
#define LAC_DOCX_READER_H

#include "parsers/document_builder.h"
#include "parsers/docx/counters.h"
#include "parsers/docx/numbering.h"
#include "parsers/docx/queue.h"
#include "parsers/docx/styles.h"
#include "parsers/package/relationships.h"

enum {
    LAC_MAX_HEADERS = 1024,
    LAC_MAX_HEADER_REFERENCES = 16384, /* each costs a walk over the relationships */
};

typedef struct lac_story lac_story;

/* Parts with headers or footers, in the order in which the sections name them. */
typedef struct lac_part_list {
    uint32_t *items;
    size_t count, cap;
} lac_part_list;

typedef struct lac_docx {
    lac_package *package;
    const lac_limits *limits;
    lacuna_error *err;
    lac_arena arena; /* for what is needed while reading only */
    lac_builder builder;
    lac_relationships relationships; /* of the main part */
    lac_styles styles;
    lac_numbering numbering;
    lac_counters main_counters; /* of the main text */
    lac_counters side_counters; /* of the part or text box at hand */
    lac_part_list headers, footers;
    uint32_t header_references;
    lac_queue hidden, deleted; /* channels that follow at the end */
    lac_revisions revisions;
    lac_story *story;
    bool field_left_open;
    bool format_unknown; /* a number format was met that cannot be printed */
} lac_docx;

/* Adds a note once per code. `text` is a static sentence. */
lacuna_status lac_docx_note(lac_docx *docx, const char *code, uint32_t part, const char *text);

#endif
