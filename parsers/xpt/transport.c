#include "parsers/xpt/transport.h"

#include "support/error.h"

#include <string.h>

enum {
    RECORD = 80,
    NAME_AT = 20, /* of a header record: what it heads, 8 characters */
    NAME_LENGTH = 8,
    COUNT_AT = 48, /* ten digits */
    COUNT_DIGITS = 10,
    SIZE_AT = 74, /* of the member header: bytes of one column description, four digits */
    SIZE_DIGITS = 4,
    MEMBER_AT = 8, /* of the record behind the descriptor header */
    /* Of a column description (NAMESTR): */
    TYPE_AT = 0,
    LENGTH_AT = 4,
    SHORT_NAME_AT = 8,
    SHORT_NAME_LENGTH = 8,
    POSITION_AT = 84,
    LONG_NAME_AT = 88,
    LONG_NAME_LENGTH = 32,
    SHORTEST_DESCRIPTION = 136, /* as VAX/VMS wrote it; all others 140 */
    LONGEST_DESCRIPTION = 140,
    TYPE_TEXT = 2,
};

typedef struct scanner {
    lac_span file;
    size_t at;
    lacuna_error *err;
} scanner;

static uint32_t big_endian(const char *bytes, size_t count)
{
    uint32_t value = 0;
    for (size_t i = 0; i < count; i++) {
        value = value << 8 | (unsigned char)bytes[i];
    }
    return value;
}

static bool read_digits(uint64_t *value, const char *text, size_t count)
{
    *value = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        *value = *value * 10 + (uint64_t)(text[i] - '0');
    }
    return true;
}

static lac_span trim_end(lac_span text)
{
    while (text.len > 0 && (text.ptr[text.len - 1] == ' ' || text.ptr[text.len - 1] == '\0')) {
        text.len--;
    }
    return text;
}

static bool is_header(lac_span file, size_t at, const char *name5, const char *name8)
{
    static const char lead[] = "HEADER RECORD*******";
    static const char tail[] = "HEADER RECORD!!!!!!!";
    if (file.len < RECORD || at > file.len - RECORD) {
        return false;
    }
    const char *record = file.ptr + at;
    const char *name = record + NAME_AT;
    return memcmp(record, lead, NAME_AT) == 0 &&
           (memcmp(name, name5, NAME_LENGTH) == 0 || memcmp(name, name8, NAME_LENGTH) == 0) &&
           memcmp(name + NAME_LENGTH, tail, sizeof tail - 1) == 0;
}

/* Takes a header record and the `more` records behind it. */
static lacuna_status expect(const char **record, scanner *s, const char *name5, const char *name8,
                            size_t more)
{
    size_t length = (more + 1) * RECORD;
    if (!is_header(s->file, s->at, name5, name8) || length > s->file.len - s->at) {
        static const char remedy[] = "Write the data set again as version 5.";
        return s->at == 0
                   ? lac_fail_remedy(s->err, LACUNA_E_FORMAT, remedy,
                                     "it is no SAS transport file (XPORT)")
                   : lac_fail_remedy(s->err, LACUNA_E_FORMAT, remedy,
                                     "damaged SAS transport file: no %.7s header at byte %zu",
                                     name5, s->at);
    }
    *record = s->file.ptr + s->at;
    s->at += length;
    return LACUNA_OK;
}

static lacuna_status fail(const scanner *s, const char *what)
{
    return lac_fail_remedy(s->err, LACUNA_E_FORMAT, "Write the data set again as version 5.",
                           "damaged SAS transport file: %s", what);
}

static lacuna_status read_heads(lac_transport *out, scanner *s)
{
    const char *record;
    uint64_t size;
    lacuna_status status = expect(&record, s, "LIBRARY ", "LIBV8   ", 2);
    if (status == LACUNA_OK) {
        out->long_names = record[NAME_AT + 3] == 'V';
        status = expect(&record, s, "MEMBER  ", "MEMBV8  ", 0);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    if (!read_digits(&size, record + SIZE_AT, SIZE_DIGITS) ||
        (size != SHORTEST_DESCRIPTION && size != LONGEST_DESCRIPTION)) {
        return fail(s, "the size of its column descriptions is neither 136 nor 140");
    }
    out->description_length = (uint32_t)size;
    status = expect(&record, s, "DSCRPTR ", "DSCPTV8 ", 2);
    if (status == LACUNA_OK) {
        size_t length = out->long_names ? LONG_NAME_LENGTH : SHORT_NAME_LENGTH;
        out->member = trim_end(lac_span_make(record + RECORD + MEMBER_AT, length));
    }
    return status;
}

static lacuna_status read_descriptions(lac_transport *out, scanner *s)
{
    const char *record;
    uint64_t count;
    lacuna_status status = expect(&record, s, "NAMESTR ", "NAMSTV8 ", 0);
    if (status != LACUNA_OK) {
        return status;
    }
    if (!read_digits(&count, record + COUNT_AT, COUNT_DIGITS) ||
        count > LAC_TRANSPORT_COLUMNS_MAX) {
        return fail(s, "the number of its columns is not sound");
    }
    size_t length = (size_t)count * out->description_length;
    if (length > s->file.len - s->at) {
        return fail(s, "it ends within its column descriptions");
    }
    out->column_count = (uint32_t)count;
    out->descriptions = lac_span_make(s->file.ptr + s->at, length);
    s->at += (length + RECORD - 1) / RECORD * RECORD;
    return LACUNA_OK;
}

/* Columns lie within the row; a row is as long as all of them together. */
static lacuna_status measure_row(lac_transport *out, const scanner *s)
{
    for (uint32_t i = 0; i < out->column_count; i++) {
        out->row_length += lac_transport_column_at(out, i).length; /* 16 bits, 15 bits of them */
    }
    for (uint32_t i = 0; i < out->column_count; i++) {
        lac_transport_column column = lac_transport_column_at(out, i);
        if (column.at > out->row_length || column.length > out->row_length - column.at) {
            return fail(s, "a column lies outside of the row");
        }
    }
    return LACUNA_OK;
}

static bool is_blank(lac_span text)
{
    return trim_end(text).len == 0;
}

/* Rows end at the next data set or with the file, filled up to a record with fewer than 80 blanks,
 * which short rows may take for rows. */
static void find_rows(lac_transport *out, const scanner *s)
{
    size_t end = s->at;
    while (end < s->file.len && !is_header(s->file, end, "MEMBER  ", "MEMBV8  ")) {
        end += s->file.len - end < RECORD ? s->file.len - end : RECORD;
    }
    size_t count = out->row_length == 0 ? 0 : (end - s->at) / out->row_length;
    out->row_count = count > UINT32_MAX ? UINT32_MAX : (uint32_t)count;
    while (out->row_count > 0) {
        size_t last = s->at + (size_t)(out->row_count - 1) * out->row_length;
        if (end - last >= RECORD || !is_blank(lac_span_make(s->file.ptr + last, end - last))) {
            break;
        }
        out->row_count--;
    }
    out->rows = lac_span_make(s->file.ptr + s->at, (size_t)out->row_count * out->row_length);
}

lacuna_status lac_transport_open(lac_transport *out, lac_span file, lacuna_error *err)
{
    memset(out, 0, sizeof *out);
    scanner s = {.file = file, .err = err};
    lacuna_status status = read_heads(out, &s);
    if (status == LACUNA_OK) {
        status = read_descriptions(out, &s);
    }
    if (status == LACUNA_OK) {
        status = measure_row(out, &s);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    /* Version 8 may put long labels in between. */
    while (s.at < file.len && !is_header(file, s.at, "OBS     ", "OBSV8   ")) {
        s.at += file.len - s.at < RECORD ? file.len - s.at : RECORD;
    }
    const char *record;
    status = expect(&record, &s, "OBS     ", "OBSV8   ", 0);
    if (status == LACUNA_OK) {
        find_rows(out, &s);
    }
    return status;
}

lac_transport_column lac_transport_column_at(const lac_transport *transport, uint32_t index)
{
    const char *description =
        transport->descriptions.ptr + (size_t)index * transport->description_length;
    lac_transport_column column = {
        .name = trim_end(lac_span_make(description + SHORT_NAME_AT, SHORT_NAME_LENGTH)),
        .at = big_endian(description + POSITION_AT, 4),
        .length = big_endian(description + LENGTH_AT, 2),
        .text = big_endian(description + TYPE_AT, 2) == TYPE_TEXT,
    };
    lac_span name = {description + LONG_NAME_AT, LONG_NAME_LENGTH};
    if (transport->long_names && transport->description_length == LONGEST_DESCRIPTION &&
        trim_end(name).len > 0) {
        column.name = trim_end(name);
    }
    return column;
}

bool lac_transport_find(lac_transport_column *column, const lac_transport *transport,
                        const char *name)
{
    for (uint32_t i = 0; i < transport->column_count; i++) {
        *column = lac_transport_column_at(transport, i);
        if (column->text && lac_span_equal_nocase(column->name, lac_span_of(name))) {
            return true;
        }
    }
    return false;
}

lac_span lac_transport_text(const lac_transport *transport, uint32_t row,
                            const lac_transport_column *column)
{
    const char *at = transport->rows.ptr + (size_t)row * transport->row_length + column->at;
    return lac_span_trim(trim_end(lac_span_make(at, column->length)));
}
