#include "drafter/ground/decimal.h"

#include <stdio.h>

static void strip_zeros(lac_decimal *value)
{
    while (value->count > 0 && value->digits[value->count - 1] == '0') {
        value->count--;
        value->exponent++;
    }
    if (value->count == 0) {
        value->exponent = 0;
        value->negative = false;
    }
}

bool lac_decimal_parse(lac_decimal *out, lac_span digits)
{
    bool point = false, any = false;
    size_t decimals = 0;
    *out = (lac_decimal){.count = 0};
    for (size_t i = 0; i < digits.len; i++) {
        char c = digits.ptr[i];
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9') {
            return false;
        }
        any = true;
        decimals += point ? 1 : 0;
        if (c == '0' && out->count == 0) {
            continue;
        }
        if (out->count == LAC_DECIMAL_DIGITS) {
            return false;
        }
        out->digits[out->count++] = c;
    }
    if (!any || decimals > UINT8_MAX) {
        return false;
    }
    out->decimals = (uint8_t)decimals;
    out->exponent = -(int32_t)decimals;
    strip_zeros(out);
    return true;
}

bool lac_decimal_shift(lac_decimal *value, int32_t power)
{
    if (power > LAC_DECIMAL_EXPONENT_MAX || power < -LAC_DECIMAL_EXPONENT_MAX) {
        return false;
    }
    value->exponent += value->count == 0 ? 0 : power;
    return true;
}

bool lac_decimal_equal(const lac_decimal *a, const lac_decimal *b)
{
    return a->count == b->count && a->exponent == b->exponent && a->negative == b->negative &&
           memcmp(a->digits, b->digits, a->count) == 0;
}

bool lac_decimal_is(const lac_decimal *value, uint32_t number)
{
    char text[16];
    lac_decimal other;
    int length = snprintf(text, sizeof text, "%u", number);
    return lac_decimal_parse(&other, lac_span_make(text, (size_t)length)) &&
           lac_decimal_equal(value, &other);
}

double lac_decimal_about(const lac_decimal *value)
{
    enum { RANGE = 400 }; /* beyond it a double is zero or infinite */
    double sum = 0;
    for (uint8_t i = 0; i < value->count; i++) {
        sum = sum * 10 + (value->digits[i] - '0');
    }
    for (int32_t i = 0; i < value->exponent && i < RANGE; i++) {
        sum *= 10;
    }
    for (int32_t i = 0; i > value->exponent && i > -RANGE; i--) {
        sum /= 10;
    }
    return value->negative ? -sum : sum;
}

static size_t put_plain(char *text, const lac_decimal *value)
{
    size_t at = 0;
    int32_t before = value->count + value->exponent; /* digits in front of the point */
    if (before <= 0) {
        text[at++] = '0';
    }
    if (value->exponent < 0 && before <= 0) {
        text[at++] = '.';
        for (int32_t i = before; i < 0; i++) {
            text[at++] = '0';
        }
    }
    for (int32_t i = 0; i < value->count; i++) {
        if (i == before && before > 0) {
            text[at++] = '.';
        }
        text[at++] = value->digits[i];
    }
    for (int32_t i = 0; i < value->exponent; i++) {
        text[at++] = '0';
    }
    return at;
}

size_t lac_decimal_text(char text[LAC_DECIMAL_TEXT], const lac_decimal *value)
{
    enum { PLAIN_ZEROS = 12 };
    size_t at = 0;
    if (value->negative) {
        text[at++] = '-';
    }
    if (value->exponent <= PLAIN_ZEROS && value->count + value->exponent >= -PLAIN_ZEROS) {
        at += put_plain(text + at, value);
        text[at] = '\0';
        return at;
    }
    int length = snprintf(text + at, LAC_DECIMAL_TEXT - at, "%.*sE%d", (int)value->count,
                          value->digits, value->exponent);
    return at + (size_t)length;
}
