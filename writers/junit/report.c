#include "writers/junit/report.h"

#include "support/error.h"
#include "writers/finding.h"
#include "writers/junit/xml.h"

enum { NAME_FINGERPRINT = 12 }; /* digits of it in a name */

typedef struct suite {
    const lac_report_document *document;
    uint32_t first, end; /* its findings */
    uint32_t tests, failures, errors, skipped;
} suite;

typedef struct junit {
    lac_output output;
    const lac_report *report;
    lac_rule_book book;
    lac_buf name, class_name, text;
} junit;

/* ---- counting ------------------------------------------------------------------------------- */

/* Only rows that are judged by themselves, and are not told by a finding. */
static bool is_case(const lac_item_result *item)
{
    return !lac_item_is_structural(item->item) && !lac_item_has_finding(item);
}

static void count_items(suite *s, const lac_document_result *result)
{
    for (uint32_t c = 0; result != NULL && c < result->checklist_count; c++) {
        const lac_checklist_result *list = &result->checklists[c];
        for (uint32_t i = 0; i < list->item_count; i++) {
            if (is_case(&list->items[i])) {
                s->tests++;
                s->skipped += list->items[i].status == LAC_MET ? 0 : 1;
            }
        }
    }
}

/* Why a finding fails nothing; NULL: it is a failure. */
static const char *skip_type(const lac_report_finding *finding)
{
    return finding->waiver != NULL                   ? "waived"
           : finding->state == LAC_FINDING_UNCHANGED ? "unchanged"
           : finding->severity == LAC_SEVERITY_INFO  ? lac_severity_name(finding->severity)
                                                     : NULL;
}

static suite make_suite(const lac_report *report, uint32_t index, uint32_t first)
{
    suite s = {.document = &report->documents[index], .first = first, .end = first};
    for (; s.end < report->finding_count && report->findings[s.end].document == index; s.end++) {
        bool skipped = skip_type(&report->findings[s.end]) != NULL;
        s.skipped += skipped ? 1 : 0;
        s.failures += skipped ? 0 : 1;
    }
    s.errors = s.document->error.status == LACUNA_OK ? 0 : 1;
    s.tests = s.end - s.first + s.errors;
    count_items(&s, s.document->result);
    return s;
}

/* ---- cases ---------------------------------------------------------------------------------- */

static void open_case(junit *j)
{
    lac_output *output = &j->output;
    lac_output_text(output, "    <testcase");
    lac_xml_attribute(output, "classname", lac_buf_span(&j->class_name));
    lac_xml_attribute(output, "name", lac_buf_span(&j->name));
    lac_xml_number(output, "time", 0);
    lac_output_char(output, '>');
}

static void write_outcome(junit *j, const char *element, const char *type, const char *message,
                          lac_span text)
{
    lac_output *output = &j->output;
    open_case(j);
    lac_output_char(output, '<');
    lac_output_text(output, element);
    lac_xml_attribute(output, "type", lac_span_of(type));
    lac_xml_attribute(output, "message", lac_span_of(message));
    lac_output_char(output, '>');
    lac_xml_text(output, text);
    lac_output_text(output, "</");
    lac_output_text(output, element);
    lac_output_text(output, "></testcase>\n");
}

/* GitLab and Jenkins know a case by class and name, and show one of several that are alike. */
static lacuna_status name_finding(junit *j, const lac_report_finding *finding,
                                  const lac_rule_text *rule)
{
    lac_buf_clear(&j->name);
    return lac_buf_printf(&j->name, "%s %s (%.*s)", rule->id, rule->title, NAME_FINGERPRINT,
                          finding->fingerprint.hex);
}

static lacuna_status describe(junit *j, const lac_report_finding *finding,
                              const lac_rule_text *rule)
{
    const lac_report_document *document = &j->report->documents[finding->document];
    const lac_anchor *anchor = &finding->anchors[0];
    lac_buf_clear(&j->text);
    lac_buf_clear(&j->name); /* the place, until the case gets its name */
    lacuna_status status = lac_append_headings(&j->name, document, anchor);
    if (status == LACUNA_OK) {
        status = lac_append_file(&j->text, document, anchor);
    }
    if (status == LACUNA_OK) {
        status =
            lac_buf_printf(&j->text, ":%u%s%s\n%s\n", lac_anchor_text_line(anchor),
                           j->name.len > 0 ? ": " : "", lac_buf_text(&j->name), finding->message);
    }
    if (status == LACUNA_OK && finding->item != NULL) {
        status = lac_buf_printf(&j->text, "asks for: %s\n", rule->meaning);
    }
    const lac_item_result *item = finding->item;
    for (uint32_t i = 0; item != NULL && i < item->needs_count && status == LACUNA_OK; i++) {
        status = lac_buf_printf(&j->text, "needs: %s\n", item->needs[i]);
    }
    if (status == LACUNA_OK && rule->citation[0] != '\0') {
        status = lac_buf_printf(&j->text, "asked by: %s\n", rule->citation);
    }
    return status;
}

static lacuna_status write_finding(junit *j, const lac_report_finding *finding)
{
    lac_rule_text rule = lac_rule_text_of(&j->book, j->report, finding);
    lacuna_status status = describe(j, finding, &rule);
    if (status == LACUNA_OK) {
        status = name_finding(j, finding, &rule);
    }
    const char *skipped = skip_type(finding);
    write_outcome(j, skipped != NULL ? "skipped" : "failure",
                  skipped != NULL ? skipped : lac_severity_name(finding->severity),
                  finding->waiver != NULL ? finding->waiver->told : finding->message,
                  lac_buf_span(&j->text));
    return status;
}

static lacuna_status write_item(junit *j, const char *checklist, const lac_item_result *item)
{
    lac_buf_clear(&j->name);
    lacuna_status status =
        lac_buf_printf(&j->name, "%s %s (%s)", item->item->id, item->item->title, checklist);
    if (item->status == LAC_MET) {
        open_case(j);
        lac_output_text(&j->output, "</testcase>\n");
    } else {
        const char *why = item->explanation == NULL ? "" : item->explanation;
        write_outcome(j, "skipped", lac_item_status_name(item->status), why, lac_span_of(""));
    }
    return status;
}

static lacuna_status write_items(junit *j, const lac_document_result *result)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t c = 0; result != NULL && c < result->checklist_count; c++) {
        const lac_checklist_result *list = &result->checklists[c];
        for (uint32_t i = 0; i < list->item_count && status == LACUNA_OK; i++) {
            if (is_case(&list->items[i])) {
                status = write_item(j, list->checklist->id, &list->items[i]);
            }
        }
    }
    return status;
}

static lacuna_status write_unread(junit *j, const lacuna_error *error)
{
    lac_buf_clear(&j->name);
    lac_buf_clear(&j->text);
    lacuna_status status = lac_buf_append_text(&j->name, "document can be read");
    if (status == LACUNA_OK) {
        status = lac_append_error(&j->text, error);
    }
    write_outcome(j, "error", lacuna_status_name((lacuna_status)error->status), error->message,
                  lac_buf_span(&j->text));
    return status;
}

/* ---- suites --------------------------------------------------------------------------------- */

static void open_suite(junit *j, const suite *s, uint32_t id)
{
    lac_output *output = &j->output;
    lac_output_text(output, "  <testsuite");
    lac_xml_attribute(output, "name", lac_buf_span(&j->class_name));
    lac_xml_number(output, "tests", s->tests);
    lac_xml_number(output, "failures", s->failures);
    lac_xml_number(output, "errors", s->errors);
    lac_xml_number(output, "skipped", s->skipped);
    lac_xml_number(output, "time", 0);
    lac_output_text(output, " timestamp=\"");
    lac_output_text(output, j->report->as_of);
    lac_output_text(output, "T00:00:00\" hostname=\"localhost\" package=\"lacuna\"");
    lac_xml_number(output, "id", id);
    lac_output_text(output, ">\n    <properties>");
    if (s->document->digest.hex[0] != '\0') {
        lac_output_text(output, "<property name=\"sha256\"");
        lac_xml_attribute(output, "value", lac_span_of(s->document->digest.hex));
        lac_output_text(output, "/>");
    }
    lac_output_text(output, "</properties>\n");
}

/* An application of a submission shares its path with others. */
static lacuna_status name_suite(junit *j, const lac_report_document *document)
{
    lac_buf_clear(&j->class_name);
    lacuna_status status = lac_buf_append_text(&j->class_name, document->path);
    if (status == LACUNA_OK && document->is_submission && document->result != NULL) {
        status = lac_buf_printf(&j->class_name, " application %s", document->result->application);
    }
    return status;
}

static lacuna_status write_suite(junit *j, const suite *s, uint32_t id)
{
    lacuna_status status = name_suite(j, s->document);
    open_suite(j, s, id);
    if (s->errors > 0 && status == LACUNA_OK) {
        status = write_unread(j, &s->document->error);
    }
    for (uint32_t i = s->first; i < s->end && status == LACUNA_OK; i++) {
        status = write_finding(j, &j->report->findings[i]);
    }
    if (status == LACUNA_OK) {
        status = write_items(j, s->document->result);
    }
    lac_output_text(&j->output, "    <system-out></system-out>\n    <system-err></system-err>\n"
                                "  </testsuite>\n");
    return status;
}

static lacuna_status write_all(junit *j)
{
    lacuna_status status = LACUNA_OK;
    uint32_t first = 0;
    lac_output_text(&j->output, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for (uint32_t i = 0; i < j->report->document_count && status == LACUNA_OK; i++) {
        suite s = make_suite(j->report, i, first);
        first = s.end;
        if (s.document->control == NULL || s.tests > 0) {
            status = write_suite(j, &s, i);
        }
    }
    lac_output_text(&j->output, "</testsuites>\n");
    return status;
}

lacuna_status lac_junit(const lac_report *report, lacuna_write_fn write, void *user,
                        lacuna_error *err)
{
    junit j = {.report = report};
    lac_output_init(&j.output, write, user);
    lac_buf_init(&j.name, LAC_FINDING_TEXT_MAX);
    lac_buf_init(&j.class_name, LAC_FINDING_TEXT_MAX);
    lac_buf_init(&j.text, LAC_FINDING_TEXT_MAX);
    lacuna_status status = lac_rule_book_open(&j.book, report, err);
    if (status == LACUNA_OK) {
        status = write_all(&j);
        status = status == LACUNA_OK ? lac_output_finish(&j.output, err)
                                     : lac_fail(err, status, "the JUnit report could not be made");
    }
    lac_rule_book_close(&j.book);
    lac_buf_free(&j.name);
    lac_buf_free(&j.class_name);
    lac_buf_free(&j.text);
    return status;
}
