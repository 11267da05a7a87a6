#include "api/check.h"

#include "api/leaves.h"
#include "api/response_check.h"
#include "parsers/ectd/ectd.h"
#include "parsers/open.h"
#include "support/error.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

typedef struct file_state {
    struct stat info;
    bool known;
} file_state;

static file_state look_at(const lac_input *input)
{
    file_state state = {.known = false};
    state.known = input->path != NULL && stat(input->path, &state.info) == 0;
    return state;
}

static bool same_file(const file_state *a, const file_state *b)
{
    return a->known == b->known &&
           (!a->known || (a->info.st_ino == b->info.st_ino && a->info.st_dev == b->info.st_dev &&
                          a->info.st_size == b->info.st_size &&
                          a->info.st_mtim.tv_sec == b->info.st_mtim.tv_sec &&
                          a->info.st_mtim.tv_nsec == b->info.st_mtim.tv_nsec));
}

/* Reports put the path in front of a message anyway; it would be there twice. */
static void drop_path(lacuna_error *err, const char *path)
{
    size_t length = strlen(path);
    if (strncmp(err->message, path, length) == 0 && strncmp(err->message + length, ": ", 2) == 0) {
        const char *rest = err->message + length + 2;
        memmove(err->message, rest, strlen(rest) + 1);
    }
}

static lacuna_status digest_input(lac_checked *out, const lac_input *input, lacuna_error *err)
{
    if (input->path == NULL) {
        return lac_sha256(&out->digest, input->bytes, err);
    }
    lacuna_status status = lac_sha256_file(&out->digest, input->path, err);
    if (status != LACUNA_OK) {
        drop_path(err, input->path);
    }
    return status;
}

static lacuna_status read_input(lac_checked *out, const lac_input *input,
                                const lac_open_options *open, lacuna_error *err)
{
    lac_source source = {.kind = LAC_SOURCE_PATH, .path = input->path};
    if (input->path == NULL) {
        source =
            (lac_source){.kind = LAC_SOURCE_MEMORY, .path = input->shown, .memory = input->bytes};
    }
    /* Digest and content are read one after the other; a file replaced in between would give a
     * verdict that names the wrong bytes. */
    file_state before = look_at(input);
    lacuna_status status = digest_input(out, input, err);
    if (status == LACUNA_OK) {
        status = lac_document_open_with(&out->document, &source, open, err);
    }
    file_state after = look_at(input);
    if (status == LACUNA_OK && !same_file(&before, &after)) {
        status = lac_fail_remedy(err, LACUNA_E_IO, "check it again when nobody writes it",
                                 "changed while it was read");
    }
    return status;
}

/* A zip file without sequences is read as a document, which says better what is wrong with it. */
static lacuna_status check_submission(lac_checked *out, const lac_input *input,
                                      const lac_open_options *open,
                                      const lac_analyze_options *options, bool *is_none,
                                      lacuna_error *err)
{
    const lac_source source = {.kind = LAC_SOURCE_PATH, .path = input->path};
    lacuna_status status =
        lac_submission_open_until(&out->submission, &source, open->limits,
                                  options->threads > 0 ? options->threads : 1, input->until, err);
    *is_none = status == LACUNA_E_UNSUPPORTED && input->size > 0;
    out->is_submission = !*is_none;
    if (status == LACUNA_OK) {
        status = lac_submission_validate(out->submission, &source, open->limits, &options->grammars,
                                         err);
    }
    if (status == LACUNA_OK) {
        status = lac_leaves_plan(&out->leaves, out->submission, options, err);
    }
    if (status == LACUNA_OK) {
        status = lac_leaves_read(out->leaves, &source, open, options, err);
    }
    if (status == LACUNA_OK) {
        lac_analyze_options own = *options;
        own.leaves = out->leaves;
        status = lac_analyze_submission(&out->applications, out->submission, options->sequence,
                                        &own, err);
    }
    if (status != LACUNA_OK) {
        drop_path(err, input->path);
    }
    return status;
}

static lacuna_status check_document(lac_checked *out, const lac_input *input,
                                    const lac_open_options *open,
                                    const lac_analyze_options *options, lacuna_error *err)
{
    lac_error_clear(err);
    lacuna_status status = read_input(out, input, open, err);
    return status == LACUNA_OK ? lac_analyze(&out->result, out->document, options, err) : status;
}

/* A zip file that is neither: what was looked for in both ways. */
static void refuse_both(lacuna_error *err)
{
    char word[sizeof err->message];
    memcpy(word, err->message, sizeof word);
    (void)lac_fail_remedy(err, LACUNA_E_UNSUPPORTED,
                          "Give a Word document (.docx, .docm, .dotx, .dotm), or the folder or zip "
                          "file of eCTD sequences.",
                          "%.200s, nor an eCTD submission: no index.xml with module folders, no "
                          "submissionunit.xml, no regional backbone is in it",
                          word);
}

void lac_check_input(lac_checked *out, const lac_input *input, const lac_open_options *open,
                     const lac_analyze_options *options)
{
    memset(out, 0, sizeof *out);
    if (input->error.status != LACUNA_OK) {
        out->error = input->error;
        return;
    }
    bool is_none = false;
    lacuna_status status = LACUNA_OK;
    if (input->submission) {
        status = check_submission(out, input, open, options, &is_none, &out->error);
    }
    if (!input->submission || is_none) {
        status = check_document(out, input, open, options, &out->error);
    }
    if (is_none && status == LACUNA_E_UNSUPPORTED) {
        refuse_both(&out->error);
    }
    out->error.status = (int32_t)status;
}

void lac_checked_free(lac_checked *checked)
{
    lac_checked_package_free(checked->package);
    lac_submission_result_free(checked->applications);
    lac_leaves_free(checked->leaves);
    lac_submission_free(checked->submission);
    lac_document_result_free(checked->result);
    lac_document_free(checked->document);
    memset(checked, 0, sizeof *checked);
}
