/*
 * counters.h - counting list paragraphs the way Word does (ECMA-376 17.9).
 *
 * Rules: counters belong to the definition (w:abstractNum), so lists that share one continue each
 *   other; a start override applies where its list is first used; a paragraph advances its level
 *   and restarts the deeper ones, unless w:lvlRestart says otherwise; a level above that was never
 *   used counts as its start value.
 * Ownership: arena of the caller. One set of counters per story: text boxes, notes and headers do
 *   not take part in the numbering of the main text.
 */
#ifndef LAC_DOCX_COUNTERS_H
#define LAC_DOCX_COUNTERS_H

#include "parsers/docx/numbering.h"
#include "support/buf.h"

typedef struct lac_counter {
    int32_t value[LAC_LIST_LEVELS];
    uint16_t running; /* bit l: level l has a value */
} lac_counter;

typedef struct lac_counters {
    const lac_numbering *numbering;
    lac_counter *definitions; /* per definition */
    uint8_t *used;            /* per list: has occurred */
} lac_counters;

lacuna_status lac_counters_init(lac_counters *counters, const lac_numbering *numbering,
                                lac_arena *arena);
/* Back to the start of a story. */
void lac_counters_reset(lac_counters *counters);

/* Counts one paragraph of a list at a level (0..8). */
void lac_counters_step(lac_counters *counters, const lac_list *list, int32_t level);

/* Whether any list of this definition has been counted. */
bool lac_counters_touched(const lac_counters *counters, const lac_list *list);

typedef struct lac_list_label {
    bool bullet;
    bool known; /* false: a number format that cannot be printed; nothing was appended */
} lac_list_label;

/* Appends what stands in front of the paragraph counted last: "6.4.8", "Appendix A", "•". */
lacuna_status lac_counters_print(lac_buf *out, lac_list_label *label, const lac_counters *counters,
                                 const lac_list *list, int32_t level);

#endif
