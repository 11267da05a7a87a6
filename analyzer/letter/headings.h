/*
 * headings.h - whether a line of a letter is a heading, and what it is about.
 */
#ifndef LAC_LETTER_HEADINGS_H
#define LAC_LETTER_HEADINGS_H

#include "analyzer/letter/layout.h"

typedef struct lac_letter_heading {
    bool heading, capitals;
    const lac_letter_rule *topic;
} lac_letter_heading;

/* `apart`: nothing but a blank line, furniture or another heading stands in front of it. `eye`
 * looks at the words of the letter text. */
lac_letter_heading lac_letter_heading_of(lac_letter_layout *layout, lac_letter_eye *eye,
                                         uint32_t line, bool apart);

#endif
