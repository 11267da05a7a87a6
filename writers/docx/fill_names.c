/* Which value fits which place. */
#include "support/error.h"
#include "writers/docx/fill_state.h"

enum { LONGEST_NAME = 400 };

/* Lower case letters and digits; whatever is between them is one '_'. Bytes beyond ASCII stay. */
static size_t plain_name(char *out, lac_span name)
{
    size_t length = 0;
    bool gap = false;
    for (size_t i = 0; i < name.len && length + 2 < LONGEST_NAME; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        bool upper = c >= 'A' && c <= 'Z';
        if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80) {
            if (gap && length > 0) {
                out[length++] = '_';
            }
            out[length++] = (char)(upper ? c - 'A' + 'a' : c);
            gap = false;
        } else {
            gap = true;
        }
    }
    return length;
}

static bool is_alike(lac_span left, lac_span right)
{
    char a[LONGEST_NAME], b[LONGEST_NAME];
    size_t length = plain_name(a, left);
    return length > 0 && length == plain_name(b, right) && memcmp(a, b, length) == 0;
}

static const lac_fill_value *find_named(const lac_fill_scope *scope, lac_span name)
{
    if (name.len == 0) {
        return NULL;
    }
    for (; scope != NULL; scope = scope->around) {
        uint32_t found = UINT32_MAX;
        for (uint32_t i = 0; i < scope->count; i++) {
            if (scope->values[i].has_place) {
                continue;
            }
            if (lac_span_equal(scope->values[i].name, name)) {
                found = i;
                break;
            }
            found = found == UINT32_MAX && is_alike(scope->values[i].name, name) ? i : found;
        }
        if (found != UINT32_MAX) {
            if (scope->used != NULL) {
                scope->used[found] = true;
            }
            return &scope->values[found];
        }
    }
    return NULL;
}

static const lac_fill_value *find_placed(const lac_fill_scope *scope, const lac_placeholder *item)
{
    for (; scope != NULL && item->alone && item->is_main; scope = scope->around) {
        for (uint32_t i = 0; i < scope->count; i++) {
            if (scope->values[i].has_place && scope->values[i].paragraph == item->paragraph) {
                if (scope->used != NULL) {
                    scope->used[i] = true;
                }
                return &scope->values[i];
            }
        }
    }
    return NULL;
}

const lac_fill_value *lac_fill_find(const lac_fill_scope *scope, const lac_placeholder *item)
{
    const lac_fill_value *found = find_placed(scope, item);
    if (found == NULL) {
        found = find_named(scope, item->name);
    }
    if (found == NULL) {
        found = find_named(scope, item->alias);
    }
    return found;
}

lacuna_status lac_fill_check_names(const lac_fill_value *values, uint32_t count, lacuna_error *err)
{
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < i; k++) {
            bool by_name = !values[i].has_place && !values[k].has_place;
            if (by_name && (lac_span_equal(values[i].name, values[k].name) ||
                            is_alike(values[i].name, values[k].name))) {
                return lac_fail_remedy(
                    err, LACUNA_E_ARGUMENT, "Names are compared without case and punctuation.",
                    "two values of one name: %.*s and %.*s", (int)values[k].name.len,
                    values[k].name.ptr, (int)values[i].name.len, values[i].name.ptr);
            }
        }
    }
    return LACUNA_OK;
}
