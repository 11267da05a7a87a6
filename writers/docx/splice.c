#include "writers/docx/splice.h"

#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>

void lac_edits_free(lac_edits *edits)
{
    free(edits->items);
    *edits = (lac_edits){NULL, 0, 0};
}

lacuna_status lac_edits_add(lac_edits *edits, size_t offset, size_t removed, lac_span text,
                            lacuna_error *err)
{
    lacuna_status status = lac_grow((void **)&edits->items, &edits->cap, edits->count + 1,
                                    sizeof *edits->items, LAC_MAX_EDITS);
    if (status != LACUNA_OK) {
        return lac_fail(err, status, "too many changes to one part of the document");
    }
    edits->items[edits->count] = (lac_edit){offset, removed, text, edits->count};
    edits->count++;
    return LACUNA_OK;
}

static int by_offset(const void *left, const void *right)
{
    const lac_edit *a = left, *b = right;
    if (a->offset != b->offset) {
        return a->offset < b->offset ? -1 : 1;
    }
    if ((a->removed == 0) != (b->removed == 0)) { /* what is put in, before what is replaced */
        return a->removed == 0 ? -1 : 1;
    }
    return (a->order > b->order) - (a->order < b->order);
}

/* Sum of the sizes, and whether every edit lies behind the one before. */
static bool measure(size_t *length, lac_span part, const lac_edits *edits)
{
    size_t behind = 0, grown = part.len, removed = 0;
    for (size_t i = 0; i < edits->count; i++) {
        const lac_edit *edit = &edits->items[i];
        if (edit->offset < behind || edit->offset > part.len ||
            edit->removed > part.len - edit->offset ||
            __builtin_add_overflow(grown, edit->text.len, &grown)) {
            return false;
        }
        removed += edit->removed;
        behind = edit->offset + edit->removed;
    }
    *length = grown - removed;
    return true;
}

static size_t put(char *to, size_t at, const char *from, size_t length)
{
    if (length > 0) {
        memcpy(to + at, from, length);
    }
    return at + length;
}

lacuna_status lac_splice(char **out, size_t *length, lac_span part, lac_edits *edits,
                         lacuna_error *err)
{
    *out = NULL;
    *length = 0;
    if (edits->count > 0) {
        qsort(edits->items, edits->count, sizeof *edits->items, by_offset);
    }
    size_t size;
    if (!measure(&size, part, edits)) {
        return lac_fail(err, LACUNA_E_INTERNAL, "changes to the document overlap");
    }
    char *data = malloc(size + 1);
    if (data == NULL) {
        return lac_fail_nomem(err);
    }
    size_t from = 0, to = 0;
    for (size_t i = 0; i < edits->count; i++) {
        const lac_edit *edit = &edits->items[i];
        to = put(data, to, part.ptr + from, edit->offset - from);
        to = put(data, to, edit->text.ptr, edit->text.len);
        from = edit->offset + edit->removed;
    }
    to = put(data, to, part.ptr + from, part.len - from);
    data[to] = '\0';
    *out = data;
    *length = to;
    return LACUNA_OK;
}

static bool same(lac_span edited, size_t at, lac_span part, size_t from, size_t length)
{
    return at <= edited.len && length <= edited.len - at &&
           memcmp(edited.ptr + at, part.ptr + from, length) == 0;
}

lacuna_status lac_splice_prove(lac_span edited, lac_span part, const lac_edits *edits,
                               lacuna_error *err)
{
    size_t from = 0, at = 0;
    bool equal = true;
    for (size_t i = 0; i < edits->count && equal; i++) {
        const lac_edit *edit = &edits->items[i];
        size_t kept = edit->offset - from;
        equal = same(edited, at, part, from, kept) &&
                same(edited, at + kept, edit->text, 0, edit->text.len);
        at += kept + edit->text.len;
        from = edit->offset + edit->removed;
    }
    equal = equal && same(edited, at, part, from, part.len - from) &&
            edited.len == at + part.len - from;
    return equal ? LACUNA_OK
                 : lac_fail(err, LACUNA_E_INTERNAL,
                            "the original could not be had back from the changed document");
}
