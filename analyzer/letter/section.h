/*
 * section.h - under which headings a request stands, and what that says about it.
 *
 * Purpose: headings of letters are one or two deep: a discipline, or ADDITIONAL COMMENTS with
 *   disciplines below; below them letters ("A.", "B.") and titles of lists. Names of queries are
 * made of them.
 */
#ifndef LAC_LETTER_SECTION_H
#define LAC_LETTER_SECTION_H

#include "analyzer/letter/layout.h"

typedef enum lac_section_mode {
    LAC_SECTION_REQUESTS,    /* paragraphs are queries unless their words say boilerplate */
    LAC_SECTION_BOILERPLATE, /* the heading says boilerplate */
} lac_section_mode;

typedef struct lac_letter_section {
    lac_section_mode mode;
    const char *block; /* kind of the boilerplate */
    lac_span additional, top, sub, title;
    bool top_capitals;
    char group;                   /* 'A' ...; 0: none */
    const lac_letter_rule *topic; /* of the innermost heading that has one */
    bool labeling;
    bool not_approvability;
    bool weight_unknown; /* the letter does not say whether approval depends on it */
    uint32_t unnumbered; /* queries without a number so far */
} lac_letter_section;

/* A heading was read. */
void lac_section_enter(lac_letter_section *section, const lac_letter_layout *layout,
                       const lac_letter_paragraph *heading);
/* Boilerplate follows: comments that are additional have come to their end. */
void lac_section_leave_additional(lac_letter_section *section);

/* "ADDITIONAL COMMENTS / Product Quality"; "(no heading)". */
lacuna_status lac_section_name(lac_buf *out, const lac_letter_section *section);

#endif
