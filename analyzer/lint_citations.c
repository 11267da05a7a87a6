/* Citations an assessor can look up: the law and the ICH guidelines by paragraph, other sources by
 * name. */
#include "analyzer/lint_internal.h"
#include "analyzer/regex_code.h"
#include "support/error.h"

#include <string.h>

/* Paragraph marks: (a), (3), (iv), (A), (bb). */
#define MARKS "(?:\\([a-z]{1,5}\\)|\\(\\d{1,3}\\)|\\([A-Z]{1,2}\\))"
#define LAW_PLACE "(?:\\d+[A-Z]{0,2}(?:-\\d+)?[a-z]?(?:\\.\\d+)?" MARKS "*)"
/* "314.50(d)(5)(v), (vi)", "312.23(a)(1)-(3)", "812.30, 812.35 and 812.36". */
#define PLACES(one) one "(?:(?:, ?| and | or | to |-)(?:" one "|" MARKS "+))*"
#define REMARK "(?: \\([^()]*(?:\\([^()]*\\)[^()]*)*\\)| as cited in [\\w ]+| introductory text)?"
#define CFR_PLACE \
    "(?:(?:\\d+ CFR )?(?:part )?\\d{1,4}(?:\\.\\d+)?(?:/\\d+)?" MARKS "*(?: \\([a-z ]+\\))?)"
#define ICH_NAME "(?:[EMQS]\\d+[A-Z]?(?:\\(R\\d\\))?)"
#define ICH_PLACE                                                         \
    "(?:(?:section |Annex |Appendix |Template section |Template |Q&A ?)?" \
    "[A-Z]?\\d*(?:\\.(?:[A-Z]|\\d+))*" MARKS "*)"

enum { SOURCES = 3 };

/* What a part of a citation may look like, by how it begins. */
static const struct {
    const char *begins, *whole, *example;
} forms[SOURCES] = {
    {"\\d+ (?:CFR|USC|FR)\\b|FD&C\\b",
     "(?:\\d+ CFR " PLACES(CFR_PLACE) "|(?:\\d+ (?:USC|FR)|FD&C(?: Act)?) (?:section )?" PLACES(
         LAW_PLACE) ")(?: subparts? [A-Z](?:(?:, | and )[A-Z])*)?" REMARK,
     "21 CFR 312.23(a)(3)(iv)"},
    {"ICH\\b",
     "ICH " ICH_NAME "(?: and " ICH_NAME ")*(?:(?: |, |,? and |-)" ICH_PLACE ")*"
     "(?: (?:draft|glossary|preamble|step \\d))?" REMARK,
     "ICH E3 9.7"},
    {NULL, NULL, NULL},
};

/* Other sources go by name: what follows the name is not a grammar anybody agreed on. */
static const char named[] =
    "^(?:FDA|MAPP|SPIRIT|CONSORT|WHO|ISO|IEC|EU|EMA|GVP|NIH|PDUFA|CRL|RTA|RTR|RTF|DMF|Form FDA|"
    "Cybersecurity guidance|Software guidance|Data Standards Catalog|Directive|Regulation|"
    "Declaration of Helsinki|Common Rule)\\b";

static bool matches(const char *pattern, lac_span text, bool whole, bool *trouble)
{
    int error;
    PCRE2_SIZE offset;
    uint32_t options = PCRE2_ANCHORED | (whole ? PCRE2_ENDANCHORED : 0);
    lac_regex_code *code = lac_regex_code_new(lac_span_of(pattern), options, &error, &offset);
    pcre2_match_data *data = code == NULL ? NULL : pcre2_match_data_create(1, NULL);
    *trouble = *trouble || data == NULL;
    bool found = data != NULL && pcre2_match(lac_regex_code_pcre2(code), (PCRE2_SPTR)text.ptr,
                                             text.len, 0, 0, data, NULL) >= 0;
    pcre2_match_data_free(data);
    lac_regex_code_free(code);
    return found;
}

/* Words before the source that do not change what is cited. */
static lac_span without_lead(lac_span text)
{
    static const char *const leads[] = {"for an IND ", "proposed ", "see "};
    for (size_t i = 0; i < sizeof leads / sizeof leads[0]; i++) {
        size_t n = strlen(leads[i]);
        if (lac_span_starts_nocase(text, leads[i])) {
            text = lac_span_make(text.ptr + n, text.len - n);
        }
    }
    return text;
}

static bool balanced(lac_span text)
{
    int depth = 0;
    for (size_t i = 0; i < text.len && depth >= 0; i++) {
        depth += text.ptr[i] == '(' ? 1 : text.ptr[i] == ')' ? -1 : 0;
    }
    return depth == 0;
}

typedef struct citation {
    lac_lint *lint;
    const lac_checklist *list;
    uint32_t item;
    bool trouble;
} citation;

static void check_part(citation *c, lac_span part, bool first)
{
    int shown = part.len > 120 ? 120 : (int)part.len;
    lac_span text = without_lead(part);
    for (size_t f = 0; forms[f].begins != NULL; f++) {
        if (matches(forms[f].begins, text, false, &c->trouble)) {
            if (!matches(forms[f].whole, text, true, &c->trouble)) {
                lac_lint_add(c->lint, true, c->list, c->item, "/citation",
                             "\"%.*s\" cannot be looked up; write it as %s", shown, part.ptr,
                             forms[f].example);
            }
            return;
        }
    }
    /* Behind a semicolon the source may go on: "314.50(d)(1)" or "E6(R2) 6.4.8". */
    bool goes_on = !first && (matches(CFR_PLACE, text, true, &c->trouble) ||
                              matches("(?:" PLACES(CFR_PLACE) "|" PLACES(
                                          LAW_PLACE) "|" ICH_NAME "(?: " ICH_PLACE ")*)" REMARK,
                                      text, true, &c->trouble));
    bool practice = c->list->items[c->item].authority == LAC_AUTHORITY_PRACTICE;
    if (!balanced(text)) {
        lac_lint_add(c->lint, true, c->list, c->item, "/citation",
                     "\"%.*s\": a bracket without its other half", shown, part.ptr);
    } else if (!goes_on && !practice && !matches(named, text, false, &c->trouble)) {
        lac_lint_add(c->lint, false, c->list, c->item, "/citation",
                     "\"%.*s\" names no source that is known: a regulation, a guidance, a standard",
                     shown, part.ptr);
    }
}

/* Parts stand between semicolons outside of brackets. */
static void check_citation(citation *c, lac_span text)
{
    size_t start = 0;
    int depth = 0;
    for (size_t i = 0; i <= text.len; i++) {
        char sign = i < text.len ? text.ptr[i] : ';';
        depth += sign == '(' ? 1 : sign == ')' ? -1 : 0;
        if (sign == ';' && (depth <= 0 || i == text.len)) {
            check_part(c, lac_span_trim(lac_span_make(text.ptr + start, i - start)), start == 0);
            start = i + 1;
        }
    }
}

void lac_lint_citations(lac_lint *lint, const lac_checklist *list)
{
    for (uint32_t i = 0; i < list->item_count && lint->status == LACUNA_OK; i++) {
        citation c = {lint, list, i, false};
        if (list->items[i].citation != NULL) {
            check_citation(&c, lac_span_of(list->items[i].citation));
        }
        if (c.trouble && lint->status == LACUNA_OK) {
            lint->status = lac_fail_nomem(lint->err);
        }
    }
}
