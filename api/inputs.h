/*
 * inputs.h - what a run is to look at: files, folders walked by name, documents in memory.
 *
 * Purpose: one list in the order of the shown paths, each path once, whatever the order of adding.
 * Ownership: strings and bytes live in the list's arena; freed by lac_inputs_free.
 * Limits: LAC_INPUTS_MAX documents; paths of LAC_PATH_MAX bytes. Links to folders are not followed,
 *   so a walk ends.
 */
#ifndef LAC_API_INPUTS_H
#define LAC_API_INPUTS_H

#include "support/arena.h"
#include "writers/report.h"

#include <stdint.h>

enum { LAC_INPUTS_MAX = 1000000, LAC_PATH_MAX = 4096 };

typedef struct lac_input {
    const char *shown; /* path in reports: '/' between names, no "./", relative to the root */
    const char *path;  /* to open; NULL: bytes */
    lac_span bytes;
    uint64_t size;      /* largest are read first */
    const char *until;  /* of a submission: the sequence it ends with; NULL: all of it */
    bool submission;    /* an eCTD submission: a folder, or a zip file that may be one */
    bool package;       /* a response package: a folder with its manifest */
    lacuna_error error; /* already known not to be readable; status LACUNA_OK: fine */
} lac_input;

typedef struct lac_inputs {
    lac_arena arena;
    bool packages; /* set by who takes response packages as inputs; else they are folders */
    lac_input *items;
    size_t count, cap;
    lac_report_skip *skips;
    size_t skip_count, skip_cap;
} lac_inputs;

void lac_inputs_init(lac_inputs *inputs);
void lac_inputs_free(lac_inputs *inputs);

/* Whether a folder is a response package that is to be taken as one. */
lacuna_status lac_inputs_is_package(bool *is, const lac_inputs *inputs, const char *path,
                                    lacuna_error *err);

/* `root` may be NULL. The folder of a sequence, of an application or of several is one input. A
 * path that cannot be read becomes an input with an error. */
lacuna_status lac_inputs_add(lac_inputs *inputs, const char *path, const char *root,
                             lacuna_error *err);
lacuna_status lac_inputs_add_memory(lac_inputs *inputs, const char *name, lac_span bytes,
                                    lacuna_error *err);

/* Orders by shown path and drops what is there twice. */
void lac_inputs_settle(lac_inputs *inputs);

/* ---- used by the walk ---- */

lacuna_status lac_inputs_append(lac_inputs *inputs, const lac_input *input, lacuna_error *err);
/* `reason` is copied. */
lacuna_status lac_inputs_skip(lac_inputs *inputs, const char *shown, const char *reason,
                              lacuna_error *err);
/* The form of a path that reports show. NULL: out of memory. */
const char *lac_inputs_shown(lac_inputs *inputs, const char *path, const char *root);
/* An input that cannot be read, by an errno. */
lacuna_status lac_inputs_append_unreadable(lac_inputs *inputs, const char *shown, int error,
                                           lacuna_error *err);

#endif
