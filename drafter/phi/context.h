/*
 * context.h - what the words around a place say: about one person's care, or about staff.
 *
 * Purpose: the same characters are an identifier in a narrative and harmless on a title page. Here
 * expressions of templates/phi/recognizers.json are held against sentences and paragraphs.
 * Ownership: immutable after it was made; shareable between threads for reading.
 */
#ifndef LAC_PHI_CONTEXT_H
#define LAC_PHI_CONTEXT_H

#include "analyzer/regex_code.h"
#include "include/lacuna.h"

#include <jansson.h>

typedef struct lac_phi_pattern {
    lac_regex_code *code;
} lac_phi_pattern;

/* LACUNA_E_INTERNAL names the place of a malformed expression: the data are ours. */
lacuna_status lac_phi_pattern_make(lac_phi_pattern *pattern, lac_span expression,
                                   lacuna_error *err);
void lac_phi_pattern_free(lac_phi_pattern *pattern);

/* The next match from `from` on: of group 1 where it took part, else the whole. *after is where to
 * go on. LACUNA_E_LIMIT where the expression had to give up: then nothing is known. */
lacuna_status lac_phi_pattern_find(bool *found, lac_span *match, size_t *after,
                                   const lac_phi_pattern *pattern, lac_span text, size_t from,
                                   lacuna_error *err);

typedef struct lac_phi_context {
    lac_phi_pattern individual, staff;
} lac_phi_context;

lacuna_status lac_phi_context_make(lac_phi_context *context, const json_t *data, lacuna_error *err);
void lac_phi_context_free(lac_phi_context *context);

lacuna_status lac_phi_is_individual(bool *is, const lac_phi_context *context, lac_span text,
                                    lacuna_error *err);
lacuna_status lac_phi_is_staff(bool *is, const lac_phi_context *context, lac_span text,
                               lacuna_error *err);

/* The sentence around a place, at most 400 bytes to each side; a line is one too. */
lac_span lac_phi_sentence(lac_span text, size_t start, size_t end);
/* The bytes around it inside that sentence. */
lac_span lac_phi_vicinity(lac_span text, size_t start, size_t end, size_t reach);

#endif
