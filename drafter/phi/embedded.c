#include "drafter/phi/embedded.h"

#include "checklists/embed.h"
#include "support/error.h"
#include "support/json_parse.h"

#define FOLDER "templates/phi/"

lacuna_status lac_phi_file(lac_span *data, const char *name, lacuna_error *err)
{
    size_t folder = strlen(FOLDER);
    for (size_t i = 0; i < lac_embedded_count(); i++) {
        const char *path = lac_embedded_name(i);
        if (strncmp(path, FOLDER, folder) == 0 && strcmp(path + folder, name) == 0) {
            *data = lac_embedded_data(i);
            return LACUNA_OK;
        }
    }
    return lac_fail(err, LACUNA_E_INTERNAL, "%s%s is not in this build", FOLDER, name);
}

lacuna_status lac_phi_json(json_t **out, const char *name, lacuna_error *err)
{
    lac_span data;
    json_error_t where;
    *out = NULL;
    lacuna_status status = lac_phi_file(&data, name, err);
    if (status != LACUNA_OK) {
        return status;
    }
    status = lac_json_parse(out, data, 0, &where);
    return status == LACUNA_E_FORMAT
               ? lac_fail(err, LACUNA_E_INTERNAL, "%s%s: %s", FOLDER, name, where.text)
               : status;
}
