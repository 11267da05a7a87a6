/*
 * letter.h - an agency's letter taken apart: letters, queries, boilerplate.
 *
 * Purpose: a query is the smallest unit a sponsor answers on its own: a printed number under a
 *   heading with everything below it, or the paragraphs under a heading without numbers. What the
 *   agency writes into every letter is boilerplate and is told apart by kind. Which words tell is
 *   data (rules.h).
 * Ownership: immutable; lac_letter_free. It owns the letter text and borrows the rules.
 * Invariants: lines count from 1, as corpus and reports do; queries and blocks are in text order
 * and do not overlap. Honesty: `incomplete` is set whenever text of the letter is known to be
 * missing, and the notes say why; a letter without queries has a note that says so.
 */
#ifndef LAC_LETTER_H
#define LAC_LETTER_H

#include "analyzer/letter/rules.h"
#include "parsers/letter/letter_text.h"

typedef enum lac_approvability {
    LAC_APPROVABILITY_YES,
    LAC_APPROVABILITY_NO, /* printed as no approvability issue, or as an additional comment */
    LAC_APPROVABILITY_UNKNOWN,
} lac_approvability;

typedef struct lac_letter_range {
    uint32_t first, last;    /* lines, from 1 */
    uint32_t start, end;     /* bytes of the letter text */
    uint32_t page, end_page; /* 0: the format has none */
} lac_letter_range;

typedef struct lac_letter_cite {
    const char *kind; /* section, table, cfr, standard, study, page, sequence */
    const char *text; /* as printed */
} lac_letter_cite;

typedef struct lac_letter_query {
    const char *id;      /* "PRODUCT QUALITY 1" */
    const char *heading; /* "PRODUCT QUALITY"; "(no heading)" */
    const char *marker;  /* as printed: "1.", "(1)"; "": none */
    uint32_t letter;
    lac_letter_range range;
    const char *discipline, *type;
    lac_approvability approvability;
    const char *redacted; /* "", "partial", "full" */
    bool truncated;       /* a page of it is missing, or the text was cut */
    const char *text;     /* lines joined, furniture left out */
    const lac_letter_cite *cites;
    uint32_t cite_count;
} lac_letter_query;

typedef struct lac_letter_block {
    const char *kind;
    const char *marker; /* a number the letter gives it; "": none */
    uint32_t letter;
    lac_letter_range range;
} lac_letter_block;

typedef struct lac_letter_due {
    const char *text; /* as printed; "": the letter names none */
    char date[11];    /* "": cannot be computed */
    const char *who, *citation, *meaning;
} lac_letter_due;

typedef struct lac_letter_duty {
    const char *id, *text, *citation;
    lac_letter_range range; /* where the letter says so; first 0: it is not printed */
    const lac_letter_rule *rule;
} lac_letter_duty;

typedef struct lac_letter_head {
    const char *kind;
    lac_letter_range range;
    const char *const *applications;
    uint32_t application_count;
    char date[11];                /* "YYYY-MM-DD"; "": not found */
    const lac_letter_due *clocks; /* the first one of the applicant is the response due */
    uint32_t clock_count;
    const lac_letter_duty *duties;
    uint32_t duty_count;
} lac_letter_head;

typedef struct lac_letter {
    lac_arena arena;
    lac_letter_text *text;
    const char *rules; /* "fda 1" */
    bool incomplete;
    const uint32_t *empty_pages; /* pages whose text is not there, ascending */
    uint32_t empty_page_count;
    const lac_letter_head *letters;
    uint32_t letter_count;
    const lac_letter_query *queries;
    uint32_t query_count;
    const lac_letter_block *blocks;
    uint32_t block_count;
    const lac_letter_block *lead_ins; /* kind "lead-in": sentences that govern several queries */
    uint32_t lead_in_count;
    const char *const *notes;
    uint32_t note_count;
} lac_letter;

/* Takes `text` over, also on error. */
lacuna_status lac_letter_analyze(lac_letter **out, lac_letter_text *text,
                                 const lac_letter_rules *rules, lacuna_error *err);
void lac_letter_free(lac_letter *letter);

/* The clock the applicant has to keep; NULL: the letter sets none. */
const lac_letter_due *lac_letter_response_due(const lac_letter_head *head);

#endif
