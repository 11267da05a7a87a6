/*
 * zip_rewrite.h - a zip file with some entries replaced and some added; the rest is copied raw.
 *
 * Purpose: entries that are not named keep their compressed bytes, their order, times and comments.
 *   New and replaced ones carry the date 1980-01-01 that Word writes itself, so the same changes
 *   give the same bytes at any time and in any time zone.
 * The input has been judged by lac_package_open before.
 */
#ifndef LAC_WRITERS_DOCX_ZIP_REWRITE_H
#define LAC_WRITERS_DOCX_ZIP_REWRITE_H

#include "include/lacuna.h"
#include "support/span.h"

#include <stdint.h>

typedef struct lac_zip_change {
    const char *name; /* as in the archive; another case of it is found too */
    lac_span bytes;   /* alive until the call returns */
    bool added;       /* no entry of that name may be there; false: one must be */
} lac_zip_change;

/* *out is the caller's (free). */
lacuna_status lac_zip_rewrite(char **out, size_t *length, lac_span archive,
                              const lac_zip_change *changes, size_t count, lacuna_error *err);

/* LACUNA_E_INTERNAL unless every entry of `before` that no change names is in `after` with the same
 * compressed bytes, at the same index. */
lacuna_status lac_zip_prove(lac_span before, lac_span after, const lac_zip_change *changes,
                            size_t count, lacuna_error *err);

#endif
