#include "writers/markdown/summary.h"

#include "support/error.h"
#include "writers/finding.h"
#include "writers/gate.h"
#include "writers/text/verdict.h"

enum {
    NOTE_BYTES = 1024, /* kept free for the closing lines */
    CELL_BYTES =
        2000, /* of a message or place; more is cut, so that one row cannot fill the page */
};

typedef struct summary {
    lac_output output;
    const lac_report *report;
    lac_rule_book book;
    lac_buf row, scratch;
    size_t used;
    uint32_t hidden; /* findings that found no room */
    bool full;
} summary;

/* ---- rows ----------------------------------------------------------------------------------- */

/* Markdown and HTML of a document's text are not to work: what could be markup is escaped, an @ so
 * that nobody is notified. */
static lacuna_status append_character(lac_buf *row, uint32_t c)
{
    switch (c) {
    case '\n':
    case '\r':
    case '\t':
        return lac_buf_append_char(row, ' ');
    case '<':
        return lac_buf_append_text(row, "&lt;");
    case '&':
        return lac_buf_append_text(row, "&amp;");
    case '@':
        return lac_buf_append_text(row, "&#64;");
    default:
        break;
    }
    lacuna_status status = LACUNA_OK;
    if (c < 0x80 && strchr("|\\*`_~#[]$", (int)c) != NULL) {
        status = lac_buf_append_char(row, '\\');
    }
    return status == LACUNA_OK ? lac_buf_append_codepoint(row, c) : status;
}

static lacuna_status append_text(lac_buf *row, lac_span text)
{
    lacuna_status status = LACUNA_OK;
    size_t end = row->len + CELL_BYTES;
    while (text.len > 0 && status == LACUNA_OK) {
        if (row->len > end) {
            return lac_buf_append_text(row, "...");
        }
        uint32_t c = lac_next_harmless(&text);
        bool address = c == ':' && text.len > 0 && text.ptr[0] == '/'; /* would become a link */
        status = address ? lac_buf_append_text(row, "\\:") : append_character(row, c);
    }
    return status;
}

static lacuna_status append_cell(lac_buf *row, lac_span text)
{
    lacuna_status status = append_text(row, text);
    return status == LACUNA_OK ? lac_buf_append_text(row, " | ") : status;
}

static void write_counted(summary *s, lac_span text)
{
    s->used += text.len;
    lac_output_span(&s->output, text);
}

/* Writes the row where it fits; after the first that does not, none is written. */
static bool write_row(summary *s)
{
    s->full = s->full || s->used + s->row.len + NOTE_BYTES > LAC_MARKDOWN_BYTES;
    if (!s->full) {
        write_counted(s, lac_buf_span(&s->row));
    }
    return !s->full;
}

/* ---- content -------------------------------------------------------------------------------- */

static lacuna_status make_place(summary *s, const lac_report_finding *finding)
{
    const lac_report_document *document = &s->report->documents[finding->document];
    const lac_anchor *anchor = &finding->anchors[0];
    lac_buf_clear(&s->scratch);
    lacuna_status status = lac_append_file(&s->scratch, document, anchor);
    if (status == LACUNA_OK) {
        status = append_cell(&s->row, lac_buf_span(&s->scratch));
    }
    if (status == LACUNA_OK) {
        status = lac_buf_printf(&s->row, "%u | ", lac_anchor_text_line(anchor));
    }
    lac_buf_clear(&s->scratch);
    if (status == LACUNA_OK) {
        status = lac_append_headings(&s->scratch, document, anchor);
    }
    return status == LACUNA_OK ? append_cell(&s->row, lac_buf_span(&s->scratch)) : status;
}

static lacuna_status write_finding(summary *s, const lac_report_finding *finding)
{
    lac_rule_text rule = lac_rule_text_of(&s->book, s->report, finding);
    lac_buf_clear(&s->row);
    lacuna_status status = lac_buf_append_text(&s->row, "| ");
    if (status == LACUNA_OK) {
        status = make_place(s, finding);
    }
    if (status == LACUNA_OK) {
        status = append_cell(&s->row, lac_span_of(rule.title));
    }
    if (status == LACUNA_OK) {
        status = append_cell(&s->row, lac_span_of(finding->message));
    }
    if (status == LACUNA_OK) {
        status = append_text(&s->row, lac_span_of(finding->rule));
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_text(&s->row, " |\n");
    }
    s->hidden += status == LACUNA_OK && !write_row(s) ? 1 : 0;
    return status;
}

static lacuna_status write_severity(summary *s, lac_severity severity)
{
    const lac_report *report = s->report;
    const char *name = lac_severity_name(severity);
    uint32_t count = report->counts.fresh[severity];
    if (count == 0) {
        return LACUNA_OK;
    }
    lac_buf_clear(&s->row);
    lacuna_status status =
        lac_buf_printf(&s->row,
                       "\n## %c%s (%u)\n\n| document | line | place | rule | what | id |\n"
                       "|---|---|---|---|---|---|\n",
                       name[0] - 'a' + 'A', name + 1, count);
    if (status == LACUNA_OK) {
        (void)write_row(s);
    }
    for (uint32_t i = 0; i < report->finding_count && status == LACUNA_OK; i++) {
        if (report->findings[i].severity == severity &&
            lac_finding_is_fresh(&report->findings[i])) {
            status = write_finding(s, &report->findings[i]);
        }
    }
    return status;
}

static lacuna_status write_line(summary *s, const char *path, const char *says, lac_span text)
{
    lac_buf_clear(&s->row);
    lacuna_status status = lac_buf_append_text(&s->row, "- ");
    if (status == LACUNA_OK) {
        status = append_text(&s->row, lac_span_of(path));
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_text(&s->row, says);
    }
    if (status == LACUNA_OK) {
        status = append_text(&s->row, text);
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_char(&s->row, '\n');
    }
    if (status == LACUNA_OK) {
        (void)write_row(s);
    }
    return status;
}

static lacuna_status write_unread(summary *s)
{
    lacuna_status status = LACUNA_OK;
    if (s->report->counts.unread > 0) {
        write_counted(s, lac_span_of("\n## Not read\n\n"));
    }
    for (uint32_t i = 0; i < s->report->document_count && status == LACUNA_OK; i++) {
        const lac_report_document *document = &s->report->documents[i];
        if (document->error.status == LACUNA_OK) {
            continue;
        }
        lac_buf_clear(&s->scratch);
        status = lac_append_error(&s->scratch, &document->error);
        if (status == LACUNA_OK) {
            status = write_line(s, document->path, ": ", lac_buf_span(&s->scratch));
        }
    }
    return status;
}

static int collect_verdict(void *user, const void *data, size_t length)
{
    return lac_buf_append(user, data, length) == LACUNA_OK ? 0 : 1;
}

/* The first line of the text report. */
static lacuna_status write_verdict(summary *s, lacuna_error *err)
{
    static const lac_text_style style = {.width = UINT32_MAX, .detail = LAC_DETAIL_SUMMARY};
    lac_output line;
    lac_page page;
    lac_buf_clear(&s->scratch);
    lac_output_init(&line, collect_verdict, &s->scratch);
    lac_page_init(&page, &line, &style);
    lac_text_verdict(&page, s->report);
    lacuna_status status = lac_output_finish(&line, err);
    lac_buf_clear(&s->row);
    lac_span text = lac_span_trim(lac_buf_span(&s->scratch));
    if (status == LACUNA_OK) {
        status = lac_buf_append_text(&s->row, "# Lacuna\n\n");
    }
    if (status == LACUNA_OK) {
        status = append_text(&s->row, text);
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_char(&s->row, '\n');
        write_counted(s, lac_buf_span(&s->row));
    }
    return status;
}

static void write_left_out(summary *s)
{
    const lac_report_counts *counts = &s->report->counts;
    if (counts->controls == 0) {
        return;
    }
    lac_output_text(&s->output, "\nNot listed: ");
    lac_output_uint(&s->output, counts->unchanged);
    lac_output_text(&s->output, " known by the baseline, ");
    lac_output_uint(&s->output, counts->waived);
    lac_output_text(&s->output, " waived. Fixed since the baseline: ");
    lac_output_uint(&s->output, counts->absent);
    lac_output_text(&s->output, ".\n");
}

static void write_closing(summary *s)
{
    write_left_out(s);
    if (s->full) {
        lac_output_text(&s->output, "\n**The summary ends here**, at 1 MiB: ");
        lac_output_uint(&s->output, s->hidden);
        lac_output_text(&s->output, s->hidden == 1 ? " more finding is" : " more findings are");
        lac_output_text(&s->output, " not shown. The JSON report has all of them.\n");
    }
    lac_output_text(&s->output,
                    "\nLacuna reports what a document mentions; it does not judge compliance. "
                    "Judged as of ");
    lac_output_text(&s->output, s->report->as_of);
    lac_output_text(&s->output, ".\n");
}

static lacuna_status write_all(summary *s, lacuna_error *err)
{
    lacuna_status status = write_verdict(s, err);
    if (status == LACUNA_OK) {
        status = write_unread(s);
    }
    for (uint32_t severity = LAC_SEVERITY_COUNT; severity-- > 0 && status == LACUNA_OK;) {
        status = write_severity(s, (lac_severity)severity);
    }
    write_closing(s);
    return status;
}

lacuna_status lac_markdown(const lac_report *report, lacuna_write_fn write, void *user,
                           lacuna_error *err)
{
    summary s = {.report = report};
    lac_output_init(&s.output, write, user);
    lac_buf_init(&s.row, LAC_FINDING_TEXT_MAX);
    lac_buf_init(&s.scratch, LAC_FINDING_TEXT_MAX);
    lacuna_status status = lac_rule_book_open(&s.book, report, err);
    if (status == LACUNA_OK) {
        status = write_all(&s, err);
        status = status == LACUNA_OK ? lac_output_finish(&s.output, err)
                                     : lac_fail(err, status, "the summary could not be made");
    }
    lac_rule_book_close(&s.book);
    lac_buf_free(&s.row);
    lac_buf_free(&s.scratch);
    return status;
}
