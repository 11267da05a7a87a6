#include "api/response_check.h"

#include "api/filed.h"
#include "api/letter.h"
#include "api/response_manifest.h"
#include "drafter/respond/check.h"
#include "parsers/open.h"
#include "parsers/package/source.h"
#include "support/error.h"
#include "support/json_parse.h"

#include <stdlib.h>
#include <string.h>

enum { RESPONSE, COVER, DOCUMENTS, OTHERS_MAX = 4, DUTIES_MAX = 1024 };

/* Something that was not read and is no document of the package. */
typedef struct other {
    const char *path;
    lacuna_error error;
} other;

struct lac_checked_package {
    lac_arena arena;
    lac_document *documents[DOCUMENTS];
    lac_document_result *results[DOCUMENTS];
    lac_digest digests[DOCUMENTS];
    lacuna_error errors[DOCUMENTS];
    const char *paths[DOCUMENTS];
    lacuna_letter *letter;
    lac_filed_files filed;
    lac_sheets commitments;
    bool commitments_read;
    other others[OTHERS_MAX];
    uint32_t other_count;
    lac_reply_duty *duties;
    uint32_t duty_count;
    json_t *manifest, *plan;
};

static const char *const NAMES[DOCUMENTS] = {"response.docx", "cover-letter.docx"};

typedef struct checking {
    lac_checked_package *package;
    const lac_input *input;
    const lacuna_options *options;
    lacuna_error *err;
} checking;

/* "answer/response.docx", as shown; NULL: out of memory. */
static const char *shown(const checking *c, const char *name)
{
    size_t size = strlen(c->input->shown) + strlen(name) + 2;
    char *path = lac_arena_alloc(&c->package->arena, size);
    if (path != NULL) {
        memcpy(path, c->input->shown, strlen(c->input->shown));
        path[strlen(c->input->shown)] = '/';
        memcpy(path + strlen(c->input->shown) + 1, name, strlen(name));
    }
    return path;
}

static lacuna_status tell_other(checking *c, const char *path, const lacuna_error *error)
{
    if (path == NULL) {
        return lac_fail_nomem(c->err);
    }
    if (c->package->other_count < OTHERS_MAX) {
        c->package->others[c->package->other_count++] = (other){path, *error};
    }
    return error->status == LACUNA_E_NOMEM ? lac_fail_nomem(c->err) : LACUNA_OK;
}

/* ---- reading -------------------------------------------------------------------------------- */

static lacuna_status read_word(checking *c, int index)
{
    lac_checked_package *p = c->package;
    lacuna_error *own = &p->errors[index];
    lac_pdf_options pdf = lac_options_pdf(c->options);
    const lac_open_options how = {.limits = lac_options_limits(c->options), .pdf = &pdf};
    char *path = lac_manifest_path(c->input->path, NAMES[index]);
    p->paths[index] = shown(c, NAMES[index]);
    if (path == NULL || p->paths[index] == NULL) {
        free(path);
        return lac_fail_nomem(c->err);
    }
    const lac_source source = {.kind = LAC_SOURCE_PATH, .path = path};
    lacuna_status status = lac_sha256_file(&p->digests[index], path, own);
    if (status == LACUNA_OK) {
        status = lac_document_open_with(&p->documents[index], &source, &how, own);
    }
    own->status = (int32_t)status;
    free(path);
    return status == LACUNA_E_NOMEM ? lac_fail_nomem(c->err) : LACUNA_OK;
}

/* A file of the package as bytes. */
static lacuna_status read_bytes(char **data, size_t *length, const checking *c, const char *name,
                                lacuna_error *err)
{
    char *path = lac_manifest_path(c->input->path, name);
    const lac_source source = {.kind = LAC_SOURCE_PATH, .path = path};
    *data = NULL;
    lacuna_status status = path == NULL
                               ? lac_fail_nomem(err)
                               : lac_source_read(data, length, &source,
                                                 lac_options_limits(c->options)->json_bytes, err);
    free(path);
    return status;
}

static lacuna_status read_commitments(checking *c)
{
    char *data;
    size_t length;
    lacuna_error own = {0};
    lacuna_status status = read_bytes(&data, &length, c, "commitments.csv", &own);
    if (status == LACUNA_OK) {
        status = lac_csv_read(&c->package->commitments, lac_span_make(data, length), &own);
    }
    free(data);
    c->package->commitments_read = status == LACUNA_OK;
    return status == LACUNA_OK ? status : tell_other(c, shown(c, "commitments.csv"), &own);
}

static const char *text_at(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

/* Who saw to what, by the plan. */
static lacuna_status read_plan(checking *c)
{
    char *data;
    size_t length;
    lacuna_error own = {0};
    json_error_t where;
    lac_checked_package *p = c->package;
    lacuna_status status = read_bytes(&data, &length, c, "plan.json", &own);
    if (status == LACUNA_OK) {
        status = lac_json_parse(&p->plan, lac_span_make(data, length), 0, &where);
        if (status != LACUNA_OK) {
            status = lac_fail(&own, status, "it is no plan of lacuna respond");
        }
    }
    free(data);
    if (status != LACUNA_OK) {
        return tell_other(c, shown(c, "plan.json"), &own);
    }
    const json_t *list = json_object_get(p->plan, "duties");
    size_t count = json_array_size(list) < DUTIES_MAX ? json_array_size(list) : DUTIES_MAX;
    p->duties = lac_arena_array(&p->arena, count + 1, sizeof *p->duties);
    if (p->duties == NULL) {
        return lac_fail_nomem(c->err);
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *one = json_array_get(list, i);
        json_int_t letter = json_integer_value(json_object_get(one, "letter"));
        p->duties[p->duty_count++] =
            (lac_reply_duty){.id = text_at(one, "id"),
                             .letter = letter < 0 ? UINT32_MAX : (uint32_t)letter,
                             .done_by = text_at(one, "done_by"),
                             .done_on = text_at(one, "done_on")};
    }
    return LACUNA_OK;
}

static lacuna_status read_letter(checking *c)
{
    lacuna_error own = {0};
    lac_checked_package *p = c->package;
    const char *path = c->options->letter != NULL
                           ? c->options->letter
                           : text_at(json_object_get(p->manifest, "letter"), "path");
    lacuna_status status = lacuna_letter_open(&p->letter, path, c->options, &own);
    if (status != LACUNA_OK) {
        return status == LACUNA_E_NOMEM
                   ? lac_fail_nomem(c->err)
                   : lac_fail_remedy(c->err, LACUNA_E_IO, "name the letter with --letter FILE",
                                     "the letter could not be read: %.180s", own.message);
    }
    if (p->letter->model->query_count == 0) {
        return lac_fail(c->err, LACUNA_E_UNSUPPORTED, "the letter asks for nothing that was found");
    }
    if (p->letter->model->incomplete) {
        (void)lac_fail(&own, LACUNA_E_FORMAT, "the letter is incomplete: %.180s",
                       p->letter->model->note_count > 0 ? p->letter->model->notes[0] : "");
        return tell_other(c, p->letter->path, &own);
    }
    return LACUNA_OK;
}

static lacuna_status read_sources(checking *c)
{
    lac_checked_package *p = c->package;
    const json_t *list = json_object_get(p->manifest, "sources");
    const lac_text_list *told = &c->options->sources;
    size_t count = told->count > 0 ? told->count : json_array_size(list);
    const char **paths = lac_arena_array(&p->arena, count + 1, sizeof(const char *));
    if (paths == NULL) {
        return lac_fail_nomem(c->err);
    }
    for (size_t i = 0; i < count; i++) {
        const char *written = json_string_value(json_array_get(list, i));
        paths[i] = told->count > 0 ? told->items[i] : written == NULL ? "" : written;
    }
    return lac_filed_read(&p->filed, paths, count, c->options, c->err);
}

/* ---- checking ------------------------------------------------------------------------------- */

static lacuna_status judge(checking *c)
{
    lac_checked_package *p = c->package;
    const char *written = text_at(json_object_get(p->manifest, "letter"), "sha256");
    if (p->documents[RESPONSE] == NULL) {
        return LACUNA_OK; /* told as unread */
    }
    const lac_reply_given given = {
        .letter = p->letter->model,
        .rules = p->letter->rules,
        .letter_digest = p->letter->digest,
        .same_letter = strcmp(written, p->letter->digest.hex) == 0,
        .as_of = p->letter->as_of,
        .filed = &p->filed.set,
        .response = p->documents[RESPONSE],
        .cover = p->documents[COVER],
        .commitments = p->commitments_read ? &p->commitments : NULL,
        .duties = p->duties,
        .duty_count = p->duty_count,
    };
    return lac_reply_check(&p->results[RESPONSE], &p->results[COVER], &given, c->err);
}

static lacuna_status check(checking *c)
{
    lac_checked_package *p = c->package;
    lacuna_status status = lac_manifest_read(&p->manifest, c->input->path, c->err);
    status = status == LACUNA_OK ? read_letter(c) : status;
    status = status == LACUNA_OK ? read_sources(c) : status;
    status = status == LACUNA_OK ? read_word(c, RESPONSE) : status;
    status = status == LACUNA_OK ? read_word(c, COVER) : status;
    status = status == LACUNA_OK ? read_commitments(c) : status;
    status = status == LACUNA_OK ? read_plan(c) : status;
    return status == LACUNA_OK ? judge(c) : status;
}

void lac_check_package(lac_checked *out, const lac_input *input, const lacuna_options *options)
{
    memset(out, 0, sizeof *out);
    lac_checked_package *package = calloc(1, sizeof *package);
    if (package == NULL) {
        (void)lac_fail_nomem(&out->error);
        return;
    }
    lac_arena_init(&package->arena);
    lac_filed_init(&package->filed);
    lac_sheets_init(&package->commitments);
    checking c = {package, input, options, &out->error};
    lacuna_status status = check(&c);
    out->error.status = (int32_t)status;
    if (status == LACUNA_OK) {
        out->package = package;
    } else {
        lac_checked_package_free(package);
    }
}

void lac_checked_package_free(lac_checked_package *package)
{
    if (package == NULL) {
        return;
    }
    for (int i = 0; i < DOCUMENTS; i++) {
        lac_document_result_free(package->results[i]);
        lac_document_free(package->documents[i]);
    }
    lac_sheets_free(&package->commitments);
    lac_filed_free(&package->filed);
    lacuna_letter_free(package->letter);
    json_decref(package->manifest);
    json_decref(package->plan);
    lac_arena_free(&package->arena);
    free(package);
}

/* ---- reporting ------------------------------------------------------------------------------ */

size_t lac_checked_package_count(const lac_checked_package *package)
{
    return package == NULL ? 0 : DOCUMENTS + package->other_count + package->filed.note_count;
}

static lac_report_document unread(const char *path, const lacuna_error *error)
{
    return (lac_report_document){.path = path, .error = *error};
}

void lac_checked_package_documents(lac_report_document *out, const lac_checked_package *package)
{
    for (int i = 0; i < DOCUMENTS; i++) {
        *out++ = (lac_report_document){.path = package->paths[i],
                                       .digest = package->digests[i],
                                       .document = package->documents[i],
                                       .result = package->results[i],
                                       .error = package->errors[i]};
    }
    for (uint32_t i = 0; i < package->other_count; i++) {
        *out++ = unread(package->others[i].path, &package->others[i].error);
    }
    for (size_t i = 0; i < package->filed.note_count; i++) {
        const lac_filed_note *note = &package->filed.notes[i];
        lacuna_error error = {0};
        (void)lac_fail(&error, LACUNA_E_IO, "a source of the answers was not read, or not all: %s",
                       note->text + note->path_length + 2);
        *out++ = unread(note->text, &error);
    }
}
