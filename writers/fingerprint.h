/*
 * fingerprint.h - a name for a finding that survives edits elsewhere in the document.
 *
 * Purpose: "lacuna/v1" = SHA-256 of rule NUL document NUL place NUL evidence NUL ordinal. The place
 *   is the part, the headings above and the table cell, never a line or offset; the evidence is the
 *   text there, lower-cased, spaces collapsed. For a gap the place is the checklist and the
 * evidence the item. Message, severity and version of the program are left out on purpose. The
 * ordinal counts findings that are alike in all of this, in document order. Limits: at most
 * LAC_FINGERPRINT_EVIDENCE bytes of evidence count.
 */
#ifndef LAC_FINGERPRINT_H
#define LAC_FINGERPRINT_H

#include "writers/report.h"

enum { LAC_FINGERPRINT_EVIDENCE = 4096 };

/* Sets the fingerprint of every finding. The findings are in their final order. */
lacuna_status lac_report_fingerprint(lac_report *report, lacuna_error *err);

#endif
