/*
 * lacuna_status.h - results and errors, shared by all public headers. Include lacuna.h.
 */
#ifndef LACUNA_STATUS_H
#define LACUNA_STATUS_H

#include <stdint.h>

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
    LACUNA_E_UNSUPPORTED = 3, /* a file of another kind (encrypted, legacy .doc ...) */
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
    char remedy[384];
} lacuna_error;

#endif
