#include "writers/letter.h"

#include <string.h>

enum { INDENT = 2, TEXT_INDENT = 4, LEAD = 2 };

static void labelled(lac_page *page, const char *label, const char *text)
{
    lac_page_labelled(page, INDENT, label, lac_span_of(text));
}

static void write_count(lac_page *page, uint32_t count, const char *one, const char *many)
{
    lac_page_uint(page, LAC_INK_PLAIN, count);
    lac_page_text(page, LAC_INK_PLAIN, count == 1 ? one : many);
}

/* ---- a letter ------------------------------------------------------------------------------- */

static void write_applications(lac_page *page, const lac_letter_head *head)
{
    lac_page_begin_labelled(page, INDENT, "application");
    for (uint32_t i = 0; i < head->application_count; i++) {
        lac_page_text(page, LAC_INK_PLAIN, i > 0 ? ", " : "");
        lac_page_text(page, LAC_INK_PLAIN, head->applications[i]);
    }
    lac_page_text(page, LAC_INK_PLAIN, head->application_count == 0 ? "not printed" : "");
    lac_page_end(page);
}

static void write_days(lac_page *page, const char *as_of, const char *date)
{
    int32_t days;
    if (!lac_letter_days_left(&days, as_of, date)) {
        return;
    }
    lac_page_text(page, days < 0 ? LAC_INK_BAD : LAC_INK_PLAIN, days < 0 ? " (past by " : " (");
    lac_page_uint(page, days < 0 ? LAC_INK_BAD : LAC_INK_PLAIN,
                  (uint64_t)(days < 0 ? -(int64_t)days : days));
    lac_page_text(page, LAC_INK_PLAIN, days < 0 ? " days)" : " days left)");
}

static void write_clock(lac_page *page, const lac_letter_due *due, const char *as_of)
{
    lac_page_begin_labelled(page, INDENT,
                            strcmp(due->who, "applicant") == 0 ? "due" : "agency's clock");
    if (due->date[0] != '\0') {
        lac_page_text(page, LAC_INK_STRONG, due->date);
        write_days(page, as_of, due->date);
        lac_page_text(page, LAC_INK_PLAIN, ": ");
    }
    lac_page_text(page, LAC_INK_PLAIN, due->meaning);
    lac_page_text(page, LAC_INK_FAINT, " [");
    lac_page_text(page, LAC_INK_FAINT, due->citation);
    lac_page_text(page, LAC_INK_FAINT, "]");
    lac_page_end(page);
}

static void write_duties(lac_page *page, const lac_letter_head *head)
{
    for (uint32_t i = 0; i < head->duty_count; i++) {
        const lac_letter_duty *duty = &head->duties[i];
        lac_page_begin(page, TEXT_INDENT, TEXT_INDENT + LEAD);
        lac_page_text(page, LAC_INK_PLAIN, "- ");
        lac_page_text(page, LAC_INK_PLAIN, duty->text);
        lac_page_text(page, LAC_INK_FAINT, " [");
        lac_page_text(page, LAC_INK_FAINT, duty->citation);
        if (duty->range.first > 0) {
            lac_page_text(page, LAC_INK_FAINT, "; line ");
            lac_page_uint(page, LAC_INK_FAINT, duty->range.first);
        }
        lac_page_text(page, LAC_INK_FAINT, "]");
        lac_page_end(page);
    }
}

/* ---- queries -------------------------------------------------------------------------------- */

static void write_place(lac_page *page, const lac_letter_query *query)
{
    lac_page_text(page, LAC_INK_FAINT, " (");
    lac_page_text(page, LAC_INK_FAINT, query->discipline);
    lac_page_text(page, LAC_INK_FAINT, ", ");
    lac_page_text(page, LAC_INK_FAINT, query->type);
    if (query->approvability == LAC_APPROVABILITY_NO) {
        lac_page_text(page, LAC_INK_FAINT, ", not an approvability issue");
    }
    if (query->range.page > 0) {
        lac_page_text(page, LAC_INK_FAINT, ", page ");
        lac_page_uint(page, LAC_INK_FAINT, query->range.page);
    }
    lac_page_text(page, LAC_INK_FAINT, ", line ");
    lac_page_uint(page, LAC_INK_FAINT, query->range.first);
    lac_page_text(page, LAC_INK_FAINT, ")");
}

static void write_cites(lac_page *page, const lac_letter_query *query)
{
    lac_page_begin(page, TEXT_INDENT, TEXT_INDENT + LEAD);
    lac_page_text(page, LAC_INK_FAINT, "cites: ");
    for (uint32_t i = 0; i < query->cite_count; i++) {
        lac_page_text(page, LAC_INK_FAINT, i > 0 ? ", " : "");
        lac_page_text(page, LAC_INK_FAINT, query->cites[i].text);
    }
    lac_page_end(page);
}

static void write_query(lac_page *page, const lac_letter_report *report, uint32_t index)
{
    const lac_letter_query *query = &report->letter->queries[index];
    lac_page_blank(page);
    lac_page_begin(page, INDENT, TEXT_INDENT);
    lac_page_text(page, LAC_INK_STRONG, query->id);
    write_place(page, query);
    lac_page_end(page);
    lac_page_begin(page, TEXT_INDENT, TEXT_INDENT);
    lac_page_text(page, LAC_INK_PLAIN, query->text);
    lac_page_end(page);
    if (report->resolved != NULL) {
        lac_text_resolved(page, report, index);
    } else if (query->cite_count > 0) {
        write_cites(page, query);
    }
    if (query->truncated || strcmp(query->redacted, "full") == 0) {
        lac_page_begin(page, TEXT_INDENT, TEXT_INDENT);
        lac_page_text(page, LAC_INK_WARN,
                      query->truncated ? "part of it is on a page that is missing"
                                       : "its text is redacted");
        lac_page_end(page);
    }
}

static void write_letter(lac_page *page, const lac_letter_report *report, uint32_t index)
{
    const lac_letter *letter = report->letter;
    const lac_letter_head *head = &letter->letters[index];
    lac_page_blank(page);
    lac_page_begin(page, 0, INDENT);
    lac_page_text(page, LAC_INK_STRONG, head->kind);
    lac_page_text(page, LAC_INK_STRONG, head->date[0] == '\0' ? ", no date" : ", ");
    lac_page_text(page, LAC_INK_STRONG, head->date);
    lac_page_end(page);
    write_applications(page, head);
    for (uint32_t i = 0; i < head->clock_count; i++) {
        write_clock(page, &head->clocks[i], report->as_of);
    }
    for (uint32_t i = 0; i < letter->query_count; i++) {
        if (letter->queries[i].letter == index) {
            write_query(page, report, i);
        }
    }
    if (head->duty_count > 0) {
        lac_page_blank(page);
        lac_page_begin(page, INDENT, INDENT);
        lac_page_text(page, LAC_INK_STRONG, "What the answer has to bring");
        lac_page_end(page);
        write_duties(page, head);
    }
}

lacuna_status lac_text_letter(const lac_letter_report *report, const lac_text_style *style,
                              lacuna_write_fn write, void *user, lacuna_error *err)
{
    const lac_letter *letter = report->letter;
    lac_output output;
    lac_page page;
    lac_output_init(&output, write, user);
    lac_page_init(&page, &output, style);
    lac_page_begin(&page, 0, INDENT);
    if (letter->incomplete) {
        lac_page_text(&page, LAC_INK_BAD, "incomplete: ");
    }
    write_count(&page, letter->query_count, " query in ", " queries in ");
    write_count(&page, letter->letter_count, " letter, ", " letters, ");
    write_count(&page, letter->block_count, " block of standard text", " blocks of standard text");
    lac_page_end(&page);
    for (uint32_t i = 0; i < letter->note_count; i++) {
        labelled(&page, "note", letter->notes[i]);
    }
    labelled(&page, "file", report->path);
    for (uint32_t i = 0; i < letter->letter_count; i++) {
        write_letter(&page, report, i);
    }
    return lac_output_finish(&output, err);
}
