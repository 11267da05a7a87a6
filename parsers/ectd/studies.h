/*
 * studies.h - study tagging files (ICH STF 2.2), and the studies they describe together.
 *
 * Purpose: every STF that is a leaf of a backbone is read; STFs that append to one another are
 *   one study, else those of the same study-id under the same heading. The last
 *   study-identifier wins as a whole; documents add up. An STF that was replaced or deleted no
 *   longer counts.
 */
#ifndef LAC_ECTD_STUDIES_H
#define LAC_ECTD_STUDIES_H

#include "parsers/ectd/intake.h"

/* After the lifecycle. */
lacuna_status lac_studies_read(lac_intake *intake);

#endif
