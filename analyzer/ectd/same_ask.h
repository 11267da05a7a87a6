/*
 * same_ask.h - one gap is shown once, though several checklists ask the same of a submission.
 *
 * Purpose: a regulation, an agency's headings and a guidance may ask for one document. Where items
 *   that name each other (`same_as` of a pack) are both gaps, the graver one stays; between equals
 *   the one whose pack names the other stays.
 * Ownership: texts live in the arena.
 */
#ifndef LAC_ECTD_SAME_ASK_H
#define LAC_ECTD_SAME_ASK_H

#include "analyzer/result.h"

lacuna_status lac_fold_same_asks(lac_document_result *of, lac_arena *arena, lacuna_error *err);

#endif
