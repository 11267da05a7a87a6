#include "analyzer/facts.h"
#include "analyzer/lint_internal.h"
#include "support/error.h"

#include <stdio.h>

/* The first fact a sentence gives: by strict terms alone, or as in a section of the item. */
static lacuna_status find_any_fact(const lac_fact **fact, lac_match *match, const lac_item *item,
                                   const lac_text_index *index, bool in_section, lacuna_error *err)
{
    *fact = NULL;
    const lac_fact_scope scope = {
        .index = index, .from = 0, .to = (uint32_t)lac_text_index_text(index).len};
    for (uint32_t i = 0; i < item->expect.fact_count && *fact == NULL; i++) {
        bool found;
        lacuna_status status =
            lac_fact_find(&found, match, &item->expect.facts[i], in_section, &scope, err);
        if (status != LACUNA_OK) {
            return status;
        }
        *fact = found ? &item->expect.facts[i] : NULL;
    }
    return LACUNA_OK;
}

typedef struct sentence {
    const lac_checklist *list;
    uint32_t item;
    const char *text;
    const char *where;
    bool must_match;
} sentence;

static void report_found(lac_lint *lint, const sentence *s, const lac_fact *fact, lac_match match,
                         bool strict)
{
    uint32_t length = match.end - match.start;
    int shown = length > 100 ? 100 : (int)length;
    lac_lint_add(lint, strict, s->list, s->item, s->where,
                 strict ? "innocent sentence gives the fact \"%.60s\" by \"%.*s\""
                        : "innocent sentence would give the fact \"%.60s\" inside a section of the "
                          "item, by \"%.*s\"",
                 fact->name, shown, s->text + match.start);
}

/* A sentence that meets the item must not contradict it. */
static lacuna_status check_never(lac_lint *lint, const sentence *s, const lac_text_index *index,
                                 lacuna_error *err)
{
    const lac_expectation *expect = &s->list->items[s->item].expect;
    const lac_fact_scope scope = {.index = index, .to = (uint32_t)lac_text_index_text(index).len};
    bool found;
    lac_match match;
    lacuna_status status =
        lac_terms_any(&found, &match, expect->never, expect->never_count, &scope, err);
    if (status == LACUNA_OK && found) {
        lac_lint_add(lint, true, s->list, s->item, s->where,
                     "test sentence contradicts the item: \"%.*s\" must never occur",
                     match.end - match.start > 100 ? 100 : (int)(match.end - match.start),
                     s->text + match.start);
    }
    return status;
}

/* An item that only forbids: its match sentences are forbidden ones, its innocent ones allowed. */
static lacuna_status try_forbidden(lac_lint *lint, const sentence *s, const lac_text_index *index,
                                   lacuna_error *err)
{
    if (!s->must_match) {
        return check_never(lint, s, index, err);
    }
    const lac_expectation *expect = &s->list->items[s->item].expect;
    const lac_fact_scope scope = {.index = index, .to = (uint32_t)lac_text_index_text(index).len};
    bool found;
    lac_match match;
    lacuna_status status =
        lac_terms_any(&found, &match, expect->never, expect->never_count, &scope, err);
    if (status == LACUNA_OK && !found) {
        lac_lint_add(lint, true, s->list, s->item, s->where,
                     "test sentence has nothing forbidden: \"%.140s\"", s->text);
    }
    return status;
}

static lacuna_status try_sentence(lac_lint *lint, const sentence *s, const lac_text_index *index,
                                  lacuna_error *err)
{
    const lac_item *item = &s->list->items[s->item];
    if (item->expect.fact_count == 0 && item->expect.never_count > 0) {
        return try_forbidden(lint, s, index, err);
    }
    const lac_fact *fact;
    lac_match match;
    lacuna_status status = find_any_fact(&fact, &match, item, index, s->must_match, err);
    if (status != LACUNA_OK) {
        return status;
    }
    if (s->must_match && fact == NULL) {
        lac_lint_add(lint, true, s->list, s->item, s->where,
                     "test sentence gives no fact: \"%.140s\"", s->text);
    } else if (s->must_match) {
        status = check_never(lint, s, index, err);
    } else if (fact != NULL) {
        report_found(lint, s, fact, match, true);
    } else {
        status = find_any_fact(&fact, &match, item, index, true, err);
        if (status == LACUNA_OK && fact != NULL) {
            report_found(lint, s, fact, match, false);
        }
    }
    return status;
}

static void run_sentence(lac_lint *lint, const sentence *s)
{
    lacuna_error error;
    lac_error_clear(&error);
    lac_text_index *index = NULL;
    lacuna_status status = lac_text_index_new(&index, lac_span_of(s->text), &error);
    if (status == LACUNA_OK) {
        status = try_sentence(lint, s, index, &error);
    }
    if (status == LACUNA_E_NOMEM) {
        lint->status = lac_fail_nomem(lint->err);
    } else if (status != LACUNA_OK) {
        lac_lint_add(lint, true, s->list, s->item, s->where, "%.200s", error.message);
    }
    lac_text_index_free(index);
    lint->report->tests++;
}

static void run_list(lac_lint *lint, const lac_checklist *list, uint32_t item,
                     const char *const *texts, uint32_t count, bool must_match)
{
    for (uint32_t i = 0; i < count && lint->status == LACUNA_OK; i++) {
        char where[48];
        (void)snprintf(where, sizeof where, "/tests/%s/%u", must_match ? "match" : "innocent", i);
        sentence s = {list, item, texts[i], where, must_match};
        run_sentence(lint, &s);
    }
}

void lac_lint_tests(lac_lint *lint, const lac_checklist *list)
{
    for (uint32_t i = 0; i < list->item_count; i++) {
        const lac_item *item = &list->items[i];
        run_list(lint, list, i, item->match, item->match_count, true);
        run_list(lint, list, i, item->innocent, item->innocent_count, false);
    }
}
