/*
 * decimal.h - numbers as they are written, compared by value and never rounded.
 *
 * Purpose: 1,234 is 1234, .5 is 0.5, 0.50 is 0.5, 5 x 10^3 is 5000. There is no tolerance: in dose
 * data 0.81 instead of 0.78 is an error. Limits: LAC_DECIMAL_DIGITS significant digits; a longer
 * number has no decimal form.
 */
#ifndef LAC_GROUND_DECIMAL_H
#define LAC_GROUND_DECIMAL_H

#include "support/span.h"

#include <stdint.h>

enum { LAC_DECIMAL_DIGITS = 30, LAC_DECIMAL_EXPONENT_MAX = 100000, LAC_DECIMAL_TEXT = 64 };

typedef struct lac_decimal {
    char digits[LAC_DECIMAL_DIGITS]; /* '0'..'9' without zeros at either end; none: zero */
    uint8_t count;
    uint8_t decimals; /* shown behind the point, at most 255; not part of the value */
    bool negative;    /* false for zero */
    int32_t exponent; /* of the last digit */
} lac_decimal;

/* Digits with at most one point, no sign: "1234", "0.50", ".5". False: too long, or no number. */
bool lac_decimal_parse(lac_decimal *out, lac_span digits);

/* Times ten to the power of `power`; false: out of range. */
bool lac_decimal_shift(lac_decimal *value, int32_t power);

bool lac_decimal_equal(const lac_decimal *a, const lac_decimal *b);
bool lac_decimal_is(const lac_decimal *value, uint32_t number);

/* "-0.5", "1234", "1.2E-9" where plain digits would be long; returns the length. */
size_t lac_decimal_text(char text[LAC_DECIMAL_TEXT], const lac_decimal *value);

/* For telling which of several values is nearest; not for deciding that two are the same. */
double lac_decimal_about(const lac_decimal *value);

#endif
