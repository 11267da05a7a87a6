/*
 * dates.h - dates as letters print them.
 */
#ifndef LAC_LETTER_DATES_H
#define LAC_LETTER_DATES_H

#include "support/span.h"

#include <stdint.h>

enum { LAC_DATE_BYTES = 11 };

/* The first date in a line: "March 20, 2020", "20 March 2020", "13 Dec 2011", "03/20/2020" (month
 * first, as the agency writes), "2020-03-20". False: there is none. */
bool lac_letter_date_in(char iso[LAC_DATE_BYTES], lac_span line);

/* The last day of the month that a text names without a year: the first one not before `date`.
 * False: no month is named, or `date` is none. */
bool lac_letter_month_end(char iso[LAC_DATE_BYTES], lac_span text, const char *date);

/* `count` days, months or years (unit "day", "month", "year") later; a day that a month does not
 * have becomes its last. False: not a date, or a year beyond 9999. */
bool lac_letter_date_after(char iso[LAC_DATE_BYTES], const char *date, uint32_t count,
                           const char *unit);

#endif
