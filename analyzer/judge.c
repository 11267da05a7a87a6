#include "analyzer/evidence.h"
#include "analyzer/fixed_text.h"
#include "analyzer/inquiry.h"
#include "analyzer/judge_condition.h"
#include "analyzer/judge_content.h"
#include "analyzer/judge_reference.h"
#include "analyzer/typed_contents.h"

#include <string.h>

enum {
    DEFAULT_WORDS = 4, /* a section with fewer words of content is not filled */
    THIN_WORDS = 12,   /* from here on a located section is content even without a known fact */
};

/* Above this share of foreign words, what was not found may stand in them. */
static const double foreign_share_that_hides = 0.10;

static double place_confidence(const lac_inquiry *q)
{
    return q->location.place_count == 0 ? 0.6 : q->location.places[0].score;
}

/* Words the item forbids ("waive any legal rights"). */
static lacuna_status judge_never(lac_inquiry *q, bool *decided)
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
        status = lac_add_evidence(q, lac_evidence_at(q->judge->reading, match.start, match.end,
                                                     "wording that must not occur"));
        if (status == LACUNA_OK) {
            status = lac_list_needs(q);
        }
        return status == LACUNA_OK
                   ? lac_decide(q, LAC_CONTRADICTS, "contradicts/prohibited-wording", 0.8,
                                "The document has wording that must not occur.")
                   : status;
    }
    if (status == LACUNA_OK && expect->fact_count == 0) {
        *decided = true;
        status = lac_decide(q, LAC_MET, "met/nothing-prohibited-found", 0.7,
                            "No prohibited wording was found with the terms searched.");
        return status == LACUNA_OK ? lac_list_searched(q) : status;
    }
    return status;
}

/* A located section, or one below it, is written in a language the terms cannot read. */
static bool places_are_foreign(const lac_inquiry *q)
{
    const lac_document *document = q->judge->reading->document;
    for (uint32_t i = 0; i < q->location.place_count && q->judge->foreign != NULL; i++) {
        const lac_section *place = &document->sections[q->location.places[i].section];
        for (uint32_t s = q->location.places[i].section;
             s < document->section_count && document->sections[s].start < place->end; s++) {
            if (q->judge->foreign[s]) {
                return true;
            }
        }
    }
    return false;
}

static lacuna_status not_evaluated_language(lac_inquiry *q)
{
    lacuna_status status = lac_explain_gap(q);
    return status != LACUNA_OK ? status
                               : lac_decide(q, LAC_NOT_EVALUATED, "not-evaluated/language", 1.0,
                                            "Text in a language this checklist has no terms for; a "
                                            "person has to read it.");
}

static lacuna_status judge_partial(lac_inquiry *q, const char *reason, const char *explanation)
{
    lacuna_status status = lac_explain_gap(q);
    return status == LACUNA_OK
               ? lac_decide(q, LAC_PARTIAL, reason, place_confidence(q), explanation)
               : status;
}

static lacuna_status judge_missing(lac_inquiry *q, const char *reason, const char *explanation)
{
    if (q->judge->foreign_share >= foreign_share_that_hides) {
        return not_evaluated_language(q);
    }
    lacuna_status status = lac_explain_gap(q);
    return status == LACUNA_OK ? lac_decide(q, LAC_MISSING, reason,
                                            q->location.place_count > 0 ? 0.9 : 0.7, explanation)
                               : status;
}

/* The strict terms alone make the item, wherever they stand. */
static bool addressed_elsewhere(const lac_inquiry *q)
{
    const lac_expectation *expect = &q->item->expect;
    return !expect->heading_required && q->strict_facts > 0 &&
           q->strict_facts >= expect->at_least_elsewhere &&
           lac_required_facts_found(q, q->strictly);
}

/* The sections located for the item have content: judge by the facts they mention. */
static lacuna_status judge_located_content(lac_inquiry *q)
{
    const lac_expectation *expect = &q->item->expect;
    bool required = lac_required_facts_found(q, q->in_section);
    if (q->section_facts >= expect->at_least && required) {
        return lac_decide(q, LAC_MET, "met", place_confidence(q),
                          "The section mentions what is asked.");
    }
    if ((expect->table && q->table) || (expect->picture && q->picture)) {
        return lac_decide(q, LAC_MET, expect->table && q->table ? "met/table" : "met/picture", 0.6,
                          "The section holds a table or picture; its content was not judged.");
    }
    lacuna_status status = lac_inquire_elsewhere(q);
    if (status != LACUNA_OK) {
        return status;
    }
    if (q->all_facts >= expect->at_least && lac_required_facts_found(q, q->anywhere) &&
        q->section_facts > 0) {
        return lac_decide(
            q, LAC_MET, "met/partly-elsewhere", 0.8 * place_confidence(q),
            "The section mentions a part; the rest stands elsewhere in the document.");
    }
    if (addressed_elsewhere(q)) {
        return lac_decide(q, LAC_MET, "met/elsewhere", 0.6,
                          "Addressed elsewhere in the document; confirm.");
    }
    bool decided;
    status = lac_follow_reference(&decided, q);
    /* A word of the sentence that refers is no content: all that was found stands in it. */
    if (status == LACUNA_OK && !decided && q->all_facts <= q->section_facts) {
        status = lac_decide_refers_elsewhere(&decided, q);
    }
    return status != LACUNA_OK || decided
               ? status
               : judge_partial(q, "partial/thin",
                               "The section is there; not everything that is asked is mentioned.");
}

/* One stray fact is no part of an answer where the item is clearly not asked. */
static lacuna_status decide_where_not_asked(bool *asked, lac_inquiry *q)
{
    lac_condition_answer answer;
    uint32_t facts = q->out->evidence_count;
    *asked = true;
    lacuna_status status = lac_ask_condition(&answer, q);
    if (status != LACUNA_OK || answer.truth != LAC_TRUTH_FALSE) {
        q->out->evidence_count = facts; /* what shows that it is asked is not the answer */
        return status;
    }
    *asked = false;
    for (uint32_t i = facts; i < q->out->evidence_count; i++) {
        q->out->evidence[i - facts] = q->out->evidence[i];
    }
    q->out->evidence_count -= facts;
    return lac_decide_not_asked(q, &answer);
}

static lacuna_status judge_elsewhere(lac_inquiry *q, bool *decided)
{
    const lac_expectation *expect = &q->item->expect;
    *decided = false;
    lacuna_status status = lac_inquire_elsewhere(q);
    if (status != LACUNA_OK || q->strict_facts == 0 || expect->heading_required) {
        return status;
    }
    *decided = true;
    if (addressed_elsewhere(q)) {
        return lac_decide(q, LAC_MET, "met/elsewhere", 0.6,
                          "No section of its own; addressed elsewhere in the document, confirm.");
    }
    bool asked;
    status = decide_where_not_asked(&asked, q);
    return status != LACUNA_OK || !asked
               ? status
               : judge_partial(
                     q, "partial/elsewhere",
                     "No section of its own; a part of what is asked is mentioned elsewhere.");
}

static lacuna_status evidence_of_heading(lac_inquiry *q, uint32_t section)
{
    return lac_add_evidence(q, lac_evidence_heading(q->judge->reading, section));
}

/* What a section without content says about itself. */
static lacuna_status judge_declaration(lac_inquiry *q, bool *decided)
{
    const lac_reading *reading = q->judge->reading;
    *decided = q->declaration != LAC_DECLARED_NOTHING;
    if (!*decided) {
        return LACUNA_OK;
    }
    lac_scope body = lac_section_body(reading, q->declared_at);
    uint32_t from = body.from;
    while (from < body.to && strchr(" \t\n", reading->document->text.ptr[from]) != NULL) {
        from++;
    }
    lacuna_status status =
        lac_add_evidence(q, lac_evidence_at(reading, from, from + 1, "declaration"));
    if (status != LACUNA_OK) {
        return status;
    }
    switch (q->declaration) {
    case LAC_DECLARED_NOT_APPLICABLE_REASONED:
        if (!q->item->never_not_applicable) {
            return lac_decide(q, LAC_NOT_APPLICABLE, "not-applicable/declared-with-reason", 0.9,
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
        return lac_decide(q, LAC_NOT_APPLICABLE, "not-applicable/declared", 0.7,
                          "The section says that it does not apply; no reason is given.");
    case LAC_DECLARED_UNDEFINED:
        return judge_missing(q, "missing/undefined",
                             "The section only says that the content is not defined.");
    case LAC_DECLARED_REFERS_ELSEWHERE:
        return lac_decide_refers_elsewhere(decided, q);
    case LAC_DECLARED_REFERS_INSIDE:
        return judge_partial(q, "partial/refers-inside",
                             "The section refers to another one, where the content was not found.");
    case LAC_DECLARED_NOTHING:
        break;
    }
    return LACUNA_OK;
}

/* A section that says it does not apply, while the document addresses the item elsewhere, disagrees
 * with itself: a person has to settle it. */
static lacuna_status judge_not_applicable(lac_inquiry *q)
{
    lacuna_status status = lac_inquire_elsewhere(q);
    if (status != LACUNA_OK) {
        return status;
    }
    if (addressed_elsewhere(q)) {
        return judge_partial(q, "partial/mentioned-though-not-applicable",
                             "Its section says \"not applicable\", yet the document mentions it "
                             "elsewhere.");
    }
    bool decided;
    q->out->evidence_count = 0;
    return judge_declaration(q, &decided);
}

/* A located section without content of its own. */
static lacuna_status judge_empty_section(lac_inquiry *q)
{
    lacuna_status status = evidence_of_heading(q, q->location.places[0].section);
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
static lacuna_status judge_absent(lac_inquiry *q)
{
    lac_condition_answer answer;
    lacuna_status status = lac_ask_condition(&answer, q);
    if (status != LACUNA_OK) {
        return status;
    }
    if (answer.truth == LAC_TRUTH_FALSE) {
        return lac_decide_not_asked(q, &answer);
    }
    if (answer.truth == LAC_TRUTH_UNKNOWN || q->item->condition.kind == LAC_CONDITION_DISCRETION) {
        return lac_decide_condition_open(q, &answer);
    }
    if (q->blank.score > 0) {
        q->location.places[0] = q->blank;
        q->location.place_count = 1;
        lac_inquire_content(q);
        return judge_empty_section(q);
    }
    return judge_missing(q, "missing/not-found",
                         "Neither a section for it nor its content was found.");
}

static uint32_t find_contents(const lac_document *document)
{
    for (uint32_t i = 0; i < document->block_count; i++) {
        const lac_block *block = &document->blocks[i];
        if ((block->flags & LAC_BLOCK_TOC) != 0 && block->length > 0) {
            return i;
        }
    }
    return lac_find_typed_contents(document);
}

/* A table of contents is recognised by what it is, and never read as content. */
static lacuna_status judge_contents(lac_inquiry *q, bool *decided)
{
    const lac_reading *reading = q->judge->reading;
    uint32_t at = q->item->expect.contents ? find_contents(reading->document) : LAC_NONE;
    *decided = at != LAC_NONE;
    if (!*decided) {
        return LACUNA_OK;
    }
    const lac_block *block = &reading->document->blocks[at];
    lacuna_status status =
        lac_add_evidence(q, lac_evidence_at(reading, block->start, block->start + block->length,
                                            "table of contents"));
    return status != LACUNA_OK ? status
                               : lac_decide(q, LAC_MET, "met/contents-list", 0.9,
                                            "The document has a table of contents.");
}

/* Prescribed words stand there, or they do not; what only resembles them is partial. */
static lacuna_status judge_fixed_text(lac_inquiry *q, bool *decided)
{
    const lac_reading *reading = q->judge->reading;
    lac_fixed_match match;
    *decided = q->item->expect.fixed_text != NULL;
    if (!*decided) {
        return LACUNA_OK;
    }
    lac_span text = lac_document_slice(reading->document, 0, reading->document->reference_length);
    lacuna_status status = lac_fixed_text_find(&match, text, q->item->expect.fixed_text, q->err);
    if (status == LACUNA_OK && match.found) {
        status = lac_add_evidence(
            q, lac_evidence_at(reading, match.start, match.end, "prescribed wording"));
        return status != LACUNA_OK ? status
                                   : lac_decide(q, LAC_MET, "met/prescribed-wording", 0.95,
                                                "The prescribed words are there.");
    }
    if (status == LACUNA_OK) {
        status = lac_inquire_elsewhere(q);
    }
    if (status == LACUNA_OK && q->strict_facts > 0) {
        return judge_partial(q, "partial/wording-differs",
                             "Something like it is there, but not the prescribed words.");
    }
    *decided = false;
    return status;
}

static bool is_filled(const lac_inquiry *q)
{
    const lac_expectation *expect = &q->item->expect;
    uint32_t least = expect->words > 0 ? expect->words : DEFAULT_WORDS;
    return q->words >= least || (expect->picture && q->picture);
}

/* The heading is the item's own, so a few words below it are its content. */
static bool is_named(const lac_inquiry *q)
{
    static const double exact_title = 0.95;
    return q->location.places[0].firm && q->location.places[0].title >= exact_title;
}

/* What stands in the located sections is an answer to the item, whole or in part. */
static bool has_content(const lac_inquiry *q)
{
    const lac_expectation *expect = &q->item->expect;
    bool holder = (expect->table && q->table) || (expect->picture && q->picture);
    if (q->section_facts == 0 && expect->facts_only && !holder) {
        return false;
    }
    return is_filled(q) && (q->section_facts > 0 || is_named(q) || q->words >= THIN_WORDS ||
                            q->picture || q->table);
}

/* A section whose heading only resembles the item's, and which says something of it, is one of the
 * places elsewhere: what has to stand there to make the item is more. */
static bool has_own_place(const lac_inquiry *q)
{
    for (uint32_t i = 0; i < q->location.place_count; i++) {
        if (q->location.places[i].firm) {
            return true;
        }
    }
    return false;
}

static lacuna_status judge_rules(lac_inquiry *q)
{
    bool decided = false;
    lacuna_status status = judge_never(q, &decided);
    if (status != LACUNA_OK || decided) {
        return status;
    }
    status = judge_contents(q, &decided);
    if (status != LACUNA_OK || decided) {
        return status;
    }
    status = judge_fixed_text(q, &decided);
    if (status != LACUNA_OK || decided) {
        return status;
    }
    if (places_are_foreign(q)) {
        return not_evaluated_language(q);
    }
    status = lac_inquire_places(q);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_drop_unconfirmed_places(q);
    lac_inquire_content(q);
    bool located = q->location.place_count > 0;
    if (located && q->location.places[0].firm && q->leftovers > 0 &&
        (q->unfinished || !is_filled(q))) {
        return judge_empty_section(q);
    }
    if (located && has_own_place(q) && q->declaration == LAC_DECLARED_NOTHING && has_content(q)) {
        return judge_located_content(q);
    }
    bool declares = q->declaration == LAC_DECLARED_NOT_APPLICABLE ||
                    q->declaration == LAC_DECLARED_NOT_APPLICABLE_REASONED;
    if (located && declares) {
        return judge_not_applicable(q);
    }
    if (located && q->declaration == LAC_DECLARED_REFERS_INSIDE) {
        status = lac_follow_reference(&decided, q);
        if (status != LACUNA_OK || decided) {
            return status;
        }
    }
    status = judge_elsewhere(q, &decided);
    if (status != LACUNA_OK || (decided && q->out->status != LAC_PARTIAL)) {
        return status;
    }
    bool by_content = false;
    if (!located || !has_own_place(q)) {
        status = lac_judge_by_content(&by_content, q);
    }
    if (status != LACUNA_OK || by_content) {
        return status;
    }
    bool declared = false;
    if (located) {
        status = judge_declaration(q, &declared);
        if (status == LACUNA_OK && !declared && !decided && q->item->expect.facts_only &&
            is_filled(q)) {
            return judge_missing(
                q, "missing/not-mentioned",
                "A section for it is there, but it does not mention what is asked.");
        }
        if (status == LACUNA_OK && !declared && !decided) {
            return judge_empty_section(q);
        }
    }
    return status != LACUNA_OK || declared || decided ? status : judge_absent(q);
}

lacuna_status lac_judge_item(lac_item_result *out, const lac_judge *judge, uint32_t item,
                             lacuna_error *err)
{
    *out = (lac_item_result){.item = &judge->checklist->items[item]};
    lac_inquiry q = {.judge = judge,
                     .item = out->item,
                     .location = judge->locations->items[item],
                     .out = out,
                     .err = err};
    if (out->item->left_out != NULL) {
        return lac_decide(&q, LAC_NOT_APPLICABLE, "not-applicable/tailored", 1.0,
                          out->item->left_out);
    }
    if (!lac_item_serves(judge->checklist, out->item, judge->document_type)) {
        return lac_decide(&q, LAC_NOT_APPLICABLE, "not-applicable/document-type", 0.9,
                          "The item is for another type of document.");
    }
    if (out->item->decider == LAC_DECIDER_PERSON) {
        return lac_decide(&q, LAC_NOT_EVALUATED, "not-evaluated/person", 1.0,
                          "Only a person can decide this item.");
    }
    lacuna_status status = judge_rules(&q);
    if (status == LACUNA_OK) {
        status = lac_respect_told_condition(&q);
    }
    return status == LACUNA_OK ? lac_list_located(&q) : status;
}
