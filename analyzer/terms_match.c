#include "analyzer/terms_search.h"

static bool in_range(lac_word_range range, uint32_t number)
{
    return number >= range.from && number < range.to;
}

static bool word_matches(const lac_term_search *s, uint32_t i, uint32_t token)
{
    const lac_known_word *known = &s->words[i];
    uint32_t word = s->tokens[token].word;
    return s->index->fold_of[word] == known->fold || in_range(known->written, word) ||
           in_range(known->american, word) ||
           in_range(known->spellings, s->index->spelling_of[word]);
}

/* Positions behind the start of an attempt, as bits. */
typedef struct window {
    uint64_t bits[LAC_TERM_WINDOW / 64 + 1];
    uint32_t last; /* no bit above it is set */
} window;

static void set_bit(window *w, uint32_t at)
{
    w->bits[at / 64] |= (uint64_t)1 << (at % 64);
    w->last = at > w->last ? at : w->last;
}

static bool has_bit(const window *w, uint32_t at)
{
    return (w->bits[at / 64] >> (at % 64) & 1) != 0;
}

static bool alternative_matches(const lac_term_search *s, const lac_term_run *alternative,
                                uint32_t token, uint32_t end)
{
    if (alternative->count > end - token) {
        return false;
    }
    for (uint32_t i = 0; i < alternative->count; i++) {
        if (!word_matches(s, alternative->first + i, token + i)) {
            return false;
        }
    }
    return true;
}

/* Most starts fail at the first word: seen before any window is made. */
static bool element_begins(const lac_term_search *s, const lac_term_element *element,
                           uint32_t token)
{
    for (uint32_t a = 0; a < element->alternatives.count; a++) {
        if (word_matches(s, s->term->alternatives[element->alternatives.first + a].first, token)) {
            return true;
        }
    }
    return false;
}

/* Marks in `behind` where the element may end when it begins at start + at. */
static bool mark_ends(const lac_term_search *s, const lac_term_element *element, uint32_t start,
                      uint32_t at, uint32_t end, window *behind)
{
    bool any = false;
    for (uint32_t a = 0; a < element->alternatives.count; a++) {
        const lac_term_run *alternative = &s->term->alternatives[element->alternatives.first + a];
        if (alternative_matches(s, alternative, start + at, end)) {
            set_bit(behind, at + alternative->count);
            any = true;
        }
    }
    return any;
}

/* Widens each end by the gap that may stand before the next element. */
static void add_gap(window *begins, const window *ends, uint32_t gap)
{
    memset(begins, 0, sizeof *begins);
    for (uint32_t at = 0; at <= ends->last; at++) {
        if (has_bit(ends, at)) {
            for (uint32_t skip = 0; skip <= gap && at + skip < LAC_TERM_WINDOW; skip++) {
                set_bit(begins, at + skip);
            }
        }
    }
}

static uint32_t first_bit(const window *w)
{
    uint32_t at = 0;
    while (!has_bit(w, at)) {
        at++;
    }
    return at;
}

bool lac_term_search_matches_at(const lac_term_search *s, const lac_term_run *part, uint32_t start,
                                uint32_t end, uint32_t *stop)
{
    window begins;
    window ends;
    if (!element_begins(s, &s->term->elements[part->first], start)) {
        return false;
    }
    memset(&ends, 0, sizeof ends);
    if (!mark_ends(s, &s->term->elements[part->first], start, 0, end, &ends)) {
        return false;
    }
    for (uint32_t e = 1; e < part->count; e++) {
        const lac_term_element *element = &s->term->elements[part->first + e];
        add_gap(&begins, &ends, element->gap);
        memset(&ends, 0, sizeof ends);
        bool any = false;
        for (uint32_t at = 0; at <= begins.last && at < end - start; at++) {
            any = (has_bit(&begins, at) && mark_ends(s, element, start, at, end, &ends)) || any;
        }
        if (!any) {
            return false;
        }
    }
    *stop = start + first_bit(&ends);
    return true;
}
