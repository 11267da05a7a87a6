#include "analyzer/registry.h"

#include "analyzer/near_name.h"
#include "analyzer/registry_head.h"
#include "analyzer/tailoring.h"
#include "checklists/embed.h"
#include "support/buf.h"
#include "support/error.h"

#include <pthread.h>
#include <stdlib.h>

enum { MOST_PACKS = 1000, MOST_TAILORINGS = 256 };

/* A file laid over a pack. */
typedef struct overlay {
    const char *base, *path;
    lac_span json;
} overlay;

typedef struct slot {
    lac_registry_entry entry;
    lac_span json;
    lac_checklist *checklist; /* NULL: not loaded yet */
} slot;

struct lac_registry {
    lac_arena arena;
    lac_limits limits;
    slot *slots;
    size_t slot_cap;
    uint32_t slot_count;
    overlay *overlays;
    size_t overlay_cap;
    uint32_t overlay_count;
    lac_span types_json, synonyms_json;
    lac_document_types *types;
    lac_synonyms *synonyms;
    lac_profile_facts_table *profile_facts;
    pthread_mutex_t loading;
};

/* ---- entries -------------------------------------------------------------------------------- */

/* Position of an id, or where it belongs. */
static uint32_t position(const lac_registry *registry, const char *id, bool *present)
{
    uint32_t at = 0;
    int order = -1;
    while (at < registry->slot_count && (order = strcmp(registry->slots[at].entry.id, id)) < 0) {
        at++;
    }
    *present = at < registry->slot_count && order == 0;
    return at;
}

static lacuna_status add_pack(lac_registry *registry, const lac_registry_entry *entry,
                              lac_span json, lacuna_error *err)
{
    bool present;
    uint32_t at = position(registry, entry->id, &present);
    if (!present) {
        lacuna_status status =
            lac_grow((void **)&registry->slots, &registry->slot_cap,
                     (size_t)registry->slot_count + 1, sizeof *registry->slots, MOST_PACKS);
        if (status != LACUNA_OK) {
            return lac_fail(err, status, "no room for another checklist");
        }
        memmove(registry->slots + at + 1, registry->slots + at,
                (registry->slot_count - at) * sizeof *registry->slots);
        registry->slot_count++;
    } else {
        lac_checklist_free(registry->slots[at].checklist);
    }
    registry->slots[at] = (slot){*entry, json, NULL};
    return LACUNA_OK;
}

static lacuna_status add_overlay(lac_registry *registry, lac_span json, const char *path,
                                 lacuna_error *err)
{
    lac_tailoring read;
    lacuna_status status = lac_tailoring_read(&read, json, path, err);
    if (status != LACUNA_OK) {
        return status;
    }
    const char *base = lac_arena_copy(&registry->arena, lac_span_of(read.base));
    lac_tailoring_free(&read);
    status =
        lac_grow((void **)&registry->overlays, &registry->overlay_cap,
                 (size_t)registry->overlay_count + 1, sizeof *registry->overlays, MOST_TAILORINGS);
    if (status == LACUNA_E_LIMIT) {
        return lac_fail(err, status, "more than %d tailorings", MOST_TAILORINGS);
    }
    if (status != LACUNA_OK || base == NULL) {
        return lac_fail_nomem(err);
    }
    registry->overlays[registry->overlay_count++] = (overlay){base, path, json};
    return LACUNA_OK;
}

/* Takes in one file of a checklists folder; `json` has to stay. */
static lacuna_status add_file(lac_registry *registry, lac_span json, const char *name,
                              const char *path, lacuna_error *err)
{
    lac_registry_head head;
    lacuna_status status = lac_registry_head_read(&head, &registry->arena, json, name, err);
    if (status != LACUNA_OK) {
        return status;
    }
    switch (head.kind) {
    case LAC_FILE_CHECKLIST:
        head.entry.path = path;
        return add_pack(registry, &head.entry, json, err);
    case LAC_FILE_DOCUMENT_TYPES:
        registry->types_json = json;
        break;
    case LAC_FILE_SYNONYMS:
        registry->synonyms_json = json;
        break;
    case LAC_FILE_TAILORING:
        return add_overlay(registry, json, path == NULL ? name : path, err);
    case LAC_FILE_OTHER:
        break;
    }
    return LACUNA_OK;
}

static lacuna_status add_embedded(lac_registry *registry, lacuna_error *err)
{
    for (size_t i = 0; i < lac_embedded_count(); i++) {
        const char *name = lac_embedded_name(i);
        if (strchr(name, '/') != NULL) {
            continue; /* schema/ */
        }
        lacuna_status status = add_file(registry, lac_embedded_data(i), name, NULL, err);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    return LACUNA_OK;
}

lacuna_status lac_registry_new(lac_registry **out, const lac_limits *limits, lacuna_error *err)
{
    *out = NULL;
    lac_registry *registry = calloc(1, sizeof *registry);
    if (registry == NULL) {
        return lac_fail_nomem(err);
    }
    if (pthread_mutex_init(&registry->loading, NULL) != 0) {
        free(registry);
        return lac_fail(err, LACUNA_E_INTERNAL, "a lock could not be made");
    }
    lac_arena_init(&registry->arena);
    registry->limits = limits == NULL ? LAC_LIMITS_DEFAULT : *limits;
    lacuna_status status = add_embedded(registry, err);
    if (status != LACUNA_OK) {
        lac_registry_free(registry);
        return status;
    }
    *out = registry;
    return LACUNA_OK;
}

void lac_registry_free(lac_registry *registry)
{
    if (registry == NULL) {
        return;
    }
    for (uint32_t i = 0; i < registry->slot_count; i++) {
        lac_checklist_free(registry->slots[i].checklist);
    }
    free(registry->slots);
    free(registry->overlays);
    lac_document_types_free(registry->types);
    lac_synonyms_free(registry->synonyms);
    lac_profile_facts_free(registry->profile_facts);
    (void)pthread_mutex_destroy(&registry->loading);
    lac_arena_free(&registry->arena);
    free(registry);
}

typedef struct folder_reader {
    lac_registry *registry;
    lacuna_error *err;
} folder_reader;

static lacuna_status take_file(void *user, const char *path, const char *name)
{
    folder_reader *reader = user;
    lac_registry *registry = reader->registry;
    lac_span json;
    lacuna_status status = lac_registry_file_read(&json, &registry->arena, path,
                                                  registry->limits.json_bytes, reader->err);
    const char *kept = NULL;
    if (status == LACUNA_OK) {
        kept = lac_arena_copy(&registry->arena, lac_span_of(path));
        status = kept == NULL ? lac_fail_nomem(reader->err) : LACUNA_OK;
    }
    return status == LACUNA_OK ? add_file(registry, json, name, kept, reader->err) : status;
}

lacuna_status lac_registry_add_folder(lac_registry *registry, const char *path, lacuna_error *err)
{
    folder_reader reader = {registry, err};
    return lac_registry_folder_each(path, take_file, &reader, err);
}

lacuna_status lac_registry_add_tailoring(lac_registry *registry, const char *path,
                                         lacuna_error *err)
{
    lac_span json;
    lacuna_status status =
        lac_registry_file_read(&json, &registry->arena, path, registry->limits.json_bytes, err);
    const char *kept =
        status == LACUNA_OK ? lac_arena_copy(&registry->arena, lac_span_of(path)) : NULL;
    if (status == LACUNA_OK && kept == NULL) {
        status = lac_fail_nomem(err);
    }
    return status == LACUNA_OK ? add_overlay(registry, json, kept, err) : status;
}

lacuna_status lac_registry_verify_tailorings(lac_registry *registry, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    const lac_checklist *loaded;
    for (uint32_t i = 0; i < registry->overlay_count && status == LACUNA_OK; i++) {
        lacuna_error cause = {0};
        status = lac_registry_load(&loaded, registry, registry->overlays[i].base, &cause);
        if (status == LACUNA_E_NOTFOUND) {
            return lac_fail_remedy(err, status, cause.remedy, "%.120s: %.120s",
                                   registry->overlays[i].path, cause.message);
        }
        if (status != LACUNA_OK && err != NULL) {
            *err = cause;
        }
    }
    return status;
}

lacuna_status lac_registry_add_file(const char **id, lac_registry *registry, const char *path,
                                    lacuna_error *err)
{
    lac_span json;
    lac_registry_head head;
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    *id = NULL;
    lacuna_status status =
        lac_registry_file_read(&json, &registry->arena, path, registry->limits.json_bytes, err);
    if (status == LACUNA_OK) {
        status = lac_registry_head_read(&head, &registry->arena, json, name, err);
    }
    if (status == LACUNA_OK && head.kind != LAC_FILE_CHECKLIST) {
        status = lac_fail(err, LACUNA_E_FORMAT, "%.100s is no checklist", path);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    head.entry.path = lac_arena_copy(&registry->arena, lac_span_of(path));
    if (head.entry.path == NULL) {
        return lac_fail_nomem(err);
    }
    *id = head.entry.id;
    return add_pack(registry, &head.entry, json, err);
}

uint32_t lac_registry_count(const lac_registry *registry)
{
    return registry->slot_count;
}

const lac_registry_entry *lac_registry_entry_at(const lac_registry *registry, uint32_t index)
{
    return &registry->slots[index].entry;
}

static slot *find_slot(const lac_registry *registry, const char *id)
{
    bool present;
    uint32_t at = position(registry, id, &present);
    return present ? &registry->slots[at] : NULL;
}

const lac_registry_entry *lac_registry_find(const lac_registry *registry, const char *id)
{
    const slot *found = find_slot(registry, id);
    return found == NULL ? NULL : &found->entry;
}

bool lac_registry_serves(const lac_registry_entry *entry, const char *document_type)
{
    for (uint32_t i = 0; i < entry->document_type_count; i++) {
        if (strcmp(entry->document_types[i], document_type) == 0) {
            return true;
        }
    }
    return false;
}

static lacuna_status fail_unknown(const lac_registry *registry, const char *id, lacuna_error *err)
{
    lac_near_name near = lac_near_name_of(id);
    for (uint32_t i = 0; i < registry->slot_count; i++) {
        lac_near_name_try(&near, registry->slots[i].entry.id);
    }
    if (near.best == NULL) {
        return lac_fail_remedy(err, LACUNA_E_NOTFOUND, "`lacuna checklists` lists them",
                               "there is no checklist \"%.60s\"", id);
    }
    lac_buf remedy;
    lac_buf_init(&remedy, 200);
    (void)lac_buf_printf(&remedy, "is it \"%.60s\"? `lacuna checklists` lists all", near.best);
    lacuna_status status = lac_fail_remedy(err, LACUNA_E_NOTFOUND, lac_buf_text(&remedy),
                                           "there is no checklist \"%.60s\"", id);
    lac_buf_free(&remedy);
    return status;
}

lacuna_status lac_registry_digest(lac_digest *digest, const lac_registry *registry, const char *id,
                                  lacuna_error *err)
{
    memset(digest, 0, sizeof *digest);
    const slot *found = find_slot(registry, id);
    return found == NULL ? fail_unknown(registry, id, err) : lac_sha256(digest, found->json, err);
}

lac_span lac_registry_source(const lac_registry *registry, const char *id)
{
    const slot *found = find_slot(registry, id);
    return found == NULL ? lac_span_make(NULL, 0) : found->json;
}

/* ---- loading; called with the lock held ------------------------------------------------------ */

static lacuna_status load_synonyms(lac_registry *registry, lacuna_error *err)
{
    if (registry->synonyms != NULL) {
        return LACUNA_OK;
    }
    static const char none[] = "{\"groups\": []}";
    lac_span json = registry->synonyms_json.len > 0 ? registry->synonyms_json : lac_span_of(none);
    return lac_synonyms_load(&registry->synonyms, json, err);
}

static lacuna_status load_types(lac_registry *registry, lacuna_error *err)
{
    if (registry->types != NULL) {
        return LACUNA_OK;
    }
    return lac_document_types_load(&registry->types, registry->types_json, err);
}

static lacuna_status load_tailored(lac_registry *registry, slot *wanted, const char *name,
                                   lacuna_error *err)
{
    lac_span texts[LAC_TAILORINGS];
    const char *names[LAC_TAILORINGS];
    uint32_t count = 0;
    for (uint32_t i = 0; i < registry->overlay_count; i++) {
        if (strcmp(registry->overlays[i].base, wanted->entry.id) != 0) {
            continue;
        }
        if (count == LAC_TAILORINGS) {
            return lac_fail(err, LACUNA_E_LIMIT, "more than %d tailorings of %.64s", LAC_TAILORINGS,
                            wanted->entry.id);
        }
        texts[count] = registry->overlays[i].json;
        names[count++] = registry->overlays[i].path;
    }
    return lac_tailored_load(&wanted->checklist, wanted->json, name, texts, names, count,
                             &registry->limits, err);
}

static lacuna_status load_pack(lac_registry *registry, slot *wanted, lacuna_error *err)
{
    if (wanted->checklist != NULL) {
        return LACUNA_OK;
    }
    lacuna_status status = load_synonyms(registry, err);
    if (status == LACUNA_OK) {
        const char *name = wanted->entry.path != NULL ? wanted->entry.path : wanted->entry.id;
        status = load_tailored(registry, wanted, name, err);
    }
    if (status == LACUNA_OK) {
        wanted->checklist->synonyms = registry->synonyms;
    }
    return status;
}

lacuna_status lac_registry_load(const lac_checklist **out, lac_registry *registry, const char *id,
                                lacuna_error *err)
{
    *out = NULL;
    slot *wanted = find_slot(registry, id);
    if (wanted == NULL) {
        return fail_unknown(registry, id, err);
    }
    (void)pthread_mutex_lock(&registry->loading);
    lacuna_status status = load_pack(registry, wanted, err);
    (void)pthread_mutex_unlock(&registry->loading);
    if (status == LACUNA_OK) {
        *out = wanted->checklist;
    }
    return status;
}

lacuna_status lac_registry_document_types(const lac_document_types **out, lac_registry *registry,
                                          lacuna_error *err)
{
    *out = NULL;
    (void)pthread_mutex_lock(&registry->loading);
    lacuna_status status = load_types(registry, err);
    (void)pthread_mutex_unlock(&registry->loading);
    if (status == LACUNA_OK) {
        *out = registry->types;
    }
    return status;
}

lacuna_status lac_registry_synonyms(const lac_synonyms **out, lac_registry *registry,
                                    lacuna_error *err)
{
    *out = NULL;
    (void)pthread_mutex_lock(&registry->loading);
    lacuna_status status = load_synonyms(registry, err);
    (void)pthread_mutex_unlock(&registry->loading);
    if (status == LACUNA_OK) {
        *out = registry->synonyms;
    }
    return status;
}

lacuna_status lac_registry_profile_facts(const lac_profile_facts_table **out,
                                         lac_registry *registry, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    (void)pthread_mutex_lock(&registry->loading);
    if (registry->profile_facts == NULL) {
        status = lac_profile_facts_load(&registry->profile_facts, err);
    }
    *out = registry->profile_facts;
    (void)pthread_mutex_unlock(&registry->loading);
    return status;
}
