/*
 * answer.h - a finished message as the core's response.
 *
 * Purpose: blocks are taken by their type, never by their place: thinking comes first and is no
 * answer. Absent and null fields are the same. An unknown stop reason is no answer. Ownership:
 * everything in the response lives in the arena.
 */
#ifndef LAC_CLAUDE_ANSWER_H
#define LAC_CLAUDE_ANSWER_H

#include "include/lacuna_model.h"
#include "support/arena.h"

#include <jansson.h>

/* The tokens a message says it took so far; zeros where it says nothing. */
lacuna_usage lac_answer_usage(const json_t *message);

/* Fills blocks, stop, refusal, model_used and usage. LACUNA_E_FORMAT for a message without the
 * fields that make one. */
lacuna_status lac_answer_read(lacuna_response *response, const json_t *message, lac_arena *arena,
                              lacuna_error *err);

/* All text of the blocks, one after the other. NULL: out of memory. */
const char *lac_answer_text(const lacuna_response *response, lac_arena *arena);

#endif
