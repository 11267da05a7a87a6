/*
 * ids.h - numbers for revisions and comments, and paragraph ids, that nothing in the document has.
 *
 * Purpose: one count over all kinds of annotations (insertions, bookmarks, comments, moves, changes
 *   of properties ...): readers of the format differ on which kinds may share an id, and files
 * whose kinds share none are accepted by all.
 */
#ifndef LAC_WRITERS_DOCX_IDS_H
#define LAC_WRITERS_DOCX_IDS_H

#include "writers/docx/word_file.h"

typedef struct lac_ids {
    uint32_t next, end; /* next .. end - 1 are free */
} lac_ids;

/* Free ids of annotations: in the main part, the comments, and every other part that has been read.
 */
lacuna_status lac_ids_make(lac_ids *ids, lac_word_file *file, lacuna_error *err);
/* UINT32_MAX when they have run out. */
uint32_t lac_ids_take(lac_ids *ids);

/* Whether an element of that kind carries the id of an annotation (ECMA-376 17.13). */
bool lac_ids_counts(lac_word word);

/* Whether some paragraph of a part has this w14:paraId. */
bool lac_ids_has_para(const lac_tokens *tokens, uint32_t para_id);

#endif
