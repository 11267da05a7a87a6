#include "drafter/normalize.h"

#include "support/error.h"
#include "support/utf8.h"

#include <stdlib.h>

/* What a character becomes; "" removes it. Ranges are in order and do not overlap. */
static const struct {
    uint32_t first, last;
    const char *becomes;
} FOLDS[] = {
    {0x00AB, 0x00AB, "\""},  {0x00AD, 0x00AD, ""},    {0x00B5, 0x00B5, "\xCE\xBC"},
    {0x00BB, 0x00BB, "\""},  {0x061C, 0x061C, ""},    {0x200B, 0x200F, ""},
    {0x2010, 0x2015, "-"},   {0x2018, 0x201B, "'"},   {0x201C, 0x201F, "\""},
    {0x2026, 0x2026, "..."}, {0x202A, 0x202E, ""},    {0x2032, 0x2032, "'"},
    {0x2033, 0x2033, "\""},  {0x2060, 0x2064, ""},    {0x2066, 0x2069, ""},
    {0x2212, 0x2212, "-"},   {0xFB00, 0xFB00, "ff"},  {0xFB01, 0xFB01, "fi"},
    {0xFB02, 0xFB02, "fl"},  {0xFB03, 0xFB03, "ffi"}, {0xFB04, 0xFB04, "ffl"},
    {0xFE58, 0xFE58, "-"},   {0xFE63, 0xFE63, "-"},   {0xFEFF, 0xFEFF, ""},
    {0xFF0D, 0xFF0D, "-"},   {0xE0000, 0xE007F, ""},
};

static const char *fold_of(uint32_t codepoint)
{
    size_t low = 0, high = sizeof FOLDS / sizeof FOLDS[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (codepoint > FOLDS[middle].last) {
            low = middle + 1;
        } else if (codepoint < FOLDS[middle].first) {
            high = middle;
        } else {
            return FOLDS[middle].becomes;
        }
    }
    return NULL;
}

static lacuna_status add(lac_normal *out, const char *bytes, size_t length, size_t offset)
{
    lacuna_status status =
        lac_grow((void **)&out->offsets, &out->offset_capacity, out->text.len + length + 1,
                 sizeof *out->offsets, (size_t)UINT32_MAX * 4);
    for (size_t i = 0; i < length && status == LACUNA_OK; i++) {
        out->offsets[out->text.len + i] = (uint32_t)offset;
    }
    return status == LACUNA_OK ? lac_buf_append(&out->text, bytes, length) : status;
}

static bool ends_with(const lac_normal *out, char c)
{
    return out->text.len > 0 && out->text.data[out->text.len - 1] == c;
}

/* "treat-" LF "ment": the hyphen and the line end are the printer's, not the writer's. A capital or
 * a digit behind it speaks for a hyphen of the writer's. */
static bool divides_word(const lac_normal *out, lac_span original, size_t at, size_t next)
{
    size_t length = out->text.len;
    if (original.ptr[at] != '\n' || !ends_with(out, '-') || length < 2 || next >= original.len) {
        return false;
    }
    char before = out->text.data[length - 2], after = original.ptr[next];
    return before >= 'a' && before <= 'z' && after >= 'a' && after <= 'z';
}

static lacuna_status add_character(lac_normal *out, lac_span original, size_t at, size_t length,
                                   uint32_t codepoint)
{
    const char *fold = fold_of(codepoint);
    if (fold != NULL) {
        return add(out, fold, strlen(fold), at);
    }
    if (divides_word(out, original, at, at + length)) {
        out->text.data[--out->text.len] = '\0';
        return LACUNA_OK;
    }
    if (lac_utf8_is_space(codepoint)) {
        return out->text.len == 0 || ends_with(out, ' ') ? LACUNA_OK : add(out, " ", 1, at);
    }
    return add(out, original.ptr + at, length, at);
}

lacuna_status lac_normal_make(lac_normal *out, lac_span original, lacuna_error *err)
{
    *out = (lac_normal){0};
    lac_buf_init(&out->text, UINT32_MAX);
    lacuna_status status = original.len < UINT32_MAX ? LACUNA_OK : LACUNA_E_LIMIT;
    size_t at = 0;
    while (status == LACUNA_OK && at < original.len) {
        size_t length;
        uint32_t codepoint =
            lac_utf8_decode(lac_span_make(original.ptr + at, original.len - at), &length);
        status = add_character(out, original, at, length, codepoint);
        at += length;
    }
    if (status == LACUNA_OK && ends_with(out, ' ')) {
        out->text.data[--out->text.len] = '\0';
    }
    if (status == LACUNA_OK) {
        return LACUNA_OK;
    }
    lac_normal_free(out);
    return status == LACUNA_E_NOMEM ? lac_fail_nomem(err)
                                    : lac_fail(err, status, "the text is too long to compare");
}

void lac_normal_free(lac_normal *normal)
{
    lac_buf_free(&normal->text);
    free(normal->offsets);
    *normal = (lac_normal){0};
}

lac_span lac_normal_original(const lac_normal *normal, lac_span original, size_t start, size_t end)
{
    size_t begin = normal->offsets[start], last = normal->offsets[end - 1], length;
    lac_utf8_decode(lac_span_make(original.ptr + last, original.len - last), &length);
    return lac_span_make(original.ptr + begin, last + length - begin);
}
