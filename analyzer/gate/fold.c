#include "analyzer/gate/fold.h"

#include "support/error.h"
#include "support/utf8.h"

/* What a character becomes; "" removes it. Ranges are in order and do not overlap. */
static const struct {
    uint32_t first, last;
    const char *becomes;
} FOLDS[] = {
    {0x00AB, 0x00AB, "\""},  {0x00AD, 0x00AD, ""},         {0x00B2, 0x00B2, "2"},
    {0x00B3, 0x00B3, "3"},   {0x00B5, 0x00B5, "\xCE\xBC"}, {0x00B9, 0x00B9, "1"},
    {0x00BB, 0x00BB, "\""},  {0x0300, 0x036F, ""},         {0x061C, 0x061C, ""},
    {0x200B, 0x200F, ""},    {0x2010, 0x2015, "-"},        {0x2018, 0x201B, "'"},
    {0x201C, 0x201F, "\""},  {0x2026, 0x2026, "..."},      {0x202A, 0x202E, ""},
    {0x2032, 0x2032, "'"},   {0x2033, 0x2033, "\""},       {0x2060, 0x2064, ""},
    {0x2066, 0x2069, ""},    {0x2122, 0x2122, "tm"},       {0x2212, 0x2212, "-"},
    {0xFB00, 0xFB00, "ff"},  {0xFB01, 0xFB01, "fi"},       {0xFB02, 0xFB02, "fl"},
    {0xFB03, 0xFB03, "ffi"}, {0xFB04, 0xFB04, "ffl"},      {0xFB05, 0xFB06, "st"},
    {0xFEFF, 0xFEFF, ""},
};

/* Letters of Latin-1 and Latin Extended-A without their accents, from U+00E0 and U+0100; '.' stays
 * as it is. Only lower case is asked for in the first row. */
static const char LATIN_1[] = "aaaaaa.ceeeeiiii.nooooo..uuuuy.y";
static const char LATIN_A[] = "aaaaaaccccccccdd..eeeeeeeeeegggggggghh..iiiiiiiii...jjkk.llllll."
                              "...nnnnnn...oooooo..rrrrrrsssssssstttt..uuuuuuuuuuuuwwyyyzzzzzz.";

static uint32_t without_accent(uint32_t c)
{
    char base = '.';
    if (c >= 0xE0 && c < 0xE0 + sizeof LATIN_1 - 1) {
        base = LATIN_1[c - 0xE0];
    } else if (c >= 0x100 && c < 0x100 + sizeof LATIN_A - 1) {
        base = LATIN_A[c - 0x100];
    }
    return base == '.' ? c : (uint32_t)base;
}

static uint32_t simplify(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E) { /* full width */
        c -= 0xFF00 - 0x20;
    }
    return without_accent(lac_utf8_lower(c));
}

static const char *fold_of(uint32_t c)
{
    size_t low = 0, high = sizeof FOLDS / sizeof FOLDS[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c > FOLDS[middle].last) {
            low = middle + 1;
        } else if (c < FOLDS[middle].first) {
            high = middle;
        } else {
            return FOLDS[middle].becomes;
        }
    }
    return NULL;
}

lacuna_status lac_gate_fold(lac_buf *out, lac_span text)
{
    lacuna_status status = LACUNA_OK;
    bool space = false, begun = false;
    while (text.len > 0 && status == LACUNA_OK) {
        size_t length;
        uint32_t c = lac_utf8_decode(text, &length);
        text = lac_span_make(text.ptr + length, text.len - length);
        const char *fold = fold_of(c);
        if (fold != NULL && fold[0] == '\0') {
            continue;
        }
        if (fold == NULL && lac_utf8_is_space(c)) {
            space = begun;
            continue;
        }
        status = space ? lac_buf_append_char(out, ' ') : LACUNA_OK;
        if (status == LACUNA_OK) {
            status = fold != NULL ? lac_buf_append_text(out, fold)
                                  : lac_buf_append_codepoint(out, simplify(c));
        }
        space = false;
        begun = true;
    }
    return status;
}

lacuna_status lac_gate_digest(lac_digest *digest, lac_span text, lacuna_error *err)
{
    lac_buf folded;
    lac_buf_init(&folded, 4 * text.len + 16);
    lacuna_status status = lac_gate_fold(&folded, text);
    status = status == LACUNA_OK ? lac_sha256(digest, lac_buf_span(&folded), err)
                                 : lac_fail(err, status, "a text could not be compared");
    lac_buf_free(&folded);
    return status;
}
