/*
 * regex_code.h - one compiled expression with its machine code.
 *
 * Purpose: pcre2 10.42's JIT compiler follows null pointers when one of its allocations fails.
 * While it works, it gets its memory from a reserve that is there before it begins; without a
 * reserve there is no machine code, and matching is only slower. Ownership: lac_regex_code_new
 * makes, lac_regex_code_free frees; immutable in between, shareable between threads. Limits: the
 * reserve is given back when nothing of it is in use any more, which is the rule. An expression
 * that needs more than the reserve goes on with malloc.
 */
#ifndef LAC_REGEX_CODE_H
#define LAC_REGEX_CODE_H

#include "support/span.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

typedef struct lac_regex_code lac_regex_code;

/* NULL with *error (a pcre2 error code) and *offset filled. */
lac_regex_code *lac_regex_code_new(lac_span pattern, uint32_t options, int *error,
                                   PCRE2_SIZE *offset);
void lac_regex_code_free(lac_regex_code *regex);

/* Adds machine code. Before the expression is shared. */
void lac_regex_code_speed_up(lac_regex_code *regex);

const pcre2_code *lac_regex_code_pcre2(const lac_regex_code *regex);

#endif
