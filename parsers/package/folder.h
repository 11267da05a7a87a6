/*
 * folder.h - a folder as a package: an unpacked document, a submission.
 *
 * Purpose: lists the regular files below a folder and opens them one by one. Symbolic links are
 *   neither followed nor listed, at any level, so nothing outside the folder is ever read.
 * Faults: what cannot be listed (a name that is no UTF-8, a folder without permission, a path that
 * is too long) is left out and told; everything else is listed. Limits: package_entries counts
 * files and folders; part_name_bytes bounds paths and so the depth. Sizes are judged when a part is
 * read: a large file that nobody reads costs nothing.
 */
#ifndef LAC_FOLDER_H
#define LAC_FOLDER_H

#include "parsers/package/zip.h"

/* Opens the root; LACUNA_E_IO when `path` is no folder. */
lacuna_status lac_folder_open(int *root, const char *path, lacuna_error *err);

/* What is in a folder; everything in the arena. */
typedef struct lac_folder_content {
    lac_part *parts;
    uint32_t count;
    lac_package_fault *faults; /* by path */
    uint32_t fault_count;
} lac_folder_content;

lacuna_status lac_folder_list(lac_folder_content *content, int root, const lac_limits *limits,
                              lac_arena *arena, lacuna_error *err);

/* The folder that the last file was read from, kept open. Its path is borrowed from the part. */
typedef struct lac_folder_place {
    int descriptor; /* -1: none */
    lac_span path;
} lac_folder_place;

void lac_folder_leave(lac_folder_place *place);

lacuna_status lac_folder_stream(int root, lac_folder_place *place, const lac_part *part,
                                uint64_t max_bytes, char *piece, size_t capacity, lac_sink_fn sink,
                                void *user, lacuna_error *err);

#endif
