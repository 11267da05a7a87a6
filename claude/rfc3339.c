#include "claude/rfc3339.h"

/* `count` digits at *at, within [least, most]. */
static bool number(int *out, lac_span text, size_t *at, size_t count, int least, int most)
{
    int value = 0;
    if (text.len - *at < count || *at > text.len) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        char c = text.ptr[*at + i];
        if (c < '0' || c > '9') {
            return false;
        }
        value = value * 10 + (c - '0');
    }
    *at += count;
    *out = value;
    return value >= least && value <= most;
}

static bool mark(lac_span text, size_t *at, const char *allowed)
{
    if (*at >= text.len || strchr(allowed, text.ptr[*at]) == NULL || text.ptr[*at] == '\0') {
        return false;
    }
    (*at)++;
    return true;
}

/* Days since 1970 of a date of the Gregorian calendar (H. Hinnant, "chrono-Compatible Low-Level
 * Date Algorithms", days_from_civil). */
static int64_t days(int year, int month, int day)
{
    int64_t y = year - (month <= 2);
    int64_t era = y / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static bool read_zone(int64_t *offset, lac_span text, size_t *at)
{
    int hours, minutes;
    *offset = 0;
    if (mark(text, at, "Zz")) {
        return true;
    }
    bool west = *at < text.len && text.ptr[*at] == '-';
    if (!mark(text, at, "+-") || !number(&hours, text, at, 2, 0, 23) || !mark(text, at, ":") ||
        !number(&minutes, text, at, 2, 0, 59)) {
        return false;
    }
    *offset = (west ? -60 : 60) * (int64_t)(hours * 60 + minutes);
    return true;
}

bool lac_rfc3339_read(int64_t *seconds, lac_span text)
{
    int year, month, day, hour, minute, second;
    int64_t offset;
    size_t at = 0;
    if (!number(&year, text, &at, 4, 1970, 9999) || !mark(text, &at, "-") ||
        !number(&month, text, &at, 2, 1, 12) || !mark(text, &at, "-") ||
        !number(&day, text, &at, 2, 1, 31) || !mark(text, &at, "Tt ") ||
        !number(&hour, text, &at, 2, 0, 23) || !mark(text, &at, ":") ||
        !number(&minute, text, &at, 2, 0, 59) || !mark(text, &at, ":") ||
        !number(&second, text, &at, 2, 0, 60)) {
        return false;
    }
    if (mark(text, &at, ".")) {
        while (at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9') {
            at++;
        }
    }
    if (!read_zone(&offset, text, &at) || at != text.len) {
        return false;
    }
    *seconds = days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset;
    return true;
}
