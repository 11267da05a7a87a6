#include "analyzer/terms_search.h"
#include "support/error.h"
#include "support/scratch.h"

/* Ascending token positions of the anchor's words, merged while reading. */
typedef struct cursor {
    const uint32_t *at, *end;
} cursor;

typedef struct anchor_lists {
    cursor cursors[LAC_ANCHOR_LISTS];
    uint32_t folds[LAC_ANCHOR_LISTS];
    uint32_t count;
    bool overflow;
} anchor_lists;

static void add_list(const lac_term_search *s, anchor_lists *lists, uint32_t fold)
{
    for (uint32_t i = 0; i < lists->count; i++) {
        if (lists->folds[i] == fold) {
            return;
        }
    }
    if (fold == LAC_NO_WORD) {
        return;
    }
    if (lists->count == LAC_ANCHOR_LISTS) {
        lists->overflow = true;
        return;
    }
    uint32_t count;
    const uint32_t *postings = lac_text_index_postings(s->index, fold, &count);
    lists->folds[lists->count] = fold;
    lists->cursors[lists->count++] = (cursor){postings, postings + count};
}

static void add_range(const lac_term_search *s, anchor_lists *lists, lac_word_range range,
                      bool spellings)
{
    for (uint32_t i = range.from; i < range.to && !lists->overflow; i++) {
        uint32_t word = spellings ? s->index->spellings.items[i].word : i;
        add_list(s, lists, s->index->fold_of[word]);
    }
}

static void add_word_lists(const lac_term_search *s, anchor_lists *lists, uint32_t which)
{
    const lac_known_word *known = &s->words[which];
    add_list(s, lists, known->fold);
    add_range(s, lists, known->written, false);
    add_range(s, lists, known->american, false);
    add_range(s, lists, known->spellings, true);
}

static void collect_lists(const lac_term_search *s, anchor_lists *lists,
                          const lac_term_element *element)
{
    lists->count = 0;
    lists->overflow = false;
    for (uint32_t a = 0; a < element->alternatives.count; a++) {
        uint32_t which;
        (void)lac_term_search_rarest(s, &s->term->alternatives[element->alternatives.first + a],
                                     &which);
        add_word_lists(s, lists, which);
    }
}

/* Moves a cursor to the first position that is not before `token`. */
static void advance(cursor *c, uint32_t token)
{
    const uint32_t *low = c->at;
    const uint32_t *high = c->end;
    while (low < high) {
        const uint32_t *middle = low + (high - low) / 2;
        if (*middle < token) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    c->at = low;
}

/* The next position of any anchor word at or after `token`; UINT32_MAX: none. */
static uint32_t next_anchor(anchor_lists *lists, uint32_t token)
{
    uint32_t next = UINT32_MAX;
    for (uint32_t i = 0; i < lists->count; i++) {
        cursor *c = &lists->cursors[i];
        if (c->at < c->end && *c->at < token) {
            advance(c, token);
        }
        if (c->at < c->end && *c->at < next) {
            next = *c->at;
        }
    }
    return next;
}

static bool find_part(const lac_term_search *s, const lac_term_run *part, uint32_t first,
                      uint32_t end, uint32_t *start, uint32_t *stop)
{
    for (uint32_t token = first; token < end; token++) {
        if (lac_term_search_matches_at(s, part, token, end, stop)) {
            *start = token;
            return true;
        }
    }
    return false;
}

static void cut_to_search(const lac_term_search *s, uint32_t *first, uint32_t *end)
{
    *first = *first < s->first ? s->first : *first;
    *end = *end > s->end ? s->end : *end;
}

static lac_match tokens_match(const lac_term_search *s, uint32_t start, uint32_t stop)
{
    const lac_token *last = &s->tokens[stop - 1];
    return (lac_match){s->tokens[start].start, last->start + last->length};
}

/* All parts inside tokens [first, end), which belong to one sentence. */
static bool find_all_parts(const lac_term_search *s, uint32_t first, uint32_t end, lac_match *match)
{
    uint32_t from = UINT32_MAX;
    uint32_t to = 0;
    for (uint32_t p = 0; p < s->term->part_count; p++) {
        uint32_t start;
        uint32_t stop;
        if (!find_part(s, &s->term->parts[p], first, end, &start, &stop)) {
            return false;
        }
        from = start < from ? start : from;
        to = stop > to ? stop : to;
    }
    *match = tokens_match(s, from, to);
    return true;
}

/* Tries the sentence of a token and returns the token behind it. */
static uint32_t try_sentence(const lac_term_search *s, uint32_t token, bool *found,
                             lac_match *match)
{
    uint32_t first;
    uint32_t end;
    lac_text_index_sentence(s->index, s->tokens[token].sentence, &first, &end);
    cut_to_search(s, &first, &end);
    *found = find_all_parts(s, first, end, match);
    return end;
}

static bool find_by_reading(const lac_term_search *s, lac_match *match)
{
    bool found = false;
    uint32_t token = s->first;
    while (token < s->end && !found) {
        token = try_sentence(s, token, &found, match);
    }
    return found;
}

/* A term of several parts: every sentence with a word of the anchor. */
static bool find_by_sentence(const lac_term_search *s, anchor_lists *lists, lac_match *match)
{
    bool found = false;
    uint32_t token = next_anchor(lists, s->first);
    while (token < s->end && !found) {
        token = next_anchor(lists, try_sentence(s, token, &found, match));
    }
    return found;
}

/* Most and fewest words of an element. */
static lac_word_range element_length(const lac_term_search *s, const lac_term_element *element)
{
    lac_word_range length = {UINT32_MAX, 0};
    for (uint32_t a = 0; a < element->alternatives.count; a++) {
        uint32_t count = s->term->alternatives[element->alternatives.first + a].count;
        length.from = count < length.from ? count : length.from;
        length.to = count > length.to ? count : length.to;
    }
    return length;
}

/* How far before a word of the anchor a match can start: at least and at most. */
static lac_word_range reach_back(const lac_term_search *s, uint32_t anchor)
{
    lac_word_range reach = {0, element_length(s, &s->term->elements[anchor]).to - 1};
    for (uint32_t e = 0; e < anchor; e++) {
        lac_word_range length = element_length(s, &s->term->elements[e]);
        reach.from += length.from;
        reach.to += length.to + s->term->elements[e + 1].gap;
    }
    return reach;
}

/* A term of one part. Anchor words come in ascending order and so do the starts tried, so the first
 * match is the leftmost. */
static bool find_by_anchor(const lac_term_search *s, anchor_lists *lists, uint32_t anchor,
                           lac_match *match)
{
    lac_word_range reach = reach_back(s, anchor);
    uint32_t untried = s->first;
    for (uint32_t token = next_anchor(lists, s->first); token < s->end;
         token = next_anchor(lists, token + 1)) {
        uint32_t first;
        uint32_t end;
        lac_text_index_sentence(s->index, s->tokens[token].sentence, &first, &end);
        cut_to_search(s, &first, &end);
        uint32_t from = token - first > reach.to ? token - reach.to : first;
        from = from < untried ? untried : from;
        uint32_t start;
        uint32_t stop;
        for (start = from; start + reach.from <= token; start++) {
            if (lac_term_search_matches_at(s, &s->term->parts[0], start, end, &stop)) {
                *match = tokens_match(s, start, stop);
                return true;
            }
        }
        untried = start;
    }
    return false;
}

static bool find_words(lac_term_search *s, lac_match *match)
{
    lac_term_search_look_up(s);
    uint32_t anchor;
    uint32_t cost = lac_term_search_anchor(s, &anchor);
    if (cost == 0) {
        return false;
    }
    LAC_SCRATCH anchor_lists lists;
    lists.overflow = true;
    if (cost != LAC_MANY) {
        collect_lists(s, &lists, &s->term->elements[anchor]);
    }
    if (lists.overflow) {
        return find_by_reading(s, match);
    }
    return s->term->part_count > 1 ? find_by_sentence(s, &lists, match)
                                   : find_by_anchor(s, &lists, anchor, match);
}

lacuna_status lac_term_find(bool *found, lac_match *match, const lac_term *term,
                            const lac_text_index *index, uint32_t from, uint32_t to,
                            lacuna_error *err)
{
    *found = false;
    *match = (lac_match){0, 0};
    lac_span text = lac_text_index_text(index);
    to = to > text.len ? (uint32_t)text.len : to;
    if (from >= to) {
        return LACUNA_OK;
    }
    if (term->regex != NULL) {
        return lac_term_regex_find(found, match, term->regex, text, from, to, err);
    }
    LAC_SCRATCH lac_term_search s;
    uint32_t count;
    s.term = term;
    s.index = index;
    s.tokens = lac_text_index_tokens(index, &count);
    s.first = lac_text_index_at(index, from);
    s.end = lac_text_index_at(index, to);
    if (s.end > s.first && s.tokens[s.end - 1].start + s.tokens[s.end - 1].length > to) {
        s.end--;
    }
    *found = s.first < s.end && find_words(&s, match);
    return LACUNA_OK;
}
