/*
 * profile_facts.h - the facts that conditions may ask for, as checklists/profile-facts.json lists
 * them.
 *
 * Purpose: keys, values, and the terms that show a value in a document. Three strengths of sign: in
 *   the title of the document; where the document states it of itself; a word that only fits it.
 * Ownership: one object, immutable after load, shareable between threads.
 */
#ifndef LAC_PROFILE_FACTS_H
#define LAC_PROFILE_FACTS_H

#include "analyzer/terms.h"

typedef enum lac_sign_strength {
    LAC_SIGN_TITLE,
    LAC_SIGN_STATED,
    LAC_SIGN_HINT,
    LAC_SIGN_COUNT,
} lac_sign_strength;

typedef struct lac_sign_list {
    const lac_term *const *terms;
    uint32_t count;
} lac_sign_list;

typedef struct lac_value_signs {
    const char *value;
    lac_sign_list signs[LAC_SIGN_COUNT];
} lac_value_signs;

typedef struct lac_profile_key {
    const char *key, *meaning;
    const char *const *values;
    uint32_t value_count;
    const char *const *document_types; /* looked for in documents of these */
    uint32_t document_type_count;
    const lac_value_signs *detect; /* none: only told, or by an envelope */
    uint32_t detect_count;
} lac_profile_key;

typedef struct lac_profile_facts_table {
    lac_arena arena;
    const lac_profile_key *keys;
    uint32_t count;
    const char *const *background; /* headings of sections that speak of other studies */
    uint32_t background_count;
} lac_profile_facts_table;

/* The file is part of the program: one that does not parse is LACUNA_E_INTERNAL. */
lacuna_status lac_profile_facts_load(lac_profile_facts_table **out, lacuna_error *err);
void lac_profile_facts_free(lac_profile_facts_table *table);

/* NULL: no such key. */
const lac_profile_key *lac_profile_key_find(const lac_profile_facts_table *table, const char *key);

#endif
