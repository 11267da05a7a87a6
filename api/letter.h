/*
 * letter.h - the handle of a letter.
 */
#ifndef LAC_API_LETTER_H
#define LAC_API_LETTER_H

#include "analyzer/letter/letter.h"
#include "api/filed.h"
#include "support/hash.h"

struct lacuna_letter {
    lac_letter_rules *rules;
    lac_letter *model;
    lac_digest digest;                  /* of the file's bytes */
    lac_filed_files filed;              /* what cites are looked up in */
    const lac_resolved_cite **resolved; /* of each query; NULL: nothing was given */
    char as_of[11];
    char path[]; /* as given, shown in reports */
};

#endif
