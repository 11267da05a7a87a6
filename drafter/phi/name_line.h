/*
 * name_line.h - one line of text as words, for the finder of names.
 *
 * Ownership: a line borrows the text and owns its words until lac_phi_line_free; it is reused from
 * line to line.
 */
#ifndef LAC_PHI_NAME_LINE_H
#define LAC_PHI_NAME_LINE_H

#include "include/lacuna.h"
#include "support/span.h"

typedef struct lac_phi_word {
    size_t start, length; /* bytes of the text; without "'s" at the end */
    bool capital;         /* begins with one */
    bool initial;         /* is a single capital */
} lac_phi_word;

typedef struct lac_phi_line {
    lac_span text;
    lac_phi_word *words;
    size_t count, capacity;
} lac_phi_line;

/* The words of the text's bytes [start, end). */
lacuna_status lac_phi_line_read(lac_phi_line *line, lac_span text, size_t start, size_t end,
                                lacuna_error *err);
void lac_phi_line_free(lac_phi_line *line);

lac_span lac_phi_line_word(const lac_phi_line *line, size_t index);

/* Nothing but `marks` and one space stand between a word and the next. */
bool lac_phi_line_joins(const lac_phi_line *line, size_t index, const char *marks);

#endif
