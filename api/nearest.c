#include "analyzer/near_name.h"
#include "include/lacuna.h"

const char *lacuna_nearest(const char *word, const char *const *candidates, size_t count)
{
    const char *best = NULL;
    uint32_t least = LAC_NEAR_NAME_MOST + 1;
    for (size_t i = 0; i < count; i++) {
        uint32_t edits = lac_name_edits(word, candidates[i]);
        if (edits < least) {
            least = edits;
            best = candidates[i];
        }
    }
    return best;
}
