#include "api/response_check.h"
#include "api/run.h"

#include "support/buf.h"
#include "support/error.h"
#include "writers/finding.h"
#include "writers/formats.h"

#include <stdlib.h>
#include <string.h>

enum { NOTE_MAX = 8192 };

void lacuna_result_free(lacuna_result *result)
{
    if (result == NULL) {
        return;
    }
    lac_report_free(&result->report);
    lac_gate_free(&result->gate);
    for (size_t i = 0; i < result->checked_count; i++) {
        lac_checked_free(&result->checked[i]);
    }
    free(result->checked);
    free(result->documents);
    free(result->notes);
    lac_registry_free(result->registry);
    lac_inputs_free(&result->inputs);
    lacuna_options_free(result->options);
    free(result);
}

/* ---- settling ------------------------------------------------------------------------------- */

static lacuna_status append_note(lac_buf *buf, const char *path, const lacuna_error *error)
{
    lacuna_status status = lac_buf_printf(buf, "%s: ", path);
    return status == LACUNA_OK ? lac_append_error(buf, error) : status;
}

static lacuna_status keep_note(lacuna_result *result, const lac_buf *buf, lacuna_status status,
                               lacuna_error *err)
{
    const char *copy =
        status == LACUNA_OK ? lac_arena_copy(&result->inputs.arena, lac_buf_span(buf)) : NULL;
    if (copy == NULL) {
        return lac_fail_nomem(err);
    }
    result->notes[result->note_count++] = copy;
    return LACUNA_OK;
}

lacuna_status lac_result_tell(lacuna_result *result, lacuna_error *err)
{
    lac_report *report = &result->report;
    lac_buf buf;
    lac_buf_init(&buf, NOTE_MAX);
    result->notes =
        calloc((size_t)report->document_count + report->skip_count + 1, sizeof *result->notes);
    lacuna_status status = result->notes == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    for (uint32_t i = 0; i < report->document_count && status == LACUNA_OK; i++) {
        const lac_report_document *document = &report->documents[i];
        if (document->error.status != LACUNA_OK) {
            lac_buf_clear(&buf);
            status =
                keep_note(result, &buf, append_note(&buf, document->path, &document->error), err);
        }
    }
    for (uint32_t i = 0; i < report->skip_count && status == LACUNA_OK; i++) {
        lac_buf_clear(&buf);
        status = keep_note(
            result, &buf,
            lac_buf_printf(&buf, "%s: %s", report->skips[i].path, report->skips[i].reason), err);
    }
    lac_buf_free(&buf);
    return status;
}

/* "ind.zip/0001/m5/protocol.docx": where a document of a submission lies. */
static const char *leaf_path(lacuna_result *result, const char *input, const char *file)
{
    lac_buf buf;
    const char *copy = NULL;
    lac_buf_init(&buf, 2 * NOTE_MAX);
    if (lac_buf_printf(&buf, "%s/%s", input, file) == LACUNA_OK) {
        copy = lac_arena_copy(&result->inputs.arena, lac_buf_span(&buf));
    }
    lac_buf_free(&buf);
    return copy;
}

static lacuna_status add_leaves(lacuna_result *result, size_t input, size_t *count,
                                lacuna_error *err)
{
    const lac_leaves *leaves = result->checked[input].leaves;
    for (uint32_t i = 0; leaves != NULL && i < leaves->count; i++) {
        const lac_leaf *leaf = &leaves->items[i];
        const char *path = leaf_path(result, result->inputs.items[input].shown,
                                     leaves->submission->files[leaf->file].path);
        if (path == NULL) {
            return lac_fail_nomem(err);
        }
        result->documents[(*count)++] = (lac_report_document){
            .path = path,
            .id = lac_options_of_path(result->options, &result->options->document_ids, path),
            .digest = leaf->digest,
            .document = leaf->document,
            .result = leaf->result,
            .error = leaf->error,
            .places = leaf->places,
            .place_count = leaf->place_count};
    }
    return LACUNA_OK;
}

static lac_report_document report_document(const lacuna_result *result, size_t index)
{
    const lac_checked *checked = &result->checked[index];
    return (lac_report_document){.path = result->inputs.items[index].shown,
                                 .id = lac_options_of_path(result->options,
                                                           &result->options->document_ids,
                                                           result->inputs.items[index].shown),
                                 .digest = checked->digest,
                                 .document = checked->document,
                                 .result = checked->result,
                                 .checked = checked->result,
                                 .is_submission = checked->is_submission,
                                 .error = checked->error};
}

/* One a document, one an application of a submission, and one a document of it that was read. */
static lacuna_status make_documents(lacuna_result *result, size_t *count, lacuna_error *err)
{
    size_t most = 1 + LAC_GATE_FILES;
    for (size_t i = 0; i < result->checked_count; i++) {
        const lac_submission_result *of = result->checked[i].applications;
        const lac_leaves *leaves = result->checked[i].leaves;
        most += of == NULL ? 1 : of->application_count;
        most += leaves == NULL ? 0 : leaves->count;
        most += lac_checked_package_count(result->checked[i].package);
    }
    result->documents = calloc(most, sizeof *result->documents);
    if (result->documents == NULL) {
        return lac_fail_nomem(err);
    }
    for (size_t i = 0; i < result->checked_count; i++) {
        const lac_submission_result *of = result->checked[i].applications;
        for (uint32_t a = 0; of != NULL && a < of->application_count; a++) {
            result->documents[*count] = report_document(result, i);
            result->documents[(*count)++].result = &of->applications[a];
        }
        if (result->checked[i].package != NULL) {
            lac_checked_package_documents(&result->documents[*count], result->checked[i].package);
            *count += lac_checked_package_count(result->checked[i].package);
        } else if (of == NULL) {
            result->documents[(*count)++] = report_document(result, i);
        }
        lacuna_status status = add_leaves(result, i, count, err);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    *count += lac_gate_documents(&result->documents[*count], &result->gate);
    return LACUNA_OK;
}

lacuna_status lac_result_settle(lacuna_result *result, bool cancelled, lacuna_error *err)
{
    size_t count = 0;
    lacuna_status made = make_documents(result, &count, err);
    if (made != LACUNA_OK) {
        return made;
    }
    lac_report *report = &result->report;
    report->cancelled = cancelled;
    memcpy(report->as_of, result->options->as_of, sizeof report->as_of);
    report->told = lac_options_told(result->options);
    report->chosen = (const char *const *)result->options->checklists.items;
    report->chosen_count = (uint32_t)result->options->checklists.count;
    report->documents = result->documents;
    report->document_count = (uint32_t)count;
    report->skips = result->inputs.skips;
    report->skip_count = (uint32_t)result->inputs.skip_count;
    lacuna_status status = lac_gate_derive(&result->gate, report, &result->inputs.arena, err);
    return status == LACUNA_OK ? lac_result_tell(result, err) : status;
}

/* ---- asking --------------------------------------------------------------------------------- */

lacuna_verdict lacuna_result_verdict(const lacuna_result *result)
{
    return result->report.verdict;
}

const char *lacuna_verdict_name(lacuna_verdict verdict)
{
    return lac_verdict_name(verdict);
}

static uint64_t fresh_count(const lac_report *report)
{
    uint64_t count = 0;
    for (uint32_t s = 0; s < LAC_SEVERITY_COUNT; s++) {
        count += report->counts.fresh[s];
    }
    return count;
}

uint64_t lacuna_result_count(const lacuna_result *result, const char *name)
{
    const lac_report *report = &result->report;
    for (uint32_t i = 0; i < LAC_STATUS_COUNT; i++) {
        if (strcmp(name, lac_item_status_name((lac_item_status)i)) == 0) {
            return report->counts.items[i];
        }
    }
    for (uint32_t i = 0; i < LAC_SEVERITY_COUNT; i++) {
        if (strcmp(name, lac_severity_name((lac_severity)i)) == 0) {
            return report->counts.findings[i];
        }
    }
    const struct {
        const char *name;
        uint64_t count;
    } others[] = {
        {"new", fresh_count(report)},
        {"unchanged", report->counts.unchanged},
        {"fixed", report->counts.absent},
        {"not-looked-at", report->counts.unseen},
        {"waived-findings", report->counts.waived},
        {"gaps", lac_report_gap_count(report)},
        {"findings", report->finding_count},
        {"documents", lac_report_inputs(report) - report->counts.submissions},
        {"submissions", report->counts.submissions},
        {"unread", report->counts.unread},
        {"partly-read", report->counts.partly_read},
        {"documents-not-evaluated", report->counts.not_evaluated},
        {"pages-without-text", report->counts.pages_without_text},
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (strcmp(name, others[i].name) == 0) {
            return others[i].count;
        }
    }
    return 0;
}

size_t lacuna_result_note_count(const lacuna_result *result)
{
    return result->note_count;
}

const char *lacuna_result_note(const lacuna_result *result, size_t index)
{
    return result->notes[index];
}

int32_t lacuna_result_exit_code(const lacuna_result *result)
{
    const lac_report *report = &result->report;
    const lacuna_options *options = result->options;
    if (lac_report_has_defect(report)) {
        return 5;
    }
    if (report->verdict == LACUNA_INCOMPLETE) {
        return 3;
    }
    if (report->verdict == LACUNA_NOTHING_EVALUATED) {
        return 4;
    }
    if (!options->fail_never && lac_report_reaches_new(report, options->fail_on)) {
        return 1;
    }
    bool open = lac_report_is_open(report);
    return options->fail_on_not_evaluated && open ? 1 : 0;
}

lacuna_status lacuna_result_render(const lacuna_result *result, const char *format,
                                   const lacuna_options *options, lacuna_write_fn write, void *user,
                                   lacuna_error *err)
{
    lac_text_style style = lac_options_style(options);
    return lac_report_render(&result->report, format, &style, write, user, err);
}

const char *const *lacuna_result_formats(size_t *count)
{
    return lac_report_formats(count);
}
