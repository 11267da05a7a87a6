#include "writers/report.h"

#include "analyzer/evidence.h"
#include "analyzer/gate/identity.h"
#include "analyzer/in_force.h"
#include "support/buf.h"
#include "support/error.h"
#include "writers/fingerprint.h"
#include "writers/gate.h"
#include "writers/identities.h"

#include <stdio.h>
#include <stdlib.h>

enum { SHARED_MESSAGE_MAX = 4 * LAC_IDENTITY_MAX };

static bool is_gap(const lac_item_result *item)
{
    return !lac_item_is_structural(item->item) && lac_item_status_is_gap(item->status);
}

/* A gap that a model disputes waits for a person; until then it is a finding, and fails a gate. */
bool lac_item_has_finding(const lac_item_result *item)
{
    if (item->decision != NULL && item->waiver == NULL) {
        return is_gap(item);
    }
    return is_gap(item) || item->waiver != NULL ||
           (item->rule_vote != NULL && !lac_item_is_structural(item->item) &&
            lac_item_status_is_gap(item->rule_vote->status));
}

/* The findings of a document about items, one after the other in checklist order: as its findings
 * list them. */
typedef struct gap_cursor {
    const lac_document_result *result;
    uint32_t checklist, item;
} gap_cursor;

static lac_item_result *next_gap(gap_cursor *cursor)
{
    while (cursor->checklist < cursor->result->checklist_count) {
        const lac_checklist_result *list = &cursor->result->checklists[cursor->checklist];
        for (; cursor->item < list->item_count; cursor->item++) {
            if (lac_item_has_finding(&list->items[cursor->item])) {
                return &list->items[cursor->item];
            }
        }
        cursor->checklist++;
        cursor->item = 0;
    }
    return NULL;
}

static lacuna_status give_document_anchor(lac_report *report, lac_report_finding *finding,
                                          lacuna_error *err)
{
    lac_anchor *whole = lac_arena_alloc(&report->arena, sizeof *whole);
    if (whole == NULL) {
        return lac_fail_nomem(err);
    }
    const lac_report_document *document = &report->documents[finding->document];
    *whole = lac_anchor_document();
    whole->leaf = document->place_count > 0 ? document->places[0] : NULL;
    finding->anchors = whole;
    finding->anchor_count = 1;
    return LACUNA_OK;
}

static lacuna_status add_findings_of(lac_report *report, uint32_t index, lacuna_error *err)
{
    const lac_document_result *result = report->documents[index].result;
    gap_cursor cursor = {result, 0, 0};
    lac_item_result *gap = next_gap(&cursor);
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < result->finding_count && status == LACUNA_OK; i++) {
        const lac_finding *from = &result->findings[i];
        lac_report_finding *finding = &report->findings[report->finding_count++];
        *finding = (lac_report_finding){.rule = from->rule,
                                        .severity = from->severity,
                                        .message = from->message,
                                        .document = index,
                                        .anchors = from->anchors,
                                        .anchor_count = from->anchor_count};
        if (gap != NULL && from->rule == gap->item->id) {
            finding->item = gap;
            finding->checklist = result->checklists[cursor.checklist].checklist->id;
            cursor.item++;
            gap = next_gap(&cursor);
        }
        if (from->anchor_count == 0) {
            status = give_document_anchor(report, finding, err);
        }
    }
    if (status == LACUNA_OK && gap != NULL) {
        status =
            lac_fail(err, LACUNA_E_INTERNAL, "the gap %s is not among the findings", gap->item->id);
    }
    return status;
}

/* What a baseline knows of a document may then be of another one. */
static lacuna_status add_shared_identities(lac_report *report, lacuna_error *err)
{
    lac_buf message;
    lacuna_status status = LACUNA_OK;
    lac_buf_init(&message, SHARED_MESSAGE_MAX);
    for (uint32_t i = 0; i < report->document_count && status == LACUNA_OK; i++) {
        const lac_report_identity *identity = &report->identities[i];
        if (identity->shared == NULL) {
            continue;
        }
        lac_buf_clear(&message);
        status = lac_buf_printf(&message,
                                "Another document is called \"%s\" as well: this one is known as "
                                "\"%s\" as long as the order of their paths stays. Give both an id "
                                "in .lacuna.json.",
                                identity->shared, identity->text);
        lac_report_finding *finding = &report->findings[report->finding_count];
        *finding = (lac_report_finding){
            .rule = "document/identity-shared", .severity = LAC_SEVERITY_INFO, .document = i};
        finding->message =
            status == LACUNA_OK ? lac_arena_copy(&report->arena, lac_buf_span(&message)) : NULL;
        status = finding->message == NULL ? lac_fail_nomem(err)
                                          : give_document_anchor(report, finding, err);
        report->finding_count += status == LACUNA_OK ? 1 : 0;
    }
    lac_buf_free(&message);
    return status;
}

static size_t most_findings(const lac_report *report)
{
    size_t count = 0;
    for (uint32_t d = 0; d < report->document_count; d++) {
        const lac_document_result *result = report->documents[d].result;
        count += result == NULL ? 0 : result->finding_count;
    }
    return count;
}

/* Findings about submissions that say the same stand in the order of their leaves. */
static int compare_leaves(const lac_leaf_place *a, const lac_leaf_place *b)
{
    if (a == NULL || b == NULL) {
        return 0;
    }
    int order = strcmp(a->sequence, b->sequence);
    order = order != 0 ? order : strcmp(a->file, b->file);
    return order != 0 ? order : strcmp(a->id, b->id);
}

static int compare_findings(const void *a, const void *b)
{
    const lac_report_finding *x = a;
    const lac_report_finding *y = b;
    if (x->document != y->document) {
        return x->document < y->document ? -1 : 1;
    }
    if (x->anchors[0].start != y->anchors[0].start) {
        return x->anchors[0].start < y->anchors[0].start ? -1 : 1;
    }
    int order = strcmp(x->rule, y->rule);
    if (order == 0 && x->checklist != NULL && y->checklist != NULL) {
        order = strcmp(x->checklist, y->checklist);
    }
    if (order == 0) {
        order = strcmp(x->message, y->message);
    }
    order = order != 0 ? order : compare_leaves(x->anchors[0].leaf, y->anchors[0].leaf);
    bool named = order == 0 && x->subject != NULL && y->subject != NULL;
    return named ? strcmp(x->subject, y->subject) : order;
}

static lacuna_status collect_findings(lac_report *report, lacuna_error *err)
{
    report->findings = lac_arena_array(&report->arena,
                                       most_findings(report) + lac_identity_shared_count(report) +
                                           lac_gate_most_findings(report) + 1,
                                       sizeof *report->findings);
    if (report->findings == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t d = 0; d < report->document_count; d++) {
        if (report->documents[d].result != NULL) {
            lacuna_status status = add_findings_of(report, d, err);
            if (status != LACUNA_OK) {
                return status;
            }
        }
    }
    lacuna_status status = add_shared_identities(report, err);
    qsort(report->findings, report->finding_count, sizeof *report->findings, compare_findings);
    return status;
}

static void count_items(lac_report_counts *counts, const lac_document_result *result)
{
    for (uint32_t c = 0; c < result->checklist_count; c++) {
        const lac_checklist_result *list = &result->checklists[c];
        for (uint32_t i = 0; i < list->item_count; i++) {
            const lac_item_result *item = &list->items[i];
            if (!lac_item_is_structural(item->item)) {
                counts->items[item->status]++;
                counts->gaps[item->item->severity] += is_gap(item) ? 1 : 0;
            }
        }
    }
}

/* What is missing may stand in the text that was not read, so such a document is not complete. */
static bool is_partly_read(const lac_report_document *of)
{
    const lac_document *document = of->document;
    if (of->is_submission && of->result != NULL) {
        return of->result->submission->incomplete;
    }
    for (uint32_t i = 0; document != NULL && i < document->note_count; i++) {
        if (document->notes[i].text_missing) {
            return true;
        }
    }
    return false;
}

bool lac_report_not_evaluated(const lac_report_document *document)
{
    return document->document != NULL && document->document->not_evaluated != NULL;
}

bool lac_report_only_pdf(const lac_report *report)
{
    for (uint32_t d = 0; d < report->document_count; d++) {
        const lac_report_document *document = &report->documents[d];
        if (lac_report_not_evaluated(document) && document->document->format != LAC_FORMAT_PDF) {
            return false;
        }
    }
    return true;
}

bool lac_report_only_submissions(const lac_report *report)
{
    for (uint32_t d = 0; d < report->document_count; d++) {
        if (!report->documents[d].is_submission && report->documents[d].place_count == 0 &&
            report->documents[d].control == NULL) {
            return false;
        }
    }
    return lac_report_inputs(report) > 0;
}

static void count_unread(lac_report_counts *counts, const lac_report_document *document)
{
    bool not_evaluated = lac_report_not_evaluated(document);
    counts->unread += document->error.status != LACUNA_OK ? 1 : 0;
    counts->partly_read += is_partly_read(document) ? 1 : 0;
    counts->not_evaluated += not_evaluated ? 1 : 0;
    if (document->document != NULL && !not_evaluated) {
        counts->pages_without_text += document->document->pages_without_text;
    }
}

static void count_finding(lac_report_counts *counts, const lac_report_finding *finding)
{
    if (finding->waiver != NULL) {
        counts->waived++;
        return;
    }
    counts->findings[finding->severity]++;
    counts->fresh[finding->severity] += finding->state == LAC_FINDING_NEW ? 1 : 0;
    counts->unchanged += finding->state == LAC_FINDING_UNCHANGED ? 1 : 0;
}

static void count_all(lac_report *report)
{
    lac_report_counts *counts = &report->counts;
    for (uint32_t d = 0; d < report->document_count; d++) {
        const lac_report_document *document = &report->documents[d];
        count_unread(counts, document);
        counts->submissions += document->is_submission ? 1 : 0;
        counts->controls += document->control != NULL ? 1 : 0;
        if (document->result != NULL) {
            bool judged = document->result->checklist_count + document->result->section_count > 0;
            bool unassigned =
                !document->is_submission && !lac_report_not_evaluated(document) && !judged;
            counts->unassigned += unassigned ? 1 : 0;
            count_items(counts, document->result);
        }
    }
    for (uint32_t i = 0; i < report->finding_count; i++) {
        count_finding(counts, &report->findings[i]);
    }
}

static int compare_checklists(const void *a, const void *b)
{
    const lac_checklist *x = *(const lac_checklist *const *)a;
    const lac_checklist *y = *(const lac_checklist *const *)b;
    return strcmp(x->id, y->id);
}

static size_t most_checklists(const lac_report *report)
{
    size_t total = 0;
    for (uint32_t d = 0; d < report->document_count; d++) {
        const lac_document_result *result = report->documents[d].result;
        total += result == NULL ? 0 : result->checklist_count;
    }
    return total;
}

static lacuna_status collect_checklists(lac_report *report, lacuna_error *err)
{
    report->checklists =
        lac_arena_array(&report->arena, most_checklists(report) + 1, sizeof(const lac_checklist *));
    if (report->checklists == NULL) {
        return lac_fail_nomem(err);
    }
    uint32_t found = 0;
    for (uint32_t d = 0; d < report->document_count; d++) {
        const lac_document_result *result = report->documents[d].result;
        for (uint32_t c = 0; result != NULL && c < result->checklist_count; c++) {
            report->checklists[found++] = result->checklists[c].checklist;
        }
    }
    qsort(report->checklists, found, sizeof(const lac_checklist *), compare_checklists);
    for (uint32_t i = 0; i < found; i++) {
        if (i == 0 || compare_checklists(&report->checklists[i - 1], &report->checklists[i]) != 0) {
            report->checklists[report->checklist_count++] = report->checklists[i];
        }
    }
    return LACUNA_OK;
}

bool lac_report_is_open(const lac_report *report)
{
    const lac_report_counts *counts = &report->counts;
    return counts->items[LAC_NOT_EVALUATED] > 0 || counts->not_evaluated > 0 ||
           counts->pages_without_text > 0;
}

static lacuna_verdict judge(const lac_report *report)
{
    const uint32_t *items = report->counts.items;
    const lacuna_judge_summary *asked = &report->judge.summary;
    if (report->counts.unread > 0 || report->counts.partly_read > 0 || report->cancelled ||
        asked->kept + asked->asked < asked->questions) {
        return LACUNA_INCOMPLETE;
    }
    uint32_t decided = items[LAC_MET] + items[LAC_PARTIAL] + items[LAC_MISSING] +
                       items[LAC_CONTRADICTS] + items[LAC_WAIVED];
    /* A submission is always held to the rules about submissions. */
    if (decided == 0 && report->counts.submissions == 0) {
        return LACUNA_NOTHING_EVALUATED;
    }
    if (lac_report_is_open(report) || lac_report_reaches(report, LAC_SEVERITY_MINOR)) {
        return LACUNA_NOT_READY;
    }
    return LACUNA_READY;
}

const char *lac_verdict_name(lacuna_verdict verdict)
{
    static const char *const names[] = {"ready", "not-ready", "incomplete", "nothing-evaluated"};
    return (size_t)verdict < sizeof names / sizeof names[0] ? names[verdict] : "unknown";
}

static lacuna_status collect_notices(lac_report *report, lacuna_error *err)
{
    size_t most = (size_t)report->checklist_count * LAC_NOTICES;
    report->notices = lac_arena_array(&report->arena, most, sizeof *report->notices);
    if (report->notices == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < report->checklist_count; i++) {
        const char *texts[LAC_NOTICES];
        uint32_t found;
        const lac_checklist *checklist = report->checklists[i];
        if (lac_checklist_notices(texts, &found, &report->arena, checklist, report->as_of) !=
            LACUNA_OK) {
            return lac_fail_nomem(err);
        }
        for (uint32_t t = 0; t < found; t++) {
            report->notices[report->notice_count++] = (lac_report_notice){checklist, texts[t]};
        }
    }
    return LACUNA_OK;
}

/* What is said about waivers is a finding like others: known to a baseline, in the order of files.
 */
static lacuna_status apply_gate(lac_report *report, lacuna_error *err)
{
    uint32_t added;
    lacuna_status status = lac_gate_waive(report, &added, err);
    if (status == LACUNA_OK && added > 0) {
        qsort(report->findings, report->finding_count, sizeof *report->findings, compare_findings);
        status = lac_report_fingerprint(report, err);
    }
    return status == LACUNA_OK ? lac_gate_compare(report, err) : status;
}

lacuna_status lac_report_derive(lac_report *report, lacuna_error *err)
{
    lac_arena_init(&report->arena);
    report->identities = NULL;
    report->findings = NULL;
    report->checklists = NULL;
    report->notices = NULL;
    report->finding_count = report->checklist_count = report->notice_count = 0;
    report->absent = NULL;
    report->counts = (lac_report_counts){0};
    lac_gate_restore(report);
    lacuna_status status = lac_report_identify(report, err);
    if (status == LACUNA_OK) {
        status = collect_findings(report, err);
    }
    if (status == LACUNA_OK) {
        status = lac_report_fingerprint(report, err);
    }
    if (status == LACUNA_OK) {
        status = apply_gate(report, err);
    }
    if (status == LACUNA_OK) {
        status = collect_checklists(report, err);
    }
    if (status == LACUNA_OK) {
        status = collect_notices(report, err);
    }
    if (status == LACUNA_OK) {
        lac_report_count(report);
    }
    return status;
}

void lac_report_count(lac_report *report)
{
    count_all(report);
    report->verdict = judge(report);
}

const char *lac_report_version(const lac_report *report)
{
    return report->tool_version == NULL ? lacuna_version() : report->tool_version;
}

void lac_report_build(char build[LAC_BUILD_ID_SIZE], const lac_report *report)
{
    if (report->tool_build == NULL) {
        lac_build_id(build);
        return;
    }
    (void)snprintf(build, LAC_BUILD_ID_SIZE, "%s", report->tool_build);
}

void lac_report_free(lac_report *report)
{
    lac_arena_free(&report->arena);
}

uint32_t lac_report_gap_count(const lac_report *report)
{
    const uint32_t *items = report->counts.items;
    return items[LAC_PARTIAL] + items[LAC_MISSING] + items[LAC_CONTRADICTS];
}

static bool any_from(const uint32_t counts[LAC_SEVERITY_COUNT], lac_severity severity)
{
    for (uint32_t s = severity; s < LAC_SEVERITY_COUNT; s++) {
        if (counts[s] > 0) {
            return true;
        }
    }
    return false;
}

bool lac_report_reaches(const lac_report *report, lac_severity severity)
{
    return any_from(report->counts.findings, severity);
}

bool lac_report_reaches_new(const lac_report *report, lac_severity severity)
{
    return any_from(report->counts.fresh, severity);
}

bool lac_report_has_defect(const lac_report *report)
{
    for (uint32_t d = 0; d < report->document_count; d++) {
        if (report->documents[d].error.status == LACUNA_E_INTERNAL) {
            return true;
        }
    }
    return false;
}
