/*
 * order.h - from sequences as they were found to applications, activities and sequences in order.
 *
 * Purpose: sequences of one application are brought together by the number in their envelope,
 *   wherever their folders lie; a sequence whose envelope could not be read goes with the
 *   sequences beside it. Everything that refers to a sequence or placement is renumbered.
 */
#ifndef LAC_ECTD_ORDER_H
#define LAC_ECTD_ORDER_H

#include "parsers/ectd/intake.h"

enum {
    /* A gap in the sequence numbers longer than this is told in one trouble instead. */
    LAC_ECTD_MISSING_MAX = 10000
};

lacuna_status lac_order_sequences(lac_intake *intake);

/* A sequence number as a number; -1: it is none. */
int64_t lac_order_number(const char *text);

#endif
