/*
 * lacuna.h - the public face of the Lacuna core: documents, checks, checklists.
 *
 * Conventions, the same for every function:
 *   - out-parameters come first and are set to NULL (or zero) on entry;
 *   - the result is a lacuna_status; LACUNA_OK is 0, every other value is an error;
 *   - `err` is owned by the caller, may be NULL, and is filled only on error; it never allocates,
 *     so running out of memory can be reported too;
 *   - a handle belongs to one thread at a time unless its type says otherwise;
 *   - all text is UTF-8, lengths are bytes, offsets are bytes into the reference text;
 *   - the library never prints, exits, reads the environment or touches the network.
 */
#ifndef LACUNA_H
#define LACUNA_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define LACUNA_API __attribute__((visibility("default")))
#else
#define LACUNA_API
#endif

/* What the caller can do about it decides the code; the text is in lacuna_error. */
typedef enum lacuna_status {
    LACUNA_OK = 0,
    LACUNA_E_ARGUMENT = 1,    /* the call is wrong: fix the caller */
    LACUNA_E_LIMIT = 2,       /* a named limit was reached: raise it, or distrust the input */
    LACUNA_E_UNSUPPORTED = 3, /* a file of another kind (encrypted, legacy .doc, PDF ...) */
    LACUNA_E_FORMAT = 4,      /* damaged or malformed input */
    LACUNA_E_IO = 5,          /* reading or writing failed */
    LACUNA_E_NOMEM = 6,       /* out of memory */
    LACUNA_E_CANCELLED = 7,   /* the caller asked to stop */
    LACUNA_E_NOTFOUND = 8,    /* the named thing does not exist */
    LACUNA_E_INTERNAL = 9     /* a defect of Lacuna */
} lacuna_status;

/* A diagnostic of fixed size. `message` says what happened, `remedy` what to do about it (may be
 * empty), `place` where inside the input (a part name, a JSON pointer), `line` and `offset` are 0
 * where they are not known. */
typedef struct lacuna_error {
    int32_t status;
    uint32_t line;
    uint64_t offset;
    char place[128];
    char message[256];
    char remedy[256];
} lacuna_error;

/* Receives output; returns 0 to go on, anything else to stop with LACUNA_E_IO. */
typedef int (*lacuna_write_fn)(void *user, const void *data, size_t length);

/* "0.1.0"; static storage. */
LACUNA_API const char *lacuna_version(void);
/* A short English name of a status ("limit", "damaged input"); static storage. */
LACUNA_API const char *lacuna_status_name(lacuna_status status);

#ifdef __cplusplus
}
#endif

#endif
