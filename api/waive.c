/* A waiver for a finding of a result, as an entry of a file for a person to review. */
#include "api/entry_file.h"
#include "api/run.h"
#include "support/error.h"

#include <stdio.h>
#include <string.h>

enum { FINGERPRINT_LEAST = 8, ID_SIZE = 32 };

/* "m11.6.7.4", "protocol_m11/m11.6.7.4", "docx/comments", or the beginning of a fingerprint. */
static bool is_meant(const lac_report_finding *finding, const char *what)
{
    size_t length = strlen(what);
    if (strcmp(finding->rule, what) == 0) {
        return true;
    }
    if (finding->checklist != NULL) {
        size_t id = strlen(finding->checklist);
        if (strncmp(what, finding->checklist, id) == 0 && what[id] == '/' &&
            strcmp(what + id + 1, finding->rule) == 0) {
            return true;
        }
    }
    return length >= FINGERPRINT_LEAST && length <= 64 &&
           strncmp(finding->fingerprint.hex, what, length) == 0;
}

static bool is_in(const lac_report *report, const lac_report_finding *finding, const char *document)
{
    return document == NULL || strcmp(report->identities[finding->document].text, document) == 0 ||
           strcmp(report->documents[finding->document].path, document) == 0;
}

static lacuna_status find(const lac_report_finding **out, const lac_report *report,
                          const char *what, const char *document, lacuna_error *err)
{
    uint32_t count = 0;
    *out = NULL;
    for (uint32_t i = 0; i < report->finding_count; i++) {
        const lac_report_finding *finding = &report->findings[i];
        if (is_meant(finding, what) && is_in(report, finding, document)) {
            *out = finding;
            count++;
        }
    }
    if (count == 0) {
        return lac_fail_remedy(err, LACUNA_E_NOTFOUND,
                               "`lacuna check --format csv` lists rules and fingerprints",
                               "no finding is called \"%.80s\"%s%.80s", what,
                               document == NULL ? "" : " in ", document == NULL ? "" : document);
    }
    return count == 1 ? LACUNA_OK
                      : lac_fail_remedy(err, LACUNA_E_ARGUMENT,
                                        "Name one by its fingerprint, or its document with "
                                        "--document.",
                                        "%u findings are called \"%.80s\"", count, what);
}

static const lac_checklist *checklist_of(const lac_report *report,
                                         const lac_report_finding *finding)
{
    for (uint32_t i = 0; finding->checklist != NULL && i < report->checklist_count; i++) {
        if (strcmp(report->checklists[i]->id, finding->checklist) == 0) {
            return report->checklists[i];
        }
    }
    return NULL;
}

static const char *or_todo(const char *text, const char *todo)
{
    return text == NULL ? todo : text;
}

static json_t *make_entry(const lac_report *report, const lac_report_finding *finding,
                          const lacuna_waiver_text *text)
{
    char id[ID_SIZE];
    const lac_checklist *checklist = checklist_of(report, finding);
    (void)snprintf(id, sizeof id, "W-%.8s", finding->fingerprint.hex);
    json_t *entry =
        json_pack("{s:s, s:s, s:{s:s, s:s}, s:s, s:s, s:s, s:s}", "id", id, "rule", finding->rule,
                  "scope", "fingerprint", finding->fingerprint.hex, "document",
                  report->identities[finding->document].text, "justification",
                  or_todo(text->justification, "TODO: why the gap is accepted"), "approver",
                  or_todo(text->approver, "TODO: who accepts it"), "created", report->as_of,
                  "expires", or_todo(text->expires, "TODO: last day, YYYY-MM-DD"));
    if (entry == NULL || checklist == NULL) {
        return entry;
    }
    json_t *bound = json_pack("{s:s, s:s}", "id", checklist->id, "digest", checklist->digest.hex);
    if (json_object_set_new(entry, "checklist", bound) != 0) {
        json_decref(entry);
        return NULL;
    }
    return entry;
}

/* SIZE_MAX: it is not waived yet. */
static size_t find_waived(const lac_entry_file *file, const lac_report_finding *finding)
{
    for (size_t i = 0; i < json_array_size(file->entries); i++) {
        const json_t *scope = json_object_get(json_array_get(file->entries, i), "scope");
        if (lac_entry_says(scope, "fingerprint", finding->fingerprint.hex)) {
            return i;
        }
    }
    return SIZE_MAX;
}

lacuna_status lacuna_result_waive(const lacuna_result *result, const char *what,
                                  const char *document, const lacuna_waiver_text *text,
                                  const char *file, lacuna_write_fn write, void *user,
                                  lacuna_error *err)
{
    const lac_report_finding *finding;
    lac_entry_file entries;
    lacuna_status status = find(&finding, &result->report, what, document, err);
    if (status == LACUNA_OK) {
        status = lac_entry_file_open(&entries, file, "lacuna.waivers/1", "waivers", err);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    size_t index = find_waived(&entries, finding);
    status = lac_entry_file_put(&entries, index, make_entry(&result->report, finding, text), err);
    if (status == LACUNA_OK) {
        status = lac_entry_file_write(&entries, write, user, err);
    }
    lac_entry_file_close(&entries);
    return status;
}
