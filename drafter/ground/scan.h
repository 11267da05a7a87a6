/*
 * scan.h - shared by the files that find claims; not for others.
 *
 * Each lac_scan_* looks at the token *at; where a claim of its kind begins there it is added, *at
 * is moved behind it, and true is given. `status` of the scan tells running out of memory.
 */
#ifndef LAC_GROUND_SCAN_H
#define LAC_GROUND_SCAN_H

#include "drafter/ground/claim.h"
#include "support/buf.h"

typedef struct lac_scan {
    lac_arena *arena;
    const lac_ground_token *tokens;
    uint32_t count;
    lac_claim *claims;
    size_t claim_count, claim_cap;
    lacuna_status status;
} lac_scan;

/* The END token for any index behind the last. */
static inline const lac_ground_token *lac_scan_token(const lac_scan *scan, uint32_t at)
{
    return &scan->tokens[at < scan->count ? at : scan->count];
}

static inline bool lac_scan_is_mark(const lac_scan *scan, uint32_t at, uint32_t mark)
{
    const lac_ground_token *token = lac_scan_token(scan, at);
    return token->kind == LAC_TOKEN_MARK && token->mark == mark;
}

static inline bool lac_scan_is_word(const lac_scan *scan, uint32_t at, const char *word)
{
    const lac_ground_token *token = lac_scan_token(scan, at);
    return token->kind == LAC_TOKEN_WORD && lac_span_is(token->form, word);
}

/* One of the words of a list that ends with NULL. */
bool lac_scan_is_any(const lac_scan *scan, uint32_t at, const char *const *words);

static inline bool lac_scan_is_number(const lac_scan *scan, uint32_t at)
{
    return lac_scan_token(scan, at)->kind == LAC_TOKEN_NUMBER;
}

/* Adds a claim of tokens [first, last); false: out of memory. */
bool lac_scan_add(lac_scan *scan, lac_claim claim, uint32_t first, uint32_t last);

/* Text into the arena; NULL pointer where memory ran out, with the status set. */
lac_span lac_scan_keep(lac_scan *scan, lac_span text);

/* ---- pieces of numbers (scan_value.c) ---- */

/* Sign, digits, "x 10^3", "million"; or a number word. */
bool lac_scan_value(lac_decimal *out, const lac_scan *scan, uint32_t *at);
/* A unit behind a number. Where there is none *at stays. */
bool lac_scan_unit(lac_claim *claim, lac_scan *scan, uint32_t *at);
/* The noun that is counted, at most a few words behind; it is not part of the claim. */
void lac_scan_noun(lac_claim *claim, const lac_scan *scan, uint32_t at);
/* "less than", "<": the relation that ends in front of `first`; moves *first to where it begins. */
uint8_t lac_scan_relation_before(const lac_scan *scan, uint32_t *first);
/* "or more": behind a number. */
uint8_t lac_scan_relation_after(const lac_scan *scan, uint32_t *at);
/* A relation mark or words at *at, moved behind it. */
uint8_t lac_scan_relation_at(const lac_scan *scan, uint32_t *at);

/* ---- kinds ---- */

bool lac_scan_date(lac_scan *scan, uint32_t *at);
bool lac_scan_identifier(lac_scan *scan, uint32_t *at);
bool lac_scan_reference(lac_scan *scan, uint32_t *at);
bool lac_scan_frequency(lac_scan *scan, uint32_t *at);
bool lac_scan_p_value(lac_scan *scan, uint32_t *at);
bool lac_scan_interval(lac_scan *scan, uint32_t *at);
bool lac_scan_ratio(lac_scan *scan, uint32_t *at);
bool lac_scan_number(lac_scan *scan, uint32_t *at);

/* What stands in the text as a list shares a unit: "20 and 60 mg", "Weeks 4, 8 and 12". */
void lac_scan_share_units(lac_scan *scan);

/* Sets the canonical forms of all claims. */
void lac_scan_name_all(lac_scan *scan);

#endif
