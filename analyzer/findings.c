#include "analyzer/findings.h"

#include "analyzer/evidence.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_FINDINGS = 100000, MAX_ANCHORS = 50, MESSAGE_MAX = 4096 };

lacuna_status lac_finding_add(lac_finding_list *list, const char *rule, lac_severity severity,
                              const char *message, const lac_anchor *anchors, uint32_t count)
{
    lacuna_status status = lac_grow((void **)&list->items, &list->cap, list->count + 1,
                                    sizeof *list->items, MAX_FINDINGS);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_anchor *copy = lac_arena_array(list->arena, count, sizeof *copy);
    char *text = lac_arena_copy(list->arena, lac_span_of(message));
    if (copy == NULL || text == NULL) {
        return LACUNA_E_NOMEM;
    }
    if (count > 0) {
        memcpy(copy, anchors, count * sizeof *copy);
    }
    list->items[list->count++] = (lac_finding){rule, severity, text, copy, count};
    return LACUNA_OK;
}

/* ---- blocks with a mark --------------------------------------------------------------------- */

/* What is told about marked blocks: "<what>: <how many><rest>". */
typedef struct mark {
    uint32_t flag;
    const char *rule;
    lac_severity severity;
    const char *what, *rest;
} mark;

/* One finding for all blocks that carry the flag. */
static lacuna_status marked_blocks(lac_finding_list *list, const lac_reading *reading,
                                   const mark *m, uint64_t how_many)
{
    lac_anchor anchors[MAX_ANCHORS];
    uint32_t count = 0;
    const lac_document *document = reading->document;
    for (uint32_t i = 0; i < document->block_count && count < MAX_ANCHORS; i++) {
        const lac_block *block = &document->blocks[i];
        if ((block->flags & m->flag) != 0 && block->channel < LAC_CHANNEL_COMMENT) {
            anchors[count++] = lac_anchor_at(document, block->start, block->start + block->length);
        }
    }
    lac_buf message;
    lac_buf_init(&message, MESSAGE_MAX);
    lacuna_status status =
        lac_buf_printf(&message, "%s: %llu%s", m->what, (unsigned long long)how_many, m->rest);
    if (status == LACUNA_OK) {
        status =
            lac_finding_add(list, m->rule, m->severity, lac_buf_text(&message), anchors, count);
    }
    lac_buf_free(&message);
    return status;
}

static lacuna_status revision_findings(lac_finding_list *list, const lac_reading *reading)
{
    static const mark marks[] = {
        {LAC_BLOCK_INSERTED | LAC_BLOCK_DELETIONS, "docx/tracked-changes", LAC_SEVERITY_MINOR,
         "Tracked changes left in the document",
         "; it was judged as if all of them were accepted."},
        {0, "docx/comments", LAC_SEVERITY_INFO, "Comments left in the document", "."},
        {LAC_BLOCK_HIDDEN_PARTS, "docx/hidden-text", LAC_SEVERITY_MINOR,
         "Characters formatted as hidden",
         "; they were not judged, and a reader of the page does not see them."},
        {LAC_BLOCK_BROKEN_REFERENCE, "docx/broken-reference", LAC_SEVERITY_MINOR,
         "Broken cross-references", "."},
    };
    const lac_revisions *r = &reading->document->revisions;
    const uint64_t counts[] = {(uint64_t)r->insertions + r->deletions + r->moves, r->comments,
                               r->hidden_characters, r->broken_references};
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0] && status == LACUNA_OK; i++) {
        if (counts[i] > 0) {
            status = marked_blocks(list, reading, &marks[i], counts[i]);
        }
    }
    return status;
}

/* A draft that nobody has decided about must not leave the house for a finished text. */
static lacuna_status draft_findings(lac_finding_list *list, const lac_reading *reading)
{
    const lac_document *document = reading->document;
    const mark m = {
        LAC_BLOCK_DRAFT, "docx/unreviewed-draft", LAC_SEVERITY_MAJOR,
        "Drafts by Lacuna left as tracked insertions",
        document->declared_final
            ? ", in a document that says it is final; a person has to accept, reject or "
              "edit each."
            : "; a person has to accept, reject or edit each."};
    return document->revisions.drafts == 0
               ? LACUNA_OK
               : marked_blocks(list, reading, &m, document->revisions.drafts);
}

/* ---- leftovers ------------------------------------------------------------------------------ */

static lacuna_status section_leftovers(lac_finding_list *list, const lac_reading *reading,
                                       uint32_t first, uint32_t count)
{
    lac_anchor anchors[MAX_ANCHORS];
    lac_buf message;
    lac_buf_init(&message, MESSAGE_MAX);
    lacuna_status status = lac_buf_printf(&message, "%u %s left by the template: ", count,
                                          count == 1 ? "placeholder was" : "placeholders were");
    uint32_t shown = count < MAX_ANCHORS ? count : MAX_ANCHORS;
    for (uint32_t i = 0; i < shown && status == LACUNA_OK; i++) {
        const lac_leftover *l = &reading->leftovers.items[first + i];
        anchors[i] = lac_anchor_at(reading->document, l->start, l->end);
        if (i < 3) {
            lac_span text = lac_document_slice(reading->document, l->start, l->end);
            text = lac_utf8_prefix(text, 80);
            status =
                lac_buf_printf(&message, "%s\"%.*s\"", i == 0 ? "" : ", ", (int)text.len, text.ptr);
        }
    }
    if (status == LACUNA_OK && count > 3) {
        status = lac_buf_append_text(&message, " ...");
    }
    if (status == LACUNA_OK) {
        status = lac_finding_add(list, "text/leftover", LAC_SEVERITY_MINOR, lac_buf_text(&message),
                                 anchors, shown);
    }
    lac_buf_free(&message);
    return status;
}

/* One finding per section, so a template does not bury its report under single tags. */
static lacuna_status leftover_findings(lac_finding_list *list, const lac_reading *reading)
{
    const lac_document *document = reading->document;
    uint32_t i = 0;
    while (i < reading->leftovers.count) {
        uint32_t at = lac_document_block_at(document, reading->leftovers.items[i].start);
        uint32_t section = document->blocks[at].section;
        uint32_t end = i + 1;
        while (
            end < reading->leftovers.count &&
            document->blocks[lac_document_block_at(document, reading->leftovers.items[end].start)]
                    .section == section) {
            end++;
        }
        lacuna_status status = section_leftovers(list, reading, i, end - i);
        if (status != LACUNA_OK) {
            return status;
        }
        i = end;
    }
    return LACUNA_OK;
}

/* ---- what the parser noticed ---------------------------------------------------------------- */

static lacuna_status note_findings(lac_finding_list *list, const lac_document *document)
{
    /* Why a document was not evaluated is its state, no finding. */
    uint32_t count = document->not_evaluated == NULL ? document->note_count : 0;
    for (uint32_t i = 0; i < count; i++) {
        const lac_note *note = &document->notes[i];
        lac_anchor anchor = lac_anchor_document();
        if (note->part < document->part_count) {
            anchor.part = document->parts[note->part];
        }
        lacuna_status status = lac_finding_add(
            list, note->code, note->text_missing ? LAC_SEVERITY_MINOR : LAC_SEVERITY_INFO,
            note->text, &anchor, 1);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    return LACUNA_OK;
}

lacuna_status lac_document_findings(lac_finding_list *list, const lac_reading *reading,
                                    lacuna_error *err)
{
    lacuna_status status = lac_contents_findings(list, reading);
    if (status == LACUNA_OK) {
        status = revision_findings(list, reading);
    }
    if (status == LACUNA_OK) {
        status = draft_findings(list, reading);
    }
    if (status == LACUNA_OK) {
        status = leftover_findings(list, reading);
    }
    if (status == LACUNA_OK) {
        status = note_findings(list, reading->document);
    }
    if (status == LACUNA_E_LIMIT) {
        return lac_fail(err, status, "more than %d findings about one document", MAX_FINDINGS);
    }
    return status == LACUNA_OK ? status : lac_fail_nomem(err);
}
