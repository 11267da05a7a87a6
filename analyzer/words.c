#include "analyzer/words.h"

#include "support/utf8.h"

void lac_words_init(lac_words *words, lac_span text)
{
    words->text = text;
    words->at = 0;
    words->start = words->end = words->length = 0;
    words->sentence_ends = false;
    words->malformed = false;
}

/* Lower case of ASCII letters and digits, 0 for everything else; nearly all text passes here. */
static const char ascii_lower[128] = {
    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,
    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,
    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   '0', '1', '2', '3', '4', '5', '6', '7', '8',
    '9', 0,   0,   0,   0,   0,   0,   0,   'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k',
    'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 0,   0,   0,   0,
    0,   0,   'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q',
    'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 0,   0,   0,   0,   0,
};

static bool is_ligature(uint32_t c)
{
    return c >= 0xFB00 && c <= 0xFB06;
}

static bool is_word_codepoint(uint32_t c)
{
    return lac_utf8_is_letter(c) || lac_utf8_is_digit(c) || is_ligature(c);
}

/* Soft hyphen and zero-width characters show nothing: inside a word they are skipped. */
static bool is_invisible(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF;
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

static uint32_t peek(const lac_words *words, size_t at, size_t *length)
{
    unsigned char c = (unsigned char)words->text.ptr[at];
    if (c < 0x80) {
        *length = 1;
        return c;
    }
    return lac_utf8_decode(lac_span_make(words->text.ptr + at, words->text.len - at), length);
}

static void append(lac_words *words, const char *bytes, size_t length)
{
    if (words->length + length <= LAC_WORD_BYTES) {
        memcpy(words->lower + words->length, bytes, length);
        words->length += length;
    }
}

static void append_lower(lac_words *words, uint32_t c)
{
    static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    if (is_ligature(c)) {
        append(words, ligatures[c - 0xFB00], strlen(ligatures[c - 0xFB00]));
        return;
    }
    enum { MICRO_SIGN = 0xB5, GREEK_MU = 0x3BC }; /* both are written in front of "g" */
    char bytes[4];
    c = c == MICRO_SIGN ? GREEK_MU : lac_utf8_lower(c);
    append(words, bytes, lac_utf8_encode(bytes, c));
}

static bool word_goes_on_at(const lac_words *words, size_t at)
{
    size_t length;
    return at < words->text.len && is_word_codepoint(peek(words, at, &length));
}

/* Takes the ASCII letters and digits at words->at. Works on copies: the compiler cannot know that
 * writing lower[] leaves the rest of `words` alone. */
static void read_ascii(lac_words *words)
{
    const unsigned char *from = (const unsigned char *)words->text.ptr + words->at;
    const unsigned char *end = (const unsigned char *)words->text.ptr + words->text.len;
    const unsigned char *at = from;
    char *to = words->lower + words->length;
    char *full = words->lower + LAC_WORD_BYTES;
    while (at < end && *at < 0x80 && ascii_lower[*at] != 0) {
        if (to < full) {
            *to++ = ascii_lower[*at];
        }
        at++;
    }
    words->length = (size_t)(to - words->lower);
    if (at > from) {
        words->at += (size_t)(at - from);
        words->end = words->at;
    }
}

/* Takes one other character of the word; false where the word ends. */
static bool read_other(lac_words *words)
{
    unsigned char byte = (unsigned char)words->text.ptr[words->at];
    if (byte < 0x80 && byte != '\'') {
        return false;
    }
    size_t length;
    uint32_t c = peek(words, words->at, &length);
    if (is_word_codepoint(c)) {
        append_lower(words, c);
        words->end = words->at + length;
    } else if (!is_invisible(c) &&
               !(is_apostrophe(c) && word_goes_on_at(words, words->at + length))) {
        return false;
    }
    words->at += length;
    return true;
}

/* Reads the word that begins at words->at. */
static void read_word(lac_words *words)
{
    words->start = words->end = words->at;
    words->length = 0;
    do {
        read_ascii(words);
    } while (words->at < words->text.len && read_other(words));
}

/* Words before a full stop that does not end a sentence; `number` ones only before a digit. */
static const struct {
    const char *text;
    bool number;
} abbreviations[] = {
    {"vs", false},   {"dr", false},  {"mr", false},   {"mrs", false}, {"ms", false},
    {"prof", false}, {"al", false},  {"ca", false},   {"cf", false},  {"approx", false},
    {"inc", false},  {"ltd", false}, {"corp", false}, {"viz", false}, {"resp", false},
    {"no", true},    {"nos", true},  {"fig", true},   {"figs", true}, {"sec", true},
    {"sect", true},  {"tab", true},  {"eq", true},    {"vol", true},  {"pp", true},
    {"ref", true},   {"refs", true}, {"ch", true},    {"art", true},  {"para", true},
};

/* Whether the word last read, followed by a full stop, is an abbreviation. Single letters are:
 * "e.g.", "U.S.", "J. Smith". */
static bool is_abbreviation(const lac_words *words, bool digit_follows)
{
    if (words->length == 1) {
        return !(words->lower[0] >= '0' && words->lower[0] <= '9');
    }
    for (size_t i = 0; i < sizeof abbreviations / sizeof abbreviations[0]; i++) {
        if (lac_span_is(lac_words_lower(words), abbreviations[i].text)) {
            return digit_follows || !abbreviations[i].number;
        }
    }
    return false;
}

/* What stood between two words. */
typedef struct separator {
    bool border; /* a line end or a cell border */
    bool stop;   /* [.!?] ... */
    bool stop_is_dot;
    bool space_behind_stop; /* ... and white space behind it */
} separator;

static void note_ascii(separator *sep, unsigned char c)
{
    if (c == ' ' || c == '\r') {
        sep->space_behind_stop = sep->stop;
    } else if (c == '\n' || c == '\t') {
        sep->border = true;
    } else if (c == '.' || c == '!' || c == '?') {
        sep->stop = true;
        sep->stop_is_dot = c == '.';
        sep->space_behind_stop = false;
    }
}

static bool ends_sentence(const lac_words *words, const separator *sep, uint32_t next)
{
    if (sep->border) {
        return true;
    }
    if (!sep->space_behind_stop) {
        return false;
    }
    bool digit = lac_utf8_is_digit(next);
    if (!digit && lac_utf8_lower(next) == next) {
        return false;
    }
    return !(sep->stop_is_dot && is_abbreviation(words, digit));
}

/* Passes one character that is not ASCII; true where it begins a word. */
static bool pass_other(lac_words *words, separator *sep, uint32_t *c)
{
    size_t length;
    *c = peek(words, words->at, &length);
    if (is_word_codepoint(*c)) {
        return true;
    }
    words->malformed = words->malformed || length == 1;
    sep->space_behind_stop = sep->space_behind_stop || (sep->stop && lac_utf8_is_space(*c));
    words->at += length;
    return false;
}

bool lac_words_next(lac_words *words)
{
    separator sep = {false, false, false, false};
    while (words->at < words->text.len) {
        unsigned char byte = (unsigned char)words->text.ptr[words->at];
        uint32_t c = byte;
        if (byte < 0x80 ? ascii_lower[byte] != 0 : pass_other(words, &sep, &c)) {
            words->sentence_ends = ends_sentence(words, &sep, c);
            read_word(words);
            return true;
        }
        if (byte < 0x80) {
            note_ascii(&sep, byte);
            words->at++;
        }
    }
    return false;
}
