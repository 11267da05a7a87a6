#include "analyzer/fold_word.h"
#include "analyzer/lint_internal.h"
#include "analyzer/terms_internal.h"
#include "analyzer/words.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdio.h>

enum {
    LONGEST_REQUIREMENT = 400, /* longer ones are copied, not said in own words */
    SHORTEST_PREFIX = 4,
};

/* Words that stand in nearly every document of the field: alone they are no fact. Folded. */
static const char *const common_words[] = {
    "participant", "trial",     "protocol",  "data",       "safety",  "dose",      "drug",
    "risk",        "sponsor",   "treatment", "analysis",   "section", "date",      "investigator",
    "clinical",    "medical",   "procedure", "assessment", "report",  "result",    "product",
    "information", "document",  "day",       "week",       "time",    "visit",     "number",
    "population",  "method",    "event",     "efficacy",   "design",  "objective", "endpoint",
    "site",        "plan",      "review",    "summary",    "name",    "title",     "table",
    "include",     "describe",  "require",   "provide",    "use",     "group",     "test",
    "change",      "reference", "appendix",  "criterion",  "effect",  "response",  "disease",
    "baseline",    "period",    "schedule",  "measure",
};

/* A term of one exact word or prefix; alternatives and expressions are not. */
static const lac_term_word *single_word(const lac_term *term)
{
    return term->regex == NULL && term->word_count == 1 ? &term->words[0] : NULL;
}

static bool is_common(const lac_term_word *word)
{
    for (size_t i = 0; i < sizeof common_words / sizeof common_words[0]; i++) {
        lac_span common = lac_span_of(common_words[i]);
        if (word->prefix ? common.len >= word->spelled.len &&
                               memcmp(common.ptr, word->spelled.ptr, word->spelled.len) == 0
                         : lac_span_equal(word->folded, common)) {
            return true;
        }
    }
    return word->prefix && lac_fold_is_group(word->folded);
}

static void check_strictness(lac_lint *lint, const lac_checklist *list, uint32_t item,
                             uint32_t fact_index)
{
    const lac_fact *fact = &list->items[item].expect.facts[fact_index];
    for (uint32_t i = 0; i < fact->any_count; i++) {
        const lac_term_word *word = single_word(fact->any[i]);
        if (word == NULL || lac_term_is_exclusion(fact->any[i])) {
            continue;
        }
        char where[64];
        (void)snprintf(where, sizeof where, "/expect/facts/%u/any/%u", fact_index, i);
        if (is_common(word)) {
            lac_lint_add(lint, false, list, item, where,
                         "\"%.60s\" is too common to mean the fact anywhere; put it into here",
                         lac_term_source(fact->any[i]));
        } else if (word->prefix && word->raw.len < SHORTEST_PREFIX) {
            lac_lint_add(lint, false, list, item, where, "\"%.60s\" is a very short prefix",
                         lac_term_source(fact->any[i]));
        }
    }
}

static uint32_t facts_found_anywhere(const lac_expectation *expect)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < expect->fact_count; i++) {
        for (uint32_t t = 0; t < expect->facts[i].any_count; t++) {
            if (!lac_term_is_exclusion(expect->facts[i].any[t])) {
                count++;
                break;
            }
        }
    }
    return count;
}

static void check_reach(lac_lint *lint, const lac_checklist *list, uint32_t i)
{
    const lac_expectation *expect = &list->items[i].expect;
    uint32_t anywhere = facts_found_anywhere(expect);
    if (expect->heading_required || expect->at_least_elsewhere <= anywhere) {
        return;
    }
    lac_lint_add(lint, false, list, i, "/expect",
                 "outside its section it needs %u facts, and only %u have terms in any: it can "
                 "never be addressed elsewhere",
                 expect->at_least_elsewhere, anywhere);
}

static void check_fact_names(lac_lint *lint, const lac_checklist *list, uint32_t item)
{
    const lac_expectation *expect = &list->items[item].expect;
    for (uint32_t i = 0; i < expect->fact_count; i++) {
        for (uint32_t j = 0; j < i; j++) {
            if (strcmp(expect->facts[i].name, expect->facts[j].name) == 0) {
                char where[48];
                (void)snprintf(where, sizeof where, "/expect/facts/%u/name", i);
                lac_lint_add(lint, true, list, item, where, "the fact \"%.60s\" is named twice",
                             expect->facts[i].name);
            }
        }
    }
}

static void check_expectation(lac_lint *lint, const lac_checklist *list, uint32_t i)
{
    const lac_item *item = &list->items[i];
    bool container = item->strength == LAC_STRENGTH_STRUCTURAL;
    bool has_content = item->expect.fact_count > 0 || item->expect.fixed_text != NULL ||
                       item->expect.never_count > 0;
    if (container && item->expect.fact_count > 0) {
        lac_lint_add(lint, false, list, i, "/expect",
                     "facts of a structural item are not looked at: its children decide");
    }
    if (container || item->decider == LAC_DECIDER_PERSON) {
        return;
    }
    bool filed = item->filing.heading_count > 0 || item->filing.inside != NULL;
    if (!has_content && filed) {
        return; /* of a submission: what is filed under its heading answers it */
    }
    if (!has_content) {
        lac_lint_add(lint, false, list, i, "",
                     "no facts: any text under a heading like its title will meet it");
    } else if (item->match_count == 0 || item->innocent_count == 0) {
        lac_lint_add(lint, false, list, i, "", "no %s sentences in tests",
                     item->match_count == 0 ? "match" : "innocent");
    }
    if (item->expect.fact_count > 0) {
        check_reach(lint, list, i);
    }
}

/* Folded words with a space between: two headings that read alike have the same form. */
static lacuna_status fold_heading(lac_buf *out, const char *heading)
{
    lac_words words;
    lac_words_init(&words, lac_span_of(heading));
    lac_buf_clear(out);
    lacuna_status status = LACUNA_OK;
    while (status == LACUNA_OK && lac_words_next(&words)) {
        char folded[LAC_WORD_BYTES + LAC_FOLD_EXTRA];
        size_t length = lac_fold_lower(folded, sizeof folded, lac_words_lower(&words));
        status = lac_buf_append(out, folded, length);
        if (status == LACUNA_OK) {
            status = lac_buf_append_char(out, ' ');
        }
    }
    return status;
}

static bool same_heading(lac_lint *lint, const char *a, const char *b)
{
    lac_buf left;
    lac_buf right;
    lac_buf_init(&left, 1 << 16);
    lac_buf_init(&right, 1 << 16);
    bool same = false;
    lacuna_status status = fold_heading(&left, a);
    if (status == LACUNA_OK) {
        status = fold_heading(&right, b);
    }
    if (status == LACUNA_OK) {
        same = left.len > 0 && lac_span_equal(lac_buf_span(&left), lac_buf_span(&right));
    } else if (status == LACUNA_E_NOMEM) {
        lint->status = lac_fail_nomem(lint->err);
    }
    lac_buf_free(&left);
    lac_buf_free(&right);
    return same;
}

/* Items that no document asks for together cannot claim each other's headings. */
static bool share_a_type(const lac_item *a, const lac_item *b)
{
    bool shared = a->document_type_count == 0 || b->document_type_count == 0;
    for (uint32_t i = 0; i < a->document_type_count && !shared; i++) {
        for (uint32_t k = 0; k < b->document_type_count && !shared; k++) {
            shared = strcmp(a->document_types[i], b->document_types[k]) == 0;
        }
    }
    return shared;
}

static void check_alias(lac_lint *lint, const lac_checklist *list, uint32_t i, uint32_t alias)
{
    const lac_item *item = &list->items[i];
    const char *text = item->aliases[alias];
    char where[32];
    (void)snprintf(where, sizeof where, "/aliases/%u", alias);
    if (same_heading(lint, text, item->title)) {
        lac_lint_add(lint, false, list, i, where, "the alias \"%.80s\" reads like the title", text);
    }
    for (uint32_t k = 0; k < alias; k++) {
        if (same_heading(lint, text, item->aliases[k])) {
            lac_lint_add(lint, false, list, i, where, "the alias \"%.80s\" reads like \"%.80s\"",
                         text, item->aliases[k]);
        }
    }
    for (uint32_t j = 0; j < list->item_count; j++) {
        const lac_item *other = &list->items[j];
        if (j == i || other->parent != item->parent || !share_a_type(item, other)) {
            continue;
        }
        if (same_heading(lint, text, other->title)) {
            lac_lint_add(lint, true, list, i, where,
                         "the alias \"%.80s\" is the title of its "
                         "sibling %.64s",
                         text, other->id);
        }
        for (uint32_t k = 0; j < i && k < other->alias_count; k++) {
            if (same_heading(lint, text, other->aliases[k])) {
                lac_lint_add(lint, true, list, i, where,
                             "the alias \"%.80s\" belongs to its sibling %.64s too", text,
                             other->id);
            }
        }
    }
}

static void check_texts(lac_lint *lint, const lac_checklist *list, uint32_t i)
{
    const lac_item *item = &list->items[i];
    size_t length = strlen(item->requirement);
    if (length > LONGEST_REQUIREMENT) {
        lac_lint_add(lint, false, list, i, "/requirement",
                     "%zu bytes; at most %d: say it in one sentence of your own", length,
                     LONGEST_REQUIREMENT);
    }
    for (uint32_t a = 0; a < item->alias_count; a++) {
        check_alias(lint, list, i, a);
    }
}

void lac_lint_items(lac_lint *lint, const lac_checklist *list)
{
    lint->report->items = list->item_count;
    for (uint32_t i = 0; i < list->item_count && lint->status == LACUNA_OK; i++) {
        check_texts(lint, list, i);
        check_expectation(lint, list, i);
        check_fact_names(lint, list, i);
        lint->report->facts += list->items[i].expect.fact_count;
        for (uint32_t f = 0; f < list->items[i].expect.fact_count; f++) {
            check_strictness(lint, list, i, f);
        }
    }
}
