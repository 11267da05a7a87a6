#include "drafter/draft/plain.h"

#include "support/error.h"

#include <stdlib.h>

enum { NEEDED_MAX = 160 };

static const char NEEDED[] = "[DATA NEEDED: ";

void lac_plain_init(lac_plain *out)
{
    *out = (lac_plain){.part = NULL};
    lac_buf_init(&out->text, 4 * LAC_ANSWER_BYTES_MAX);
}

void lac_plain_free(lac_plain *plain)
{
    lac_buf_free(&plain->text);
    free(plain->part);
    *plain = (lac_plain){.part = NULL};
}

static lacuna_status put(lac_plain *out, const char *bytes, size_t length, uint32_t part)
{
    void *parts = out->part;
    size_t at = out->text.len;
    lacuna_status status = lac_buf_append(&out->text, bytes, length);
    if (status == LACUNA_OK) {
        status = lac_grow(&parts, &out->capacity, at + length, sizeof *out->part, SIZE_MAX / 8);
        out->part = parts;
    }
    for (size_t i = at; status == LACUNA_OK && i < at + length; i++) {
        out->part[i] = part;
    }
    return status;
}

lacuna_status lac_plain_put(lac_plain *out, const char *text, uint32_t part)
{
    return put(out, text, strlen(text), part);
}

lacuna_status lac_plain_append(lac_plain *out, const lac_plain *from, size_t start, size_t end)
{
    lacuna_status status = LACUNA_OK;
    bool spaced = true;
    for (size_t i = start; i < end && status == LACUNA_OK; i++) {
        char c = from->text.data[i];
        bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!space || !spaced) {
            status = put(out, space ? " " : &c, 1, from->part[i]);
        }
        spaced = space;
    }
    return status;
}

/* ---- an answer ------------------------------------------------------------------------------ */

static bool is_emphasis(lac_span text, size_t at)
{
    char c = text.ptr[at];
    bool pair = (c == '*' || c == '_') && at + 1 < text.len && text.ptr[at + 1] == c;
    bool second = (c == '*' || c == '_') && at > 0 && text.ptr[at - 1] == c;
    return c == '`' || pair || second;
}

/* Direction marks and their like would show a reader another order than what was verified. */
static size_t unseen_length(lac_span text, size_t at)
{
    const unsigned char *c = (const unsigned char *)text.ptr + at;
    if (c[0] < 0x20 && c[0] != '\n' && c[0] != '\t') {
        return 1;
    }
    if (at + 3 <= text.len && c[0] == 0xE2 &&
        ((c[1] == 0x80 && ((c[2] >= 0x8B && c[2] <= 0x8F) || (c[2] >= 0xAA && c[2] <= 0xAE))) ||
         (c[1] == 0x81 && c[2] >= 0xA0 && c[2] <= 0xAF))) {
        return 3;
    }
    if (at + 4 <= text.len && c[0] == 0xF3 && c[1] == 0xA0) { /* tag characters */
        return 4;
    }
    return 0;
}

static lacuna_status add_part(lac_plain *out, lac_span text, uint32_t part)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < text.len && status == LACUNA_OK;) {
        size_t unseen = unseen_length(text, i);
        if (unseen == 0 && !is_emphasis(text, i)) {
            status = put(out, text.ptr + i, 1, part);
        }
        i += unseen == 0 ? 1 : unseen;
    }
    return status;
}

/* The placeholder that begins at a byte; 0: none. */
static size_t needed_length(lac_span text, size_t at)
{
    size_t begin = sizeof NEEDED - 1;
    if (at + begin > text.len || memcmp(text.ptr + at, NEEDED, begin) != 0) {
        return 0;
    }
    const char *close = memchr(text.ptr + at, ']', text.len - at);
    return close == NULL ? 0 : (size_t)(close - text.ptr) - at + 1;
}

static lacuna_status add_needed(lac_plain *out, const lac_plain *from, size_t at, size_t length)
{
    lacuna_status status = LACUNA_OK;
    if (length > NEEDED_MAX) {
        return lac_plain_put(out, "[DATA NEEDED: details]", from->part[at]);
    }
    for (size_t i = at; i < at + length && status == LACUNA_OK; i++) {
        char c = from->text.data[i];
        c = c == '\n' ? ' ' : c >= '0' && c <= '9' ? '_' : c;
        status = put(out, &c, 1, from->part[i]);
    }
    return status;
}

lacuna_status lac_plain_make(lac_plain *out, const lac_draft_answer *answer, lacuna_error *err)
{
    lac_plain raw;
    lacuna_status status = LACUNA_OK;
    lac_plain_init(out);
    lac_plain_init(&raw);
    for (uint32_t i = 0; i < answer->count && status == LACUNA_OK; i++) {
        status = add_part(&raw, answer->parts[i].text, i);
    }
    lac_span text = lac_buf_span(&raw.text);
    for (size_t at = 0; at < text.len && status == LACUNA_OK;) {
        size_t length = needed_length(text, at);
        status = length > 0 ? add_needed(out, &raw, at, length)
                            : put(out, text.ptr + at, 1, raw.part[at]);
        at += length > 0 ? length : 1;
    }
    lac_plain_free(&raw);
    if (status != LACUNA_OK) {
        lac_plain_free(out);
        return status == LACUNA_E_NOMEM ? lac_fail_nomem(err)
                                        : lac_fail(err, status, "the answer is too long");
    }
    return LACUNA_OK;
}
