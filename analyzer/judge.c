#include "analyzer/judge.h"

#include "analyzer/condition.h"
#include "analyzer/declared.h"
#include "analyzer/evidence.h"
#include "analyzer/language.h"
#include "analyzer/search.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/utf8.h"

#include <string.h>

enum {
    MAX_FACTS = 16,     /* evidence kept per item */
    DEFAULT_WORDS = 4,  /* a section with fewer words of content is not filled */
    THIN_WORDS = 12,    /* from here on a located section is content even without a known fact */
    FOREIGN_WORDS = 40, /* a section needs that many to be called foreign */
    MAX_LINES = 12,
};

/* Above this share of foreign words, what was not found may stand in them. */
static const double foreign_share_that_hides = 0.10;

/* What is gathered about one item while the rules are tried. */
typedef struct inquiry {
    const lac_judge *judge;
    const lac_item *item;
    const lac_location *location;
    lac_item_result *out;
    lacuna_error *err;
    bool in_section[MAX_FACTS]; /* fact found in a located section */
    bool anywhere[MAX_FACTS];   /* fact found there or elsewhere */
    uint32_t section_facts, all_facts;
    uint32_t words;     /* of content in the located sections */
    uint32_t leftovers; /* in the located sections */
    bool picture, table;
    lac_declaration declaration;
    uint32_t declared_at; /* section that declares */
} inquiry;

/* ---- writing the result --------------------------------------------------------------------- */

static lacuna_status add_evidence(inquiry *q, lac_evidence evidence)
{
    lac_item_result *out = q->out;
    if (out->evidence == NULL) {
        out->evidence = lac_arena_array(q->judge->arena, MAX_FACTS, sizeof *out->evidence);
        if (out->evidence == NULL) {
            return lac_fail_nomem(q->err);
        }
    }
    if (evidence.quote.len > 0 && out->evidence_count < MAX_FACTS) {
        out->evidence[out->evidence_count++] = evidence;
    }
    return LACUNA_OK;
}

static lacuna_status add_line(inquiry *q, const char ***lines, uint32_t *count, const char *text)
{
    if (*lines == NULL) {
        *lines = lac_arena_array(q->judge->arena, MAX_LINES, sizeof **lines);
    }
    char *copy = lac_arena_copy(q->judge->arena, lac_span_of(text));
    if (*lines == NULL || copy == NULL) {
        return lac_fail_nomem(q->err);
    }
    if (*count < MAX_LINES) {
        (*lines)[(*count)++] = copy;
    }
    return LACUNA_OK;
}

static lacuna_status decide(inquiry *q, lac_item_status status, const char *reason,
                            double confidence, const char *explanation)
{
    q->out->status = status;
    q->out->reason = reason;
    q->out->confidence = confidence;
    q->out->explanation = lac_arena_copy(q->judge->arena, lac_span_of(explanation));
    return q->out->explanation == NULL ? lac_fail_nomem(q->err) : LACUNA_OK;
}

/* "heading of section 6.4.8, line 212" style text for a section. */
static lacuna_status describe_section(const inquiry *q, lac_buf *text, uint32_t section)
{
    const lac_section *s = &q->judge->reading->document->sections[section];
    if (s->heading == LAC_NONE) {
        return lac_buf_append_text(text, "the text before the first heading");
    }
    lac_span title = lac_utf8_prefix(s->title, 80);
    return lac_buf_printf(text, "section \"%.*s%s%.*s\"", (int)s->number.len, s->number.ptr,
                          s->number.len > 0 ? " " : "", (int)title.len, title.ptr);
}

/* ---- gathering ------------------------------------------------------------------------------ */

static lac_scope body_of(const lac_reading *reading, uint32_t section)
{
    const lac_section *s = &reading->document->sections[section];
    uint32_t from = s->heading == LAC_NONE ? s->start : s->body;
    return (lac_scope){from < s->end ? from : s->end, s->end, true};
}

static lacuna_status find_fact_in_places(inquiry *q, uint32_t fact)
{
    const lac_reading *reading = q->judge->reading;
    for (uint32_t i = 0; i < q->location->place_count && !q->in_section[fact]; i++) {
        bool found;
        lac_match match;
        lacuna_status status =
            lac_search_fact(&found, &match, &q->item->expect.facts[fact], reading,
                            body_of(reading, q->location->places[i].section), q->err);
        if (status != LACUNA_OK) {
            return status;
        }
        if (found) {
            q->in_section[fact] = q->anywhere[fact] = true;
            q->section_facts++;
            q->all_facts++;
            status = add_evidence(q, lac_evidence_at(reading, match.start, match.end,
                                                     q->item->expect.facts[fact].name));
            if (status != LACUNA_OK) {
                return status;
            }
        }
    }
    return LACUNA_OK;
}

static lacuna_status find_fact_elsewhere(inquiry *q, uint32_t fact)
{
    bool found;
    lac_match match;
    const lac_reading *reading = q->judge->reading;
    lacuna_status status = lac_search_fact(&found, &match, &q->item->expect.facts[fact], reading,
                                           lac_scope_document(reading), q->err);
    if (status == LACUNA_OK && found) {
        q->anywhere[fact] = true;
        q->all_facts++;
        status = add_evidence(
            q, lac_evidence_at(reading, match.start, match.end, q->item->expect.facts[fact].name));
    }
    return status;
}

static uint32_t fact_count(const inquiry *q)
{
    return q->item->expect.fact_count < MAX_FACTS ? q->item->expect.fact_count : MAX_FACTS;
}

static lacuna_status find_facts(inquiry *q, lacuna_status (*find)(inquiry *, uint32_t),
                                const bool *known)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < fact_count(q) && status == LACUNA_OK; i++) {
        if (!known[i]) {
            status = find(q, i);
        }
    }
    return status;
}

static void note_blocks(inquiry *q, const lac_section *section)
{
    const lac_document *document = q->judge->reading->document;
    for (uint32_t i = section->first_block; i < section->end_block; i++) {
        q->picture |= (document->blocks[i].flags & LAC_BLOCK_PICTURE) != 0;
        q->table |= document->blocks[i].table != LAC_NONE;
    }
}

/* What the located sections hold: words, leftovers, pictures, and what they say of themselves. */
static void look_at_places(inquiry *q)
{
    const lac_reading *reading = q->judge->reading;
    for (uint32_t i = 0; i < q->location->place_count; i++) {
        uint32_t section = q->location->places[i].section;
        lac_scope body = body_of(reading, section);
        uint32_t first;
        q->words += lac_reading_words(reading, body.from, body.to);
        q->leftovers += lac_reading_leftovers(reading, body.from, body.to, &first);
        note_blocks(q, &reading->document->sections[section]);
        lac_declaration said =
            lac_read_declaration(lac_document_slice(reading->document, body.from, body.to));
        if (q->declaration == LAC_DECLARED_NOTHING && said != LAC_DECLARED_NOTHING) {
            q->declaration = said;
            q->declared_at = section;
        }
    }
}

static bool required_facts_found(const inquiry *q, const bool *found)
{
    for (uint32_t i = 0; i < fact_count(q); i++) {
        if (q->item->expect.facts[i].required && !found[i]) {
            return false;
        }
    }
    return true;
}

/* ---- what a report needs beside the status -------------------------------------------------- */

static lacuna_status list_needs(inquiry *q)
{
    const lac_item *item = q->item;
    lacuna_status status =
        add_line(q, &q->out->needs, &q->out->needs_count,
                 item->satisfied_by != NULL ? item->satisfied_by : item->requirement);
    for (uint32_t i = 0; i < fact_count(q) && status == LACUNA_OK; i++) {
        if (!q->anywhere[i]) {
            lac_buf text;
            lac_buf_init(&text, 1024);
            status = lac_buf_printf(&text, "not mentioned: %s", item->expect.facts[i].name);
            if (status == LACUNA_OK) {
                status = add_line(q, &q->out->needs, &q->out->needs_count, lac_buf_text(&text));
            }
            lac_buf_free(&text);
        }
    }
    return status;
}

static lacuna_status list_searched(inquiry *q)
{
    lac_buf text;
    lac_buf_init(&text, 4096);
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < q->location->place_count && status == LACUNA_OK; i++) {
        lac_buf_clear(&text);
        status = describe_section(q, &text, q->location->places[i].section);
        if (status == LACUNA_OK) {
            status = add_line(q, &q->out->searched, &q->out->searched_count, lac_buf_text(&text));
        }
    }
    lac_buf_clear(&text);
    if (status == LACUNA_OK) {
        status = lac_buf_printf(&text, "headings like \"%s\"", q->item->title);
    }
    for (uint32_t i = 0; i < q->item->alias_count && i < 4 && status == LACUNA_OK; i++) {
        status = lac_buf_printf(&text, ", \"%s\"", q->item->aliases[i]);
    }
    if (status == LACUNA_OK) {
        status = add_line(q, &q->out->searched, &q->out->searched_count, lac_buf_text(&text));
    }
    for (uint32_t i = 0; i < fact_count(q) && status == LACUNA_OK; i++) {
        const lac_fact *fact = &q->item->expect.facts[i];
        if (fact->any_count > 0) {
            lac_buf_clear(&text);
            status = lac_buf_printf(&text, "the whole document for %s (%u terms)", fact->name,
                                    fact->any_count);
            if (status == LACUNA_OK) {
                status =
                    add_line(q, &q->out->searched, &q->out->searched_count, lac_buf_text(&text));
            }
        }
    }
    lac_buf_free(&text);
    return status;
}

static lacuna_status list_nearest(inquiry *q)
{
    uint32_t count = q->location->nearest_count;
    q->out->nearest = lac_arena_array(q->judge->arena, count, sizeof *q->out->nearest);
    if (q->out->nearest == NULL) {
        return lac_fail_nomem(q->err);
    }
    for (uint32_t i = 0; i < count; i++) {
        const lac_place *place = &q->location->nearest[i];
        q->out->nearest[i] =
            (lac_candidate){place->section, place->score,
                            lac_anchor_section(q->judge->reading->document, place->section)};
    }
    q->out->nearest_count = count;
    return LACUNA_OK;
}

static lacuna_status explain_gap(inquiry *q)
{
    lacuna_status status = list_needs(q);
    if (status == LACUNA_OK) {
        status = list_searched(q);
    }
    return status == LACUNA_OK ? list_nearest(q) : status;
}

/* ---- the rules ------------------------------------------------------------------------------ */

static double place_confidence(const inquiry *q)
{
    return q->location->place_count == 0 ? 0.6 : q->location->places[0].score;
}

/* Words the item forbids ("waive any legal rights"). */
static lacuna_status judge_never(inquiry *q, bool *decided)
{
    const lac_expectation *expect = &q->item->expect;
    *decided = false;
    if (expect->never_count == 0) {
        return LACUNA_OK;
    }
    bool found;
    lac_match match;
    lacuna_status status =
        lac_search_terms(&found, &match, expect->never, expect->never_count, q->judge->reading,
                         lac_scope_document(q->judge->reading), q->err);
    if (status == LACUNA_OK && found) {
        *decided = true;
        q->out->evidence_count = 0;
        status = add_evidence(q, lac_evidence_at(q->judge->reading, match.start, match.end,
                                                 "wording that must not occur"));
        if (status == LACUNA_OK) {
            status = list_needs(q);
        }
        return status == LACUNA_OK ? decide(q, LAC_CONTRADICTS, "contradicts/prohibited-wording",
                                            0.8, "The document has wording that must not occur.")
                                   : status;
    }
    if (status == LACUNA_OK && expect->fact_count == 0) {
        *decided = true;
        status = decide(q, LAC_MET, "met/nothing-prohibited-found", 0.7,
                        "No prohibited wording was found with the terms searched.");
        return status == LACUNA_OK ? list_searched(q) : status;
    }
    return status;
}

static bool is_foreign(const inquiry *q, lac_span text)
{
    lac_language_guess guess = lac_guess_language(text);
    if (guess.words < FOREIGN_WORDS || guess.code[0] == '\0') {
        return false;
    }
    for (uint32_t i = 0; i < q->judge->checklist->language_count; i++) {
        if (strcmp(guess.code, q->judge->checklist->languages[i]) == 0) {
            return false;
        }
    }
    return true;
}

/* A located section written in a language the terms cannot read. */
static bool places_are_foreign(const inquiry *q)
{
    const lac_reading *reading = q->judge->reading;
    for (uint32_t i = 0; i < q->location->place_count; i++) {
        lac_scope body = body_of(reading, q->location->places[i].section);
        if (is_foreign(q, lac_document_slice(reading->document, body.from, body.to))) {
            return true;
        }
    }
    return false;
}

static lacuna_status not_evaluated_language(inquiry *q)
{
    lacuna_status status = explain_gap(q);
    return status != LACUNA_OK ? status
                               : decide(q, LAC_NOT_EVALUATED, "not-evaluated/language", 1.0,
                                        "Text in a language this checklist has no terms for; a "
                                        "person has to read it.");
}

static lacuna_status judge_partial(inquiry *q, const char *reason, const char *explanation)
{
    lacuna_status status = explain_gap(q);
    return status == LACUNA_OK ? decide(q, LAC_PARTIAL, reason, place_confidence(q), explanation)
                               : status;
}

static lacuna_status judge_missing(inquiry *q, const char *reason, const char *explanation)
{
    if (q->judge->foreign_share >= foreign_share_that_hides) {
        return not_evaluated_language(q);
    }
    lacuna_status status = explain_gap(q);
    return status == LACUNA_OK ? decide(q, LAC_MISSING, reason,
                                        q->location->place_count > 0 ? 0.9 : 0.7, explanation)
                               : status;
}

/* The sections located for the item have content: judge by the facts they mention. */
static lacuna_status judge_located_content(inquiry *q)
{
    const lac_expectation *expect = &q->item->expect;
    bool required = required_facts_found(q, q->in_section);
    if (q->section_facts >= expect->at_least && required) {
        return decide(q, LAC_MET, "met", place_confidence(q),
                      "The section mentions what is asked.");
    }
    if ((expect->table && q->table) || (expect->picture && q->picture)) {
        return decide(q, LAC_MET, expect->table && q->table ? "met/table" : "met/picture", 0.6,
                      "The section holds a table or picture; its content was not judged.");
    }
    lacuna_status status = find_facts(q, find_fact_elsewhere, q->anywhere);
    if (status != LACUNA_OK) {
        return status;
    }
    if (q->all_facts >= expect->at_least && required_facts_found(q, q->anywhere) &&
        q->section_facts > 0) {
        return decide(q, LAC_MET, "met/partly-elsewhere", 0.8 * place_confidence(q),
                      "The section mentions a part; the rest stands elsewhere in the document.");
    }
    if (q->all_facts >= expect->at_least_elsewhere && expect->at_least_elsewhere > 0 &&
        required_facts_found(q, q->anywhere) && !expect->heading_required) {
        return decide(q, LAC_MET, "met/elsewhere", 0.6,
                      "Addressed elsewhere in the document; confirm.");
    }
    return judge_partial(q, "partial/thin",
                         "The section is there; not everything that is asked is mentioned.");
}

static lacuna_status judge_elsewhere(inquiry *q, bool *decided)
{
    const lac_expectation *expect = &q->item->expect;
    *decided = false;
    lacuna_status status = find_facts(q, find_fact_elsewhere, q->anywhere);
    if (status != LACUNA_OK || q->all_facts == 0 || expect->heading_required) {
        return status;
    }
    *decided = true;
    if (q->all_facts >= expect->at_least_elsewhere && required_facts_found(q, q->anywhere)) {
        return decide(q, LAC_MET, "met/elsewhere", 0.6,
                      "No section of its own; addressed elsewhere in the document, confirm.");
    }
    return judge_partial(q, "partial/elsewhere",
                         "No section of its own; a part of what is asked is mentioned elsewhere.");
}

static lacuna_status evidence_of_heading(inquiry *q, uint32_t section)
{
    return add_evidence(q, lac_evidence_heading(q->judge->reading, section));
}

/* What a section without content says about itself. */
static lacuna_status judge_declaration(inquiry *q, bool *decided)
{
    const lac_reading *reading = q->judge->reading;
    *decided = q->declaration != LAC_DECLARED_NOTHING;
    if (!*decided) {
        return LACUNA_OK;
    }
    lac_scope body = body_of(reading, q->declared_at);
    uint32_t from = body.from;
    while (from < body.to && strchr(" \t\n", reading->document->text.ptr[from]) != NULL) {
        from++;
    }
    lacuna_status status = add_evidence(q, lac_evidence_at(reading, from, from + 1, "declaration"));
    if (status != LACUNA_OK) {
        return status;
    }
    switch (q->declaration) {
    case LAC_DECLARED_NOT_APPLICABLE_REASONED:
        if (!q->item->never_not_applicable) {
            return decide(q, LAC_NOT_APPLICABLE, "not-applicable/declared-with-reason", 0.9,
                          "The section says that it does not apply, and why.");
        }
        return judge_missing(
            q, "missing/cannot-be-not-applicable",
            "The section says \"not applicable\", which cannot address this item.");
    case LAC_DECLARED_NOT_APPLICABLE:
        if (q->item->never_not_applicable || q->item->authority == LAC_AUTHORITY_LAW) {
            return judge_partial(q, "partial/not-applicable-unjustified",
                                 "The section says \"not applicable\" without a reason.");
        }
        return decide(q, LAC_NOT_APPLICABLE, "not-applicable/declared", 0.7,
                      "The section says that it does not apply; no reason is given.");
    case LAC_DECLARED_UNDEFINED:
        return judge_missing(q, "missing/undefined",
                             "The section only says that the content is not defined.");
    case LAC_DECLARED_REFERS_ELSEWHERE:
        status = explain_gap(q);
        return status != LACUNA_OK
                   ? status
                   : decide(q, LAC_NOT_EVALUATED, "not-evaluated/refers-elsewhere", 0.8,
                            "The section refers to a document that is not here.");
    case LAC_DECLARED_REFERS_INSIDE:
        return judge_partial(q, "partial/refers-inside",
                             "The section refers to another one, where the content was not found.");
    case LAC_DECLARED_NOTHING:
        break;
    }
    return LACUNA_OK;
}

/* A located section without content of its own. */
static lacuna_status judge_empty_section(inquiry *q)
{
    lacuna_status status = evidence_of_heading(q, q->location->places[0].section);
    if (status != LACUNA_OK) {
        return status;
    }
    if (q->leftovers > 0) {
        return judge_missing(q, "missing/placeholder",
                             "The section holds only placeholders or instructions.");
    }
    if (q->picture) {
        return judge_partial(q, "partial/picture-not-read",
                             "The section holds only a picture, which was not read.");
    }
    return judge_missing(q, "missing/empty-section", "The heading is there, without content.");
}

/* Nothing found: the condition says whether anything had to be. */
static lacuna_status judge_absent(inquiry *q)
{
    const lac_item *item = q->item;
    lac_condition_answer answer = {.truth = LAC_TRUTH_TRUE};
    if (item->condition.kind != LAC_CONDITION_NONE) {
        lacuna_status status =
            lac_condition_decide(&answer, &item->condition, q->judge->reading, q->err);
        if (status == LACUNA_OK && answer.shown) {
            status = add_evidence(q, lac_evidence_at(q->judge->reading, answer.match.start,
                                                     answer.match.end, "condition"));
        }
        if (status != LACUNA_OK) {
            return status;
        }
    }
    if (answer.truth == LAC_TRUTH_FALSE) {
        return decide(q, LAC_NOT_APPLICABLE, "not-applicable/condition-false", 0.8,
                      "The condition of the item does not hold for this document.");
    }
    bool unknown = answer.truth == LAC_TRUTH_UNKNOWN;
    if (unknown || item->condition.kind == LAC_CONDITION_DISCRETION) {
        lacuna_status status = explain_gap(q);
        if (status != LACUNA_OK) {
            return status;
        }
        if (item->strength == LAC_STRENGTH_MUST && unknown) {
            return decide(q, LAC_NOT_EVALUATED, "not-evaluated/condition-unknown", 1.0,
                          "Whether the condition of the item holds could not be decided.");
        }
        return decide(q, LAC_NOT_APPLICABLE, "not-applicable/condition-not-evident", 0.6,
                      "Nothing in the document shows that the condition of the item holds.");
    }
    return judge_missing(q, "missing/not-found",
                         "Neither a section for it nor its content was found.");
}

static bool is_filled(const inquiry *q)
{
    const lac_expectation *expect = &q->item->expect;
    uint32_t least = expect->words > 0 ? expect->words : DEFAULT_WORDS;
    return q->words >= least || (expect->picture && q->picture);
}

/* A heading that only resembles the item's is not enough: one of the facts has to stand there. */
static void drop_unconfirmed(inquiry *q)
{
    if (q->location->place_count > 0 && !q->location->places[0].firm && q->section_facts == 0) {
        static const lac_location nowhere;
        q->location = &nowhere;
    }
}

static lacuna_status judge_rules(inquiry *q)
{
    bool decided = false;
    lacuna_status status = judge_never(q, &decided);
    if (status != LACUNA_OK || decided) {
        return status;
    }
    if (places_are_foreign(q)) {
        return not_evaluated_language(q);
    }
    status = find_facts(q, find_fact_in_places, q->in_section);
    if (status != LACUNA_OK) {
        return status;
    }
    drop_unconfirmed(q);
    look_at_places(q);
    bool located = q->location->place_count > 0;
    if (located && q->declaration == LAC_DECLARED_NOTHING && is_filled(q) &&
        (q->section_facts > 0 || q->words >= THIN_WORDS || q->picture || q->table)) {
        return judge_located_content(q);
    }
    status = judge_elsewhere(q, &decided);
    if (status != LACUNA_OK || (decided && q->out->status == LAC_MET)) {
        return status;
    }
    bool declared = false;
    if (located) {
        status = judge_declaration(q, &declared);
        if (status == LACUNA_OK && !declared && !decided) {
            return judge_empty_section(q);
        }
    }
    if (status != LACUNA_OK || declared || decided) {
        return status;
    }
    return judge_absent(q);
}

lacuna_status lac_judge_item(lac_item_result *out, const lac_judge *judge, uint32_t item,
                             lacuna_error *err)
{
    *out = (lac_item_result){.item = &judge->checklist->items[item]};
    inquiry q = {.judge = judge,
                 .item = out->item,
                 .location = &judge->locations->items[item],
                 .out = out,
                 .err = err};
    if (out->item->decider == LAC_DECIDER_PERSON) {
        return decide(&q, LAC_NOT_EVALUATED, "not-evaluated/person", 1.0,
                      "Only a person can decide this item.");
    }
    return judge_rules(&q);
}
