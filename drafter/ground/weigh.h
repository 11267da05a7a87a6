/*
 * weigh.h - whether a claim of a source is about what the claim of a draft is about.
 *
 * Purpose: the right value about something else supports nothing. Looked at: whose the words near
 * the claim are (owner.h), labels that have to be there (placebo, 60 mg, Week 4), the direction of
 * a change, words that mean the opposite (polarity.h), and how much of the sentence is there at
 * all.
 */
#ifndef LAC_GROUND_WEIGH_H
#define LAC_GROUND_WEIGH_H

#include "drafter/ground/sources.h"

typedef enum lac_fit {
    LAC_FIT_GOOD,
    LAC_FIT_UNSURE,      /* the source tells by "respectively", or in a list, whose it is */
    LAC_FIT_ELSEWHERE,   /* the value stands there about something else */
    LAC_FIT_NOT_TIED,    /* the source does not tie a label of the draft to the value */
    LAC_FIT_OPPOSITE,    /* the sentence says the opposite */
    LAC_FIT_DIRECTION,   /* up instead of down */
    LAC_FIT_OTHER_OWNER, /* in the source a word near it belongs to another value */
} lac_fit;

typedef struct lac_weighing {
    lac_fit fit;
    uint32_t token;       /* of the draft: the word it is about; UINT32_MAX: none */
    uint32_t other_claim; /* of the source: whose that word is; UINT32_MAX */
    uint32_t shared;      /* words and labels of the sentence that the source has there */
} lac_weighing;

typedef struct lac_ground_place {
    const lac_ground_reading *reading;
    const lac_segment *segment;
    uint32_t claim;
} lac_ground_place;

/* `apart`: the values have different signs, so that a word has to tell the direction. */
lac_weighing lac_weigh(const lac_ground_place *draft, const lac_ground_place *source, bool apart);

/* How many of the draft's words and labels a segment has, by itself and by its labels. */
uint32_t lac_shared_mentions(const lac_segment *draft, const lac_segment *source);

#endif
