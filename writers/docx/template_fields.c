#include "writers/docx/template_fields.h"

#include "writers/docx/paragraph_text.h"

enum { LONGEST_DEFAULT = 1 << 16 };

/* ---- the code -------------------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The next word of a code, without its quotation marks. */
static lac_span next_word(lac_span *rest)
{
    while (rest->len > 0 && is_blank(rest->ptr[0])) {
        *rest = lac_span_make(rest->ptr + 1, rest->len - 1);
    }
    bool quoted = rest->len > 0 && rest->ptr[0] == '"';
    size_t start = quoted ? 1 : 0, end = start;
    while (end < rest->len && (quoted ? rest->ptr[end] != '"' : !is_blank(rest->ptr[end]))) {
        end++;
    }
    lac_span word = lac_span_make(rest->ptr + start, end - start);
    end += quoted && end < rest->len ? 1 : 0;
    *rest = lac_span_make(rest->ptr + end, rest->len - end);
    return word;
}

static bool read_code(lac_template_field *field, lac_span code)
{
    lac_span kind = next_word(&code);
    field->is_property = lac_span_equal_nocase(kind, lac_span_of("DOCPROPERTY"));
    field->is_form = lac_span_equal_nocase(kind, lac_span_of("FORMTEXT"));
    if (field->is_form) {
        return true;
    }
    field->name = next_word(&code);
    return (field->is_property || lac_span_equal_nocase(kind, lac_span_of("MERGEFIELD"))) &&
           field->name.len > 0 && field->name.ptr[0] != '\\';
}

/* ---- finding it ------------------------------------------------------------------------------ */

static bool is_fld_char(const lac_tokens *tokens, uint32_t token, const char *wanted)
{
    lac_span type;
    return tokens->items[token].word == LAC_W_FLD_CHAR &&
           lac_token_get(&type, tokens, token, "fldCharType") && lac_span_is(type, wanted);
}

static bool is_simple_field(const lac_tokens *tokens, uint32_t token)
{
    return tokens->items[token].word == LAC_W_OTHER &&
           lac_span_is(lac_token_local(tokens, token), "fldSimple");
}

static uint32_t first_run(const lac_tokens *tokens, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        if (tokens->items[i].word == LAC_W_R) {
            return i;
        }
    }
    return LAC_NO_TOKEN;
}

static bool is_blank_text(lac_span text)
{
    static const char en_space[] = "\xE2\x80\x82"; /* Word shows five of them for nothing */
    for (size_t i = 0; i < text.len; i++) {
        if (text.len - i >= 3 && memcmp(text.ptr + i, en_space, 3) == 0) {
            i += 2;
        } else if (!is_blank(text.ptr[i])) {
            return false;
        }
    }
    return true;
}

/* w:ffData (17.16.17) says what a form field is called and what it held at first. */
static bool read_form(lac_template_field *field, lac_buf *held, const lac_tokens *tokens)
{
    lac_span first = lac_span_make("", 0);
    lac_buf decoded;
    lac_buf_clear(held);
    for (uint32_t i = field->first + 1; i < tokens->items[field->first].after; i++) {
        lac_span local = lac_token_local(tokens, i);
        if (tokens->items[i].word == LAC_W_NAME) {
            (void)lac_token_get(&field->name, tokens, i, "val");
        } else if (lac_span_is(local, "default")) {
            (void)lac_token_get(&first, tokens, i, "val");
        }
    }
    lacuna_status status = field->separator == LAC_NO_TOKEN ? LACUNA_E_FORMAT : LACUNA_OK;
    for (uint32_t i = field->separator + 1; status == LACUNA_OK && i < field->last; i++) {
        if (tokens->items[i].word == LAC_W_T) {
            status = lac_xml_decode(held, lac_token_content(tokens, i));
        }
    }
    lac_buf_init(&decoded, LONGEST_DEFAULT);
    if (status == LACUNA_OK) {
        status = lac_xml_decode(&decoded, first);
    }
    field->keeps_default = is_blank_text(lac_buf_span(held)) ||
                           lac_span_equal(lac_buf_span(held), lac_buf_span(&decoded));
    lac_buf_free(&decoded);
    return status == LACUNA_OK;
}

/* From its begin to its end, both in the paragraph; false: it is another kind of field. */
static bool read_complex(lac_template_field *field, lac_buf *code, const lac_tokens *tokens,
                         uint32_t begin, uint32_t end)
{
    *field = (lac_template_field){.first = begin,
                                  .separator = LAC_NO_TOKEN,
                                  .result = LAC_NO_TOKEN,
                                  .name = lac_span_make("", 0)};
    lac_buf_clear(code);
    for (uint32_t i = begin + 1; i < end; i++) {
        lac_word word = (lac_word)tokens->items[i].word;
        if (is_fld_char(tokens, i, "begin")) {
            return false;
        }
        if (is_fld_char(tokens, i, "separate")) {
            field->separator = i;
            field->result = first_run(tokens, i, end);
        } else if (is_fld_char(tokens, i, "end")) {
            field->last = i;
            return read_code(field, lac_buf_span(code)) &&
                   (!field->is_form || read_form(field, code, tokens));
        } else if (word == LAC_W_INSTR_TEXT && field->separator == LAC_NO_TOKEN) {
            if (lac_xml_decode(code, lac_token_content(tokens, i)) != LACUNA_OK) {
                return false;
            }
        } else if (word == LAC_W_P || word == LAC_W_INS || word == LAC_W_DEL) {
            return false; /* tracked or boxed: left to a person */
        }
    }
    return false;
}

static bool read_simple(lac_template_field *field, lac_buf *code, const lac_tokens *tokens,
                        uint32_t token)
{
    lac_span raw;
    *field = (lac_template_field){.first = token,
                                  .last = token,
                                  .separator = LAC_NO_TOKEN,
                                  .result = first_run(tokens, token, tokens->items[token].after),
                                  .name = lac_span_make("", 0),
                                  .is_simple = true};
    lac_buf_clear(code);
    return lac_token_get(&raw, tokens, token, "instr") && lac_xml_decode(code, raw) == LACUNA_OK &&
           read_code(field, lac_buf_span(code));
}

bool lac_template_field_next(lac_template_field *field, lac_buf *code, uint32_t *at,
                             const lac_tokens *tokens, uint32_t paragraph)
{
    uint32_t end = tokens->items[paragraph].after;
    while (*at < end) {
        uint32_t token = (*at)++;
        lac_word word = (lac_word)tokens->items[token].word;
        if (word == LAC_W_P || word == LAC_W_DEL || word == LAC_W_TXBX_CONTENT) {
            *at = tokens->items[token].after;
        } else if (is_fld_char(tokens, token, "begin")
                       ? read_complex(field, code, tokens, token, end)
                       : is_simple_field(tokens, token) &&
                             read_simple(field, code, tokens, token)) {
            *at = field->is_simple ? tokens->items[token].after : field->last + 1;
            return true;
        }
    }
    return false;
}
