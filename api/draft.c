#include "analyzer/analyze.h"
#include "api/draft_template.h"
#include "api/drafting.h"
#include "api/inputs.h"
#include "api/options.h"
#include "api/packs.h"
#include "drafter/draft/report.h"
#include "drafter/draft/text.h"
#include "drafter/plan.h"
#include "parsers/open.h"
#include "parsers/package/source.h"
#include "support/error.h"
#include "writers/docx/write.h"
#include "writers/output.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SOURCES_MAX = 4096, DATE_ROOM = 32 };

struct lacuna_draft {
    lacuna_options *options;
    lac_registry *registry;
    lac_inputs inputs; /* the document first, then its sources in the order of their paths */
    lac_document **documents;
    lac_source_document *sources;
    uint32_t source_count;
    lac_document_result *result; /* of the document */
    lac_plan *plan;
    lac_draft draft;
    lac_api_drafting drafting;
    char *bytes; /* of the document */
    size_t length;
    char date[DATE_ROOM];
    lac_house *house; /* what the drafts are written into; NULL: the document */
};

/* ---- reading -------------------------------------------------------------------------------- */

static lacuna_status open_document(lac_document **out, const lacuna_draft *d,
                                   const lac_input *input, lacuna_error *err)
{
    const lac_source source = {.kind = LAC_SOURCE_PATH, .path = input->path};
    lac_pdf_options pdf = lac_options_pdf(d->options);
    const lac_open_options how = {.limits = lac_options_limits(d->options), .pdf = &pdf};
    if (input->error.status != LACUNA_OK) {
        if (err != NULL) {
            *err = input->error;
        }
        return (lacuna_status)input->error.status;
    }
    return lac_document_open_with(out, &source, &how, err);
}

static lacuna_status type_of(const char **out, lacuna_draft *d, const lac_document *document,
                             lacuna_error *err)
{
    const lac_document_types *types;
    lac_reading *reading = NULL;
    lac_detection detection = {.value = ""};
    lacuna_status status = lac_registry_document_types(&types, d->registry, err);
    if (status == LACUNA_OK) {
        status = lac_reading_new(&reading, document, err);
    }
    if (status == LACUNA_OK) {
        status = lac_detect_type(&detection, &d->inputs.arena, types, reading, err);
    }
    lac_reading_free(reading);
    *out = detection.value;
    return status;
}

/* A source that cannot be read is an error: a draft must not quietly do without it. */
static lacuna_status add_document(lacuna_draft *d, const lac_input *input, lacuna_error *err)
{
    uint32_t at = d->source_count;
    lacuna_status status = open_document(&d->documents[at], d, input, err);
    if (status != LACUNA_OK) {
        return status;
    }
    d->source_count++;
    d->sources[at] = (lac_source_document){input->shown, "", d->documents[at]};
    return type_of(&d->sources[at].type, d, d->documents[at], err);
}

static lacuna_status read_sources(lacuna_draft *d, const char *path, const char *const *sources,
                                  size_t count, lacuna_error *err)
{
    lac_inputs target;
    lac_inputs_init(&target);
    lacuna_status status = lac_inputs_add(&target, path, d->options->root, err);
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = lac_inputs_add(&d->inputs, sources[i], d->options->root, err);
    }
    if (status == LACUNA_OK && (target.count != 1 || target.items[0].submission)) {
        status = lac_fail(err, LACUNA_E_ARGUMENT, "%.200s: is no single document", path);
    }
    if (status == LACUNA_OK && d->inputs.count > SOURCES_MAX) {
        status = lac_fail(err, LACUNA_E_LIMIT, "more than %d sources", SOURCES_MAX);
    }
    if (status == LACUNA_OK) {
        lac_inputs_settle(&d->inputs);
        d->documents = calloc(d->inputs.count + 2, sizeof(lac_document *));
        d->sources = calloc(d->inputs.count + 2, sizeof *d->sources);
        status = d->documents == NULL || d->sources == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    }
    if (status == LACUNA_OK) {
        status = add_document(d, &target.items[0], err);
    }
    if (status == LACUNA_OK) {
        const char *shown = lac_arena_copy(&d->inputs.arena, lac_span_of(target.items[0].shown));
        d->sources[0].path = shown;
        status = shown == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    }
    for (size_t i = 0; i < d->inputs.count && status == LACUNA_OK; i++) {
        const lac_input *input = &d->inputs.items[i];
        bool itself = strcmp(input->shown, d->sources[0].path) == 0;
        if (input->submission) {
            status = lac_fail_remedy(
                err, LACUNA_E_UNSUPPORTED, "name the documents in it, or their folders",
                "%.200s: a submission is not read for sources yet", input->shown);
        } else if (!itself) {
            status = add_document(d, input, err);
        }
    }
    lac_inputs_free(&target);
    return status;
}

static lacuna_status read_bytes(lacuna_draft *d, const char *path, lacuna_error *err)
{
    const lac_source source = {.kind = LAC_SOURCE_PATH, .path = path};
    return lac_source_read(&d->bytes, &d->length, &source,
                           lac_options_limits(d->options)->package_file_bytes, err);
}

static lac_analyze_options judged_by(const lacuna_draft *d)
{
    return (lac_analyze_options){
        .registry = d->registry,
        .checklists = (const char *const *)d->options->checklists.items,
        .checklist_count = (uint32_t)d->options->checklists.count,
        .document_type = d->options->document_type,
        .as_of = d->options->as_of,
        .facts = lac_options_told(d->options),
        .threads = d->options->jobs,
    };
}

static lacuna_status analyse(lacuna_draft *d, lacuna_error *err)
{
    const lac_analyze_options options = judged_by(d);
    return lac_analyze(&d->result, d->documents[0], &options, err);
}

/* Drafts carry the day they were made on, as the run was told it or the clock says. */
static lacuna_status set_dates(lacuna_draft *d, lacuna_error *err)
{
    struct tm parts;
    time_t now = time(NULL);
    if (gmtime_r(&now, &parts) == NULL ||
        strftime(d->date, sizeof d->date, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0) {
        return lac_fail(err, LACUNA_E_INTERNAL, "the clock gives no time");
    }
    if (d->options->as_of[0] == '\0') {
        memcpy(d->options->as_of, d->date, sizeof d->options->as_of - 1);
    } else {
        memcpy(d->date, d->options->as_of, sizeof d->options->as_of - 1);
        memcpy(d->date + sizeof d->options->as_of - 1, "T00:00:00Z", sizeof "T00:00:00Z");
    }
    return LACUNA_OK;
}

lacuna_status lacuna_draft_open(lacuna_draft **out, const char *path, const char *const *sources,
                                size_t source_count, const char *const *gaps, size_t gap_count,
                                const lacuna_options *options, lacuna_error *err)
{
    *out = NULL;
    lacuna_draft *d = calloc(1, sizeof *d);
    if (d == NULL) {
        return lac_fail_nomem(err);
    }
    lac_inputs_init(&d->inputs);
    lac_arena_init(&d->draft.arena);
    lacuna_status status = lac_options_copy(&d->options, options, err);
    if (status == LACUNA_OK) {
        status = set_dates(d, err);
    }
    if (status == LACUNA_OK) {
        status = lac_packs_open(&d->registry, d->options, err);
    }
    if (status == LACUNA_OK) {
        status = lac_packs_verify(d->registry, d->options, err);
    }
    if (status == LACUNA_OK) {
        status = read_sources(d, path, sources, source_count, err);
    }
    if (status == LACUNA_OK) {
        status = read_bytes(d, path, err);
    }
    if (status == LACUNA_OK) {
        status = analyse(d, err);
    }
    if (status == LACUNA_OK) {
        status = lac_plan_make(&d->plan, d->result, d->sources, d->source_count, gaps,
                               (uint32_t)gap_count, err);
    }
    if (status != LACUNA_OK) {
        lacuna_draft_free(d);
        return status;
    }
    *out = d;
    return LACUNA_OK;
}

void lacuna_draft_free(lacuna_draft *draft)
{
    if (draft == NULL) {
        return;
    }
    lac_house_free(draft->house);
    lac_draft_free(&draft->draft);
    lac_api_drafting_free(&draft->drafting);
    lac_plan_free(draft->plan);
    lac_document_result_free(draft->result);
    for (uint32_t i = 0; i < draft->source_count; i++) {
        lac_document_free(draft->documents[i]);
    }
    free(draft->documents);
    free(draft->sources);
    free(draft->bytes);
    lac_registry_free(draft->registry);
    lac_inputs_free(&draft->inputs);
    lacuna_options_free(draft->options);
    free(draft);
}

/* ---- the plan ------------------------------------------------------------------------------- */

lacuna_status lacuna_draft_plan(lacuna_draft *draft, lacuna_write_fn write, void *user,
                                lacuna_error *err)
{
    enum { PLAN_MAX = 64 * 1024 * 1024 };
    lac_buf text;
    lac_buf_init(&text, PLAN_MAX);
    lacuna_status status = lac_plan_write(&text, draft->plan, err);
    if (status == LACUNA_OK && write(user, lac_buf_text(&text), text.len) != 0) {
        status = lac_fail(err, LACUNA_E_IO, "the plan could not be written");
    }
    lac_buf_free(&text);
    return status;
}

lacuna_status lacuna_draft_use_plan(lacuna_draft *draft, const char *json, size_t length,
                                    lacuna_error *err)
{
    return draft->drafting.run != NULL
               ? lac_fail(err, LACUNA_E_ARGUMENT, "the plan comes before the drafts")
               : lac_plan_apply(draft->plan, lac_span_make(json, length), err);
}

/* ---- drafting ------------------------------------------------------------------------------- */

static bool is_made(const lacuna_draft *draft)
{
    return draft->draft.gaps != NULL;
}

static lacuna_status begin(lacuna_draft *draft, lacuna_error *err)
{
    return lac_api_drafting_begin(&draft->drafting, draft->plan, draft->options, err);
}

static lacuna_status make(lacuna_draft *draft, lacuna_error *err)
{
    lacuna_status status = begin(draft, err);
    draft->draft.date = lac_span_of(draft->date);
    return status == LACUNA_OK
               ? lac_api_drafting_run(&draft->drafting, &draft->draft, draft->options, err)
               : status;
}

void lacuna_draft_set_model(lacuna_draft *draft, const lacuna_model *model)
{
    draft->drafting.model = model;
}

lacuna_status lacuna_draft_keep(lacuna_draft *draft, const char *folder, int32_t anew,
                                lacuna_error *err)
{
    size_t size = strlen(folder) + 1;
    char *copy = malloc(size);
    if (copy == NULL) {
        return lac_fail_nomem(err);
    }
    memcpy(copy, folder, size);
    free(draft->drafting.folder);
    draft->drafting.folder = copy;
    draft->drafting.anew = anew != 0;
    return LACUNA_OK;
}

void lacuna_draft_on_progress(lacuna_draft *draft, lacuna_draft_progress_fn progress, void *user)
{
    draft->drafting.progress = progress;
    draft->drafting.user = user;
}

lacuna_status lacuna_draft_make(lacuna_draft *draft, lacuna_draft_summary *summary,
                                lacuna_error *err)
{
    *summary = (lacuna_draft_summary){0};
    lacuna_status status = is_made(draft) ? LACUNA_OK : make(draft, err);
    lac_api_drafting_summary(summary, &draft->drafting);
    return status;
}

/* ---- before anything is sent ---------------------------------------------------------------- */

typedef struct preview {
    lacuna_request_fn take;
    void *user;
} preview;

static lacuna_status take_request(void *user, const lacuna_request *request, lacuna_error *err)
{
    const preview *p = user;
    return p->take(p->user, request) == 0 ? LACUNA_OK
                                          : lac_fail(err, LACUNA_E_CANCELLED, "stopped");
}

lacuna_status lacuna_draft_preview(lacuna_draft *draft, lacuna_request_fn take, void *user,
                                   lacuna_error *err)
{
    preview p = {take, user};
    lacuna_status status = begin(draft, err);
    return status == LACUNA_OK ? lac_drafting_preview(draft->drafting.run, take_request, &p, err)
                               : status;
}

typedef struct listing {
    const lacuna_draft *draft;
    lac_phi_telling telling;
} listing;

static lacuna_status take_find(void *user, uint32_t document, const lac_phi_find *find,
                               lacuna_error *err)
{
    listing *l = user;
    return lac_phi_tell(&l->telling, l->draft->sources[document].path,
                        l->draft->sources[document].document, find, err);
}

lacuna_status lacuna_draft_identifiers(uint64_t *certain, uint64_t *doubtful, lacuna_draft *draft,
                                       lacuna_phi_fn take, void *user, lacuna_error *err)
{
    listing l = {draft, {certain, doubtful, take, user}};
    *certain = *doubtful = 0;
    lacuna_status status = begin(draft, err);
    return status == LACUNA_OK ? lac_drafting_identifiers(draft->drafting.run, take_find, &l, err)
                               : status;
}

/* ---- writing -------------------------------------------------------------------------------- */

lacuna_status lacuna_draft_use_template(lacuna_draft *draft, const char *path, const char *values,
                                        size_t value_length, const char *profile,
                                        size_t profile_length, lacuna_error *err)
{
    lac_house_free(draft->house);
    return lac_house_open(&draft->house, path, lac_span_make(values, value_length),
                          lac_span_make(profile, profile_length),
                          lac_options_limits(draft->options), err);
}

static lacuna_status write_template(lacuna_draft *draft, bool marked, uint64_t *placed,
                                    lacuna_write_fn write, void *user, lacuna_error *err)
{
    char *bytes;
    size_t length;
    lac_analyze_options options = judged_by(draft);
    options.document_type = draft->result->type.value;
    lac_property properties[LAC_DRAFTING_PROPERTIES];
    const lac_house_order order = {
        .draft = &draft->draft,
        .plan = draft->plan,
        .judged_by = &options,
        .document = draft->documents[0],
        .marked = marked,
        .properties = properties,
        .property_count =
            marked ? lac_api_drafting_properties(properties, &draft->drafting, draft->date) : 0};
    lacuna_status status = lac_house_write(&bytes, &length, placed, draft->house, &order, err);
    if (status == LACUNA_OK && write(user, bytes, length) != 0) {
        status = lac_fail(err, LACUNA_E_IO, "the document could not be written");
    }
    free(bytes);
    return status;
}

lacuna_status lacuna_draft_write(lacuna_draft *draft, const char *copy, uint64_t *placed,
                                 lacuna_write_fn write, void *user, lacuna_error *err)
{
    lac_written *written;
    bool marked = strcmp(copy, "marked") == 0;
    *placed = 0;
    if (!marked && strcmp(copy, "clean") != 0) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "a copy is marked or clean, not %.40s", copy);
    }
    lacuna_status status = is_made(draft) ? LACUNA_OK : make(draft, err);
    if (status != LACUNA_OK) {
        return status;
    }
    if (draft->house != NULL) {
        return write_template(draft, marked, placed, write, user, err);
    }
    if (draft->draft.gap_count == 0) { /* a person rejected every draft: it stays as it is */
        return write(user, draft->bytes, draft->length) == 0
                   ? LACUNA_OK
                   : lac_fail(err, LACUNA_E_IO, "the document could not be written");
    }
    lac_property properties[LAC_DRAFTING_PROPERTIES];
    const lac_write_options options = {
        marked, lac_options_limits(draft->options), properties,
        lac_api_drafting_properties(properties, &draft->drafting, draft->date)};
    status = lac_docx_write(&written, lac_span_make(draft->bytes, draft->length),
                            draft->sources[0].path, &draft->draft, &options, err);
    if (status != LACUNA_OK) {
        return lac_error_about(err, status, draft->sources[0].path);
    }
    *placed = written->placed;
    if (write(user, written->bytes, written->length) != 0) {
        status = lac_fail(err, LACUNA_E_IO, "the document could not be written");
    }
    lac_written_free(written);
    return status;
}

/* ---- what came of it ------------------------------------------------------------------------ */

static lacuna_status write_blocks(lac_output *output, const lac_draft_gap *gap, lacuna_error *err)
{
    enum { TEXT_MAX = 64 * 1024 * 1024 };
    lac_buf text;
    lac_buf_init(&text, TEXT_MAX);
    lacuna_status status = lac_draft_markdown(&text, gap->blocks, gap->block_count);
    if (status == LACUNA_OK) {
        lac_output_span(output, lac_buf_span(&text));
    } else {
        status = lac_fail(err, status, "the drafts are too long");
    }
    lac_buf_free(&text);
    return status;
}

lacuna_status lacuna_draft_text(lacuna_draft *draft, lacuna_write_fn write, void *user,
                                lacuna_error *err)
{
    lac_output output;
    lacuna_status status = is_made(draft) ? LACUNA_OK : make(draft, err);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_output_init(&output, write, user);
    for (uint32_t i = 0; i < draft->draft.gap_count; i++) {
        const lac_draft_gap *gap = &draft->draft.gaps[i];
        for (uint32_t k = 0; k < gap->comment_count; k++) {
            lac_output_text(&output, k == 0 ? "<!-- " : "     ");
            lac_output_span(&output, gap->comment[k]);
            lac_output_text(&output, k + 1 == gap->comment_count ? " -->\n\n" : "\n");
        }
        status = write_blocks(&output, gap, err);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    return lac_output_finish(&output, err);
}

lacuna_status lacuna_draft_report(lacuna_draft *draft, const char *format, lacuna_write_fn write,
                                  void *user, lacuna_error *err)
{
    enum { REPORT_MAX = 256 * 1024 * 1024 };
    lac_buf text;
    bool json = strcmp(format, "json") == 0;
    if (!json && strcmp(format, "text") != 0) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "\"%.40s\" is not one of text, json", format);
    }
    lacuna_status status = is_made(draft) ? LACUNA_OK : make(draft, err);
    lac_buf_init(&text, REPORT_MAX);
    if (status == LACUNA_OK) {
        const lac_api_drafting *d = &draft->drafting;
        status = json ? lac_drafting_json(&text, d->run, d->audit_head, err)
                      : lac_drafting_text(&text, d->run, err);
    }
    if (status == LACUNA_OK && write(user, lac_buf_text(&text), text.len) != 0) {
        status = lac_fail(err, LACUNA_E_IO, "the report could not be written");
    }
    lac_buf_free(&text);
    return status;
}
