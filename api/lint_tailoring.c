#include "api/lint_tailoring.h"

#include "analyzer/lint.h"
#include "analyzer/pack_canonical.h"
#include "analyzer/registry.h"
#include "analyzer/tailoring.h"
#include "support/error.h"

#include <string.h>

enum { TEXT_MAX = 64 << 20 };

typedef struct linting {
    lac_output *output;
    const char *path;
    uint64_t errors, told_warnings;
    bool warnings;
} linting;

static void tell(linting *l, bool error, uint32_t line, const char *item, const char *text)
{
    l->errors += error ? 1 : 0;
    l->told_warnings += error ? 0 : 1;
    if (!error && !l->warnings) {
        return;
    }
    lac_output_text(l->output, l->path);
    lac_output_char(l->output, ':');
    if (line > 0) {
        lac_output_uint(l->output, line);
        lac_output_char(l->output, ':');
    }
    lac_output_text(l->output, error ? " error: " : " warning: ");
    lac_output_text(l->output, item);
    lac_output_text(l->output, item[0] == '\0' ? "" : ": ");
    lac_output_text(l->output, text);
    lac_output_char(l->output, '\n');
}

static bool is_named(const json_t *list, const char *id)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *other = json_string_value(json_object_get(json_array_get(list, i), "id"));
        if (other != NULL && strcmp(other, id) == 0) {
            return true;
        }
    }
    return false;
}

/* Lint of the tailored checklist, as far as the tailoring is to blame. */
static lacuna_status lint_composed(linting *l, lac_span text, const lac_tailoring *tailoring,
                                   lacuna_error *err)
{
    lac_lint_report *report = NULL;
    lacuna_status status = lac_lint_pack(&report, text, "", &LAC_LIMITS_DEFAULT, err);
    const json_t *changed = json_object_get(tailoring->root, "items");
    const json_t *added = json_object_get(tailoring->root, "add");
    for (uint32_t i = 0; status == LACUNA_OK && i < report->count; i++) {
        const lac_lint_message *message = &report->messages[i];
        if (is_named(changed, message->item) || is_named(added, message->item)) {
            tell(l, message->error, 0, message->item, message->text);
        }
    }
    lac_lint_report_free(report);
    return status;
}

static void check_version(linting *l, const json_t *pack, const lac_tailoring *tailoring)
{
    const char *made_for = json_string_value(json_object_get(tailoring->root, "base_version"));
    const char *version = json_string_value(json_object_get(pack, "version"));
    if (made_for != NULL && version != NULL && strcmp(made_for, version) != 0) {
        tell(l, false, 0, "",
             "the checklist has another version than base_version: look at what "
             "changed with `lacuna checklists diff`");
    }
}

static lacuna_status lint_against(linting *l, lac_span base, const lac_tailoring *tailoring,
                                  lacuna_error *err)
{
    json_t *pack = NULL;
    lac_buf text;
    lacuna_error cause = {0};
    lac_buf_init(&text, TEXT_MAX);
    lacuna_status status = lac_pack_parse(&pack, base, err);
    if (status == LACUNA_OK) {
        check_version(l, pack, tailoring);
        status = lac_tailoring_apply(pack, tailoring, l->path, &cause);
    }
    if (status == LACUNA_E_FORMAT) {
        tell(l, true, 0, "", cause.message);
        status = LACUNA_OK;
    } else if (status == LACUNA_OK) {
        status = lac_pack_print(&text, pack, err);
        status =
            status == LACUNA_OK ? lint_composed(l, lac_buf_span(&text), tailoring, err) : status;
    }
    lac_buf_free(&text);
    json_decref(pack);
    return status;
}

static lacuna_status lint_read(linting *l, const lac_tailoring *tailoring, lacuna_error *err)
{
    lac_registry *registry = NULL;
    lacuna_status status = lac_registry_new(&registry, NULL, err);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_span base = lac_registry_source(registry, tailoring->base);
    if (base.len == 0) {
        tell(l, false, 0, "", "its base is no built-in checklist: only the form was looked at");
    } else {
        status = lint_against(l, base, tailoring, err);
    }
    lac_registry_free(registry);
    return status;
}

lacuna_status lac_lint_tailoring(uint64_t *problems, lac_output *output, lac_span json,
                                 const char *path, bool warnings, lacuna_error *err)
{
    lac_tailoring tailoring;
    lacuna_error cause = {0};
    linting l = {.output = output, .path = path, .warnings = warnings};
    lacuna_status status = lac_tailoring_read(&tailoring, json, path, &cause);
    if (status == LACUNA_E_NOMEM) {
        return lac_fail_nomem(err);
    }
    if (status != LACUNA_OK) {
        tell(&l, true, cause.line, "", cause.message);
    } else {
        status = lint_read(&l, &tailoring, err);
        lac_tailoring_free(&tailoring);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    lac_output_text(output, path);
    lac_output_text(output, ": tailoring: ");
    lac_output_uint(output, l.errors);
    lac_output_text(output, l.errors == 1 ? " error, " : " errors, ");
    lac_output_uint(output, l.told_warnings);
    lac_output_text(output, l.told_warnings == 1 ? " warning\n" : " warnings\n");
    *problems = l.errors;
    return LACUNA_OK;
}
