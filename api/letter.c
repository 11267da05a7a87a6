#include "api/letter.h"

#include "api/options.h"
#include "support/error.h"
#include "writers/letter.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static lacuna_status set_day(lacuna_letter *letter, const lacuna_options *options,
                             lacuna_error *err)
{
    if (options != NULL && options->as_of[0] != '\0') {
        memcpy(letter->as_of, options->as_of, sizeof letter->as_of);
        return LACUNA_OK;
    }
    time_t now = time(NULL);
    struct tm day;
    bool known = now != (time_t)-1 && gmtime_r(&now, &day) != NULL &&
                 strftime(letter->as_of, sizeof letter->as_of, "%Y-%m-%d", &day) == 10;
    return known ? LACUNA_OK : lac_fail(err, LACUNA_E_IO, "the clock could not be read");
}

static lacuna_status read_letter(lacuna_letter *letter, const lac_source *source,
                                 const lacuna_options *options, lacuna_error *err)
{
    lac_pdf_options pdf = lac_options_pdf(options);
    const lac_open_options how = {.limits = lac_options_limits(options), .pdf = &pdf};
    lac_letter_text *text;
    pdf.empty_without_tool = false; /* a letter nobody read has no answer */
    lacuna_status status = lac_letter_text_open(&text, source, &how, err);
    if (status != LACUNA_OK) {
        return status;
    }
    status = lac_letter_rules_built_in(&letter->rules, err);
    if (status != LACUNA_OK) {
        lac_letter_text_free(text);
        return status;
    }
    return lac_letter_analyze(&letter->model, text, letter->rules, err);
}

static lacuna_status open_source(lacuna_letter **out, const lac_source *source,
                                 const lacuna_options *options, lacuna_error *err)
{
    *out = NULL;
    size_t size = strlen(source->path) + 1;
    lacuna_letter *letter = calloc(1, sizeof *letter + size);
    if (letter == NULL) {
        return lac_fail_nomem(err);
    }
    memcpy(letter->path, source->path, size);
    lac_filed_init(&letter->filed);
    lacuna_status status = set_day(letter, options, err);
    if (status == LACUNA_OK) {
        status = read_letter(letter, source, options, err);
    }
    if (status == LACUNA_OK) {
        status = source->kind == LAC_SOURCE_PATH
                     ? lac_sha256_file(&letter->digest, source->path, err)
                     : lac_sha256(&letter->digest, source->memory, err);
    }
    if (status != LACUNA_OK) {
        lacuna_letter_free(letter);
        return status;
    }
    *out = letter;
    return LACUNA_OK;
}

lacuna_status lacuna_letter_open(lacuna_letter **out, const char *path,
                                 const lacuna_options *options, lacuna_error *err)
{
    lac_source source = {.kind = LAC_SOURCE_PATH, .path = path};
    return open_source(out, &source, options, err);
}

lacuna_status lacuna_letter_open_memory(lacuna_letter **out, const char *name, const void *data,
                                        size_t length, const lacuna_options *options,
                                        lacuna_error *err)
{
    lac_source source = {
        .kind = LAC_SOURCE_MEMORY, .path = name, .memory = lac_span_make(data, length)};
    return open_source(out, &source, options, err);
}

void lacuna_letter_free(lacuna_letter *letter)
{
    if (letter != NULL) {
        free(letter->resolved);
        lac_filed_free(&letter->filed);
        lac_letter_free(letter->model);
        lac_letter_rules_free(letter->rules);
        free(letter);
    }
}

lacuna_status lacuna_letter_resolve(lacuna_letter *letter, const char *const *against, size_t count,
                                    const lacuna_options *options, lacuna_error *err)
{
    const lac_letter *model = letter->model;
    free(letter->resolved);
    lac_filed_free(&letter->filed);
    letter->resolved = calloc((size_t)model->query_count + 1, sizeof(const lac_resolved_cite *));
    if (letter->resolved == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = lac_filed_read(&letter->filed, against, count, options, err);
    for (uint32_t i = 0; i < model->query_count && status == LACUNA_OK; i++) {
        status = lac_resolve_cites(&letter->resolved[i], &letter->filed.arena, &model->queries[i],
                                   &letter->filed.set, err);
    }
    if (status != LACUNA_OK) {
        free(letter->resolved);
        letter->resolved = NULL;
    }
    return status;
}

size_t lacuna_letter_unread_count(const lacuna_letter *letter)
{
    return letter->filed.note_count;
}

const char *lacuna_letter_unread(const lacuna_letter *letter, size_t index)
{
    return letter->filed.notes[index].text;
}

int32_t lacuna_letter_incomplete(const lacuna_letter *letter)
{
    return letter->model->incomplete ? 1 : 0;
}

uint64_t lacuna_letter_count(const lacuna_letter *letter, const char *name)
{
    const lac_letter *model = letter->model;
    if (strcmp(name, "letters") == 0) {
        return model->letter_count;
    }
    if (strcmp(name, "queries") == 0) {
        return model->query_count;
    }
    return strcmp(name, "pages-without-text") == 0 ? model->empty_page_count : 0;
}

size_t lacuna_letter_note_count(const lacuna_letter *letter)
{
    return letter->model->note_count;
}

const char *lacuna_letter_note(const lacuna_letter *letter, size_t index)
{
    return letter->model->notes[index];
}

lacuna_status lacuna_letter_render(const lacuna_letter *letter, const char *format,
                                   const lacuna_options *options, lacuna_write_fn write, void *user,
                                   lacuna_error *err)
{
    const lac_letter_report report = {.letter = letter->model,
                                      .path = letter->path,
                                      .as_of = letter->as_of,
                                      .resolved = letter->resolved,
                                      .filed = &letter->filed.set};
    if (strcmp(format, "json") == 0) {
        return lac_json_letter(&report, write, user, err);
    }
    if (strcmp(format, "csv") == 0) {
        return lac_csv_letter(&report, write, user, err);
    }
    if (strcmp(format, "xlsx") == 0) {
        return lac_xlsx_letter(&report, write, user, err);
    }
    if (strcmp(format, "text") != 0) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "there is no letter format \"%s\"", format);
    }
    lac_text_style style = lac_options_style(options);
    return lac_text_letter(&report, &style, write, user, err);
}
