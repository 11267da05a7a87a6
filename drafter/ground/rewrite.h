/*
 * rewrite.h - a draft without what nobody supports.
 *
 * Purpose: what failed is not shown as fact. The part of the sentence that states it (up to the
 * next semicolon or clause, or the whole sentence) becomes "[DATA NEEDED: percentage]", naming what
 * kinds of facts are to be filled in and never the value that failed. Citations stay. A computed
 * value that is right becomes its result. The findings are kept by the caller. Pure: the same draft
 * and report give the same text.
 */
#ifndef LAC_GROUND_REWRITE_H
#define LAC_GROUND_REWRITE_H

#include "drafter/ground/check.h"
#include "support/buf.h"

/* `report` is that of the draft. */
lacuna_status lac_ground_rewrite(lac_buf *out, lac_span draft, const lac_ground_report *report,
                                 lacuna_error *err);

#endif
