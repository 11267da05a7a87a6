#include "writers/text/report.h"

#include "writers/text/items.h"
#include "writers/text/profile.h"
#include "writers/text/verdict.h"

enum { BODY_INDENT = 2 };

static void write_heading(lac_page *page, lac_ink ink, const char *first, const char *second,
                          uint32_t count)
{
    lac_page_blank(page);
    lac_page_begin(page, BODY_INDENT, BODY_INDENT);
    lac_page_text(page, ink, first);
    lac_page_text(page, ink, second);
    lac_page_text(page, LAC_INK_PLAIN, " (");
    lac_page_uint(page, LAC_INK_PLAIN, count);
    lac_page_text(page, LAC_INK_PLAIN, ")");
    lac_page_end(page);
}

/* ---- what the document is and what it was checked against ---------------------------------- */

static void write_error(lac_page *page, const lacuna_error *error)
{
    lac_page_begin_labelled(page, BODY_INDENT, "not read");
    lac_page_text(page, LAC_INK_BAD, error->message);
    if (error->place[0] != '\0') {
        lac_page_text(page, LAC_INK_PLAIN, " (");
        lac_page_text(page, LAC_INK_PLAIN, error->place);
        if (error->line > 0) {
            lac_page_text(page, LAC_INK_PLAIN, ", line ");
            lac_page_uint(page, LAC_INK_PLAIN, error->line);
        }
        lac_page_text(page, LAC_INK_PLAIN, ")");
    }
    lac_page_end(page);
    if (error->remedy[0] != '\0') {
        lac_page_labelled(page, BODY_INDENT, "remedy", lac_span_of(error->remedy));
    }
}

static void write_not_evaluated(lac_page *page, const lac_document *document)
{
    for (uint32_t i = 0; i < document->note_count; i++) {
        lac_page_labelled(page, BODY_INDENT, i == 0 ? "not judged" : "",
                          lac_span_of(document->notes[i].text));
    }
}

static void write_detection(lac_page *page, const char *label, const lac_detection *detection)
{
    lac_page_begin_labelled(page, BODY_INDENT, label);
    lac_page_text(page, LAC_INK_PLAIN,
                  detection->value[0] == '\0' ? "not recognised" : detection->value);
    if (detection->evidence != NULL && detection->evidence[0] != '\0') {
        lac_page_text(page, LAC_INK_FAINT, " (");
        lac_page_text(page, LAC_INK_FAINT, detection->evidence);
        lac_page_text(page, LAC_INK_FAINT, ")");
    }
    lac_page_end(page);
}

static void write_notice(lac_page *page, const char *first, const char *second)
{
    lac_page_begin_labelled(page, BODY_INDENT, "notice");
    lac_page_text(page, LAC_INK_WARN, first);
    lac_page_text(page, LAC_INK_WARN, second);
    lac_page_end(page);
}

/* Dates tell more than the words of the status, where the pack has them. */
static void write_guidance(lac_page *page, const lac_report *report, const lac_checklist *checklist)
{
    if (checklist->guidance_version != NULL) {
        lac_page_labelled(page, BODY_INDENT, "guidance", lac_span_of(checklist->guidance_version));
    }
    for (uint32_t i = 0; i < report->notice_count; i++) {
        if (report->notices[i].checklist == checklist) {
            write_notice(page, "this guidance: ", report->notices[i].text);
        }
    }
    if (checklist->in_force_count > 0) {
        return;
    }
    if (checklist->superseded_by != NULL && checklist->superseded_by[0] != '\0') {
        write_notice(page, "this guidance is superseded by ", checklist->superseded_by);
    } else if (checklist->guidance_status != NULL &&
               strcmp(checklist->guidance_status, "in force") != 0) {
        write_notice(page, "status of this guidance: ", checklist->guidance_status);
    }
}

static void write_checklist_head(lac_page *page, const lac_report *report,
                                 const lac_checklist_result *list)
{
    const lac_checklist *checklist = list->checklist;
    lac_page_begin_labelled(page, BODY_INDENT, "checklist");
    lac_page_text(page, LAC_INK_PLAIN, checklist->title);
    lac_page_text(page, LAC_INK_FAINT, " [");
    lac_page_text(page, LAC_INK_FAINT, checklist->id);
    lac_page_text(page, LAC_INK_FAINT, " ");
    lac_page_text(page, LAC_INK_FAINT, checklist->version);
    lac_page_text(page, LAC_INK_FAINT, "]");
    lac_page_end(page);
    if (list->why != NULL) {
        lac_page_labelled(page, BODY_INDENT, "because", lac_span_of(list->why));
    }
    for (uint32_t i = 0; i < checklist->tailored_count; i++) {
        lac_page_begin_labelled(page, BODY_INDENT, "tailored");
        lac_page_text(page, LAC_INK_PLAIN, "by ");
        lac_page_text(page, LAC_INK_PLAIN, checklist->tailored[i].id);
        lac_page_text(page, LAC_INK_PLAIN, " ");
        lac_page_text(page, LAC_INK_PLAIN, checklist->tailored[i].version);
        lac_page_end(page);
    }
    write_guidance(page, report, checklist);
}

/* ---- groups of items ------------------------------------------------------------------------ */

static bool in_group(const lac_item_result *result, bool partial, lac_severity severity)
{
    return !lac_item_is_structural(result->item) && lac_item_status_is_gap(result->status) &&
           (result->status == LAC_PARTIAL) == partial && result->item->severity == severity;
}

static uint32_t count_status(const lac_checklist_result *list, lac_item_status status)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < list->item_count; i++) {
        const lac_item_result *result = &list->items[i];
        count += result->status == status && !lac_item_is_structural(result->item) ? 1 : 0;
    }
    return count;
}

static void write_gaps(lac_page *page, const lac_report_document *document,
                       const lac_checklist_result *list, bool partial, lac_severity severity)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < list->item_count; i++) {
        count += in_group(&list->items[i], partial, severity) ? 1 : 0;
    }
    if (count == 0) {
        return;
    }
    write_heading(page, severity >= LAC_SEVERITY_MAJOR ? LAC_INK_BAD : LAC_INK_WARN,
                  partial ? "Partly addressed, " : "Missing, ", lac_severity_name(severity), count);
    for (uint32_t i = 0; i < list->item_count; i++) {
        if (in_group(&list->items[i], partial, severity)) {
            lac_text_gap(page, document, &list->items[i]);
        }
    }
}

static void write_all_gaps(lac_page *page, const lac_report_document *document,
                           const lac_checklist_result *list)
{
    for (int partial = 0; partial <= 1; partial++) {
        for (uint32_t s = LAC_SEVERITY_COUNT; s-- > 0;) {
            write_gaps(page, document, list, partial == 1, (lac_severity)s);
        }
    }
}

static void write_met(lac_page *page, const lac_report_document *document,
                      const lac_checklist_result *list)
{
    uint32_t count = count_status(list, LAC_MET);
    if (count == 0) {
        return;
    }
    write_heading(page, LAC_INK_GOOD, "Met", "", count);
    for (uint32_t i = 0; i < list->item_count && page->style.detail == LAC_DETAIL_FULL; i++) {
        const lac_item_result *result = &list->items[i];
        if (result->status == LAC_MET && !lac_item_is_structural(result->item)) {
            lac_text_met(page, document, result);
        }
    }
}

static void write_reasons(lac_page *page, const lac_checklist_result *list, lac_item_status status,
                          const char *heading)
{
    uint32_t count = count_status(list, status);
    if (count > 0) {
        write_heading(page, LAC_INK_STRONG, heading, "", count);
        lac_text_by_reason(page, list, status);
    }
}

/* What is not asked of a submission is most of the CTD: named where details are wanted. */
static void write_not_applicable(lac_page *page, const lac_report_document *document,
                                 const lac_checklist_result *list)
{
    if (!document->is_submission || page->style.detail == LAC_DETAIL_FULL) {
        write_reasons(page, list, LAC_NOT_APPLICABLE, "Not applicable");
        return;
    }
    uint32_t count = count_status(list, LAC_NOT_APPLICABLE);
    if (count > 0) {
        write_heading(page, LAC_INK_STRONG, "Not applicable", "; --verbose names them", count);
    }
}

/* ---- findings about the document itself ----------------------------------------------------- */

/* Where in a submission: heading, sequence and leaf or file, as far as there are any. */
static void write_leaf(lac_page *page, const lac_leaf_place *leaf)
{
    const struct {
        const char *label, *text;
    } parts[] = {{"", leaf->heading},
                 {"sequence ", leaf->sequence},
                 {"leaf ", leaf->id},
                 {"", leaf->id[0] == '\0' ? leaf->file : ""}};
    bool any = false;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].text[0] != '\0') {
            lac_page_text(page, LAC_INK_FAINT, any ? ", " : "");
            lac_page_text(page, LAC_INK_FAINT, parts[i].label);
            lac_page_text(page, LAC_INK_FAINT, parts[i].text);
            any = true;
        }
    }
    lac_page_text(page, LAC_INK_PLAIN, any ? ": " : "");
}

static void write_finding(lac_page *page, const lac_report_finding *finding, bool in_submission)
{
    lac_page_begin(page, BODY_INDENT + 2, BODY_INDENT + 4);
    lac_page_text(page, finding->severity >= LAC_SEVERITY_MAJOR ? LAC_INK_BAD : LAC_INK_PLAIN,
                  lac_severity_name(finding->severity));
    lac_page_text(page, LAC_INK_PLAIN,
                  finding->waiver != NULL                   ? ", waived, "
                  : finding->state == LAC_FINDING_UNCHANGED ? ", known, "
                                                            : ", ");
    if (finding->anchors[0].leaf != NULL && in_submission) {
        write_leaf(page, finding->anchors[0].leaf);
    } else if (finding->anchors[0].block != LAC_NONE || finding->subject != NULL) {
        lac_text_place(page, &finding->anchors[0]);
        lac_page_text(page, LAC_INK_PLAIN, ": ");
    }
    lac_page_text(page, LAC_INK_PLAIN, finding->message);
    if (finding->waiver != NULL) {
        lac_page_text(page, LAC_INK_PLAIN, " ");
        lac_page_text(page, LAC_INK_PLAIN, finding->waiver->told);
    }
    lac_page_text(page, LAC_INK_FAINT, " [");
    lac_page_text(page, LAC_INK_FAINT, finding->rule);
    lac_page_text(page, LAC_INK_FAINT, "]");
    lac_page_end(page);
}

/* About a submission there are many: the most severe come first. About a document they stand in its
 * order, all with the first severity that is asked for. */
static void write_severity(lac_page *page, const lac_report *report, uint32_t document,
                           lac_severity severity, bool submission)
{
    for (uint32_t i = 0; i < report->finding_count; i++) {
        const lac_report_finding *finding = &report->findings[i];
        bool due = submission ? finding->severity == severity : severity == LAC_SEVERITY_CRITICAL;
        if (finding->document == document && finding->item == NULL && due) {
            write_finding(page, finding, submission);
        }
    }
}

static void write_findings(lac_page *page, const lac_report *report, uint32_t document)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < report->finding_count; i++) {
        const lac_report_finding *finding = &report->findings[i];
        count += finding->document == document && finding->item == NULL ? 1 : 0;
    }
    if (count == 0) {
        return;
    }
    bool submission = report->documents[document].is_submission;
    bool control = report->documents[document].control != NULL;
    write_heading(page, LAC_INK_STRONG,
                  submission ? "About the submission"
                  : control  ? "About this file"
                             : "About the document",
                  "", count);
    for (uint32_t s = LAC_SEVERITY_COUNT; s-- > 0;) {
        write_severity(page, report, document, (lac_severity)s, submission);
    }
}

/* ---- documents and closing lines ------------------------------------------------------------ */

static bool has_findings(const lac_report *report, uint32_t document)
{
    for (uint32_t i = 0; i < report->finding_count; i++) {
        if (report->findings[i].document == document) {
            return true;
        }
    }
    return false;
}

/* Most documents of a submission are read for the checklists of the submission, which tell of them:
 * only what there is to say besides is told apart. */
static bool is_told_elsewhere(const lac_page *page, const lac_report *report, uint32_t index)
{
    const lac_report_document *document = &report->documents[index];
    return document->place_count > 0 && page->style.detail != LAC_DETAIL_FULL &&
           document->error.status == LACUNA_OK && document->result != NULL &&
           document->result->checklist_count == 0 && !has_findings(report, index);
}

/* "leaf spec0001, sequence 0001, 3.2.S.4.1 Specification" */
static void write_places(lac_page *page, const lac_report_document *document)
{
    for (uint32_t i = 0; i < document->place_count; i++) {
        const lac_leaf_place *place = document->places[i];
        lac_page_begin_labelled(page, BODY_INDENT, i == 0 ? "filed as" : "");
        lac_page_text(page, LAC_INK_PLAIN, "leaf ");
        lac_page_text(page, LAC_INK_PLAIN, place->id);
        lac_page_text(page, LAC_INK_PLAIN, ", sequence ");
        lac_page_text(page, LAC_INK_PLAIN, place->sequence);
        for (uint32_t h = 0; h < place->heading_count; h++) {
            lac_page_text(page, LAC_INK_FAINT, h == 0 ? ", " : " > ");
            lac_page_text(page, LAC_INK_FAINT, place->heading_path[h]);
        }
        lac_page_end(page);
    }
}

static void write_document(lac_page *page, const lac_report *report, uint32_t index)
{
    const lac_report_document *document = &report->documents[index];
    const lac_document_result *result = document->result;
    bool silent = document->control != NULL && !has_findings(report, index);
    if (silent || is_told_elsewhere(page, report, index)) {
        return;
    }
    lac_page_blank(page);
    lac_page_begin(page, 0, 0);
    lac_page_text(page, LAC_INK_STRONG, document->path);
    if (document->is_submission && result != NULL) {
        lac_page_text(page, LAC_INK_STRONG, ": application ");
        lac_page_text(page, LAC_INK_STRONG, result->application);
    }
    lac_page_end(page);
    write_places(page, document);
    if (document->error.status != LACUNA_OK) {
        write_error(page, &document->error);
    }
    if (document->control != NULL) {
        write_findings(page, report, index);
    }
    if (result == NULL) {
        return;
    }
    if (lac_report_not_evaluated(document)) {
        write_not_evaluated(page, document->document);
    } else {
        write_detection(page, "type", &result->type);
    }
    bool judged = !document->is_submission && !lac_report_not_evaluated(document);
    if (strcmp(result->language.value, "en") != 0 && judged) {
        write_detection(page, "language", &result->language);
    }
    if (judged && page->style.detail == LAC_DETAIL_FULL) {
        write_detection(page, "date", &result->date);
        lac_text_profile(page, result, BODY_INDENT);
    }
    if (result->checklist_count + result->section_count == 0 && judged) {
        lac_page_labelled(page, BODY_INDENT, "checklist",
                          lac_span_of("none applies; choose one with --checklist"));
    }
    for (uint32_t c = 0; c < result->checklist_count; c++) {
        const lac_checklist_result *list = &result->checklists[c];
        write_checklist_head(page, report, list);
        write_all_gaps(page, document, list);
        write_met(page, document, list);
        write_reasons(page, list, LAC_NOT_EVALUATED, "Not evaluated");
        lac_text_differing_votes(page, document, list);
        write_not_applicable(page, document, list);
        write_reasons(page, list, LAC_WAIVED, "Waived");
        if (c + 1 < result->checklist_count) {
            lac_page_blank(page);
        }
    }
    write_findings(page, report, index);
}

static void write_skips(lac_page *page, const lac_report *report)
{
    for (uint32_t i = 0; i < report->skip_count; i++) {
        lac_page_begin(page, 0, BODY_INDENT);
        lac_page_text(page, LAC_INK_PLAIN, "Left out: ");
        lac_page_text(page, LAC_INK_PLAIN, report->skips[i].path);
        lac_page_text(page, LAC_INK_PLAIN, ": ");
        lac_page_text(page, LAC_INK_PLAIN, report->skips[i].reason);
        lac_page_end(page);
    }
}

static void write_sentence(lac_page *page, uint32_t count, const char *singular, const char *rest)
{
    if (count > 0) {
        lac_page_begin(page, 0, BODY_INDENT);
        lac_text_amount(page, LAC_INK_PLAIN, count, singular);
        lac_page_text(page, LAC_INK_PLAIN, rest);
        lac_page_end(page);
    }
}

/* That a model was asked, what came of it, and where the record of it ends. */
static void write_judge(lac_page *page, const lac_report_judge *judge)
{
    const lacuna_judge_summary *summary = &judge->summary;
    if (judge->model == NULL) {
        return;
    }
    lac_page_begin(page, 0, BODY_INDENT);
    lac_page_text(page, LAC_INK_PLAIN, "Asked a second reader, ");
    lac_page_text(page, LAC_INK_PLAIN, judge->model);
    lac_page_text(page, LAC_INK_PLAIN, ", about ");
    lac_text_amount(page, LAC_INK_PLAIN, (uint32_t)summary->items, "item");
    lac_page_text(page, LAC_INK_PLAIN, ": it agreed on ");
    lac_page_uint(page, LAC_INK_PLAIN, (uint32_t)summary->agreed);
    lac_page_text(page, LAC_INK_PLAIN, ", differed on ");
    lac_page_uint(page, LAC_INK_PLAIN, (uint32_t)summary->differed);
    lac_page_text(page, LAC_INK_PLAIN, ", had no opinion that could be verified on ");
    lac_page_uint(page, LAC_INK_PLAIN, (uint32_t)summary->undecided);
    lac_page_text(page, LAC_INK_PLAIN, ".");
    if (summary->failed > 0) {
        lac_page_text(page, LAC_INK_WARN, " ");
        lac_text_amount(page, LAC_INK_WARN, (uint32_t)summary->failed, "question");
        lac_page_text(page, LAC_INK_WARN, " without an answer: ");
        lac_page_text(page, LAC_INK_WARN, summary->first_failure);
        lac_page_text(page, LAC_INK_WARN, ".");
    }
    if (summary->audit_head[0] != '\0') {
        lac_page_text(page, LAC_INK_PLAIN, " Head of the audit log: ");
        lac_page_text(page, LAC_INK_PLAIN, summary->audit_head);
        lac_page_text(page, LAC_INK_PLAIN, ".");
    }
    lac_page_end(page);
}

/* What the baseline has, and what became of it. */
static void write_baseline(lac_page *page, const lac_report *report)
{
    const lac_report_counts *counts = &report->counts;
    for (uint32_t i = 0; i < counts->absent; i++) {
        const lac_baseline_entry *entry = report->absent[i];
        lac_page_begin(page, 0, BODY_INDENT);
        lac_page_text(page, LAC_INK_GOOD, "Fixed");
        lac_page_text(page, LAC_INK_PLAIN, ": ");
        lac_page_text(page, LAC_INK_PLAIN, entry->document);
        lac_page_text(page, LAC_INK_PLAIN, ": ");
        lac_page_text(page, LAC_INK_PLAIN, entry->message);
        lac_page_text(page, LAC_INK_FAINT, " [");
        lac_page_text(page, LAC_INK_FAINT, entry->rule);
        lac_page_text(page, LAC_INK_FAINT, "]");
        lac_page_end(page);
    }
    write_sentence(page, counts->unseen, "finding",
                   " of the baseline not looked at: of documents or checklists not in this run.");
}

static void write_closing(lac_page *page, const lac_report *report)
{
    lac_page_blank(page);
    write_skips(page, report);
    write_sentence(page, report->counts.unread, "document", " not read, so not judged.");
    write_sentence(page, report->counts.partly_read, "document",
                   " with text that could not be read: what is missing may stand there.");
    write_sentence(page, report->counts.not_evaluated,
                   lac_report_only_pdf(report) ? "PDF" : "document",
                   " not evaluated: nobody could read the text.");
    write_sentence(page, report->counts.pages_without_text, "page",
                   " of PDF without text, so not judged: what is missing may stand there.");
    write_sentence(page, report->counts.unassigned, "document",
                   " without a checklist that applies, so not judged.");
    write_sentence(page, report->counts.items[LAC_NOT_EVALUATED], "item",
                   " not evaluated: a person has to look.");
    write_baseline(page, report);
    write_judge(page, &report->judge);
    lac_page_begin(page, 0, BODY_INDENT);
    lac_page_text(page, LAC_INK_PLAIN,
                  "Lacuna reports what a document mentions; it does not judge compliance. "
                  "Judged as of ");
    lac_page_text(page, LAC_INK_PLAIN, report->as_of);
    for (uint32_t i = 0; i < report->told.count; i++) {
        lac_page_text(page, LAC_INK_PLAIN, i == 0 ? ", told that " : ", ");
        lac_page_text(page, LAC_INK_PLAIN, report->told.texts[i]);
    }
    lac_page_text(page, LAC_INK_PLAIN, ".");
    lac_page_end(page);
}

lacuna_status lac_text_report(const lac_report *report, const lac_text_style *style,
                              lacuna_write_fn write, void *user, lacuna_error *err)
{
    lac_output output;
    lac_page page;
    lac_output_init(&output, write, user);
    lac_page_init(&page, &output, style);
    lac_text_verdict(&page, report);
    if (style->detail != LAC_DETAIL_SUMMARY) {
        for (uint32_t i = 0; i < report->document_count; i++) {
            write_document(&page, report, i);
        }
        write_closing(&page, report);
    }
    return lac_output_finish(&output, err);
}
