/*
 * person.h - whether two spellings of a name can be one person's.
 */
#ifndef LAC_PHI_PERSON_H
#define LAC_PHI_PERSON_H

#include "support/span.h"

#include <stdint.h>

enum { LAC_PERSON_PART_MAX = 96 };

/* Lower case; "" where it is not known. */
typedef struct lac_person {
    char surname[LAC_PERSON_PART_MAX];
    char given[LAC_PERSON_PART_MAX]; /* a name, or an initial */
} lac_person;

/* Of "John R. Smith", "SMITH, John", "J. Smith", "Smith". */
void lac_person_read(lac_person *person, lac_span name);

/* Whether the shorter can be a form of the fuller: never two different given names. A single word
 * may be either part of a name. */
bool lac_person_agrees(const lac_person *known, const lac_person *other);

#endif
