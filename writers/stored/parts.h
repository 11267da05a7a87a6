/*
 * parts.h - the parts of a stored result; see stored.h.
 */
#ifndef LAC_WRITERS_STORED_PARTS_H
#define LAC_WRITERS_STORED_PARTS_H

#include "writers/report.h"
#include "writers/stored/reader.h"

/* A document that stands in for one that was read: its headings grow as anchors name them. */
typedef struct lac_stored_document {
    lac_document document;
    lac_section *sections;
    size_t section_cap;
} lac_stored_document;

/* After everything of it was read: its headings move into the arena. */
void lac_stored_document_close(lac_pack_reader *r, lac_stored_document *of);

/* An anchor of a document (NULL: of a submission). */
lac_anchor lac_stored_anchor(lac_pack_reader *r, lac_stored_document *of, const json_t *json);
lac_leaf_place *lac_stored_leaf(lac_pack_reader *r, const json_t *json);
/* A section with number and title of its own, for a candidate. */
uint32_t lac_stored_section(lac_pack_reader *r, lac_stored_document *of, const json_t *json);

/* An array of evidence; `fact` is the key of what it shows: "fact" or "value". */
lac_evidence *lac_stored_evidence(lac_pack_reader *r, lac_stored_document *of, const json_t *object,
                                  const char *fact, uint32_t *count);

/* One element of "results"; `item` is filled as well. */
void lac_stored_item(lac_pack_reader *r, lac_stored_document *of, lac_item_result *result,
                     lac_item *item, const json_t *json);

/* Checklists, and what is to be known of their age. */
void lac_stored_checklists(lac_pack_reader *r, lac_report *report, const json_t *root);
/* What checklists ask, for the items of a result. */
void lac_stored_asked(lac_pack_reader *r, lac_report *report, const json_t *root);

/* Documents, submissions, and the files of the gate, in their order. */
void lac_stored_documents(lac_pack_reader *r, lac_report *report, const json_t *root);
lac_stored_document *lac_stored_document_of(const lac_report_document *document);

/* The facts of a document. */
void lac_stored_profile(lac_pack_reader *r, lac_stored_document *of, lac_known_facts *facts,
                        const json_t *document);

const char *lac_stored_status_name(uint32_t index);
const char *lac_stored_severity_name(uint32_t index);

#endif
