#include "api/document.h"
#include "api/inputs.h"
#include "api/options.h"
#include "api/verify_leaves.h"
#include "parsers/open.h"
#include "support/error.h"
#include "writers/verification.h"

#include <stdlib.h>
#include <string.h>

struct lacuna_verification {
    lac_inputs inputs;
    lac_verify_documents documents;
    lac_verification model;
    bool made;
    lac_verification_report report;
    lac_text_style style;
    char path[]; /* of the text */
};

static lacuna_status read_input(lacuna_verification *v, const lac_input *input,
                                const lacuna_options *options, lacuna_error *err)
{
    const lac_source source = {.kind = LAC_SOURCE_PATH, .path = input->path};
    lacuna_error own = input->error;
    if (own.status != LACUNA_OK) {
        return lac_verify_note(&v->documents, input->shown, own.message, err);
    }
    if (input->submission) {
        lacuna_status status =
            lac_verify_add_submission(&v->documents, &source, input->shown, options, &own);
        if (status != LACUNA_E_UNSUPPORTED) {
            return status == LACUNA_OK || status == LACUNA_E_NOMEM
                       ? status
                       : lac_verify_note(&v->documents, input->shown, own.message, err);
        }
    }
    return lac_verify_add_document(&v->documents, &source, input->shown, options, err);
}

static lacuna_status read_inputs(lacuna_verification *v, const char *const *against, size_t count,
                                 const lacuna_options *options, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        status =
            lac_inputs_add(&v->inputs, against[i], options == NULL ? NULL : options->root, err);
    }
    lac_inputs_settle(&v->inputs);
    for (size_t i = 0; i < v->inputs.count && status == LACUNA_OK; i++) {
        status = read_input(v, &v->inputs.items[i], options, err);
    }
    return status;
}

/* The text is borrowed by the report. */
static lacuna_status verify(lacuna_verification *v, const lacuna_document *text, lacuna_error *err)
{
    lacuna_status status = lac_verification_make(&v->model, text->model, v->documents.items,
                                                 (uint32_t)v->documents.count, err);
    v->made = status == LACUNA_OK;
    v->report = (lac_verification_report){.verification = &v->model,
                                          .path = v->path,
                                          .notes = v->documents.notes,
                                          .note_count = v->documents.note_count,
                                          .incomplete = v->documents.note_count > 0};
    return status;
}

lacuna_status lacuna_verify(lacuna_verification **out, const lacuna_document *text,
                            const char *const *against, size_t count, const lacuna_options *options,
                            lacuna_error *err)
{
    *out = NULL;
    size_t size = strlen(text->path) + 1;
    lacuna_verification *v = calloc(1, sizeof *v + size);
    if (v == NULL) {
        return lac_fail_nomem(err);
    }
    memcpy(v->path, text->path, size);
    lac_inputs_init(&v->inputs);
    lac_verify_documents_init(&v->documents);
    v->style = (lac_text_style){.width = 80, .color = false, .detail = LAC_DETAIL_NORMAL};
    if (options != NULL) {
        v->style = lac_options_style(options);
    }
    lacuna_status status = read_inputs(v, against, count, options, err);
    if (status == LACUNA_OK) {
        status = verify(v, text, err);
    }
    if (status != LACUNA_OK) {
        lacuna_verification_free(v);
        return status;
    }
    *out = v;
    return LACUNA_OK;
}

void lacuna_verification_free(lacuna_verification *verification)
{
    if (verification != NULL) {
        if (verification->made) {
            lac_verification_free(&verification->model);
        }
        lac_verify_documents_free(&verification->documents);
        lac_inputs_free(&verification->inputs);
        free(verification);
    }
}

uint64_t lacuna_verification_count(const lacuna_verification *verification, const char *name)
{
    for (int i = 0; i < LAC_GROUNDING_COUNT; i++) {
        if (strcmp(name, lac_grounding_name((lac_grounding)i)) == 0) {
            return verification->model.counts[i];
        }
    }
    return strcmp(name, "claims") == 0      ? verification->model.count
           : strcmp(name, "sentences") == 0 ? verification->model.sentences
           : strcmp(name, "documents") == 0 ? verification->documents.count
                                            : 0;
}

int32_t lacuna_verification_exit_code(const lacuna_verification *verification)
{
    if (verification->report.incomplete) {
        return 3;
    }
    return verification->model.counts[LAC_GROUNDED] == verification->model.count ? 0 : 1;
}

lacuna_status lacuna_verification_render(const lacuna_verification *verification,
                                         const char *format, lacuna_write_fn write, void *user,
                                         lacuna_error *err)
{
    if (strcmp(format, "json") == 0) {
        return lac_json_verification(&verification->report, write, user, err);
    }
    if (strcmp(format, "text") == 0) {
        return lac_text_verification(&verification->report, &verification->style, write, user, err);
    }
    return lac_fail(err, LACUNA_E_ARGUMENT, "there is no verification format \"%s\"", format);
}
