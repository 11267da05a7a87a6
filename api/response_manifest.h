/*
 * response_manifest.h - manifest.json: what a response package is about, and what was written.
 *
 * Purpose: a folder with such a file is a response package (schema "lacuna.response/1"). Digests
 * tell whether a file is as it was written, so that nobody's work is overwritten.
 */
#ifndef LAC_API_RESPONSE_MANIFEST_H
#define LAC_API_RESPONSE_MANIFEST_H

#include "drafter/respond/response.h"

#include <jansson.h>

#define LAC_MANIFEST_NAME "manifest.json"

typedef struct lac_manifest_file {
    const char *name, *sha256;
} lac_manifest_file;

typedef struct lac_manifest_given {
    const lac_response_plan *plan;
    const lac_response *response;
    const char *const *sources; /* paths as given */
    size_t source_count;
    const lac_manifest_file *files;
    uint32_t file_count;
} lac_manifest_given;

lacuna_status lac_manifest_write(const lac_manifest_given *given, lacuna_write_fn write, void *user,
                                 lacuna_error *err);

/* The manifest of a folder. LACUNA_E_NOTFOUND: there is none; LACUNA_E_FORMAT: it is no manifest.
 */
lacuna_status lac_manifest_read(json_t **out, const char *folder, lacuna_error *err);
/* Whether a folder has one, damaged or not; only running out of memory is an error. */
lacuna_status lac_manifest_is_there(bool *there, const char *folder, lacuna_error *err);

/* Whether the file is in the folder, and is neither what its manifest says nor what has the digest
 * `now`. */
lacuna_status lac_manifest_changed(bool *changed, const char *folder, const char *name,
                                   const char *now, lacuna_error *err);

/* "folder/name"; NULL: out of memory. free() it. */
char *lac_manifest_path(const char *folder, const char *name);

#endif
