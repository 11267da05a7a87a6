#include "analyzer/near_name.h"

#include <string.h>

enum { LONGEST = 64 };

uint32_t lac_name_edits(const char *a, const char *b)
{
    uint32_t row[LONGEST + 1];
    size_t b_len = strlen(b);
    if (b_len > LONGEST || strlen(a) > LONGEST) {
        return UINT32_MAX;
    }
    for (uint32_t j = 0; j <= b_len; j++) {
        row[j] = j;
    }
    for (uint32_t i = 0; a[i] != '\0'; i++) {
        uint32_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < b_len; j++) {
            uint32_t change = diagonal + (a[i] == b[j] ? 0u : 1u);
            uint32_t edit = (row[j] < row[j + 1] ? row[j] : row[j + 1]) + 1;
            diagonal = row[j + 1];
            row[j + 1] = change < edit ? change : edit;
        }
    }
    return row[b_len];
}

lac_near_name lac_near_name_of(const char *word)
{
    size_t half = (strlen(word) + 1) / 2;
    uint32_t least = half <= LAC_NEAR_NAME_MOST ? (uint32_t)half : LAC_NEAR_NAME_MOST + 1;
    return (lac_near_name){word, NULL, least};
}

void lac_near_name_try(lac_near_name *near, const char *candidate)
{
    uint32_t edits = lac_name_edits(near->word, candidate);
    if (edits < near->least) {
        near->least = edits;
        near->best = candidate;
    }
}
