#include "drafter/ground/zones.h"

#include "drafter/ground/calc.h"
#include "drafter/ground/check.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/utf8.h"

#include <stdlib.h>

enum { QUOTE_MAX = 4000, CITATION_MAX = 300 };

bool lac_ground_citation(lac_span *inside, lac_span text, size_t at)
{
    bool section = false;
    if (at >= text.len || text.ptr[at] != '[') {
        return false;
    }
    for (size_t i = at + 1; i < text.len && i < at + CITATION_MAX; i++) {
        char c = text.ptr[i];
        section = section || (c == '\xC2' && i + 1 < text.len && text.ptr[i + 1] == '\xA7');
        if (c == ']' || c == '[' || c == '\n') {
            *inside = lac_span_make(text.ptr + at + 1, i - at - 1);
            return c == ']' && section;
        }
    }
    return false;
}

/* "[DATA NEEDED: ...]": stands for what nobody has said. */
static bool find_needed(size_t *end, lac_span text, size_t at)
{
    static const char OPEN[] = "[DATA NEEDED:";
    size_t open = sizeof OPEN - 1;
    if (at + open > text.len || memcmp(text.ptr + at, OPEN, open) != 0) {
        return false;
    }
    for (size_t i = at + open; i < text.len && text.ptr[i] != '\n'; i++) {
        if (text.ptr[i] == ']') {
            *end = i + 1;
            return true;
        }
    }
    return false;
}

/* 1: opens, 2: closes, 3: either, by its form; 0: no quotation mark. */
static int quote_mark(lac_span text, size_t at, size_t *length)
{
    switch (lac_utf8_decode(lac_span_make(text.ptr + at, text.len - at), length)) {
    case '"':
        return 3;
    case 0x201C:
    case 0xAB:
    case 0x201E:
        return 1;
    case 0x201D:
    case 0xBB:
        return 2;
    default:
        return 0;
    }
}

static bool find_quote(size_t *end, lac_span text, size_t at)
{
    size_t length;
    if ((quote_mark(text, at, &length) & 1) == 0) {
        return false;
    }
    for (size_t i = at + length; i < text.len && i < at + QUOTE_MAX && text.ptr[i] != '\n';
         i += length) {
        if ((quote_mark(text, i, &length) & 2) != 0) {
            *end = i + length;
            return true;
        }
    }
    return false;
}

static bool find_zone(lac_zone *zone, lac_span text, size_t at)
{
    lac_span found;
    size_t end = at;
    if (lac_calc_find(&found, text, at)) {
        zone->kind = LAC_ZONE_CALC;
        end = at + found.len;
    } else if (find_needed(&end, text, at)) {
        zone->kind = LAC_ZONE_NEEDED;
    } else if (lac_ground_citation(&found, text, at)) {
        zone->kind = LAC_ZONE_CITATION;
        end = at + found.len + 2;
    } else if (find_quote(&end, text, at)) {
        zone->kind = LAC_ZONE_QUOTE;
    } else {
        return false;
    }
    zone->start = (uint32_t)at;
    zone->end = (uint32_t)end;
    return true;
}

lacuna_status lac_zones_find(lac_zones *out, lac_arena *arena, lac_span text, lacuna_error *err)
{
    lac_zone *list = NULL;
    size_t count = 0, cap = 0;
    lacuna_status status = text.len < UINT32_MAX ? LACUNA_OK : LACUNA_E_LIMIT;
    *out = (lac_zones){NULL, 0};
    for (size_t at = 0; at < text.len && status == LACUNA_OK;) {
        lac_zone zone = {0};
        if (!find_zone(&zone, text, at)) {
            at++;
            continue;
        }
        void *items = list;
        status = lac_grow(&items, &cap, count + 1, sizeof *list, UINT32_MAX);
        list = items;
        if (status == LACUNA_OK) {
            list[count++] = zone;
        }
        at = zone.end;
    }
    lac_zone *kept = lac_arena_array(arena, count + 1, sizeof *kept);
    if (kept != NULL && status == LACUNA_OK && count > 0) {
        memcpy(kept, list, count * sizeof *kept);
    }
    free(list);
    if (kept == NULL || status != LACUNA_OK) {
        return status == LACUNA_E_LIMIT ? lac_fail(err, status, "the draft is too long")
                                        : lac_fail_nomem(err);
    }
    *out = (lac_zones){kept, (uint32_t)count};
    return LACUNA_OK;
}

lac_zone *lac_zones_at(const lac_zones *zones, uint32_t at)
{
    uint32_t low = 0, high = zones->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (zones->items[middle].end <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < zones->count && zones->items[low].start <= at ? &zones->items[low] : NULL;
}
