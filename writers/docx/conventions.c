#include "writers/docx/conventions.h"

#include <stdlib.h>

const char *lac_signal_name(lac_signal signal)
{
    static const char *const names[] = {"bracket",         "colour", "highlight", "paragraph-style",
                                        "character-style", "hidden", "italic",    "control-prompt"};
    return names[signal];
}

const char *lac_meaning_name(lac_meaning meaning)
{
    static const char *const names[] = {"text", "placeholder", "instruction", "optional"};
    return names[meaning];
}

void lac_conventions_free(lac_conventions *profile)
{
    if (profile != NULL) {
        lac_arena_free(&profile->arena);
        free(profile->items);
        free(profile);
    }
}

const lac_convention *lac_conventions_find(const lac_conventions *profile, lac_signal signal,
                                           lac_span value)
{
    for (size_t i = 0; profile != NULL && i < profile->count; i++) {
        const lac_convention *item = &profile->items[i];
        if (item->signal == signal && lac_span_equal_nocase(item->value, value)) {
            return item;
        }
    }
    return NULL;
}

lac_meaning lac_conventions_meaning(const lac_conventions *profile, lac_signal signal,
                                    lac_span value)
{
    const lac_convention *found = lac_conventions_find(profile, signal, value);
    return found == NULL ? LAC_MEANING_TEXT : found->meaning;
}
