#include "analyzer/guidance_status.h"

#include "analyzer/ectd/data.h"
#include "support/error.h"

#include <string.h>

static bool read(lac_guidance_status *out, lac_arena *arena, const json_t *root,
                 const json_t *guidance)
{
    bool ok = true;
    out->title = lac_data_text(arena, guidance, "title", &ok);
    out->version = lac_data_text(arena, guidance, "version", &ok);
    out->status = lac_data_text(arena, guidance, "status", &ok);
    out->pending = lac_data_text(arena, guidance, "pending", &ok);
    out->confidence = lac_data_text(arena, guidance, "confidence", &ok);
    out->looked_up = lac_data_text(arena, root, "as_of", &ok);
    return ok && out->title != NULL && out->version != NULL && out->status != NULL &&
           out->confidence != NULL && out->looked_up != NULL;
}

lacuna_status lac_guidance_status_find(lac_guidance_status *out, bool *found, lac_arena *arena,
                                       const char *key, lacuna_error *err)
{
    *out = (lac_guidance_status){.title = NULL};
    *found = false;
    json_t *root;
    lacuna_status status = lac_embedded_json(&root, "guidance-status.json", err);
    const json_t *list = json_object_get(root, "guidances");
    for (size_t i = 0; i < json_array_size(list) && status == LACUNA_OK && !*found; i++) {
        const json_t *guidance = json_array_get(list, i);
        const char *name = json_string_value(json_object_get(guidance, "key"));
        if (name != NULL && strcmp(name, key) == 0) {
            *found = true;
            status = read(out, arena, root, guidance) ? LACUNA_OK : lac_fail_nomem(err);
        }
    }
    json_decref(root);
    return status;
}
