/*
 * leftovers.h - text that a template left behind: tags, bracketed instructions, "TBD", prompts.
 *
 * Purpose: "section present" is not "section filled". Every leftover is a span, so a section can be
 *   judged by the words that remain without them.
 * Limits: one block is looked at for itself; bracketed instructions longer than MAX_TAG bytes are
 *   read as text.
 */
#ifndef LAC_LEFTOVERS_H
#define LAC_LEFTOVERS_H

#include "include/lacuna.h"
#include "parsers/document.h"

typedef enum lac_leftover_kind {
    LAC_LEFTOVER_TAG,     /* <<Manual>>, {{sponsor}}, #Protocol_Title#, «Name», <Sponsor Name> */
    LAC_LEFTOVER_BRACKET, /* [insert text], [TBD] */
    LAC_LEFTOVER_OPEN,    /* TBD, "to be determined", XX */
    LAC_LEFTOVER_PROMPT,  /* "Click or tap here to enter text", an unfilled content control */
    LAC_LEFTOVER_INSTRUCTION, /* "This section should describe ..." */
    LAC_LEFTOVER_DATE_MASK,   /* DD-MMM-YYYY */
    LAC_LEFTOVER_FILLER,      /* lorem ipsum */
} lac_leftover_kind;

typedef struct lac_leftover {
    uint32_t start, end; /* bytes of the document's text */
    lac_leftover_kind kind;
} lac_leftover;

typedef struct lac_leftovers {
    lac_leftover *items; /* in text order, not overlapping */
    size_t count, cap;
} lac_leftovers;

/* All leftovers of the reference text; lac_leftovers_free frees them, also after an error. */
lacuna_status lac_leftovers_find(lac_leftovers *out, const lac_document *document,
                                 lacuna_error *err);
void lac_leftovers_free(lac_leftovers *leftovers);

const char *lac_leftover_kind_name(lac_leftover_kind kind);

#endif
