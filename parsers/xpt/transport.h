/*
 * transport.h - the rows of a SAS transport file (XPORT), version 5 or 8.
 *
 * Purpose: text columns of the first data set of a file, as study data are submitted in. Layout:
 *   SAS technical note TS-140 (version 5) and its successor for version 8: records of 80 bytes,
 *   big-endian descriptions of the columns, rows of fixed length behind them.
 * Ownership: nothing is copied and nothing allocated; everything points into the bytes given, which
 *   must outlive it.
 * Invariants: all offsets lie within the bytes; a column lies within a row.
 * Limits: TRANSPORT_COLUMNS_MAX columns; numbers are not decoded.
 */
#ifndef LAC_TRANSPORT_H
#define LAC_TRANSPORT_H

#include "include/lacuna.h"
#include "support/span.h"

enum { LAC_TRANSPORT_COLUMNS_MAX = 32767 };

typedef struct lac_transport {
    lac_span member; /* name of the data set */
    lac_span descriptions, rows;
    uint32_t column_count, description_length, row_length, row_count;
    bool long_names; /* version 8 */
} lac_transport;

typedef struct lac_transport_column {
    lac_span name;
    uint32_t at, length; /* in a row, in bytes */
    bool text;
} lac_transport_column;

/* LACUNA_E_FORMAT for anything that is no sound transport file. */
lacuna_status lac_transport_open(lac_transport *out, lac_span file, lacuna_error *err);

/* Column number `index` < column_count. */
lac_transport_column lac_transport_column_at(const lac_transport *transport, uint32_t index);
/* Names compare without case. False: there is no such text column. */
bool lac_transport_find(lac_transport_column *column, const lac_transport *transport,
                        const char *name);
/* A cell without the blanks it is filled up with; `row` < row_count. */
lac_span lac_transport_text(const lac_transport *transport, uint32_t row,
                            const lac_transport_column *column);

#endif
