#include "analyzer/facts.h"

#include "analyzer/terms_internal.h"
#include "analyzer/text_index_words.h"

typedef struct term_list {
    const lac_term *const *terms;
    uint32_t count;
    bool exclusions;
    const lac_fact_scope *scope;
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
            status = lac_term_find(voided, &ignored, list->terms[i], list->scope->index,
                                   sentence.start, sentence.end, list->err);
        }
    }
    return status;
}

static bool has_exclusions(const lac_term *const *terms, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (lac_term_is_exclusion(terms[i])) {
            return true;
        }
    }
    return false;
}

/* 0: the match counts; otherwise where searching goes on. */
static lacuna_status judge_match(uint32_t *go_on, const term_list *list, lac_match match)
{
    const lac_fact_scope *scope = list->scope;
    *go_on = 0;
    if (list->exclusions) {
        lac_match sentence = sentences_of(scope->index, match);
        bool voided;
        lacuna_status status = is_voided(&voided, list, sentence);
        if (status != LACUNA_OK || voided) {
            *go_on = sentence.end > match.end ? sentence.end : match.end;
            return status;
        }
    }
    if (scope->filter != NULL) {
        *go_on = scope->filter(scope->user, match);
        *go_on = *go_on != 0 && *go_on <= match.start ? match.end : *go_on;
    }
    return LACUNA_OK;
}

/* First match of one term that counts and starts before `before`. */
static lacuna_status find_counting(bool *found, lac_match *match, const term_list *list,
                                   const lac_term *term, uint32_t before)
{
    uint32_t from = list->scope->from;
    *found = false;
    while (from < before) {
        bool here;
        lacuna_status status =
            lac_term_find(&here, match, term, list->scope->index, from, list->scope->to, list->err);
        if (status != LACUNA_OK || !here || match->start >= before) {
            return status;
        }
        status = judge_match(&from, list, *match);
        if (status != LACUNA_OK || from == 0) {
            *found = status == LACUNA_OK;
            return status;
        }
    }
    return LACUNA_OK;
}

static lacuna_status find_words(bool *found, lac_match *match, const term_list *list)
{
    uint32_t before = list->scope->to;
    for (uint32_t i = 0; i < list->count; i++) {
        const lac_term *term = list->terms[i];
        if (term->exclusion || term->regex != NULL) {
            continue;
        }
        bool here;
        lac_match candidate;
        lacuna_status status = find_counting(&here, &candidate, list, term, before);
        if (status != LACUNA_OK) {
            return status;
        }
        if (here) {
            *found = true;
            *match = candidate;
            before = candidate.start;
        }
    }
    return LACUNA_OK;
}

static lacuna_status find_expression(bool *found, lac_match *match, const term_list *list)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < list->count && status == LACUNA_OK && !*found; i++) {
        if (!list->terms[i]->exclusion && list->terms[i]->regex != NULL) {
            status = find_counting(found, match, list, list->terms[i], list->scope->to);
        }
    }
    return status;
}

lacuna_status lac_terms_any(bool *found, lac_match *match, const lac_term *const *terms,
                            uint32_t count, const lac_fact_scope *scope, lacuna_error *err)
{
    *found = false;
    *match = (lac_match){0, 0};
    term_list list = {terms, count, has_exclusions(terms, count), scope, err};
    lacuna_status status = find_words(found, match, &list);
    if (status == LACUNA_OK && !*found) {
        status = find_expression(found, match, &list);
    }
    *found = *found && status == LACUNA_OK;
    return status;
}

lacuna_status lac_fact_find(bool *found, lac_match *match, const lac_fact *fact, bool in_section,
                            const lac_fact_scope *scope, lacuna_error *err)
{
    lacuna_status status = lac_terms_any(found, match, fact->any, fact->any_count, scope, err);
    if (status != LACUNA_OK || *found || !in_section) {
        return status;
    }
    return lac_terms_any(found, match, fact->here, fact->here_count, scope, err);
}
