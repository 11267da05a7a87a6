#include "analyzer/ectd/check.h"

#include "support/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MESSAGE_MAX = 1u << 16 };

/* ---- what applies where --------------------------------------------------------------------- */

static uint32_t profiles_of(const lac_sequence *sequence)
{
    uint32_t profiles = LAC_PROFILE_ICH;
    if (strcmp(sequence->region, "us") == 0) {
        profiles |=
            sequence->standard == LAC_STANDARD_ECTD_4 ? LAC_PROFILE_FDA_4 : LAC_PROFILE_FDA_3;
    }
    return strcmp(sequence->region, "eu") == 0 ? profiles | LAC_PROFILE_EU : profiles;
}

bool lac_ectd_applies(const lac_ectd_check *c, uint32_t sequence)
{
    if (sequence >= c->submission->sequence_count) {
        return (c->rule->profiles & LAC_PROFILE_ICH) != 0 && c->selected == NULL;
    }
    return (c->rule->profiles & c->profiles[sequence]) != 0 &&
           (c->selected == NULL || c->selected[sequence]);
}

static uint32_t count_of(const lac_submission *submission, lac_ectd_scope scope)
{
    switch (scope) {
    case LAC_EACH_PLACEMENT:
    case LAC_EACH_LEAF:
    case LAC_EACH_CONTEXT:
        return submission->placement_count;
    case LAC_EACH_DOCUMENT:
        return submission->document_count;
    case LAC_EACH_FILE:
        return submission->file_count;
    case LAC_EACH_NODE:
        return submission->node_count;
    case LAC_EACH_BACKBONE:
        return submission->backbone_count;
    case LAC_EACH_SEQUENCE:
        return submission->sequence_count;
    case LAC_EACH_APPLICATION:
        return submission->application_count;
    case LAC_EACH_STUDY:
        return submission->study_count;
    case LAC_EACH_TROUBLE:
        return submission->trouble_count;
    case LAC_ALL_TOGETHER:
        return 1;
    }
    return 0;
}

static bool is_standard(const lac_submission *submission, uint32_t sequence, lac_standard standard)
{
    return submission->sequences[sequence].standard == standard;
}

/* The sequence a thing belongs to; LAC_NONE: none, or several. */
static uint32_t sequence_of(const lac_ectd_check *c, lac_ectd_scope scope, uint32_t index)
{
    const lac_submission *s = c->submission;
    switch (scope) {
    case LAC_EACH_PLACEMENT:
    case LAC_EACH_LEAF:
    case LAC_EACH_CONTEXT:
        return s->placements[index].sequence;
    case LAC_EACH_DOCUMENT:
        return s->documents[index].sequence;
    case LAC_EACH_FILE:
        return s->files[index].sequence;
    case LAC_EACH_NODE:
        return c->first_under[index] == LAC_NONE ? LAC_NONE
                                                 : s->placements[c->first_under[index]].sequence;
    case LAC_EACH_BACKBONE:
        return s->backbones[index].sequence;
    case LAC_EACH_SEQUENCE:
        return index;
    case LAC_EACH_APPLICATION:
        return s->applications[index].first_sequence;
    case LAC_EACH_STUDY:
        return s->studies[index].stf < s->placement_count
                   ? s->placements[s->studies[index].stf].sequence
                   : LAC_NONE;
    case LAC_EACH_TROUBLE:
    case LAC_ALL_TOGETHER:
        return LAC_NONE;
    }
    return LAC_NONE;
}

/* Whether the rule is for this thing; what is about no single sequence is left to the rule. */
static bool concerns(const lac_ectd_check *c, lac_ectd_scope scope)
{
    if (scope == LAC_EACH_APPLICATION || scope == LAC_EACH_TROUBLE || scope == LAC_ALL_TOGETHER) {
        return true;
    }
    if (c->at == LAC_NONE || !lac_ectd_applies(c, c->at)) {
        return false;
    }
    bool v4 = is_standard(c->submission, c->at, LAC_STANDARD_ECTD_4);
    return scope == LAC_EACH_LEAF ? !v4 : scope != LAC_EACH_CONTEXT || v4;
}

/* ---- findings ------------------------------------------------------------------------------- */

static lacuna_status append(lac_ectd_check *c, const lac_leaf_place *places, uint32_t count)
{
    lac_anchor *anchors = lac_arena_array(c->places.arena, count, sizeof *anchors);
    if (anchors == NULL) {
        return LACUNA_E_NOMEM;
    }
    for (uint32_t i = 0; i < count; i++) {
        anchors[i] = lac_place_anchor(&c->places, &places[i]);
    }
    if (c->places.failed) {
        return LACUNA_E_NOMEM;
    }
    lac_severity severity = c->rule->severity < c->at_most ? c->rule->severity : c->at_most;
    return lac_finding_add(&c->list, c->rule->id, severity, lac_buf_text(&c->message), anchors,
                           count);
}

/* The number of an agency's criterion, where the agency's criteria are for this sequence. */
static bool has_criterion(const lac_ectd_check *c)
{
    if (c->rule->criterion == NULL || c->at == LAC_NONE) {
        return false;
    }
    if (strncmp(c->rule->criterion, "FDA ", 4) == 0) {
        return (c->profiles[c->at] & LAC_PROFILE_FDA_3) != 0;
    }
    if (strncmp(c->rule->criterion, "US-", 3) == 0) {
        return (c->profiles[c->at] & LAC_PROFILE_FDA_4) != 0;
    }
    return is_standard(c->submission, c->at, LAC_STANDARD_ECTD_4);
}

static lacuna_status report(lac_ectd_check *c, const lac_leaf_place *places, uint32_t count,
                            const char *format, va_list arguments)
{
    char text[2048];
    if (++c->found > LAC_RULE_FINDINGS_MAX) {
        return LACUNA_OK;
    }
    (void)vsnprintf(text, sizeof text, format, arguments);
    lac_buf_clear(&c->message);
    lacuna_status status = lac_buf_printf(&c->message, "%s: %s", c->rule->title, text);
    if (status == LACUNA_OK && has_criterion(c)) {
        status = lac_buf_printf(&c->message, " (%s)", c->rule->criterion);
    }
    return status == LACUNA_OK ? append(c, places, count) : status;
}

lacuna_status lac_ectd_found(lac_ectd_check *c, lac_leaf_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    lacuna_status status = report(c, &place, 1, format, arguments);
    va_end(arguments);
    return status;
}

lacuna_status lac_ectd_found_at(lac_ectd_check *c, const lac_leaf_place *places, uint32_t count,
                                const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    lacuna_status status = report(c, places, count, format, arguments);
    va_end(arguments);
    return status;
}

static lacuna_status note_rest(lac_ectd_check *c)
{
    if (c->found <= LAC_RULE_FINDINGS_MAX) {
        return LACUNA_OK;
    }
    lac_leaf_place whole = lac_place_none();
    lac_buf_clear(&c->message);
    lacuna_status status = lac_buf_printf(&c->message, "%s: %u more, not listed one by one",
                                          c->rule->title, c->found - LAC_RULE_FINDINGS_MAX);
    return status == LACUNA_OK ? append(c, &whole, 1) : status;
}

/* ---- running -------------------------------------------------------------------------------- */

static lacuna_status run_entry(lac_ectd_check *c, const lac_ectd_rules *rules,
                               const lac_ectd_entry *entry)
{
    c->rule = lac_ectd_rule_find(rules, entry->rule);
    c->found = 0;
    if (c->rule == NULL) {
        return lac_fail(c->err, LACUNA_E_INTERNAL, "the rule %s is not described", entry->rule);
    }
    uint32_t count = count_of(c->submission, entry->scope);
    for (uint32_t i = 0; i < count; i++) {
        c->at = sequence_of(c, entry->scope, i);
        c->at_most = LAC_SEVERITY_CRITICAL;
        lacuna_status status = concerns(c, entry->scope) ? entry->check(c, i) : LACUNA_OK;
        if (status != LACUNA_OK) {
            return status == LACUNA_E_NOMEM ? lac_fail_nomem(c->err) : status;
        }
    }
    return note_rest(c);
}

static lacuna_status mark_tagged(lac_ectd_check *c)
{
    const lac_submission *s = c->submission;
    bool *tagged = lac_arena_array(c->places.arena, s->placement_count, sizeof *tagged);
    if (tagged == NULL) {
        return lac_fail_nomem(c->err);
    }
    for (uint32_t i = 0; i < s->study_count; i++) {
        for (uint32_t d = 0; d < s->studies[i].document_count; d++) {
            uint32_t placement = s->studies[i].documents[d].placement;
            if (placement != LAC_NONE) {
                tagged[placement] = true;
            }
        }
    }
    c->tagged = tagged;
    return LACUNA_OK;
}

static lacuna_status sort_backbones(lac_ectd_check *c)
{
    const lac_submission *s = c->submission;
    lac_own_backbones *own = lac_arena_array(c->places.arena, s->sequence_count, sizeof *own);
    if (own == NULL) {
        return lac_fail_nomem(c->err);
    }
    for (uint32_t i = 0; i < s->sequence_count; i++) {
        own[i] = (lac_own_backbones){LAC_NONE, LAC_NONE, LAC_NONE, true};
    }
    for (uint32_t i = s->backbone_count; i-- > 0;) {
        const lac_backbone *b = &s->backbones[i];
        uint32_t *place = b->kind == LAC_BACKBONE_INDEX      ? &own[b->sequence].index
                          : b->kind == LAC_BACKBONE_REGIONAL ? &own[b->sequence].regional
                                                             : &own[b->sequence].unit;
        *place = i;
        own[b->sequence].complete = own[b->sequence].complete && b->complete;
    }
    for (uint32_t i = 0; i < s->sequence_count; i++) {
        bool any = own[i].index != LAC_NONE || own[i].unit != LAC_NONE;
        own[i].complete = own[i].complete && any;
    }
    c->own = own;
    return LACUNA_OK;
}

/* Placements are walked backwards, so the first one stays. */
static lacuna_status mark_first(lac_ectd_check *c)
{
    const lac_submission *s = c->submission;
    uint32_t *first = lac_arena_array(c->places.arena, s->node_count, sizeof *first);
    if (first == NULL) {
        return lac_fail_nomem(c->err);
    }
    for (uint32_t i = 0; i < s->node_count; i++) {
        first[i] = LAC_NONE;
    }
    for (uint32_t i = s->placement_count; i-- > 0;) {
        uint32_t node = s->placements[i].node;
        if (node != LAC_NONE) {
            first[node] = i;
        }
    }
    /* A node stands behind its parent. */
    for (uint32_t i = s->node_count; i-- > 0;) {
        uint32_t parent = s->nodes[i].parent;
        if (parent != LAC_NONE && first[i] < first[parent]) {
            first[parent] = first[i];
        }
    }
    c->first_under = first;
    return LACUNA_OK;
}

lacuna_status lac_ectd_check_begin(lac_ectd_check *c)
{
    lac_arena *arena = c->list.arena;
    uint32_t *profiles = lac_arena_array(arena, c->submission->sequence_count, sizeof *profiles);
    if (profiles == NULL) {
        return lac_fail_nomem(c->err);
    }
    for (uint32_t i = 0; i < c->submission->sequence_count; i++) {
        profiles[i] = profiles_of(&c->submission->sequences[i]);
    }
    c->profiles = profiles;
    lacuna_status status = lac_places_init(&c->places, c->submission, arena, c->err);
    if (status == LACUNA_OK) {
        status = lac_stf_values_load(&c->values, arena, c->err);
    }
    if (status == LACUNA_OK) {
        status = lac_study_scope_load(&c->scope, arena, c->err);
    }
    if (status == LACUNA_OK) {
        status = sort_backbones(c);
    }
    if (status == LACUNA_OK) {
        status = mark_first(c);
    }
    return status == LACUNA_OK ? mark_tagged(c) : status;
}

lacuna_status lac_ectd_check_run(lac_ectd_check *c)
{
    lac_ectd_rules rules;
    size_t table_count;
    const lac_ectd_table *const *tables = lac_ectd_tables(&table_count);
    lac_buf_init(&c->message, MESSAGE_MAX);
    lacuna_status status = lac_ectd_rules_load(&rules, c->list.arena, c->err);
    for (size_t t = 0; t < table_count && status == LACUNA_OK; t++) {
        for (uint32_t i = 0; i < tables[t]->count && status == LACUNA_OK; i++) {
            status = run_entry(c, &rules, &tables[t]->entries[i]);
        }
    }
    lac_buf_free(&c->message);
    return status;
}

/* ---- shared by rules ------------------------------------------------------------------------ */

lac_leaf_place lac_here(lac_ectd_check *c, uint32_t placement)
{
    return lac_place_placement(&c->places, placement);
}

bool lac_is_deletion(const lac_placement *placement)
{
    return placement->operation == LAC_OPERATION_DELETE ||
           placement->operation == LAC_OPERATION_SUSPENDED;
}

bool lac_is_form(const lac_submission *submission, const lac_placement *placement)
{
    uint32_t node = placement->node;
    return node != LAC_NONE && (strcmp(submission->nodes[node].element, "form") == 0 ||
                                strcmp(submission->nodes[node].heading, "1.1") == 0);
}

const char *lac_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

size_t lac_character_count(lac_span text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    }
    return count;
}

bool lac_whole_number(uint64_t *number, const char *text)
{
    size_t digits = strspn(text, "0123456789");
    *number = 0;
    if (digits == 0 || digits > 18 || text[digits] != '\0') {
        return false;
    }
    for (size_t i = 0; i < digits; i++) {
        *number = *number * 10 + (uint64_t)(text[i] - '0');
    }
    return true;
}

bool lac_sequence_number(uint64_t *number, const lac_sequence *sequence)
{
    return lac_whole_number(number,
                            sequence->number[0] != '\0' ? sequence->number : sequence->name);
}
