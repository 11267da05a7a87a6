#include "drafter/draft/drafting.h"

#include "support/error.h"

#include <stdio.h>
#include <stdlib.h>

enum { PATH_ROOM = 4096 };

/* ---- making the steps ----------------------------------------------------------------------- */

static lacuna_status recall(lac_drafting *d, lac_step *step, lacuna_error *err)
{
    char name[64];
    bool found = false;
    lac_buf record;
    if (d->kept == NULL) {
        return LACUNA_OK;
    }
    lac_buf_init(&record, LAC_STEP_BYTES_MAX);
    lacuna_status status = lac_step_file_name(name, step->gap, err);
    if (status == LACUNA_OK) {
        status = lac_run_folder_read(&record, &found, d->kept, name, err);
    }
    if (status == LACUNA_OK && found) {
        const lacuna_model *model = d->settings.model;
        status = lac_step_recall(&found, step, lac_buf_span(&record),
                                 model == NULL ? NULL : model->name, err);
    }
    if (status == LACUNA_OK && found && d->settings.anew) {
        step->outcome = LAC_STEP_OPEN;
        step->failure = "";
        step->kept = false;
        step->superseded = true;
    }
    d->counts.voided += step->voided ? 1 : 0;
    d->counts.kept += step->kept ? 1 : 0;
    lac_buf_free(&record);
    return status;
}

static lacuna_status name_gap(lac_step *step, lacuna_error *err)
{
    lac_buf name;
    lac_buf_init(&name, 4096);
    lacuna_status status =
        lac_buf_printf(&name, "%s/%s", step->planned->checklist->id, step->planned->gap->item->id);
    step->gap = status == LACUNA_OK ? lac_arena_copy(&step->arena, lac_buf_span(&name)) : NULL;
    lac_buf_free(&name);
    return step->gap == NULL ? lac_fail_nomem(err) : LACUNA_OK;
}

static lacuna_status make_step(lac_drafting *d, uint32_t index, lacuna_error *err)
{
    lac_step *step = &d->steps[index];
    *step = (lac_step){.plan = d->plan,
                       .planned = &d->plan->steps[index],
                       .failure = "",
                       .model = "",
                       .provider = "",
                       .request_id = "",
                       .request_digest = "",
                       .response_digest = ""};
    lac_arena_init(&step->arena);
    d->step_count++;
    lacuna_status status = name_gap(step, err);
    if (status == LACUNA_OK) {
        status = lac_material_make(&step->material, d->plan, step->planned,
                                   d->settings.model == NULL ? NULL : &d->veils, err);
    }
    if (status == LACUNA_OK) {
        status = lac_draft_content(step, &d->prompt, err);
    }
    return status == LACUNA_OK ? recall(d, step, err) : status;
}

static lacuna_status open_folders(lac_drafting *d, lacuna_error *err)
{
    char path[PATH_ROOM];
    if (d->settings.folder == NULL) {
        return LACUNA_OK;
    }
    int length = snprintf(path, sizeof path, "%s/steps", d->settings.folder);
    if (length < 0 || length >= PATH_ROOM) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "the path of the folder is too long");
    }
    lacuna_status status = lac_run_folder_open(&d->folder, d->settings.folder, err);
    if (status == LACUNA_OK) {
        status = lac_run_folder_open(&d->kept, path, err);
    }
    return status == LACUNA_OK ? lac_review_read(&d->review, d->folder, err) : status;
}

lacuna_status lac_drafting_new(lac_drafting **out, lac_plan *plan,
                               const lac_drafting_settings *settings, lacuna_error *err)
{
    *out = NULL;
    lac_drafting *d = calloc(1, sizeof *d);
    if (d == NULL) {
        return lac_fail_nomem(err);
    }
    d->settings = *settings;
    d->plan = plan;
    d->veils.privacy = settings->privacy;
    lac_arena_init(&d->review.arena);
    d->steps = calloc((size_t)plan->step_count + 1, sizeof *d->steps);
    lacuna_status status = d->steps == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    if (status == LACUNA_OK) {
        status = lac_prompt_load(&d->prompt, LAC_DRAFT_PROMPT, err);
    }
    if (status == LACUNA_OK) {
        status = open_folders(d, err);
    }
    for (uint32_t i = 0; i < plan->step_count && status == LACUNA_OK; i++) {
        status = make_step(d, i, err);
    }
    if (status != LACUNA_OK) {
        lac_drafting_free(d);
        return status;
    }
    *out = d;
    return LACUNA_OK;
}

void lac_drafting_free(lac_drafting *d)
{
    if (d == NULL) {
        return;
    }
    for (uint32_t i = 0; i < d->step_count; i++) {
        lac_step_free(&d->steps[i]);
    }
    free(d->steps);
    lac_judge_veils_free(&d->veils);
    lac_review_free(&d->review);
    lac_run_folder_close(d->kept);
    lac_run_folder_close(d->folder);
    free(d);
}

/* ---- what is sent --------------------------------------------------------------------------- */

static bool is_asked(const lac_drafting *d, const lac_step *step)
{
    return d->settings.model != NULL && step->outcome == LAC_STEP_OPEN &&
           step->material.passage_count > 0;
}

/* The pieces of all steps that a model is asked about. */
static lacuna_status sent_pieces(const lac_judge_piece ***out, size_t *count, const lac_drafting *d,
                                 lacuna_error *err)
{
    size_t room = 1;
    *count = 0;
    for (uint32_t i = 0; i < d->step_count; i++) {
        room += is_asked(d, &d->steps[i]) ? d->steps[i].material.source_count : 0;
    }
    *out = calloc(room, sizeof **out);
    for (uint32_t i = 0; *out != NULL && i < d->step_count; i++) {
        const lac_step *step = &d->steps[i];
        for (uint32_t k = 0; is_asked(d, step) && k < step->material.source_count; k++) {
            (*out)[(*count)++] = &step->material.pieces[k];
        }
    }
    return *out == NULL ? lac_fail_nomem(err) : LACUNA_OK;
}

static uint32_t document_index(const lac_plan *plan, const lac_document *document)
{
    uint32_t index = 0;
    while (index + 1 < plan->document_count && plan->documents[index].document != document) {
        index++;
    }
    return index;
}

/* What a person wrote into the plan is sent too. */
static lacuna_status search_instructions(const lac_drafting *d, const char *text, lacuna_error *err)
{
    lac_phi_list finds = {.count = 0};
    const lac_privacy *privacy = &d->settings.privacy;
    size_t blocking = 0;
    if (text[0] == '\0' || d->veils.scanner == NULL) {
        return LACUNA_OK;
    }
    lacuna_status status = lac_phi_scan(&finds, d->veils.scanner, lac_span_of(text), err);
    for (size_t i = 0; i < finds.count; i++) {
        blocking += finds.items[i].certain || privacy->strict ? 1 : 0;
    }
    lac_phi_list_free(&finds);
    return status == LACUNA_OK && blocking > 0
               ? lac_fail_remedy(err, LACUNA_E_ARGUMENT,
                                 "take them out of the plan, or take the responsibility "
                                 "(--allow-phi)",
                                 "nothing was sent: the instructions of the plan hold what may "
                                 "identify patients")
               : status;
}

static lacuna_status pass_instructions(const lac_drafting *d, lacuna_error *err)
{
    lacuna_status status = search_instructions(d, d->plan->instructions, err);
    for (uint32_t i = 0; i < d->step_count && status == LACUNA_OK; i++) {
        if (is_asked(d, &d->steps[i])) {
            status = search_instructions(d, d->steps[i].planned->instructions, err);
        }
    }
    return status;
}

static lacuna_status pass_gate(lac_drafting *d, lacuna_error *err)
{
    const lac_judge_piece **pieces;
    size_t count;
    lacuna_status status = sent_pieces(&pieces, &count, d, err);
    if (status == LACUNA_OK) {
        status = lac_judge_gate(&d->veils, pieces, count, err);
    }
    if (status == LACUNA_OK) {
        status = pass_instructions(d, err);
    }
    free(pieces);
    for (size_t i = 0; i < d->veils.count && status == LACUNA_OK; i++) {
        const lac_veil *veil = d->veils.items[i];
        json_t *map = NULL;
        if (d->settings.take_map == NULL || veil->map == NULL) {
            continue;
        }
        status = lac_pseudonyms_json(&map, veil->map, err);
        if (status == LACUNA_OK) {
            status = d->settings.take_map(d->settings.user, document_index(d->plan, veil->document),
                                          map, err);
        }
        json_decref(map);
    }
    return status;
}

lacuna_status lac_drafting_identifiers(lac_drafting *d,
                                       lacuna_status (*take)(void *user, uint32_t document,
                                                             const lac_phi_find *find,
                                                             lacuna_error *err),
                                       void *user, lacuna_error *err)
{
    const lac_judge_piece **pieces;
    size_t count;
    lacuna_status status = sent_pieces(&pieces, &count, d, err);
    for (size_t v = 0; v < d->veils.count && status == LACUNA_OK; v++) {
        const lac_veil *veil = d->veils.items[v];
        uint32_t document = document_index(d->plan, veil->document);
        for (size_t i = 0; i < veil->finds.count && status == LACUNA_OK; i++) {
            const lac_phi_find *find = &veil->finds.items[i];
            if (lac_judge_is_sent(pieces, count, veil->document, find)) {
                status = take(user, document, find, err);
            }
        }
    }
    free(pieces);
    return status;
}

lacuna_status lac_drafting_preview(lac_drafting *d,
                                   lacuna_status (*take)(void *user, const lacuna_request *request,
                                                         lacuna_error *err),
                                   void *user, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < d->step_count && status == LACUNA_OK; i++) {
        lacuna_request request;
        if (is_asked(d, &d->steps[i])) {
            status = lac_draft_request(&request, &d->steps[i], &d->prompt, err);
            status = status == LACUNA_OK ? take(user, &request, err) : status;
        }
    }
    return status;
}

/* ---- the record ----------------------------------------------------------------------------- */

static size_t pseudonyms_in(const lac_step *step)
{
    size_t count = 0;
    for (uint32_t i = 0; i < step->material.source_count; i++) {
        count += step->material.pieces[i].tokens.count;
    }
    return count;
}

static json_t *call_entry(const lac_drafting *d, const lac_step *step)
{
    const lac_checklist *list = step->planned->checklist;
    return json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:i}", "purpose", "draft", "prompt",
                     LAC_DRAFT_PROMPT, "prompt_sha256", d->prompt.digest.hex, "checklist", list->id,
                     "checklist_sha256", list->digest.hex, "item", step->planned->gap->item->id,
                     "part_sha256", step->material.digest.hex, "identifiers",
                     lac_phi_policy_name(d->settings.privacy.policy), "pseudonyms",
                     (int)pseudonyms_in(step));
}

static json_t *response_entry(const lac_step *step, const lacuna_response *r)
{
    return json_pack(
        "{s:s,s:s,s:s,s:s,s:s,s:s,s:i,s:I,s:I,s:I,s:I,s:f,s:i,s:s,s:i,s:i,s:i,s:i,s:i,s:s}",
        "provider", r->provider, "model_asked", r->model_asked, "model_used", r->model_used,
        "request_id", r->request_id, "request_sha256", r->request_digest, "response_sha256",
        r->response_digest, "stop", (int)r->stop, "input_tokens", (json_int_t)r->usage.input,
        "output_tokens", (json_int_t)r->usage.output, "cache_read_tokens",
        (json_int_t)r->usage.cache_read, "cache_write_tokens", (json_int_t)r->usage.cache_write,
        "cost", r->cost, "retries", (int)r->retries, "outcome",
        lac_step_outcome_name(step->outcome), "verified_claims", (int)step->draft.supported,
        "failed_statements", (int)step->draft.finding_count, "data_needed", (int)step->draft.needed,
        "citations", (int)step->answer.citations, "lost_citations", (int)step->answer.lost,
        "draft_sha256", step->draft_digest.hex);
}

/* Of what was never sent there is nothing to record. */
static bool was_sent(const lacuna_error *failure)
{
    return failure->status != LACUNA_E_LIMIT && failure->status != LACUNA_E_ARGUMENT;
}

static lacuna_status record(const lac_drafting *d, const lac_step *step,
                            const lacuna_response *response, const lacuna_error *failure,
                            lacuna_error *err)
{
    if (d->settings.audit == NULL || (response == NULL && failure == NULL) ||
        (failure != NULL && !was_sent(failure))) {
        return LACUNA_OK;
    }
    json_t *entry = call_entry(d, step);
    json_t *more = response != NULL
                       ? response_entry(step, response)
                       : json_pack("{s:s}", "failure", lacuna_status_name(failure->status));
    lacuna_status status = LACUNA_E_NOMEM;
    if (entry != NULL && more != NULL && json_object_update(entry, more) == 0) {
        status = lac_audit_append(d->settings.audit, "model-call", entry, err);
    } else {
        lac_fail_nomem(err);
    }
    json_decref(more);
    json_decref(entry);
    return status;
}

static lacuna_status keep(const lac_drafting *d, const lac_step *step, lacuna_error *err)
{
    char name[64];
    lac_buf content;
    if (d->kept == NULL) {
        return LACUNA_OK;
    }
    lac_buf_init(&content, LAC_STEP_BYTES_MAX);
    lacuna_status status = lac_step_file_name(name, step->gap, err);
    if (status == LACUNA_OK) {
        status = lac_step_write(&content, step, err);
    }
    if (status == LACUNA_OK) {
        status = lac_run_folder_write(d->kept, name, lac_buf_span(&content), err);
    }
    lac_buf_free(&content);
    return status;
}

/* ---- drafting ------------------------------------------------------------------------------- */

static void count_response(lac_drafting *d, const lac_step *step, const lacuna_response *response)
{
    lac_drafting_counts *counts = &d->counts;
    if (response != NULL) {
        counts->asked += lac_step_is_answered(step->outcome) ? 1 : 0;
        counts->usage.input += response->usage.input;
        counts->usage.output += response->usage.output;
        counts->usage.cache_read += response->usage.cache_read;
        counts->usage.cache_write += response->usage.cache_write;
        counts->cost = response->cost < 0 || counts->cost < 0 ? -1 : counts->cost + response->cost;
    }
    if (step->outcome == LAC_STEP_FAILED && counts->failed++ == 0) {
        (void)snprintf(counts->first_failure, sizeof counts->first_failure, "%s", step->failure);
    }
}

static void count_outcome(lac_drafting *d, const lac_step *step)
{
    d->counts.written += step->outcome == LAC_STEP_WRITTEN ? 1 : 0;
    d->counts.declined += step->outcome == LAC_STEP_DECLINED ? 1 : 0;
    d->counts.cut_off += step->outcome == LAC_STEP_CUT_OFF ? 1 : 0;
    d->counts.findings += step->draft.finding_count;
}

static lacuna_status on_drafted(void *user, lac_step *step, const lacuna_response *response,
                                const lacuna_error *failure, lacuna_error *err)
{
    lac_drafting *d = user;
    if (lac_step_is_answered(step->outcome) && d->settings.model != NULL) {
        step->model = d->settings.model->name;
    }
    lacuna_status status = lac_step_draft(step, err);
    count_response(d, step, response);
    count_outcome(d, step);
    if (status == LACUNA_OK) {
        status = record(d, step, response, failure, err);
    }
    /* A call that failed does not take the place of an answer that was paid for. */
    if (status == LACUNA_OK && !(step->superseded && step->outcome == LAC_STEP_FAILED)) {
        status = keep(d, step, err);
    }
    d->done++;
    bool stopped =
        status == LACUNA_OK && d->settings.progress != NULL &&
        d->settings.progress(d->settings.user, d->done, d->step_count, d->counts.cost) != 0;
    return stopped ? lac_fail(err, LACUNA_E_CANCELLED, "stopped before everything was drafted")
                   : status;
}

/* Answers of an earlier run: verified anew. */
static lacuna_status take_kept(lac_drafting *d, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < d->step_count && status == LACUNA_OK; i++) {
        lac_step *step = &d->steps[i];
        if (step->kept) {
            status = lac_step_draft(step, err);
            count_outcome(d, step);
            status = status == LACUNA_OK ? keep(d, step, err) : status;
            d->done++;
        }
    }
    return status;
}

static lacuna_status draft_open(lac_drafting *d, lacuna_error *err)
{
    lac_drafter drafter = d->settings.model == NULL
                              ? lac_drafter_extractive()
                              : lac_drafter_model(d->settings.model, &d->prompt);
    size_t count = 0;
    lac_step **open = calloc((size_t)d->step_count + 1, sizeof(lac_step *));
    if (open == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < d->step_count; i++) {
        if (d->steps[i].outcome == LAC_STEP_OPEN) {
            open[count++] = &d->steps[i];
        }
    }
    lacuna_status status = drafter.draft(&drafter, open, count, on_drafted, d, err);
    free(open);
    return status;
}

/* ---- decisions ------------------------------------------------------------------------------ */

static lacuna_status decide(lac_drafting *d, lac_step *step, lacuna_error *err)
{
    const lac_draft_decision *decision = lac_review_find(&d->review, step->gap);
    if (decision == NULL) {
        return LACUNA_OK;
    }
    if (strcmp(decision->draft, step->draft_digest.hex) != 0) {
        step->outdated = decision;
        d->counts.outdated++;
        return LACUNA_OK;
    }
    step->decision = decision;
    d->counts.accepted += strcmp(decision->state, "accepted") == 0 ? 1 : 0;
    d->counts.rejected += strcmp(decision->state, "rejected") == 0 ? 1 : 0;
    if (decision->text == NULL) {
        return LACUNA_OK;
    }
    d->counts.edited++;
    return lac_compose_edited(&step->edited, &step->arena, d->plan, step->planned, &step->material,
                              lac_span_of(decision->text), err);
}

lacuna_status lac_drafting_run(lac_drafting *d, lacuna_error *err)
{
    lacuna_status status = d->settings.model == NULL ? LACUNA_OK : pass_gate(d, err);
    if (status == LACUNA_OK) {
        status = take_kept(d, err);
    }
    if (status == LACUNA_OK) {
        status = draft_open(d, err);
    }
    for (uint32_t i = 0; i < d->step_count && status == LACUNA_OK; i++) {
        status = decide(d, &d->steps[i], err);
    }
    return status;
}
