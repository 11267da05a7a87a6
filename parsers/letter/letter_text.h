/*
 * letter_text.h - a letter of an agency as its lines and pages, whatever file it came in.
 *
 * Purpose: one form for plain text (also what `pdftotext -layout` prints), Word documents, e-mails,
 *   PDF files and the JSON records in which openFDA publishes complete response letters. Nothing of
 *   the text is changed but its encoding: what is furniture of a page is decided later, so that
 *   every anchor points into what the agency wrote.
 * Lines: counted at LF only, from 1 in reports; form feeds are left out of the text and begin
 * pages. Of a Word document they are the lines of the reference text (parsers/document.h).
 * Ownership: immutable after opening; everything is in its arena, freed by lac_letter_text_free.
 * Invariants: the text is valid UTF-8, its last line ended; offsets fit 32 bits; lines in text
 * order. Limits: text_bytes, blocks (of lines), pdf_pages, mail_parts, mail_depth,
 * plain_file_bytes.
 */
#ifndef LAC_LETTER_TEXT_H
#define LAC_LETTER_TEXT_H

#include "parsers/open.h"
#include "support/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum lac_letter_format {
    LAC_LETTER_PLAIN,
    LAC_LETTER_WORD,
    LAC_LETTER_MAIL,
    LAC_LETTER_PDF,
    LAC_LETTER_RECORDS, /* openFDA JSON */
} lac_letter_format;

typedef struct lac_letter_line {
    uint32_t start, length; /* bytes of the text, without white space at both ends; 0: blank */
    uint32_t page;          /* from 1; 0: the format has no pages */
    uint32_t indent;        /* columns in front of it */
} lac_letter_line;

/* What one record of openFDA says about its letter besides the text. */
typedef struct lac_letter_record {
    uint32_t first_line; /* index */
    const char *date;    /* "YYYY-MM-DD"; "": none */
    const char *kind;    /* as printed: "COMPLETE RESPONSE"; "": none */
    const char *const *applications;
    uint32_t application_count;
} lac_letter_record;

typedef struct lac_letter_note {
    const char *text;
    bool incomplete; /* text of the letter was not read */
} lac_letter_note;

typedef struct lac_letter_text {
    lac_arena arena;
    lac_letter_format format;
    lac_span text;
    const lac_letter_line *lines;
    uint32_t line_count;
    uint32_t page_count;         /* 0: the format has no pages */
    const uint32_t *empty_pages; /* pages without text, ascending */
    uint32_t empty_page_count;
    const lac_letter_record *records; /* NULL: no record is known */
    uint32_t record_count;
    const lac_letter_note *notes;
    uint32_t note_count;
} lac_letter_text;

lacuna_status lac_letter_text_open(lac_letter_text **out, const lac_source *source,
                                   const lac_open_options *options, lacuna_error *err);
void lac_letter_text_free(lac_letter_text *letter);

static inline lac_span lac_letter_line_text(const lac_letter_text *letter, uint32_t line)
{
    const lac_letter_line *l = &letter->lines[line];
    return lac_span_make(letter->text.ptr + l->start, l->length);
}

#endif
