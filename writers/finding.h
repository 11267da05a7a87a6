/*
 * finding.h - a finding as other programs want it: its rule in words, its file, its place, text
 *   that is safe to pass on.
 *
 * Purpose: what SARIF, JUnit, annotations, code quality, Markdown and CSV need alike is settled
 *   here once, so that they agree.
 * Ownership: a rule book owns the rules about submissions; rule texts borrow from the report and
 *   from the book.
 */
#ifndef LAC_WRITERS_FINDING_H
#define LAC_WRITERS_FINDING_H

#include "analyzer/ectd/rules.h"
#include "support/buf.h"
#include "writers/output.h"
#include "writers/report.h"

enum {
    LAC_FINDING_TEXT_MAX = 1 << 20, /* bytes of one path, one place, one row */
    LAC_RULE_ADDRESS_SIZE = 128,    /* of an official page, with NUL */
};

typedef struct lac_rule_book {
    lac_arena arena;
    lac_ectd_rules submission_rules;
} lac_rule_book;

/* What a finding goes by. No text but the last two is NULL. */
typedef struct lac_rule_text {
    const char *id, *title;
    const char *meaning;            /* the requirement, or what the rule tells */
    const char *remedy;             /* what would satisfy it; "": not told */
    const char *citation;           /* "": none */
    const lac_item *item;           /* NULL: a rule about the document or submission itself */
    const lac_checklist *checklist; /* NULL likewise */
} lac_rule_text;

lacuna_status lac_rule_book_open(lac_rule_book *book, const lac_report *report, lacuna_error *err);
void lac_rule_book_close(lac_rule_book *book);
lac_rule_text lac_rule_text_of(const lac_rule_book *book, const lac_report *report,
                               const lac_report_finding *finding);

/* Where the cited rule can be read: the section of the CFR in the eCFR, or the ICH's list of
 * guidelines; of two what is named first. "" where the citation tells no such place. */
void lac_rule_address(char address[LAC_RULE_ADDRESS_SIZE], const char *citation);

/* The file an anchor stands in, as shown; in a submission the file below the input. Appends. */
lacuna_status lac_append_file(lac_buf *path, const lac_report_document *document,
                              const lac_anchor *anchor);
/* The headings above, outermost first, parted by " > "; in a submission those of the CTD come
 * first. Nothing where there are none. `place` is empty before. */
lacuna_status lac_append_headings(lac_buf *place, const lac_report_document *document,
                                  const lac_anchor *anchor);
/* 1-based line of `lacuna text`; 1 where there is none. */
uint32_t lac_anchor_text_line(const lac_anchor *anchor);

/* What went wrong with an input: message, place, remedy in one sentence. Appends. */
lacuna_status lac_append_error(lac_buf *buf, const lacuna_error *error);

/* Takes the next character off `text`. Malformed bytes, overrides of writing direction and controls
 * other than TAB, LF and CR come out as U+FFFD: what is passed on drives no terminal and stays
 * well-formed. Text must not be empty. */
uint32_t lac_next_harmless(lac_span *text);
void lac_output_codepoint(lac_output *output, uint32_t codepoint);

#endif
