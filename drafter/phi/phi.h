/*
 * phi.h - places in a text that may identify a patient: the identifiers of 45 CFR 164.514(b)(2).
 *
 * Purpose: what recognizers find, in one form. A find is certain where the words around it show
 * that it is about one person's care, doubtful where they leave it open. Names of staff, site
 * numbers, product codes and dates of documents are no finds. Nothing here knows how much was
 * missed: recall is not guaranteed. Ownership: a list owns its items until lac_phi_list_free.
 * Invariants: of a settled list, items are in order and do not overlap.
 */
#ifndef LAC_PHI_H
#define LAC_PHI_H

#include "include/lacuna.h"
#include "support/buf.h"

/* In the order of 164.514(b)(2)(i)(A) to (R). */
typedef enum lac_phi_kind {
    LAC_PHI_NAME,
    LAC_PHI_PLACE,
    LAC_PHI_DATE,
    LAC_PHI_AGE, /* over 89 */
    LAC_PHI_PHONE,
    LAC_PHI_FAX,
    LAC_PHI_EMAIL,
    LAC_PHI_SSN,
    LAC_PHI_RECORD,
    LAC_PHI_PLAN,
    LAC_PHI_ACCOUNT,
    LAC_PHI_LICENCE,
    LAC_PHI_VEHICLE,
    LAC_PHI_DEVICE,
    LAC_PHI_URL,
    LAC_PHI_IP,
    LAC_PHI_BIOMETRIC, /* only that the text speaks of one */
    LAC_PHI_PHOTO,     /* likewise */
    LAC_PHI_CODE,
    LAC_PHI_KINDS
} lac_phi_kind;

const char *lac_phi_kind_name(lac_phi_kind kind);  /* "medical-record" */
const char *lac_phi_kind_token(lac_phi_kind kind); /* "RECORD", for pseudonyms */
/* LAC_PHI_KINDS where there is no such kind. */
lac_phi_kind lac_phi_kind_of(lac_span name);
/* Whether a pseudonym can stand for it: not for words that only speak of pictures. */
bool lac_phi_kind_is_replaced(lac_phi_kind kind);

typedef struct lac_phi_find {
    uint32_t start, length; /* bytes */
    lac_phi_kind kind;
    bool certain;
    uint32_t order; /* of adding */
} lac_phi_find;

enum { LAC_PHI_FINDS_MAX = 1 << 22 };

typedef struct lac_phi_list {
    lac_phi_find *items;
    size_t count, capacity;
} lac_phi_list;

void lac_phi_list_free(lac_phi_list *list);
lacuna_status lac_phi_list_add(lac_phi_list *list, size_t start, size_t length, lac_phi_kind kind,
                               bool certain, lacuna_error *err);
/* Sorts; overlapping finds become one that covers both, of the kind of the longer (of
 * equal ones the first added), and certain where one of them was. */
void lac_phi_list_settle(lac_phi_list *list);

/* The shape of a text and none of its content: letters become x, digits 9. At most 32 characters.
 */
lacuna_status lac_phi_mask(lac_buf *out, lac_span text, lacuna_error *err);

#endif
