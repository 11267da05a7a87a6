/*
 * draft_template.h - drafts written into a house template instead of the document they were made
 * for.
 *
 * Purpose: the template is held to the checklists of the document, so each item finds its heading
 * in the template by number, title and aliases. Where the section asks for it by a placeholder of
 * its own (a paragraph, a content control), the draft takes its place; else it goes into the
 * section; an item whose heading is not there gets one, in the order of the checklist. Ownership:
 * lac_house_open makes, lac_house_free frees.
 */
#ifndef LAC_API_DRAFT_TEMPLATE_H
#define LAC_API_DRAFT_TEMPLATE_H

#include "analyzer/analyze.h"
#include "drafter/draft.h"
#include "drafter/plan.h"
#include "writers/docx/property.h"

typedef struct lac_house lac_house;

/* `values` and `profile` are JSON; empty: none. */
lacuna_status lac_house_open(lac_house **out, const char *path, lac_span values, lac_span profile,
                             const lac_limits *limits, lacuna_error *err);
void lac_house_free(lac_house *house);

typedef struct lac_house_order {
    const lac_draft *draft;
    const lac_plan *plan;                 /* its steps are the gaps of the draft */
    const lac_analyze_options *judged_by; /* as the document was */
    const lac_document *document;         /* it gives the title */
    bool marked;
    const lac_property *properties; /* of the document that is written */
    uint32_t property_count;
} lac_house_order;

/* *bytes is the caller's (free). `placed` counts the drafts that found a place. */
lacuna_status lac_house_write(char **bytes, size_t *length, uint64_t *placed, lac_house *house,
                              const lac_house_order *order, lacuna_error *err);

#endif
