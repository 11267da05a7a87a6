/*
 * scanner.h - finds identifiers of patients in a text.
 *
 * Purpose: the recognizers of templates/phi/recognizers.json (expressions, check digits, words
 * around) and the finder of names (names.h), run over a whole text. What is found is never proof
 * that nothing else is there. Ownership: a scanner is immutable after it was made, shareable
 * between threads for reading; lac_phi_scanner_free frees it. Limits: text below 4 GiB, valid
 * UTF-8; an expression that gives up is LACUNA_E_LIMIT, never "nothing found".
 */
#ifndef LAC_PHI_SCANNER_H
#define LAC_PHI_SCANNER_H

#include "drafter/phi/phi.h"

typedef struct lac_phi_scanner lac_phi_scanner;

lacuna_status lac_phi_scanner_new(lac_phi_scanner **out, lacuna_error *err);
void lac_phi_scanner_free(lac_phi_scanner *scanner);

/* Adds what is found; the list is settled afterwards. */
lacuna_status lac_phi_scan(lac_phi_list *list, const lac_phi_scanner *scanner, lac_span text,
                           lacuna_error *err);

/* Whether a place stands among words about staff, and about nobody's care: what somebody else found
 * there is then no patient's. */
lacuna_status lac_phi_is_of_staff(bool *is, const lac_phi_scanner *scanner, lac_span text,
                                  size_t start, size_t end, lacuna_error *err);

#endif
