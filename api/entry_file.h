/*
 * entry_file.h - a file of waivers or decisions that gets one entry more.
 *
 * Purpose: entries that are there stay as they are, also those a person has not finished.
 * Ownership: lac_entry_file_close frees the tree.
 */
#ifndef LAC_API_ENTRY_FILE_H
#define LAC_API_ENTRY_FILE_H

#include "include/lacuna.h"

#include <jansson.h>
#include <stdbool.h>

typedef struct lac_entry_file {
    json_t *root;
    json_t *entries; /* borrowed from the root */
} lac_entry_file;

/* `path` NULL, or of a file that is not there: an empty one of that schema. LACUNA_E_FORMAT for a
 * file that is none. */
lacuna_status lac_entry_file_open(lac_entry_file *file, const char *path, const char *schema,
                                  const char *key, lacuna_error *err);
void lac_entry_file_close(lac_entry_file *file);

/* Takes over `entry` (NULL: memory ran out), in place of the one at `index`; SIZE_MAX: behind all.
 */
lacuna_status lac_entry_file_put(lac_entry_file *file, size_t index, json_t *entry,
                                 lacuna_error *err);

/* Writes the whole file. */
lacuna_status lac_entry_file_write(const lac_entry_file *file, lacuna_write_fn write, void *user,
                                   lacuna_error *err);

/* Whether the text of a member is this one. */
bool lac_entry_says(const json_t *entry, const char *key, const char *text);

#endif
