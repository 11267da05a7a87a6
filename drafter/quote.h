/*
 * quote.h - whether a quote stands in the text that was sent, and where.
 *
 * Purpose: a model's quotes are claims. One is verified only when it is found in the passages word
 * for word (up to normalize.h), on word boundaries: "5 mg" is not in "15 mg". What is shown as
 * evidence is then the source's own bytes, never the model's. Tried in order: the passage that was
 * named, the other passages, then a quote with an ellipsis, whose pieces have to follow each other
 * in one passage. A quote of fewer than four words and twenty characters proves nothing and is
 * refused, so is one that only repeats what was asked. Ownership: a set of passages borrows their
 * bytes and owns their normalized forms.
 */
#ifndef LAC_DRAFTER_QUOTE_H
#define LAC_DRAFTER_QUOTE_H

#include "drafter/normalize.h"

enum {
    LAC_QUOTE_BYTES_MIN = 20,
    LAC_QUOTE_WORDS_MIN = 4,
    LAC_QUOTE_GAP_MAX = 600, /* bytes an ellipsis may stand for */
    LAC_QUOTE_PIECES_MAX = 8,
};

typedef struct lac_passages lac_passages;

/* `texts` are borrowed and must outlive the set. */
lacuna_status lac_passages_new(lac_passages **out, const lac_span *texts, uint32_t count,
                               lacuna_error *err);
void lac_passages_free(lac_passages *passages);

typedef enum lac_quote_verdict {
    LAC_QUOTE_EXACT,      /* the same bytes, in the named passage */
    LAC_QUOTE_NORMALIZED, /* it reads the same, in the named passage */
    LAC_QUOTE_MOVED,      /* in another passage than the named one */
    LAC_QUOTE_ELIDED,     /* in pieces, in order, in one passage */
    LAC_QUOTE_TOO_SHORT,  /* the following are not verified */
    LAC_QUOTE_ECHO,       /* only repeats the question */
    LAC_QUOTE_ABSENT,
} lac_quote_verdict;

static inline bool lac_quote_is_verified(lac_quote_verdict verdict)
{
    return verdict <= LAC_QUOTE_ELIDED;
}

typedef struct lac_quote_match {
    lac_quote_verdict verdict;
    uint32_t passage; /* of a verified one */
    lac_span text;    /* the source's bytes, from the first word to the last */
    uint32_t found;   /* how often it occurs in the passages, counted up to 2 */
} lac_quote_match;

/* `named` is the passage the quote is said to be from; any value is allowed. `question` is what was
 * asked, in which a quote proves nothing; may be empty. */
lacuna_status lac_quote_find(lac_quote_match *match, const lac_passages *passages, lac_span quote,
                             uint32_t named, lac_span question, lacuna_error *err);

#endif
