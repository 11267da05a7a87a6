/*
 * summaries.h - the trial summaries (ts.xpt) of all studies.
 *
 * Purpose: FDA's study data checks depend on when a study began, which only that file tells.
 */
#ifndef LAC_ECTD_SUMMARIES_H
#define LAC_ECTD_SUMMARIES_H

#include "parsers/ectd/intake.h"

/* Needs the studies; one that cannot be read becomes a trouble at its leaf. */
lacuna_status lac_summaries_read(lac_intake *intake);

#endif
