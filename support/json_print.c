#include "support/json_print.h"

#include "support/error.h"

int lac_json_append(const char *data, size_t length, void *user)
{
    return lac_buf_append(user, data, length) == LACUNA_OK ? 0 : -1;
}

lacuna_status lac_json_print(lac_buf *out, json_t *value, lacuna_error *err)
{
    bool written =
        value != NULL &&
        json_dump_callback(value, lac_json_append, out, JSON_INDENT(2) | JSON_SORT_KEYS) == 0 &&
        lac_buf_append_char(out, '\n') == LACUNA_OK;
    json_decref(value);
    return written ? LACUNA_OK : lac_fail_nomem(err);
}
