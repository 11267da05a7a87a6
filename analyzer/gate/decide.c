/* Laying decisions over a result; see decisions.h. */
#include "analyzer/evidence.h"
#include "analyzer/gap_findings.h"
#include "analyzer/gate/decisions.h"
#include "analyzer/gate/fold.h"
#include "parsers/document.h"
#include "support/buf.h"
#include "support/error.h"

enum { TITLE_MAX = 64 * 1024 };

/* ---- sections ------------------------------------------------------------------------------- */

lacuna_status lac_decision_digest(lac_digest *digest, const lac_document *document,
                                  uint32_t section, lacuna_error *err)
{
    const lac_section *of = &document->sections[section];
    uint32_t start = section == 0 ? 0 : of->start;
    uint32_t end = section == 0 ? document->reference_length : of->end;
    return lac_gate_digest(digest, lac_document_slice(document, start, end), err);
}

static bool same_title(lac_span title, const char *wanted)
{
    lac_buf a, b;
    lac_buf_init(&a, TITLE_MAX);
    lac_buf_init(&b, TITLE_MAX);
    bool same = lac_gate_fold(&a, title) == LACUNA_OK &&
                lac_gate_fold(&b, lac_span_of(wanted)) == LACUNA_OK &&
                lac_span_equal(lac_buf_span(&a), lac_buf_span(&b));
    lac_buf_free(&a);
    lac_buf_free(&b);
    return same;
}

static bool is_at(const lac_document *document, uint32_t section, const char *const *headings,
                  uint32_t count)
{
    while (count > 0 && section != 0) {
        if (!same_title(document->sections[section].title, headings[count - 1])) {
            return false;
        }
        count--;
        section = document->sections[section].parent;
    }
    return count == 0 && section == 0;
}

uint32_t lac_decision_section(const lac_document *document, const char *const *headings,
                              uint32_t count, const char *digest)
{
    uint32_t first = LAC_NONE;
    if (count == 0) {
        return document->section_count > 0 ? 0 : LAC_NONE;
    }
    for (uint32_t s = 1; s < document->section_count; s++) {
        lac_digest own;
        if (!is_at(document, s, headings, count)) {
            continue;
        }
        if (digest == NULL || (lac_decision_digest(&own, document, s, NULL) == LACUNA_OK &&
                               strcmp(own.hex, digest) == 0)) {
            return s;
        }
        first = first == LAC_NONE ? s : first;
    }
    return first;
}

/* ---- one item ------------------------------------------------------------------------------- */

static const char *reason_of(lac_item_status status)
{
    switch (status) {
    case LAC_MET:
        return "met/decided";
    case LAC_PARTIAL:
        return "partial/decided";
    case LAC_MISSING:
        return "missing/decided";
    case LAC_CONTRADICTS:
        return "contradicts/decided";
    default:
        return "not-applicable/decided";
    }
}

static void set_status(lac_item_result *item)
{
    item->status = item->decision->status;
    item->reason = reason_of(item->status);
    item->explanation = item->decision->told;
    item->confidence = 1;
}

/* The heading of the section the person pointed to goes in front of what was found. */
static lacuna_status add_evidence(lac_item_result *item, lac_document_result *result,
                                  uint32_t section, lacuna_error *err)
{
    const lac_document *document = result->document;
    if (section == 0) {
        return LACUNA_OK;
    }
    const lac_section *at = &document->sections[section];
    lac_evidence *list =
        lac_arena_array(&result->arena, (size_t)item->evidence_count + 1, sizeof *list);
    if (list == NULL) {
        return lac_fail_nomem(err);
    }
    list[0] =
        (lac_evidence){.quote = lac_span_trim(lac_document_slice(document, at->start, at->body)),
                       .fact = "decided",
                       .anchor = lac_anchor_section(document, section)};
    if (item->evidence_count > 0) {
        memcpy(list + 1, item->evidence, item->evidence_count * sizeof *list);
    }
    item->evidence = list;
    item->evidence_count++;
    return LACUNA_OK;
}

static lac_item_result *find_item(const lac_document_result *result, const lac_decision *decision,
                                  const lac_checklist **checklist)
{
    *checklist = NULL;
    for (uint32_t c = 0; c < result->checklist_count; c++) {
        const lac_checklist_result *list = &result->checklists[c];
        if (strcmp(list->checklist->id, decision->checklist) != 0) {
            continue;
        }
        *checklist = list->checklist;
        for (uint32_t i = 0; i < list->item_count; i++) {
            if (strcmp(list->items[i].item->id, decision->item) == 0) {
                return &list->items[i];
            }
        }
    }
    return NULL;
}

/* NULL: it holds. */
static const char *why_void(const lac_document *document, const lac_decision *decision,
                            uint32_t section)
{
    lac_digest digest;
    if (section == LAC_NONE) {
        return "its section is not in the document any more";
    }
    if (lac_decision_digest(&digest, document, section, NULL) != LACUNA_OK ||
        strcmp(digest.hex, decision->text_digest) != 0) {
        return section == 0 ? "the document was changed since" : "its section was changed since";
    }
    return NULL;
}

typedef struct applying {
    const lac_decisions *decisions;
    lac_document_result *result;
    const char *as_of;
    lac_decision_fn tell;
    void *user;
    uint32_t applied;
} applying;

static lacuna_status apply_one(applying *a, uint32_t index, lacuna_error *err)
{
    const lac_decision *decision = &a->decisions->items[index];
    const lac_checklist *checklist;
    lac_item_result *item = find_item(a->result, decision, &checklist);
    if (checklist == NULL) {
        return LACUNA_OK; /* not held to it in this run */
    }
    if (item == NULL || strcmp(checklist->digest.hex, decision->checklist_digest) != 0) {
        return a->tell(a->user, index, "decision/changed",
                       "the checklist is another one than it was made with", err);
    }
    if (strcmp(a->as_of, decision->decided) < 0) {
        return a->tell(a->user, index, "decision/early", "it was made after the day of this run",
                       err);
    }
    uint32_t section = lac_decision_section(a->result->document, decision->heading_path,
                                            decision->heading_count, decision->text_digest);
    const char *why = why_void(a->result->document, decision, section);
    if (why != NULL) {
        return a->tell(a->user, index, "decision/void", why, err);
    }
    if (item->decision == NULL) {
        item->undecided = item->status;
    }
    item->decision = decision;
    a->applied++;
    set_status(item);
    return add_evidence(item, a->result, section, err);
}

/* ---- all of them ----------------------------------------------------------------------------- */

lacuna_status lac_decisions_apply(const lac_decisions *decisions, lac_document_result *result,
                                  const char *identity, const char *as_of, lac_decision_fn tell,
                                  void *user, lacuna_error *err)
{
    applying a = {decisions, result, as_of, tell, user, 0};
    if (result->document == NULL) {
        return LACUNA_OK;
    }
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < decisions->count && status == LACUNA_OK; i++) {
        if (strcmp(decisions->items[i].document, identity) == 0) {
            status = apply_one(&a, i, err);
        }
    }
    return status == LACUNA_OK && a.applied > 0 ? lac_gap_findings_renew(result, err) : status;
}

void lac_decisions_restore(lac_document_result *result)
{
    for (uint32_t c = 0; c < result->checklist_count; c++) {
        for (uint32_t i = 0; i < result->checklists[c].item_count; i++) {
            lac_item_result *item = &result->checklists[c].items[i];
            if (item->decision != NULL) {
                set_status(item);
            }
        }
    }
}
