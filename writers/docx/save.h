/*
 * save.h - a new file that is either there as a whole or not at all.
 *
 * Purpose: written beside its final name, synced, then renamed, and the folder synced: a crash
 *   leaves no half file under that name. The document a draft was made for is never overwritten,
 *   whatever name or link leads to it.
 */
#ifndef LAC_WRITERS_DOCX_SAVE_H
#define LAC_WRITERS_DOCX_SAVE_H

#include "include/lacuna.h"
#include "support/span.h"

/* `input` is the file that must stay; NULL: none. Mode 0600 at first, then that of the input.
 * LACUNA_E_ARGUMENT where `path` is the input. */
lacuna_status lac_save(const char *path, lac_span bytes, const char *input, lacuna_error *err);

#endif
