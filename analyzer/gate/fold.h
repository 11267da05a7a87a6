/*
 * fold.h - text as fingerprints and digests of sections see it.
 *
 * Purpose: what a word processor changes when it saves a file again (kinds of spaces, dashes,
 *   quotation marks, ligatures, composed accents, soft hyphens) must not change an identity. Case,
 *   accents and width are folded, runs of white space are one space, none at the ends; letters,
 *   digits and signs that mean something stay.
 * Frozen: "lacuna/v1" fingerprints and digests in files of decisions rest on it, so it is never
 *   changed; something else would be v2. A unit test holds it.
 */
#ifndef LAC_GATE_FOLD_H
#define LAC_GATE_FOLD_H

#include "support/buf.h"
#include "support/hash.h"

/* Appends the folded text. */
lacuna_status lac_gate_fold(lac_buf *out, lac_span text);

/* SHA-256 of the folded text. */
lacuna_status lac_gate_digest(lac_digest *digest, lac_span text, lacuna_error *err);

#endif
