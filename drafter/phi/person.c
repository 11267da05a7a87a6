#include "drafter/phi/person.h"

#include "support/utf8.h"

enum { WORDS_MAX = 8 };

static bool is_part(uint32_t c)
{
    return lac_utf8_is_letter(c) || c == '-' || c == '\'' || c == 0x2019;
}

/* Lower case, cut at what fits. */
static void fold(char out[LAC_PERSON_PART_MAX], lac_span word)
{
    size_t at = 0, length = 0, step;
    while (at < word.len && length + 4 < LAC_PERSON_PART_MAX) {
        uint32_t c = lac_utf8_decode(lac_span_make(word.ptr + at, word.len - at), &step);
        length += lac_utf8_encode(out + length, lac_utf8_lower(c));
        at += step;
    }
    out[length] = '\0';
}

static size_t split(lac_span words[WORDS_MAX], lac_span name)
{
    size_t count = 0, at = 0, step;
    while (at < name.len && count < WORDS_MAX) {
        size_t start = at;
        while (at < name.len &&
               is_part(lac_utf8_decode(lac_span_make(name.ptr + at, name.len - at), &step))) {
            at += step;
        }
        if (at > start) {
            words[count++] = lac_span_make(name.ptr + start, at - start);
        } else {
            lac_utf8_decode(lac_span_make(name.ptr + at, name.len - at), &step);
            at += step;
        }
    }
    return count;
}

void lac_person_read(lac_person *person, lac_span name)
{
    lac_span words[WORDS_MAX];
    size_t count = split(words, name);
    bool reversed = memchr(name.ptr, ',', name.len) != NULL;
    *person = (lac_person){{0}, {0}};
    if (count > 0) {
        fold(person->surname, words[reversed ? 0 : count - 1]);
    }
    if (count > 1) {
        fold(person->given, words[reversed ? 1 : 0]);
    }
}

/* "j" and "john": an initial agrees with every name it begins. */
static bool given_agrees(const char *a, const char *b)
{
    size_t step_a, step_b;
    if (a[0] == '\0' || b[0] == '\0' || strcmp(a, b) == 0) {
        return true;
    }
    lac_utf8_decode(lac_span_of(a), &step_a);
    lac_utf8_decode(lac_span_of(b), &step_b);
    bool initial = a[step_a] == '\0' || b[step_b] == '\0';
    return initial && step_a == step_b && memcmp(a, b, step_a) == 0;
}

bool lac_person_agrees(const lac_person *known, const lac_person *other)
{
    if (other->given[0] == '\0' && strcmp(other->surname, known->given) == 0) {
        return true;
    }
    return strcmp(known->surname, other->surname) == 0 && given_agrees(known->given, other->given);
}
