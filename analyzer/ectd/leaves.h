/*
 * leaves.h - the documents of a submission that are read: which ones, for what, what came of it.
 *
 * Purpose: plans the reading (lac_leaves_plan), takes what a reader found out about each document
 *   (lac_leaf_judge), and answers the items that are sections of these documents
 *   (lac_leaves_verdict). Reading itself, in parallel, is the caller's.
 * What is read: documents in the current view, or of the one sequence, whose heading or file tag
 *   calls for checklists (calls.h), and those under a heading that a checklist for submissions asks
 *   sections of. A file is read once, however many placements point to it.
 * Ownership: everything but the results lives in the arena; lac_leaves_free frees all. Borrows the
 *   submission and the registry's checklists.
 * Memory: no text of a document is kept; a result keeps its quotes and the headings.
 * Threads: one leaf belongs to one thread at a time; the rest is read-only after planning.
 */
#ifndef LAC_ECTD_LEAVES_H
#define LAC_ECTD_LEAVES_H

#include "analyzer/analyze.h"
#include "analyzer/ectd/places.h"
#include "analyzer/ectd/selected.h"
#include "analyzer/ectd/view.h"
#include "support/hash.h"

typedef struct lac_leaf {
    uint32_t file;
    const lac_leaf_place *const *places; /* placements that call for it, at least one */
    uint32_t place_count;
    const lac_document_call *const *calls;
    uint32_t call_count;
    const char *const *headings; /* whose sections it may hold */
    uint32_t heading_count;
    const lac_filed_apart *apart; /* what its study files beside it */
    uint32_t apart_count;
    /* what came of it */
    bool read;
    lac_digest digest;
    lac_document *document; /* notes and headings, no text; NULL: not read */
    lac_document_result *result;
    lacuna_error error;
} lac_leaf;

typedef struct lac_leaves {
    lac_arena arena;
    const lac_submission *submission;
    lac_places places;
    lac_leaf *items; /* in path order */
    uint32_t count;
    uint32_t *of_file;           /* index into items, LAC_NONE */
    const lac_checklist **packs; /* with items that are sections of documents */
    uint32_t pack_count;
} lac_leaves;

lacuna_status lac_leaves_plan(lac_leaves **out, const lac_submission *submission,
                              const lac_analyze_options *options, lacuna_error *err);
void lac_leaves_free(lac_leaves *leaves);

/* Judges one document and lets go of its text. `document` is freed, also on error. */
lacuna_status lac_leaf_judge(lac_leaf *leaf, const lac_leaves *leaves, lac_document *document,
                             const lac_analyze_options *options, lacuna_error *err);

/* What the documents under the heading of an item say about it together. */
typedef struct lac_leaf_verdict {
    const lac_item_result *best; /* NULL: no document was judged for it */
    uint32_t at;                 /* what it was judged in, in the view */
    const char *unread;          /* why a document there could not be judged; NULL: all were */
    uint32_t unread_at;          /* that document */
    uint32_t first, count;       /* what is filed there */
} lac_leaf_verdict;

void lac_leaves_verdict(lac_leaf_verdict *out, const lac_leaves *leaves, const lac_view *view,
                        const lac_item *item);

/* Why a document cannot show that something is missing in it; NULL: it can. */
const char *lac_leaf_why_unread(const lac_leaf *leaf);

/* ---- parts of it ---- */

/* The study that lists a file among its documents; NULL. */
const lac_study *lac_leaf_study(const lac_submission *submission, uint32_t file);

/* What is filed under a heading, else directly on the nearest heading above. */
uint32_t lac_filed_for_sections(uint32_t *first, const lac_view *view, const char *heading);

/* The items of a pack that are sections of documents under any of the headings, as a checklist of
 * its own; conditions about the submission are taken out. `origins` of the pack's items. */
typedef struct lac_section_list {
    lac_checklist list;
    const lac_item **origins;
} lac_section_list;
lacuna_status lac_section_list_make(lac_section_list *out, lac_arena *arena,
                                    const lac_checklist *pack, const char *const *headings,
                                    uint32_t heading_count, lacuna_error *err);

/* Makes a result stand without the text of its document: quotes are copied, anchors name the leaf.
 * `shell` is the document that stays. */
lacuna_status lac_result_detach(lac_document_result *result, const lac_document *shell,
                                const lac_leaf_place *place, lacuna_error *err);

#endif
