#include "api/packs.h"

#include "support/buf.h"
#include "support/error.h"

#include <string.h>

enum { TYPES_MAX = 512 };

lacuna_status lac_packs_open(lac_registry **out, const lacuna_options *options, lacuna_error *err)
{
    lacuna_status status = lac_registry_new(out, lac_options_limits(options), err);
    size_t folders = options == NULL ? 0 : options->checklist_dirs.count;
    for (size_t i = 0; i < folders && status == LACUNA_OK; i++) {
        status = lac_registry_add_folder(*out, options->checklist_dirs.items[i], err);
    }
    size_t tailorings = options == NULL ? 0 : options->tailorings.count;
    for (size_t i = 0; i < tailorings && status == LACUNA_OK; i++) {
        status = lac_registry_add_tailoring(*out, options->tailorings.items[i], err);
    }
    if (status == LACUNA_OK) {
        status = lac_registry_verify_tailorings(*out, err);
    }
    if (status != LACUNA_OK) {
        lac_registry_free(*out);
        *out = NULL;
    }
    return status;
}

static size_t known_types(const char *types[TYPES_MAX], const lac_registry *registry)
{
    size_t count = 0;
    for (uint32_t i = 0; i < lac_registry_count(registry); i++) {
        const lac_registry_entry *entry = lac_registry_entry_at(registry, i);
        for (uint32_t t = 0; t < entry->document_type_count && count < TYPES_MAX; t++) {
            types[count++] = entry->document_types[t];
        }
    }
    return count;
}

static lacuna_status verify_type(lac_registry *registry, const char *type, lacuna_error *err)
{
    const char *types[TYPES_MAX];
    const lac_document_types *described = NULL;
    size_t count = known_types(types, registry);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(types[i], type) == 0) {
            return LACUNA_OK;
        }
    }
    lacuna_status status = lac_registry_document_types(&described, registry, err);
    if (status != LACUNA_OK || lac_document_type_title(described, type) != NULL) {
        return status;
    }
    char remedy[128] = "`lacuna checklists list` shows the document types";
    const char *nearest = lacuna_nearest(type, types, count);
    if (nearest != NULL) {
        lac_buf text;
        lac_buf_init(&text, sizeof remedy);
        if (lac_buf_printf(&text, "did you mean \"%.60s\"?", nearest) == LACUNA_OK) {
            memcpy(remedy, lac_buf_text(&text), text.len + 1);
        }
        lac_buf_free(&text);
    }
    return lac_fail_remedy(err, LACUNA_E_NOTFOUND, remedy, "there is no document type \"%.60s\"",
                           type);
}

lacuna_status lac_packs_verify(lac_registry *registry, const lacuna_options *options,
                               lacuna_error *err)
{
    const lac_checklist *loaded = NULL;
    for (size_t i = 0; i < options->checklists.count; i++) {
        lacuna_status status =
            lac_registry_load(&loaded, registry, options->checklists.items[i], err);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    for (uint32_t i = 0; i < lac_registry_count(registry); i++) {
        const lac_registry_entry *entry = lac_registry_entry_at(registry, i);
        if (entry->path != NULL) {
            lacuna_status status = lac_registry_load(&loaded, registry, entry->id, err);
            if (status != LACUNA_OK) {
                return status;
            }
        }
    }
    for (size_t i = 0; i < options->document_types.count; i++) {
        const char *type = strrchr(options->document_types.items[i], '=') + 1;
        lacuna_status status = verify_type(registry, type, err);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    return options->document_type == NULL ? LACUNA_OK
                                          : verify_type(registry, options->document_type, err);
}
