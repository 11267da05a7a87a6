#define _GNU_SOURCE /* memmem */

#include "writers/docx/lint.h"

#include "support/error.h"
#include "writers/docx/lint_run.h"

#include <stdlib.h>

/* ---- the list of faults ---------------------------------------------------------------------- */

void lac_lint_list_free(lac_lint_list *list)
{
    if (list != NULL) {
        free(list->items);
        lac_arena_free(&list->arena);
        free(list);
    }
}

lacuna_status lac_lint_tell(lac_lint_run *run, const char *code, lac_span about, size_t offset,
                            const char *sentence)
{
    lac_lint_list *list = run->list;
    lac_span shown = lac_span_make(about.ptr, about.len > 120 ? 120 : about.len);
    lac_buf text;
    lac_buf_init(&text, 4096);
    lacuna_status status = lac_grow((void **)&list->items, &list->cap, list->count + 1,
                                    sizeof *list->items, LAC_LINT_MAX_FAULTS);
    if (status == LACUNA_E_LIMIT) {
        lac_buf_free(&text);
        return LACUNA_OK; /* enough is known about such a document */
    }
    if (status == LACUNA_OK) {
        status = lac_buf_printf(&text, "%s%s%.*s%s (byte %zu)", sentence, shown.len > 0 ? " '" : "",
                                (int)shown.len, shown.len > 0 ? shown.ptr : "",
                                shown.len > 0 ? "'" : "", offset);
    }
    if (status == LACUNA_OK) {
        lac_lint_fault *fault = &list->items[list->count];
        fault->code = code;
        fault->part = lac_arena_copy(&list->arena, lac_span_of(run->part));
        fault->text = lac_arena_copy(&list->arena, lac_buf_span(&text));
        fault->about = lac_arena_copy(&list->arena, shown);
        fault->offset = offset;
        if (fault->part == NULL || fault->text == NULL || fault->about == NULL) {
            status = LACUNA_E_NOMEM;
        } else {
            list->count++;
        }
    }
    lac_buf_free(&text);
    return status == LACUNA_OK ? status : lac_fail_nomem(run->err);
}

/* ---- parts ----------------------------------------------------------------------------------- */

static bool is_xml(const char *name)
{
    lac_span text = lac_span_of(name);
    return lac_span_ends_nocase(text, ".xml") || lac_span_ends_nocase(text, ".rels");
}

/* The parts with running text, by the type of their relationship. */
static bool has_text(const lac_relationship *item)
{
    static const char *const types[] = {"header",   "footer",          "footnotes", "endnotes",
                                        "comments", "styles",          "numbering", "settings",
                                        "people",   "commentsExtended"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(item->type, types[i]) == 0) {
            return item->part != LAC_PART_NONE;
        }
    }
    return false;
}

static bool is_text_part(const lac_lint_run *run, uint32_t part)
{
    if (part == run->main_part) {
        return true;
    }
    for (uint32_t i = 0; i < run->relationships.count; i++) {
        if (run->relationships.items[i].part == part && has_text(&run->relationships.items[i])) {
            return true;
        }
    }
    return false;
}

static lacuna_status lint_text_part(lac_lint_run *run, lac_span xml)
{
    lacuna_error why = {.status = LACUNA_OK};
    lac_tokens tokens;
    lacuna_status status = lac_tokens_make(&tokens, xml, run->part, run->limits, &why);
    if (status == LACUNA_E_NOMEM) {
        return lac_fail_nomem(run->err);
    }
    if (status != LACUNA_OK) {
        return lac_lint_tell(run, "lint/xml", lac_span_of(why.message), 0,
                             "the part is not well-formed");
    }
    run->tokens = &tokens;
    lacuna_status (*const rules[])(lac_lint_run *) = {
        lac_lint_shape, lac_lint_content, lac_lint_ids, lac_lint_references, lac_lint_extensions};
    for (size_t i = 0; i < sizeof rules / sizeof rules[0] && status == LACUNA_OK; i++) {
        status = rules[i](run);
    }
    run->tokens = NULL;
    lac_tokens_free(&tokens);
    return status;
}

static lacuna_status lint_part(lac_lint_run *run, uint32_t part)
{
    run->part = lac_package_name(run->package, part);
    if (!is_xml(run->part)) {
        return LACUNA_OK;
    }
    char *data = NULL;
    size_t length = 0;
    lacuna_error why = {.status = LACUNA_OK};
    lacuna_status status =
        lac_package_read(&data, &length, run->package, part, run->limits->part_bytes, &why);
    if (status == LACUNA_E_NOMEM) {
        return lac_fail_nomem(run->err);
    }
    if (status != LACUNA_OK) {
        return lac_lint_tell(run, "lint/part", lac_span_of(why.message), 0,
                             "the part cannot be read");
    }
    lac_span xml = lac_span_make(data, length);
    const char *doctype = length == 0 ? NULL : memmem(data, length, "<!DOCTYPE", 9);
    if (doctype != NULL) {
        status = lac_lint_tell(run, "lint/doctype", lac_span_make("", 0), (size_t)(doctype - data),
                               "a document type declaration");
    }
    if (status == LACUNA_OK && is_text_part(run, part)) {
        status = lint_text_part(run, xml);
    }
    free(data);
    return status;
}

/* ---- the package ----------------------------------------------------------------------------- */

static lacuna_status open_run(lac_lint_run *run, lac_span document)
{
    const lac_source source = {.kind = LAC_SOURCE_MEMORY, .path = "document", .memory = document};
    lac_relationships package;
    lacuna_status status = lac_package_open(&run->package, &source, run->limits, run->err);
    if (status == LACUNA_OK) {
        status = lac_relationships_read(&package, run->package, NULL, run->limits, &run->arena,
                                        run->err);
    }
    const lac_relationship *found =
        status == LACUNA_OK ? lac_relationships_first(&package, "officeDocument") : NULL;
    if (status == LACUNA_OK && found == NULL) {
        status = lac_fail(run->err, LACUNA_E_FORMAT, "the package has no main part");
    }
    if (status == LACUNA_OK) {
        run->main_part = found->part;
        status = lac_relationships_read(&run->relationships, run->package,
                                        lac_package_name(run->package, found->part), run->limits,
                                        &run->arena, run->err);
    }
    return status == LACUNA_OK ? lac_lint_names_read(run) : status;
}

lacuna_status lac_lint(lac_lint_list **out, lac_span document, const char *name,
                       const lac_limits *limits, lacuna_error *err)
{
    *out = NULL;
    lac_lint_run run = {.limits = limits, .err = err, .file_name = name, .part = ""};
    run.list = calloc(1, sizeof *run.list);
    if (run.list == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&run.list->arena);
    lac_arena_init(&run.arena);
    lacuna_status status = open_run(&run, document);
    for (uint32_t i = 0; status == LACUNA_OK && i < lac_package_count(run.package); i++) {
        status = lint_part(&run, i);
    }
    if (status == LACUNA_OK) {
        status = lac_lint_package(&run);
    }
    lac_lint_names_free(&run);
    lac_package_close(run.package);
    lac_arena_free(&run.arena);
    if (status != LACUNA_OK) {
        lac_lint_list_free(run.list);
        return status;
    }
    *out = run.list;
    return LACUNA_OK;
}

/* ---- comparing ------------------------------------------------------------------------------- */

static int by_fault(const void *left, const void *right)
{
    const lac_lint_fault *a = left, *b = right;
    int order = strcmp(a->code, b->code);
    order = order != 0 ? order : strcmp(a->part, b->part);
    return order != 0 ? order : strcmp(a->about, b->about);
}

/* Both are sorted; equal faults are taken away in pairs. */
static void take_away(lac_lint_list *after, const lac_lint_list *before)
{
    size_t kept = 0, j = 0;
    for (size_t i = 0; i < after->count; i++) {
        while (j < before->count && by_fault(&before->items[j], &after->items[i]) < 0) {
            j++;
        }
        if (j < before->count && by_fault(&before->items[j], &after->items[i]) == 0) {
            j++;
        } else {
            after->items[kept++] = after->items[i];
        }
    }
    after->count = kept;
}

lacuna_status lac_lint_new_faults(lac_lint_list **out, lac_span before, lac_span after,
                                  const lac_limits *limits, lacuna_error *err)
{
    *out = NULL;
    lac_lint_list *old = NULL, *new = NULL;
    lacuna_status status = lac_lint(&new, after, NULL, limits, err);
    if (status == LACUNA_OK && new->count > 0) {
        status = lac_lint(&old, before, NULL, limits, err);
    }
    if (status == LACUNA_OK && old != NULL && old->count > 0) {
        qsort(old->items, old->count, sizeof *old->items, by_fault);
        qsort(new->items, new->count, sizeof *new->items, by_fault);
        take_away(new, old);
    }
    lac_lint_list_free(old);
    if (status != LACUNA_OK) {
        lac_lint_list_free(new);
        return status;
    }
    *out = new;
    return LACUNA_OK;
}
