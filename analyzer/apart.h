/*
 * apart.h - items of a study report that the study files as documents of their own.
 *
 * Purpose: the protocol, sample case report forms, listings ... of a study are appendices of its
 *   report (ICH E3, section 16) and mostly filed beside it under file tags of their own; the report
 *   does not lack them then.
 */
#ifndef LAC_APART_H
#define LAC_APART_H

#include "analyzer/analyze.h"

/* Turns a gap of a checklist into "met, filed apart" where another document answers the item. */
lacuna_status lac_answer_apart(lac_item_result *item, const char *checklist,
                               const lac_filed_apart *apart, uint32_t count, lac_arena *arena,
                               lacuna_error *err);

#endif
