#include "parsers/ectd/ectd.h"

#include "api/options.h"
#include "support/error.h"
#include "writers/inventory.h"
#include "writers/submission_tree.h"

#include <stdlib.h>
#include <string.h>

struct lacuna_submission {
    lac_submission *model;
    char path[]; /* as given, shown in reports */
};

lacuna_status lacuna_submission_open(lacuna_submission **out, const char *path,
                                     const lacuna_options *options, lacuna_error *err)
{
    *out = NULL;
    size_t size = strlen(path) + 1;
    lacuna_submission *submission = calloc(1, sizeof *submission + size);
    if (submission == NULL) {
        return lac_fail_nomem(err);
    }
    memcpy(submission->path, path, size);
    const lac_source source = {.kind = LAC_SOURCE_PATH, .path = path};
    lacuna_status status =
        lac_submission_open(&submission->model, &source, lac_options_limits(options),
                            options == NULL ? 1 : options->jobs, err);
    if (status != LACUNA_OK) {
        free(submission);
        return status;
    }
    *out = submission;
    return LACUNA_OK;
}

void lacuna_submission_free(lacuna_submission *submission)
{
    if (submission != NULL) {
        lac_submission_free(submission->model);
        free(submission);
    }
}

int32_t lacuna_submission_incomplete(const lacuna_submission *submission)
{
    return submission->model->incomplete ? 1 : 0;
}

size_t lacuna_submission_note_count(const lacuna_submission *submission)
{
    return submission->model->trouble_count;
}

const char *lacuna_submission_note(const lacuna_submission *submission, size_t index,
                                   const char **file, int32_t *incomplete)
{
    const lac_trouble *trouble = &submission->model->troubles[index];
    *file = trouble->file;
    *incomplete = trouble->incomplete ? 1 : 0;
    return trouble->text;
}

lacuna_status lacuna_submission_inventory(const lacuna_submission *submission, const char *format,
                                          lacuna_write_fn write, void *user, lacuna_error *err)
{
    if (strcmp(format, "json") == 0) {
        return lac_json_inventory(submission->model, submission->path, write, user, err);
    }
    if (strcmp(format, "csv") == 0) {
        return lac_csv_inventory(submission->model, write, user, err);
    }
    if (strcmp(format, "text") == 0) {
        return lac_text_inventory(submission->model, submission->path, write, user, err);
    }
    return lac_fail(err, LACUNA_E_ARGUMENT, "there is no inventory format \"%s\"", format);
}

lacuna_status lacuna_submission_outline(const lacuna_submission *submission, const char *format,
                                        lacuna_write_fn write, void *user, lacuna_error *err)
{
    if (strcmp(format, "json") == 0) {
        return lac_json_submission_outline(submission->model, submission->path, write, user, err);
    }
    if (strcmp(format, "text") == 0) {
        return lac_text_submission_outline(submission->model, write, user, err);
    }
    return lac_fail(err, LACUNA_E_ARGUMENT, "there is no outline format \"%s\"", format);
}
