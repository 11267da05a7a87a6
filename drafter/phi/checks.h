/*
 * checks.h - check digits and ranges that tell an identifier from a number that looks like one.
 */
#ifndef LAC_PHI_CHECKS_H
#define LAC_PHI_CHECKS_H

#include "support/span.h"

typedef bool (*lac_phi_check)(lac_span text);

/* By the name the data files use: ssn, nhs, luhn, iban, vin, ip, phone, date, zip. NULL: unknown.
 */
lac_phi_check lac_phi_check_of(lac_span name);

#endif
