/*
 * name_words.h - dictionaries of names, and short lists of words that stand beside names.
 */
#ifndef LAC_PHI_NAME_WORDS_H
#define LAC_PHI_NAME_WORDS_H

#include "include/lacuna.h"
#include "support/span.h"

typedef struct lac_phi_dictionary {
    const char **words; /* sorted lower-case lines of an embedded file, not terminated */
    size_t *lengths;
    size_t count;
} lac_phi_dictionary;

lacuna_status lac_phi_dictionary_load(lac_phi_dictionary *dictionary, const char *file,
                                      lacuna_error *err);
void lac_phi_dictionary_free(lac_phi_dictionary *dictionary);
/* Case ignored; of "Okonkwo-Lange" either half is enough. */
bool lac_phi_dictionary_has(const lac_phi_dictionary *dictionary, lac_span word);

bool lac_phi_is_title(lac_span word);        /* Mr, Mrs, Ms, Miss */
bool lac_phi_is_doctor(lac_span word);       /* Dr, Prof */
bool lac_phi_is_patient_word(lac_span word); /* patient, subject ... */
bool lac_phi_is_relative(lac_span word);     /* wife, son ... */
bool lac_phi_is_institution(lac_span word);  /* University, Hospital ... */
bool lac_phi_is_deed(lac_span word);         /* was, had, reported ... */
bool lac_phi_is_no_name(lac_span word);      /* capitalized words behind "Patient" in forms */

#endif
