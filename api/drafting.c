#include "api/drafting.h"

#include "api/audit_open.h"
#include "drafter/draft/provenance.h"
#include "support/error.h"

#include <stdio.h>
#include <stdlib.h>

void lac_api_drafting_free(lac_api_drafting *d)
{
    lac_drafting_free(d->run);
    lac_audit_close(d->audit);
    lac_pseudonym_free(&d->map);
    free(d->folder);
    *d = (lac_api_drafting){.model = NULL};
}

static int tell_progress(void *user, uint64_t done, uint64_t total, double cost)
{
    const lac_api_drafting *d = user;
    return d->progress == NULL ? 0 : d->progress(d->user, done, total, cost);
}

static lacuna_status take_map(void *user, uint32_t document, const json_t *map, lacuna_error *err)
{
    lac_api_drafting *d = user;
    return lac_pseudonym_add(&d->map, d->plan->documents[document].path, map, err);
}

lacuna_status lac_api_drafting_begin(lac_api_drafting *d, lac_plan *plan,
                                     const lacuna_options *options, lacuna_error *err)
{
    if (d->run != NULL) {
        return LACUNA_OK;
    }
    lacuna_status status =
        d->model == NULL ? LACUNA_OK : lac_audit_open_for(&d->audit, options, err);
    lac_drafting_settings settings = {.model = d->model,
                                      .folder = d->folder,
                                      .anew = d->anew,
                                      .audit = d->audit,
                                      .privacy = lac_options_privacy(options),
                                      .progress = tell_progress,
                                      .take_map = options->pseudonym_map == NULL ? NULL : take_map,
                                      .user = d};
    d->plan = plan;
    return status == LACUNA_OK ? lac_drafting_new(&d->run, plan, &settings, err) : status;
}

static lacuna_status make_gaps(lac_draft *out, const lac_drafting *run, lacuna_error *err)
{
    bool written = false;
    uint32_t count = 0;
    lac_draft_gap *gaps = lac_arena_array(&out->arena, (size_t)run->step_count + 1, sizeof *gaps);
    lacuna_status status = gaps == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    for (uint32_t i = 0; i < run->step_count && status == LACUNA_OK; i++) {
        bool shown = false;
        status = lac_step_gap(&shown, &gaps[count], &out->arena, &run->steps[i], err);
        count += shown ? 1 : 0;
        written = written || (shown && run->steps[i].outcome == LAC_STEP_WRITTEN);
    }
    out->author = lac_span_of(written ? "Lacuna (AI draft)" : "Lacuna (draft)");
    out->initials = lac_span_of("L");
    out->gaps = status == LACUNA_OK ? gaps : NULL;
    out->gap_count = count;
    return status;
}

lacuna_status lac_api_drafting_run(lac_api_drafting *d, lac_draft *out,
                                   const lacuna_options *options, lacuna_error *err)
{
    lacuna_status status = lac_drafting_run(d->run, err);
    if (status == LACUNA_OK || status == LACUNA_E_CANCELLED) {
        lacuna_status written = d->model == NULL
                                    ? LACUNA_OK
                                    : lac_pseudonym_write(&d->map, options->pseudonym_map, err);
        status = written == LACUNA_OK ? status : written;
    }
    if (d->audit != NULL) {
        lacuna_status synced = lac_audit_sync(d->audit, status == LACUNA_OK ? err : NULL);
        status = status == LACUNA_OK ? synced : status;
        memcpy(d->audit_head, lac_audit_head(d->audit), sizeof d->audit_head);
    }
    return status == LACUNA_OK ? make_gaps(out, d->run, err) : status;
}

/* The model whose text is in it, else that none was asked. */
static const char *drafter_of(const lac_drafting *run)
{
    for (uint32_t i = 0; i < run->step_count; i++) {
        if (run->steps[i].outcome == LAC_STEP_WRITTEN) {
            return run->steps[i].model;
        }
    }
    return "assembled from sources, word for word";
}

uint32_t lac_api_drafting_properties(lac_property out[LAC_DRAFTING_PROPERTIES], lac_api_drafting *d,
                                     const char *date)
{
    const lac_drafting_counts *c = &d->run->counts;
    uint64_t all = d->run->step_count - c->rejected;
    (void)snprintf(
        d->review, sizeof d->review,
        "%llu drafts: %llu accepted and %llu edited by a person, %llu without a decision",
        (unsigned long long)all, (unsigned long long)c->accepted, (unsigned long long)c->edited,
        (unsigned long long)(all - c->accepted - c->edited));
    const lac_property all_of_them[LAC_DRAFTING_PROPERTIES] = {
        {"LacunaStatus", lac_span_of("DRAFT. Holds drafts that a person has to review before the "
                                     "document is used.")},
        {"LacunaDrafter", lac_span_of(drafter_of(d->run))},
        {"LacunaReview", lac_span_of(d->review)},
        {"LacunaDate", lac_span_of(date)},
        {"LacunaVersion", lac_span_of(lacuna_version())},
    };
    memcpy(out, all_of_them, sizeof all_of_them);
    return LAC_DRAFTING_PROPERTIES;
}

void lac_api_drafting_summary(lacuna_draft_summary *summary, const lac_api_drafting *d)
{
    const lac_drafting *run = d->run;
    if (run == NULL) {
        return;
    }
    const lac_drafting_counts *c = &run->counts;
    summary->gaps = run->step_count - c->rejected;
    for (uint32_t i = 0; i < run->step_count; i++) {
        const lac_step *step = &run->steps[i];
        bool out = step->decision != NULL && strcmp(step->decision->state, "rejected") == 0;
        summary->sources += out ? 0 : step->planned->source_count;
        summary->needed += out ? 0 : lac_step_shown(step)->needed;
    }
    summary->written = c->written;
    summary->kept = c->kept;
    summary->asked = c->asked;
    summary->declined = c->declined;
    summary->cut_off = c->cut_off;
    summary->failed = c->failed;
    summary->findings = c->findings;
    summary->voided = c->voided;
    summary->accepted = c->accepted;
    summary->rejected = c->rejected;
    summary->edited = c->edited;
    summary->outdated = c->outdated;
    summary->usage = c->usage;
    summary->cost = c->cost;
    memcpy(summary->first_failure, c->first_failure, sizeof summary->first_failure);
    memcpy(summary->audit_head, d->audit_head, sizeof summary->audit_head);
}
