/*
 * layout.h - a letter as paragraphs: furniture of pages left out, lines joined, marks told.
 *
 * Purpose: what a person sees as one paragraph, over page breaks and over redaction marks that
 *   pdftotext prints between the lines of a sentence. Every paragraph keeps its lines; its clean
 *   text, one line of `clean`, is what rules are asked about.
 * Ownership: lac_letter_layout_free; borrows the letter text and the rules.
 * Invariants: paragraphs are in text order and do not overlap; first and last are lines with text
 *   or, at the end, redaction marks that touch it.
 */
#ifndef LAC_LETTER_LAYOUT_H
#define LAC_LETTER_LAYOUT_H

#include "analyzer/letter/eye.h"
#include "parsers/letter/letter_text.h"
#include "support/buf.h"

typedef enum lac_letter_line_kind {
    LAC_LINE_BLANK,
    LAC_LINE_TEXT,
    LAC_LINE_FURNITURE, /* footers, page headers, footnotes */
    LAC_LINE_REDACTION, /* nothing but marks such as (b) (4) */
} lac_letter_line_kind;

typedef enum lac_letter_mark_kind {
    LAC_MARK_NONE,
    LAC_MARK_NUMBER, /* 1. 1.. 1.) 1) (1) */
    LAC_MARK_UPPER,  /* A. A) (A) */
    LAC_MARK_LOWER,  /* a. a) (a) i. ii) */
    LAC_MARK_BULLET,
} lac_letter_mark_kind;

typedef struct lac_letter_mark {
    lac_letter_mark_kind kind;
    uint32_t number;  /* of a letter its place in the alphabet */
    uint32_t length;  /* bytes, blanks behind it included */
    lac_span printed; /* "(1)" */
} lac_letter_mark;

typedef struct lac_letter_paragraph {
    uint32_t first, last; /* lines, from 0 */
    uint32_t start, end;  /* bytes of the clean text; the mark is part of it */
    uint32_t indent;
    lac_letter_mark mark;
    bool heading, capitals;
    bool salutation;
    bool blank_before;
    bool after_gap;               /* a page is missing in front of it */
    const lac_letter_rule *topic; /* what a heading is about; NULL: not known */
} lac_letter_paragraph;

typedef struct lac_letter_layout {
    const lac_letter_text *letter;
    const lac_letter_rules *rules;
    uint8_t *kinds;        /* lac_letter_line_kind of each line */
    lac_text_index *lines; /* words of the letter text */
    lac_buf clean;
    lac_text_index *words; /* of the clean text */
    lac_letter_paragraph *paragraphs;
    size_t count, cap;
    uint32_t *empty_pages; /* pages with nothing but furniture and redaction marks, ascending */
    uint32_t empty_page_count;
    bool *gap_before;      /* of each line: pages are missing in front of it */
    bool paragraph_a_line; /* lines are not wrapped */
    uint32_t margin;       /* the usual indent */
    bool cut;              /* the text says that it was cut off */
} lac_letter_layout;

lacuna_status lac_letter_layout_make(lac_letter_layout *layout, const lac_letter_text *letter,
                                     const lac_letter_rules *rules, lacuna_error *err);
void lac_letter_layout_free(lac_letter_layout *layout);

static inline lac_span lac_letter_clean(const lac_letter_layout *layout,
                                        const lac_letter_paragraph *p)
{
    return lac_span_make(layout->clean.data + p->start, p->end - p->start);
}

/* The mark a line begins with. */
lac_letter_mark lac_letter_mark_of(lac_span line);

/* Lines as text: furniture out, runs of redaction marks as one "(b) (4)", joined by a blank. */
lacuna_status lac_letter_lines_text(lac_buf *out, const lac_letter_layout *layout, uint32_t first,
                                    uint32_t last);

#endif
