/*
 * run_folder.h - the folder a run of drafting keeps its steps in.
 *
 * Purpose: files appear whole or not at all (temporary file, fsync, rename), mode 0600 in a folder
 *   of 0700, so that a run may be killed at any time. One run at a time: a lock is held on the
 *   folder, and what a killed run left unfinished is taken away when it is opened.
 * Ownership: owns the lock until it is closed.
 */
#ifndef LAC_DRAFT_RUN_FOLDER_H
#define LAC_DRAFT_RUN_FOLDER_H

#include "include/lacuna.h"
#include "support/buf.h"

#include <stdbool.h>

typedef struct lac_run_folder lac_run_folder;

/* Makes it where it is not there. LACUNA_E_IO where another run holds it. */
lacuna_status lac_run_folder_open(lac_run_folder **out, const char *path, lacuna_error *err);
void lac_run_folder_close(lac_run_folder *folder);

/* Appends the content; *found false where there is no regular file of that name. `name` has no "/".
 * LACUNA_E_LIMIT above the buffer's limit. */
lacuna_status lac_run_folder_read(lac_buf *out, bool *found, lac_run_folder *folder,
                                  const char *name, lacuna_error *err);
lacuna_status lac_run_folder_write(lac_run_folder *folder, const char *name, lac_span content,
                                   lacuna_error *err);

/* Names that end with `ending`, in byte order, one after the other; an error of `take` ends it. */
lacuna_status lac_run_folder_each(lac_run_folder *folder, const char *ending,
                                  lacuna_status (*take)(void *user, const char *name,
                                                        lacuna_error *err),
                                  void *user, lacuna_error *err);

#endif
