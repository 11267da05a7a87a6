/*
 * judge_reference.h - sections that send the reader to another one (internal to judging).
 *
 * Purpose: "See section 9.4" is answered by what stands in section 9.4 of the same document; "is
 *   described in the SAP" by a document that is not here. Only short sections are read so: in
 * longer ones a reference is one sentence among others.
 */
#ifndef LAC_JUDGE_REFERENCE_H
#define LAC_JUDGE_REFERENCE_H

#include "analyzer/inquiry.h"

/* Looks for the facts in the sections that the located ones refer to; decided when enough stand
 * there. */
lacuna_status lac_follow_reference(bool *decided, lac_inquiry *q);

/* Decided, as not evaluated, where a located section only sends to another document. */
lacuna_status lac_decide_refers_elsewhere(bool *decided, lac_inquiry *q);

#endif
