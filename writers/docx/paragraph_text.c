#define _GNU_SOURCE /* memmem */

#include "writers/docx/paragraph_text.h"

#include "support/error.h"

#include <stdlib.h>

enum { TEXT_MAX = 64 << 20, PIECES_MAX = 1 << 22, LONGEST_REFERENCE = 12 };

void lac_paragraph_text_init(lac_paragraph_text *text)
{
    *text = (lac_paragraph_text){.pieces = NULL};
    lac_buf_init(&text->text, TEXT_MAX);
}

void lac_paragraph_text_free(lac_paragraph_text *text)
{
    lac_buf_free(&text->text);
    free(text->pieces);
    text->pieces = NULL;
    text->count = text->cap = 0;
}

/* ---- references ------------------------------------------------------------------------------ */

static uint32_t number_of(lac_span digits)
{
    bool hex = digits.len > 0 && digits.ptr[0] == 'x';
    uint32_t value = 0;
    for (size_t i = hex ? 1 : 0; i < digits.len; i++) {
        char c = digits.ptr[i];
        uint32_t digit = c >= '0' && c <= '9'          ? (uint32_t)(c - '0')
                         : hex && c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
                         : hex && c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
                                                       : 0;
        value = value * (hex ? 16u : 10u) + digit;
        value = value > 0x10FFFF ? 0x110000 : value;
    }
    return value;
}

/* The character a reference at the start of `raw` stands for; 0: no reference. */
static uint32_t reference(size_t *length, lac_span raw)
{
    static const struct {
        const char *name;
        char character;
    } named[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
    size_t room = raw.len < LONGEST_REFERENCE ? raw.len : LONGEST_REFERENCE;
    const char *end = memchr(raw.ptr, ';', room);
    if (end == NULL) {
        return 0;
    }
    lac_span name = lac_span_make(raw.ptr + 1, (size_t)(end - raw.ptr) - 1);
    *length = (size_t)(end - raw.ptr) + 1;
    if (name.len > 1 && name.ptr[0] == '#') {
        return number_of(lac_span_make(name.ptr + 1, name.len - 1));
    }
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
        if (lac_span_is(name, named[i].name)) {
            return (unsigned char)named[i].character;
        }
    }
    return 0;
}

/* One character of raw text: appends it, says how many raw bytes it took. */
static lacuna_status decode_one(lac_buf *out, size_t *length, lac_span raw)
{
    *length = 1;
    if (raw.ptr[0] == '&') {
        uint32_t character = reference(length, raw);
        if (character != 0) {
            return lac_buf_append_codepoint(out, character);
        }
        *length = 1;
    }
    return lac_buf_append_char(out, raw.ptr[0]);
}

lacuna_status lac_xml_decode(lac_buf *out, lac_span raw)
{
    lacuna_status status = LACUNA_OK;
    size_t length;
    for (size_t at = 0; at < raw.len && status == LACUNA_OK; at += length) {
        const char *next = memchr(raw.ptr + at, '&', raw.len - at);
        length = next == NULL ? raw.len - at : (size_t)(next - raw.ptr) - at;
        status = length > 0 ? lac_buf_append(out, raw.ptr + at, length)
                            : decode_one(out, &length, lac_span_make(raw.ptr + at, raw.len - at));
    }
    return status;
}

/* Bytes of UTF-8 that one character of raw text stands for; needs no memory. */
static uint32_t decoded_bytes(size_t *length, lac_span raw)
{
    *length = 1;
    uint32_t character = raw.ptr[0] == '&' ? reference(length, raw) : 0;
    if (character == 0) {
        *length = 1;
        return 1;
    }
    return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
}

size_t lac_piece_offset(const lac_tokens *tokens, const lac_piece *piece, uint32_t at)
{
    const lac_token *item = &tokens->items[piece->element];
    lac_span raw = lac_token_content(tokens, piece->element);
    if (item->word != LAC_W_T) {
        return at <= piece->start ? item->start : item->end;
    }
    if (at <= piece->start) {
        return item->tag_end;
    }
    size_t raw_at = 0, length;
    uint32_t done = piece->start;
    while (raw_at < raw.len && done < at) {
        done += decoded_bytes(&length, lac_span_make(raw.ptr + raw_at, raw.len - raw_at));
        raw_at += length;
    }
    return item->tag_end + raw_at;
}

/* ---- reading --------------------------------------------------------------------------------- */

typedef struct reading {
    lac_paragraph_text *out;
    const lac_tokens *tokens;
    uint32_t paragraph;
    lac_field_state *fields;
    lacuna_error *err;
} reading;

static uint32_t up_to(const reading *state, uint32_t token, lac_word word)
{
    const lac_token *items = state->tokens->items;
    for (uint32_t up = items[token].parent; up != state->paragraph && up != LAC_NO_TOKEN;
         up = items[up].parent) {
        if (items[up].word == word) {
            return up;
        }
    }
    return LAC_NO_TOKEN;
}

static bool in_simple_field(const reading *state, uint32_t token)
{
    const lac_token *items = state->tokens->items;
    for (uint32_t up = items[token].parent; up != state->paragraph && up != LAC_NO_TOKEN;
         up = items[up].parent) {
        if (items[up].word == LAC_W_OTHER &&
            lac_span_is(lac_token_local(state->tokens, up), "fldSimple")) {
            return true;
        }
    }
    return false;
}

static lacuna_status append(reading *state, uint32_t token, const char *literal)
{
    lac_paragraph_text *out = state->out;
    uint32_t run = up_to(state, token, LAC_W_R);
    if (run == LAC_NO_TOKEN || state->fields->codes > 0) {
        return LACUNA_OK;
    }
    uint32_t start = (uint32_t)out->text.len;
    lac_span raw = lac_token_content(state->tokens, token);
    lacuna_status status = literal != NULL ? lac_buf_append_text(&out->text, literal)
                                           : lac_xml_decode(&out->text, raw);
    if (status == LACUNA_OK) {
        status = lac_grow((void **)&out->pieces, &out->cap, out->count + 1, sizeof *out->pieces,
                          PIECES_MAX);
    }
    if (status != LACUNA_OK) {
        return lac_fail(state->err, status, "the text of a paragraph is too long");
    }
    out->pieces[out->count++] = (lac_piece){
        .run = run,
        .element = token,
        .start = start,
        .end = (uint32_t)out->text.len,
        .control = up_to(state, token, LAC_W_SDT),
        .in_field = state->fields->depth > 0 || in_simple_field(state, token),
        .opaque = literal == NULL && memchr(raw.ptr, '<', raw.len) != NULL,
    };
    return LACUNA_OK;
}

static void step_field(reading *state, uint32_t token)
{
    lac_field_state *fields = state->fields;
    lac_span type;
    if (!lac_token_get(&type, state->tokens, token, "fldCharType")) {
        return;
    }
    if (lac_span_is(type, "begin")) {
        fields->depth++;
        fields->codes++;
    } else if (lac_span_is(type, "separate") && fields->codes > 0) {
        fields->codes--;
    } else if (lac_span_is(type, "end") && fields->depth > 0) {
        fields->depth--;
        fields->codes = fields->codes > fields->depth ? fields->depth : fields->codes;
    }
}

/* Elements whose text is not the paragraph's. */
static bool is_passed_over(lac_word word)
{
    return word == LAC_W_P || word == LAC_W_DEL || word == LAC_W_MOVE_FROM || word == LAC_W_R_PR ||
           word == LAC_W_P_PR || word == LAC_W_SDT_PR || word == LAC_W_TXBX_CONTENT;
}

static lacuna_status read_one(reading *state, uint32_t token)
{
    switch (state->tokens->items[token].word) {
    case LAC_W_T:
        return append(state, token, NULL);
    case LAC_W_TAB:
        return append(state, token, "\t");
    case LAC_W_BR:
        return append(state, token, "\n");
    case LAC_W_FLD_CHAR:
        step_field(state, token);
        return LACUNA_OK;
    case LAC_W_OTHER: {
        lac_span local = lac_token_local(state->tokens, token);
        return lac_span_is(local, "cr")              ? append(state, token, "\n")
               : lac_span_is(local, "noBreakHyphen") ? append(state, token, "\xE2\x80\x91")
                                                     : LACUNA_OK;
    }
    default:
        return LACUNA_OK;
    }
}

lacuna_status lac_paragraph_text_read(lac_paragraph_text *text, const lac_tokens *tokens,
                                      uint32_t paragraph, lac_field_state *fields,
                                      lacuna_error *err)
{
    reading state = {text, tokens, paragraph, fields, err};
    lacuna_status status = LACUNA_OK;
    lac_buf_clear(&text->text);
    text->count = 0;
    uint32_t end = tokens->items[paragraph].after;
    for (uint32_t i = paragraph + 1; i < end && status == LACUNA_OK;) {
        if (is_passed_over((lac_word)tokens->items[i].word)) {
            i = tokens->items[i].after;
            continue;
        }
        status = read_one(&state, i++);
    }
    return status;
}
