/*
 * calc.h - computed values in drafts: {{calc: 12/48*100 = 25.0 %}}.
 *
 * The language: numbers as in text (1,234; .5), + - * / and parentheses, a unit or noun behind a
 * number is allowed and says nothing; then "=", the result as it is to be shown, and its unit. The
 * expression is computed without rounding, in fractions; it has to be the result once that is
 * rounded (half away from zero) to the decimals it shows. 100 may stand for percent; every other
 * number has to be a claim of the sources. Limits: LAC_CALC_NUMBERS numbers, LAC_CALC_DEPTH
 * parentheses; a number that does not fit 63 bits is refused.
 */
#ifndef LAC_GROUND_CALC_H
#define LAC_GROUND_CALC_H

#include "drafter/ground/claim.h"

enum { LAC_CALC_NUMBERS = 32, LAC_CALC_DEPTH = 16 };

typedef struct lac_calc {
    lac_claim numbers[LAC_CALC_NUMBERS]; /* operands; places count from the start of the text */
    uint32_t count;
    lac_span result;     /* as shown, with its unit: "25.0 %" */
    const char *trouble; /* NULL: it is right; else what is not; static */
    bool computed;       /* it could be read and computed */
} lac_calc;

/* The calculation that begins at a byte of a text: all of "{{calc: ...}}". */
bool lac_calc_find(lac_span *whole, lac_span text, size_t at);

/* `whole` as found. */
lacuna_status lac_calc_read(lac_calc *out, lac_arena *arena, lac_span whole, lacuna_error *err);

#endif
