#include "analyzer/facts.h"
#include "analyzer/lint_internal.h"
#include "support/error.h"

#include <stdio.h>

/* A sentence is looked at as if it stood in a section located for the item. */
static lacuna_status find_any_fact(const lac_fact **fact, lac_match *match, const lac_item *item,
                                   const lac_text_index *index, lacuna_error *err)
{
    *fact = NULL;
    uint32_t end = (uint32_t)lac_text_index_text(index).len;
    for (uint32_t i = 0; i < item->expect.fact_count && *fact == NULL; i++) {
        bool found;
        lacuna_status status =
            lac_fact_find(&found, match, &item->expect.facts[i], true, index, 0, end, err);
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

static void report_outcome(lac_lint *lint, const sentence *s, const lac_fact *fact, lac_match match)
{
    if (s->must_match && fact == NULL) {
        lac_lint_add(lint, true, s->list, s->item, s->where,
                     "test sentence gives no fact: \"%.140s\"", s->text);
    } else if (!s->must_match && fact != NULL) {
        uint32_t length = match.end - match.start;
        lac_lint_add(lint, true, s->list, s->item, s->where,
                     "innocent sentence gives the fact \"%.60s\" by \"%.*s\"", fact->name,
                     length > 100 ? 100 : (int)length, s->text + match.start);
    }
}

static void run_sentence(lac_lint *lint, const sentence *s)
{
    lacuna_error error;
    lac_error_clear(&error);
    lac_text_index *index = NULL;
    const lac_fact *fact = NULL;
    lac_match match = {0, 0};
    lacuna_status status = lac_text_index_new(&index, lac_span_of(s->text), &error);
    if (status == LACUNA_OK) {
        status = find_any_fact(&fact, &match, &s->list->items[s->item], index, &error);
    }
    if (status == LACUNA_E_NOMEM) {
        lint->status = lac_fail_nomem(lint->err);
    } else if (status != LACUNA_OK) {
        lac_lint_add(lint, true, s->list, s->item, s->where, "%.200s", error.message);
    } else {
        report_outcome(lint, s, fact, match);
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
