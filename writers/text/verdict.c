#include "writers/text/verdict.h"

void lac_text_amount(lac_page *page, lac_ink ink, uint64_t count, const char *singular)
{
    lac_page_uint(page, ink, count);
    lac_page_text(page, ink, " ");
    lac_page_text(page, ink, singular);
    if (count != 1) {
        lac_page_text(page, ink, "s");
    }
}

static void write_gaps(lac_page *page, const lac_report *report)
{
    const lac_report_counts *counts = &report->counts;
    uint32_t gaps = lac_report_gap_count(report);
    lac_text_amount(page, LAC_INK_PLAIN, gaps, "gap");
    if (gaps == 0) {
        return;
    }
    lac_page_text(page, LAC_INK_PLAIN, " (");
    for (uint32_t s = LAC_SEVERITY_COUNT; s-- > 0;) {
        if (s == LAC_SEVERITY_INFO && counts->gaps[s] == 0) {
            continue;
        }
        lac_page_text(page, LAC_INK_PLAIN, s == LAC_SEVERITY_CRITICAL ? "" : ", ");
        lac_page_uint(page, LAC_INK_PLAIN, counts->gaps[s]);
        lac_page_text(page, LAC_INK_PLAIN, " ");
        lac_page_text(page, LAC_INK_PLAIN, lac_severity_name((lac_severity)s));
    }
    if (counts->items[LAC_PARTIAL] > 0) {
        lac_page_text(page, LAC_INK_PLAIN, "; ");
        lac_page_uint(page, LAC_INK_PLAIN, counts->items[LAC_PARTIAL]);
        lac_page_text(page, LAC_INK_PLAIN, " of them partly addressed");
    }
    lac_page_text(page, LAC_INK_PLAIN, ")");
}

static void write_unread_pdf(lac_page *page, const lac_report *report)
{
    const lac_report_counts *counts = &report->counts;
    if (counts->not_evaluated > 0) {
        lac_page_text(page, LAC_INK_PLAIN, "; ");
        lac_text_amount(page, LAC_INK_PLAIN, counts->not_evaluated,
                        lac_report_only_pdf(report) ? "PDF" : "document");
        lac_page_text(page, LAC_INK_PLAIN, " not evaluated");
    }
    if (counts->pages_without_text > 0) {
        lac_page_text(page, LAC_INK_PLAIN, "; ");
        lac_text_amount(page, LAC_INK_PLAIN, counts->pages_without_text, "page");
        lac_page_text(page, LAC_INK_PLAIN, " without text not evaluated");
    }
}

/* Only what a baseline and waivers make of the findings. */
static void write_gate(lac_page *page, const lac_report *report)
{
    const lac_report_counts *counts = &report->counts;
    uint32_t fresh = 0;
    for (uint32_t s = 0; s < LAC_SEVERITY_COUNT; s++) {
        fresh += counts->fresh[s];
    }
    if (report->baseline != NULL) {
        lac_page_text(page, LAC_INK_PLAIN, "; against the baseline ");
        lac_page_uint(page, LAC_INK_PLAIN, fresh);
        lac_page_text(page, LAC_INK_PLAIN, " new, ");
        lac_page_uint(page, LAC_INK_PLAIN, counts->unchanged);
        lac_page_text(page, LAC_INK_PLAIN, " unchanged, ");
        lac_page_uint(page, LAC_INK_PLAIN, counts->absent);
        lac_page_text(page, LAC_INK_PLAIN, " fixed");
    }
    if (counts->waived > 0) {
        lac_page_text(page, LAC_INK_PLAIN, "; ");
        lac_text_amount(page, LAC_INK_PLAIN, counts->waived, "finding");
        lac_page_text(page, LAC_INK_PLAIN, " waived");
    }
}

static void write_others(lac_page *page, const lac_report *report)
{
    const uint32_t *items = report->counts.items;
    uint32_t free_findings =
        report->finding_count - lac_report_gap_count(report) - report->counts.waived;
    lac_page_text(page, LAC_INK_PLAIN, ", ");
    lac_page_uint(page, LAC_INK_PLAIN, items[LAC_MET]);
    lac_page_text(page, LAC_INK_PLAIN, " met, ");
    lac_page_uint(page, LAC_INK_PLAIN, items[LAC_NOT_EVALUATED]);
    lac_page_text(page, LAC_INK_PLAIN, " not evaluated, ");
    lac_page_uint(page, LAC_INK_PLAIN, items[LAC_NOT_APPLICABLE]);
    lac_page_text(page, LAC_INK_PLAIN, " not applicable");
    if (items[LAC_WAIVED] > 0) {
        lac_page_text(page, LAC_INK_PLAIN, ", ");
        lac_page_uint(page, LAC_INK_PLAIN, items[LAC_WAIVED]);
        lac_page_text(page, LAC_INK_PLAIN, " waived");
    }
    write_unread_pdf(page, report);
    if (free_findings > 0) {
        lac_page_text(page, LAC_INK_PLAIN, "; ");
        lac_text_amount(page, LAC_INK_PLAIN, free_findings, "finding");
        bool submissions = lac_report_only_submissions(report);
        lac_page_text(page, LAC_INK_PLAIN,
                      submissions ? " about the submission" : " about the document");
        uint32_t count = submissions ? report->counts.submissions : lac_report_inputs(report);
        lac_page_text(page, LAC_INK_PLAIN, count == 1 ? "" : "s");
    }
    write_gate(page, report);
}

static void write_incomplete(lac_page *page, const lac_report *report)
{
    lac_page_text(page, LAC_INK_BAD, "incomplete:");
    lac_page_text(page, LAC_INK_PLAIN, " ");
    if (report->cancelled) {
        lac_page_text(page, LAC_INK_PLAIN, "the run was cancelled; ");
    }
    lac_page_uint(page, LAC_INK_PLAIN, report->counts.unread);
    lac_page_text(page, LAC_INK_PLAIN, " of ");
    lac_text_amount(page, LAC_INK_PLAIN, lac_report_inputs(report), "document");
    lac_page_text(page, LAC_INK_PLAIN, " not read");
    if (report->counts.partly_read > 0) {
        lac_page_text(page, LAC_INK_PLAIN, ", ");
        lac_page_uint(page, LAC_INK_PLAIN, report->counts.partly_read);
        lac_page_text(page, LAC_INK_PLAIN, " read in part");
    }
    if (report->counts.unread < lac_report_inputs(report)) {
        lac_page_text(page, LAC_INK_PLAIN, "; in the others ");
    }
}

void lac_text_verdict(lac_page *page, const lac_report *report)
{
    uint32_t width = page->style.width;
    page->style.width = UINT32_MAX; /* one line, whatever its length */
    lac_page_begin(page, 0, 0);
    switch (report->verdict) {
    case LACUNA_READY:
        lac_page_text(page, LAC_INK_GOOD, "ready:");
        lac_page_text(page, LAC_INK_PLAIN, " ");
        break;
    case LACUNA_NOT_READY:
        lac_page_text(page, LAC_INK_BAD, "not ready:");
        lac_page_text(page, LAC_INK_PLAIN, " ");
        break;
    case LACUNA_INCOMPLETE:
        write_incomplete(page, report);
        break;
    case LACUNA_NOTHING_EVALUATED:
        lac_page_text(page, LAC_INK_BAD, "nothing evaluated:");
        lac_page_text(page, LAC_INK_PLAIN, " ");
        break;
    }
    if (report->verdict != LACUNA_INCOMPLETE || report->counts.unread < lac_report_inputs(report)) {
        write_gaps(page, report);
        write_others(page, report);
    }
    if (lac_report_inputs(report) != 1 && report->verdict != LACUNA_INCOMPLETE) {
        lac_page_text(page, LAC_INK_PLAIN, "; ");
        lac_text_amount(page, LAC_INK_PLAIN, lac_report_inputs(report), "document");
    }
    lac_page_end(page);
    page->style.width = width;
}
