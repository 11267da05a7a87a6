/*
 * checking.h - shared by the files that check a draft; not for others.
 */
#ifndef LAC_GROUND_CHECKING_H
#define LAC_GROUND_CHECKING_H

#include "drafter/ground/check.h"
#include "drafter/ground/weigh.h"
#include "drafter/ground/zones.h"

typedef struct lac_checking {
    lac_arena *arena;
    const lac_sources *sources;
    const lac_ground_draft *draft;
    lac_ground_reading reading; /* of the draft */
    lac_zones zones;
    bool *allowed; /* per passage; NULL: everything */
    lac_ground_finding *items;
    size_t count, cap;
    lacuna_error *err;
} lac_checking;

/* Whether the draft may rest on a passage. */
bool lac_checking_allows(const lac_checking *c, uint32_t passage);
bool lac_checking_uncited(const lac_checking *c);

/* The sentence of the draft at a byte. NULL: the draft is empty. */
const lac_segment *lac_checking_segment(const lac_checking *c, uint32_t at);

/* Adds a finding; message as for printf. */
lacuna_status lac_checking_add(lac_checking *c, lac_ground_finding finding, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A claim of the draft; `claim` is in the reading or an operand that stands at `segment`. */
typedef struct lac_claim_verdict {
    lac_grounding grounding;
    const char *reason;
    lac_weighing weighing;
    uint32_t passage, claim; /* of the sources; UINT32_MAX: none */
} lac_claim_verdict;

void lac_checking_claim(lac_claim_verdict *out, const lac_checking *c, uint32_t claim);
/* An operand: its value in any unit, in a segment that shares words with the sentence. */
void lac_checking_operand(lac_claim_verdict *out, const lac_checking *c, const lac_claim *operand,
                          const lac_segment *segment);
/* The claim of the sources that is most like one that was not found. */
void lac_checking_nearest(lac_claim_verdict *out, const lac_checking *c, const lac_claim *claim,
                          const lac_segment *segment);

lacuna_status lac_checking_quotes(lac_checking *c);
lacuna_status lac_checking_calcs(lac_checking *c);
lacuna_status lac_checking_sentences(lac_checking *c);

#endif
