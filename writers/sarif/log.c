#include "writers/sarif/log.h"

#include "support/build.h"
#include "support/error.h"
#include "writers/gate.h"
#include "writers/sarif/location.h"
#include "writers/sarif/notifications.h"
#include "writers/sarif/rules.h"

typedef struct sarif {
    lac_json json;
    const lac_report *report;
    lac_sarif_rules rules;
    lac_buf scratch;
    uint32_t allowed[LAC_SEVERITY_COUNT]; /* results still to be written, by severity */
    uint32_t left_out;
} sarif;

/* The most severe have the room. */
static void share_room(sarif *s)
{
    uint32_t room = LAC_SARIF_RESULTS;
    uint32_t all[LAC_SEVERITY_COUNT] = {0};
    for (uint32_t i = 0; i < s->report->finding_count; i++) {
        all[s->report->findings[i].severity]++;
    }
    for (uint32_t severity = LAC_SEVERITY_COUNT; severity-- > 0;) {
        uint32_t found = all[severity];
        s->allowed[severity] = found < room ? found : room;
        s->left_out += found - s->allowed[severity];
        room -= s->allowed[severity];
    }
}

/* ---- the tool ------------------------------------------------------------------------------- */

static lacuna_status write_tool(sarif *s)
{
    lac_json *json = &s->json;
    char build[LAC_BUILD_ID_SIZE];
    lac_report_build(build, s->report);
    lac_json_object(json, "tool");
    lac_json_object(json, "driver");
    lac_json_text(json, "name", "Lacuna");
    lac_sarif_write_notification_kinds(json);
    lac_json_object(json, "properties");
    lac_json_text(json, "build", build);
    lac_json_object_end(json);
    lacuna_status status = lac_sarif_write_rules(json, &s->rules, &s->scratch);
    lac_json_text(json, "version", lac_report_version(s->report));
    lac_json_object_end(json);
    lac_json_object_end(json);
    return status;
}

/* ---- results -------------------------------------------------------------------------------- */

static lacuna_status write_locations(sarif *s, const char *key, const lac_report_finding *finding,
                                     uint32_t from, uint32_t to)
{
    const lac_report_document *document = &s->report->documents[finding->document];
    lacuna_status status = LACUNA_OK;
    lac_json_array(&s->json, key);
    for (uint32_t i = from; i < to && status == LACUNA_OK; i++) {
        status = lac_sarif_write_location(&s->json, document, &finding->anchors[i], &s->scratch);
    }
    lac_json_array_end(&s->json);
    return status;
}

static lacuna_status write_identity(sarif *s, const lac_report_finding *finding)
{
    lac_json *json = &s->json;
    lac_buf_clear(&s->scratch);
    lacuna_status status = lac_buf_printf(&s->scratch, "%s:1", finding->fingerprint.hex);
    lac_json_object(json, "partialFingerprints");
    lac_json_text(json, "lacuna/v1", finding->fingerprint.hex);
    lac_json_span(json, "primaryLocationLineHash", lac_buf_span(&s->scratch));
    lac_json_object_end(json);
    return status;
}

static void write_properties(lac_json *json, const lac_report_finding *finding)
{
    lac_json_object(json, "properties");
    if (finding->item != NULL) {
        lac_json_text(json, "reason", finding->item->reason);
    }
    lac_json_text(json, "severity", lac_severity_name(finding->severity));
    if (finding->item != NULL) {
        lac_json_text(json, "status", lac_item_status_name(finding->item->status));
    }
    lac_json_object_end(json);
}

static void write_suppressions(lac_json *json, const lac_waiver *waiver)
{
    lac_json_array(json, "suppressions");
    lac_json_object(json, NULL);
    lac_json_text(json, "justification", waiver->justification);
    lac_json_text(json, "kind", "external");
    lac_json_object(json, "properties");
    lac_json_text(json, "approver", waiver->approver);
    lac_json_text(json, "created", waiver->created);
    lac_json_text(json, "expires", waiver->expires);
    lac_json_text(json, "id", waiver->id);
    lac_json_object_end(json);
    lac_json_text(json, "status", "accepted");
    lac_json_object_end(json);
    lac_json_array_end(json);
}

static lacuna_status write_result(sarif *s, uint32_t index)
{
    const lac_report_finding *finding = &s->report->findings[index];
    lac_json *json = &s->json;
    uint32_t more = finding->anchor_count - 1;
    more = more > LAC_SARIF_RELATED ? LAC_SARIF_RELATED : more;
    lac_json_object(json, NULL);
    if (s->report->baseline != NULL) {
        lac_json_text(json, "baselineState", lac_finding_state_name(finding->state));
    }
    lac_json_text(json, "level", lac_sarif_level(finding->severity));
    lacuna_status status = write_locations(s, "locations", finding, 0, 1);
    lac_json_object(json, "message");
    lac_json_text(json, "text", finding->message);
    lac_json_object_end(json);
    if (status == LACUNA_OK) {
        status = write_identity(s, finding);
    }
    write_properties(json, finding);
    if (more > 0 && status == LACUNA_OK) {
        status = write_locations(s, "relatedLocations", finding, 1, 1 + more);
    }
    uint32_t rule = s->rules.of_finding[index];
    lac_json_text(json, "ruleId", s->rules.items[rule].id);
    lac_json_uint(json, "ruleIndex", rule);
    if (finding->waiver != NULL) {
        write_suppressions(json, finding->waiver);
    }
    lac_json_object_end(json);
    return status;
}

static lacuna_status write_results(sarif *s)
{
    lacuna_status status = LACUNA_OK;
    lac_json_array(&s->json, "results");
    for (uint32_t i = 0; i < s->report->finding_count && status == LACUNA_OK; i++) {
        uint32_t *allowed = &s->allowed[s->report->findings[i].severity];
        if (*allowed > 0) {
            (*allowed)--;
            status = write_result(s, i);
        }
    }
    lac_json_array_end(&s->json);
    return status;
}

/* ---- the run -------------------------------------------------------------------------------- */

static lacuna_status write_artifacts(sarif *s)
{
    lac_json *json = &s->json;
    lacuna_status status = LACUNA_OK;
    lac_json_array(json, "artifacts");
    for (uint32_t i = 0; i < s->report->document_count && status == LACUNA_OK; i++) {
        const lac_report_document *document = &s->report->documents[i];
        if (document->digest.hex[0] == '\0') {
            continue;
        }
        lac_json_object(json, NULL);
        lac_json_object(json, "hashes");
        lac_json_text(json, "sha-256", document->digest.hex);
        lac_json_object_end(json);
        status = lac_sarif_write_artifact(json, "location", document, NULL, &s->scratch);
        lac_json_array(json, "roles");
        lac_json_text(json, NULL, "analysisTarget");
        lac_json_array_end(json);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
    return status;
}

/* The category GitHub keeps alerts apart by: one for each choice of checklists, whatever documents
 * are there today. */
static lacuna_status write_category(sarif *s)
{
    lacuna_status status = LACUNA_OK;
    lac_buf_clear(&s->scratch);
    status = lac_buf_append_text(&s->scratch, "lacuna/");
    for (uint32_t i = 0; i < s->report->chosen_count && status == LACUNA_OK; i++) {
        status = lac_buf_printf(&s->scratch, "%s%s", i == 0 ? "" : "+", s->report->chosen[i]);
    }
    if (s->report->chosen_count > 0 && status == LACUNA_OK) {
        status = lac_buf_append_char(&s->scratch, '/');
    }
    lac_json_object(&s->json, "automationDetails");
    lac_json_span(&s->json, "id", lac_buf_span(&s->scratch));
    lac_json_object_end(&s->json);
    return status;
}

static lacuna_status write_invocation(sarif *s)
{
    lac_json *json = &s->json;
    bool complete = s->report->verdict != LACUNA_INCOMPLETE && !lac_report_has_defect(s->report);
    lac_json_array(json, "invocations");
    lac_json_object(json, NULL);
    lac_json_bool(json, "executionSuccessful", complete);
    lac_json_object(json, "properties");
    lac_json_text(json, "asOf", s->report->as_of);
    lac_json_text(json, "verdict", lac_verdict_name(s->report->verdict));
    lac_json_object_end(json);
    lacuna_status status = lac_sarif_write_notifications(json, s->report, s->left_out, &s->scratch);
    lac_json_object_end(json);
    lac_json_array_end(json);
    return status;
}

static void write_bases(lac_json *json)
{
    lac_json_object(json, "originalUriBaseIds");
    lac_json_object(json, "SRCROOT");
    lac_json_object(json, "description");
    lac_json_text(json, "text", "The folder in which the check was run.");
    lac_json_object_end(json);
    lac_json_object_end(json);
    lac_json_object_end(json);
}

static lacuna_status write_run(sarif *s)
{
    lac_json *json = &s->json;
    lac_json_object(json, NULL);
    lacuna_status status = write_artifacts(s);
    if (status == LACUNA_OK) {
        status = write_category(s);
    }
    lac_json_text(json, "columnKind", "unicodeCodePoints");
    if (status == LACUNA_OK) {
        status = write_invocation(s);
    }
    lac_json_text(json, "language", "en");
    write_bases(json);
    if (status == LACUNA_OK) {
        status = write_results(s);
    }
    if (status == LACUNA_OK) {
        status = write_tool(s);
    }
    lac_json_object_end(json);
    return status;
}

static lacuna_status write_log(sarif *s)
{
    lac_json *json = &s->json;
    lac_json_object(json, NULL);
    lac_json_text(json, "$schema",
                  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/"
                  "sarif-schema-2.1.0.json");
    lac_json_array(json, "runs");
    lacuna_status status = write_run(s);
    lac_json_array_end(json);
    lac_json_text(json, "version", "2.1.0");
    lac_json_object_end(json);
    lac_json_end(json);
    return status;
}

lacuna_status lac_sarif(const lac_report *report, lacuna_write_fn write, void *user,
                        lacuna_error *err)
{
    lac_output output;
    sarif s = {.report = report};
    lac_output_init(&output, write, user);
    lac_json_init(&s.json, &output);
    lac_buf_init(&s.scratch, LAC_FINDING_TEXT_MAX);
    share_room(&s);
    lacuna_status status = lac_sarif_rules_collect(&s.rules, report, err);
    if (status == LACUNA_OK) {
        status = write_log(&s);
        status = status == LACUNA_OK ? lac_output_finish(&output, err)
                                     : lac_fail(err, status, "the SARIF report could not be made");
    }
    lac_sarif_rules_free(&s.rules);
    lac_buf_free(&s.scratch);
    return status;
}
