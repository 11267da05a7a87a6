/*
 * stored.h - a result read back from its canonical JSON, to be rendered in any format.
 *
 * Purpose: what a check wrote as JSON is the one source; every other format made from it later has
 *   the same bytes as if the check had written it. So the report is built anew, with stand-ins for
 *   documents and checklists that hold what formats show and nothing else.
 * Ownership: everything lives in the arena of the report; lac_report_free frees it all.
 * Limits: LAC_STORED_BYTES of JSON.
 */
#ifndef LAC_WRITERS_STORED_H
#define LAC_WRITERS_STORED_H

#include "writers/report.h"

enum { LAC_STORED_BYTES = 512 << 20 };

/* The report is derived already. On error there is nothing to free. Errors carry a JSON pointer, a
 * line and a remedy. */
lacuna_status lac_stored_read(lac_report *report, lac_span json, const char *name,
                              lacuna_error *err);

#endif
