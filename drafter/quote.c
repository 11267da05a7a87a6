#define _GNU_SOURCE /* memmem() */
#include "drafter/quote.h"

#include "support/error.h"
#include "support/utf8.h"

#include <stdlib.h>

struct lac_passages {
    const lac_span *texts;
    uint32_t count;
};

void lac_passages_free(lac_passages *passages)
{
    free(passages);
}

lacuna_status lac_passages_new(lac_passages **out, const lac_span *texts, uint32_t count,
                               lacuna_error *err)
{
    *out = malloc(sizeof **out);
    if (*out == NULL) {
        return lac_fail_nomem(err);
    }
    **out = (lac_passages){texts, count};
    return LACUNA_OK;
}

/* ---- words ---------------------------------------------------------------------------------- */

static bool is_word_character(uint32_t codepoint)
{
    return lac_utf8_is_letter(codepoint) || lac_utf8_is_digit(codepoint);
}

/* The character that ends before `at`; 0 at the beginning. */
static uint32_t character_before(lac_span text, size_t at)
{
    size_t begin = at, length;
    while (begin > 0 && at - begin < 4) {
        begin--;
        if (((unsigned char)text.ptr[begin] & 0xC0) != 0x80) {
            return lac_utf8_decode(lac_span_make(text.ptr + begin, at - begin), &length);
        }
    }
    return 0;
}

static uint32_t character_at(lac_span text, size_t at)
{
    size_t length;
    return at < text.len ? lac_utf8_decode(lac_span_make(text.ptr + at, text.len - at), &length)
                         : 0;
}

/* "1.5" holds neither "1" nor "5", "1,000" neither "1" nor "000", and "-5" is not "5". */
static bool joins_number(lac_span text, size_t at, bool before)
{
    if (before) {
        uint32_t mark = character_before(text, at);
        if (!lac_utf8_is_digit(character_at(text, at))) {
            return false;
        }
        bool sign = mark == '-' && (at < 2 || text.ptr[at - 2] == ' ' || text.ptr[at - 2] == '(');
        return sign || ((mark == '.' || mark == ',') && at > 1 &&
                        lac_utf8_is_digit(character_before(text, at - 1)));
    }
    uint32_t mark = character_at(text, at);
    return (mark == '.' || mark == ',') && lac_utf8_is_digit(character_before(text, at)) &&
           lac_utf8_is_digit(character_at(text, at + 1));
}

static bool is_boundary(lac_span text, size_t at, bool before)
{
    uint32_t outer = before ? character_before(text, at) : character_at(text, at);
    uint32_t inner = before ? character_at(text, at) : character_before(text, at);
    bool inside_word = is_word_character(outer) && is_word_character(inner);
    return !inside_word && !joins_number(text, at, before);
}

/* From `from` on, on word boundaries; false: not there. */
static bool find_words(size_t *at, lac_span text, lac_span words, size_t from)
{
    while (words.len > 0 && from + words.len <= text.len) {
        const char *hit = memmem(text.ptr + from, text.len - from, words.ptr, words.len);
        if (hit == NULL) {
            return false;
        }
        size_t start = (size_t)(hit - text.ptr);
        if (is_boundary(text, start, true) && is_boundary(text, start + words.len, false)) {
            *at = start;
            return true;
        }
        from = start + 1;
    }
    return false;
}

/* Between spaces, with a letter or a digit in them: "2.5" is one. */
static uint32_t count_words(lac_span text)
{
    uint32_t count = 0;
    bool counted = false;
    size_t at = 0, length;
    while (at < text.len) {
        uint32_t c = lac_utf8_decode(lac_span_make(text.ptr + at, text.len - at), &length);
        if (c == ' ') {
            counted = false;
        } else if (!counted && is_word_character(c)) {
            counted = true;
            count++;
        }
        at += length;
    }
    return count;
}

/* ---- finding -------------------------------------------------------------------------------- */

/* Passages are normalized when they are searched, one at a time: a quote is found in the one that
 * was named as a rule, and a large document has many. */
typedef struct search {
    lac_quote_match *match;
    const lac_passages *passages;
    lac_span words;
    lacuna_status status; /* LACUNA_E_NOMEM, or LACUNA_E_LIMIT for a passage too long */
    lacuna_error *err;
} search;

static bool normalize(lac_normal *normal, search *s, uint32_t index)
{
    s->status = lac_normal_make(normal, s->passages->texts[index], s->err);
    return s->status == LACUNA_OK;
}

static void find_in(search *s, uint32_t index)
{
    size_t at, again;
    lac_normal normal;
    lac_quote_match *match = s->match;
    if (!normalize(&normal, s, index)) {
        return;
    }
    lac_span text = lac_buf_span(&normal.text);
    if (find_words(&at, text, s->words, 0)) {
        if (match->found == 0) {
            match->passage = index;
            match->text =
                lac_normal_original(&normal, s->passages->texts[index], at, at + s->words.len);
        }
        match->found += find_words(&again, text, s->words, at + 1) ? 2 : 1;
    }
    lac_normal_free(&normal);
}

static bool find_anywhere(search *s, uint32_t named)
{
    lac_quote_match *match = s->match;
    if (named < s->passages->count) {
        find_in(s, named);
        match->verdict = LAC_QUOTE_NORMALIZED;
    }
    if (match->found > 0) {
        return true;
    }
    for (uint32_t i = 0; i < s->passages->count && match->found < 2 && s->status == LACUNA_OK;
         i++) {
        find_in(s, i);
    }
    match->verdict = LAC_QUOTE_MOVED;
    return match->found > 0;
}

/* ---- ellipses ------------------------------------------------------------------------------- */

typedef struct pieces {
    lac_span at[LAC_QUOTE_PIECES_MAX];
    uint32_t count;
} pieces;

/* Pieces between "...", "[...]" and "(...)"; false: there is no ellipsis, or too many. */
static bool split_at_ellipses(pieces *out, lac_span words)
{
    out->count = 0;
    while (words.len > 0) {
        const char *dots = memmem(words.ptr, words.len, "...", 3);
        size_t length = dots == NULL ? words.len : (size_t)(dots - words.ptr);
        size_t after = dots == NULL ? words.len : length + 3;
        lac_span piece = lac_span_trim(lac_span_make(words.ptr, length));
        if (piece.len > 0 && dots != NULL &&
            (piece.ptr[piece.len - 1] == '[' || piece.ptr[piece.len - 1] == '(')) {
            piece = lac_span_trim(lac_span_make(piece.ptr, piece.len - 1));
        }
        words = lac_span_make(words.ptr + after, words.len - after);
        if (words.len > 0 && dots != NULL && (words.ptr[0] == ']' || words.ptr[0] == ')')) {
            words = lac_span_make(words.ptr + 1, words.len - 1);
        }
        if (piece.len > 0) {
            if (out->count == LAC_QUOTE_PIECES_MAX) {
                return false;
            }
            out->at[out->count++] = piece;
        }
    }
    return out->count > 1;
}

static bool follows(lac_span text, const pieces *all, size_t *first, size_t *end)
{
    size_t from = 0, at;
    while (find_words(&at, text, all->at[0], from)) {
        size_t last = at + all->at[0].len;
        uint32_t i = 1;
        for (size_t next; i < all->count && find_words(&next, text, all->at[i], last) &&
                          next - last <= LAC_QUOTE_GAP_MAX;
             i++) {
            last = next + all->at[i].len;
        }
        if (i == all->count) {
            *first = at;
            *end = last;
            return true;
        }
        from = at + 1;
    }
    return false;
}

static void find_elided_in(search *s, const pieces *all, uint32_t index)
{
    size_t first, end;
    lac_normal normal;
    if (!normalize(&normal, s, index)) {
        return;
    }
    if (follows(lac_buf_span(&normal.text), all, &first, &end)) {
        s->match->verdict = LAC_QUOTE_ELIDED;
        s->match->passage = index;
        s->match->found = 1;
        s->match->text = lac_normal_original(&normal, s->passages->texts[index], first, end);
    }
    lac_normal_free(&normal);
}

static bool find_elided(search *s, uint32_t named)
{
    pieces all;
    if (s->status != LACUNA_OK || !split_at_ellipses(&all, s->words)) {
        return false;
    }
    for (uint32_t i = 0; i < all.count; i++) {
        if (count_words(all.at[i]) < 2) {
            return false; /* a single word is found anywhere */
        }
    }
    for (uint32_t k = 0; k <= s->passages->count && s->match->found == 0; k++) {
        uint32_t index = k == 0 ? named : k - 1;
        if (index < s->passages->count && s->status == LACUNA_OK) {
            find_elided_in(s, &all, index);
        }
    }
    return s->match->found > 0;
}

/* ---- the ladder ----------------------------------------------------------------------------- */

/* Quotation marks around a quote are the model's. */
static lac_span strip_marks(lac_span words)
{
    while (words.len > 1 && (words.ptr[0] == '"' || words.ptr[0] == '\'') &&
           words.ptr[words.len - 1] == words.ptr[0]) {
        words = lac_span_trim(lac_span_make(words.ptr + 1, words.len - 2));
    }
    return words;
}

static lacuna_status is_echo(bool *echo, lac_span words, lac_span question, lacuna_error *err)
{
    lac_normal asked;
    size_t at;
    lacuna_status status = lac_normal_make(&asked, question, err);
    *echo = status == LACUNA_OK && find_words(&at, lac_buf_span(&asked.text), words, 0);
    lac_normal_free(&asked);
    return status;
}

lacuna_status lac_quote_find(lac_quote_match *match, const lac_passages *passages, lac_span quote,
                             uint32_t named, lac_span question, lacuna_error *err)
{
    lac_normal normal;
    bool echo = false;
    *match = (lac_quote_match){.verdict = LAC_QUOTE_ABSENT};
    lacuna_status status = lac_normal_make(&normal, quote, err);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_span words = strip_marks(lac_buf_span(&normal.text));
    status = is_echo(&echo, words, question, err);
    if (status != LACUNA_OK) {
        lac_normal_free(&normal);
        return status;
    }
    if (words.len < LAC_QUOTE_BYTES_MIN && count_words(words) < LAC_QUOTE_WORDS_MIN) {
        match->verdict = LAC_QUOTE_TOO_SHORT;
    } else if (echo) {
        match->verdict = LAC_QUOTE_ECHO;
    } else {
        search s = {match, passages, words, LACUNA_OK, err};
        if (!find_anywhere(&s, named) && !find_elided(&s, named)) {
            match->verdict = LAC_QUOTE_ABSENT;
        }
        status = s.status;
    }
    if (match->verdict == LAC_QUOTE_NORMALIZED && lac_span_equal(match->text, quote)) {
        match->verdict = LAC_QUOTE_EXACT;
    }
    lac_normal_free(&normal);
    return status;
}
