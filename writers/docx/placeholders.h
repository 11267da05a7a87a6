/*
 * placeholders.h - the places of a template that ask to be filled, and its instruction text.
 *
 * Purpose: one list, in document order, of what is to be filled: content controls, {{tokens}},
 *   bracket placeholders by the template's convention, fields, Word's own prompts. A placeholder
 * may be split over any number of runs; text that was deleted, contents lists and field codes are
 *   not looked at. Looked at: main part, headers, footers, notes; text boxes in them.
 * Ownership: texts live in the arena of the file, or of the list they are copied to.
 */
#ifndef LAC_WRITERS_DOCX_PLACEHOLDERS_H
#define LAC_WRITERS_DOCX_PLACEHOLDERS_H

#include "support/span.h"
#include "writers/docx/conventions.h"

typedef enum lac_placeholder_kind {
    LAC_PLACEHOLDER_TOKEN,       /* {{name}} */
    LAC_PLACEHOLDER_BRACKET,     /* by the profile */
    LAC_PLACEHOLDER_CONTROL,     /* a content control */
    LAC_PLACEHOLDER_FIELD,       /* MERGEFIELD, DOCPROPERTY */
    LAC_PLACEHOLDER_PROMPT,      /* Word's own words, "____", "TBD" */
    LAC_PLACEHOLDER_MARKED,      /* by colour, highlight or style alone, by the profile */
    LAC_PLACEHOLDER_INSTRUCTION, /* no placeholder: text that goes ... */
    LAC_PLACEHOLDER_OPTIONAL,    /* ... or that the writer decides on */
} lac_placeholder_kind;

typedef struct lac_placeholder {
    lac_placeholder_kind kind;
    const char *part;    /* "word/document.xml" */
    uint32_t paragraph;  /* its ordinal in the part; of a control the first in it */
    uint32_t token;      /* the w:p, the w:sdt, or the element a field begins with */
    uint32_t start, end; /* bytes in the joined text of the paragraph; of a control 0 */
    lac_span text;       /* as it stands there */
    lac_span name;       /* without its brackets; of a control its tag, else its alias */
    lac_span alias;      /* of a control; of a form field what it shows */
    lac_span asks;       /* what it asks for: alias, prompt or inner text */
    lac_span heading;    /* of the section it stands in; empty: before the first */
    lac_span reason;     /* why it was not filled; only in lac_filled */
    bool alone;          /* nothing else stands in its paragraph */
    bool is_main;        /* in the main part */
    bool is_list;        /* a repeating section */
    bool is_set;         /* a control that holds a text already */
    bool is_marked;      /* its look alone says so too */
} lac_placeholder;

typedef struct lac_placeholders {
    lac_placeholder *items;
    size_t count, cap;
} lac_placeholders;

void lac_placeholders_free(lac_placeholders *list);

/* "token", "bracket" ...; static. */
const char *lac_placeholder_kind_name(lac_placeholder_kind kind);

#endif
