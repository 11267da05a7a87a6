/*
 * until.h - the state of an application after one of its sequences.
 *
 * Purpose: takes the folders of later sequences out of the package, so that everything after it
 *   works as if they were not there yet. Runs on an intake whose sequences are in order.
 * Limits: a folder that holds sequences of several applications (a grouped submission) stays when
 *   one of them is wanted.
 */
#ifndef LAC_ECTD_UNTIL_H
#define LAC_ECTD_UNTIL_H

#include "parsers/ectd/intake.h"

/* *cut: something was taken out, and the intake has to begin again. LACUNA_E_NOTFOUND: no sequence
 * is called `until` or has that number. */
lacuna_status lac_until_cut(bool *cut, lac_intake *intake, const char *until);

#endif
