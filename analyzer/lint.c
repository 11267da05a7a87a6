#include "analyzer/lint.h"

#include "analyzer/checklist_read.h"
#include "analyzer/lint_internal.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/json_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_MESSAGES = 1000 };

static void add(lac_lint *lint, bool error, uint32_t line, const char *pointer, const char *item,
                const char *text)
{
    lac_lint_report *report = lint->report;
    report->errors += error ? 1u : 0u;
    report->warnings += error ? 0u : 1u;
    lacuna_status status =
        lac_grow((void **)&report->messages, &lint->message_cap, (size_t)report->count + 1,
                 sizeof *report->messages, MOST_MESSAGES);
    if (status == LACUNA_E_LIMIT) {
        report->more = true;
        return;
    }
    lac_lint_message message = {error, line, lac_arena_copy(&report->arena, lac_span_of(pointer)),
                                lac_arena_copy(&report->arena, lac_span_of(item)),
                                lac_arena_copy(&report->arena, lac_span_of(text))};
    if (status != LACUNA_OK || message.pointer == NULL || message.item == NULL ||
        message.text == NULL) {
        lint->status = lac_fail_nomem(lint->err);
        return;
    }
    report->messages[report->count++] = message;
}

void lac_lint_add(lac_lint *lint, bool error, const lac_checklist *list, uint32_t item,
                  const char *where, const char *format, ...)
{
    char pointer[LAC_PACK_POINTER];
    char text[256];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (item == UINT32_MAX) {
        (void)snprintf(pointer, sizeof pointer, "%s", where);
    } else {
        (void)snprintf(pointer, sizeof pointer, "/items/%u%s", item, where);
    }
    const char *id = item < list->item_count ? list->items[item].id : "";
    add(lint, error, lac_json_line(lint->json, pointer), pointer, id, text);
}

static void take_problem(void *user, const char *pointer, const char *item, const char *message)
{
    lac_lint *lint = user;
    add(lint, true, lac_json_line(lint->json, pointer), pointer, item, message);
}

static void check_name(lac_lint *lint, const lac_checklist *list, const char *name)
{
    const char *slash = strrchr(name, '/');
    lac_span base = lac_span_of(slash == NULL ? name : slash + 1);
    if (!lac_span_ends_nocase(base, ".json")) {
        return;
    }
    base.len -= strlen(".json");
    if (list->id[0] != '\0' && !lac_span_is(base, list->id)) {
        lac_lint_add(lint, true, list, UINT32_MAX, "/id",
                     "the id must be the file name without .json (\"%.*s\")",
                     base.len > 64 ? 64 : (int)base.len, base.ptr);
    }
}

static int compare_messages(const void *left, const void *right)
{
    const lac_lint_message *a = left;
    const lac_lint_message *b = right;
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    int order = strcmp(a->pointer, b->pointer);
    return order != 0 ? order : strcmp(a->text, b->text);
}

static void look_at(lac_lint *lint, const char *name, const lac_limits *limits)
{
    lac_checklist *list = NULL;
    uint32_t problems;
    lacuna_error cause;
    lac_error_clear(&cause);
    lacuna_status status =
        lac_checklist_read(&list, &problems, lint->json, limits, take_problem, lint, &cause);
    if (status == LACUNA_E_NOMEM) {
        lint->status = lac_fail_nomem(lint->err);
    } else if (status != LACUNA_OK) {
        add(lint, true, cause.line, "", "", cause.message);
    } else {
        check_name(lint, list, name);
        lac_lint_head(lint, list);
        lac_lint_items(lint, list);
        lac_lint_citations(lint, list);
        lac_lint_expressions(lint, list);
        lac_lint_tests(lint, list);
    }
    lac_checklist_free(list);
}

lacuna_status lac_lint_pack(lac_lint_report **out, lac_span json, const char *name,
                            const lac_limits *limits, lacuna_error *err)
{
    *out = NULL;
    lac_lint_report *report = calloc(1, sizeof *report);
    if (report == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&report->arena);
    lac_lint lint = {.report = report, .json = json, .status = LACUNA_OK, .err = err};
    look_at(&lint, name, limits);
    if (lint.status != LACUNA_OK) {
        lac_lint_report_free(report);
        return lint.status;
    }
    if (report->count > 0) {
        qsort(report->messages, report->count, sizeof *report->messages, compare_messages);
    }
    *out = report;
    return LACUNA_OK;
}

void lac_lint_report_free(lac_lint_report *report)
{
    if (report != NULL) {
        lac_arena_free(&report->arena);
        free(report->messages);
        free(report);
    }
}
