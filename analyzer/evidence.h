/*
 * evidence.h - quotes and anchors: from a place in the text to what a report shows.
 *
 * Purpose: every quote is a substring of the reference text, cut at word and character borders.
 * Ownership: nothing is allocated; spans borrow the document.
 */
#ifndef LAC_EVIDENCE_H
#define LAC_EVIDENCE_H

#include "analyzer/reading.h"
#include "analyzer/result.h"

enum { LAC_QUOTE_MAX = 300 }; /* bytes */

/* The anchor of [start, end) in the reference text. */
lac_anchor lac_anchor_at(const lac_document *document, uint32_t start, uint32_t end);
/* The anchor of a section's heading line; section 0: the start of the document. */
lac_anchor lac_anchor_section(const lac_document *document, uint32_t section);
/* The document as a whole. */
lac_anchor lac_anchor_document(void);

/* Evidence for a match: the sentence around it, shortened around the match when long. */
lac_evidence lac_evidence_at(const lac_reading *reading, uint32_t start, uint32_t end,
                             const char *fact);
/* The heading of a section as evidence. */
lac_evidence lac_evidence_heading(const lac_reading *reading, uint32_t section);

#endif
