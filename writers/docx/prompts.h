/*
 * prompts.h - words that stand where a value is to come: Word's own prompts, blanks, "TBD".
 */
#ifndef LAC_WRITERS_DOCX_PROMPTS_H
#define LAC_WRITERS_DOCX_PROMPTS_H

#include "support/span.h"

/* The next one at or behind *at. `label` is what stands in front of it on its line ("Protocol
 * number"), else the prompt itself. */
bool lac_prompt_next(lac_span *found, lac_span *label, size_t *at, lac_span text);

/* Whether a text tells a writer what to do: "Describe the ...", "If applicable, ...", "This section
 * should ...". */
bool lac_reads_as_instruction(lac_span text);
/* Whether a short text names what is to be put there: "Enter title", "Sponsor name", "DD MMM YYYY".
 */
bool lac_reads_as_prompt(lac_span text);

#endif
