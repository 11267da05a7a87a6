#include "analyzer/terms_search.h"

static uint32_t fold_count(const lac_term_search *s, uint32_t fold)
{
    uint32_t count;
    (void)lac_text_index_postings(s->index, fold, &count);
    return count;
}

static uint32_t range_size(lac_word_range range)
{
    return range.to - range.from;
}

static uint32_t count_range(const lac_term_search *s, lac_word_range range, bool spellings)
{
    uint32_t sum = 0;
    for (uint32_t i = range.from; i < range.to; i++) {
        uint32_t word = spellings ? s->index->spellings.items[i].word : i;
        sum += fold_count(s, s->index->fold_of[word]);
    }
    return sum;
}

static uint32_t count_prefix(const lac_term_search *s, const lac_known_word *word)
{
    if (range_size(word->written) + range_size(word->american) + range_size(word->spellings) >
        LAC_ANCHOR_LISTS) {
        return LAC_MANY;
    }
    uint32_t group = word->fold == LAC_NO_WORD ? 0 : fold_count(s, word->fold);
    return group + count_range(s, word->written, false) + count_range(s, word->american, false) +
           count_range(s, word->spellings, true);
}

static void look_up_prefix(const lac_term_search *s, lac_known_word *known,
                           const lac_term_word *word)
{
    known->written = lac_sorted_words_prefix(&s->index->words, word->raw);
    known->spellings = lac_sorted_words_prefix(&s->index->spellings, word->spelled);
    if (!lac_span_equal(word->raw, word->spelled)) {
        known->american = lac_sorted_words_prefix(&s->index->words, word->spelled);
    }
    known->occurrences = count_prefix(s, known);
}

static void look_up_word(lac_term_search *s, uint32_t i)
{
    const lac_term_word *word = &s->term->words[i];
    lac_known_word *known = &s->words[i];
    *known = (lac_known_word){.fold = LAC_NO_WORD};
    if (word->folded.len > 0) {
        known->fold = lac_text_index_fold(s->index, word->folded);
    }
    if (word->prefix) {
        look_up_prefix(s, known, word);
    } else {
        known->occurrences = fold_count(s, known->fold);
    }
}

void lac_term_search_look_up(lac_term_search *s)
{
    for (uint32_t i = 0; i < s->term->word_count; i++) {
        look_up_word(s, i);
    }
}

uint32_t lac_term_search_rarest(const lac_term_search *s, const lac_term_run *alternative,
                                uint32_t *which)
{
    uint32_t least = LAC_MANY;
    *which = alternative->first;
    for (uint32_t i = alternative->first; i < alternative->first + alternative->count; i++) {
        if (s->words[i].occurrences < least) {
            least = s->words[i].occurrences;
            *which = i;
        }
    }
    return least;
}

static uint32_t element_cost(const lac_term_search *s, const lac_term_element *element)
{
    uint32_t sum = 0;
    for (uint32_t a = 0; a < element->alternatives.count; a++) {
        uint32_t which;
        uint32_t cost = lac_term_search_rarest(
            s, &s->term->alternatives[element->alternatives.first + a], &which);
        if (cost == LAC_MANY) {
            return LAC_MANY;
        }
        sum += cost;
    }
    return sum;
}

uint32_t lac_term_search_anchor(const lac_term_search *s, uint32_t *anchor)
{
    uint32_t least = LAC_MANY;
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
