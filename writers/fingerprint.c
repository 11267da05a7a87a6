#include "writers/fingerprint.h"

#include "analyzer/gate/fold.h"
#include "analyzer/gate/identity.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/utf8.h"
#include "writers/anchor.h"
#include "writers/rules.h"

#include <stdlib.h>

enum { NAME_MAX_BYTES = 64 * 1024 + LAC_IDENTITY_MAX };

static lacuna_status append_field_end(lac_buf *buf)
{
    return lac_buf_append_char(buf, '\0');
}

/* "header2.xml" may be "header1.xml" when it was saved again: its kind counts. */
static lacuna_status append_part(lac_buf *buf, const char *part)
{
    const char *name = strrchr(part, '/');
    name = name == NULL ? part : name + 1;
    size_t length = strcspn(name, "0123456789.");
    return lac_buf_append(buf, name, length);
}

/* Kind of part and headings above. Neither the row nor the column of a table: rows are added
 * elsewhere, and findings that are alike have their ordinal. */
static lacuna_status append_place(lac_buf *buf, const lac_document *document,
                                  const lac_anchor *anchor)
{
    lacuna_status status = append_part(buf, anchor->part == NULL ? "" : anchor->part);
    uint32_t path[LAC_HEADING_PATH_MAX];
    uint32_t count = lac_heading_path(path, document, anchor->section);
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = lac_buf_append_char(buf, '/');
        if (status == LACUNA_OK) {
            status = lac_gate_fold(buf, document->sections[path[i]].title);
        }
    }
    return status;
}

/* In a submission the place is the leaf: application, sequence, id, heading, file. */
static lacuna_status append_leaf(lac_buf *buf, const lac_leaf_place *leaf)
{
    const char *const parts[] = {leaf->application, leaf->sequence, leaf->id, leaf->heading,
                                 leaf->file};
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && status == LACUNA_OK; i++) {
        status = lac_buf_append_text(buf, parts[i]);
        if (status == LACUNA_OK) {
            status = append_field_end(buf);
        }
    }
    return status;
}

static lacuna_status append_anchored(lac_buf *buf, const lac_report_finding *finding,
                                     const lac_document *document)
{
    const lac_anchor *anchor = &finding->anchors[0];
    const lac_rule *rule = lac_rule_find(finding->rule);
    if (finding->subject != NULL) {
        return lac_buf_append_text(buf, finding->subject);
    }
    if (rule != NULL && rule->once) {
        return LACUNA_OK;
    }
    lacuna_status status = anchor->leaf != NULL ? append_leaf(buf, anchor->leaf) : LACUNA_OK;
    if (status != LACUNA_OK || document == NULL) {
        return status;
    }
    status = append_place(buf, document, anchor);
    if (status == LACUNA_OK) {
        status = append_field_end(buf);
    }
    if (anchor->leaf != NULL) {
        return status; /* its text was let go */
    }
    lac_span text = lac_document_slice(document, anchor->start, anchor->end);
    text = lac_utf8_prefix(text, LAC_FINGERPRINT_EVIDENCE);
    return status == LACUNA_OK ? lac_gate_fold(buf, text) : status;
}

static lacuna_status append_gap(lac_buf *buf, const lac_report_finding *finding)
{
    lacuna_status status = lac_buf_append_text(buf, finding->checklist);
    if (status == LACUNA_OK) {
        status = append_field_end(buf);
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_text(buf, finding->item->item->id);
    }
    const lac_leaf_place *leaf = finding->anchors[0].leaf;
    if (status == LACUNA_OK && leaf != NULL) {
        status = append_field_end(buf);
    }
    return status == LACUNA_OK && leaf != NULL ? lac_buf_append_text(buf, leaf->application)
                                               : status;
}

static lacuna_status append_identity(lac_buf *buf, const lac_report *report,
                                     const lac_report_finding *finding)
{
    const lac_report_document *document = &report->documents[finding->document];
    lacuna_status status = lac_buf_append_text(buf, finding->rule);
    if (status == LACUNA_OK) {
        status = append_field_end(buf);
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_text(buf, report->identities[finding->document].text);
    }
    if (status == LACUNA_OK) {
        status = append_field_end(buf);
    }
    if (status == LACUNA_OK) {
        status = finding->item != NULL ? append_gap(buf, finding)
                                       : append_anchored(buf, finding, document->document);
    }
    return status;
}

static lacuna_status digest_identity(lac_digest *digest, const lac_report *report,
                                     const lac_report_finding *finding, uint32_t ordinal,
                                     lac_buf *buf, lacuna_error *err)
{
    lac_buf_clear(buf);
    lacuna_status status = append_identity(buf, report, finding);
    if (status == LACUNA_OK) {
        status = append_field_end(buf);
    }
    if (status == LACUNA_OK) {
        status = lac_buf_printf(buf, "%u", ordinal);
    }
    if (status != LACUNA_OK) {
        return lac_fail(err, status, "a finding could not be named");
    }
    return lac_sha256(digest, lac_buf_span(buf), err);
}

static int compare_fingerprints(const void *a, const void *b)
{
    const lac_report_finding *x = *(const lac_report_finding *const *)a;
    const lac_report_finding *y = *(const lac_report_finding *const *)b;
    int order = memcmp(x->fingerprint.hex, y->fingerprint.hex, sizeof x->fingerprint.hex);
    if (order != 0) {
        return order;
    }
    return x < y ? -1 : 1; /* one array: document order */
}

/* Findings alike in everything got the same digest with ordinal 0; the second and further ones are
 * told apart by their ordinal. */
static lacuna_status number_alike(lac_report *report, lac_report_finding **sorted, lac_buf *buf,
                                  lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    lac_digest shared = {""};
    uint32_t ordinal = 0;
    for (uint32_t i = 0; i < report->finding_count && status == LACUNA_OK; i++) {
        lac_digest own = sorted[i]->fingerprint;
        ordinal = strcmp(own.hex, shared.hex) == 0 ? ordinal + 1 : 0;
        shared = own;
        if (ordinal > 0) {
            status = digest_identity(&sorted[i]->fingerprint, report, sorted[i], ordinal, buf, err);
        }
    }
    return status;
}

lacuna_status lac_report_fingerprint(lac_report *report, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    lac_report_finding **sorted = NULL;
    lac_buf buf;
    lac_buf_init(&buf, NAME_MAX_BYTES);
    for (uint32_t i = 0; i < report->finding_count; i++) {
        status = digest_identity(&report->findings[i].fingerprint, report, &report->findings[i], 0,
                                 &buf, err);
        if (status != LACUNA_OK) {
            goto cleanup;
        }
    }
    if (report->finding_count > 1) {
        sorted = calloc(report->finding_count, sizeof(lac_report_finding *));
        if (sorted == NULL) {
            status = lac_fail_nomem(err);
            goto cleanup;
        }
        for (uint32_t i = 0; i < report->finding_count; i++) {
            sorted[i] = &report->findings[i];
        }
        qsort(sorted, report->finding_count, sizeof *sorted, compare_fingerprints);
        status = number_alike(report, sorted, &buf, err);
    }
cleanup:
    free(sorted);
    lac_buf_free(&buf);
    return status;
}
