#include "parsers/grammar/faults.h"

#include "support/utf8.h"

#include <string.h>

enum { FAULT_TEXT_MAX = 400 };

bool lac_faults_begin(lac_faults *faults, lac_arena *arena)
{
    *faults = (lac_faults){.arena = arena};
    faults->items = lac_arena_array(arena, LAC_FAULTS_MAX, sizeof *faults->items);
    return faults->items != NULL;
}

void lac_faults_add(lac_faults *faults, uint32_t line, const char *text)
{
    if (faults->count == LAC_FAULTS_MAX) {
        faults->more++;
        return;
    }
    lac_span first = lac_utf8_prefix(lac_span_make(text, strcspn(text, "\r\n")), FAULT_TEXT_MAX);
    char *copy = lac_arena_copy(faults->arena, first);
    if (copy == NULL) {
        faults->no_memory = true;
        return;
    }
    for (char *at = copy; !lac_utf8_valid(first) && *at != '\0'; at++) {
        *at = (unsigned char)*at < 0x80 ? *at : '?';
    }
    faults->items[faults->count++] = (lac_fault){line, copy};
}

void lac_faults_end(lac_judgement *out, const lac_faults *faults)
{
    out->faults = faults->items;
    out->fault_count = faults->count;
    out->more = faults->more;
}

void lac_error_guard_set(lac_error_guard *guard, void *user, xmlStructuredErrorFunc handler)
{
    guard->handler = xmlStructuredError;
    guard->user = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(user, handler);
}

void lac_error_guard_restore(const lac_error_guard *guard)
{
    xmlSetStructuredErrorFunc(guard->user, guard->handler);
}
