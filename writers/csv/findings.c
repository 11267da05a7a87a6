#include "writers/csv/findings.h"

#include "support/error.h"
#include "writers/finding.h"
#include "writers/gate.h"

#include <stdio.h>

static const char HEADINGS[] =
    "severity,document,line,page,place,rule,title,status,message,needs,checklist,citation,"
    "sequence,leaf,sha256,fingerprint,state,waiver\r\n";

static void write_cell(lac_output *output, lac_span text, const char *behind)
{
    lac_output_char(output, '"');
    if (text.len > 0 && text.ptr[0] != '\0' && strchr("=+-@'\t\r", text.ptr[0]) != NULL) {
        lac_output_char(output, '\'');
    }
    while (text.len > 0) {
        uint32_t c = lac_next_harmless(&text);
        lac_output_text(output, c == '"' ? "\"" : "");
        lac_output_codepoint(output, c);
    }
    lac_output_text(output, "\"");
    lac_output_text(output, behind);
}

static lacuna_status append_needs(lac_buf *needs, const lac_item_result *item)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; item != NULL && i < item->needs_count && status == LACUNA_OK; i++) {
        status = lac_buf_printf(needs, "%s%s", i == 0 ? "" : "; ", item->needs[i]);
    }
    return status;
}

static void number_text(char text[12], uint32_t number)
{
    text[0] = '\0';
    if (number > 0) {
        (void)snprintf(text, 12, "%u", number);
    }
}

/* What is composed for one line. */
typedef struct composed {
    lac_buf file, place, needs;
} composed;

static lacuna_status compose(composed *c, const lac_report_document *document,
                             const lac_report_finding *finding)
{
    lac_buf_clear(&c->file);
    lac_buf_clear(&c->place);
    lac_buf_clear(&c->needs);
    lacuna_status status = lac_append_file(&c->file, document, &finding->anchors[0]);
    if (status == LACUNA_OK) {
        status = lac_append_headings(&c->place, document, &finding->anchors[0]);
    }
    return status == LACUNA_OK ? append_needs(&c->needs, finding->item) : status;
}

static lacuna_status write_finding(lac_output *output, const lac_report *report,
                                   const lac_rule_book *book, const lac_report_finding *finding,
                                   composed *c)
{
    const lac_report_document *document = &report->documents[finding->document];
    const lac_anchor *anchor = &finding->anchors[0];
    const lac_item_result *item = finding->item;
    lac_rule_text rule = lac_rule_text_of(book, report, finding);
    char line[12], page[12];
    lacuna_status status = compose(c, document, finding);
    number_text(line, lac_anchor_text_line(anchor));
    number_text(page, anchor->page);
    const lac_span cells[] = {
        lac_span_of(lac_severity_name(finding->severity)),
        lac_buf_span(&c->file),
        lac_span_of(line),
        lac_span_of(page),
        lac_buf_span(&c->place),
        lac_span_of(finding->rule),
        lac_span_of(rule.title),
        lac_span_of(item == NULL ? "" : lac_item_status_name(item->status)),
        lac_span_of(finding->message),
        lac_buf_span(&c->needs),
        lac_span_of(finding->checklist == NULL ? "" : finding->checklist),
        lac_span_of(rule.citation),
        lac_span_of(anchor->leaf == NULL ? "" : anchor->leaf->sequence),
        lac_span_of(anchor->leaf == NULL ? "" : anchor->leaf->id),
        lac_span_of(document->digest.hex),
        lac_span_of(finding->fingerprint.hex),
        lac_span_of(lac_finding_state_name(finding->state)),
        lac_span_of(finding->waiver == NULL ? "" : finding->waiver->told),
    };
    size_t count = sizeof cells / sizeof cells[0];
    for (size_t i = 0; i < count; i++) {
        write_cell(output, cells[i], i + 1 < count ? "," : "\r\n");
    }
    return status;
}

static lacuna_status write_all(lac_output *output, const lac_report *report,
                               const lac_rule_book *book)
{
    composed c;
    lacuna_status status = LACUNA_OK;
    lac_buf_init(&c.file, LAC_FINDING_TEXT_MAX);
    lac_buf_init(&c.place, LAC_FINDING_TEXT_MAX);
    lac_buf_init(&c.needs, LAC_FINDING_TEXT_MAX);
    lac_output_text(output, "\xEF\xBB\xBF");
    lac_output_text(output, HEADINGS);
    for (uint32_t i = 0; i < report->finding_count && status == LACUNA_OK; i++) {
        status = write_finding(output, report, book, &report->findings[i], &c);
    }
    lac_buf_free(&c.file);
    lac_buf_free(&c.place);
    lac_buf_free(&c.needs);
    return status;
}

lacuna_status lac_csv_findings(const lac_report *report, lacuna_write_fn write, void *user,
                               lacuna_error *err)
{
    lac_output output;
    lac_rule_book book;
    lac_output_init(&output, write, user);
    lacuna_status status = lac_rule_book_open(&book, report, err);
    if (status == LACUNA_OK) {
        status = write_all(&output, report, &book);
        status = status == LACUNA_OK ? lac_output_finish(&output, err)
                                     : lac_fail(err, status, "the table could not be made");
    }
    lac_rule_book_close(&book);
    return status;
}
