/*
 * reader.h - values out of a stored result, wherever they stand.
 *
 * Purpose: a member that is absent has a harmless value, so that results of other versions of the
 *   same schema are read; one of another type is a problem, told with its place.
 * Ownership: texts are copied into the arena.
 */
#ifndef LAC_WRITERS_STORED_READER_H
#define LAC_WRITERS_STORED_READER_H

#include "analyzer/gate/gate_file.h"

/* "" where it is absent or null. */
const char *lac_stored_text(lac_pack_reader *r, const json_t *object, const char *key);
/* NULL where it is absent or null. */
const char *lac_stored_text_or_null(lac_pack_reader *r, const json_t *object, const char *key);
/* "path", or the bytes of "path_hex" where there are any. */
const char *lac_stored_path(lac_pack_reader *r, const json_t *object);
/* An array of texts; NULL where there is none. */
const char **lac_stored_texts(lac_pack_reader *r, const json_t *object, const char *key,
                              uint32_t *count);
uint32_t lac_stored_number(lac_pack_reader *r, const json_t *object, const char *key);
double lac_stored_fraction(lac_pack_reader *r, const json_t *object, const char *key);
bool lac_stored_bool(lac_pack_reader *r, const json_t *object, const char *key);
/* Index of a text among `count` names; `otherwise` where it is absent or null, and a problem where
 * it is none of them. */
uint32_t lac_stored_choice(lac_pack_reader *r, const json_t *object, const char *key,
                           const char *(*name)(uint32_t index), uint32_t count, uint32_t otherwise);
/* Zeroed memory; NULL: out of memory, which the reader remembers. */
void *lac_stored_array(lac_pack_reader *r, size_t count, size_t size);

#endif
