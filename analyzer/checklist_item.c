#include "analyzer/checklist_read.h"

enum {
    DEFAULT_WORDS = 4, /* README: least words before a located section counts as filled */
    MOST_WORDS = 10000,
    MOST_FACTS = 64,
};

static const char *const item_keys[] = {"id",          "section",
                                        "parent",      "documents",
                                        "same_as",     "title",
                                        "aliases",     "numbers",
                                        "requirement", "satisfied_by",
                                        "citation",    "source",
                                        "confidence",  "authority",
                                        "strength",    "severity",
                                        "when",        "where",
                                        "expect",      "elsewhere",
                                        "decided_by",  "never_not_applicable",
                                        "tests",       "replaces",
                                        NULL};
static const char *const when_keys[] = {"kind", "text", "holds", "fails", "profile", "facts", NULL};
static const char *const expect_keys[] = {
    "facts", "at_least",   "at_least_elsewhere", "never",      "table", "picture",    "contents",
    "words", "fixed_text", "heading_required",   "facts_only", "under", "background", NULL};
static const char *const fact_keys[] = {"name", "any", "here", "required", "title", NULL};
static const char *const test_keys[] = {"match", "innocent", NULL};

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

static bool is_id(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    size_t first = strspn(text, letters);
    size_t length = strlen(text);
    if (first == 0 || length > 64) {
        return false;
    }
    for (size_t i = first; i < length; i++) {
        if (strchr(letters, text[i]) == NULL && strchr("._-", text[i]) == NULL) {
            return false;
        }
    }
    return true;
}

static void read_condition(lac_pack_reader *r, lac_condition *condition, const json_t *json)
{
    size_t mark = lac_pack_enter(r, "when");
    if (lac_pack_object(r, json, when_keys)) {
        int kind = lac_pack_choice(r, json, "kind", lac_condition_names, LAC_CONDITION_COUNT, -1);
        condition->kind = kind < 0 ? LAC_CONDITION_DISCRETION : (lac_condition_kind)(kind + 1);
        condition->text = or_empty(lac_pack_string(r, json, "text", true));
        condition->holds = lac_pack_terms(r, json, "holds", true, &condition->holds_count);
        condition->fails = lac_pack_terms(r, json, "fails", false, &condition->fails_count);
        lac_checklist_read_profile(r, &condition->profile, json_object_get(json, "profile"));
        lac_checklist_read_cases(r, condition, json_object_get(json, "facts"));
    }
    lac_pack_leave(r, mark);
}

static bool only_exclusions(const lac_term *const *terms, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!lac_term_is_exclusion(terms[i])) {
            return false;
        }
    }
    return true;
}

static void read_fact(lac_pack_reader *r, lac_fact *fact, const json_t *json)
{
    fact->name = "";
    if (!lac_pack_object(r, json, fact_keys)) {
        return;
    }
    uint32_t before = r->problems;
    fact->name = or_empty(lac_pack_string(r, json, "name", true));
    fact->any = lac_pack_terms(r, json, "any", true, &fact->any_count);
    fact->here = lac_pack_terms(r, json, "here", true, &fact->here_count);
    fact->required = lac_pack_bool(r, json, "required");
    fact->title = lac_pack_bool(r, json, "title");
    if (fact->title && fact->here_count > 0) {
        lac_pack_problem(r, "\"here\" is for sections, and the fact is looked for in the title");
    }
    if (r->problems == before && only_exclusions(fact->any, fact->any_count) &&
        only_exclusions(fact->here, fact->here_count)) {
        lac_pack_problem(r, "the fact has no term that could find it");
    }
}

static void read_facts(lac_pack_reader *r, lac_expectation *expect, const json_t *json)
{
    const json_t *array = lac_pack_array(r, json, "facts");
    size_t count = json_array_size(array);
    size_t mark = lac_pack_enter(r, "facts");
    if (count > MOST_FACTS) {
        lac_pack_problem(r, "%zu facts; at most %d", count, MOST_FACTS);
        count = MOST_FACTS;
    }
    lac_fact *facts = lac_arena_array(r->arena, count, sizeof *facts);
    r->out_of_memory = r->out_of_memory || facts == NULL;
    for (size_t i = 0; i < count && facts != NULL; i++) {
        size_t inner = lac_pack_enter_index(r, i);
        read_fact(r, &facts[i], json_array_get(array, i));
        lac_pack_leave(r, inner);
        expect->fact_count++;
    }
    expect->facts = facts;
    lac_pack_leave(r, mark);
}

static void read_counts(lac_pack_reader *r, lac_expectation *expect, const json_t *json)
{
    uint32_t all = expect->fact_count;
    expect->at_least = all;
    if (all > 0) {
        expect->at_least = lac_pack_number(r, json, "at_least", 1, all, all);
        expect->at_least_elsewhere =
            lac_pack_number(r, json, "at_least_elsewhere", 1, all, expect->at_least);
    } else if (json_object_get(json, "at_least") != NULL ||
               json_object_get(json, "at_least_elsewhere") != NULL) {
        lac_pack_problem(r, "\"at_least\" without facts");
    }
}

static bool has_looser_terms(const lac_expectation *expect)
{
    for (uint32_t i = 0; i < expect->fact_count; i++) {
        if (expect->facts[i].here_count > 0) {
            return true;
        }
    }
    return false;
}

static void read_expectation(lac_pack_reader *r, lac_expectation *expect, const json_t *json)
{
    size_t mark = lac_pack_enter(r, "expect");
    if (lac_pack_object(r, json, expect_keys)) {
        read_facts(r, expect, json);
        read_counts(r, expect, json);
        expect->never = lac_pack_terms(r, json, "never", false, &expect->never_count);
        expect->table = lac_pack_bool(r, json, "table");
        expect->picture = lac_pack_bool(r, json, "picture");
        expect->contents = lac_pack_bool(r, json, "contents");
        expect->words = lac_pack_number(r, json, "words", 1, MOST_WORDS, DEFAULT_WORDS);
        expect->fixed_text = lac_pack_string(r, json, "fixed_text", false);
        expect->heading_required = lac_pack_bool(r, json, "heading_required");
        expect->under = lac_pack_terms(r, json, "under", false, &expect->under_count);
        expect->facts_only = lac_pack_bool(r, json, "facts_only");
        expect->background = lac_pack_bool(r, json, "background");
        if (expect->under_count > 0 && !has_looser_terms(expect)) {
            lac_pack_problem(r, "\"under\" without a fact that has \"here\"");
        }
        if (expect->facts_only && expect->fact_count == 0) {
            lac_pack_problem(r, "\"facts_only\" without facts");
        }
    }
    lac_pack_leave(r, mark);
}

static void read_tests(lac_pack_reader *r, lac_item *item, const json_t *json)
{
    size_t mark = lac_pack_enter(r, "tests");
    if (lac_pack_object(r, json, test_keys)) {
        item->match = lac_pack_strings(r, json, "match", &item->match_count);
        item->innocent = lac_pack_strings(r, json, "innocent", &item->innocent_count);
    }
    lac_pack_leave(r, mark);
}

/* Severity that follows from what kind of rule it is; README "severity". */
static lac_severity derive_severity(const lac_item *item)
{
    if (item->strength == LAC_STRENGTH_STRUCTURAL) {
        return LAC_SEVERITY_INFO;
    }
    bool binding = item->authority == LAC_AUTHORITY_LAW && item->strength == LAC_STRENGTH_MUST;
    return binding && item->confidence != LAC_CONFIDENCE_MEMORY ? LAC_SEVERITY_MAJOR
                                                                : LAC_SEVERITY_MINOR;
}

static void read_severity(lac_pack_reader *r, lac_item *item, const json_t *json)
{
    lac_severity derived = derive_severity(item);
    item->severity = (lac_severity)lac_pack_choice(r, json, "severity", lac_severity_names,
                                                   LAC_SEVERITY_COUNT, (int)derived);
    if (item->confidence == LAC_CONFIDENCE_MEMORY && item->severity > LAC_SEVERITY_MINOR) {
        lac_pack_problem(r, "confidence is memory, so severity is at most minor");
        item->severity = LAC_SEVERITY_MINOR;
    }
    if (item->strength == LAC_STRENGTH_STRUCTURAL && item->severity != LAC_SEVERITY_INFO) {
        lac_pack_problem(r, "a structural item has severity info");
        item->severity = LAC_SEVERITY_INFO;
    }
}

static void read_standing(lac_pack_reader *r, lac_item *item, const json_t *json)
{
    int authority =
        lac_pack_choice(r, json, "authority", lac_authority_names, LAC_AUTHORITY_COUNT, -1);
    int strength = lac_pack_choice(r, json, "strength", lac_strength_names, LAC_STRENGTH_COUNT, -1);
    int confidence =
        lac_pack_choice(r, json, "confidence", lac_confidence_names, LAC_CONFIDENCE_COUNT, -1);
    item->authority = authority < 0 ? LAC_AUTHORITY_PRACTICE : (lac_authority)authority;
    item->strength = strength < 0 ? LAC_STRENGTH_MAY : (lac_strength)strength;
    item->confidence = confidence < 0 ? LAC_CONFIDENCE_MEMORY : (lac_confidence)confidence;
    item->decider = (lac_decider)lac_pack_choice(r, json, "decided_by", lac_decider_names,
                                                 LAC_DECIDER_COUNT, LAC_DECIDER_RULE);
    if (item->citation == NULL && confidence >= 0 && item->confidence != LAC_CONFIDENCE_MEMORY) {
        size_t mark = lac_pack_enter(r, "citation");
        lac_pack_problem(r, "without a citation, confidence must be memory");
        lac_pack_leave(r, mark);
    }
    read_severity(r, item, json);
}

/* The guidance's own number votes together with the further ones. */
static void read_numbers(lac_pack_reader *r, lac_item *item, const json_t *json)
{
    uint32_t count;
    const char *const *further = lac_pack_strings(r, json, "numbers", &count);
    uint32_t own = item->section[0] != '\0' ? 1 : 0;
    const char **all = lac_arena_array(r->arena, (size_t)count + own, sizeof *all);
    if (all == NULL) {
        r->out_of_memory = true;
        return;
    }
    if (own != 0) {
        all[0] = item->section;
    }
    for (uint32_t i = 0; i < count; i++) {
        all[own + i] = further[i];
    }
    item->numbers = all;
    item->number_count = count + own;
}

static void read_identity(lac_pack_reader *r, lac_item *item, const char **parent_id,
                          const json_t *json)
{
    item->id = or_empty(lac_pack_string(r, json, "id", true));
    r->item = item->id;
    if (item->id[0] != '\0' && !is_id(item->id)) {
        lac_pack_problem(r, "id: letters, digits, '.', '-' and '_' only, at most 64");
    }
    *parent_id = lac_pack_string(r, json, "parent", false);
    item->section = or_empty(lac_pack_string(r, json, "section", false));
    item->title = or_empty(lac_pack_string(r, json, "title", true));
    item->document_types = lac_pack_strings(r, json, "documents", &item->document_type_count);
    item->same_as = lac_pack_strings(r, json, "same_as", &item->same_as_count);
    item->replaces = lac_pack_strings(r, json, "replaces", &item->replace_count);
    item->aliases = lac_pack_strings(r, json, "aliases", &item->alias_count);
    read_numbers(r, item, json);
    item->requirement = or_empty(lac_pack_string(r, json, "requirement", true));
    item->satisfied_by = lac_pack_string(r, json, "satisfied_by", false);
    item->citation = lac_pack_string(r, json, "citation", false);
    item->source = lac_pack_string(r, json, "source", false);
    item->elsewhere = lac_pack_strings(r, json, "elsewhere", &item->elsewhere_count);
    item->never_not_applicable = lac_pack_bool(r, json, "never_not_applicable");
}

static void set_harmless(lac_item *item)
{
    item->id = item->section = item->title = item->requirement = "";
    item->parent = item->first_child = UINT32_MAX;
    item->strength = LAC_STRENGTH_MAY;
    item->expect.words = DEFAULT_WORDS;
}

void lac_checklist_read_item(lac_pack_reader *r, lac_item *item, const char **parent_id,
                             const json_t *json)
{
    set_harmless(item);
    *parent_id = NULL;
    r->item = "";
    if (!json_is_object(json)) {
        lac_pack_problem(r, "must be an object");
        return;
    }
    read_identity(r, item, parent_id, json);
    (void)lac_pack_object(r, json, item_keys);
    read_standing(r, item, json);
    const json_t *when = json_object_get(json, "when");
    const json_t *expect = json_object_get(json, "expect");
    const json_t *tests = json_object_get(json, "tests");
    lac_checklist_read_filing(r, &item->filing, json_object_get(json, "where"));
    if (when != NULL) {
        read_condition(r, &item->condition, when);
    }
    if (expect != NULL) {
        read_expectation(r, &item->expect, expect);
    }
    if (tests != NULL) {
        read_tests(r, item, tests);
    }
    r->item = "";
}
