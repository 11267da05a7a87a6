/*
 * conventions.h - the conventions of a template: what its brackets, colours, styles and hidden text
 * mean.
 *
 * Purpose: "<name>" is a placeholder in one house's template, a choice in another's. A profile says
 *   which, guessed from the template with the evidence for each guess, or read from a JSON file
 * that a person has edited; a rule a person has set is never guessed away. Ownership: everything
 * lives in the profile's arena; lac_conventions_free frees it.
 */
#ifndef LAC_WRITERS_DOCX_CONVENTIONS_H
#define LAC_WRITERS_DOCX_CONVENTIONS_H

#include "include/lacuna.h"
#include "support/arena.h"
#include "support/buf.h"
#include "support/limits.h"

typedef enum lac_meaning {
    LAC_MEANING_TEXT, /* nothing: it is the text of the document */
    LAC_MEANING_PLACEHOLDER,
    LAC_MEANING_INSTRUCTION, /* to the writer: goes before the document is final */
    LAC_MEANING_OPTIONAL,    /* suggested, conditional or example text: the writer decides */
} lac_meaning;

typedef enum lac_signal {
    LAC_SIGNAL_BRACKET, /* value: "[ ]", "< >", "{ }", "{{ }}", "<< >>", "« »" */
    LAC_SIGNAL_COLOUR,  /* "C00000", of the text */
    LAC_SIGNAL_HIGHLIGHT,
    LAC_SIGNAL_PARAGRAPH_STYLE, /* by its name */
    LAC_SIGNAL_CHARACTER_STYLE,
    LAC_SIGNAL_HIDDEN,  /* value empty */
    LAC_SIGNAL_ITALIC,  /* whole paragraphs in italics; value empty */
    LAC_SIGNAL_CONTROL, /* the prompt of an empty content control; value empty */
} lac_signal;

enum { LAC_CONVENTION_EXAMPLES = 3 };

typedef struct lac_convention {
    lac_signal signal;
    lac_meaning meaning;
    lac_span value;
    bool only_marked;    /* a bracket counts only where its text has a look of its own */
    uint32_t count;      /* how often it occurs */
    uint32_t confidence; /* in the meaning, per cent */
    lac_span why;        /* a sentence with the counts it was guessed by */
    lac_span examples[LAC_CONVENTION_EXAMPLES];
    uint32_t example_count;
} lac_convention;

typedef struct lac_conventions {
    lac_arena arena;
    lac_convention *items;
    size_t count, cap;
} lac_conventions;

void lac_conventions_free(lac_conventions *profile);

/* NULL: the profile says nothing of it. */
const lac_convention *lac_conventions_find(const lac_conventions *profile, lac_signal signal,
                                           lac_span value);
/* LAC_MEANING_TEXT where it says nothing. */
lac_meaning lac_conventions_meaning(const lac_conventions *profile, lac_signal signal,
                                    lac_span value);

/* From JSON ({"schema": "lacuna.template-profile/1", "conventions": [...]}); LACUNA_E_FORMAT with
 * the place of what is wrong. */
lacuna_status lac_conventions_read(lac_conventions **out, lac_span json, const lac_limits *limits,
                                   lacuna_error *err);

/* "bracket", "placeholder" ...; static. */
const char *lac_signal_name(lac_signal signal);
const char *lac_meaning_name(lac_meaning meaning);

#endif
