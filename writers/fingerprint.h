/*
 * fingerprint.h - a name for a finding that survives edits elsewhere in the document.
 *
 * Purpose: "lacuna/v1" = SHA-256 of rule NUL document NUL place NUL evidence NUL ordinal. The
 *   document goes by its identity (analyzer/gate/identity.h), not by its file. The place is the
 *   kind of part and the headings above, never a line, row or offset; the evidence is the text
 *   there, folded (analyzer/gate/fold.h). For a gap the place is the checklist and the evidence the
 *   item; of a rule that fires once a document there is neither. Message, severity and version of
 *   the program are left out on purpose. The ordinal counts findings that are alike in all of this,
 *   in document order. Frozen: what would change it is a v2.
 * Limits: at most LAC_FINGERPRINT_EVIDENCE bytes of evidence count.
 */
#ifndef LAC_FINGERPRINT_H
#define LAC_FINGERPRINT_H

#include "writers/report.h"

enum { LAC_FINGERPRINT_EVIDENCE = 4096 };

/* Sets the fingerprint of every finding. The findings are in their final order. */
lacuna_status lac_report_fingerprint(lac_report *report, lacuna_error *err);

#endif
