#include "parsers/sheet/xlsx_text.h"

#include "support/error.h"

#include <stdlib.h>

enum { MOST_STRINGS = 1000000 };

bool lac_xlsx_is_main(const char *uri)
{
    return uri != NULL &&
           (strcmp(uri, "http://schemas.openxmlformats.org/spreadsheetml/2006/main") == 0 ||
            strcmp(uri, "http://purl.oclc.org/ooxml/spreadsheetml/main") == 0);
}

lacuna_status lac_xlsx_append(lac_buf *buf, lac_span text, lacuna_error *err)
{
    lacuna_status status = lac_buf_append_span(buf, text);
    if (status == LACUNA_E_LIMIT) {
        return lac_fail(err, status, "a cell of more than %d bytes", LAC_SHEET_CELL_BYTES);
    }
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(err);
}

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c == '\0' ? NULL : strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c);
    return at == NULL ? -1 : (int)(at - digits);
}

/* "_xHHHH_" at the front of `text`. */
static bool escaped_code(uint32_t *code, lac_span text)
{
    if (text.len < 7 || text.ptr[0] != '_' || text.ptr[1] != 'x' || text.ptr[6] != '_') {
        return false;
    }
    *code = 0;
    for (size_t i = 2; i < 6; i++) {
        int digit = hex_digit(text.ptr[i]);
        if (digit < 0) {
            return false;
        }
        *code = *code * 16 + (uint32_t)digit;
    }
    return *code != 0;
}

lacuna_status lac_xlsx_decode(lac_buf *out, lac_span text, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    bool carriage = false; /* a CR was seen last */
    for (size_t i = 0; i < text.len && status == LACUNA_OK;) {
        uint32_t code;
        bool escaped = escaped_code(&code, lac_span_make(text.ptr + i, text.len - i));
        code = escaped ? code : (unsigned char)text.ptr[i];
        if (code == '\r' || (code == '\n' && !carriage)) {
            status = lac_xlsx_append(out, lac_span_of("\n"), err);
        } else if (escaped && code != '\n') {
            status = lac_buf_append_codepoint(out, code);
            status = status == LACUNA_OK ? LACUNA_OK : lac_fail(err, status, "a cell is too long");
        } else if (code != '\n') {
            status = lac_xlsx_append(out, lac_span_make(text.ptr + i, 1), err);
        }
        carriage = code == '\r';
        i += escaped ? 7 : 1;
    }
    return status;
}

void lac_xlsx_strings_init(lac_xlsx_strings *strings)
{
    *strings = (lac_xlsx_strings){.items = NULL};
    lac_arena_init(&strings->arena);
}

void lac_xlsx_strings_free(lac_xlsx_strings *strings)
{
    free(strings->items);
    lac_arena_free(&strings->arena);
}

typedef struct strings_reader {
    lac_xlsx_strings *strings;
    lac_buf raw, text;
    uint32_t phonetic; /* depth inside rPh: how a word is said, not what the cell shows */
    bool in_text;
    lacuna_error *err;
} strings_reader;

static lacuna_status strings_start(void *user, const lac_xml_element *element)
{
    strings_reader *r = user;
    if (!lac_xlsx_is_main(element->uri)) {
        return LACUNA_OK;
    }
    if (strcmp(element->name, "si") == 0) {
        lac_buf_clear(&r->raw);
    }
    r->phonetic += strcmp(element->name, "rPh") == 0 ? 1 : 0;
    r->in_text = r->phonetic == 0 && strcmp(element->name, "t") == 0;
    return LACUNA_OK;
}

static lacuna_status keep_string(strings_reader *r)
{
    lac_xlsx_strings *strings = r->strings;
    lac_buf_clear(&r->text);
    lacuna_status status = lac_xlsx_decode(&r->text, lac_buf_span(&r->raw), r->err);
    if (status != LACUNA_OK) {
        return status;
    }
    status = lac_grow((void **)&strings->items, &strings->cap, (size_t)strings->count + 1,
                      sizeof *strings->items, MOST_STRINGS);
    if (status == LACUNA_E_LIMIT || strings->arena.used > LAC_SHEET_TEXT) {
        return lac_fail(r->err, LACUNA_E_LIMIT, "the workbook holds too much text");
    }
    const char *kept =
        status == LACUNA_OK ? lac_arena_copy(&strings->arena, lac_buf_span(&r->text)) : NULL;
    if (kept == NULL) {
        return lac_fail_nomem(r->err);
    }
    strings->items[strings->count++] = lac_span_make(kept, r->text.len);
    return LACUNA_OK;
}

static lacuna_status strings_end(void *user, const char *name, const char *uri)
{
    strings_reader *r = user;
    if (!lac_xlsx_is_main(uri)) {
        return LACUNA_OK;
    }
    r->in_text = false;
    r->phonetic -= r->phonetic > 0 && strcmp(name, "rPh") == 0 ? 1 : 0;
    return strcmp(name, "si") == 0 ? keep_string(r) : LACUNA_OK;
}

static lacuna_status strings_text(void *user, lac_span text)
{
    strings_reader *r = user;
    return r->in_text ? lac_xlsx_append(&r->raw, text, r->err) : LACUNA_OK;
}

lacuna_status lac_xlsx_strings_read(lac_xlsx_strings *strings, lac_package *package, uint32_t part,
                                    const lac_limits *limits, lacuna_error *err)
{
    strings_reader r = {.strings = strings, .err = err};
    lac_buf_init(&r.raw, LAC_SHEET_CELL_BYTES);
    lac_buf_init(&r.text, LAC_SHEET_CELL_BYTES);
    lac_xml_handler handler = {&r, strings_start, strings_end, strings_text};
    lacuna_status status = lac_xml_parse_part(package, part, limits, &handler, err);
    lac_buf_free(&r.raw);
    lac_buf_free(&r.text);
    return status;
}
