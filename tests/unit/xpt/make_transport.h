/*
 * make_transport.h - SAS transport files made in memory for tests.
 */
#ifndef LAC_TEST_MAKE_TRANSPORT_H
#define LAC_TEST_MAKE_TRANSPORT_H

#include "support/buf.h"

#include <string.h>

typedef struct made_column {
    const char *name;
    unsigned length;
    unsigned type; /* 1 number, 2 text */
} made_column;

static inline void put_padded(lac_buf *out, const char *text, size_t length)
{
    size_t given = strlen(text);
    assert_true(given <= length);
    assert_int_equal(lac_buf_append_text(out, text), LACUNA_OK);
    for (size_t i = given; i < length; i++) {
        assert_int_equal(lac_buf_append_text(out, " "), LACUNA_OK);
    }
}

static inline void put_number(lac_buf *out, uint32_t value, int bytes)
{
    for (int i = bytes; i-- > 0;) {
        char byte = (char)(value >> (8 * i) & 0xFF);
        assert_int_equal(lac_buf_append(out, &byte, 1), LACUNA_OK);
    }
}

static inline void put_header(lac_buf *out, const char *name, const char *digits)
{
    put_padded(out, "HEADER RECORD*******", 20);
    put_padded(out, name, 8);
    put_padded(out, "HEADER RECORD!!!!!!!", 20);
    put_padded(out, digits, 32);
}

static inline void put_fill(lac_buf *out)
{
    while (lac_buf_span(out).len % 80 != 0) {
        assert_int_equal(lac_buf_append_text(out, " "), LACUNA_OK);
    }
}

static inline void put_column(lac_buf *out, const made_column *column, uint32_t at, bool v8)
{
    char short_name[9] = {0};
    size_t length = strlen(column->name);
    memcpy(short_name, column->name, length < 8 ? length : 8);
    put_number(out, column->type, 2);
    put_number(out, 0, 2);
    put_number(out, column->length, 2);
    put_number(out, 1, 2);
    put_padded(out, short_name, 8);
    put_padded(out, "label", 40);
    put_padded(out, "", 28); /* formats */
    put_number(out, at, 4);
    put_padded(out, v8 ? column->name : "", 52);
}

/* Cells row by row, text only. */
static inline void make_transport(lac_buf *out, bool v8, const made_column *columns, unsigned count,
                                  const char *const *cells, unsigned rows)
{
    static const char zeros[] = "000000000000000000000000000000";
    char digits[31];
    lac_buf_init(out, 1 << 20);
    put_header(out, v8 ? "LIBV8" : "LIBRARY", zeros);
    put_padded(out, "SAS     SAS     SASLIB  9.4", 160);
    put_header(out, v8 ? "MEMBV8" : "MEMBER", "000000000000000001600000000140");
    put_header(out, v8 ? "DSCPTV8" : "DSCRPTR", zeros);
    put_padded(out, "SAS     TS", 160);
    memcpy(digits, zeros, sizeof zeros);
    digits[8] = (char)('0' + count / 10);
    digits[9] = (char)('0' + count % 10);
    put_header(out, v8 ? "NAMSTV8" : "NAMESTR", digits);
    uint32_t at = 0;
    for (unsigned i = 0; i < count; i++) {
        put_column(out, &columns[i], at, v8);
        at += columns[i].length;
    }
    put_fill(out);
    put_header(out, v8 ? "OBSV8" : "OBS", zeros);
    for (unsigned i = 0; i < rows * count; i++) {
        put_padded(out, cells[i], columns[i % count].length);
    }
    put_fill(out);
}

#endif
