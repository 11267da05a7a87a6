/*
 * statements.h - one paragraph or table of a model's answer, statement by statement.
 *
 * Purpose: fail closed. A sentence is kept only where it cites a passage, where most of its words
 *   are in what it cites, each run of words between two citations by itself, where no name in it is
 *   new, and where every claim in it is supported there (ground/check.h). What fails becomes "[DATA
 *   NEEDED: ...]" with the kind of what is to be supplied, and a finding; the value that failed is
 *   not shown. A sentence that refers to a source in its own words, or holds a pseudonym that
 * stands for nothing, fails. The other words that are new are kept for a person to look at: no
 * program tells a paraphrase from another thing of the same form. Ownership: findings and texts
 * live in the arena.
 */
#ifndef LAC_DRAFT_STATEMENTS_H
#define LAC_DRAFT_STATEMENTS_H

#include "drafter/draft/plain.h"
#include "drafter/ground/check.h"

typedef struct lac_draft_finding {
    const char *what;    /* "percentage", "statement"; static or in the arena */
    const char *reason;  /* a short code; static */
    const char *message; /* a sentence */
    lac_span text;       /* what failed */
} lac_draft_finding;

enum { LAC_DRAFT_FINDINGS_MAX = 4096, LAC_DRAFT_NEW_WORDS_MAX = 32 };

typedef struct lac_statements {
    lac_arena *arena;
    const lac_material *material;
    const lac_draft_answer *answer;
    lac_draft_finding *findings; /* grown with malloc; the caller frees it */
    size_t count, capacity;
    uint32_t supported;                          /* claims */
    lac_span new_words[LAC_DRAFT_NEW_WORDS_MAX]; /* shown, and not in what is cited: for a person */
    uint32_t new_word_count;
    lacuna_error *err;
} lac_statements;

lacuna_status lac_statements_fail(lac_statements *s, const char *what, const char *reason,
                                  const char *message, lac_span text);

/* Tells where the text behind these passages stands: appended behind what rests on them. */
typedef lacuna_status (*lac_cite_fn)(void *user, lac_buf *out, const uint32_t *passages,
                                     uint32_t count);

/* Appends the paragraph as far as it holds. */
lacuna_status lac_statements_paragraph(lac_buf *out, lac_statements *s, const lac_plain *text,
                                       lac_cite_fn cite, void *user);

/* A table whose cells are parted by TAB and LF. *cited are the passages it rests on, in the arena;
 * none: nothing of it holds. */
lacuna_status lac_statements_table(lac_buf *out, lac_statements *s, const lac_plain *text,
                                   const uint32_t **cited, uint32_t *cited_count);

/* Whether a sub-heading is in the words of the passages, and states nothing that is not there. */
lacuna_status lac_statements_heading(bool *holds, lac_statements *s, lac_span text);

#endif
