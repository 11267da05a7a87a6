/* Dates, in the forms documents have them: 12 March 2024, March 12, 2024, 12-Mar-2024, 2024-03-12.
 */
#include "drafter/ground/scan.h"

#include <stdio.h>

static const char *const MONTHS[] = {"january",   "february", "march",    "april",
                                     "may",       "june",     "july",     "august",
                                     "september", "october",  "november", "december"};

/* 1 to 12, 0: no month. */
static int month_of(const lac_ground_token *token)
{
    if (token->kind != LAC_TOKEN_WORD || !token->capital) {
        return 0;
    }
    for (int m = 0; m < 12; m++) {
        bool short_form = token->form.len >= 3 && token->form.len <= 4 &&
                          strncmp(token->form.ptr, MONTHS[m], token->form.len) == 0;
        if (short_form || lac_span_is(token->form, MONTHS[m])) {
            return m + 1;
        }
    }
    return 0;
}

static int whole(const lac_ground_token *token, size_t least, size_t most)
{
    int value = 0;
    if (token->kind != LAC_TOKEN_NUMBER || token->exact.len < least || token->exact.len > most ||
        token->exact.len != token->form.len) {
        return -1;
    }
    for (size_t i = 0; i < token->form.len; i++) {
        if (token->form.ptr[i] == '.') {
            return -1;
        }
        value = value * 10 + (token->form.ptr[i] - '0');
    }
    return value;
}

static int year_of(const lac_ground_token *token)
{
    int year = whole(token, 4, 4);
    return year >= 1900 && year < 2200 ? year : -1;
}

static int day_of(const lac_ground_token *token)
{
    int day = whole(token, 1, 2);
    return day >= 1 && day <= 31 ? day : -1;
}

typedef struct date {
    int year, month, day; /* year and day -1: not given */
    uint32_t last;
} date;

static uint32_t skip_mark(const lac_scan *scan, uint32_t at, uint32_t mark)
{
    return lac_scan_is_mark(scan, at, mark) ? at + 1 : at;
}

/* "st", "nd", "rd", "th" behind a day. */
static uint32_t skip_ordinal(const lac_scan *scan, uint32_t at)
{
    static const char *const ENDS[] = {"st", "nd", "rd", "th", NULL};
    at += lac_scan_is_any(scan, at, ENDS) ? 1 : 0;
    return at + (lac_scan_is_word(scan, at, "of") ? 1 : 0);
}

static bool day_first(date *out, const lac_scan *scan, uint32_t at)
{
    out->day = day_of(lac_scan_token(scan, at));
    uint32_t i = skip_ordinal(scan, at + 1);
    i = skip_mark(scan, i, '-');
    out->month = month_of(lac_scan_token(scan, i));
    if (out->day < 0 || out->month == 0) {
        return false;
    }
    i = skip_mark(scan, i + 1, '.');
    uint32_t behind = skip_mark(scan, skip_mark(scan, i, '-'), ',');
    out->year = year_of(lac_scan_token(scan, behind));
    out->last = out->year < 0 ? i : behind + 1;
    return true;
}

static bool month_first(date *out, const lac_scan *scan, uint32_t at)
{
    out->month = month_of(lac_scan_token(scan, at));
    if (out->month == 0) {
        return false;
    }
    uint32_t i = skip_mark(scan, at + 1, '.');
    out->year = year_of(lac_scan_token(scan, i));
    out->day = -1;
    if (out->year > 0) {
        out->last = i + 1;
        return true;
    }
    out->day = day_of(lac_scan_token(scan, i));
    uint32_t behind = skip_mark(scan, skip_ordinal(scan, i + 1), ',');
    out->year = year_of(lac_scan_token(scan, behind));
    out->last = out->year < 0 ? i + 1 : behind + 1;
    return out->day > 0;
}

static bool iso(date *out, const lac_scan *scan, uint32_t at)
{
    out->year = year_of(lac_scan_token(scan, at));
    out->month = whole(lac_scan_token(scan, at + 2), 2, 2);
    out->day = whole(lac_scan_token(scan, at + 4), 2, 2);
    out->last = at + 5;
    return out->year > 0 && lac_scan_is_mark(scan, at + 1, '-') &&
           lac_scan_is_mark(scan, at + 3, '-') && out->month >= 1 && out->month <= 12 &&
           out->day >= 1 && out->day <= 31;
}

/* "12MAR2024" is one word behind a number: 12, MAR2024. */
static bool glued(date *out, const lac_scan *scan, uint32_t at)
{
    const lac_ground_token *rest = lac_scan_token(scan, at + 1);
    out->day = day_of(lac_scan_token(scan, at));
    if (out->day < 0 || rest->kind != LAC_TOKEN_WORD || rest->spaced || rest->form.len != 7) {
        return false;
    }
    lac_ground_token month = *rest, year = *rest;
    month.form.len = 3;
    year.kind = LAC_TOKEN_NUMBER;
    year.form = year.exact = lac_span_make(rest->form.ptr + 3, 4);
    for (size_t i = 0; i < 4; i++) {
        if (year.form.ptr[i] < '0' || year.form.ptr[i] > '9') {
            return false;
        }
    }
    out->month = month_of(&month);
    out->year = year_of(&year);
    out->last = at + 2;
    return out->month > 0 && out->year > 0;
}

/* "3 March to 29 August 2025": the year of the second. */
static int shared_year(const lac_scan *scan, uint32_t at)
{
    static const char *const JOINS[] = {"to", "and", "until", "through", NULL};
    date next;
    if (!lac_scan_is_any(scan, at, JOINS) && !lac_scan_is_mark(scan, at, '-')) {
        return -1;
    }
    return day_first(&next, scan, at + 1) || month_first(&next, scan, at + 1) ? next.year : -1;
}

static bool slashed(const lac_scan *scan, uint32_t at)
{
    return whole(lac_scan_token(scan, at), 1, 2) > 0 && lac_scan_is_mark(scan, at + 1, '/') &&
           whole(lac_scan_token(scan, at + 2), 1, 2) > 0 && lac_scan_is_mark(scan, at + 3, '/') &&
           whole(lac_scan_token(scan, at + 4), 2, 4) >= 0;
}

static void write_date(char *text, size_t size, const date *when)
{
    if (when->year < 0) {
        (void)snprintf(text, size, "--%02d-%02d", when->month, when->day);
    } else if (when->day < 0) {
        (void)snprintf(text, size, "%04d-%02d", when->year, when->month);
    } else {
        (void)snprintf(text, size, "%04d-%02d-%02d", when->year, when->month, when->day);
    }
}

bool lac_scan_date(lac_scan *scan, uint32_t *at)
{
    char text[48];
    date when = {-1, 0, -1, 0};
    lac_claim claim = {.kind = LAC_CLAIM_DATE};
    if (slashed(scan, *at)) {
        /* Day or month first: nobody can tell, so it is compared as it is written. */
        when.last = *at + 5;
        (void)snprintf(text, sizeof text, "%d/%d/%d", whole(lac_scan_token(scan, *at), 1, 2),
                       whole(lac_scan_token(scan, *at + 2), 1, 2),
                       whole(lac_scan_token(scan, *at + 4), 2, 4));
    } else if (glued(&when, scan, *at) || iso(&when, scan, *at) || day_first(&when, scan, *at) ||
               month_first(&when, scan, *at)) {
        when.year = when.year < 0 ? shared_year(scan, when.last) : when.year;
        write_date(text, sizeof text, &when);
    } else {
        return false;
    }
    claim.canonical = lac_scan_keep(scan, lac_span_of(text));
    if (scan->status != LACUNA_OK || !lac_scan_add(scan, claim, *at, when.last)) {
        return false;
    }
    *at = when.last;
    return true;
}
