/*
 * in_force.h - whether a guidance applies in a region on a day, and what to tell about its age.
 *
 * Purpose: guidances are followed by the date of a document; one that was replaced still counts for
 *   what was written before, and a report says so.
 */
#ifndef LAC_IN_FORCE_H
#define LAC_IN_FORCE_H

#include "analyzer/checklist.h"

typedef enum lac_standing {
    LAC_STANDING_UNTOLD, /* the pack gives no dates for the region */
    LAC_STANDING_NOT_YET,
    LAC_STANDING_IN_FORCE,
    LAC_STANDING_SUPERSEDED,
} lac_standing;

/* Days as "2025-09-08". */
lac_standing lac_standing_on(const lac_in_force *periods, uint32_t count, const char *region,
                             const char *day);

enum { LAC_NOTICES = 8 };

/* What a user of the pack should know on that day: superseded where and since when, a review of its
 * sources that is due. At most LAC_NOTICES sentences. */
lacuna_status lac_checklist_notices(const char *out[LAC_NOTICES], uint32_t *count, lac_arena *arena,
                                    const lac_checklist *checklist, const char *as_of);

#endif
