#include "analyzer/in_force.h"

#include "support/buf.h"

#include <string.h>

lac_standing lac_standing_on(const lac_in_force *periods, uint32_t count, const char *region,
                             const char *day)
{
    for (uint32_t i = 0; i < count; i++) {
        const lac_in_force *period = &periods[i];
        if (strcmp(period->region, region) != 0) {
            continue;
        }
        if (strcmp(day, period->effective) < 0) {
            return LAC_STANDING_NOT_YET;
        }
        bool over = period->superseded != NULL && strcmp(day, period->superseded) >= 0;
        return over ? LAC_STANDING_SUPERSEDED : LAC_STANDING_IN_FORCE;
    }
    return LAC_STANDING_UNTOLD;
}

static const char *region_name(const char *region)
{
    return strcmp(region, "us") == 0 ? "US" : strcmp(region, "eu") == 0 ? "EU" : region;
}

static lacuna_status add(const char *out[LAC_NOTICES], uint32_t *count, lac_arena *arena,
                         const lac_buf *text, lacuna_status status)
{
    if (status == LACUNA_OK && *count < LAC_NOTICES) {
        out[*count] = lac_arena_copy(arena, lac_buf_span(text));
        status = out[*count] == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
        *count += status == LACUNA_OK ? 1 : 0;
    }
    return status;
}

static lacuna_status tell_standing(lac_buf *text, const lac_checklist *checklist,
                                   const lac_in_force *period, const char *as_of)
{
    const char *region = region_name(period->region);
    const char *by = checklist->superseded_by;
    if (strcmp(as_of, period->effective) < 0) {
        return lac_buf_printf(text, "not in force in the %s before %s", region, period->effective);
    }
    return lac_buf_printf(text, "superseded in the %s since %s%s%s", region, period->superseded,
                          by == NULL ? "" : " by ", by == NULL ? "" : by);
}

lacuna_status lac_checklist_notices(const char *out[LAC_NOTICES], uint32_t *count, lac_arena *arena,
                                    const lac_checklist *checklist, const char *as_of)
{
    lac_buf text;
    lac_buf_init(&text, 1024);
    lacuna_status status = LACUNA_OK;
    *count = 0;
    for (uint32_t i = 0; i < checklist->in_force_count && status == LACUNA_OK; i++) {
        const lac_in_force *period = &checklist->in_force[i];
        lac_standing standing = lac_standing_on(period, 1, period->region, as_of);
        if (standing == LAC_STANDING_SUPERSEDED || standing == LAC_STANDING_NOT_YET) {
            lac_buf_clear(&text);
            status = tell_standing(&text, checklist, period, as_of);
            status = add(out, count, arena, &text, status);
        }
    }
    if (status == LACUNA_OK && checklist->review_by != NULL &&
        strcmp(checklist->review_by, as_of) < 0) {
        lac_buf_clear(&text);
        status = lac_buf_printf(&text, "its sources were to be looked at again by %s",
                                checklist->review_by);
        status = add(out, count, arena, &text, status);
    }
    lac_buf_free(&text);
    return status;
}
