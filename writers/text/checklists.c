#include "writers/text/checklists.h"

#include "analyzer/guidance_status.h"

#include <string.h>

enum { INDENT = 2, ITEM_INDENT = 4, FACT_INDENT = 6, DEEPEST = 8 };

static void write_texts(lac_page *page, uint32_t indent, const char *label,
                        const char *const *texts, uint32_t count)
{
    if (count == 0) {
        return;
    }
    lac_page_begin_labelled(page, indent, label);
    for (uint32_t i = 0; i < count; i++) {
        lac_page_text(page, LAC_INK_PLAIN, i == 0 ? "" : "; ");
        lac_page_text(page, LAC_INK_PLAIN, texts[i]);
    }
    lac_page_end(page);
}

static void write_field(lac_page *page, uint32_t indent, const char *label, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        lac_page_labelled(page, indent, label, lac_span_of(text));
    }
}

static void write_superseded(lac_page *page, const lac_checklist *checklist)
{
    if (checklist->superseded_by != NULL && checklist->superseded_by[0] != '\0') {
        lac_page_begin_labelled(page, INDENT, "superseded");
        lac_page_text(page, LAC_INK_WARN, "by ");
        lac_page_text(page, LAC_INK_WARN, checklist->superseded_by);
        lac_page_end(page);
    }
}

static void write_period(lac_page *page, const lac_in_force *period)
{
    lac_page_begin_labelled(page, INDENT, "in force");
    lac_page_text(page, LAC_INK_PLAIN, strcmp(period->region, "us") == 0 ? "US" : "EU");
    lac_page_text(page, LAC_INK_PLAIN, " from ");
    lac_page_text(page, LAC_INK_PLAIN, period->effective);
    if (period->superseded != NULL) {
        lac_page_text(page, LAC_INK_WARN, ", superseded on ");
        lac_page_text(page, LAC_INK_WARN, period->superseded);
    }
    lac_page_end(page);
}

static void write_state(lac_page *page, const lac_guidance_status *state)
{
    lac_page_begin_labelled(page, INDENT, "state");
    lac_page_text(page, LAC_INK_PLAIN, state->title);
    lac_page_text(page, LAC_INK_PLAIN, ": ");
    lac_page_text(page, LAC_INK_PLAIN, state->version);
    lac_page_text(page, LAC_INK_PLAIN, ", ");
    lac_page_text(page, LAC_INK_PLAIN, state->status);
    if (state->pending != NULL) {
        lac_page_text(page, LAC_INK_PLAIN, "; pending: ");
        lac_page_text(page, LAC_INK_PLAIN, state->pending);
    }
    lac_page_text(page, LAC_INK_FAINT, " (looked up ");
    lac_page_text(page, LAC_INK_FAINT, state->looked_up);
    lac_page_text(page, LAC_INK_FAINT, ", ");
    lac_page_text(page, LAC_INK_FAINT, state->confidence);
    lac_page_text(page, LAC_INK_FAINT, ")");
    lac_page_end(page);
}

/* Where and since when it applies, and what is known of the guidances behind it. */
static lacuna_status write_age(lac_page *page, const lac_checklist *checklist, lacuna_error *err)
{
    lac_arena arena;
    lac_arena_init(&arena);
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < checklist->in_force_count; i++) {
        write_period(page, &checklist->in_force[i]);
    }
    for (uint32_t i = 0; i < checklist->source_count && status == LACUNA_OK; i++) {
        lac_guidance_status state;
        bool found;
        status = lac_guidance_status_find(&state, &found, &arena, checklist->sources[i], err);
        if (status == LACUNA_OK && found) {
            write_state(page, &state);
        }
    }
    write_field(page, INDENT, "review by", checklist->review_by);
    lac_arena_free(&arena);
    return status;
}

/* ---- one checklist -------------------------------------------------------------------------- */

static void write_head(lac_page *page, const lac_checklist *checklist)
{
    lac_page_begin(page, 0, INDENT);
    lac_page_text(page, LAC_INK_STRONG, checklist->title);
    lac_page_text(page, LAC_INK_FAINT, " [");
    lac_page_text(page, LAC_INK_FAINT, checklist->id);
    lac_page_text(page, LAC_INK_FAINT, " ");
    lac_page_text(page, LAC_INK_FAINT, checklist->version);
    lac_page_text(page, LAC_INK_FAINT, "]");
    lac_page_end(page);
    write_field(page, INDENT, "authority", checklist->authority_name);
    write_field(page, INDENT, "guidance", checklist->guidance_version);
    write_field(page, INDENT, "status", checklist->guidance_status);
    write_field(page, INDENT, "effective", checklist->effective);
    write_field(page, INDENT, "supersedes", checklist->supersedes);
    write_superseded(page, checklist);
    write_texts(page, INDENT, "documents", checklist->document_types,
                checklist->document_type_count);
    write_texts(page, INDENT, "languages", checklist->languages, checklist->language_count);
    write_field(page, INDENT, "digest", checklist->digest.hex);
    write_field(page, INDENT, "note", checklist->note);
}

static uint32_t depth_of(const lac_checklist *checklist, const lac_item *item)
{
    uint32_t depth = 0;
    while (item->parent < checklist->item_count && depth < DEEPEST) {
        item = &checklist->items[item->parent];
        depth++;
    }
    return depth;
}

static void write_item_line(lac_page *page, const lac_checklist *checklist, const lac_item *item)
{
    uint32_t indent = INDENT + 2 * depth_of(checklist, item);
    bool structural = item->strength == LAC_STRENGTH_STRUCTURAL;
    lac_page_begin(page, indent, indent + 2);
    if (item->section != NULL && item->section[0] != '\0') {
        lac_page_text(page, LAC_INK_PLAIN, item->section);
        lac_page_text(page, LAC_INK_PLAIN, " ");
    }
    lac_page_text(page, structural ? LAC_INK_STRONG : LAC_INK_PLAIN, item->title);
    lac_page_text(page, LAC_INK_FAINT, " [");
    lac_page_text(page, LAC_INK_FAINT, item->id);
    lac_page_text(page, LAC_INK_FAINT, "]");
    if (!structural) {
        lac_page_text(page, LAC_INK_PLAIN, " ");
        lac_page_text(page, LAC_INK_PLAIN, lac_severity_name(item->severity));
    }
    if (item->condition.kind != LAC_CONDITION_NONE && item->condition.text != NULL) {
        lac_page_text(page, LAC_INK_FAINT, ", if ");
        lac_page_text(page, LAC_INK_FAINT, item->condition.text);
    }
    lac_page_end(page);
}

lacuna_status lac_text_checklist(const lac_checklist *checklist, const lac_text_style *style,
                                 lacuna_write_fn write, void *user, lacuna_error *err)
{
    lac_output output;
    lac_page page;
    lac_output_init(&output, write, user);
    lac_page_init(&page, &output, style);
    write_head(&page, checklist);
    lacuna_status status = write_age(&page, checklist, err);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_page_blank(&page);
    for (uint32_t i = 0; i < checklist->item_count; i++) {
        write_item_line(&page, checklist, &checklist->items[i]);
    }
    return lac_output_finish(&output, err);
}

/* ---- one item ------------------------------------------------------------------------------- */

static void write_terms(lac_page *page, uint32_t indent, const char *label,
                        const lac_term *const *terms, uint32_t count)
{
    if (count == 0) {
        return;
    }
    lac_page_begin_labelled(page, indent, label);
    for (uint32_t i = 0; i < count; i++) {
        lac_page_text(page, LAC_INK_PLAIN, i == 0 ? "" : " | ");
        lac_page_text(page, LAC_INK_PLAIN, lac_term_source(terms[i]));
    }
    lac_page_end(page);
}

static void write_heading(lac_page *page, const char *text)
{
    lac_page_blank(page);
    lac_page_begin(page, INDENT, INDENT);
    lac_page_text(page, LAC_INK_STRONG, text);
    lac_page_end(page);
}

static const char *confidence_sentence(lac_confidence confidence)
{
    switch (confidence) {
    case LAC_CONFIDENCE_VERIFIED:
        return "verified: the official text, or a faithful copy of this very item, was read";
    case LAC_CONFIDENCE_SECONDARY:
        return "secondary: confirmed against a third party's rendering";
    case LAC_CONFIDENCE_MEMORY:
        break;
    }
    return "from memory: not verified against the source; at most minor";
}

static void write_asked(lac_page *page, const lac_checklist *checklist, const lac_item *item)
{
    lac_page_begin(page, 0, INDENT);
    lac_page_text(page, LAC_INK_STRONG, item->title);
    lac_page_text(page, LAC_INK_FAINT, " [");
    lac_page_text(page, LAC_INK_FAINT, item->id);
    lac_page_text(page, LAC_INK_FAINT, "]");
    lac_page_end(page);
    write_field(page, INDENT, "asks for", item->requirement);
    write_field(page, INDENT, "satisfied", item->satisfied_by);
    write_field(page, INDENT, "asked by",
                item->citation == NULL ? "no source can be named" : item->citation);
    write_field(page, INDENT, "source", item->source);
    lac_page_begin_labelled(page, INDENT, "confidence");
    lac_page_text(page, item->confidence == LAC_CONFIDENCE_MEMORY ? LAC_INK_WARN : LAC_INK_PLAIN,
                  confidence_sentence(item->confidence));
    lac_page_end(page);
    lac_page_labelled_two(page, INDENT, "checklist", lac_span_of(checklist->id), "");
    write_field(page, INDENT, "guidance", checklist->guidance_version);
    write_field(page, INDENT, "status", checklist->guidance_status);
    write_superseded(page, checklist);
}

static void write_weight(lac_page *page, const lac_checklist *checklist, const lac_item *item)
{
    lac_page_begin_labelled(page, INDENT, "weight");
    lac_page_text(page, LAC_INK_PLAIN, lac_severity_name(item->severity));
    lac_page_text(page, LAC_INK_PLAIN, " (");
    lac_page_text(page, LAC_INK_PLAIN, lac_authority_name(item->authority));
    lac_page_text(page, LAC_INK_PLAIN, ", ");
    lac_page_text(page, LAC_INK_PLAIN, lac_strength_name(item->strength));
    lac_page_text(page, LAC_INK_PLAIN, ")");
    lac_page_end(page);
    write_field(page, INDENT, "decided by", lac_decider_name(item->decider));
    if (item->parent < checklist->item_count) {
        lac_page_labelled_two(page, INDENT, "part of",
                              lac_span_of(checklist->items[item->parent].title), "");
    }
    if (item->never_not_applicable) {
        write_field(page, INDENT, "note", "\"not applicable\" does not address it");
    }
}

/* "blinding blinded", "randomised yes and phase 2 or 3". */
static void write_case(lac_page *page, const lac_fact_case *one)
{
    lac_page_begin_labelled(page, ITEM_INDENT, "known by");
    for (uint32_t d = 0; d < one->count; d++) {
        lac_page_text(page, LAC_INK_PLAIN, d == 0 ? "" : " and ");
        lac_page_text(page, LAC_INK_PLAIN, one->demands[d].key);
        for (uint32_t v = 0; v < one->demands[d].value_count; v++) {
            lac_page_text(page, LAC_INK_PLAIN, v == 0 ? " " : " or ");
            lac_page_text(page, LAC_INK_PLAIN, one->demands[d].values[v]);
        }
    }
    lac_page_end(page);
}

static void write_condition(lac_page *page, const lac_condition *condition)
{
    if (condition->kind == LAC_CONDITION_NONE) {
        write_field(page, INDENT, "applies", "always");
        return;
    }
    lac_page_begin_labelled(page, INDENT, "applies");
    lac_page_text(page, LAC_INK_PLAIN, "if ");
    lac_page_text(page, LAC_INK_PLAIN, condition->text == NULL ? "" : condition->text);
    lac_page_text(page, LAC_INK_PLAIN, " (");
    lac_page_text(page, LAC_INK_PLAIN, lac_condition_kind_name(condition->kind));
    lac_page_text(page, LAC_INK_PLAIN, ")");
    lac_page_end(page);
    for (uint32_t i = 0; i < condition->case_count; i++) {
        write_case(page, &condition->cases[i]);
    }
    write_terms(page, ITEM_INDENT, "shown by", condition->holds, condition->holds_count);
    write_terms(page, ITEM_INDENT, "denied by", condition->fails, condition->fails_count);
}

static void write_looking(lac_page *page, const lac_item *item)
{
    write_heading(page, "Where it looks");
    write_texts(page, ITEM_INDENT, "numbers", item->numbers, item->number_count);
    write_texts(page, ITEM_INDENT, "headings", item->aliases, item->alias_count);
    write_texts(page, ITEM_INDENT, "elsewhere", item->elsewhere, item->elsewhere_count);
    if (item->alias_count == 0) {
        write_field(page, ITEM_INDENT, "headings", "the title itself");
    }
}

static void write_fact(lac_page *page, const lac_fact *fact)
{
    lac_page_begin(page, ITEM_INDENT, ITEM_INDENT);
    lac_page_text(page, LAC_INK_STRONG, fact->name);
    lac_page_text(page, LAC_INK_PLAIN, fact->required ? " (required)" : "");
    lac_page_end(page);
    write_terms(page, FACT_INDENT, fact->title ? "in the title" : "anywhere", fact->any,
                fact->any_count);
    write_terms(page, FACT_INDENT, "inside", fact->here, fact->here_count);
}

static void write_expectation(lac_page *page, const lac_expectation *expect)
{
    write_heading(page, "What it looks for");
    for (uint32_t i = 0; i < expect->fact_count; i++) {
        write_fact(page, &expect->facts[i]);
    }
    if (expect->fact_count > 1) {
        lac_page_begin(page, ITEM_INDENT, ITEM_INDENT);
        lac_page_text(page, LAC_INK_PLAIN, "met with ");
        lac_page_uint(page, LAC_INK_PLAIN, expect->at_least);
        lac_page_text(page, LAC_INK_PLAIN, " of them in its section, ");
        lac_page_uint(page, LAC_INK_PLAIN, expect->at_least_elsewhere);
        lac_page_text(page, LAC_INK_PLAIN, " elsewhere");
        lac_page_end(page);
    }
    write_terms(page, ITEM_INDENT, "inside also under", expect->under, expect->under_count);
    write_terms(page, ITEM_INDENT, "never", expect->never, expect->never_count);
    write_field(page, ITEM_INDENT, "fixed text", expect->fixed_text);
    if (expect->table || expect->picture) {
        write_field(page, ITEM_INDENT, "also",
                    expect->picture ? "a picture counts as content" : "a table counts as content");
    }
    if (expect->heading_required) {
        write_field(page, ITEM_INDENT, "heading", "the section itself is asked for");
    }
    if (expect->fact_count == 0 && expect->fixed_text == NULL) {
        write_field(page, ITEM_INDENT, "content", "a section of its own that is filled");
    }
}

static void write_sentences(lac_page *page, const char *heading, const char *const *sentences,
                            uint32_t count)
{
    if (count == 0) {
        return;
    }
    write_heading(page, heading);
    for (uint32_t i = 0; i < count; i++) {
        lac_page_begin(page, ITEM_INDENT, ITEM_INDENT + 2);
        lac_page_text(page, LAC_INK_PLAIN, "- ");
        lac_page_text(page, LAC_INK_PLAIN, sentences[i]);
        lac_page_end(page);
    }
}

lacuna_status lac_text_explain(const lac_checklist *checklist, const lac_item *item,
                               const lac_text_style *style, lacuna_write_fn write, void *user,
                               lacuna_error *err)
{
    lac_output output;
    lac_page page;
    lac_output_init(&output, write, user);
    lac_page_init(&page, &output, style);
    write_asked(&page, checklist, item);
    lacuna_status status = write_age(&page, checklist, err);
    if (status != LACUNA_OK) {
        return status;
    }
    write_weight(&page, checklist, item);
    write_texts(&page, INDENT, "documents", item->document_types, item->document_type_count);
    write_condition(&page, &item->condition);
    if (item->strength != LAC_STRENGTH_STRUCTURAL) {
        write_looking(&page, item);
        write_expectation(&page, &item->expect);
    }
    write_sentences(&page, "Sentences that count", item->match, item->match_count);
    write_sentences(&page, "Sentences that do not", item->innocent, item->innocent_count);
    return lac_output_finish(&output, err);
}

lacuna_status lac_text_explain_rule(const lac_rule *rule, const lac_text_style *style,
                                    lacuna_write_fn write, void *user, lacuna_error *err)
{
    lac_output output;
    lac_page page;
    lac_output_init(&output, write, user);
    lac_page_init(&page, &output, style);
    lac_page_begin(&page, 0, INDENT);
    lac_page_text(&page, LAC_INK_STRONG, rule->title);
    lac_page_text(&page, LAC_INK_FAINT, " [");
    lac_page_text(&page, LAC_INK_FAINT, rule->id);
    lac_page_text(&page, LAC_INK_FAINT, "]");
    lac_page_end(&page);
    write_field(&page, INDENT, "means", rule->meaning);
    write_field(&page, INDENT, "remedy", rule->remedy);
    write_field(&page, INDENT, "asked by",
                "no checklist: a rule about the document itself, applied to every document");
    return lac_output_finish(&output, err);
}
