#include "analyzer/terms_internal.h"
#include "analyzer/text_index_words.h"
#include "support/error.h"

/*
 * How a term is found: each of its words is looked up in the index once. The element that occurs
 * least is the anchor. A match has to hold one of the anchor's words, so only starts a bounded
 * number of words before each of them are tried; from a start the elements are followed from left
 * to right, and all ends they can reach are kept, so that no combination is tried twice.
 */

enum {
    MANY_LISTS = 64, /* a prefix with more different words is searched for by reading on */
    MANY = UINT32_MAX,
};

/* A word of the term as this text knows it. */
typedef struct known_word {
    uint32_t fold;            /* LAC_NO_WORD: none */
    lac_word_range written;   /* of a prefix: words that begin as it is written, */
    lac_word_range american;  /* words that begin with its American spelling, where it differs, */
    lac_word_range spellings; /* and words whose American spelling begins with that */
    uint32_t occurrences;     /* an upper bound; MANY: not counted */
} known_word;

typedef struct search {
    const lac_term *term;
    const lac_text_index *index;
    const lac_token *tokens;
    uint32_t first, end; /* tokens that may take part */
    known_word words[LAC_TERM_WORDS];
} search;

/* Ascending token positions of the anchor's words, merged while reading. */
typedef struct cursor {
    const uint32_t *at, *end;
} cursor;

typedef struct anchor_lists {
    cursor cursors[MANY_LISTS];
    uint32_t folds[MANY_LISTS];
    uint32_t count;
    bool overflow;
} anchor_lists;

static uint32_t fold_count(const search *s, uint32_t fold)
{
    uint32_t count;
    (void)lac_text_index_postings(s->index, fold, &count);
    return count;
}

static uint32_t range_size(lac_word_range range)
{
    return range.to - range.from;
}

static bool in_range(lac_word_range range, uint32_t number)
{
    return number >= range.from && number < range.to;
}

static uint32_t count_range(const search *s, lac_word_range range, bool spellings)
{
    uint32_t sum = 0;
    for (uint32_t i = range.from; i < range.to; i++) {
        uint32_t word = spellings ? s->index->spellings.items[i].word : i;
        sum += fold_count(s, s->index->fold_of[word]);
    }
    return sum;
}

static uint32_t count_prefix(const search *s, const known_word *word)
{
    if (range_size(word->written) + range_size(word->american) + range_size(word->spellings) >
        MANY_LISTS) {
        return MANY;
    }
    uint32_t group = word->fold == LAC_NO_WORD ? 0 : fold_count(s, word->fold);
    return group + count_range(s, word->written, false) + count_range(s, word->american, false) +
           count_range(s, word->spellings, true);
}

static void look_up_prefix(const search *s, known_word *known, const lac_term_word *word)
{
    known->written = lac_sorted_words_prefix(&s->index->words, word->raw);
    known->spellings = lac_sorted_words_prefix(&s->index->spellings, word->spelled);
    if (!lac_span_equal(word->raw, word->spelled)) {
        known->american = lac_sorted_words_prefix(&s->index->words, word->spelled);
    }
    known->occurrences = count_prefix(s, known);
}

static void look_up(search *s, uint32_t i)
{
    const lac_term_word *word = &s->term->words[i];
    known_word *known = &s->words[i];
    *known = (known_word){.fold = LAC_NO_WORD};
    if (word->folded.len > 0) {
        known->fold = lac_text_index_fold(s->index, word->folded);
    }
    if (word->prefix) {
        look_up_prefix(s, known, word);
    } else {
        known->occurrences = fold_count(s, known->fold);
    }
}

static bool word_matches(const search *s, uint32_t i, uint32_t token)
{
    const known_word *known = &s->words[i];
    uint32_t word = s->tokens[token].word;
    return s->index->fold_of[word] == known->fold || in_range(known->written, word) ||
           in_range(known->american, word) ||
           in_range(known->spellings, s->index->spelling_of[word]);
}

/* How often the rarest word of an alternative occurs, and which one it is. */
static uint32_t rarest_word(const search *s, const lac_term_run *alternative, uint32_t *which)
{
    uint32_t least = MANY;
    *which = alternative->first;
    for (uint32_t i = alternative->first; i < alternative->first + alternative->count; i++) {
        if (s->words[i].occurrences < least) {
            least = s->words[i].occurrences;
            *which = i;
        }
    }
    return least;
}

static uint32_t element_cost(const search *s, const lac_term_element *element)
{
    uint32_t sum = 0;
    for (uint32_t a = 0; a < element->alternatives.count; a++) {
        uint32_t which;
        uint32_t cost =
            rarest_word(s, &s->term->alternatives[element->alternatives.first + a], &which);
        if (cost == MANY) {
            return MANY;
        }
        sum += cost;
    }
    return sum;
}

/* Returns the cost of the cheapest element; 0: the term cannot occur. */
static uint32_t choose_anchor(const search *s, uint32_t *anchor)
{
    uint32_t least = MANY;
    *anchor = 0;
    for (uint32_t e = 0; e < s->term->element_count; e++) {
        uint32_t cost = element_cost(s, &s->term->elements[e]);
        if (cost < least) {
            least = cost;
            *anchor = e;
        }
    }
    return least;
}

static void add_list(const search *s, anchor_lists *lists, uint32_t fold)
{
    for (uint32_t i = 0; i < lists->count; i++) {
        if (lists->folds[i] == fold) {
            return;
        }
    }
    if (fold == LAC_NO_WORD) {
        return;
    }
    if (lists->count == MANY_LISTS) {
        lists->overflow = true;
        return;
    }
    uint32_t count;
    const uint32_t *postings = lac_text_index_postings(s->index, fold, &count);
    lists->folds[lists->count] = fold;
    lists->cursors[lists->count++] = (cursor){postings, postings + count};
}

static void add_range(const search *s, anchor_lists *lists, lac_word_range range, bool spellings)
{
    for (uint32_t i = range.from; i < range.to && !lists->overflow; i++) {
        uint32_t word = spellings ? s->index->spellings.items[i].word : i;
        add_list(s, lists, s->index->fold_of[word]);
    }
}

static void add_word_lists(const search *s, anchor_lists *lists, uint32_t which)
{
    const known_word *known = &s->words[which];
    add_list(s, lists, known->fold);
    add_range(s, lists, known->written, false);
    add_range(s, lists, known->american, false);
    add_range(s, lists, known->spellings, true);
}

static void collect_lists(const search *s, anchor_lists *lists, const lac_term_element *element)
{
    lists->count = 0;
    lists->overflow = false;
    for (uint32_t a = 0; a < element->alternatives.count; a++) {
        uint32_t which;
        (void)rarest_word(s, &s->term->alternatives[element->alternatives.first + a], &which);
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

static bool alternative_matches(const search *s, const lac_term_run *alternative, uint32_t token,
                                uint32_t end)
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
static bool element_begins(const search *s, const lac_term_element *element, uint32_t token)
{
    for (uint32_t a = 0; a < element->alternatives.count; a++) {
        if (word_matches(s, s->term->alternatives[element->alternatives.first + a].first, token)) {
            return true;
        }
    }
    return false;
}

/* Marks in `behind` where the element may end when it begins at start + at. */
static bool mark_ends(const search *s, const lac_term_element *element, uint32_t start, uint32_t at,
                      uint32_t end, window *behind)
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

/* Follows the elements of a part from a start; *stop is the token behind the shortest match. */
static bool part_matches_at(const search *s, const lac_term_run *part, uint32_t start, uint32_t end,
                            uint32_t *stop)
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

static bool find_part(const search *s, const lac_term_run *part, uint32_t first, uint32_t end,
                      uint32_t *start, uint32_t *stop)
{
    for (uint32_t token = first; token < end; token++) {
        if (part_matches_at(s, part, token, end, stop)) {
            *start = token;
            return true;
        }
    }
    return false;
}

static void cut_to_search(const search *s, uint32_t *first, uint32_t *end)
{
    *first = *first < s->first ? s->first : *first;
    *end = *end > s->end ? s->end : *end;
}

static lac_match tokens_match(const search *s, uint32_t start, uint32_t stop)
{
    const lac_token *last = &s->tokens[stop - 1];
    return (lac_match){s->tokens[start].start, last->start + last->length};
}

/* All parts inside tokens [first, end), which belong to one sentence. */
static bool find_all_parts(const search *s, uint32_t first, uint32_t end, lac_match *match)
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
static uint32_t try_sentence(const search *s, uint32_t token, bool *found, lac_match *match)
{
    uint32_t first;
    uint32_t end;
    lac_text_index_sentence(s->index, s->tokens[token].sentence, &first, &end);
    cut_to_search(s, &first, &end);
    *found = find_all_parts(s, first, end, match);
    return end;
}

static bool find_by_reading(const search *s, lac_match *match)
{
    bool found = false;
    uint32_t token = s->first;
    while (token < s->end && !found) {
        token = try_sentence(s, token, &found, match);
    }
    return found;
}

/* A term of several parts: every sentence with a word of the anchor. */
static bool find_by_sentence(const search *s, anchor_lists *lists, lac_match *match)
{
    bool found = false;
    uint32_t token = next_anchor(lists, s->first);
    while (token < s->end && !found) {
        token = next_anchor(lists, try_sentence(s, token, &found, match));
    }
    return found;
}

/* Most and fewest words of an element. */
static lac_word_range element_length(const search *s, const lac_term_element *element)
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
static lac_word_range reach_back(const search *s, uint32_t anchor)
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
static bool find_by_anchor(const search *s, anchor_lists *lists, uint32_t anchor, lac_match *match)
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
            if (part_matches_at(s, &s->term->parts[0], start, end, &stop)) {
                *match = tokens_match(s, start, stop);
                return true;
            }
        }
        untried = start;
    }
    return false;
}

static bool find_words(search *s, lac_match *match)
{
    for (uint32_t i = 0; i < s->term->word_count; i++) {
        look_up(s, i);
    }
    uint32_t anchor;
    uint32_t cost = choose_anchor(s, &anchor);
    if (cost == 0) {
        return false;
    }
    anchor_lists lists;
    lists.overflow = true;
    if (cost != MANY) {
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
    search s;
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
