/*
 * eye.h - asking whether a rule holds for a piece of text.
 *
 * Purpose: the readers of a letter ask hundreds of such questions; a failure (out of memory, a
 * limit of an expression) is kept here, everything after it answers "no", and the caller asks once
 * at the end. Ownership: borrows rules and index.
 */
#ifndef LAC_LETTER_EYE_H
#define LAC_LETTER_EYE_H

#include "analyzer/letter/rules.h"

typedef struct lac_letter_eye {
    const lac_letter_rules *rules;
    const lac_text_index *index;
    lacuna_status status;
    lacuna_error *err;
} lac_letter_eye;

/* Any term of the rule, in [from, to), unless an excluded one is there. `where` may be NULL. */
bool lac_eye_sees(lac_letter_eye *eye, const lac_letter_rule *rule, uint32_t from, uint32_t to,
                  lac_match *where);
/* The same by name; a rule that is missing is a failure. */
bool lac_eye_sees_named(lac_letter_eye *eye, lac_letter_group group, const char *id, uint32_t from,
                        uint32_t to);
/* A term that covers all of [from, to). */
bool lac_eye_covers(lac_letter_eye *eye, const lac_letter_rule *rule, uint32_t from, uint32_t to);
bool lac_eye_covers_named(lac_letter_eye *eye, lac_letter_group group, const char *id,
                          uint32_t from, uint32_t to);

/* The first rule of a group that holds; NULL: none. */
const lac_letter_rule *lac_eye_first(lac_letter_eye *eye, lac_letter_group group, uint32_t from,
                                     uint32_t to);

#endif
