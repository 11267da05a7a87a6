/*
 * calendar.h - how many days a month has (Gregorian calendar, ISO 8601).
 */
#ifndef LAC_CALENDAR_H
#define LAC_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

static inline bool lac_is_leap_year(uint32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* `month` 1..12; 0 for any other. */
static inline uint32_t lac_days_in_month(uint32_t year, uint32_t month)
{
    static const uint8_t days[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month > 12 ? 0 : days[month] + (month == 2 && lac_is_leap_year(year) ? 1u : 0u);
}

#endif
