#include "analyzer/heading_words.h"

#include "analyzer/heading_fold.h"
#include "support/hash.h"

#include <stdlib.h>

/* Scores of the second stage are scaled by this: agreement through synonyms is a guess. */
static const double synonym_trust = 0.95;

/* Two words that change places often mean something else, so the content has to confirm it. */
static const double other_order = 0.90;

static const double whole_but_trial = 0.95;

/* A word of a set on its way: hash and weight together, so that sorting keeps them so. */
typedef struct weighed {
    uint64_t word;
    float weight;
} weighed;

typedef struct collected {
    weighed items[LAC_HEADING_WORDS];
    uint32_t count;
} collected;

static void collect(collected *set, uint64_t word, float weight)
{
    for (uint32_t i = 0; i < set->count; i++) {
        if (set->items[i].word == word) {
            return;
        }
    }
    if (set->count < LAC_HEADING_WORDS) {
        set->items[set->count++] = (weighed){word, weight};
    }
}

static int compare_words(const void *left, const void *right)
{
    uint64_t a = ((const weighed *)left)->word;
    uint64_t b = ((const weighed *)right)->word;
    return a < b ? -1 : a > b;
}

static lacuna_status keep_set(lac_word_set *out, lac_arena *arena, collected *set, bool turned)
{
    uint64_t *words = lac_arena_array(arena, set->count, sizeof *words);
    float *weights = lac_arena_array(arena, set->count, sizeof *weights);
    if (words == NULL || weights == NULL) {
        return LACUNA_E_NOMEM;
    }
    *out = (lac_word_set){.words = words, .weights = weights, .count = set->count};
    if (set->count == 2 && !turned) {
        out->order = (set->items[0].word * 1099511628211u ^ set->items[1].word) | 1;
    }
    qsort(set->items, set->count, sizeof set->items[0], compare_words);
    for (uint32_t i = 0; i < set->count; i++) {
        words[i] = set->items[i].word;
        weights[i] = set->items[i].weight;
        out->weight += weights[i];
        out->shape |= (uint64_t)1 << (words[i] >> 58);
    }
    return LACUNA_OK;
}

static void collect_folded(collected *set, const lac_heading_fold *fold,
                           const lac_synonyms *synonyms)
{
    uint32_t at = 0;
    while (at < fold->count) {
        const lac_canonical *canonical = NULL;
        uint32_t taken = synonyms == NULL ? 0
                                          : lac_synonyms_match(synonyms, fold->folded + at,
                                                               fold->count - at, &canonical);
        for (uint32_t i = 0; taken > 0 && i < canonical->count; i++) {
            collect(set, canonical->words[i], canonical->weights[i]);
        }
        if (taken == 0) {
            collect(set, fold->folded[at], fold->weights[at]);
        }
        at += taken == 0 ? 1 : taken;
    }
}

lacuna_status lac_heading_words_make(lac_heading_words *out, lac_arena *arena,
                                     const lac_synonyms *synonyms, lac_span title)
{
    *out = (lac_heading_words){{.count = 0}, {.count = 0}};
    lac_heading_fold fold;
    lac_heading_fold_make(&fold, title);
    collected set;
    set.count = 0;
    for (uint32_t i = 0; i < fold.count; i++) {
        collect(&set, fold.plain[i], fold.weights[i]);
    }
    lacuna_status status = keep_set(&out->plain, arena, &set, fold.turned);
    if (status != LACUNA_OK) {
        return status;
    }
    set.count = 0;
    collect_folded(&set, &fold, synonyms);
    return keep_set(&out->folded, arena, &set, fold.turned);
}

/* Weight of the words two sets have in common, and how many these are. */
static double common_weight(const lac_word_set *a, const lac_word_set *b, uint32_t *count)
{
    double sum = 0;
    uint32_t i = 0;
    uint32_t j = 0;
    *count = 0;
    while (i < a->count && j < b->count) {
        if (a->words[i] == b->words[j]) {
            sum += (double)a->weights[i];
            (*count)++;
            i++;
            j++;
        } else if (a->words[i] < b->words[j]) {
            i++;
        } else {
            j++;
        }
    }
    return sum;
}

/* All words of the shorter are in the longer. A single word inside a long heading says little, two
 * and more say what it is about. */
static double contained_score(double shorter, double longer, uint32_t words)
{
    double share = shorter / longer;
    double score = words > 1 ? 0.60 + 0.35 * share : 0.45 + 0.40 * share;
    return score < 0.95 ? score : 0.95;
}

/* "Study population" names what "Population" does: that it is about the trial goes without saying.
 */
static bool only_adds_trial(const lac_word_set *shorter, const lac_word_set *longer)
{
    const uint64_t study = lac_hash(lac_span_of("study"));
    const uint64_t trial = lac_hash(lac_span_of("trial"));
    uint32_t i = 0;
    for (uint32_t j = 0; j < longer->count; j++) {
        if (i < shorter->count && shorter->words[i] == longer->words[j]) {
            i++;
        } else if (longer->words[j] != study && longer->words[j] != trial) {
            return false;
        }
    }
    return i == shorter->count;
}

static double likeness(const lac_word_set *a, const lac_word_set *b)
{
    if ((a->shape & b->shape) == 0) {
        return 0;
    }
    uint32_t count;
    double common = common_weight(a, b, &count);
    if (count == 0) {
        return 0;
    }
    if (count == a->count && count == b->count) {
        bool changed = a->order != 0 && b->order != 0 && a->order != b->order;
        return changed ? other_order : 1;
    }
    double score = 2 * common / ((double)a->weight + (double)b->weight);
    if (count == a->count ? only_adds_trial(a, b) : count == b->count && only_adds_trial(b, a)) {
        return whole_but_trial;
    }
    if (count == a->count || count == b->count) {
        double shorter = count == a->count ? (double)a->weight : (double)b->weight;
        double longer = count == a->count ? (double)b->weight : (double)a->weight;
        double contained = contained_score(shorter, longer, count);
        return contained > score ? contained : score < 0.95 ? score : 0.95;
    }
    return score;
}

double lac_heading_likeness(const lac_heading_words *a, const lac_heading_words *b)
{
    double plain = likeness(&a->plain, &b->plain);
    if (plain >= synonym_trust) {
        return plain;
    }
    double folded = synonym_trust * likeness(&a->folded, &b->folded);
    return plain > folded ? plain : folded;
}
