/*
 * gate_file.h - reading the files a gate is told by: baselines, waivers, decisions, configuration.
 *
 * Purpose: a malformed file has to stop a gate, and to say where: file, line, JSON pointer and what
 *   to do. Of several problems the first is told.
 * Ownership: everything read lives in the arena the caller gives.
 */
#ifndef LAC_GATE_FILE_H
#define LAC_GATE_FILE_H

#include "analyzer/pack_reader.h"
#include "support/hash.h"
#include "support/limits.h"

typedef struct lac_gate_file {
    lac_arena *arena;
    const char *name; /* for messages */
    lac_span json;
    lac_digest digest; /* of the bytes */
    json_t *root;
    lac_pack_reader reader;
    char pointer[LAC_PACK_POINTER]; /* of the first problem */
    char problem[256];              /* "": none */
} lac_gate_file;

/* Parses the text and checks its member "schema"; lac_gate_file_close has to follow. */
lacuna_status lac_gate_file_open(lac_gate_file *file, lac_arena *arena, lac_span json,
                                 const char *name, const char *schema, lacuna_error *err);
/* Frees the tree. `status`, or LACUNA_E_FORMAT where the reader met a problem, with `remedy`. */
lacuna_status lac_gate_file_close(lac_gate_file *file, lacuna_status status, const char *remedy,
                                  lacuna_error *err);

/* 1-based line of an element of an array at the top. */
uint32_t lac_gate_line(lac_span json, const char *array, size_t index);

/* A required text of at most `most` bytes; "" after a problem. "TODO" in front of it is one: that
 * is how a stub says that a person still has to write it. */
const char *lac_gate_text(lac_pack_reader *r, const json_t *object, const char *key, size_t most);
/* A required date YYYY-MM-DD that exists; "" after a problem. */
const char *lac_gate_date(lac_pack_reader *r, const json_t *object, const char *key);
/* A SHA-256 in 64 lower-case hexadecimal digits, NULL: absent or a problem. */
const char *lac_gate_hex(lac_pack_reader *r, const json_t *object, const char *key, bool required);

#endif
