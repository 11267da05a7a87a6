#include "drafter/phi/name_line.h"

#include "support/buf.h"
#include "support/error.h"
#include "support/utf8.h"

#include <stdlib.h>

enum { WORDS_MAX = 1 << 26, GAP_MAX = 6 };

void lac_phi_line_free(lac_phi_line *line)
{
    free(line->words);
    *line = (lac_phi_line){0};
}

static uint32_t character(lac_span text, size_t at, size_t end, size_t *length)
{
    *length = 1;
    return at < end ? lac_utf8_decode(lac_span_make(text.ptr + at, end - at), length) : 0;
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

/* Whether a mark at `at` is inside a word: a hyphen or an apostrophe before a letter, but for the
 * one of "Smith's". */
static bool is_inside(lac_span text, size_t at, size_t end)
{
    size_t length, next_length, after_length;
    uint32_t mark = character(text, at, end, &length);
    uint32_t next = character(text, at + length, end, &next_length);
    uint32_t after = character(text, at + length + next_length, end, &after_length);
    if (is_apostrophe(mark)) {
        return lac_utf8_is_letter(next) && !(next == 's' && !lac_utf8_is_letter(after));
    }
    return mark == '-' && lac_utf8_is_letter(next);
}

static size_t word_end(lac_span text, size_t at, size_t end)
{
    size_t length;
    while (at < end) {
        uint32_t c = character(text, at, end, &length);
        if (!lac_utf8_is_letter(c) && !is_inside(text, at, end)) {
            break;
        }
        at += length;
    }
    return at;
}

static lacuna_status add_word(lac_phi_line *line, size_t start, size_t end, lacuna_error *err)
{
    size_t length;
    void *words = line->words;
    lacuna_status status =
        lac_grow(&words, &line->capacity, line->count + 1, sizeof *line->words, WORDS_MAX);
    line->words = words;
    if (status != LACUNA_OK) {
        return status == LACUNA_E_LIMIT ? lac_fail(err, status, "a line has too many words")
                                        : lac_fail_nomem(err);
    }
    uint32_t first = character(line->text, start, end, &length);
    bool capital = lac_utf8_lower(first) != first;
    line->words[line->count++] =
        (lac_phi_word){start, end - start, capital, capital && length == end - start};
    return LACUNA_OK;
}

lacuna_status lac_phi_line_read(lac_phi_line *line, lac_span text, size_t start, size_t end,
                                lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    line->text = text;
    line->count = 0;
    for (size_t at = start, length; at < end && status == LACUNA_OK; at += length) {
        if (lac_utf8_is_letter(character(text, at, end, &length))) {
            size_t behind = word_end(text, at, end);
            status = add_word(line, at, behind, err);
            length = behind - at;
        }
    }
    return status;
}

lac_span lac_phi_line_word(const lac_phi_line *line, size_t index)
{
    return index < line->count
               ? lac_span_make(line->text.ptr + line->words[index].start, line->words[index].length)
               : lac_span_make("", 0);
}

bool lac_phi_line_joins(const lac_phi_line *line, size_t index, const char *marks)
{
    bool spaced = false;
    if (index + 1 >= line->count) {
        return false;
    }
    size_t at = line->words[index].start + line->words[index].length;
    size_t end = line->words[index + 1].start;
    if (end - at > GAP_MAX) {
        return false;
    }
    for (size_t length; at < end; at += length) {
        uint32_t c = character(line->text, at, end, &length);
        bool space = c == ' ' || c == 0xA0;
        if ((space && spaced) || (!space && (c > 0x7F || strchr(marks, (int)c) == NULL))) {
            return false;
        }
        spaced = spaced || space;
    }
    return spaced;
}
