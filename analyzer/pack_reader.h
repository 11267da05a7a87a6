/*
 * pack_reader.h - typed fields out of a pack's JSON, with every problem reported where it stands.
 *
 * Purpose: one place that knows how to say "/items/3/expect: unknown key". Reading goes on after a
 *   problem with a harmless value, so that an author sees all problems of a file at once; the
 *   caller decides by `problems` whether the result may be used.
 * Ownership: values live in the arena of the pack; the JSON may be freed afterwards.
 */
#ifndef LAC_PACK_READER_H
#define LAC_PACK_READER_H

#include "analyzer/terms.h"
#include "support/arena.h"

#include <jansson.h>
#include <stdbool.h>

enum { LAC_PACK_POINTER = 128 };

/* `item` is the id of the item the problem is in, "" outside of items. */
typedef void (*lac_pack_problem_fn)(void *user, const char *pointer, const char *item,
                                    const char *message);

typedef struct lac_pack_reader {
    lac_arena *arena;
    lac_pack_problem_fn report;
    void *user;
    uint32_t problems;
    bool out_of_memory;
    const char *item;
    char pointer[LAC_PACK_POINTER]; /* of the value being read */
    size_t pointer_length;
} lac_pack_reader;

/* Steps the pointer into a member or an element; lac_pack_leave takes the mark it returned. */
size_t lac_pack_enter(lac_pack_reader *r, const char *key);
size_t lac_pack_enter_index(lac_pack_reader *r, size_t index);
void lac_pack_leave(lac_pack_reader *r, size_t mark);

void lac_pack_problem(lac_pack_reader *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Reports every key that is not in the list (ended by NULL) and no "$comment", with the nearest one
 * that is. False when the value is not an object, which is reported too. */
bool lac_pack_object(lac_pack_reader *r, const json_t *value, const char *const *known);

/* A member; absent: NULL, and a problem when it is required. */
const char *lac_pack_string(lac_pack_reader *r, const json_t *object, const char *key,
                            bool required);
const char *const *lac_pack_strings(lac_pack_reader *r, const json_t *object, const char *key,
                                    uint32_t *count);
bool lac_pack_bool(lac_pack_reader *r, const json_t *object, const char *key);
/* Whole number in [least, most]; `otherwise` when absent. */
uint32_t lac_pack_number(lac_pack_reader *r, const json_t *object, const char *key, uint32_t least,
                         uint32_t most, uint32_t otherwise);
/* Index into `names`; `otherwise` when absent, and a problem when that is negative. */
int lac_pack_choice(lac_pack_reader *r, const json_t *object, const char *key,
                    const char *const *names, size_t name_count, int otherwise);
/* Terms; those that do not parse are reported and left out. */
const lac_term *const *lac_pack_terms(lac_pack_reader *r, const json_t *object, const char *key,
                                      bool exclusions, uint32_t *count);
/* An array member or NULL; another type is a problem. */
const json_t *lac_pack_array(lac_pack_reader *r, const json_t *object, const char *key);

#endif
