/*
 * specimen.h - a small Word document, made in memory.
 *
 * Purpose: the self-check reads it, so the whole way through libzip and libxml2 is tried without a
 *   file. It has one numbered heading, "1 Trial design", and one paragraph.
 */
#ifndef LAC_API_SPECIMEN_H
#define LAC_API_SPECIMEN_H

#include "include/lacuna.h"

/* The bytes are the caller's: free(). */
lacuna_status lac_specimen_make(char **data, size_t *length, lacuna_error *err);

#endif
