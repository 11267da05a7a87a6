/*
 * facts.h - what a letter says about itself: applications, date, clocks, duties.
 */
#ifndef LAC_LETTER_FACTS_H
#define LAC_LETTER_FACTS_H

#include "analyzer/letter/bounds.h"
#include "analyzer/letter/letter.h"

/* Fills the head of a letter whose bounds are known. `eye` looks at the clean text. */
lacuna_status lac_letter_read_facts(lac_letter_head *head, lac_arena *arena,
                                    lac_letter_layout *layout, const lac_letter_bounds *bounds,
                                    lac_letter_eye *eye);

/* The range of lines (from 0, both included). */
lac_letter_range lac_letter_range_of(const lac_letter_text *text, uint32_t first, uint32_t last);

/* Paragraph that holds an offset of the clean text. */
uint32_t lac_letter_paragraph_at(const lac_letter_layout *layout, uint32_t offset);

#endif
