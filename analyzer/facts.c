#include "analyzer/facts.h"

#include "analyzer/text_index_words.h"

typedef struct term_list {
    const lac_term *const *terms;
    uint32_t count;
    const lac_text_index *index;
    lacuna_error *err;
} term_list;

/* The bytes of the sentences a match touches. A match of an expression may span several, or lie
 * between two words. */
static lac_match sentences_of(const lac_text_index *index, lac_match match)
{
    uint32_t count;
    const lac_token *tokens = lac_text_index_tokens(index, &count);
    uint32_t low = lac_text_index_at(index, match.start);
    uint32_t high = lac_text_index_at(index, match.end);
    if (low > 0 && tokens[low - 1].start + tokens[low - 1].length > match.start) {
        low--;
    }
    if (low >= high) {
        return match;
    }
    uint32_t first;
    uint32_t end;
    uint32_t ignored;
    lac_text_index_sentence(index, tokens[low].sentence, &first, &ignored);
    lac_text_index_sentence(index, tokens[high - 1].sentence, &ignored, &end);
    const lac_token *last = &tokens[end - 1];
    uint32_t stop = last->start + last->length;
    return (lac_match){tokens[first].start < match.start ? tokens[first].start : match.start,
                       stop > match.end ? stop : match.end};
}

static lacuna_status is_voided(bool *voided, const term_list *list, lac_match sentence)
{
    *voided = false;
    lac_match ignored;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < list->count && status == LACUNA_OK && !*voided; i++) {
        if (lac_term_is_exclusion(list->terms[i])) {
            status = lac_term_find(voided, &ignored, list->terms[i], list->index, sentence.start,
                                   sentence.end, list->err);
        }
    }
    return status;
}

static bool has_exclusions(const term_list *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (lac_term_is_exclusion(list->terms[i])) {
            return true;
        }
    }
    return false;
}

/* First match of one term that is not voided. */
static lacuna_status find_valid(bool *found, lac_match *match, const term_list *list,
                                const lac_term *term, uint32_t from, uint32_t to)
{
    bool exclusions = has_exclusions(list);
    for (;;) {
        lacuna_status status = lac_term_find(found, match, term, list->index, from, to, list->err);
        if (status != LACUNA_OK || !*found || !exclusions) {
            return status;
        }
        lac_match sentence = sentences_of(list->index, *match);
        bool voided;
        status = is_voided(&voided, list, sentence);
        if (status != LACUNA_OK || !voided) {
            return status;
        }
        *found = false;
        from = sentence.end > match->end ? sentence.end : match->end;
    }
}

lacuna_status lac_terms_any(bool *found, lac_match *match, const lac_term *const *terms,
                            uint32_t count, const lac_text_index *index, uint32_t from, uint32_t to,
                            lacuna_error *err)
{
    *found = false;
    *match = (lac_match){0, 0};
    term_list list = {terms, count, index, err};
    for (uint32_t i = 0; i < count; i++) {
        if (lac_term_is_exclusion(terms[i])) {
            continue;
        }
        bool here;
        lac_match candidate;
        lacuna_status status = find_valid(&here, &candidate, &list, terms[i], from, to);
        if (status != LACUNA_OK) {
            *found = false;
            return status;
        }
        if (here && (!*found || candidate.start < match->start)) {
            *found = true;
            *match = candidate;
        }
    }
    return LACUNA_OK;
}

lacuna_status lac_fact_find(bool *found, lac_match *match, const lac_fact *fact, bool in_section,
                            const lac_text_index *index, uint32_t from, uint32_t to,
                            lacuna_error *err)
{
    lacuna_status status =
        lac_terms_any(found, match, fact->any, fact->any_count, index, from, to, err);
    if (status != LACUNA_OK || *found || !in_section) {
        return status;
    }
    return lac_terms_any(found, match, fact->here, fact->here_count, index, from, to, err);
}
