/*
 * completeness.h - which headings of the CTD a submission has to fill, and which it does.
 *
 * Purpose: judges the items of the packs for submissions on what is filed. An item is missing only
 *   where its condition is known to hold and all sequences that could hold it are here; module 1
 *   headings in particular are never missing because they are empty.
 * Ownership: results live in the arena.
 */
#ifndef LAC_ECTD_COMPLETENESS_H
#define LAC_ECTD_COMPLETENESS_H

#include "analyzer/ectd/leaves.h"
#include "analyzer/ectd/places.h"
#include "analyzer/ectd/profile.h"
#include "analyzer/ectd/view.h"
#include "analyzer/result.h"

typedef struct lac_completeness {
    const lac_submission *submission;
    lac_places *places;
    lac_profile profile;
    lac_view view;
    const char *looked;       /* "the current view of application 123456" */
    bool one_sequence;        /* looked at alone */
    bool unread;              /* a backbone was not read to its end */
    const lac_leaves *leaves; /* what the documents hold; NULL: they were not read */
    lac_arena *arena;
    lacuna_error *err;
} lac_completeness;

/* Whether a pack is for submissions of this region. */
bool lac_completeness_serves(const lac_completeness *c, const lac_checklist *checklist);

/* Whether it asks anything of this kind of application; a pack for INDs has nothing to say of an
 * NDA, and is not taken unless it is named. */
bool lac_completeness_asks(const lac_completeness *c, const lac_checklist *checklist);

lacuna_status lac_completeness_judge(lac_checklist_result *out, lac_completeness *c,
                                     const lac_checklist *checklist);

/* Structural items from their children; to be repeated where these change. */
void lac_completeness_derive(lac_item_result *items, const lac_completeness *c,
                             const lac_checklist *checklist);

#endif
