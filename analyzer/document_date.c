#include "analyzer/document_date.h"

#include "support/buf.h"
#include "support/error.h"

#include <stdio.h>
#include <string.h>

enum { FRONT = 4000 /* bytes */, LEAST_YEAR = 1980, MOST_YEAR = 2099 };

/* ---- reading one date ----------------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

typedef struct cursor {
    lac_span text;
    size_t at;
} cursor;

static char here(const cursor *c)
{
    return c->at < c->text.len ? c->text.ptr[c->at] : '\0';
}

/* A number of at most `most` digits, or -1. */
static int number(cursor *c, size_t most)
{
    int value = -1;
    for (size_t i = 0; i < most && is_digit(here(c)); i++, c->at++) {
        value = (value < 0 ? 0 : value * 10) + (here(c) - '0');
    }
    return is_digit(here(c)) ? -1 : value;
}

/* "Mar", "march", "Sept."; 1 to 12, or 0. */
static int month_name(cursor *c)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    size_t length = 0;
    while (c->at + length < c->text.len && is_letter(c->text.ptr[c->at + length])) {
        length++;
    }
    lac_span word = lac_span_make(c->text.ptr + c->at, length);
    for (size_t i = 0; i < 12 && length >= 3; i++) {
        bool fits = length <= strlen(names[i]);
        if (fits && lac_span_equal_nocase(word, lac_span_make(names[i], length))) {
            c->at += length;
            c->at += here(c) == '.' ? 1 : 0;
            return (int)i + 1;
        }
    }
    return 0;
}

static void skip(cursor *c, const char *signs)
{
    while (here(c) != '\0' && strchr(signs, here(c)) != NULL) {
        c->at++;
    }
}

static void skip_ordinal(cursor *c)
{
    static const char *const endings[] = {"st", "nd", "rd", "th"};
    for (size_t i = 0; i < 4; i++) {
        if (lac_span_starts_nocase(lac_span_make(c->text.ptr + c->at, c->text.len - c->at),
                                   endings[i])) {
            c->at += 2;
            return;
        }
    }
}

static bool put(char out[11], int year, int month, int day)
{
    if (year < LEAST_YEAR || year > MOST_YEAR || month < 1 || month > 12 || day < 1 || day > 31) {
        return false;
    }
    (void)snprintf(out, 11, "%04d-%02d-%02d", year % 10000, month % 100, day % 100);
    return true;
}

/* 2024-03-12, 2024/03/12 */
static bool year_first(char out[11], cursor *c, int year)
{
    char sign = here(c);
    if (sign != '-' && sign != '/' && sign != '.') {
        return false;
    }
    c->at++;
    int month = number(c, 2);
    if (here(c) != sign) {
        return false;
    }
    c->at++;
    return put(out, year, month, number(c, 2));
}

/* 12 March 2024, 12-Mar-2024, 12MAR2024, 12.03.2024, 03/12/2024 */
static bool day_first(char out[11], cursor *c, int first)
{
    char sign = here(c);
    if ((sign == '/' || sign == '.' || sign == '-') && c->at + 1 < c->text.len &&
        is_digit(c->text.ptr[c->at + 1])) {
        c->at++;
        int second = number(c, 2);
        bool same = here(c) == sign;
        c->at += same ? 1 : 0;
        int year = same ? number(c, 4) : -1;
        bool us = sign == '/' && first <= 12;
        return us ? put(out, year, first, second) : put(out, year, second, first);
    }
    skip_ordinal(c);
    skip(c, " -/.,");
    int month = month_name(c);
    skip(c, " -/.,");
    return month > 0 && put(out, number(c, 4), month, first);
}

bool lac_date_read(char out[11], size_t *length, lac_span text)
{
    cursor c = {text, 0};
    bool read = false;
    if (is_digit(here(&c))) {
        size_t digits = 0;
        while (digits < text.len && is_digit(text.ptr[digits])) {
            digits++;
        }
        int first = number(&c, 4);
        read = digits == 4 ? year_first(out, &c, first) : digits <= 2 && day_first(out, &c, first);
    } else if (is_letter(here(&c))) {
        int month = month_name(&c);
        skip(&c, " ");
        int day = month > 0 ? number(&c, 2) : -1;
        skip_ordinal(&c);
        skip(&c, " ,");
        read = month > 0 && day > 0 && put(out, number(&c, 4), month, day);
    }
    *length = c.at;
    return read && !is_digit(here(&c));
}

/* ---- which of the dates it is ---------------------------------------------------------------- */

typedef struct candidate {
    char date[11];
    bool labelled;
    uint32_t start, end;
} candidate;

static bool says(lac_span line, const char *const *words, size_t count)
{
    for (size_t w = 0; w < count; w++) {
        size_t n = strlen(words[w]);
        for (size_t i = 0; i + n <= line.len; i++) {
            bool starts = i == 0 || !is_letter(line.ptr[i - 1]);
            if (starts &&
                lac_span_starts_nocase(lac_span_make(line.ptr + i, line.len - i), words[w])) {
                return true;
            }
        }
    }
    return false;
}

/* The line dates something else than the document. */
static bool dates_other(lac_span line)
{
    static const char *const words[] = {"ICH",         "guideline", "guidance",      "helsinki",
                                        "regulation",  "directive", "OMB",           "expir",
                                        "template",    "CFR",       "first patient", "last patient",
                                        "study start", "initiated", "birth"};
    return says(line, words, sizeof words / sizeof words[0]);
}

static bool dates_document(lac_span line)
{
    static const char *const words[] = {"date",      "dated",  "version", "final",
                                        "amendment", "approv", "issue",   "revision",
                                        "released",  "draft",  "edition"};
    return says(line, words, sizeof words / sizeof words[0]);
}

static void look_at_line(candidate *best, lac_span line, uint32_t offset, const char *as_of)
{
    bool labelled = dates_document(line);
    for (size_t i = 0; i < line.len; i++) {
        char before = i == 0 ? ' ' : line.ptr[i - 1];
        char date[11];
        size_t length;
        if (is_digit(before) || is_letter(before) ||
            !lac_date_read(date, &length, lac_span_make(line.ptr + i, line.len - i))) {
            continue;
        }
        bool possible = as_of == NULL || strcmp(date, as_of) <= 0;
        bool better = best->date[0] == '\0' || (labelled && !best->labelled) ||
                      (labelled == best->labelled && strcmp(date, best->date) > 0);
        if (possible && better) {
            memcpy(best->date, date, sizeof date);
            best->labelled = labelled;
            best->start = offset + (uint32_t)i;
            best->end = best->start + (uint32_t)length;
        }
        i += length - 1;
    }
}

static void look_at_front(candidate *best, const lac_document *document, const char *as_of)
{
    lac_span text = lac_document_slice(document, 0, document->reference_length);
    size_t end = text.len < FRONT ? text.len : FRONT;
    size_t start = 0;
    while (start < end) {
        size_t stop = start;
        while (stop < text.len && text.ptr[stop] != '\n') {
            stop++;
        }
        lac_span line = lac_span_make(text.ptr + start, stop - start);
        if (!dates_other(line)) {
            look_at_line(best, line, (uint32_t)start, as_of);
        }
        start = stop + 1;
    }
}

lacuna_status lac_document_date(lac_detection *out, lac_arena *arena, const lac_document *document,
                                const char *as_of, lacuna_error *err)
{
    *out = (lac_detection){"", 0.0, "no whole date on the first page"};
    candidate best = {.date = ""};
    look_at_front(&best, document, as_of);
    if (best.date[0] == '\0') {
        return LACUNA_OK;
    }
    lac_buf text;
    lac_buf_init(&text, 256);
    lac_span words = lac_document_slice(document, best.start, best.end);
    lacuna_status status = lac_buf_printf(&text, "\"%.*s\" on line %u", (int)words.len, words.ptr,
                                          lac_document_line(document, best.start));
    out->value = lac_arena_copy(arena, lac_span_of(best.date));
    out->evidence = status == LACUNA_OK ? lac_arena_copy(arena, lac_buf_span(&text)) : NULL;
    out->confidence = best.labelled ? 0.9 : 0.6;
    lac_buf_free(&text);
    return out->value == NULL || out->evidence == NULL ? lac_fail_nomem(err) : LACUNA_OK;
}
