/*
 * tailoring.h - an organization's own small file that fits a checklist to its work.
 *
 * Purpose: leaves out items (with the reason, which every report shows), changes severities, adds
 *   aliases, facts and other places, adds items; the checklist it is laid over stays as it is. The
 *   format: checklists/README.md "Tailoring" and checklists/schema/tailoring-1.json.
 * What it cannot do: raise a confidence, or change what an item asks and where it is asked.
 * Ownership: lac_tailoring_free; what the checklist keeps is copied into its arena.
 */
#ifndef LAC_TAILORING_H
#define LAC_TAILORING_H

#include "analyzer/checklist.h"

#include <jansson.h>

typedef struct lac_tailoring {
    json_t *root;
    const char *id, *version, *base; /* borrowed from the tree */
    lac_digest digest;
} lac_tailoring;

/* Reads and checks the form; errors carry a JSON pointer and a line. `name` is for messages. */
lacuna_status lac_tailoring_read(lac_tailoring *out, lac_span json, const char *name,
                                 lacuna_error *err);
void lac_tailoring_free(lac_tailoring *tailoring);

/* Lays it over the tree of a pack. LACUNA_E_FORMAT: it names an item the pack does not have. */
lacuna_status lac_tailoring_apply(json_t *pack, const lac_tailoring *tailoring, const char *name,
                                  lacuna_error *err);

/* After the pack was loaded from the tailored tree: which items are left out and why, and that it
 * was tailored. */
lacuna_status lac_tailoring_mark(lac_checklist *checklist, const lac_tailoring *tailoring,
                                 lacuna_error *err);

/* The whole: a checklist from its own text with tailorings over it, in their order; its digest is
 * that of its own text. */
lacuna_status lac_tailored_load(lac_checklist **out, lac_span json, const char *name,
                                const lac_span *tailorings, const char *const *names,
                                uint32_t count, const lac_limits *limits, lacuna_error *err);

#endif
