#include "analyzer/ectd/selected.h"

#include "analyzer/ectd/check.h"
#include "support/error.h"

#include <string.h>

static bool is_named(const lac_sequence *sequence, const char *name)
{
    uint64_t wanted;
    uint64_t number;
    return strcmp(sequence->name, name) == 0 ||
           (lac_whole_number(&wanted, name) && lac_sequence_number(&number, sequence) &&
            wanted == number);
}

lacuna_status lac_select_sequences(lac_selected *out, const lac_submission *submission,
                                   const char *name, lac_arena *arena, lacuna_error *err)
{
    const lac_submission *s = submission;
    bool *chosen = lac_arena_array(arena, s->sequence_count, sizeof *chosen);
    uint32_t *sequences = lac_arena_array(arena, s->application_count, sizeof *sequences);
    bool any = false;
    if (chosen == NULL || sequences == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < s->application_count; i++) {
        sequences[i] = LAC_NONE;
    }
    for (uint32_t i = s->sequence_count; name != NULL && i-- > 0;) {
        chosen[i] = is_named(&s->sequences[i], name);
        any = any || chosen[i];
        if (chosen[i]) {
            sequences[s->sequences[i].application] = i;
        }
    }
    *out = (lac_selected){sequences, name == NULL ? NULL : chosen};
    return name == NULL || any
               ? LACUNA_OK
               : lac_fail_remedy(err, LACUNA_E_NOTFOUND, "`lacuna inventory` lists the sequences",
                                 "there is no sequence %.60s", name);
}
