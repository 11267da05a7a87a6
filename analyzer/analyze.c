#include "analyzer/analyze.h"

#include "analyzer/apart.h"
#include "analyzer/document_date.h"
#include "analyzer/document_profile.h"
#include "analyzer/document_type.h"
#include "analyzer/evidence.h"
#include "analyzer/findings.h"
#include "analyzer/gap_findings.h"
#include "analyzer/judge.h"
#include "analyzer/language.h"
#include "analyzer/locate.h"
#include "analyzer/select.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_CHECKLISTS = 64, FOREIGN_SECTION_WORDS = 40, LANGUAGE_SAMPLE = 800 /* bytes */ };

/* One pack to apply, with its alignment. */
typedef struct candidate {
    const lac_checklist *checklist;
    lac_locations locations;
    const char *why;
} candidate;

typedef struct analysis {
    const lac_analyze_options *options;
    lac_document_result *result;
    lac_reading *reading;
    const lac_synonyms *synonyms;
    const lac_lexicon *lexicon;
    candidate candidates[MAX_CHECKLISTS];
    uint32_t candidate_count;
    lacuna_error *err;
} analysis;

/* Between two steps, none of which takes long. */
static lacuna_status go_on(const analysis *a)
{
    const lac_analyze_options *o = a->options;
    return o->cancelled == NULL || !o->cancelled(o->cancel_user)
               ? LACUNA_OK
               : lac_fail(a->err, LACUNA_E_CANCELLED, "not checked: the run was cancelled");
}

/* ---- type and language ---------------------------------------------------------------------- */

static lacuna_status detect_type(analysis *a)
{
    if (a->options->document_type != NULL && !a->options->placed) {
        a->result->type = (lac_detection){a->options->document_type, 1.0, "given by the caller"};
        return LACUNA_OK;
    }
    const lac_document_types *types = NULL;
    lacuna_status status = lac_registry_document_types(&types, a->options->registry, a->err);
    return status == LACUNA_OK
               ? lac_detect_type(&a->result->type, &a->result->arena, types, a->reading, a->err)
               : status;
}

static lacuna_status detect_language(analysis *a)
{
    const lac_document *document = a->reading->document;
    lac_language_guess guess =
        lac_guess_language(a->lexicon, lac_document_slice(document, 0, document->reference_length));
    lac_buf text;
    lac_buf_init(&text, 256);
    lacuna_status status = lac_buf_printf(&text, "%u function words among %u words sampled",
                                          guess.function_words, guess.words);
    if (status == LACUNA_OK) {
        char *evidence = lac_arena_copy(&a->result->arena, lac_buf_span(&text));
        a->result->language = (lac_detection){guess.code, guess.confidence, evidence};
        status = evidence == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
    }
    lac_buf_free(&text);
    return status == LACUNA_OK ? status : lac_fail_nomem(a->err);
}

static lacuna_status learn_profile(analysis *a)
{
    const lac_analyze_options *o = a->options;
    lac_document_result *result = a->result;
    const lac_profile_facts_table *table = NULL;
    lacuna_status status = lac_registry_profile_facts(&table, o->registry, a->err);
    if (status == LACUNA_OK) {
        status = lac_document_profile(&result->profile, &result->arena, table, a->reading,
                                      result->type.value, &o->facts, &o->filed, a->err);
    }
    return status == LACUNA_OK ? lac_document_date(&result->date, &result->arena,
                                                   a->reading->document, o->as_of, a->err)
                               : status;
}

static bool reads_language(const lac_checklist *checklist, const char *code)
{
    for (uint32_t i = 0; i < checklist->language_count; i++) {
        if (strcmp(checklist->languages[i], code) == 0) {
            return true;
        }
    }
    return code[0] == '\0';
}

/* Which sections are in a language the checklist has no terms for, and their share of the words. */
static lacuna_status find_foreign(const analysis *a, lac_judge *judge)
{
    const lac_document *document = a->reading->document;
    bool *foreign = lac_arena_array(&a->result->arena, document->section_count, sizeof *foreign);
    if (foreign == NULL) {
        return lac_fail_nomem(a->err);
    }
    uint32_t words_foreign = 0;
    for (uint32_t i = 0; i < document->section_count; i++) {
        const lac_section *s = &document->sections[i];
        uint32_t words = lac_reading_words(a->reading, s->start, s->own_end);
        if (words >= FOREIGN_SECTION_WORDS) {
            lac_span text = lac_document_slice(document, s->start, s->own_end);
            lac_language_guess guess =
                lac_guess_language(a->lexicon, lac_utf8_prefix(text, LANGUAGE_SAMPLE));
            foreign[i] = !reads_language(judge->checklist, guess.code);
            words_foreign += foreign[i] ? words : 0;
        }
    }
    uint32_t all = lac_reading_words(a->reading, 0, document->reference_length);
    judge->foreign = foreign;
    judge->foreign_share = all == 0 ? 0.0 : (double)words_foreign / all;
    return LACUNA_OK;
}

/* ---- choosing checklists -------------------------------------------------------------------- */

static lacuna_status add_candidate(analysis *a, const char *id, const char *why)
{
    if (a->candidate_count == MAX_CHECKLISTS) {
        return lac_fail(a->err, LACUNA_E_LIMIT, "more than %d checklists for one document",
                        MAX_CHECKLISTS);
    }
    candidate *c = &a->candidates[a->candidate_count];
    lacuna_status status = go_on(a);
    if (status == LACUNA_OK) {
        status = lac_registry_load(&c->checklist, a->options->registry, id, a->err);
    }
    if (status == LACUNA_OK) {
        c->why = why;
        a->candidate_count++;
        status = lac_locate(&c->locations, &a->result->arena, a->reading, c->checklist,
                            a->result->type.value, a->synonyms, a->err);
    }
    return status;
}

/* The date of the document decides between versions of a guidance; without one, the day of the run.
 * Where nothing shows the region it is the US: these are FDA's checklists. */
static lac_selection_day selection_day(const analysis *a)
{
    const lac_document_result *result = a->result;
    bool dated = result->date.value[0] != '\0';
    lac_selection_day day = {dated ? result->date.value : a->options->as_of, "us",
                             dated ? "the date of the document" : "the day of the check"};
    for (uint32_t i = 0; i < result->profile.count; i++) {
        const lac_known_fact *fact = &result->profile.items[i];
        if (strcmp(fact->key, "region") == 0 && fact->value_count == 1) {
            day.region = fact->values[0];
        }
    }
    return day;
}

static lacuna_status select_by_type(const analysis *a, lac_selection *out, uint32_t *count)
{
    const lac_selection_day day = selection_day(a);
    return lac_select(out, count, MAX_CHECKLISTS, &a->result->arena, a->options->registry,
                      &a->result->type, a->reading, &day, a->err);
}

static lacuna_status add_by_type(analysis *a)
{
    lac_selection selections[MAX_CHECKLISTS];
    uint32_t count;
    lacuna_status status = select_by_type(a, selections, &count);
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = add_candidate(a, selections[i].entry->id, selections[i].why);
    }
    return status;
}

/* ---- what the place of a document calls for ------------------------------------------------- */

static uint32_t all_words(const analysis *a)
{
    return lac_reading_words(a->reading, 0, a->reading->document->reference_length);
}

static bool holds_text(const char *const *texts, uint32_t count, const char *text)
{
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(texts[i], text) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether the document is what the call is for. */
static bool answers_call(const analysis *a, const lac_document_call *call)
{
    const char *type = a->result->type.value;
    if (all_words(a) < call->words) {
        return false;
    }
    return type[0] == '\0' ? !call->detected : holds_text(call->types, call->type_count, type);
}

static bool is_candidate(const analysis *a, const char *id)
{
    for (uint32_t i = 0; i < a->candidate_count; i++) {
        if (strcmp(a->candidates[i].checklist->id, id) == 0) {
            return true;
        }
    }
    return false;
}

/* A caller's choice narrows what the place calls for, and adds nothing to it. */
static lacuna_status add_called(analysis *a, const char *id, const char *why)
{
    const lac_analyze_options *o = a->options;
    bool chosen = o->checklist_count == 0 || holds_text(o->checklists, o->checklist_count, id);
    if (!chosen || is_candidate(a, id) || lac_registry_find(o->registry, id) == NULL) {
        return LACUNA_OK;
    }
    return add_candidate(a, id, why);
}

static lacuna_status add_for_type(analysis *a)
{
    lac_selection selections[MAX_CHECKLISTS];
    uint32_t count = 0;
    lacuna_status status = LACUNA_OK;
    const lac_analyze_options *o = a->options;
    for (uint32_t i = 0; i < o->checklist_count && status == LACUNA_OK; i++) {
        const lac_registry_entry *entry = lac_registry_find(o->registry, o->checklists[i]);
        if (entry != NULL && lac_registry_serves(entry, a->result->type.value)) {
            status = add_called(a, entry->id, "chosen by the caller");
        }
    }
    if (o->checklist_count == 0) {
        status = select_by_type(a, selections, &count);
    }
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = add_called(a, selections[i].entry->id, selections[i].why);
    }
    return status;
}

static lacuna_status add_by_place(analysis *a)
{
    static const char called[] = "its place in the submission calls for it";
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < a->options->call_count && status == LACUNA_OK; i++) {
        const lac_document_call *call = a->options->calls[i];
        if (!answers_call(a, call)) {
            continue;
        }
        if (a->result->type.value[0] == '\0' && call->type_count > 0) {
            a->result->type = (lac_detection){call->types[0], 0.5, called};
        }
        status = add_for_type(a);
        for (uint32_t c = 0; c < call->checklist_count && status == LACUNA_OK; c++) {
            status = add_called(a, call->checklists[c], called);
        }
    }
    return status;
}

static lacuna_status choose_checklists(analysis *a)
{
    if (a->options->placed) {
        return add_by_place(a);
    }
    if (a->options->checklist_count == 0) {
        return add_by_type(a);
    }
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < a->options->checklist_count && status == LACUNA_OK; i++) {
        status = add_candidate(a, a->options->checklists[i], "chosen by the caller");
    }
    return status;
}

/* ---- judging -------------------------------------------------------------------------------- */

static lacuna_status judge_unread(lac_checklist_result *out, const lac_checklist *checklist,
                                  const char *reason, const char *explanation)
{
    for (uint32_t i = 0; i < checklist->item_count; i++) {
        out->items[i] = (lac_item_result){.item = &checklist->items[i],
                                          .status = LAC_NOT_EVALUATED,
                                          .reason = reason,
                                          .explanation = explanation,
                                          .confidence = 1.0};
    }
    return LACUNA_OK;
}

static lacuna_status judge_checklist(analysis *a, lac_checklist_result *out, const candidate *c)
{
    const lac_checklist *checklist = c->checklist;
    *out = (lac_checklist_result){.checklist = checklist, .why = c->why};
    out->items = lac_arena_array(&a->result->arena, checklist->item_count, sizeof *out->items);
    if (out->items == NULL) {
        return lac_fail_nomem(a->err);
    }
    out->item_count = checklist->item_count;
    const char *unread = a->reading->document->not_evaluated;
    if (unread != NULL) {
        return judge_unread(out, checklist, unread,
                            "The text of the document could not be read, so nobody judged it.");
    }
    if (!reads_language(checklist, a->result->language.value)) {
        return judge_unread(out, checklist, "not-evaluated/language",
                            "The document is in a language this checklist has no terms for.");
    }
    lac_judge judge = {.arena = &a->result->arena,
                       .reading = a->reading,
                       .checklist = checklist,
                       .locations = &c->locations,
                       .document_type = a->result->type.value,
                       .facts = &a->result->profile};
    lacuna_status status = find_foreign(a, &judge);
    if (status != LACUNA_OK) {
        return status;
    }
    for (uint32_t i = 0; i < checklist->item_count; i++) {
        if (checklist->items[i].strength != LAC_STRENGTH_STRUCTURAL) {
            status = go_on(a);
            if (status == LACUNA_OK) {
                status = lac_judge_item(&out->items[i], &judge, i, a->err);
            }
            if (status == LACUNA_OK) {
                status = lac_answer_apart(&out->items[i], checklist->id, a->options->apart,
                                          a->options->apart_count, &a->result->arena, a->err);
            }
            if (status != LACUNA_OK) {
                return status;
            }
        }
    }
    return lac_judge_structural(out->items, &judge, a->err);
}

static lacuna_status judge_all(analysis *a)
{
    a->result->checklists =
        lac_arena_array(&a->result->arena, a->candidate_count, sizeof *a->result->checklists);
    if (a->result->checklists == NULL) {
        return lac_fail_nomem(a->err);
    }
    for (uint32_t i = 0; i < a->candidate_count; i++) {
        lacuna_status status = judge_checklist(a, &a->result->checklists[i], &a->candidates[i]);
        if (status != LACUNA_OK) {
            return status;
        }
        a->result->checklist_count++;
    }
    return LACUNA_OK;
}

/* The items of somebody else's checklist that are sections of this document. */
static lacuna_status judge_sections(analysis *a)
{
    uint32_t count = a->options->section_count;
    a->result->sections = lac_arena_array(&a->result->arena, count, sizeof *a->result->sections);
    if (a->result->sections == NULL) {
        return lac_fail_nomem(a->err);
    }
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        candidate c = {.checklist = a->options->sections[i]};
        status = lac_locate(&c.locations, &a->result->arena, a->reading, c.checklist, "",
                            a->synonyms, a->err);
        if (status == LACUNA_OK) {
            status = judge_checklist(a, &a->result->sections[i], &c);
        }
        a->result->section_count += status == LACUNA_OK ? 1 : 0;
    }
    return status;
}

/* ---- findings ------------------------------------------------------------------------------- */

static lacuna_status collect_findings(analysis *a)
{
    lac_finding_list list = {.arena = &a->result->arena};
    lacuna_status status = lac_gap_findings(&list, a->result);
    if (status == LACUNA_OK) {
        status = lac_profile_findings(&list, &a->result->profile);
    }
    if (status != LACUNA_OK) {
        status = lac_fail_nomem(a->err);
    } else {
        status = lac_document_findings(&list, a->reading, a->err);
    }
    if (status == LACUNA_OK) {
        a->result->findings = lac_arena_array(&a->result->arena, list.count, sizeof *list.items);
        if (a->result->findings == NULL) {
            status = lac_fail_nomem(a->err);
        } else if (list.count > 0) {
            memcpy(a->result->findings, list.items, list.count * sizeof *list.items);
        }
        a->result->finding_count = (uint32_t)list.count;
    }
    free(list.items);
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------ */

static lacuna_status run(analysis *a)
{
    a->result->words = all_words(a);
    a->lexicon = lac_lexicon_make(&a->result->arena);
    if (a->lexicon == NULL) {
        return lac_fail_nomem(a->err);
    }
    lacuna_status status = lac_registry_synonyms(&a->synonyms, a->options->registry, a->err);
    if (status == LACUNA_OK) {
        status = detect_type(a);
    }
    if (status == LACUNA_OK) {
        status = detect_language(a);
    }
    if (status == LACUNA_OK) {
        status = learn_profile(a);
    }
    if (status == LACUNA_OK) {
        const char *type = a->result->type.value;
        status = choose_checklists(a);
        if (status == LACUNA_OK && type != a->result->type.value) {
            status = learn_profile(a); /* the place told the type, and so what to look for */
        }
    }
    if (status == LACUNA_OK) {
        status = judge_all(a);
    }
    if (status == LACUNA_OK) {
        status = judge_sections(a);
    }
    return status == LACUNA_OK ? collect_findings(a) : status;
}

lacuna_status lac_analyze(lac_document_result **out, const lac_document *document,
                          const lac_analyze_options *options, lacuna_error *err)
{
    *out = NULL;
    lac_document_result *result = calloc(1, sizeof *result);
    if (result == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&result->arena);
    result->document = document;
    analysis a = {.options = options, .result = result, .err = err};
    lacuna_status status = lac_reading_new(&a.reading, document, err);
    if (status == LACUNA_OK) {
        status = run(&a);
    }
    lac_reading_free(a.reading);
    if (status != LACUNA_OK) {
        lac_document_result_free(result);
        return status;
    }
    *out = result;
    return LACUNA_OK;
}

void lac_document_result_free(lac_document_result *result)
{
    if (result != NULL) {
        lac_arena_free(&result->arena);
        free(result);
    }
}

const char *lac_item_status_name(lac_item_status status)
{
    static const char *const names[] = {
        "met", "partial", "missing", "contradicts", "not-applicable", "not-evaluated", "waived"};
    return (size_t)status < sizeof names / sizeof names[0] ? names[status] : "unknown";
}

bool lac_item_status_is_gap(lac_item_status status)
{
    return status == LAC_PARTIAL || status == LAC_MISSING || status == LAC_CONTRADICTS;
}
