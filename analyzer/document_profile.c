#include "analyzer/document_profile.h"

#include "analyzer/evidence.h"
#include "analyzer/heading_words.h"
#include "analyzer/search.h"
#include "support/buf.h"
#include "support/error.h"

#include <string.h>

/* How sure a sign of each strength is, alone; and how much a weaker sign of another value takes
 * away. */
static const double sureness[LAC_SIGN_COUNT] = {0.95, 0.85, 0.6};
static const double weaker_contrary = 0.15;

static const double whole_title = 0.95;

typedef struct detector {
    lac_arena *arena;
    const lac_profile_facts_table *table;
    const lac_reading *reading;
    lac_scope title, body;
    lacuna_error *err;
} detector;

/* ---- where to look -------------------------------------------------------------------------- */

static lacuna_status is_background(bool *out, detector *d, lac_span title)
{
    lac_heading_words words;
    lacuna_status status = lac_heading_words_make(&words, d->arena, NULL, title);
    for (uint32_t i = 0; i < d->table->background_count && status == LACUNA_OK && !*out; i++) {
        lac_heading_words name;
        status =
            lac_heading_words_make(&name, d->arena, NULL, lac_span_of(d->table->background[i]));
        *out = status == LACUNA_OK && lac_heading_likeness(&words, &name) >= whole_title;
    }
    return status;
}

/* Sections that speak of other studies, with what lies below them. */
static lacuna_status set_scopes(detector *d)
{
    const lac_document *document = d->reading->document;
    bool *skipped = lac_arena_array(d->arena, document->section_count, sizeof *skipped);
    if (skipped == NULL) {
        return lac_fail_nomem(d->err);
    }
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 1; i < document->section_count && status == LACUNA_OK; i++) {
        const lac_section *section = &document->sections[i];
        skipped[i] = section->parent < i && skipped[section->parent];
        if (!skipped[i]) {
            status = is_background(&skipped[i], d, section->title);
        }
    }
    d->title = lac_scope_title(d->reading);
    d->body = lac_scope_document(d->reading);
    d->body.headings = true;
    d->body.skipped = skipped;
    return status == LACUNA_OK ? status : lac_fail_nomem(d->err);
}

/* ---- detecting ------------------------------------------------------------------------------ */

typedef struct sighting {
    bool found;
    lac_sign_strength strength;
    lac_match match;
} sighting;

/* The strongest sign of a value. */
static lacuna_status look_for(sighting *out, const detector *d, const lac_value_signs *value)
{
    *out = (sighting){.found = false};
    lacuna_status status = LACUNA_OK;
    for (size_t s = 0; s < LAC_SIGN_COUNT && status == LACUNA_OK && !out->found; s++) {
        const lac_sign_list *list = &value->signs[s];
        lac_scope scope = s == LAC_SIGN_TITLE ? d->title : d->body;
        if (list->count > 0) {
            status = lac_search_terms(&out->found, &out->match, list->terms, list->count,
                                      d->reading, scope, d->err);
            out->strength = (lac_sign_strength)s;
        }
    }
    return status;
}

static void keep_strongest(lac_known_fact *fact, const detector *d, const lac_profile_key *key,
                           const sighting *seen)
{
    lac_sign_strength best = LAC_SIGN_COUNT;
    bool contrary = false;
    for (uint32_t i = 0; i < key->detect_count; i++) {
        best = seen[i].found && seen[i].strength < best ? seen[i].strength : best;
    }
    for (uint32_t i = 0; i < key->detect_count; i++) {
        if (!seen[i].found) {
            continue;
        }
        contrary = contrary || seen[i].strength != best;
        if (seen[i].strength == best && fact->value_count < LAC_FACT_VALUES) {
            fact->evidence[fact->value_count] = lac_evidence_at(
                d->reading, seen[i].match.start, seen[i].match.end, key->detect[i].value);
            fact->values[fact->value_count++] = key->detect[i].value;
        }
    }
    if (fact->value_count > 0) {
        fact->confidence = sureness[best] - (contrary ? weaker_contrary : 0.0);
        fact->confidence = fact->value_count > 1 ? 0.0 : fact->confidence;
        fact->evidence_count = fact->value_count;
    }
}

static lacuna_status detect(lac_known_fact *fact, const detector *d, const lac_profile_key *key)
{
    sighting seen[LAC_FACT_VALUES];
    lacuna_status status = LACUNA_OK;
    if (key->detect_count > LAC_FACT_VALUES) {
        return lac_fail(d->err, LACUNA_E_INTERNAL, "profile facts: too many values of %s",
                        key->key);
    }
    for (uint32_t i = 0; i < key->detect_count && status == LACUNA_OK; i++) {
        status = look_for(&seen[i], d, &key->detect[i]);
    }
    if (status == LACUNA_OK) {
        keep_strongest(fact, d, key, seen);
    }
    return status;
}

static bool is_looked_for(const lac_profile_key *key, const char *type)
{
    for (uint32_t i = 0; i < key->document_type_count; i++) {
        if (strcmp(key->document_types[i], type) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- the three sources ---------------------------------------------------------------------- */

/* A fact that was told or filed, over what was detected. */
static void set(lac_known_fact *fact, const char *value, lac_fact_source source)
{
    if (fact->value_count == 1 && strcmp(fact->values[0], value) != 0) {
        fact->contrary = fact->values[0];
        fact->contrary_source = fact->source;
    } else if (fact->value_count != 1) {
        fact->evidence_count = 0;
    }
    fact->values[0] = value;
    fact->value_count = 1;
    fact->source = source;
    fact->confidence = 1.0;
}

/* The value is kept with the result: what the envelope tells may not stay. */
static lacuna_status take(lac_known_fact *fact, const detector *d, const lac_told_facts *facts,
                          lac_fact_source source)
{
    const char *value = lac_told(facts, fact->key);
    const char *copy = value == NULL ? NULL : lac_arena_copy(d->arena, lac_span_of(value));
    if (copy != NULL) {
        set(fact, copy, source);
    }
    return value != NULL && copy == NULL ? lac_fail_nomem(d->err) : LACUNA_OK;
}

static lacuna_status know(lac_known_fact *fact, const detector *d, const lac_profile_key *key,
                          const char *type, const lac_told_facts *told, const lac_told_facts *filed)
{
    *fact = (lac_known_fact){.key = key->key, .source = LAC_FACT_DETECTED};
    lacuna_status status = LACUNA_OK;
    if (is_looked_for(key, type)) {
        status = detect(fact, d, key);
    }
    if (status == LACUNA_OK) {
        status = take(fact, d, filed, LAC_FACT_FILED);
    }
    return status == LACUNA_OK ? take(fact, d, told, LAC_FACT_TOLD) : status;
}

lacuna_status lac_document_profile(lac_known_facts *out, lac_arena *arena,
                                   const lac_profile_facts_table *table, const lac_reading *reading,
                                   const char *type, const lac_told_facts *told,
                                   const lac_told_facts *filed, lacuna_error *err)
{
    *out = (lac_known_facts){NULL, 0};
    detector d = {.arena = arena, .table = table, .reading = reading, .err = err};
    lac_known_fact *items = lac_arena_array(arena, table->count, sizeof *items);
    if (items == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = set_scopes(&d);
    for (uint32_t i = 0; i < table->count && status == LACUNA_OK; i++) {
        status = know(&items[out->count], &d, &table->keys[i], type, told, filed);
        out->count += items[out->count].value_count > 0 ? 1 : 0;
    }
    out->items = items;
    return status;
}

const char *lac_fact_source_name(lac_fact_source source)
{
    static const char *const names[] = {"told", "filed", "detected"};
    return (size_t)source < sizeof names / sizeof names[0] ? names[source] : "unknown";
}

/* ---- findings ------------------------------------------------------------------------------- */

static lacuna_status contradiction(lac_finding_list *list, const lac_known_fact *fact)
{
    bool detected = fact->contrary_source == LAC_FACT_DETECTED && fact->evidence_count > 0;
    lac_anchor anchor = detected ? fact->evidence[0].anchor : lac_anchor_document();
    lac_buf text;
    lac_buf_init(&text, 1024);
    lacuna_status status = lac_buf_printf(
        &text, "%s is said to be %s (%s), and %s %s.", fact->key, fact->values[0],
        lac_fact_source_name(fact->source),
        detected ? "the document shows" : "the envelope of the submission says", fact->contrary);
    if (status == LACUNA_OK) {
        status =
            lac_buf_printf(&text, " Items were judged by %s=%s; correct the one that is wrong.",
                           fact->key, fact->values[0]);
    }
    if (status == LACUNA_OK) {
        status = lac_finding_add(list, "profile/contradiction", LAC_SEVERITY_MINOR,
                                 lac_buf_text(&text), &anchor, 1);
    }
    lac_buf_free(&text);
    return status;
}

lacuna_status lac_profile_findings(lac_finding_list *list, const lac_known_facts *facts)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < facts->count && status == LACUNA_OK; i++) {
        if (facts->items[i].contrary != NULL) {
            status = contradiction(list, &facts->items[i]);
        }
    }
    return status;
}
