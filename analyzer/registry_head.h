/*
 * registry_head.h - what a file of a checklists folder is, told by its head, and reading folders.
 */
#ifndef LAC_REGISTRY_HEAD_H
#define LAC_REGISTRY_HEAD_H

#include "analyzer/registry.h"

typedef enum lac_file_kind {
    LAC_FILE_OTHER, /* a schema of ours this version does not use here */
    LAC_FILE_CHECKLIST,
    LAC_FILE_DOCUMENT_TYPES,
    LAC_FILE_SYNONYMS,
    LAC_FILE_TAILORING,
} lac_file_kind;

typedef struct lac_registry_head {
    lac_file_kind kind;
    lac_registry_entry entry; /* of a checklist; `path` is left to the caller */
} lac_registry_head;

/* Looks at single members of the text; items are passed over unread. */
lacuna_status lac_registry_head_read(lac_registry_head *out, lac_arena *arena, lac_span json,
                                     const char *name, lacuna_error *err);

lacuna_status lac_registry_file_read(lac_span *out, lac_arena *arena, const char *path,
                                     uint64_t most_bytes, lacuna_error *err);

/* Calls `take` for the *.json files of a folder, in the order of their names. */
typedef lacuna_status (*lac_registry_file_fn)(void *user, const char *path, const char *name);
lacuna_status lac_registry_folder_each(const char *path, lac_registry_file_fn take, void *user,
                                       lacuna_error *err);

#endif
