/*
 * owner.h - which number of a sentence a word belongs to.
 *
 * Purpose: finds swapped arms. "24 % with 60 mg and 2 % with placebo": placebo belongs to 2 %. A
 * word belongs to the nearest claim of a group (same unit and kind), where commas, "and", "versus"
 * and parentheses in between count as distance. Two lists of the same length belong together one by
 * one. Where two claims are about as near, nobody owns the word.
 */
#ifndef LAC_GROUND_OWNER_H
#define LAC_GROUND_OWNER_H

#include "drafter/ground/reading.h"

enum { LAC_NO_OWNER = UINT32_MAX };

typedef struct lac_owner {
    uint32_t claim; /* index, LAC_NO_OWNER */
    uint32_t cost;
    bool alone;   /* no other claim of the group stands in the sentence */
    bool topic;   /* it is said of all of them, so nobody owns it */
    bool foreign; /* it is said of a number of another kind */
} lac_owner;

/* Claims that could be exchanged for each other. */
bool lac_claim_same_group(const lac_claim *a, const lac_claim *b);

/* The owner of a mention among the claims of a segment that are in the group of `like`. */
lac_owner lac_owner_of(const lac_ground_reading *reading, const lac_segment *segment,
                       const lac_mention *mention, const lac_claim *like);

/* One of a list of words or labels: "20 mg, 60 mg or placebo". */
bool lac_owner_is_listed(const lac_ground_reading *reading, const lac_segment *segment,
                         const lac_mention *mention);

/* Which place a claim has in a list of its like, "3, 10 and 30 mg/kg"; false: it is in none. */
bool lac_owner_list_place(uint32_t *place, uint32_t *length, const lac_ground_reading *reading,
                          const lac_segment *segment, uint32_t claim);

/* A list of numbers and nothing that says what each of them is of. */
bool lac_owner_is_open_list(const lac_ground_reading *reading, const lac_segment *segment,
                            uint32_t claim);

#endif
