/*
 * lacuna_phi.h - identifiers of patients: what was found, and recognizers of the host's own.
 *
 * Lacuna searches what it would send for the identifiers that 45 CFR 164.514(b)(2) lists, and
 * sends nothing that holds one unless it is told to. No recognizer finds everything: that nothing
 * was found does not make a text de-identified.
 */
#ifndef LACUNA_PHI_H
#define LACUNA_PHI_H

#include <stddef.h>
#include <stdint.h>

#include "lacuna_status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A place that may identify a person. Borrowed; lives until the callback returns. */
typedef struct lacuna_phi_place {
    const char *kind;  /* name, place, date, age, phone, fax, email, ssn, medical-record,
                        * health-plan, account, licence, vehicle, device, url, ip, biometric, photo,
                        * code */
    int32_t certain;   /* 0: in doubt */
    const char *path;  /* of the document */
    uint32_t line;     /* of its reference text, from 1 */
    const char *shape; /* the text with x for letters and 9 for digits, never the text itself */
} lacuna_phi_place;

/* Return non-zero to stop. */
typedef int (*lacuna_phi_fn)(void *user, const lacuna_phi_place *place);

/* Told by a recognizer: bytes [start, end) of the text are of a kind as above; others count as
 * "code". `score` is 0 to 1; below 0.5 it is in doubt. Return non-zero to stop. */
typedef int (*lacuna_phi_found_fn)(void *user, const char *kind, size_t start, size_t end,
                                   double score);

/* A recognizer of the host's own, asked besides the built-in ones. `size` is
 * sizeof(lacuna_recognizer) of the maker. */
typedef struct lacuna_recognizer {
    size_t size;
    void *state;
    /* An error keeps everything from being sent. */
    lacuna_status (*find)(void *state, const char *text, size_t length, lacuna_phi_found_fn found,
                          void *user, lacuna_error *err);
} lacuna_recognizer;

#ifdef __cplusplus
}
#endif

#endif
