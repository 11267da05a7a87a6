/*
 * xlsx_text.h - what the files of the XLSX reader share: captured text and the shared strings.
 */
#ifndef LAC_XLSX_TEXT_H
#define LAC_XLSX_TEXT_H

#include "parsers/package/xml_reader.h"
#include "parsers/sheet/sheet.h"

typedef struct lac_xlsx_strings {
    lac_arena arena;
    lac_span *items;
    uint32_t count;
    size_t cap;
} lac_xlsx_strings;

void lac_xlsx_strings_init(lac_xlsx_strings *strings);
void lac_xlsx_strings_free(lac_xlsx_strings *strings);
/* xl/sharedStrings.xml (ECMA-376 part 1, 18.4.9). */
lacuna_status lac_xlsx_strings_read(lac_xlsx_strings *strings, lac_package *package, uint32_t part,
                                    const lac_limits *limits, lacuna_error *err);

/* Whether an element is one of spreadsheetml, transitional or strict. */
bool lac_xlsx_is_main(const char *uri);

/* Appends to a cell's text; names the limit it goes beyond. */
lacuna_status lac_xlsx_append(lac_buf *buf, lac_span text, lacuna_error *err);

/* Undoes "_x000D_" (ECMA-376 part 1, 22.9.2.19, ST_Xstring) and makes every line end LF. */
lacuna_status lac_xlsx_decode(lac_buf *out, lac_span text, lacuna_error *err);

/* One worksheet into the sheet that was begun last. */
lacuna_status lac_xlsx_sheet_read(lac_sheets *sheets, lac_package *package, uint32_t part,
                                  const lac_xlsx_strings *strings, const lac_limits *limits,
                                  lacuna_error *err);

#endif
