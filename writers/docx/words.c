#include "writers/docx/words.h"

static const char *const names[LAC_W_COUNT] = {"", "",
#define LAC_WORDS_NAME(symbol, name) name,
                                               LAC_WORDS(LAC_WORDS_NAME)
#undef LAC_WORDS_NAME
};

static int compare(lac_span name, const char *known)
{
    size_t length = strlen(known);
    int order = memcmp(name.ptr, known, name.len < length ? name.len : length);
    return order != 0 ? order : (name.len > length) - (name.len < length);
}

lac_word lac_word_find(lac_span local_name)
{
    size_t low = LAC_W_OTHER + 1, high = LAC_W_COUNT;
    while (low < high && local_name.len > 0) {
        size_t middle = low + (high - low) / 2;
        int order = compare(local_name, names[middle]);
        if (order == 0) {
            return (lac_word)middle;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return LAC_W_OTHER;
}

const char *lac_word_name(lac_word word)
{
    return word < LAC_W_COUNT ? names[word] : "";
}
