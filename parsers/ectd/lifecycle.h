/*
 * lifecycle.h - what every placement is after all sequences: current, superseded, deleted.
 *
 * Rules (ICH eCTD specification 3.2.2, operation attribute): new and append leave what was
 *   there; replace supersedes its target, delete ends it. Only what is earlier can be changed,
 *   or what stands in the same sequence; a reference forward or in a circle is broken and
 *   changes nothing. The first operation that ends a placement is kept; a second one is a
 *   trouble.
 * v4: an active context supersedes what it replaces and an earlier sending of its own id; a
 *   suspended one ends it.
 */
#ifndef LAC_ECTD_LIFECYCLE_H
#define LAC_ECTD_LIFECYCLE_H

#include "parsers/ectd/intake.h"

lacuna_status lac_lifecycle_run(lac_intake *intake);

#endif
