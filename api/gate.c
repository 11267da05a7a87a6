#include "api/gate.h"

#include "analyzer/ectd/rules.h"
#include "analyzer/registry_head.h"
#include "support/buf.h"
#include "support/error.h"
#include "writers/gate.h"
#include "writers/rules.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 4096, REMARK_MAX = 16 * 1024, REMARKS_MAX = 1 << 20 };

/* ---- rules nobody knows --------------------------------------------------------------------- */

static lacuna_status unknown_name(const char *file, const char *what, const char *name,
                                  const char *const *known, size_t count, uint32_t line,
                                  lacuna_error *err)
{
    const char *near = lacuna_nearest(name, known, count);
    char remedy[128] =
        "`lacuna checklists list` and `lacuna checklists show ID` name what there is";
    if (near != NULL) {
        lac_buf text;
        lac_buf_init(&text, sizeof remedy);
        if (lac_buf_printf(&text, "did you mean \"%.80s\"?", near) == LACUNA_OK) {
            memcpy(remedy, lac_buf_text(&text), text.len + 1);
        }
        lac_buf_free(&text);
    }
    lac_error_place(err, file, line);
    return lac_fail_remedy(err, LACUNA_E_FORMAT, remedy, "there is no %s \"%.80s\"", what, name);
}

static lacuna_status know_checklist(const lac_registry *registry, const char *file, const char *id,
                                    uint32_t line, lacuna_error *err)
{
    const char *names[NAMES_MAX];
    size_t count = 0;
    if (lac_registry_find(registry, id) != NULL) {
        return LACUNA_OK;
    }
    for (uint32_t i = 0; i < lac_registry_count(registry) && count < NAMES_MAX; i++) {
        names[count++] = lac_registry_entry_at(registry, i)->id;
    }
    return unknown_name(file, "checklist", id, names, count, line, err);
}

/* An item of a checklist whose digest is another one may be gone: that is told in the report. */
static lacuna_status know_item(lac_registry *registry, const char *file, const char *checklist,
                               const char *digest, const char *item, uint32_t line,
                               lacuna_error *err)
{
    const lac_checklist *loaded;
    const char *names[NAMES_MAX];
    size_t count = 0;
    lacuna_status status = know_checklist(registry, file, checklist, line, err);
    if (status == LACUNA_OK) {
        status = lac_registry_load(&loaded, registry, checklist, err);
    }
    if (status != LACUNA_OK || strcmp(loaded->digest.hex, digest) != 0 ||
        lac_checklist_item(loaded, item) != NULL) {
        return status;
    }
    for (uint32_t i = 0; i < loaded->item_count && count < NAMES_MAX; i++) {
        names[count++] = loaded->items[i].id;
    }
    return unknown_name(file, "item", item, names, count, line, err);
}

static lacuna_status know_rule(const lac_ectd_rules *filed, const char *file, const char *rule,
                               uint32_t line, lacuna_error *err)
{
    const char *names[NAMES_MAX];
    size_t count, known;
    const lac_rule *rules = lac_rules(&known);
    for (count = 0; count < known && count < NAMES_MAX; count++) {
        names[count] = rules[count].id;
    }
    for (uint32_t i = 0; i < filed->count && count < NAMES_MAX; i++) {
        names[count++] = filed->items[i].id;
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], rule) == 0) {
            return LACUNA_OK;
        }
    }
    return unknown_name(file, "rule without a checklist", rule, names, count, line, err);
}

static lacuna_status know_waivers(const lac_waivers *waivers, lac_registry *registry,
                                  lacuna_error *err)
{
    lac_arena arena;
    lac_ectd_rules filed;
    lac_arena_init(&arena);
    lacuna_status status = lac_ectd_rules_load(&filed, &arena, err);
    for (uint32_t i = 0; i < waivers->count && status == LACUNA_OK; i++) {
        const lac_waiver *waiver = &waivers->items[i];
        lacuna_error found = {0};
        status = waiver->checklist == NULL
                     ? know_rule(&filed, waivers->name, waiver->rule, 0, &found)
                     : know_item(registry, waivers->name, waiver->checklist,
                                 waiver->checklist_digest, waiver->rule, 0, &found);
        if (status != LACUNA_OK && err != NULL) {
            *err = found;
            err->line = status == LACUNA_E_FORMAT ? lac_waivers_line(waivers, i) : err->line;
        }
    }
    lac_arena_free(&arena);
    return status;
}

static lacuna_status know_decisions(const lac_decisions *decisions, lac_registry *registry,
                                    lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < decisions->count && status == LACUNA_OK; i++) {
        const lac_decision *decision = &decisions->items[i];
        status = know_item(registry, decisions->name, decision->checklist,
                           decision->checklist_digest, decision->item, 0, err);
        if (status == LACUNA_E_FORMAT && err != NULL) {
            err->line = lac_decisions_line(decisions, i);
        }
    }
    return status;
}

/* ---- loading -------------------------------------------------------------------------------- */

static const char *shown_name(const char *path, const char *root)
{
    size_t length = root == NULL ? 0 : strlen(root);
    if (length > 0 && strncmp(path, root, length) == 0 && path[length] == '/') {
        path += length + 1;
    }
    while (strncmp(path, "./", 2) == 0) {
        path += 2;
    }
    return path;
}

typedef struct loading {
    lac_arena arena; /* of the bytes */
    const lacuna_options *options;
} loading;

static lacuna_status read_file(lac_span *json, loading *l, const char *path, lacuna_error *err)
{
    return lac_registry_file_read(json, &l->arena, path, l->options->limits.json_bytes, err);
}

static lacuna_status load_waivers(lac_gate *gate, loading *l, lac_registry *registry,
                                  lacuna_error *err)
{
    lac_span json;
    const char *path = l->options->waivers;
    if (path == NULL) {
        return LACUNA_OK;
    }
    lacuna_status status = read_file(&json, l, path, err);
    if (status == LACUNA_OK) {
        status = lac_waivers_load(&gate->waivers, json, shown_name(path, l->options->root), err);
    }
    return status == LACUNA_OK ? know_waivers(gate->waivers, registry, err) : status;
}

static lacuna_status load_decisions(lac_gate *gate, loading *l, lac_registry *registry,
                                    lacuna_error *err)
{
    lac_span json;
    const char *path = l->options->decisions;
    if (path == NULL) {
        return LACUNA_OK;
    }
    lacuna_status status = read_file(&json, l, path, err);
    if (status == LACUNA_OK) {
        status =
            lac_decisions_load(&gate->decisions, json, shown_name(path, l->options->root), err);
    }
    return status == LACUNA_OK ? know_decisions(gate->decisions, registry, err) : status;
}

static lacuna_status load_baseline(lac_gate *gate, loading *l, lacuna_error *err)
{
    lac_span json;
    const char *path = l->options->baseline;
    if (path == NULL) {
        return LACUNA_OK;
    }
    lacuna_status status = read_file(&json, l, path, err);
    return status == LACUNA_OK
               ? lac_baseline_load(&gate->baseline, json, shown_name(path, l->options->root), err)
               : status;
}

lacuna_status lac_gate_load(lac_gate *gate, const lacuna_options *options, lac_registry *registry,
                            lacuna_error *err)
{
    loading l = {.options = options};
    lac_arena_init(&l.arena);
    lacuna_status status = load_baseline(gate, &l, err);
    if (status == LACUNA_OK) {
        status = load_waivers(gate, &l, registry, err);
    }
    if (status == LACUNA_OK) {
        status = load_decisions(gate, &l, registry, err);
    }
    lac_arena_free(&l.arena);
    return status;
}

lacuna_status lac_gate_load_baseline(lac_gate *gate, const lacuna_options *options,
                                     lacuna_error *err)
{
    loading l = {.options = options};
    lac_arena_init(&l.arena);
    lacuna_status status = load_baseline(gate, &l, err);
    lac_arena_free(&l.arena);
    return status;
}

void lac_gate_free(lac_gate *gate)
{
    lac_waivers_free(gate->waivers);
    lac_baseline_free(gate->baseline);
    lac_decisions_free(gate->decisions);
    free(gate->remarks);
    *gate = (lac_gate){0};
}

/* ---- laying them over a result -------------------------------------------------------------- */

size_t lac_gate_documents(lac_report_document documents[LAC_GATE_FILES], const lac_gate *gate)
{
    size_t count = 0;
    if (gate->baseline != NULL) {
        documents[count++] = (lac_report_document){
            .path = gate->baseline->name, .digest = gate->baseline->digest, .control = "baseline"};
    }
    if (gate->decisions != NULL) {
        documents[count++] = (lac_report_document){.path = gate->decisions->name,
                                                   .digest = gate->decisions->digest,
                                                   .control = "decisions"};
    }
    if (gate->waivers != NULL) {
        documents[count++] = (lac_report_document){
            .path = gate->waivers->name, .digest = gate->waivers->digest, .control = "waivers"};
    }
    return count;
}

static uint32_t index_of(const lac_report *report, const char *control)
{
    for (uint32_t d = 0; d < report->document_count; d++) {
        const char *own = report->documents[d].control;
        if (own != NULL && strcmp(own, control) == 0) {
            return d;
        }
    }
    return 0;
}

typedef struct deciding {
    lac_gate *gate;
    lac_report *report;
    lac_arena *arena;
} deciding;

static lacuna_status take_remark(void *user, uint32_t index, const char *rule, const char *why,
                                 lacuna_error *err)
{
    deciding *d = user;
    lac_gate *gate = d->gate;
    const lac_decision *decision = &gate->decisions->items[index];
    lac_buf text;
    lac_buf_init(&text, REMARK_MAX);
    lacuna_status status = lac_grow((void **)&gate->remarks, &gate->remark_cap,
                                    gate->remark_count + 1, sizeof *gate->remarks, REMARKS_MAX);
    if (status == LACUNA_OK) {
        status =
            lac_buf_printf(&text, "The decision of %s (%s) that %s of %s is %s does not hold: %s.",
                           decision->by, decision->decided, decision->item, decision->document,
                           lac_item_status_name(decision->status), why);
    }
    const char *message =
        status == LACUNA_OK ? lac_arena_copy(d->arena, lac_buf_span(&text)) : NULL;
    lac_buf_free(&text);
    if (message == NULL) {
        return lac_fail_nomem(err);
    }
    gate->remarks[gate->remark_count++] =
        (lac_report_remark){.rule = rule,
                            .message = message,
                            .subject = message,
                            .document = index_of(d->report, "decisions"),
                            .line = lac_decisions_line(gate->decisions, index)};
    return LACUNA_OK;
}

/* The documents of a submission have let go of their text, which decisions are bound to. */
static lacuna_status decide(lac_gate *gate, lac_report *report, lac_arena *arena, lacuna_error *err)
{
    deciding d = {gate, report, arena};
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < report->document_count && status == LACUNA_OK; i++) {
        const lac_report_document *document = &report->documents[i];
        if (document->checked != NULL && document->place_count == 0) {
            status =
                lac_decisions_apply(gate->decisions, document->checked, report->identities[i].text,
                                    report->as_of, take_remark, &d, err);
        }
    }
    report->remarks = gate->remarks;
    report->remark_count = (uint32_t)gate->remark_count;
    return status;
}

lacuna_status lac_gate_derive(lac_gate *gate, lac_report *report, lac_arena *arena,
                              lacuna_error *err)
{
    report->waivers = gate->waivers;
    report->waiver_document = index_of(report, "waivers");
    report->baseline = gate->baseline;
    lacuna_status status = lac_report_derive(report, err);
    if (status != LACUNA_OK || gate->decisions == NULL) {
        return status;
    }
    lac_gate_restore(report);
    status = decide(gate, report, arena, err);
    lac_report_free(report);
    return status == LACUNA_OK ? lac_report_derive(report, err) : status;
}
