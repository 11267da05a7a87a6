/* RFC 4180 as spreadsheet programs write it. A row is a record: a line end inside quotes does not
 * count, as no program counts it. */
#include "parsers/sheet/sheet.h"
#include "support/error.h"
#include "support/utf8.h"

typedef struct scanner {
    lac_sheets *sheets;
    lac_span csv;
    size_t at;
    char separator;
    uint32_t row, column;
    lac_buf field;
    lacuna_error *err;
} scanner;

/* The separator that stands most often in the first line, outside quotes. */
static char find_separator(lac_span csv)
{
    size_t commas = 0;
    size_t semicolons = 0;
    size_t tabs = 0;
    bool quoted = false;
    for (size_t i = 0; i < csv.len && (quoted || csv.ptr[i] != '\n'); i++) {
        char c = csv.ptr[i];
        quoted = c == '"' ? !quoted : quoted;
        commas += !quoted && c == ',' ? 1 : 0;
        semicolons += !quoted && c == ';' ? 1 : 0;
        tabs += !quoted && c == '\t' ? 1 : 0;
    }
    if (tabs > commas && tabs > semicolons) {
        return '\t';
    }
    return semicolons > commas ? ';' : ',';
}

static bool is_formula_sign(char c)
{
    return c != '\0' && strchr("=+-@'\t\r", c) != NULL;
}

/* A quote that was put in front of what a spreadsheet would take for a formula is taken off. */
static lac_span unguarded(lac_span text)
{
    if (text.len > 1 && text.ptr[0] == '\'' && is_formula_sign(text.ptr[1])) {
        return lac_span_make(text.ptr + 1, text.len - 1);
    }
    return text;
}

static lacuna_status append(scanner *s, char c)
{
    lacuna_status status = lac_buf_append_char(&s->field, c);
    if (status == LACUNA_E_LIMIT) {
        return lac_fail(s->err, status, "row %u has a cell of more than %d bytes", s->row,
                        LAC_SHEET_CELL_BYTES);
    }
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(s->err);
}

/* Behind the opening quote; ends behind the closing one. Line ends become LF. */
static lacuna_status read_quoted(scanner *s)
{
    lacuna_status status = LACUNA_OK;
    while (status == LACUNA_OK && s->at < s->csv.len) {
        char c = s->csv.ptr[s->at++];
        bool more = s->at < s->csv.len;
        if (c == '"' && more && s->csv.ptr[s->at] == '"') {
            s->at++;
        } else if (c == '"') {
            return LACUNA_OK;
        } else if (c == '\r' && more && s->csv.ptr[s->at] == '\n') {
            continue;
        }
        status = append(s, c);
    }
    return status != LACUNA_OK
               ? status
               : lac_fail(s->err, LACUNA_E_FORMAT, "row %u: a quoted cell does not end", s->row);
}

static bool ends_field(const scanner *s)
{
    char c = s->csv.ptr[s->at];
    return c == s->separator || c == '\n' || c == '\r';
}

static lacuna_status read_field(scanner *s)
{
    lac_buf_clear(&s->field);
    lacuna_status status = LACUNA_OK;
    if (s->at < s->csv.len && s->csv.ptr[s->at] == '"') {
        s->at++;
        status = read_quoted(s);
    }
    while (status == LACUNA_OK && s->at < s->csv.len && !ends_field(s)) {
        status = append(s, s->csv.ptr[s->at++]);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    return lac_sheet_add(s->sheets, s->column, LAC_CELL_TEXT, unguarded(lac_buf_span(&s->field)),
                         s->err);
}

static lacuna_status read_record(scanner *s)
{
    lacuna_status status = lac_sheet_row(s->sheets, s->row, s->err);
    s->column = 0;
    while (status == LACUNA_OK) {
        status = read_field(s);
        if (status != LACUNA_OK || s->at >= s->csv.len || s->csv.ptr[s->at] != s->separator) {
            break;
        }
        s->at++;
        s->column++;
    }
    if (s->at < s->csv.len && s->csv.ptr[s->at] == '\r') {
        s->at++;
    }
    if (s->at < s->csv.len && s->csv.ptr[s->at] == '\n') {
        s->at++;
    }
    s->row++;
    return status;
}

static lacuna_status refuse_encoding(lacuna_error *err)
{
    return lac_fail_remedy(err, LACUNA_E_FORMAT,
                           "in Excel save as \"CSV UTF-8 (Comma delimited)\", or as .xlsx",
                           "the CSV file is not in UTF-8");
}

/* "sep=;" as first line, an instruction to Excel; *separator stays where there is none. */
static lac_span without_instruction(lac_span csv, char *separator)
{
    if (csv.len < 6 || !lac_span_starts_nocase(csv, "sep=") || strchr(",;\t", csv.ptr[4]) == NULL ||
        (csv.ptr[5] != '\r' && csv.ptr[5] != '\n')) {
        return csv;
    }
    *separator = csv.ptr[4];
    return lac_span_make(csv.ptr + 5, csv.len - 5);
}

lacuna_status lac_csv_read(lac_sheets *sheets, lac_span csv, lacuna_error *err)
{
    if (csv.len >= 3 && memcmp(csv.ptr, "\xEF\xBB\xBF", 3) == 0) {
        csv = lac_span_make(csv.ptr + 3, csv.len - 3);
    }
    if (!lac_utf8_valid(csv) || (csv.len > 0 && memchr(csv.ptr, '\0', csv.len) != NULL)) {
        return refuse_encoding(err);
    }
    scanner s = {
        .sheets = sheets, .csv = csv, .separator = find_separator(csv), .row = 1, .err = err};
    s.csv = without_instruction(csv, &s.separator);
    lac_buf_init(&s.field, LAC_SHEET_CELL_BYTES);
    lacuna_status status = lac_sheet_begin(sheets, lac_span_of(""), err);
    while (status == LACUNA_OK && s.at < s.csv.len) {
        status = read_record(&s);
    }
    lac_buf_free(&s.field);
    return status;
}
