/*
 * names.h - finds names of persons.
 *
 * Purpose: a name is told by what stands around it (a title, "patient", a relative) or by two names
 * of the dictionaries (text files in templates/phi) beside each other. Of staff (Dr., MD,
 * investigator, sponsor ...) they are no finds; without a word either way they are doubtful. Once a
 * patient's name is certain, its surname alone is one too in the rest of the text. Limits: the
 * dictionaries hold some 2,000 common names; a rare name without a telling word is missed, and a
 * word that is also a name counts only beside another sign. Ownership: immutable after it was made.
 */
#ifndef LAC_PHI_NAMES_H
#define LAC_PHI_NAMES_H

#include "drafter/phi/context.h"
#include "drafter/phi/phi.h"

typedef struct lac_phi_names lac_phi_names;

lacuna_status lac_phi_names_new(lac_phi_names **out, lacuna_error *err);
void lac_phi_names_free(lac_phi_names *names);

lacuna_status lac_phi_names_find(lac_phi_list *list, const lac_phi_names *names,
                                 const lac_phi_context *context, lac_span text, lacuna_error *err);

#endif
