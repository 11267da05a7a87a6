#include "analyzer/gate/decisions.h"

#include "analyzer/gate/gate_file.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>

static const char REMEDY[] = "`lacuna decide` writes a decision with all its members; see "
                             "checklists/schema/decisions-1.json";

static const char *const STATUSES[] = {"met", "partial", "missing", "contradicts",
                                       "not-applicable"};
enum { STATUS_COUNT = sizeof STATUSES / sizeof STATUSES[0] };

const char *const *lac_decision_statuses(size_t *count)
{
    *count = STATUS_COUNT;
    return STATUSES;
}

static void read_checklist(lac_pack_reader *r, lac_decision *decision, const json_t *json)
{
    static const char *const keys[] = {"digest", "id", NULL};
    const json_t *checklist = json_object_get(json, "checklist");
    if (checklist == NULL) {
        lac_pack_problem(r, "\"checklist\" is missing");
        return;
    }
    size_t mark = lac_pack_enter(r, "checklist");
    if (lac_pack_object(r, checklist, keys)) {
        decision->checklist = lac_pack_string(r, checklist, "id", true);
        decision->checklist_digest = lac_gate_hex(r, checklist, "digest", true);
    }
    lac_pack_leave(r, mark);
}

static void read_place(lac_pack_reader *r, lac_decision *decision, const json_t *json)
{
    static const char *const keys[] = {"digest", "heading_path", NULL};
    const json_t *at = json_object_get(json, "at");
    if (at == NULL) {
        lac_pack_problem(r, "\"at\" is missing");
        return;
    }
    size_t mark = lac_pack_enter(r, "at");
    if (lac_pack_object(r, at, keys)) {
        decision->text_digest = lac_gate_hex(r, at, "digest", true);
        decision->heading_path = lac_pack_strings(r, at, "heading_path", &decision->heading_count);
        if (json_object_get(at, "heading_path") == NULL) {
            lac_pack_problem(r, "\"heading_path\" is missing; [] is the whole document");
        }
    }
    lac_pack_leave(r, mark);
}

static const char *tell(lac_pack_reader *r, const lac_decision *decision)
{
    lac_buf text;
    lac_buf_init(&text, 4 * LAC_DECISION_TEXT);
    const char *copy = NULL;
    if (lac_buf_printf(&text, "%s (decided by %s on %s)", decision->reason, decision->by,
                       decision->decided) == LACUNA_OK) {
        copy = lac_arena_copy(r->arena, lac_buf_span(&text));
    }
    r->out_of_memory = r->out_of_memory || copy == NULL;
    lac_buf_free(&text);
    return copy;
}

static void read_decision(lac_pack_reader *r, lac_decision *decision, const json_t *json)
{
    static const char *const keys[] = {"at",   "by",     "checklist", "decided", "document",
                                       "item", "reason", "status",    NULL};
    static const lac_item_status statuses[STATUS_COUNT] = {LAC_MET, LAC_PARTIAL, LAC_MISSING,
                                                           LAC_CONTRADICTS, LAC_NOT_APPLICABLE};
    if (!lac_pack_object(r, json, keys)) {
        return;
    }
    read_place(r, decision, json);
    decision->by = lac_gate_text(r, json, "by", 200);
    read_checklist(r, decision, json);
    decision->decided = lac_gate_date(r, json, "decided");
    decision->document = lac_gate_text(r, json, "document", 8192);
    decision->item = lac_gate_text(r, json, "item", 200);
    decision->reason = lac_gate_text(r, json, "reason", LAC_DECISION_TEXT);
    int status = lac_pack_choice(r, json, "status", STATUSES, STATUS_COUNT, -1);
    decision->status = statuses[status < 0 ? 0 : status];
    if (r->problems == 0) {
        decision->told = tell(r, decision);
    }
}

static lacuna_status read_all(lac_decisions *decisions, lac_gate_file *file, lacuna_error *err)
{
    static const char *const keys[] = {"$schema", "decisions", "schema", NULL};
    lac_pack_reader *r = &file->reader;
    if (!lac_pack_object(r, file->root, keys)) {
        return LACUNA_OK;
    }
    const json_t *list = lac_pack_array(r, file->root, "decisions");
    size_t count = json_array_size(list);
    if (list == NULL) {
        lac_pack_problem(r, "\"decisions\" is missing");
    }
    if (count > LAC_DECISION_COUNT) {
        return lac_fail(err, LACUNA_E_LIMIT, "%.80s: more than %d decisions", decisions->name,
                        LAC_DECISION_COUNT);
    }
    lac_decision *items = lac_arena_array(&decisions->arena, count + 1, sizeof *items);
    if (items == NULL) {
        return lac_fail_nomem(err);
    }
    size_t mark = lac_pack_enter(r, "decisions");
    for (size_t i = 0; i < count; i++) {
        size_t inner = lac_pack_enter_index(r, i);
        read_decision(r, &items[i], json_array_get(list, i));
        lac_pack_leave(r, inner);
    }
    lac_pack_leave(r, mark);
    decisions->items = items;
    decisions->count = (uint32_t)count;
    return LACUNA_OK;
}

lacuna_status lac_decisions_load(lac_decisions **out, lac_span json, const char *name,
                                 lacuna_error *err)
{
    lac_gate_file file;
    *out = NULL;
    lac_decisions *decisions = calloc(1, sizeof *decisions);
    if (decisions == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&decisions->arena);
    decisions->name = lac_arena_copy(&decisions->arena, lac_span_of(name));
    decisions->json = lac_span_make(lac_arena_copy(&decisions->arena, json), json.len);
    lacuna_status status =
        decisions->name == NULL || decisions->json.ptr == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    if (status == LACUNA_OK) {
        status = lac_gate_file_open(&file, &decisions->arena, json, decisions->name,
                                    "lacuna.decisions/1", err);
    }
    if (status == LACUNA_OK) {
        decisions->digest = file.digest;
        status = lac_gate_file_close(&file, read_all(decisions, &file, err), REMEDY, err);
    }
    if (status != LACUNA_OK) {
        lac_decisions_free(decisions);
        return status;
    }
    *out = decisions;
    return LACUNA_OK;
}

void lac_decisions_free(lac_decisions *decisions)
{
    if (decisions != NULL) {
        lac_arena_free(&decisions->arena);
        free(decisions);
    }
}

uint32_t lac_decisions_line(const lac_decisions *decisions, uint32_t index)
{
    return lac_gate_line(decisions->json, "decisions", index);
}
