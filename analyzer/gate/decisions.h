/*
 * decisions.h - what a person settled about an item, because the tool was wrong or could not tell.
 *
 * Purpose: the loaded form of a file lacuna.decisions/1 (checklists/schema/decisions-1.json), and
 *   laying it over a result. A decision is not a waiver: it says how it is, not that a gap is
 *   accepted.
 * Bound: to the digest of the checklist and to the text of the section it rests on (folded,
 * fold.h). Where either is another one it is void, and that is told: nobody has looked at the new
 * text. Ownership: one arena; immutable after load.
 */
#ifndef LAC_GATE_DECISIONS_H
#define LAC_GATE_DECISIONS_H

#include "analyzer/result.h"
#include "support/hash.h"

typedef struct lac_decision {
    const char *item, *checklist, *checklist_digest;
    const char *document; /* identity */
    lac_item_status status;
    const char *const *heading_path; /* titles, outermost first; none: the whole document */
    uint32_t heading_count;
    const char *text_digest; /* of the section with those below it */
    const char *reason, *by, *decided;
    const char *told; /* "reason (decided by ... on ...)" */
} lac_decision;

typedef struct lac_decisions {
    lac_arena arena;
    const char *name;
    lac_digest digest;
    lac_span json; /* the file, for lines */
    const lac_decision *items;
    uint32_t count;
} lac_decisions;

enum { LAC_DECISION_COUNT = 10000, LAC_DECISION_TEXT = 2000 };

/* Errors carry a JSON pointer, a line and a remedy. */
lacuna_status lac_decisions_load(lac_decisions **out, lac_span json, const char *name,
                                 lacuna_error *err);
void lac_decisions_free(lac_decisions *decisions);
uint32_t lac_decisions_line(const lac_decisions *decisions, uint32_t index);

/* Told of each decision that does not hold; `rule` is "decision/void", "decision/changed" or
 * "decision/early", `why` the rest of a sentence. */
typedef lacuna_status (*lac_decision_fn)(void *user, uint32_t index, const char *rule,
                                         const char *why, lacuna_error *err);

/* Lays those for this document over its result: statuses, evidence and findings. Once a result. */
lacuna_status lac_decisions_apply(const lac_decisions *decisions, lac_document_result *result,
                                  const char *identity, const char *as_of, lac_decision_fn tell,
                                  void *user, lacuna_error *err);
/* After a model was asked: a person has the last word. */
void lac_decisions_restore(lac_document_result *result);

/* The section a path of headings names; LAC_NONE: none. Several: the one of that digest goes first.
 * `digest` may be NULL. */
uint32_t lac_decision_section(const lac_document *document, const char *const *headings,
                              uint32_t count, const char *digest);
/* Digest of the text of a section with those below it; section 0: of the whole document. */
lacuna_status lac_decision_digest(lac_digest *digest, const lac_document *document,
                                  uint32_t section, lacuna_error *err);
/* The statuses one can decide for; static storage. */
const char *const *lac_decision_statuses(size_t *count);

#endif
