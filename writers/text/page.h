/*
 * page.h - text for people: wrapped to a width, indented, coloured where wanted.
 *
 * Purpose: reports lay out words here and nowhere else. Text of a document is made harmless on the
 *   way: control characters and direction overrides become U+FFFD, so it cannot drive a terminal.
 * Widths: combining marks count 0, East Asian wide characters 2, everything else 1. A word that is
 *   wider than the line stands on a line of its own, uncut: paths and ids stay copyable.
 */
#ifndef LAC_TEXT_PAGE_H
#define LAC_TEXT_PAGE_H

#include "writers/output.h"

#include <stdbool.h>

typedef enum lac_detail {
    LAC_DETAIL_SUMMARY, /* the verdict line */
    LAC_DETAIL_NORMAL,
    LAC_DETAIL_FULL, /* with evidence for what is met */
} lac_detail;

typedef struct lac_text_style {
    uint32_t width; /* columns, at least 40 */
    bool color;
    lac_detail detail;
} lac_text_style;

typedef enum lac_ink {
    LAC_INK_PLAIN,
    LAC_INK_STRONG,
    LAC_INK_FAINT,
    LAC_INK_GOOD,
    LAC_INK_WARN,
    LAC_INK_BAD,
} lac_ink;

enum { LAC_PAGE_WORD = 512, LAC_PAGE_PIECES = 8 };

/* A word may come in pieces of several inks: "[", "id", "]". */
typedef struct lac_page_piece {
    uint32_t length;
    lac_ink ink;
} lac_page_piece;

typedef struct lac_page {
    lac_output *output;
    lac_text_style style;
    uint32_t indent;          /* of continuation lines of the open paragraph */
    uint32_t column;          /* where the cursor is */
    bool line_empty;          /* nothing but indentation yet */
    bool space;               /* white space was seen: the next word stands apart */
    lac_ink ink;              /* what the terminal is set to */
    char word[LAC_PAGE_WORD]; /* the word that is not complete yet */
    uint32_t word_length;
    lac_page_piece pieces[LAC_PAGE_PIECES];
    uint32_t piece_count;
} lac_page;

void lac_page_init(lac_page *page, lac_output *output, const lac_text_style *style);

/* A paragraph: begin, words, end. The first line starts at `first`, the others at `rest`. */
void lac_page_begin(lac_page *page, uint32_t first, uint32_t rest);
/* Breaks at white space only, so "(" and "word" given one after the other stay together. */
void lac_page_words(lac_page *page, lac_ink ink, lac_span text);
void lac_page_text(lac_page *page, lac_ink ink, const char *text);
void lac_page_uint(lac_page *page, lac_ink ink, uint64_t value);
void lac_page_end(lac_page *page);

/* Fills up with spaces to a column of the open line, at least one. */
void lac_page_tab(lac_page *page, uint32_t column);

/* "label     text text": begins a paragraph whose text hangs behind a label column; a whole one; a
 * whole one of two pieces. */
void lac_page_begin_labelled(lac_page *page, uint32_t indent, const char *label);
void lac_page_labelled(lac_page *page, uint32_t indent, const char *label, lac_span text);
void lac_page_labelled_two(lac_page *page, uint32_t indent, const char *label, lac_span text,
                           const char *more);

void lac_page_blank(lac_page *page);

/* Columns a text takes. */
uint32_t lac_text_columns(lac_span text);

#endif
