#include "analyzer/lint_internal.h"
#include "analyzer/terms_internal.h"

#include <stdio.h>

enum { MOST_GROUPS = 32 };

/* Reads an expression far enough to see its groups and repetitions. */
typedef struct scanner {
    const char *text;
    size_t at;
    bool repeats[MOST_GROUPS + 1]; /* an endless repetition stands in the open group */
    uint32_t depth;
} scanner;

static void skip_class(scanner *s)
{
    s->at++;
    if (s->text[s->at] == '^') {
        s->at++;
    }
    if (s->text[s->at] == ']') {
        s->at++;
    }
    while (s->text[s->at] != '\0' && s->text[s->at] != ']') {
        s->at += s->text[s->at] == '\\' && s->text[s->at + 1] != '\0' ? 2u : 1u;
    }
}

/* "*", "+" or "{n,}" at `at`: behind it, or NULL. */
static const char *behind_repetition(const char *at)
{
    if (*at == '*' || *at == '+') {
        return at + 1;
    }
    if (*at != '{') {
        return NULL;
    }
    const char *digits = at + 1 + strspn(at + 1, "0123456789");
    return digits > at + 1 && digits[0] == ',' && digits[1] == '}' ? digits + 2 : NULL;
}

/* An endless repetition that may be tried in many ways, which a possessive one ("++") is not. */
static bool repeats_endlessly(const char *at)
{
    const char *behind = behind_repetition(at);
    return behind != NULL && *behind != '+';
}

/* Closes a group; true where it repeats endlessly something that repeats endlessly. */
static bool close_group(scanner *s)
{
    bool inner = s->repeats[s->depth];
    bool outer = repeats_endlessly(s->text + s->at + 1);
    if (s->depth > 0) {
        s->depth--;
    }
    s->repeats[s->depth] = s->repeats[s->depth] || inner || outer;
    return inner && outer;
}

static void note_repetition(scanner *s)
{
    const char *behind = behind_repetition(s->text + s->at);
    if (behind == NULL) {
        return;
    }
    s->repeats[s->depth] = s->repeats[s->depth] || *behind != '+';
    /* The caller steps over the last character: the sign itself, or the "+" that makes it
     * possessive. */
    s->at = (size_t)(behind - s->text) - (*behind == '+' ? 0u : 1u);
}

/* (a+)+ is tried in exponentially many ways on text that does not match. */
static bool nests_repetitions(const char *source)
{
    scanner s = {.text = source};
    for (; s.text[s.at] != '\0'; s.at++) {
        char c = s.text[s.at];
        if (c == '\\' && s.text[s.at + 1] != '\0') {
            s.at++;
        } else if (c == '[') {
            skip_class(&s);
            if (s.text[s.at] == '\0') {
                return false;
            }
        } else if (c == '(' && s.depth < MOST_GROUPS) {
            s.repeats[++s.depth] = false;
        } else if (c == ')' && close_group(&s)) {
            return true;
        } else {
            note_repetition(&s);
        }
    }
    return false;
}

static void check_terms(lac_lint *lint, const lac_checklist *list, uint32_t item,
                        const lac_term *const *terms, uint32_t count, const char *where)
{
    for (uint32_t i = 0; i < count; i++) {
        if (terms[i]->regex != NULL && nests_repetitions(lac_term_source(terms[i]))) {
            lac_lint_add(lint, true, list, item, where,
                         "a repetition inside a repetition can take endless time; make the outer "
                         "one possessive, "
                         "(...)++: %.120s",
                         lac_term_source(terms[i]));
        }
    }
}

void lac_lint_expressions(lac_lint *lint, const lac_checklist *list)
{
    for (uint32_t i = 0; i < list->item_count; i++) {
        const lac_item *item = &list->items[i];
        check_terms(lint, list, i, item->condition.holds, item->condition.holds_count,
                    "/when/holds");
        check_terms(lint, list, i, item->condition.fails, item->condition.fails_count,
                    "/when/fails");
        check_terms(lint, list, i, item->expect.never, item->expect.never_count, "/expect/never");
        for (uint32_t f = 0; f < item->expect.fact_count; f++) {
            const lac_fact *fact = &item->expect.facts[f];
            char where[48];
            (void)snprintf(where, sizeof where, "/expect/facts/%u", f);
            check_terms(lint, list, i, fact->any, fact->any_count, where);
            check_terms(lint, list, i, fact->here, fact->here_count, where);
        }
    }
}
