/*
 * flow.h - the lines of all pages as one text: furniture left out, blocks set apart.
 *
 * Purpose: what parsers/text reads (headings, contents lists) needs lines with a blank one between
 *   blocks, without page breaks and the blanks of the layout. Lines of a block follow each other;
 *   every line of a table, and every entry of a contents list, is a block of its own.
 * Invariants: one origin a line, blank lines included; an entry that was wrapped is one line.
 */
#ifndef LAC_PDF_FLOW_H
#define LAC_PDF_FLOW_H

#include "parsers/pdf/layout.h"
#include "parsers/text/lines.h"

typedef struct lac_pdf_origin {
    uint32_t page;   /* 0: a blank line */
    uint32_t indent; /* columns */
    bool table;      /* a line of a table, its cells separated by TAB */
    bool contents;   /* of a contents list */
} lac_pdf_origin;

typedef struct lac_pdf_flow {
    lac_buf text;
    lac_lines lines; /* over the text */
    lac_pdf_origin *origins;
    size_t origin_count, origin_cap;
} lac_pdf_flow;

lacuna_status lac_pdf_flow_read(lac_pdf_flow *flow, const lac_pdf_pages *pages,
                                const lac_limits *limits);
void lac_pdf_flow_free(lac_pdf_flow *flow);

#endif
