#include "api/audit_open.h"

#include "api/audit_key.h"

/* Syncing takes some milliseconds, and answers may come faster than that. */
enum { AUDIT_SYNC_MS = 100 };

lacuna_status lac_audit_open_for(lac_audit **audit, const lacuna_options *options,
                                 lacuna_error *err)
{
    lac_buf key;
    *audit = NULL;
    if (options->audit_log == NULL) {
        return LACUNA_OK;
    }
    lacuna_status status = lac_audit_key_read(&key, options->audit_key_file, err);
    lac_audit_settings settings = {
        .actor = options->audit_actor, .key = lac_buf_span(&key), .sync_ms = AUDIT_SYNC_MS};
    if (status == LACUNA_OK) {
        status = lac_audit_open(audit, options->audit_log, &settings, err);
    }
    lac_audit_key_free(&key);
    return status;
}
