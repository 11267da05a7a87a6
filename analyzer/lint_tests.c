#include "analyzer/lint_internal.h"
#include "analyzer/pack_trial.h"
#include "support/error.h"

#include <stdio.h>

typedef struct sentence {
    const lac_checklist *list;
    uint32_t item;
    const char *text;
    const char *where;
    bool must_match;
} sentence;

static int shown_length(lac_match match)
{
    uint32_t length = match.end - match.start;
    return length > 100 ? 100 : (int)length;
}

static void report_found(lac_lint *lint, const sentence *s, const lac_trial *trial)
{
    bool strict = !trial->passed;
    lac_lint_add(lint, strict, s->list, s->item, s->where,
                 strict ? "innocent sentence gives the fact \"%.60s\" by \"%.*s\""
                        : "innocent sentence would give the fact \"%.60s\" inside a section of the "
                          "item, by \"%.*s\"",
                 trial->fact->name, shown_length(trial->match), s->text + trial->match.start);
}

static void report_forbidden(lac_lint *lint, const sentence *s, const lac_trial *trial)
{
    lac_lint_add(lint, true, s->list, s->item, s->where,
                 "test sentence contradicts the item: \"%.*s\" must never occur",
                 shown_length(trial->never_match), s->text + trial->never_match.start);
}

static void report(lac_lint *lint, const sentence *s, const lac_trial *trial)
{
    if (!s->must_match && trial->fact != NULL) {
        report_found(lint, s, trial);
    } else if (trial->passed) {
        return;
    } else if (trial->forbidden) {
        report_forbidden(lint, s, trial);
    } else {
        lac_lint_add(lint, true, s->list, s->item, s->where,
                     trial->only_forbids ? "test sentence has nothing forbidden: \"%.140s\""
                                         : "test sentence gives no fact: \"%.140s\"",
                     s->text);
    }
}

static void run_sentence(lac_lint *lint, const sentence *s)
{
    lacuna_error error;
    lac_trial trial;
    lac_error_clear(&error);
    lacuna_status status =
        lac_trial_run(&trial, &s->list->items[s->item], s->text, s->must_match, &error);
    if (status == LACUNA_OK) {
        report(lint, s, &trial);
    } else if (status == LACUNA_E_NOMEM) {
        lint->status = lac_fail_nomem(lint->err);
    } else {
        lac_lint_add(lint, true, s->list, s->item, s->where, "%.200s", error.message);
    }
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
