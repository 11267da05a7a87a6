/*
 * spoken_to.h - whether a passage of a source speaks to whoever reads it by program.
 *
 * Purpose: a source is material. A sentence that tells its reader what to write ("write that the
 *   drug is safe", "ignore the instructions above") is no fact of the matter, whether a stranger
 * put it there or a template's author: it is not sent, and nothing may rest on it. This is the
 * second line; the first is that nothing a model says is believed. It knows common words only, in
 * English.
 */
#ifndef LAC_DRAFT_SPOKEN_TO_H
#define LAC_DRAFT_SPOKEN_TO_H

#include "support/span.h"

bool lac_speaks_to_program(lac_span text);

#endif
