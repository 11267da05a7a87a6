/*
 * error.h - filling the caller's lacuna_error.
 *
 * Purpose: one line at the place of failure; the status travels back as the return value.
 * Ownership: the object is the caller's, of fixed size; nothing here allocates.
 */
#ifndef LAC_ERROR_H
#define LAC_ERROR_H

#include "include/lacuna.h"

/* Clears `err` (may be NULL). */
void lac_error_clear(lacuna_error *err);

/* Sets status and message (printf-like) and returns `status`. Place, line and remedy are kept as
 * they are, so they can be set before or after. `err` may be NULL. */
lacuna_status lac_fail(lacuna_error *err, lacuna_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with a remedy: what the person can do about it. */
lacuna_status lac_fail_remedy(lacuna_error *err, lacuna_status status, const char *remedy,
                              const char *format, ...) __attribute__((format(printf, 4, 5)));

/* LACUNA_E_NOMEM with its message. */
lacuna_status lac_fail_nomem(lacuna_error *err);

/* Puts the name of the input in front of the message, where the message does not say it: an error
 * while one file is written can be about another. Returns `status`; LACUNA_OK, LACUNA_E_NOMEM and
 * LACUNA_E_IO are left as they are. */
lacuna_status lac_error_about(lacuna_error *err, lacuna_status status, const char *input);

/* Where it happened: a part name or JSON pointer, and a line (0: unknown). Kept if already set. */
void lac_error_place(lacuna_error *err, const char *place, uint32_t line);

#endif
