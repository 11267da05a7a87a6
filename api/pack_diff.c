/* Two checklists compared, and one document held to both. */
#include "analyzer/pack_diff.h"

#include "analyzer/analyze.h"
#include "analyzer/pack_canonical.h"
#include "api/document.h"
#include "api/packs.h"
#include "support/error.h"
#include "writers/json/pack_diff.h"
#include "writers/text/pack_diff.h"

#include <time.h>

typedef struct side {
    lac_registry *registry; /* of its own: both may have the same id */
    const lac_checklist *checklist;
    json_t *tree;
    lac_document_result *result; /* NULL: no document */
} side;

static bool is_path(const char *name)
{
    return strchr(name, '/') != NULL || lac_span_ends_nocase(lac_span_of(name), ".json");
}

/* `name` is the id of a checklist, or the path of one. */
static lacuna_status open_side(side *s, const char *name, const lacuna_options *options,
                               lacuna_error *err)
{
    json_t *tree = NULL;
    const char *id = name;
    lacuna_status status = lac_packs_open(&s->registry, options, err);
    if (status == LACUNA_OK && is_path(name)) {
        status = lac_registry_add_file(&id, s->registry, name, err);
    }
    if (status == LACUNA_OK) {
        status = lac_registry_load(&s->checklist, s->registry, id, err);
    }
    if (status == LACUNA_OK) {
        status = lac_pack_parse(&tree, lac_registry_source(s->registry, id), err);
    }
    if (status == LACUNA_OK) {
        status = lac_pack_order(&s->tree, tree, err);
    }
    json_decref(tree);
    return status;
}

static void close_side(side *s)
{
    lac_document_result_free(s->result);
    json_decref(s->tree);
    lac_registry_free(s->registry);
}

static lacuna_status judge_side(side *s, const lacuna_document *document,
                                const lacuna_options *options, lacuna_error *err)
{
    char today[11] = "";
    struct tm day;
    time_t now = time(NULL);
    if (gmtime_r(&now, &day) != NULL) {
        (void)strftime(today, sizeof today, "%Y-%m-%d", &day);
    }
    bool dated = options != NULL && options->as_of[0] != '\0';
    const lac_analyze_options analyze = {
        .registry = s->registry,
        .checklists = &s->checklist->id,
        .checklist_count = 1,
        .document_type = options == NULL ? NULL : options->document_type,
        .as_of = dated ? options->as_of : today,
        .threads = 1,
    };
    return lac_analyze(&s->result, document->model, &analyze, err);
}

static lacuna_status judge_both(lac_pack_diff *diff, side *a, side *b,
                                const lacuna_document *document, const lacuna_options *options,
                                lacuna_error *err)
{
    lacuna_status status = judge_side(a, document, options, err);
    if (status == LACUNA_OK) {
        status = judge_side(b, document, options, err);
    }
    if (status == LACUNA_OK) {
        diff->document = document->path;
        lac_pack_diff_judge(diff, a->result, b->result);
    }
    return status;
}

static lacuna_status render(const lac_pack_diff *diff, const char *format,
                            const lacuna_options *options, lacuna_write_fn write, void *user,
                            lacuna_error *err)
{
    if (strcmp(format, "json") == 0) {
        return lac_json_pack_diff(diff, write, user, err);
    }
    if (strcmp(format, "text") != 0) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "there is no format \"%.40s\"", format);
    }
    lac_text_style style = lac_options_style(options);
    return lac_text_pack_diff(diff, &style, write, user, err);
}

lacuna_status lacuna_checklist_diff(const char *a, const char *b, const char *document,
                                    const char *format, const lacuna_options *options,
                                    lacuna_write_fn write, void *user, lacuna_error *err)
{
    side sides[2] = {{.registry = NULL}, {.registry = NULL}};
    lacuna_document *opened = NULL;
    lac_pack_diff diff;
    lacuna_status status = open_side(&sides[0], a, options, err);
    if (status == LACUNA_OK) {
        status = open_side(&sides[1], b, options, err);
    }
    if (status == LACUNA_OK && document != NULL) {
        status = lacuna_document_open(&opened, document, options, err);
    }
    if (status == LACUNA_OK) {
        status = lac_pack_diff_make(&diff, sides[0].checklist, sides[0].tree, sides[1].checklist,
                                    sides[1].tree, err);
        if (status == LACUNA_OK && opened != NULL) {
            status = judge_both(&diff, &sides[0], &sides[1], opened, options, err);
        }
        if (status == LACUNA_OK) {
            status = render(&diff, format, options, write, user, err);
        }
        lac_pack_diff_free(&diff);
    }
    close_side(&sides[0]);
    close_side(&sides[1]);
    lacuna_document_free(opened);
    return status;
}
