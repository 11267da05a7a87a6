/*
 * paragraph_text.h - the text of a paragraph of a part, joined over its runs, and the way back.
 *
 * Purpose: what a person reads as one word may be cut into many runs, so patterns look at the
 * joined text, and what they find is mapped back to the elements the bytes stand in. Text: w:t
 * decoded, a tab for w:tab, LF for w:br and w:cr; not deleted text, field codes, and what stands in
 * paragraphs inside the paragraph (text boxes). Ownership: one object is used again for each
 * paragraph; lac_paragraph_text_free frees it.
 */
#ifndef LAC_WRITERS_DOCX_PARAGRAPH_TEXT_H
#define LAC_WRITERS_DOCX_PARAGRAPH_TEXT_H

#include "support/buf.h"
#include "writers/docx/tokens.h"

typedef struct lac_piece {
    uint32_t run;        /* token of the w:r */
    uint32_t element;    /* of the w:t, w:tab, w:br */
    uint32_t start, end; /* in the joined text */
    uint32_t control;    /* the innermost w:sdt inside the paragraph; LAC_NO_TOKEN */
    bool in_field;       /* result of a field */
    bool opaque;         /* must not be cut: no plain text in it */
} lac_piece;

typedef struct lac_paragraph_text {
    lac_buf text;
    lac_piece *pieces;
    size_t count, cap;
} lac_paragraph_text;

void lac_paragraph_text_init(lac_paragraph_text *text);
void lac_paragraph_text_free(lac_paragraph_text *text);

/* `fields` is the number of fields open where the paragraph begins; it is carried on. */
typedef struct lac_field_state {
    uint32_t depth; /* open fields */
    uint32_t codes; /* of them, those whose separator has not come */
} lac_field_state;

lacuna_status lac_paragraph_text_read(lac_paragraph_text *text, const lac_tokens *tokens,
                                      uint32_t paragraph, lac_field_state *fields,
                                      lacuna_error *err);

/* Where byte `at` of the joined text stands in the part; the piece holds it, or ends there. */
size_t lac_piece_offset(const lac_tokens *tokens, const lac_piece *piece, uint32_t at);

/* Appends raw XML text decoded. */
lacuna_status lac_xml_decode(lac_buf *out, lac_span raw);

#endif
