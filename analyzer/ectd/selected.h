/*
 * selected.h - which sequences of a submission are looked at: all, or one that was named.
 *
 * Ownership: both arrays live in the arena.
 */
#ifndef LAC_ECTD_SELECTED_H
#define LAC_ECTD_SELECTED_H

#include "parsers/submission.h"

typedef struct lac_selected {
    uint32_t *sequences; /* per application: the one to look at; LAC_NONE: all, or none */
    const bool *chosen;  /* per sequence; NULL: all */
} lac_selected;

/* `name`: of the sequence's folder, or its number; NULL: all. LACUNA_E_NOTFOUND: there is none. */
lacuna_status lac_select_sequences(lac_selected *out, const lac_submission *submission,
                                   const char *name, lac_arena *arena, lacuna_error *err);

/* Whether anything of the application is looked at. */
static inline bool lac_is_selected(const lac_selected *selected, uint32_t application)
{
    return selected->chosen == NULL || selected->sequences[application] != LAC_NONE;
}

#endif
