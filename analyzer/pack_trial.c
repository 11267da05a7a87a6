#include "analyzer/pack_trial.h"

#include "analyzer/facts.h"

/* Which of the terms stands where the match was found. */
static lacuna_status name_term(const char **name, const lac_term *const *terms, uint32_t count,
                               const lac_match *match, const lac_fact_scope *scope,
                               lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < count && status == LACUNA_OK && *name == NULL; i++) {
        bool found = false;
        lac_match at;
        if (lac_term_is_exclusion(terms[i])) {
            continue;
        }
        status = lac_term_find(&found, &at, terms[i], scope->index, match->start, match->end, err);
        if (status == LACUNA_OK && found && at.start == match->start && at.end == match->end) {
            *name = lac_term_source(terms[i]);
        }
    }
    return status;
}

/* The first fact a sentence gives: by strict terms alone, or as in a section of the item. */
static lacuna_status find_fact(lac_trial *t, const lac_item *item, bool in_section,
                               const lac_fact_scope *scope, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < item->expect.fact_count && status == LACUNA_OK && t->fact == NULL;
         i++) {
        const lac_fact *fact = &item->expect.facts[i];
        bool found = false;
        status = lac_fact_find(&found, &t->match, fact, in_section, scope, err);
        if (status != LACUNA_OK || !found) {
            continue;
        }
        t->fact = fact;
        status = name_term(&t->term, fact->any, fact->any_count, &t->match, scope, err);
        t->strict = !in_section || t->term != NULL;
        if (status == LACUNA_OK) {
            status = name_term(&t->term, fact->here, fact->here_count, &t->match, scope, err);
        }
    }
    return status;
}

static lacuna_status find_forbidden(lac_trial *t, const lac_item *item, const lac_fact_scope *scope,
                                    lacuna_error *err)
{
    const lac_expectation *expect = &item->expect;
    lacuna_status status = lac_terms_any(&t->forbidden, &t->never_match, expect->never,
                                         expect->never_count, scope, err);
    if (status == LACUNA_OK && t->forbidden) {
        status =
            name_term(&t->never, expect->never, expect->never_count, &t->never_match, scope, err);
    }
    return status;
}

static lacuna_status judge(lac_trial *t, const lac_item *item, bool must_match,
                           const lac_fact_scope *scope, lacuna_error *err)
{
    t->only_forbids = item->expect.fact_count == 0 && item->expect.never_count > 0;
    if (t->only_forbids) {
        lacuna_status status = find_forbidden(t, item, scope, err);
        t->passed = t->forbidden == must_match;
        return status;
    }
    lacuna_status status = find_fact(t, item, must_match, scope, err);
    if (status != LACUNA_OK) {
        return status;
    }
    if (must_match) {
        status = t->fact == NULL ? LACUNA_OK : find_forbidden(t, item, scope, err);
        t->passed = t->fact != NULL && !t->forbidden;
        return status;
    }
    t->passed = t->fact == NULL;
    return t->passed ? find_fact(t, item, true, scope, err) : LACUNA_OK;
}

lacuna_status lac_trial_run(lac_trial *out, const lac_item *item, const char *sentence,
                            bool must_match, lacuna_error *err)
{
    *out = (lac_trial){.fact = NULL};
    lac_text_index *index = NULL;
    lacuna_status status = lac_text_index_new(&index, lac_span_of(sentence), err);
    if (status == LACUNA_OK) {
        const lac_fact_scope scope = {.index = index,
                                      .to = (uint32_t)lac_text_index_text(index).len};
        status = judge(out, item, must_match, &scope, err);
    }
    lac_text_index_free(index);
    return status;
}
