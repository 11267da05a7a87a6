/*
 * prompt.h - what a model is told: templates/prompts, versioned files, filled in by code.
 *
 * Purpose: a prompt has an id ("judge-1") whose number rises with every change, and a digest over
 * its text and schema; both go into the audit log. A file has a part "# system" and a part "#
 * instruction"; {{name}} is replaced by a value. Only words of checklists are filled in, never
 * words of a document: these are sent as sources. Ownership: a prompt borrows embedded data; lives
 * for ever.
 */
#ifndef LAC_DRAFTER_PROMPT_H
#define LAC_DRAFTER_PROMPT_H

#include "include/lacuna.h"
#include "support/buf.h"
#include "support/hash.h"

typedef struct lac_prompt {
    const char *id;
    lac_span system, instruction;
    const char *schema; /* JSON Schema of the answer; NULL: prose */
    lac_digest digest;
} lac_prompt;

typedef struct lac_prompt_value {
    const char *name;
    lac_span value;
} lac_prompt_value;

/* LACUNA_E_NOTFOUND where there is no such prompt. */
lacuna_status lac_prompt_load(lac_prompt *prompt, const char *id, lacuna_error *err);

/* Appends the text with its values. A name that is not among them is LACUNA_E_INTERNAL; "{{" in a
 * value stays as it is. A line that is empty once its only value is filled in is left out. */
lacuna_status lac_prompt_render(lac_buf *out, lac_span text, const lac_prompt_value *values,
                                size_t count, lacuna_error *err);

#endif
