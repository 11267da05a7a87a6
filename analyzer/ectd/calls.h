/*
 * calls.h - which document a place in a submission calls for: checklists/ectd-documents.json.
 *
 * Purpose: the rows are data; here they are only compared with headings and file tags.
 * Ownership: everything lives in the arena that was given.
 */
#ifndef LAC_ECTD_CALLS_H
#define LAC_ECTD_CALLS_H

#include "analyzer/analyze.h"
#include "analyzer/ectd/data.h"

typedef struct lac_place_call {
    lac_texts headings, tags; /* no tags: leaves that have none */
    lac_document_call call;
} lac_place_call;

/* Documents of a study that have one of these tags answer an item of a checklist for its report. */
typedef struct lac_apart_row {
    const char *checklist, *item;
    lac_texts tags;
} lac_apart_row;

/* What a sentence that sends the reader to another document calls it, and its types. */
typedef struct lac_referred_row {
    lac_texts words, types;
} lac_referred_row;

typedef struct lac_place_calls {
    const lac_place_call *items;
    uint32_t count;
    const lac_apart_row *apart;
    uint32_t apart_count;
    const lac_referred_row *referred;
    uint32_t referred_count;
    lac_texts suffixes; /* of the names of files that are documents */
    lac_texts data;     /* names of files that are none all the same */
} lac_place_calls;

lacuna_status lac_place_calls_load(lac_place_calls *out, lac_arena *arena, lacuna_error *err);

/* `tag` NULL: the leaf has none. */
bool lac_place_calls_for(const lac_place_call *row, const char *heading, const char *tag);
/* Whether a registry has a checklist for it. */
bool lac_place_call_is_served(const lac_place_call *row, const lac_registry *registry);
/* Whether a file is a document by its name: no data set, picture or program. */
bool lac_names_document(const lac_place_calls *calls, const char *path);

#endif
