/* A person's decision about an item, as an entry of a file to be reviewed, and in the audit log. */
#include "analyzer/gate/fold.h"
#include "api/audit_key.h"
#include "api/entry_file.h"
#include "api/run.h"
#include "drafter/audit.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

enum { LABEL_MAX = 64 * 1024, HEADINGS_MAX = 64 };

/* What the decision is about. */
typedef struct matter {
    const lac_report *report;
    uint32_t document; /* index in the report */
    const lac_checklist *checklist;
    const lac_item *item;
    uint32_t section;
    lac_digest digest; /* of its text */
    const lacuna_decision_text *text;
} matter;

/* ---- the item ------------------------------------------------------------------------------- */

static bool is_meant(const lac_checklist *checklist, const lac_item *item, const char *what)
{
    size_t id = strlen(checklist->id);
    return strcmp(item->id, what) == 0 || (strncmp(what, checklist->id, id) == 0 &&
                                           what[id] == '/' && strcmp(what + id + 1, item->id) == 0);
}

static void look_in(matter *m, uint32_t index, const char *what, uint32_t *count)
{
    const lac_report_document *document = &m->report->documents[index];
    for (uint32_t c = 0; document->checked != NULL && c < document->checked->checklist_count; c++) {
        const lac_checklist_result *list = &document->checked->checklists[c];
        for (uint32_t i = 0; i < list->item_count; i++) {
            const lac_item *item = list->items[i].item;
            if (is_meant(list->checklist, item, what) &&
                item->strength != LAC_STRENGTH_STRUCTURAL) {
                m->document = index;
                m->checklist = list->checklist;
                m->item = item;
                (*count)++;
            }
        }
    }
}

static lacuna_status find_item(matter *m, const char *what, lacuna_error *err)
{
    uint32_t count = 0;
    for (uint32_t d = 0; d < m->report->document_count; d++) {
        look_in(m, d, what, &count);
    }
    if (count == 0) {
        return lac_fail_remedy(err, LACUNA_E_NOTFOUND,
                               "`lacuna check --verbose` names the items; decisions are made about "
                               "documents that are files of their own",
                               "the document was not held to an item \"%.80s\"", what);
    }
    return count == 1 ? LACUNA_OK
                      : lac_fail_remedy(err, LACUNA_E_ARGUMENT,
                                        "Write CHECKLIST/ITEM, and name one document.",
                                        "%u items are called \"%.80s\"", count, what);
}

/* ---- the place ------------------------------------------------------------------------------ */

static bool folds_to(lac_span text, const char *wanted)
{
    lac_buf a, b;
    lac_buf_init(&a, LABEL_MAX);
    lac_buf_init(&b, LABEL_MAX);
    bool same = lac_gate_fold(&a, text) == LACUNA_OK &&
                lac_gate_fold(&b, lac_span_of(wanted)) == LACUNA_OK &&
                lac_span_equal(lac_buf_span(&a), lac_buf_span(&b));
    lac_buf_free(&a);
    lac_buf_free(&b);
    return same;
}

/* By number, title, or both as the heading is shown. */
static bool is_named(const lac_section *section, const char *at)
{
    size_t number = section->number.len;
    if (number > 0 && strncmp(at, section->number.ptr, number) == 0) {
        return at[number] == '\0' || (at[number] == ' ' && folds_to(section->title, at + number));
    }
    return folds_to(section->title, at);
}

static uint32_t section_of_line(const lac_document *document, const char *number)
{
    char *end;
    unsigned long line = strtoul(number, &end, 10);
    if (*end != '\0' || line == 0 || line > document->line_count ||
        document->line_starts[line - 1] >= document->reference_length) {
        return LAC_NONE;
    }
    return document->blocks[lac_document_block_at(document, document->line_starts[line - 1])]
        .section;
}

static lacuna_status find_section(matter *m, const char *at, lacuna_error *err)
{
    const lac_document *document = m->report->documents[m->document].document;
    uint32_t count = 0;
    m->section = LAC_NONE;
    if (strcmp(at, "document") == 0) {
        m->section = 0;
        return LACUNA_OK;
    }
    if (strncmp(at, "line:", 5) == 0) {
        m->section = section_of_line(document, at + 5);
        count = m->section == LAC_NONE ? 0 : 1;
    }
    for (uint32_t s = 1; s < document->section_count && strncmp(at, "line:", 5) != 0; s++) {
        if (is_named(&document->sections[s], at)) {
            m->section = s;
            count++;
        }
    }
    return count == 1
               ? LACUNA_OK
               : lac_fail_remedy(err, count == 0 ? LACUNA_E_NOTFOUND : LACUNA_E_ARGUMENT,
                                 "Give the number or title of a heading as `lacuna outline` shows "
                                 "it, line:N of `lacuna text`, or document for all of it.",
                                 "%s \"%.80s\"",
                                 count == 0 ? "there is no place"
                                            : "more than one "
                                              "heading is",
                                 at);
}

/* ---- the entry ------------------------------------------------------------------------------ */

static json_t *heading_path(const lac_document *document, uint32_t section)
{
    uint32_t path[HEADINGS_MAX];
    uint32_t count = 0;
    while (section != 0 && count < HEADINGS_MAX) {
        path[count++] = section;
        section = document->sections[section].parent;
    }
    json_t *titles = json_array();
    while (titles != NULL && count > 0) {
        lac_span title = document->sections[path[--count]].title;
        if (json_array_append_new(titles, json_stringn(title.ptr, title.len)) != 0) {
            json_decref(titles);
            return NULL;
        }
    }
    return titles;
}

static json_t *make_entry(const matter *m)
{
    const lac_document *document = m->report->documents[m->document].document;
    json_t *titles = heading_path(document, m->section);
    return titles == NULL
               ? NULL
               : json_pack("{s:s, s:{s:s, s:s}, s:s, s:s, s:{s:o, s:s}, s:s, s:s, s:s}", "item",
                           m->item->id, "checklist", "id", m->checklist->id, "digest",
                           m->checklist->digest.hex, "document",
                           m->report->identities[m->document].text, "status", m->text->status, "at",
                           "heading_path", titles, "digest", m->digest.hex, "reason",
                           m->text->reason, "by", m->text->by, "decided", m->report->as_of);
}

/* SIZE_MAX: none yet; a person may change her mind. */
static size_t find_decided(const lac_entry_file *file, const matter *m)
{
    for (size_t i = 0; i < json_array_size(file->entries); i++) {
        const json_t *entry = json_array_get(file->entries, i);
        if (lac_entry_says(entry, "item", m->item->id) &&
            lac_entry_says(json_object_get(entry, "checklist"), "id", m->checklist->id) &&
            lac_entry_says(entry, "document", m->report->identities[m->document].text)) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* Digests and ids alone: what was written as a reason stays in the file of decisions. */
static lacuna_status log_decision(const matter *m, const lacuna_options *options, lacuna_error *err)
{
    lac_buf key;
    lac_audit *audit = NULL;
    lac_digest reason;
    if (options->audit_log == NULL) {
        return LACUNA_OK;
    }
    lacuna_status status = lac_sha256(&reason, lac_span_of(m->text->reason), err);
    lacuna_status read = lac_audit_key_read(&key, options->audit_key_file, err);
    status = status == LACUNA_OK ? read : status;
    const lac_audit_settings settings = {.actor = options->audit_actor, .key = lac_buf_span(&key)};
    if (status == LACUNA_OK) {
        status = lac_audit_open(&audit, options->audit_log, &settings, err);
    }
    json_t *fields = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "by", m->text->by, "item", m->item->id,
        "checklist", m->checklist->id, "checklist_digest", m->checklist->digest.hex, "document",
        m->report->documents[m->document].digest.hex, "status", m->text->status, "text_digest",
        m->digest.hex, "reason_digest", reason.hex);
    if (status == LACUNA_OK) {
        status =
            fields == NULL ? lac_fail_nomem(err) : lac_audit_append(audit, "decision", fields, err);
    }
    json_decref(fields);
    lac_audit_close(audit);
    lac_audit_key_free(&key);
    return status;
}

static lacuna_status verify_text(const lacuna_decision_text *text, lacuna_error *err)
{
    size_t count;
    const char *const *statuses = lac_decision_statuses(&count);
    const struct {
        const char *text, *name;
    } needed[] = {
        {text->status, "status"}, {text->at, "at"}, {text->reason, "reason"}, {text->by, "by"}};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if (needed[i].text == NULL || lac_span_trim(lac_span_of(needed[i].text)).len == 0) {
            return lac_fail(err, LACUNA_E_ARGUMENT, "a decision needs --%s", needed[i].name);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(statuses[i], text->status) == 0) {
            return LACUNA_OK;
        }
    }
    return lac_fail(err, LACUNA_E_ARGUMENT,
                    "--status %.40s: it is met, partial, missing, contradicts or not-applicable",
                    text->status);
}

lacuna_status lacuna_result_decide(const lacuna_result *result, const char *item,
                                   const lacuna_decision_text *text, const char *file,
                                   lacuna_write_fn write, void *user, lacuna_error *err)
{
    lac_entry_file entries;
    matter m = {.report = &result->report, .text = text};
    lacuna_status status = verify_text(text, err);
    if (status == LACUNA_OK) {
        status = find_item(&m, item, err);
    }
    if (status == LACUNA_OK) {
        status = find_section(&m, text->at, err);
    }
    if (status == LACUNA_OK) {
        status = lac_decision_digest(&m.digest, m.report->documents[m.document].document, m.section,
                                     err);
    }
    if (status == LACUNA_OK) {
        status = lac_entry_file_open(&entries, file, "lacuna.decisions/1", "decisions", err);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    status = lac_entry_file_put(&entries, find_decided(&entries, &m), make_entry(&m), err);
    if (status == LACUNA_OK) {
        status = log_decision(&m, result->options, err);
    }
    if (status == LACUNA_OK) {
        status = lac_entry_file_write(&entries, write, user, err);
    }
    lac_entry_file_close(&entries);
    return status;
}
