/*
 * shelf.h - the drafts that a run has kept, for persons to decide about.
 *
 * Purpose: reads FOLDER/steps and FOLDER/review.json without plan and documents: a step's file
 * holds its draft, what did not hold in it, and the passages it rests on. A file that is no step is
 * left alone. Ownership: owns folders, records and review; locked until it is freed.
 */
#ifndef LAC_DRAFT_SHELF_H
#define LAC_DRAFT_SHELF_H

#include "drafter/draft/review.h"
#include "drafter/draft/statements.h"

#include <jansson.h>

typedef struct lac_shelf {
    lac_run_folder *folder, *kept;
    json_t **steps; /* in the order of their gaps */
    size_t count, capacity;
    json_t *plan; /* the last run's, NULL: there is none that can be read */
    lac_review review;
} lac_shelf;

/* LACUNA_E_NOTFOUND where there are no drafts. */
lacuna_status lac_shelf_open(lac_shelf **out, const char *path, lacuna_error *err);
void lac_shelf_close(lac_shelf *shelf);

/* "m11.4.5" or "protocol_m11/m11.4.5"; NULL: there is none, or more than one. */
const json_t *lac_shelf_find(const lac_shelf *shelf, const char *gap);

/* A text of a step; "": it has none. */
const char *lac_shelf_text(const json_t *step, const char *key);
/* "drafted", or what was decided about this very draft. */
const char *lac_shelf_state(const lac_shelf *shelf, const json_t *step);

/* Whether the last run's plan has its gap: a step that was taken out of it is kept, and is in no
 * document. */
bool lac_shelf_is_planned(const lac_shelf *shelf, const json_t *step);

/* What of a person's text the passages of a step do not say, into `s`: its arena is set. */
lacuna_status lac_shelf_failures(lac_statements *s, const json_t *step, lac_span text,
                                 lacuna_error *err);

/* All drafts, one line each, or one of them whole. */
lacuna_status lac_shelf_write_text(lac_buf *out, const lac_shelf *shelf, const json_t *only,
                                   lacuna_error *err);
/* checklists/schema/review-list-1.json, keys in byte order. */
lacuna_status lac_shelf_write_json(lac_buf *out, const lac_shelf *shelf, const json_t *only,
                                   lacuna_error *err);

#endif
