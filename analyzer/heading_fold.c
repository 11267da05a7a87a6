#include "analyzer/heading_fold.h"

#include "analyzer/fold_word.h"
#include "analyzer/words.h"
#include "support/hash.h"

/* Words that let their neighbours stand in either order. */
static const char *const turning_words[4] = {"of", "for", "and", "or"};

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
        if (list[i][0] == word.ptr[0] && lac_span_is(word, list[i])) {
            return true;
        }
    }
    return false;
}

static void add_word(lac_heading_fold *out, lac_span lower)
{
    char light[LAC_WORD_BYTES + LAC_FOLD_EXTRA];
    char folded[LAC_WORD_BYTES + LAC_FOLD_EXTRA];
    size_t length = lac_fold_light(light, sizeof light, lower);
    out->plain[out->count] = lac_hash(lac_span_make(light, length));
    length = lac_fold_synonym(folded, sizeof folded, lac_span_make(light, length));
    lac_span word = lac_span_make(folded, length);
    out->folded[out->count] = lac_hash(word);
    out->weights[out->count] =
        is_listed(word, light_words, sizeof light_words / sizeof light_words[0]) ? light_weight
                                                                                 : 1.0F;
    out->count++;
}

void lac_heading_fold_make(lac_heading_fold *out, lac_span text)
{
    lac_words words;
    lac_words_init(&words, text);
    out->count = 0;
    out->turned = false;
    while (out->count < LAC_HEADING_WORDS && lac_words_next(&words)) {
        lac_span lower = lac_words_lower(&words);
        out->turned = out->turned || is_listed(lower, turning_words, 4);
        if (!is_listed(lower, stop_words, sizeof stop_words / sizeof stop_words[0])) {
            add_word(out, lower);
        }
    }
}
