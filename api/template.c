/* Templates: what they ask for, and filling them. */
#include "api/options.h"
#include "parsers/package/source.h"
#include "support/error.h"
#include "writers/docx/fill.h"
#include "writers/docx/fill_values.h"
#include "writers/docx/house_templates.h"
#include "writers/docx/template_read.h"
#include "writers/template_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DATE_ROOM = 32 };

struct lacuna_template {
    lac_limits limits;
    lac_text_style style;
    char *path;
    char *owned; /* bytes of a file */
    lac_span bytes;
    lac_conventions *profile;        /* that was given; NULL: guessed */
    lac_template_contents *contents; /* made when asked for */
    char as_of[DATE_ROOM];
    lac_filled *filled; /* by the last call */
};

/* ---- opening --------------------------------------------------------------------------------- */

/* A name without folder and ending is one of ours. */
static bool is_ours(lac_span *bytes, const char *path)
{
    return strpbrk(path, "/.") == NULL && lac_house_template(bytes, path);
}

static lacuna_status read_bytes(lacuna_template *template, lacuna_error *err)
{
    if (is_ours(&template->bytes, template->path)) {
        return LACUNA_OK;
    }
    size_t length;
    const lac_source source = {.kind = LAC_SOURCE_PATH, .path = template->path};
    lacuna_status status = lac_source_read(&template->owned, &length, &source,
                                           template->limits.package_file_bytes, err);
    template->bytes = lac_span_make(template->owned, status == LACUNA_OK ? length : 0);
    return status;
}

static lacuna_status set_date(lacuna_template *template, const lacuna_options *options,
                              lacuna_error *err)
{
    struct tm parts;
    time_t now = time(NULL);
    if (options != NULL && options->as_of[0] != '\0') {
        (void)snprintf(template->as_of, sizeof template->as_of, "%sT00:00:00Z", options->as_of);
        return LACUNA_OK;
    }
    return gmtime_r(&now, &parts) != NULL && strftime(template->as_of, sizeof template->as_of,
                                                      "%Y-%m-%dT%H:%M:%SZ", &parts) > 0
               ? LACUNA_OK
               : lac_fail(err, LACUNA_E_INTERNAL, "the clock gives no time");
}

lacuna_status lacuna_template_open(lacuna_template **out, const char *path,
                                   const lacuna_options *options, lacuna_error *err)
{
    *out = NULL;
    lacuna_template *template = calloc(1, sizeof *template);
    if (template == NULL) {
        return lac_fail_nomem(err);
    }
    template->limits = *lac_options_limits(options);
    template->style = lac_options_style(options);
    template->path = strdup(path);
    lacuna_status status = template->path == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    if (status == LACUNA_OK) {
        status = set_date(template, options, err);
    }
    if (status == LACUNA_OK) {
        status = read_bytes(template, err);
    }
    if (status != LACUNA_OK) {
        lacuna_template_free(template);
        return status;
    }
    *out = template;
    return LACUNA_OK;
}

void lacuna_template_free(lacuna_template *template)
{
    if (template != NULL) {
        lac_template_contents_free(template->contents);
        lac_filled_free(template->filled);
        lac_conventions_free(template->profile);
        free(template->owned);
        free(template->path);
        free(template);
    }
}

lacuna_status lacuna_template_use_profile(lacuna_template *template, const char *json,
                                          size_t length, lacuna_error *err)
{
    lac_conventions *profile;
    lacuna_status status =
        lac_conventions_read(&profile, lac_span_make(json, length), &template->limits, err);
    if (status == LACUNA_OK) {
        lac_template_contents_free(template->contents);
        template->contents = NULL;
        lac_conventions_free(template->profile);
        template->profile = profile;
    }
    return status;
}

/* ---- what it asks for ------------------------------------------------------------------------ */

lacuna_status lacuna_template_profile(lacuna_template *template, const char *format,
                                      lacuna_write_fn write, void *user, lacuna_error *err)
{
    bool json = strcmp(format, "json") == 0;
    if (!json && strcmp(format, "text") != 0) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "the format is text or json, not %.40s", format);
    }
    lacuna_status status = LACUNA_OK;
    if (template->contents == NULL) {
        status = lac_template_read(&template->contents, template->bytes, template->path,
                                   template->profile, &template->limits, err);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    const lac_template_contents *contents = template->contents;
    lac_template_report report = {.path = template->path,
                                  .profile = contents->profile,
                                  .placeholders = contents->placeholders.items,
                                  .count = contents->placeholders.count};
    for (size_t i = 0; i < contents->texts.count; i++) {
        bool optional = contents->texts.items[i].kind == LAC_PLACEHOLDER_OPTIONAL;
        report.optional += optional;
        report.instructions += !optional;
    }
    return json ? lac_json_template(&report, write, user, err)
                : lac_text_template(&report, &template->style, write, user, err);
}

lacuna_status lacuna_template_bytes(const lacuna_template *template, lacuna_write_fn write,
                                    void *user, lacuna_error *err)
{
    return write(user, template->bytes.ptr, template->bytes.len) == 0
               ? LACUNA_OK
               : lac_fail(err, LACUNA_E_IO, "the template could not be written");
}

const char *lacuna_template_builtin(size_t index, const char **title)
{
    *title = lac_house_template_title(index);
    return lac_house_template_name(index);
}

/* ---- filling --------------------------------------------------------------------------------- */

lacuna_status lacuna_template_check_values(const lacuna_template *template, const char *values,
                                           size_t length, lacuna_error *err)
{
    lac_arena arena;
    const lac_fill_value *list;
    uint32_t count;
    lac_arena_init(&arena);
    lacuna_status status = lac_fill_values_read(
        &list, &count, &arena, lac_span_make(values, length), &template->limits, err);
    if (status == LACUNA_OK) {
        status = lac_fill_check_names(list, count, err);
    }
    lac_arena_free(&arena);
    return status;
}

lacuna_status lacuna_template_fill(lacuna_template *template, const char *values, size_t length,
                                   const char *copy, int remove_instructions,
                                   lacuna_fill_summary *summary, lacuna_write_fn write, void *user,
                                   lacuna_error *err)
{
    lac_fill fill = {.author = lac_span_of("Lacuna (draft)"),
                     .initials = lac_span_of("L"),
                     .date = lac_span_of(template->as_of),
                     .marked = strcmp(copy, "marked") == 0,
                     .remove_instructions = remove_instructions != 0,
                     .profile = template->profile};
    *summary = (lacuna_fill_summary){0};
    if (!fill.marked && strcmp(copy, "clean") != 0) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "a copy is marked or clean, not %.40s", copy);
    }
    lac_arena arena;
    lac_arena_init(&arena);
    lacuna_status status =
        lac_fill_values_read(&fill.values, &fill.value_count, &arena, lac_span_make(values, length),
                             &template->limits, err);
    if (status == LACUNA_OK) {
        lac_filled_free(template->filled);
        template->filled = NULL;
        status = lac_docx_fill(&template->filled, template->bytes, template->path, &fill,
                               &template->limits, err);
    }
    lac_arena_free(&arena);
    if (status != LACUNA_OK) {
        return lac_error_about(err, status, template->path);
    }
    const lac_filled *filled = template->filled;
    summary->filled = filled->filled;
    summary->unfilled = filled->unfilled_count;
    summary->unused = filled->unused_count;
    summary->instructions_removed = filled->instructions_removed;
    return write(user, filled->bytes, filled->length) == 0
               ? LACUNA_OK
               : lac_fail(err, LACUNA_E_IO, "the document could not be written");
}

lacuna_status lacuna_template_report(const lacuna_template *template, const char *format,
                                     lacuna_write_fn write, void *user, lacuna_error *err)
{
    if (template->filled == NULL) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "the template has not been filled");
    }
    return strcmp(format, "json") == 0
               ? lac_json_filled(template->filled, template->path, write, user, err)
               : lac_text_filled(template->filled, template->path, &template->style, write, user,
                                 err);
}
