/* A worksheet (ECMA-376 part 1, 18.3.1.99): rows, cells, what the cells show. */
#include "parsers/sheet/xlsx_text.h"
#include "support/error.h"

enum { MOST_ROW_NUMBER = 1048576, MOST_COLUMN = 16384 }; /* of a worksheet in Excel */

typedef struct sheet_reader {
    lac_sheets *sheets;
    const lac_xlsx_strings *strings;
    lac_buf raw, text;
    uint32_t row;         /* number of the open row, or of the last one */
    uint32_t next_column; /* least column the next cell may have */
    uint32_t column;      /* of the open cell */
    char type[12];
    uint32_t phonetic;
    bool in_row, in_cell, in_text;
    lacuna_error *err;
} sheet_reader;

static bool parse_number(uint32_t *number, lac_span text)
{
    uint32_t value = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9' || value > 100000000) {
            return false;
        }
        value = value * 10 + (uint32_t)(text.ptr[i] - '0');
    }
    *number = value;
    return text.len > 0;
}

/* "AB12": the column of a reference. */
static bool parse_column(uint32_t *column, lac_span reference)
{
    uint32_t value = 0;
    size_t i = 0;
    for (; i < reference.len && reference.ptr[i] >= 'A' && reference.ptr[i] <= 'Z'; i++) {
        value = value * 26 + (uint32_t)(reference.ptr[i] - 'A') + 1;
        if (value > MOST_COLUMN) {
            return false;
        }
    }
    *column = value - 1;
    return i > 0;
}

static lacuna_status start_row(sheet_reader *r, const lac_xml_element *element)
{
    lac_span number;
    uint32_t row = r->row + 1;
    if (lac_xml_get(element, "r", &number) && !parse_number(&row, number)) {
        return lac_fail(r->err, LACUNA_E_FORMAT, "a row has no number that can be read");
    }
    if (row <= r->row || row > MOST_ROW_NUMBER || r->in_row) {
        return lac_fail(r->err, LACUNA_E_FORMAT, "row %u does not stand in its place", row);
    }
    r->row = row;
    r->next_column = 0;
    r->in_row = true;
    return lac_sheet_row(r->sheets, row, r->err);
}

static lacuna_status start_cell(sheet_reader *r, const lac_xml_element *element)
{
    lac_span reference;
    lac_span type = lac_span_of("n");
    uint32_t column = r->next_column;
    if (!r->in_row || r->in_cell ||
        (lac_xml_get(element, "r", &reference) && !parse_column(&column, reference)) ||
        column < r->next_column) {
        return lac_fail(r->err, LACUNA_E_FORMAT, "row %u: a cell does not stand in its place",
                        r->row);
    }
    (void)lac_xml_get(element, "t", &type);
    size_t length = type.len < sizeof r->type ? type.len : sizeof r->type - 1;
    memcpy(r->type, type.ptr, length);
    r->type[length] = '\0';
    r->column = column;
    r->next_column = column + 1;
    r->in_cell = true;
    lac_buf_clear(&r->raw);
    return LACUNA_OK;
}

static lacuna_status sheet_start(void *user, const lac_xml_element *element)
{
    sheet_reader *r = user;
    const char *name = element->name;
    if (!lac_xlsx_is_main(element->uri)) {
        return LACUNA_OK;
    }
    if (strcmp(name, "row") == 0) {
        return start_row(r, element);
    }
    if (strcmp(name, "c") == 0) {
        return start_cell(r, element);
    }
    r->phonetic += strcmp(name, "rPh") == 0 ? 1 : 0;
    bool in_line = strcmp(r->type, "inlineStr") == 0;
    r->in_text = r->in_cell && r->phonetic == 0 && strcmp(name, in_line ? "t" : "v") == 0;
    return LACUNA_OK;
}

static lacuna_status keep_text(sheet_reader *r, lac_cell_kind kind, lac_span text)
{
    return lac_sheet_add(r->sheets, r->column, kind, text, r->err);
}

static lacuna_status keep_shared(sheet_reader *r, lac_span value)
{
    uint32_t index;
    if (!parse_number(&index, lac_span_trim(value)) || index >= r->strings->count) {
        return lac_fail(r->err, LACUNA_E_FORMAT, "row %u: a cell shows a text that is not there",
                        r->row);
    }
    return keep_text(r, LAC_CELL_TEXT, r->strings->items[index]);
}

static lacuna_status end_cell(sheet_reader *r)
{
    lac_span value = lac_buf_span(&r->raw);
    r->in_cell = false;
    if (value.len == 0) {
        return LACUNA_OK;
    }
    if (strcmp(r->type, "s") == 0) {
        return keep_shared(r, value);
    }
    if (strcmp(r->type, "b") == 0) {
        bool truth = lac_span_is(value, "1") || lac_span_is(value, "true");
        return keep_text(r, LAC_CELL_TRUTH, lac_span_of(truth ? "yes" : "no"));
    }
    if (strcmp(r->type, "e") == 0) {
        return keep_text(r, LAC_CELL_FAULT, value);
    }
    if (strcmp(r->type, "str") != 0 && strcmp(r->type, "inlineStr") != 0) {
        return keep_text(r, LAC_CELL_NUMBER, value);
    }
    lac_buf_clear(&r->text);
    lacuna_status status = lac_xlsx_decode(&r->text, value, r->err);
    return status == LACUNA_OK ? keep_text(r, LAC_CELL_TEXT, lac_buf_span(&r->text)) : status;
}

static lacuna_status sheet_end(void *user, const char *name, const char *uri)
{
    sheet_reader *r = user;
    if (!lac_xlsx_is_main(uri)) {
        return LACUNA_OK;
    }
    r->in_text = false;
    r->phonetic -= r->phonetic > 0 && strcmp(name, "rPh") == 0 ? 1 : 0;
    if (strcmp(name, "c") == 0 && r->in_cell) {
        return end_cell(r);
    }
    if (strcmp(name, "row") == 0) {
        r->in_row = false;
    }
    return LACUNA_OK;
}

static lacuna_status sheet_text(void *user, lac_span text)
{
    sheet_reader *r = user;
    return r->in_text ? lac_xlsx_append(&r->raw, text, r->err) : LACUNA_OK;
}

lacuna_status lac_xlsx_sheet_read(lac_sheets *sheets, lac_package *package, uint32_t part,
                                  const lac_xlsx_strings *strings, const lac_limits *limits,
                                  lacuna_error *err)
{
    sheet_reader r = {.sheets = sheets, .strings = strings, .err = err};
    lac_buf_init(&r.raw, LAC_SHEET_CELL_BYTES);
    lac_buf_init(&r.text, LAC_SHEET_CELL_BYTES);
    lac_xml_handler handler = {&r, sheet_start, sheet_end, sheet_text};
    lacuna_status status = lac_xml_parse_part(package, part, limits, &handler, err);
    lac_buf_free(&r.raw);
    lac_buf_free(&r.text);
    return status;
}
