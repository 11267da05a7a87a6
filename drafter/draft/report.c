#include "drafter/draft/report.h"

#include "drafter/draft/provenance.h"
#include "support/error.h"
#include "support/json_print.h"

#include <jansson.h>

#define SCHEMA "lacuna.draft-report/1"

enum { SHOWN_TEXT = 160 };

/* ---- for programs --------------------------------------------------------------------------- */

static json_t *finding_value(const lac_draft_finding *finding)
{
    return json_pack("{s:s,s:s,s:s,s:s%}", "what", finding->what, "reason", finding->reason,
                     "message", finding->message, "text", finding->text.ptr, finding->text.len);
}

static json_t *findings_value(const lac_composed *draft)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < draft->finding_count; i++) {
        if (json_array_append_new(list, finding_value(&draft->findings[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *words_value(const lac_composed *draft)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < draft->new_word_count; i++) {
        if (json_array_append_new(
                list, json_stringn(draft->new_words[i].ptr, draft->new_words[i].len)) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *decision_value(const lac_draft_decision *d, bool holds)
{
    return d == NULL ? json_null()
                     : json_pack("{s:s,s:s,s:s,s:s,s:b}", "state", d->state, "by", d->by, "reason",
                                 d->reason, "time", d->time, "holds", holds);
}

static const char *state_of(const lac_step *step)
{
    return step->decision == NULL ? "drafted" : step->decision->state;
}

static json_t *left_out_value(const lac_step *step)
{
    const lac_material *material = &step->material;
    if (material->spoken_to == 0) {
        return json_pack("{s:i}", "count", 0);
    }
    const lac_plan_source *source = &step->planned->sources[material->spoken_to_source];
    const lac_source_document *of = &step->plan->documents[source->document];
    return json_pack("{s:i,s:s,s:i}", "count", (int)material->spoken_to, "document", of->path,
                     "line", (int)lac_document_line(of->document, material->spoken_to_start));
}

static json_t *gap_value(const lac_step *step)
{
    const lac_composed *shown = lac_step_shown(step);
    const lac_draft_decision *decision = step->decision != NULL ? step->decision : step->outdated;
    return json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:i,s:i,s:i,s:o,s:o,s:o,s:b,s:o}", "gap",
                     step->gap, "title", step->planned->gap->item->title, "outcome",
                     lac_step_outcome_name(step->outcome), "failure", step->failure, "state",
                     state_of(step), "model", step->model, "request_id", step->request_id,
                     "draft_sha256", step->draft_digest.hex, "supported_claims",
                     (int)shown->supported, "data_needed", (int)shown->needed, "lost_citations",
                     (int)step->answer.lost, "findings", findings_value(shown), "decision",
                     decision_value(decision, step->decision != NULL), "left_out",
                     left_out_value(step), "voided", step->voided, "new_words", words_value(shown));
}

static json_t *report_value(const lac_drafting *d, const char *audit_head)
{
    json_t *gaps = json_array();
    for (uint32_t i = 0; i < d->step_count; i++) {
        if (json_array_append_new(gaps, gap_value(&d->steps[i])) != 0) {
            json_decref(gaps);
            return NULL;
        }
    }
    return json_pack("{s:s,s:s,s:s,s:s,s:o}", "schema", SCHEMA, "document",
                     d->plan->documents[0].path, "drafter",
                     d->settings.model == NULL ? "extractive" : d->settings.model->name,
                     "audit_head", audit_head, "gaps", gaps);
}

lacuna_status lac_drafting_json(lac_buf *out, const lac_drafting *drafting, const char *audit_head,
                                lacuna_error *err)
{
    return lac_json_print(out, report_value(drafting, audit_head), err);
}

/* ---- for people ----------------------------------------------------------------------------- */

static bool is_worth_telling(const lac_step *step)
{
    const lac_composed *shown = lac_step_shown(step);
    return shown->finding_count > 0 || step->failure[0] != '\0' || step->decision != NULL ||
           step->outdated != NULL || step->voided || step->material.spoken_to > 0;
}

static lacuna_status tell_findings(lac_buf *out, const lac_step *step)
{
    const lac_composed *shown = lac_step_shown(step);
    bool own = shown == &step->edited;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < shown->finding_count && status == LACUNA_OK; i++) {
        const lac_draft_finding *finding = &shown->findings[i];
        lac_span text = finding->text;
        bool cut = text.len > SHOWN_TEXT;
        text.len = cut ? SHOWN_TEXT : text.len;
        while (cut && text.len > 0 && ((unsigned char)text.ptr[text.len] & 0xC0) == 0x80) {
            text.len--;
        }
        status = lac_buf_printf(out, "    %s: %s, \"%.*s%s\": %s\n",
                                own ? "not in the sources" : "taken out", finding->what,
                                (int)text.len, text.ptr, cut ? "..." : "", finding->message);
    }
    return status;
}

static lacuna_status tell_step(lac_buf *out, const lac_step *step)
{
    lacuna_status status =
        lac_buf_printf(out, "%s  %s: ", step->gap, step->planned->gap->item->title);
    status = status == LACUNA_OK ? lac_step_by(out, step) : status;
    status = status == LACUNA_OK ? lac_buf_append_char(out, '\n') : status;
    if (status == LACUNA_OK && step->decision != NULL) {
        status = lac_buf_printf(out, "    %s by %s: %s\n", step->decision->state,
                                step->decision->by, step->decision->reason);
    }
    if (status == LACUNA_OK && step->outdated != NULL) {
        status =
            lac_buf_printf(out, "    %s by %s, about another draft: decide again (lacuna review)\n",
                           step->outdated->state, step->outdated->by);
    }
    if (status == LACUNA_OK && step->voided) {
        status = lac_buf_append_text(
            out, "    drafted anew: sources, plan, checklist, prompt or model have changed\n");
    }
    if (status == LACUNA_OK && step->material.spoken_to > 0) {
        status = lac_buf_printf(
            out, "    left out: %u passages of the sources that speak to a program\n",
            step->material.spoken_to);
    }
    return status == LACUNA_OK ? tell_findings(out, step) : status;
}

lacuna_status lac_drafting_text(lac_buf *out, const lac_drafting *drafting, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < drafting->step_count && status == LACUNA_OK; i++) {
        if (is_worth_telling(&drafting->steps[i])) {
            status = tell_step(out, &drafting->steps[i]);
        }
    }
    return status == LACUNA_OK ? LACUNA_OK : lac_fail(err, status, "the report is too long");
}
