#include "analyzer/gate/waivers.h"

#include "analyzer/gate/gate_file.h"
#include "analyzer/gate/glob.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>

static const char REMEDY[] = "`lacuna waive` writes a waiver with all its members; see "
                             "checklists/schema/waivers-1.json";

lacuna_status lac_waiver_tell(lac_waiver *waiver, lac_arena *arena)
{
    lac_buf text;
    lac_buf_init(&text, 4 * LAC_WAIVER_TEXT);
    lacuna_status status =
        lac_buf_printf(&text, "%s (waived by %s until %s, %s)", waiver->justification,
                       waiver->approver, waiver->expires, waiver->id);
    waiver->told = status == LACUNA_OK ? lac_arena_copy(arena, lac_buf_span(&text)) : NULL;
    lac_buf_free(&text);
    return waiver->told == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

/* ---- reading -------------------------------------------------------------------------------- */

static void read_checklist(lac_pack_reader *r, lac_waiver *waiver, const json_t *json)
{
    static const char *const keys[] = {"digest", "id", NULL};
    const json_t *checklist = json_object_get(json, "checklist");
    if (checklist == NULL) {
        return;
    }
    size_t mark = lac_pack_enter(r, "checklist");
    if (lac_pack_object(r, checklist, keys)) {
        waiver->checklist = lac_pack_string(r, checklist, "id", true);
        waiver->checklist_digest = lac_gate_hex(r, checklist, "digest", true);
    }
    lac_pack_leave(r, mark);
}

static void read_scope(lac_pack_reader *r, lac_waiver *waiver, const json_t *json)
{
    static const char *const keys[] = {"document", "fingerprint", "path", NULL};
    const json_t *scope = json_object_get(json, "scope");
    if (scope == NULL) {
        lac_pack_problem(r, "\"scope\" is missing");
        return;
    }
    size_t mark = lac_pack_enter(r, "scope");
    if (lac_pack_object(r, scope, keys)) {
        waiver->fingerprint = lac_gate_hex(r, scope, "fingerprint", false);
        waiver->document = lac_pack_string(r, scope, "document", false);
        waiver->path = lac_pack_string(r, scope, "path", false);
        if (json_object_size(scope) == 0) {
            lac_pack_problem(r, "it names neither a fingerprint nor a document nor a path");
        }
    }
    lac_pack_leave(r, mark);
}

static void read_waiver(lac_pack_reader *r, lac_waiver *waiver, const json_t *json)
{
    static const char *const keys[] = {"approver",      "checklist", "created", "expires", "id",
                                       "justification", "rule",      "scope",   NULL};
    if (!lac_pack_object(r, json, keys)) {
        return;
    }
    waiver->id = lac_gate_text(r, json, "id", 200);
    waiver->rule = lac_gate_text(r, json, "rule", 200);
    read_checklist(r, waiver, json);
    read_scope(r, waiver, json);
    waiver->justification = lac_gate_text(r, json, "justification", LAC_WAIVER_TEXT);
    waiver->approver = lac_gate_text(r, json, "approver", 200);
    waiver->created = lac_gate_date(r, json, "created");
    waiver->expires = lac_gate_date(r, json, "expires");
    if (r->problems == 0 && strcmp(waiver->created, waiver->expires) > 0) {
        lac_pack_problem(r, "it expires before it was created");
    }
    if (r->problems == 0) {
        r->out_of_memory = lac_waiver_tell(waiver, r->arena) != LACUNA_OK || r->out_of_memory;
    }
}

static int compare_ids(const void *a, const void *b)
{
    const lac_waiver *x = *(const lac_waiver *const *)a;
    const lac_waiver *y = *(const lac_waiver *const *)b;
    return strcmp(x->id, y->id);
}

static lacuna_status refuse_twice(lac_pack_reader *r, const lac_waiver *items, size_t count,
                                  lacuna_error *err)
{
    const lac_waiver **sorted = calloc(count + 1, sizeof *sorted);
    if (sorted == NULL) {
        return lac_fail_nomem(err);
    }
    for (size_t i = 0; i < count; i++) {
        sorted[i] = &items[i];
    }
    qsort(sorted, count, sizeof(const lac_waiver *), compare_ids);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(sorted[i - 1]->id, sorted[i]->id) == 0) {
            lac_pack_problem(r, "two waivers have the id \"%.60s\"", sorted[i]->id);
        }
    }
    free(sorted);
    return LACUNA_OK;
}

static lacuna_status read_all(lac_waivers *waivers, lac_gate_file *file, lacuna_error *err)
{
    static const char *const keys[] = {"$schema", "schema", "waivers", NULL};
    lac_pack_reader *r = &file->reader;
    if (!lac_pack_object(r, file->root, keys)) {
        return LACUNA_OK;
    }
    const json_t *list = lac_pack_array(r, file->root, "waivers");
    size_t count = json_array_size(list);
    if (list == NULL) {
        lac_pack_problem(r, "\"waivers\" is missing");
    }
    if (count > LAC_WAIVER_COUNT) {
        return lac_fail(err, LACUNA_E_LIMIT, "%.80s: more than %d waivers", waivers->name,
                        LAC_WAIVER_COUNT);
    }
    lac_waiver *items = lac_arena_array(&waivers->arena, count + 1, sizeof *items);
    if (items == NULL) {
        return lac_fail_nomem(err);
    }
    size_t mark = lac_pack_enter(r, "waivers");
    for (size_t i = 0; i < count; i++) {
        size_t inner = lac_pack_enter_index(r, i);
        read_waiver(r, &items[i], json_array_get(list, i));
        lac_pack_leave(r, inner);
    }
    lac_pack_leave(r, mark);
    waivers->items = items;
    waivers->count = (uint32_t)count;
    return r->problems == 0 && !r->out_of_memory ? refuse_twice(r, items, count, err) : LACUNA_OK;
}

lacuna_status lac_waivers_load(lac_waivers **out, lac_span json, const char *name,
                               lacuna_error *err)
{
    lac_gate_file file;
    *out = NULL;
    lac_waivers *waivers = calloc(1, sizeof *waivers);
    if (waivers == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&waivers->arena);
    waivers->name = lac_arena_copy(&waivers->arena, lac_span_of(name));
    lacuna_status status = waivers->name == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    if (status == LACUNA_OK) {
        status = lac_gate_file_open(&file, &waivers->arena, json, waivers->name, "lacuna.waivers/1",
                                    err);
    }
    if (status == LACUNA_OK) {
        waivers->digest = file.digest;
        waivers->json = lac_span_make(lac_arena_copy(&waivers->arena, json), json.len);
        status = waivers->json.ptr == NULL ? lac_fail_nomem(err) : read_all(waivers, &file, err);
        status = lac_gate_file_close(&file, status, REMEDY, err);
    }
    if (status != LACUNA_OK) {
        lac_waivers_free(waivers);
        return status;
    }
    *out = waivers;
    return LACUNA_OK;
}

void lac_waivers_free(lac_waivers *waivers)
{
    if (waivers != NULL) {
        lac_arena_free(&waivers->arena);
        free(waivers);
    }
}

uint32_t lac_waivers_line(const lac_waivers *waivers, uint32_t index)
{
    return lac_gate_line(waivers->json, "waivers", index);
}

/* ---- judging -------------------------------------------------------------------------------- */

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

bool lac_waiver_covers(const lac_waiver *waiver, const char *document, const char *path)
{
    return (waiver->document == NULL || strcmp(waiver->document, document) == 0) &&
           (waiver->path == NULL || lac_glob_matches(waiver->path, path));
}

lac_waiver_use lac_waiver_judge(const lac_waiver *waiver, const lac_waivable *finding,
                                const char *as_of)
{
    bool meant =
        strcmp(waiver->rule, finding->rule) == 0 && same(waiver->checklist, finding->checklist) &&
        (waiver->fingerprint == NULL || strcmp(waiver->fingerprint, finding->fingerprint) == 0) &&
        lac_waiver_covers(waiver, finding->document, finding->path);
    if (!meant) {
        return LAC_WAIVER_OTHER;
    }
    if (strcmp(as_of, waiver->expires) > 0) {
        return LAC_WAIVER_EXPIRED;
    }
    if (strcmp(as_of, waiver->created) < 0) {
        return LAC_WAIVER_EARLY;
    }
    return same(waiver->checklist_digest, finding->checklist_digest) ? LAC_WAIVER_HOLDS
                                                                     : LAC_WAIVER_CHANGED;
}
