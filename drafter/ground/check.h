/*
 * check.h - what a draft states, held against the passages it rests on.
 *
 * Purpose: fail closed. Every claim of a draft (claim.h), every quote and every computed value gets
 * a verdict: supported, with the bytes of the source that say so, or what is wrong and the nearest
 * the sources have. Nothing is asked of a model, and nothing a source says changes what is done
 * with it. What this is not: a proof of truth. That a claim is supported means: its value stands in
 * a passage that speaks of the same thing, by its words.
 *
 * In drafts: "quoted words" are looked up word for word. {{calc: 12/48*100 = 25.0 %}} is a computed
 * value (calc.h). [report.docx §6.4] is a citation; what it names is the caller's business, here it
 * is only left out. Ownership: everything in a report lives in the arena that was given.
 */
#ifndef LAC_GROUND_CHECK_H
#define LAC_GROUND_CHECK_H

#include "drafter/ground/sources.h"

typedef enum lac_finding_kind {
    LAC_FOUND_CLAIM,
    LAC_FOUND_QUOTE,
    LAC_FOUND_COMPUTED,
    LAC_FOUND_SENTENCE, /* without a claim, and the opposite of what a source says */
} lac_finding_kind;

typedef enum lac_grounding {
    LAC_GROUNDED,    /* supported */
    LAC_PERSON,      /* nobody but a person can tell */
    LAC_UNSUPPORTED, /* the sources do not say it */
    LAC_CONFLICT,    /* they say otherwise */
    LAC_UNCITED,     /* it rests on nothing */
    LAC_GROUNDING_COUNT,
} lac_grounding;

typedef struct lac_ground_finding {
    uint32_t start, end;                   /* bytes of the draft */
    uint32_t sentence_start, sentence_end; /* of the sentence it stands in */
    uint8_t kind, grounding;
    const char *what;    /* "percentage"; static */
    lac_span canonical;  /* of claims; "" */
    const char *reason;  /* a short code, static: "absent", "other-owner" ... */
    const char *message; /* a sentence */
    uint32_t passage;    /* that supports or contradicts it, or has the nearest; UINT32_MAX */
    uint32_t source_start, source_end; /* bytes of that passage */
} lac_ground_finding;

typedef struct lac_ground_report {
    const lac_ground_finding *items; /* in the order of the draft */
    uint32_t count;
    uint32_t counts[LAC_GROUNDING_COUNT];
    uint32_t sentences; /* looked at */
} lac_ground_report;

typedef struct lac_ground_draft {
    lac_span text;
    const uint32_t *cited; /* passages */
    uint32_t cited_count;
    bool everything; /* it may rest on any passage */
} lac_ground_draft;

lacuna_status lac_ground_check(lac_ground_report *report, lac_arena *arena,
                               const lac_sources *sources, const lac_ground_draft *draft,
                               lacuna_error *err);

/* "supported", "conflict" ...; static. */
static inline const char *lac_grounding_name(lac_grounding grounding)
{
    return grounding == LAC_GROUNDED      ? "supported"
           : grounding == LAC_PERSON      ? "person"
           : grounding == LAC_UNSUPPORTED ? "unsupported"
           : grounding == LAC_CONFLICT    ? "conflict"
                                          : "uncited";
}

/* The citation that begins at a byte of a text: what is between "[" and "]", with a section sign in
 * it. */
bool lac_ground_citation(lac_span *inside, lac_span text, size_t at);

#endif
