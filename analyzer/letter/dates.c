#include "analyzer/letter/dates.h"

#include "support/calendar.h"

#include <stdio.h>

typedef struct date {
    uint32_t year, month, day;
} date;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool write_date(char iso[LAC_DATE_BYTES], date d)
{
    if (d.year < 1900 || d.year > 9999 || d.month < 1 || d.month > 12 || d.day < 1 ||
        d.day > lac_days_in_month(d.year, d.month)) {
        return false;
    }
    return snprintf(iso, LAC_DATE_BYTES, "%04u-%02u-%02u", d.year % 10000, d.month % 100,
                    d.day % 100) == LAC_DATE_BYTES - 1;
}

/* Digits at *at; how many. */
static uint32_t take_number(lac_span line, size_t *at, uint32_t *value)
{
    uint32_t digits = 0;
    *value = 0;
    while (*at < line.len && is_digit(line.ptr[*at]) && digits < 9) {
        *value = *value * 10 + (uint32_t)(line.ptr[(*at)++] - '0');
        digits++;
    }
    return digits;
}

static void skip_any(lac_span line, size_t *at, const char *characters)
{
    while (*at < line.len && line.ptr[*at] != '\0' && strchr(characters, line.ptr[*at]) != NULL) {
        (*at)++;
    }
}

/* A month's name, or its first three letters; 0: none. */
static uint32_t take_month(lac_span line, size_t *at)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    size_t end = *at;
    while (end < line.len && is_letter(line.ptr[end])) {
        end++;
    }
    lac_span word = lac_span_make(line.ptr + *at, end - *at);
    for (uint32_t i = 0; i < 12; i++) {
        if (lac_span_equal_nocase(word, lac_span_of(names[i])) ||
            lac_span_equal_nocase(word, lac_span_make(names[i], 3))) {
            *at = end;
            return i + 1;
        }
    }
    return 0;
}

static bool month_first(char iso[LAC_DATE_BYTES], lac_span line, size_t at)
{
    date d = {0};
    d.month = take_month(line, &at);
    skip_any(line, &at, ". ");
    uint32_t digits = d.month == 0 ? 0 : take_number(line, &at, &d.day);
    skip_any(line, &at, ",. ");
    return digits >= 1 && digits <= 2 && take_number(line, &at, &d.year) == 4 && write_date(iso, d);
}

static bool day_first(char iso[LAC_DATE_BYTES], lac_span line, size_t at)
{
    date d = {0};
    uint32_t digits = take_number(line, &at, &d.day);
    skip_any(line, &at, " -");
    d.month = digits >= 1 && digits <= 2 ? take_month(line, &at) : 0;
    skip_any(line, &at, ",.- ");
    return d.month > 0 && take_number(line, &at, &d.year) == 4 && write_date(iso, d);
}

static bool figures(char iso[LAC_DATE_BYTES], lac_span line, size_t at)
{
    uint32_t value[3], digits[3];
    char between = '\0';
    for (int i = 0; i < 3; i++) {
        digits[i] = take_number(line, &at, &value[i]);
        if (i < 2) {
            char c = at < line.len ? line.ptr[at++] : '\0';
            if (digits[i] == 0 || (c != '/' && c != '-') || (between != '\0' && c != between)) {
                return false;
            }
            between = c;
        }
    }
    if (digits[0] == 4 && digits[1] == 2 && digits[2] == 2 && between == '-') {
        return write_date(iso, (date){value[0], value[1], value[2]});
    }
    return digits[0] <= 2 && digits[1] <= 2 && digits[2] == 4 && between == '/' &&
           write_date(iso, (date){value[2], value[0], value[1]});
}

bool lac_letter_date_in(char iso[LAC_DATE_BYTES], lac_span line)
{
    for (size_t i = 0; i < line.len; i++) {
        bool begins = i == 0 || (!is_digit(line.ptr[i - 1]) && !is_letter(line.ptr[i - 1]));
        if (begins && is_letter(line.ptr[i]) && month_first(iso, line, i)) {
            return true;
        }
        if (begins && is_digit(line.ptr[i]) && (day_first(iso, line, i) || figures(iso, line, i))) {
            return true;
        }
    }
    iso[0] = '\0';
    return false;
}

static void add_days(date *d, uint32_t days)
{
    while (days > 0) {
        uint32_t left = lac_days_in_month(d->year, d->month) - d->day;
        if (days <= left) {
            d->day += days;
            return;
        }
        days -= left + 1;
        d->day = 1;
        d->month = d->month == 12 ? 1 : d->month + 1;
        d->year += d->month == 1 ? 1 : 0;
    }
}

/* "2026-02-11". */
static bool read_iso(date *d, const char *text)
{
    char checked[LAC_DATE_BYTES];
    return strlen(text) == LAC_DATE_BYTES - 1 && figures(checked, lac_span_of(text), 0) &&
           sscanf(checked, "%4u-%2u-%2u", &d->year, &d->month, &d->day) == 3;
}

bool lac_letter_month_end(char iso[LAC_DATE_BYTES], lac_span text, const char *from)
{
    date d;
    iso[0] = '\0';
    if (!read_iso(&d, from)) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        bool begins = i == 0 || !is_letter(text.ptr[i - 1]);
        size_t at = i;
        uint32_t month =
            begins && text.ptr[i] >= 'A' && text.ptr[i] <= 'Z' ? take_month(text, &at) : 0;
        if (month > 0) {
            uint32_t year = month < d.month ? d.year + 1 : d.year, day = 0;
            skip_any(text, &at, " ");
            bool named = take_number(text, &at, &day) > 0 && day > 0 &&
                         day <= lac_days_in_month(year, month);
            return write_date(iso,
                              (date){year, month, named ? day : lac_days_in_month(year, month)});
        }
    }
    return false;
}

bool lac_letter_date_after(char iso[LAC_DATE_BYTES], const char *text, uint32_t count,
                           const char *unit)
{
    date d;
    iso[0] = '\0';
    if (!read_iso(&d, text)) {
        return false;
    }
    if (strcmp(unit, "day") == 0) {
        add_days(&d, count);
    } else {
        uint32_t months = d.month - 1 + count * (strcmp(unit, "year") == 0 ? 12 : 1);
        d.year += months / 12;
        d.month = months % 12 + 1;
        uint32_t most = lac_days_in_month(d.year, d.month);
        d.day = d.day < most ? d.day : most;
    }
    return write_date(iso, d);
}
