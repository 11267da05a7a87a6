/*
 * number_format.h - one counter value in one of Word's number formats (ECMA-376 17.18.59).
 *
 * Rule: a format that is not known prints nothing and says so; a number is never made up.
 */
#ifndef LAC_DOCX_NUMBER_FORMAT_H
#define LAC_DOCX_NUMBER_FORMAT_H

#include "support/buf.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum lac_number_format {
    LAC_NUMBER_UNKNOWN, /* not implemented */
    LAC_NUMBER_NONE,
    LAC_NUMBER_BULLET,
    LAC_NUMBER_DECIMAL,
    LAC_NUMBER_PADDED, /* decimalZero and custom "001": at least N digits */
    LAC_NUMBER_UPPER_ROMAN,
    LAC_NUMBER_LOWER_ROMAN,
    LAC_NUMBER_ORDINAL,
    LAC_NUMBER_CARDINAL_TEXT,
    LAC_NUMBER_ORDINAL_TEXT,
    LAC_NUMBER_HEX,
    LAC_NUMBER_IN_DASH,
    LAC_NUMBER_ALPHABET, /* a row of letters, repeated: A ... Z, AA, BB */
    LAC_NUMBER_SERIES,   /* a row of signs, decimal beyond its end */
    LAC_NUMBER_CYCLE,    /* a row of signs that starts over */
    LAC_NUMBER_DIGITS,   /* positional, with other digits */
    LAC_NUMBER_COUNTING, /* East Asian counting with signs for ten, hundred ... */
} lac_number_format;

/* A format as given in numbering.xml: `table` picks the row of signs or digits. */
typedef struct lac_number_style {
    uint8_t format; /* lac_number_format */
    uint8_t table;
    uint8_t width; /* digits of LAC_NUMBER_PADDED */
} lac_number_style;

/* `value` is w:val of w:numFmt, `custom` its w:format ("001, 002, 003, ..."). */
lac_number_style lac_number_style_named(lac_span value, lac_span custom);

static inline lac_number_style lac_number_style_decimal(void)
{
    return (lac_number_style){LAC_NUMBER_DECIMAL, 0, 0};
}

/* Appends the number. *known is set to false where the format cannot print this value. */
lacuna_status lac_number_print(lac_buf *out, lac_number_style style, int32_t value, bool *known);

#endif
