#include "writers/gitlab/code_quality.h"

#include "support/error.h"
#include "writers/finding.h"
#include "writers/json/emit.h"

static lacuna_status write_location(lac_json *json, const lac_report_document *document,
                                    const lac_anchor *anchor, lac_buf *path)
{
    lac_buf_clear(path);
    lacuna_status status = lac_append_file(path, document, anchor);
    lac_json_object(json, "location");
    lac_json_object(json, "lines");
    lac_json_uint(json, "begin", anchor == NULL ? 1 : lac_anchor_text_line(anchor));
    lac_json_object_end(json);
    lac_json_span(json, "path", lac_buf_span(path));
    lac_json_object_end(json);
    return status;
}

static lacuna_status write_finding(lac_json *json, const lac_report *report,
                                   const lac_report_finding *finding, lac_buf *scratch)
{
    const lac_report_document *document = &report->documents[finding->document];
    lac_json_object(json, NULL);
    lac_json_text(json, "check_name", finding->rule);
    lac_json_text(json, "description", finding->message);
    lac_json_text(json, "fingerprint", finding->fingerprint.hex);
    lacuna_status status = write_location(json, document, &finding->anchors[0], scratch);
    lac_json_text(json, "severity", lac_severity_name(finding->severity));
    lac_json_object_end(json);
    return status;
}

/* Without an issue of its own an input that broke would look like one without findings. */
static lacuna_status write_unread(lac_json *json, const lac_report_document *document,
                                  lac_buf *scratch, lacuna_error *err)
{
    lac_digest fingerprint;
    lac_buf_clear(scratch);
    lacuna_status status = lac_buf_printf(scratch, "lacuna/not-read%c%s", 0, document->path);
    if (status == LACUNA_OK) {
        status = lac_sha256(&fingerprint, lac_buf_span(scratch), err);
    }
    lac_buf_clear(scratch);
    if (status == LACUNA_OK) {
        status = lac_append_error(scratch, &document->error);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    lac_json_object(json, NULL);
    lac_json_text(json, "check_name", "lacuna/not-read");
    lac_json_span(json, "description", lac_buf_span(scratch));
    lac_json_text(json, "fingerprint", fingerprint.hex);
    status = write_location(json, document, NULL, scratch);
    lac_json_text(json, "severity", "blocker");
    lac_json_object_end(json);
    return status;
}

static lacuna_status write_all(lac_json *json, const lac_report *report, lac_buf *scratch,
                               lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    lac_json_array(json, NULL);
    for (uint32_t i = 0; i < report->document_count && status == LACUNA_OK; i++) {
        if (report->documents[i].error.status != LACUNA_OK) {
            status = write_unread(json, &report->documents[i], scratch, err);
        }
    }
    for (uint32_t i = 0; i < report->finding_count && status == LACUNA_OK; i++) {
        if (report->findings[i].waiver == NULL) {
            status = write_finding(json, report, &report->findings[i], scratch);
        }
    }
    lac_json_array_end(json);
    lac_json_end(json);
    return status;
}

lacuna_status lac_gitlab(const lac_report *report, lacuna_write_fn write, void *user,
                         lacuna_error *err)
{
    lac_output output;
    lac_json json;
    lac_buf scratch;
    lac_output_init(&output, write, user);
    lac_json_init(&json, &output);
    lac_buf_init(&scratch, LAC_FINDING_TEXT_MAX);
    lacuna_status status = write_all(&json, report, &scratch, err);
    lac_buf_free(&scratch);
    return status == LACUNA_OK ? lac_output_finish(&output, err)
                               : lac_fail(err, status, "the report for GitLab could not be made");
}
