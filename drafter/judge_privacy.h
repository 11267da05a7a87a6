/*
 * judge_privacy.h - what of a document may be sent to a model, and in which form.
 *
 * Purpose: the gate. Each document is searched for identifiers of patients before a part of it is
 * made into a request. By policy, a request whose parts hold any is refused, sent with pseudonyms,
 * or, where the user took the responsibility, sent as it is without being searched. Refusal is
 * what a zeroed lac_privacy does. Ownership: the veils own what was found and the maps; pieces made
 * with them must be freed first.
 */
#ifndef LAC_DRAFTER_JUDGE_PRIVACY_H
#define LAC_DRAFTER_JUDGE_PRIVACY_H

#include "drafter/judge_piece.h"
#include "drafter/phi/veil.h"

typedef enum lac_phi_policy {
    LAC_PHI_REFUSE,
    LAC_PHI_COVER, /* send pseudonyms */
    LAC_PHI_ALLOW, /* send as it is; nothing is searched */
} lac_phi_policy;

typedef struct lac_privacy {
    lac_phi_policy policy;
    bool strict;                       /* what is in doubt counts as certain */
    const lacuna_recognizer *external; /* NULL: none */
} lac_privacy;

/* "searched", "pseudonyms" or "allowed": for the audit log. */
const char *lac_phi_policy_name(lac_phi_policy policy);

typedef struct lac_judge_veils {
    lac_privacy privacy;
    lac_phi_scanner *scanner; /* NULL until a document was searched */
    lac_veil **items;
    size_t count, capacity;
} lac_judge_veils;

/* The veil of a document, made when it is first asked for; NULL where nothing is searched. */
lacuna_status lac_judge_veil(lac_veil **veil, lac_judge_veils *veils, const lac_document *document,
                             lacuna_error *err);
void lac_judge_veils_free(lac_judge_veils *veils);

/* Whether a find stands in what the piece sends. */
bool lac_judge_piece_holds(const lac_judge_piece *piece, const lac_phi_find *find);

/* Whether one of the pieces sends it. */
bool lac_judge_is_sent(const lac_judge_piece *const *pieces, size_t count,
                       const lac_document *document, const lac_phi_find *find);

/* Whether a find keeps its piece from being sent. */
bool lac_privacy_blocks(const lac_privacy *privacy, const lac_phi_find *find);

/* LACUNA_E_ARGUMENT where one of the pieces may not be sent, with kinds and numbers. */
lacuna_status lac_judge_gate(const lac_judge_veils *veils, const lac_judge_piece *const *pieces,
                             size_t count, lacuna_error *err);

#endif
