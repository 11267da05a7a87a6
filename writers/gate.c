#include "writers/gate.h"

#include "analyzer/evidence.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>

enum { MESSAGE_MAX = 16 * 1024 };

const char *lac_finding_state_name(lac_finding_state state)
{
    return state == LAC_FINDING_UNCHANGED ? "unchanged" : "new";
}

/* ---- items ---------------------------------------------------------------------------------- */

static void restore_item(lac_item_result *item)
{
    item->known = false;
    if (item->waiver != NULL) {
        item->status = item->waived.status;
        item->reason = item->waived.reason;
        item->explanation = item->waived.explanation;
        item->waiver = NULL;
    }
}

void lac_gate_restore(const lac_report *report)
{
    for (uint32_t d = 0; d < report->document_count; d++) {
        const lac_document_result *result = report->documents[d].result;
        for (uint32_t c = 0; result != NULL && c < result->checklist_count; c++) {
            for (uint32_t i = 0; i < result->checklists[c].item_count; i++) {
                restore_item(&result->checklists[c].items[i]);
            }
        }
    }
}

static void waive_item(lac_item_result *item, const lac_waiver *waiver)
{
    item->waived.status = item->status;
    item->waived.reason = item->reason;
    item->waived.explanation = item->explanation;
    item->waiver = waiver;
    item->status = LAC_WAIVED;
    item->reason = item->waived.status == LAC_PARTIAL       ? "waived/partial"
                   : item->waived.status == LAC_CONTRADICTS ? "waived/contradicts"
                   : item->waived.status == LAC_MISSING     ? "waived/missing"
                                                            : "waived/disputed";
    item->explanation = waiver->told;
}

/* ---- waivers -------------------------------------------------------------------------------- */

/* What became of one waiver. */
typedef struct usage {
    uint32_t held, expired, early, changed;
} usage;

static const lac_checklist *checklist_of(const lac_report *report,
                                         const lac_report_finding *finding)
{
    const lac_document_result *result = report->documents[finding->document].result;
    for (uint32_t c = 0; finding->checklist != NULL && c < result->checklist_count; c++) {
        if (strcmp(result->checklists[c].checklist->id, finding->checklist) == 0) {
            return result->checklists[c].checklist;
        }
    }
    return NULL;
}

static lac_waivable waivable_of(const lac_report *report, const lac_report_finding *finding)
{
    const lac_checklist *checklist = checklist_of(report, finding);
    return (lac_waivable){
        .rule = finding->rule,
        .checklist = finding->checklist,
        .checklist_digest = checklist == NULL ? NULL : checklist->digest.hex,
        .fingerprint = finding->fingerprint.hex,
        .document = report->identities[finding->document].text,
        .path = report->documents[finding->document].path,
    };
}

static void try_waiver(lac_report_finding *finding, const lac_waiver *waiver, usage *used,
                       lac_waiver_use use)
{
    used->held += use == LAC_WAIVER_HOLDS;
    used->expired += use == LAC_WAIVER_EXPIRED;
    used->early += use == LAC_WAIVER_EARLY;
    used->changed += use == LAC_WAIVER_CHANGED;
    if (use == LAC_WAIVER_HOLDS && finding->waiver == NULL) {
        finding->waiver = waiver;
    }
}

static int compare_rules(const void *a, const void *b)
{
    const lac_waiver *x = *(const lac_waiver *const *)a;
    const lac_waiver *y = *(const lac_waiver *const *)b;
    int order = strcmp(x->rule, y->rule);
    return order != 0 ? order : x < y ? -1 : 1; /* one array, in the order of the file */
}

/* First of the sorted waivers whose rule is not before this one. */
static uint32_t first_of_rule(const lac_waiver *const *sorted, uint32_t count, const char *rule)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (strcmp(sorted[middle]->rule, rule) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void waive_finding(lac_report *report, lac_report_finding *finding,
                          const lac_waiver *const *sorted, usage *used)
{
    const lac_waivers *waivers = report->waivers;
    const lac_waivable about = waivable_of(report, finding);
    for (uint32_t i = first_of_rule(sorted, waivers->count, finding->rule);
         i < waivers->count && strcmp(sorted[i]->rule, finding->rule) == 0; i++) {
        try_waiver(finding, sorted[i], &used[sorted[i] - waivers->items],
                   lac_waiver_judge(sorted[i], &about, report->as_of));
    }
    if (finding->waiver != NULL && finding->item != NULL) {
        waive_item(finding->item, finding->waiver);
    }
}

/* ---- what is to be said about them ---------------------------------------------------------- */

static lacuna_status add_finding(lac_report *report, const char *rule, uint32_t document,
                                 uint32_t line, const char *subject, const char *message,
                                 lacuna_error *err)
{
    lac_anchor *anchor = lac_arena_alloc(&report->arena, sizeof *anchor);
    const char *text = lac_arena_copy(&report->arena, lac_span_of(message));
    if (anchor == NULL || text == NULL) {
        return lac_fail_nomem(err);
    }
    *anchor = lac_anchor_document();
    anchor->line = line;
    report->findings[report->finding_count++] = (lac_report_finding){.rule = rule,
                                                                     .severity = LAC_SEVERITY_MINOR,
                                                                     .message = text,
                                                                     .document = document,
                                                                     .anchors = anchor,
                                                                     .anchor_count = 1,
                                                                     .subject = subject};
    return LACUNA_OK;
}

/* A waiver for documents that were not looked at is neither used nor unused. */
static bool concerns(const lac_report *report, const lac_waiver *waiver)
{
    for (uint32_t d = 0; d < report->document_count; d++) {
        const lac_report_document *document = &report->documents[d];
        if (document->control == NULL && document->error.status == LACUNA_OK &&
            lac_waiver_covers(waiver, report->identities[d].text, document->path)) {
            return true;
        }
    }
    return false;
}

static const char *judge_usage(const lac_report *report, const lac_waiver *waiver,
                               const usage *used, const char **what)
{
    if (used->held > 0) {
        return NULL;
    }
    if (used->changed > 0) {
        *what = "was given for another version of the checklist, so it is void: look again, and "
                "give the new digest";
        return "waiver/changed";
    }
    if (used->expired > 0) {
        *what = "has expired; what it waived is open again";
        return "waiver/expired";
    }
    if (used->early > 0) {
        *what = "was created after the day of this run, so it does not hold yet";
        return "waiver/early";
    }
    *what = "waives nothing: no finding is like it any more. Remove it";
    return concerns(report, waiver) ? "waiver/unused" : NULL;
}

static lacuna_status tell_usage(lac_report *report, uint32_t index, const usage *used,
                                lac_buf *text, lacuna_error *err)
{
    const lac_waiver *waiver = &report->waivers->items[index];
    const char *what;
    const char *rule = judge_usage(report, waiver, used, &what);
    if (rule == NULL) {
        return LACUNA_OK;
    }
    lac_buf_clear(text);
    lacuna_status status =
        lac_buf_printf(text, "The waiver %s of %s (%s, %s to %s) %s.", waiver->id, waiver->rule,
                       waiver->approver, waiver->created, waiver->expires, what);
    return status == LACUNA_OK ? add_finding(report, rule, report->waiver_document,
                                             lac_waivers_line(report->waivers, index), waiver->id,
                                             lac_buf_text(text), err)
                               : lac_fail(err, status, "a waiver could not be told of");
}

static lacuna_status apply_waivers(lac_report *report, lac_buf *text, lacuna_error *err)
{
    const lac_waivers *waivers = report->waivers;
    lacuna_status status = LACUNA_OK;
    usage *used = calloc((size_t)waivers->count + 1, sizeof *used);
    const lac_waiver **sorted = calloc((size_t)waivers->count + 1, sizeof *sorted);
    if (used == NULL || sorted == NULL) {
        status = lac_fail_nomem(err);
        goto cleanup;
    }
    for (uint32_t i = 0; i < waivers->count; i++) {
        sorted[i] = &waivers->items[i];
    }
    qsort(sorted, waivers->count, sizeof(const lac_waiver *), compare_rules);
    for (uint32_t i = 0; i < report->finding_count; i++) {
        waive_finding(report, &report->findings[i], sorted, used);
    }
    for (uint32_t i = 0; i < waivers->count && status == LACUNA_OK; i++) {
        status = tell_usage(report, i, &used[i], text, err);
    }
cleanup:
    free(used);
    free(sorted);
    return status;
}

size_t lac_gate_most_findings(const lac_report *report)
{
    return (report->waivers == NULL ? 0 : report->waivers->count) + report->remark_count;
}

lacuna_status lac_gate_waive(lac_report *report, uint32_t *added, lacuna_error *err)
{
    uint32_t before = report->finding_count;
    lacuna_status status = LACUNA_OK;
    lac_buf text;
    lac_buf_init(&text, MESSAGE_MAX);
    if (report->waivers != NULL) {
        status = apply_waivers(report, &text, err);
    }
    for (uint32_t i = 0; i < report->remark_count && status == LACUNA_OK; i++) {
        const lac_report_remark *remark = &report->remarks[i];
        status = add_finding(report, remark->rule, remark->document, remark->line, remark->subject,
                             remark->message, err);
    }
    lac_buf_free(&text);
    *added = report->finding_count - before;
    return status;
}

/* ---- the baseline --------------------------------------------------------------------------- */

typedef struct place {
    const char *identity;
    const lac_report_document *document;
} place;

static int compare_places(const void *a, const void *b)
{
    return strcmp(((const place *)a)->identity, ((const place *)b)->identity);
}

/* Whether what the entry tells would have been found again. */
static bool was_looked_at(const place *places, uint32_t count, const lac_baseline_entry *entry)
{
    const place wanted = {.identity = entry->document};
    const place *found =
        count == 0 ? NULL : bsearch(&wanted, places, count, sizeof *places, compare_places);
    if (found == NULL || found->document->error.status != LACUNA_OK) {
        return false;
    }
    const lac_document_result *result = found->document->result;
    if (entry->checklist == NULL || result == NULL) {
        return result != NULL || found->document->control != NULL;
    }
    for (uint32_t c = 0; c < result->checklist_count; c++) {
        if (strcmp(result->checklists[c].checklist->id, entry->checklist) == 0) {
            return true;
        }
    }
    return false;
}

static void mark_known(lac_report *report, bool *met)
{
    for (uint32_t i = 0; i < report->finding_count; i++) {
        lac_report_finding *finding = &report->findings[i];
        uint32_t at = lac_baseline_find(report->baseline, finding->fingerprint.hex);
        if (at == UINT32_MAX) {
            continue;
        }
        met[at] = true;
        finding->state = LAC_FINDING_UNCHANGED;
        if (finding->item != NULL) {
            finding->item->known = true;
        }
    }
}

static int compare_entries(const void *a, const void *b)
{
    const lac_baseline_entry *x = *(const lac_baseline_entry *const *)a;
    const lac_baseline_entry *y = *(const lac_baseline_entry *const *)b;
    int order = strcmp(x->document, y->document);
    order = order != 0 ? order : strcmp(x->rule, y->rule);
    return order != 0 ? order : strcmp(x->fingerprint, y->fingerprint);
}

static void collect_absent(lac_report *report, const bool *met, const place *places)
{
    const lac_baseline *baseline = report->baseline;
    for (uint32_t i = 0; i < baseline->count; i++) {
        if (met[i]) {
            continue;
        }
        if (was_looked_at(places, report->document_count, &baseline->entries[i])) {
            report->absent[report->counts.absent++] = &baseline->entries[i];
        } else {
            report->counts.unseen++;
        }
    }
    if (report->counts.absent > 1) {
        qsort(report->absent, report->counts.absent, sizeof(const lac_baseline_entry *),
              compare_entries);
    }
}

lacuna_status lac_gate_compare(lac_report *report, lacuna_error *err)
{
    if (report->baseline == NULL) {
        return LACUNA_OK;
    }
    size_t entries = report->baseline->count, documents = report->document_count;
    lacuna_status status = LACUNA_OK;
    bool *met = calloc(entries + 1, sizeof *met);
    place *places = calloc(documents + 1, sizeof *places);
    report->absent = lac_arena_array(&report->arena, entries + 1, sizeof *report->absent);
    if (met == NULL || places == NULL || report->absent == NULL) {
        status = lac_fail_nomem(err);
        goto cleanup;
    }
    for (uint32_t d = 0; d < documents; d++) {
        places[d] = (place){report->identities[d].text, &report->documents[d]};
    }
    qsort(places, documents, sizeof *places, compare_places);
    mark_known(report, met);
    collect_absent(report, met, places);
cleanup:
    free(met);
    free(places);
    return status;
}
