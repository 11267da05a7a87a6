#include "analyzer/text_index_words.h"

#include "analyzer/fold_word.h"
#include "analyzer/words.h"

#include <stdlib.h>

static uint64_t sort_key(lac_span text)
{
    uint64_t key = 0;
    for (size_t i = 0; i < 8; i++) {
        key = (key << 8) | (i < text.len ? (unsigned char)text.ptr[i] : 0u);
    }
    return key;
}

static int compare_entries(const void *left, const void *right)
{
    const lac_sorted_word *a = left;
    const lac_sorted_word *b = right;
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    size_t shorter = a->text.len < b->text.len ? a->text.len : b->text.len;
    int order = memcmp(a->text.ptr, b->text.ptr, shorter);
    if (order == 0) {
        order = (a->text.len > b->text.len) - (a->text.len < b->text.len);
    }
    return order != 0 ? order : (a->word > b->word) - (a->word < b->word);
}

static void sort(lac_sorted_words *sorted)
{
    if (sorted->count > 0) {
        qsort(sorted->items, sorted->count, sizeof *sorted->items, compare_entries);
    }
}

/* Sorts the vocabulary and gives the tokens the new numbers. */
static lacuna_status number_words(lac_text_index *index)
{
    uint32_t count = index->table.count;
    uint32_t *number = malloc(((size_t)count + 1) * sizeof *number);
    index->words.items = malloc(((size_t)count + 1) * sizeof *index->words.items);
    if (number == NULL || index->words.items == NULL) {
        free(number);
        return LACUNA_E_NOMEM;
    }
    index->words.count = count;
    for (uint32_t i = 0; i < count; i++) {
        lac_span text = index->table.words[i];
        index->words.items[i] = (lac_sorted_word){sort_key(text), text, i};
    }
    sort(&index->words);
    for (uint32_t rank = 0; rank < count; rank++) {
        number[index->words.items[rank].word] = rank;
        index->words.items[rank].word = rank;
    }
    for (uint32_t i = 0; i < index->token_count; i++) {
        index->tokens[i].word = number[index->tokens[i].word];
    }
    free(number);
    return LACUNA_OK;
}

static lacuna_status note_spelling(lac_text_index *index, uint32_t word, lac_span spelled)
{
    char *copy = lac_arena_copy(&index->spelled, spelled);
    if (copy == NULL) {
        return LACUNA_E_NOMEM;
    }
    index->spellings.items[index->spellings.count++] =
        (lac_sorted_word){sort_key(spelled), lac_span_make(copy, spelled.len), word};
    return LACUNA_OK;
}

static lacuna_status fold_entry(lac_text_index *index, uint32_t word)
{
    char spelled[LAC_WORD_BYTES + LAC_FOLD_EXTRA];
    char folded[LAC_WORD_BYTES + LAC_FOLD_EXTRA];
    lac_span lower = index->words.items[word].text;
    size_t length = lac_spell_word(spelled, sizeof spelled, lower);
    lac_span american = lac_span_make(spelled, length);
    lacuna_status status = LACUNA_OK;
    if (!lac_span_equal(american, lower)) {
        status = note_spelling(index, word, american);
    }
    if (status == LACUNA_OK) {
        length = lac_fold_spelled(folded, sizeof folded, american);
        status =
            lac_word_table_add(&index->fold_of[word], &index->folds, lac_span_make(folded, length));
    }
    return status;
}

static lacuna_status fold_words(lac_text_index *index)
{
    uint32_t count = index->words.count;
    index->fold_of = malloc(((size_t)count + 1) * sizeof *index->fold_of);
    index->spellings.items = malloc(((size_t)count + 1) * sizeof *index->spellings.items);
    index->spelling_of = malloc(((size_t)count + 1) * sizeof *index->spelling_of);
    if (index->fold_of == NULL || index->spellings.items == NULL || index->spelling_of == NULL) {
        return LACUNA_E_NOMEM;
    }
    for (uint32_t word = 0; word < count; word++) {
        index->spelling_of[word] = LAC_NO_WORD;
        lacuna_status status = fold_entry(index, word);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    sort(&index->spellings);
    for (uint32_t i = 0; i < index->spellings.count; i++) {
        index->spelling_of[index->spellings.items[i].word] = i;
    }
    return LACUNA_OK;
}

/* Counting sort of the tokens by folded word; within a word they stay ascending. */
static lacuna_status post_tokens(lac_text_index *index)
{
    uint32_t folds = index->folds.count;
    index->posting_start = calloc((size_t)folds + 2, sizeof *index->posting_start);
    index->postings = malloc(((size_t)index->token_count + 1) * sizeof *index->postings);
    if (index->posting_start == NULL || index->postings == NULL) {
        return LACUNA_E_NOMEM;
    }
    /* Shifted by one: after the tokens are dealt out, next[fold] is where fold + 1 begins. */
    uint32_t *next = index->posting_start + 1;
    for (uint32_t i = 0; i < index->token_count; i++) {
        next[index->fold_of[index->tokens[i].word]]++;
    }
    uint32_t sum = 0;
    for (uint32_t fold = 0; fold < folds; fold++) {
        uint32_t count = next[fold];
        next[fold] = sum;
        sum += count;
    }
    for (uint32_t i = 0; i < index->token_count; i++) {
        index->postings[next[index->fold_of[index->tokens[i].word]]++] = i;
    }
    return LACUNA_OK;
}

lacuna_status lac_text_vocabulary_build(lac_text_index *index)
{
    lacuna_status status = number_words(index);
    if (status == LACUNA_OK) {
        status = fold_words(index);
    }
    return status == LACUNA_OK ? post_tokens(index) : status;
}

/* First entry that is not below the prefix or, `above`, the first above all that begin with it. */
static uint32_t bound(const lac_sorted_words *sorted, lac_span prefix, bool above)
{
    uint32_t low = 0;
    uint32_t high = sorted->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        lac_span text = sorted->items[middle].text;
        size_t shorter = text.len < prefix.len ? text.len : prefix.len;
        int order = memcmp(text.ptr, prefix.ptr, shorter);
        if (order == 0 && text.len < prefix.len) {
            order = -1;
        }
        if (order < 0 || (above && order == 0)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

lac_word_range lac_sorted_words_prefix(const lac_sorted_words *sorted, lac_span prefix)
{
    return (lac_word_range){bound(sorted, prefix, false), bound(sorted, prefix, true)};
}
