#include "writers/sheet_csv.h"

static bool has_any(lac_span text, const char *characters)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\0' && strchr(characters, text.ptr[i]) != NULL) {
            return true;
        }
    }
    return false;
}

static void write_field(lac_output *output, lac_span text)
{
    bool guarded = text.len > 0 && has_any(lac_span_make(text.ptr, 1), "=+-@'\t\r");
    /* A semicolon too, so that a program that splits at it still reads whole cells. */
    bool quoted = has_any(text, "\",;\t\r\n") || text.ptr[0] == ' ' ||
                  (text.len > 0 && text.ptr[text.len - 1] == ' ');
    lac_output_text(output, quoted ? "\"" : "");
    lac_output_text(output, guarded ? "'" : "");
    for (size_t i = 0; i < text.len; i++) {
        lac_output_text(output, text.ptr[i] == '"' ? "\"" : "");
        lac_output_char(output, text.ptr[i]);
    }
    lac_output_text(output, quoted ? "\"" : "");
}

static void write_row(lac_output *output, const lac_sheet *sheet, const lac_row *row)
{
    uint32_t column = 0;
    for (uint32_t i = 0; i < row->count; i++) {
        const lac_cell *cell = &sheet->cells[row->first + i];
        for (; column < cell->column; column++) {
            lac_output_char(output, ',');
        }
        write_field(output, cell->text);
    }
    lac_output_text(output, "\r\n");
}

lacuna_status lac_csv_sheets(const lac_sheets *sheets, lacuna_write_fn write, void *user,
                             lacuna_error *err)
{
    lac_output output;
    lac_output_init(&output, write, user);
    lac_output_text(&output, "\xEF\xBB\xBF");
    for (uint32_t s = 0; s < sheets->count; s++) {
        lac_output_text(&output, s == 0 ? "" : "\r\n");
        for (uint32_t i = 0; i < sheets->items[s].row_count; i++) {
            write_row(&output, &sheets->items[s], &sheets->items[s].rows[i]);
        }
    }
    return lac_output_finish(&output, err);
}
