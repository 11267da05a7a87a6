#include "analyzer/heading_fold.h"

#include "analyzer/fold_word.h"
#include "analyzer/words.h"
#include "support/hash.h"

static const char *const stop_words[] = {
    "the", "of",   "and",  "for", "to",  "in",   "a",   "an",     "on",
    "or",  "by",   "at",   "as",  "is",  "be",   "are", "with",   "from",
    "its", "this", "that", "if",  "any", "used", "per", "during", "s",
};

/* Words that stand in headings of every kind; folded. */
static const char *const light_words[] = {
    "trial",       "clinical",    "general",  "other",         "overall",
    "information", "protocol",    "section",  "consideration", "detail",
    "description", "participant", "specific", "additional",    "document",
};
static const float light_weight = 0.45F;

static bool is_listed(lac_span word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (lac_span_is(word, list[i])) {
            return true;
        }
    }
    return false;
}

void lac_heading_fold_make(lac_heading_fold *out, lac_span text)
{
    char buffer[LAC_WORD_BYTES + LAC_FOLD_EXTRA];
    lac_words words;
    lac_words_init(&words, text);
    out->count = 0;
    while (out->count < LAC_HEADING_WORDS && lac_words_next(&words)) {
        lac_span lower = lac_words_lower(&words);
        if (is_listed(lower, stop_words, sizeof stop_words / sizeof stop_words[0])) {
            continue;
        }
        size_t length = lac_fold_light(buffer, sizeof buffer, lower);
        out->plain[out->count] = lac_hash(lac_span_make(buffer, length));
        length = lac_fold_lower(buffer, sizeof buffer, lower);
        out->folded[out->count] = lac_hash(lac_span_make(buffer, length));
        out->count++;
    }
}

float lac_heading_word_weight(uint64_t folded)
{
    for (size_t i = 0; i < sizeof light_words / sizeof light_words[0]; i++) {
        if (lac_hash(lac_span_of(light_words[i])) == folded) {
            return light_weight;
        }
    }
    return 1.0F;
}
