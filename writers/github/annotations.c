#include "writers/github/annotations.h"

#include "support/error.h"
#include "writers/finding.h"
#include "writers/gate.h"

/* The escapes of the runner (actions/toolkit, command.ts): of a message, and of a property, which
 * also ends at a colon or comma. */
static void write_escaped(lac_output *output, lac_span text, bool property)
{
    while (text.len > 0) {
        uint32_t c = lac_next_harmless(&text);
        if (c == '%') {
            lac_output_text(output, "%25");
        } else if (c == '\r') {
            lac_output_text(output, "%0D");
        } else if (c == '\n') {
            lac_output_text(output, "%0A");
        } else if (property && c == ':') {
            lac_output_text(output, "%3A");
        } else if (property && c == ',') {
            lac_output_text(output, "%2C");
        } else {
            lac_output_codepoint(output, c);
        }
    }
}

static const char *command_of(lac_severity severity)
{
    return severity >= LAC_SEVERITY_MAJOR   ? "::error file="
           : severity == LAC_SEVERITY_MINOR ? "::warning file="
                                            : "::notice file=";
}

static lacuna_status write_finding(lac_output *output, const lac_report *report,
                                   const lac_rule_book *book, const lac_report_finding *finding,
                                   lac_buf *scratch)
{
    const lac_report_document *document = &report->documents[finding->document];
    const lac_anchor *anchor = &finding->anchors[0];
    lac_rule_text rule = lac_rule_text_of(book, report, finding);
    lac_buf_clear(scratch);
    lacuna_status status = lac_append_file(scratch, document, anchor);
    lac_output_text(output, command_of(finding->severity));
    write_escaped(output, lac_buf_span(scratch), true);
    lac_output_text(output, ",line=");
    lac_output_uint(output, lac_anchor_text_line(anchor));
    lac_output_text(output, ",title=");
    write_escaped(output, lac_span_of(rule.title), true);
    lac_output_text(output, "::");
    write_escaped(output, lac_span_of(finding->message), false);
    lac_output_text(output, " [");
    write_escaped(output, lac_span_of(finding->rule), false);
    lac_output_text(output, "]\n");
    return status;
}

static lacuna_status write_unread(lac_output *output, const lac_report_document *document,
                                  lac_buf *scratch)
{
    lac_buf_clear(scratch);
    lacuna_status status = lac_append_error(scratch, &document->error);
    lac_output_text(output, "::error file=");
    write_escaped(output, lac_span_of(document->path), true);
    lac_output_text(output, ",title=not read::");
    write_escaped(output, lac_buf_span(scratch), false);
    lac_output_char(output, '\n');
    return status;
}

static void write_verdict(lac_output *output, const lac_report *report)
{
    lac_output_text(output, "lacuna: ");
    lac_output_text(output, lac_verdict_name(report->verdict));
    lac_output_text(output, ", ");
    lac_output_uint(output, report->finding_count);
    lac_output_text(output, report->finding_count == 1 ? " finding" : " findings");
    if (report->counts.controls > 0) {
        lac_output_text(output, ", of them ");
        lac_output_uint(output, report->counts.unchanged);
        lac_output_text(output, " known, ");
        lac_output_uint(output, report->counts.waived);
        lac_output_text(output, " waived; ");
        lac_output_uint(output, report->counts.absent);
        lac_output_text(output, " fixed");
    }
    if (report->counts.unread > 0) {
        lac_output_text(output, ", ");
        lac_output_uint(output, report->counts.unread);
        lac_output_text(output, " not read");
    }
    lac_output_char(output, '\n');
}

static lacuna_status write_all(lac_output *output, const lac_report *report,
                               const lac_rule_book *book, lac_buf *scratch)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < report->document_count && status == LACUNA_OK; i++) {
        if (report->documents[i].error.status != LACUNA_OK) {
            status = write_unread(output, &report->documents[i], scratch);
        }
    }
    for (uint32_t i = 0; i < report->finding_count && status == LACUNA_OK; i++) {
        if (lac_finding_is_fresh(&report->findings[i])) {
            status = write_finding(output, report, book, &report->findings[i], scratch);
        }
    }
    write_verdict(output, report);
    return status;
}

lacuna_status lac_github(const lac_report *report, lacuna_write_fn write, void *user,
                         lacuna_error *err)
{
    lac_output output;
    lac_rule_book book;
    lac_buf scratch;
    lac_output_init(&output, write, user);
    lac_buf_init(&scratch, LAC_FINDING_TEXT_MAX);
    lacuna_status status = lac_rule_book_open(&book, report, err);
    if (status == LACUNA_OK) {
        status = write_all(&output, report, &book, &scratch);
        status = status == LACUNA_OK ? lac_output_finish(&output, err)
                                     : lac_fail(err, status, "the annotations could not be made");
    }
    lac_rule_book_close(&book);
    lac_buf_free(&scratch);
    return status;
}
