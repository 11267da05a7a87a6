/*
 * document_profile.h - what is known of the study, product and submission a document belongs to.
 *
 * Purpose: conditions of items ask for these facts. Each is told by the user, or by the envelope of
 *   the submission it is filed in, or else detected in the document once, with the passage that
 *   shows it and how sure that is. Nothing found is unknown, never "no".
 * Precedence: told, then filed, then detected. A told fact that the document contradicts keeps
 *   `detected`, and becomes a finding.
 * Ownership: lists live in the caller's arena; texts in the table's or the caller's.
 */
#ifndef LAC_DOCUMENT_PROFILE_H
#define LAC_DOCUMENT_PROFILE_H

#include "analyzer/condition.h"
#include "analyzer/findings.h"
#include "analyzer/profile_facts.h"
#include "analyzer/told.h"

/* Facts of `type` from the three sources; `filed` are those of the envelope. */
lacuna_status lac_document_profile(lac_known_facts *out, lac_arena *arena,
                                   const lac_profile_facts_table *table, const lac_reading *reading,
                                   const char *type, const lac_told_facts *told,
                                   const lac_told_facts *filed, lacuna_error *err);

/* "told", "filed", "detected". */
const char *lac_fact_source_name(lac_fact_source source);

/* One finding a fact that was told and that the envelope or the document contradicts. */
lacuna_status lac_profile_findings(lac_finding_list *list, const lac_known_facts *facts);

#endif
