/*
 * judge_piece.h - a part of a document as a model is given it: passages with numbers.
 *
 * Purpose: whole top-level sections, one source each; a passage is a paragraph or a whole table,
 * sent with its number in brackets in front, and with pseudonyms where a veil covers it. Quotes are
 * verified in the text as sent and led back to the document's own bytes. Contents lists, headers,
 * notes of the margin and hidden text are not sent. Ownership: a piece owns what it keeps and,
 * while it is open, its text; borrows document and veil. A run has thousands of pieces: their text
 * is made when they are opened, the same each time, and gone when they are closed.
 */
#ifndef LAC_DRAFTER_JUDGE_PIECE_H
#define LAC_DRAFTER_JUDGE_PIECE_H

#include "drafter/phi/veil.h"
#include "drafter/quote.h"
#include "include/lacuna_model.h"
#include "parsers/document.h"
#include "support/hash.h"

/* The text of an open piece. */
typedef struct lac_judge_text {
    lac_arena arena;
    const lac_covered *covered; /* passages: in the document, and as sent */
    const lac_span *texts;      /* passages as sent, without their numbers */
    uint32_t passage_count;
    const lacuna_source *sources;
    uint32_t source_count;
    const char *const *titles; /* of the sources, in the document's words */
    lac_passages *passages;    /* of `texts` */
} lac_judge_text;

/* Bytes of the document's text. */
typedef struct lac_judge_place {
    uint32_t start, length;
} lac_judge_place;

typedef struct lac_judge_piece {
    const lac_document *document;
    uint32_t first_section, end_section; /* of the document */
    lac_veil *veil;                      /* NULL: nothing was searched */
    lac_judge_place *places;             /* of the passages, in order */
    uint32_t passage_count;
    lac_tokens tokens;    /* the pseudonyms in it */
    lac_digest digest;    /* of what is sent; the random digits of pseudonyms are left out */
    lac_judge_text *text; /* NULL: closed */
} lac_judge_piece;

/* Sections [first, end), both borders at top-level sections. A piece without any text has no
 * passages. It is closed. */
lacuna_status lac_judge_piece_make(lac_judge_piece *piece, const lac_document *document,
                                   lac_veil *veil, uint32_t first_section, uint32_t end_section,
                                   lacuna_error *err);
/* Does nothing where it is open. */
lacuna_status lac_judge_piece_open(lac_judge_piece *piece, lacuna_error *err);
void lac_judge_piece_close(lac_judge_piece *piece);
/* The document's bytes behind a verified quote, of an open piece. */
lac_span lac_judge_piece_original(const lac_judge_piece *piece, const lac_quote_match *match);
void lac_judge_piece_free(lac_judge_piece *piece);

/* The top-level section that holds a section: its own index for top-level ones. */
uint32_t lac_judge_top(const lac_document *document, uint32_t section);
/* The section behind a top-level section and everything in it. */
uint32_t lac_judge_behind(const lac_document *document, uint32_t top);

#endif
