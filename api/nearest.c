#include "analyzer/near_name.h"
#include "include/lacuna.h"

const char *lacuna_nearest(const char *word, const char *const *candidates, size_t count)
{
    lac_near_name near = lac_near_name_of(word);
    for (size_t i = 0; i < count; i++) {
        lac_near_name_try(&near, candidates[i]);
    }
    return near.best;
}
