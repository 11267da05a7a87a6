/*
 * lines.h - what each line of a letter is: text, furniture of the page, a redaction mark.
 */
#ifndef LAC_LETTER_LINES_H
#define LAC_LETTER_LINES_H

#include "analyzer/letter/layout.h"

/* Sets kinds, gap_before and cut; `eye` looks at the words of the letter text. */
void lac_letter_mark_lines(lac_letter_layout *layout, lac_letter_eye *eye);

#endif
