/*
 * pseudonyms.h - typed stand-ins for identifiers, and the way back.
 *
 * Purpose: "[[PERSON_1:3fa9c2]]" says what kind of thing stood there, and the same person is the
 * same token. The six digits are drawn at random for each map, so a text cannot know a token before
 * it was issued; only tokens that were issued are restored, anything else that looks like one is
 * counted and stays. Names are the same where surname and, as far as given, first name or initial
 * agree ("John Smith", "SMITH, John", "J. Smith", "Mr. Smith"). Ownership: a map owns copies of
 * what it stands for; they are wiped when it is freed. It is never sent and never logged.
 */
#ifndef LAC_PHI_PSEUDONYMS_H
#define LAC_PHI_PSEUDONYMS_H

#include "drafter/phi/phi.h"

#include <jansson.h>

typedef struct lac_pseudonyms lac_pseudonyms;

enum { LAC_PSEUDONYM_MAX = 48, LAC_PSEUDONYMS_MAX = 1 << 14 };

/* LACUNA_E_INTERNAL where the system gives no random bytes. */
lacuna_status lac_pseudonyms_new(lac_pseudonyms **out, lacuna_error *err);
void lac_pseudonyms_free(lac_pseudonyms *map);

/* Which token stands for a text: one issued now, or before. For a name the answer can change with
 * the names met since. */
lacuna_status lac_pseudonyms_issue(uint32_t *index, lac_pseudonyms *map, lac_phi_kind kind,
                                   lac_span text, lacuna_error *err);
/* Of an index that was issued; borrowed from the map until the next one is. */
lac_span lac_pseudonyms_token(const lac_pseudonyms *map, uint32_t index);

/* Appends the text with issued tokens replaced by what they stand for (of a name the first form
 * met). *unknown counts tokens that were never issued, or were changed. */
lacuna_status lac_pseudonyms_restore(lac_buf *out, uint32_t *unknown, const lac_pseudonyms *map,
                                     lac_span text, lacuna_error *err);

/* For answers that are kept from run to run: the random digits of issued tokens taken out,
 * "[[PERSON_1:]]", and put in again. */
lacuna_status lac_pseudonyms_strip(lac_buf *out, const lac_pseudonyms *map, lac_span text,
                                   lacuna_error *err);
lacuna_status lac_pseudonyms_stamp(lac_buf *out, const lac_pseudonyms *map, lac_span text,
                                   lacuna_error *err);

size_t lac_pseudonyms_count(const lac_pseudonyms *map);
/* {token: text}. As confidential as the document. The caller's. */
lacuna_status lac_pseudonyms_json(json_t **out, const lac_pseudonyms *map, lacuna_error *err);

#endif
