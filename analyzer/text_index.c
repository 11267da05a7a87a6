#include "analyzer/text_index.h"

#include "analyzer/fold_word.h"
#include "analyzer/text_index_words.h"
#include "analyzer/word_table.h"
#include "analyzer/words.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>

/* A vocabulary entry in sorted order. `key` is its first eight bytes, so that most comparisons
 * while sorting are one of integers. */
typedef struct ranked {
    uint64_t key;
    lac_span text;
    uint32_t word;
    bool spelled; /* the American spelling of the word, not the word itself */
} ranked;

struct lac_text_index {
    lac_span text;
    lac_token *tokens;
    size_t token_cap;
    uint32_t token_count;
    uint32_t *sentence_first; /* first token of each sentence */
    size_t sentence_cap;
    uint32_t sentence_count;
    lac_word_table words;    /* distinct lower-cased words */
    lac_word_table folds;    /* distinct folded words */
    uint32_t *fold_of;       /* word -> fold */
    uint32_t *posting_start; /* fold -> begin in postings[]; one more than folds */
    uint32_t *postings;
    lac_arena spellings;
    ranked *order;
    uint32_t order_count;
    uint32_t *ranks; /* two a word */
};

static lacuna_status fail_build(lacuna_error *err, lacuna_status status)
{
    if (status == LACUNA_E_NOMEM) {
        return lac_fail_nomem(err);
    }
    return lac_fail(err, status, "the text has too many words to index");
}

static lacuna_status begin_sentence(lac_text_index *index)
{
    lacuna_status status =
        lac_grow((void **)&index->sentence_first, &index->sentence_cap,
                 (size_t)index->sentence_count + 1, sizeof *index->sentence_first, UINT32_MAX / 8);
    if (status == LACUNA_OK) {
        index->sentence_first[index->sentence_count++] = index->token_count;
    }
    return status;
}

static lacuna_status add_token(lac_text_index *index, const lac_words *words)
{
    lacuna_status status = LACUNA_OK;
    if (words->sentence_ends || index->token_count == 0) {
        status = begin_sentence(index);
    }
    if (status == LACUNA_OK) {
        status = lac_grow((void **)&index->tokens, &index->token_cap,
                          (size_t)index->token_count + 1, sizeof *index->tokens, UINT32_MAX / 8);
    }
    uint32_t word = LAC_NO_WORD;
    if (status == LACUNA_OK) {
        status = lac_word_table_add(&word, &index->words, lac_words_lower(words));
    }
    if (status == LACUNA_OK) {
        index->tokens[index->token_count++] =
            (lac_token){(uint32_t)words->start, (uint32_t)(words->end - words->start), word,
                        index->sentence_count - 1};
    }
    return status;
}

static lacuna_status read_tokens(lac_text_index *index, lacuna_error *err)
{
    lac_words words;
    lac_words_init(&words, index->text);
    while (lac_words_next(&words)) {
        lacuna_status status = add_token(index, &words);
        if (status != LACUNA_OK) {
            return fail_build(err, status);
        }
    }
    if (words.malformed) {
        return lac_fail(err, LACUNA_E_FORMAT, "the text to index is not UTF-8");
    }
    return LACUNA_OK;
}

static uint64_t sort_key(lac_span text)
{
    uint64_t key = 0;
    for (size_t i = 0; i < 8; i++) {
        key = (key << 8) | (i < text.len ? (unsigned char)text.ptr[i] : 0u);
    }
    return key;
}

static int compare_ranked(const void *left, const void *right)
{
    const ranked *a = left;
    const ranked *b = right;
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

static void rank(lac_text_index *index, lac_span text, uint32_t word, bool spelled)
{
    index->order[index->order_count++] = (ranked){sort_key(text), text, word, spelled};
}

/* Folds one vocabulary word and enters it, and its other spelling, into the order. */
static lacuna_status fold_entry(lac_text_index *index, uint32_t word)
{
    char buffer[LAC_WORD_BYTES + LAC_FOLD_EXTRA];
    lac_span lower = index->words.words[word];
    rank(index, lower, word, false);
    lac_span spelled = lac_span_make(buffer, lac_spell_word(buffer, sizeof buffer, lower));
    if (!lac_span_equal(spelled, lower)) {
        char *copy = lac_arena_copy(&index->spellings, spelled);
        if (copy == NULL) {
            return LACUNA_E_NOMEM;
        }
        rank(index, lac_span_make(copy, spelled.len), word, true);
    }
    size_t length = lac_fold_lower(buffer, sizeof buffer, lower);
    return lac_word_table_add(&index->fold_of[word], &index->folds, lac_span_make(buffer, length));
}

static lacuna_status fold_vocabulary(lac_text_index *index)
{
    uint32_t count = index->words.count;
    index->fold_of = calloc((size_t)count + 1, sizeof *index->fold_of);
    index->order = calloc((size_t)count * 2 + 1, sizeof *index->order);
    index->ranks = malloc(((size_t)count * 2 + 1) * sizeof *index->ranks);
    if (index->fold_of == NULL || index->order == NULL || index->ranks == NULL) {
        return LACUNA_E_NOMEM;
    }
    for (uint32_t word = 0; word < count; word++) {
        lacuna_status status = fold_entry(index, word);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    qsort(index->order, index->order_count, sizeof *index->order, compare_ranked);
    memset(index->ranks, 0xFF, (size_t)count * 2 * sizeof *index->ranks);
    for (uint32_t at = 0; at < index->order_count; at++) {
        index->ranks[index->order[at].word * 2 + (index->order[at].spelled ? 1 : 0)] = at;
    }
    return LACUNA_OK;
}

/* Counting sort of the tokens by folded word; within a word they stay ascending. */
static lacuna_status build_postings(lac_text_index *index)
{
    uint32_t folds = index->folds.count;
    index->posting_start = calloc((size_t)folds + 2, sizeof *index->posting_start);
    index->postings = calloc((size_t)index->token_count + 1, sizeof *index->postings);
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

static lacuna_status build(lac_text_index *index, lacuna_error *err)
{
    lac_arena_init(&index->spellings);
    lacuna_status status = lac_word_table_init(&index->words);
    if (status == LACUNA_OK) {
        status = lac_word_table_init(&index->folds);
    }
    if (status != LACUNA_OK) {
        return fail_build(err, status);
    }
    status = read_tokens(index, err);
    if (status != LACUNA_OK) {
        return status;
    }
    status = fold_vocabulary(index);
    if (status == LACUNA_OK) {
        status = build_postings(index);
    }
    return status == LACUNA_OK ? LACUNA_OK : fail_build(err, status);
}

lacuna_status lac_text_index_new(lac_text_index **out, lac_span text, lacuna_error *err)
{
    *out = NULL;
    if (text.len >= UINT32_MAX / 8) {
        return lac_fail(err, LACUNA_E_LIMIT, "the text is too long to index (%zu bytes)", text.len);
    }
    lac_text_index *index = calloc(1, sizeof *index);
    if (index == NULL) {
        return lac_fail_nomem(err);
    }
    index->text = text;
    lacuna_status status = build(index, err);
    if (status != LACUNA_OK) {
        lac_text_index_free(index);
        return status;
    }
    *out = index;
    return LACUNA_OK;
}

void lac_text_index_free(lac_text_index *index)
{
    if (index == NULL) {
        return;
    }
    free(index->tokens);
    free(index->sentence_first);
    lac_word_table_free(&index->words);
    lac_word_table_free(&index->folds);
    free(index->fold_of);
    free(index->posting_start);
    free(index->postings);
    lac_arena_free(&index->spellings);
    free(index->order);
    free(index->ranks);
    free(index);
}

const lac_token *lac_text_index_tokens(const lac_text_index *index, uint32_t *count)
{
    *count = index->token_count;
    return index->tokens;
}

lac_span lac_text_index_text(const lac_text_index *index)
{
    return index->text;
}

uint32_t lac_text_index_at(const lac_text_index *index, uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = index->token_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (index->tokens[middle].start < offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t lac_text_index_fold(const lac_text_index *index, lac_span folded)
{
    return lac_word_table_find(&index->folds, folded);
}

uint32_t lac_text_index_fold_of(const lac_text_index *index, uint32_t word)
{
    return index->fold_of[word];
}

const uint32_t *lac_text_index_postings(const lac_text_index *index, uint32_t fold, uint32_t *count)
{
    if (fold == LAC_NO_WORD) {
        *count = 0;
        return index->postings;
    }
    uint32_t begin = index->posting_start[fold];
    *count = index->posting_start[fold + 1] - begin;
    return index->postings + begin;
}

/* First rank whose text, cut to the length of the prefix, is not below (or, `above`, is above). */
static uint32_t bound(const lac_text_index *index, lac_span prefix, bool above)
{
    uint32_t low = 0;
    uint32_t high = index->order_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        lac_span text = index->order[middle].text;
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

lac_rank_range lac_text_index_prefix(const lac_text_index *index, lac_span prefix)
{
    return (lac_rank_range){bound(index, prefix, false), bound(index, prefix, true)};
}

uint32_t lac_text_index_ranked_word(const lac_text_index *index, uint32_t rank_number)
{
    return index->order[rank_number].word;
}

void lac_text_index_ranks(const lac_text_index *index, uint32_t word, uint32_t ranks[2])
{
    ranks[0] = index->ranks[word * 2];
    ranks[1] = index->ranks[word * 2 + 1];
}

void lac_text_index_sentence(const lac_text_index *index, uint32_t sentence, uint32_t *first,
                             uint32_t *end)
{
    *first = index->sentence_first[sentence];
    *end = sentence + 1 < index->sentence_count ? index->sentence_first[sentence + 1]
                                                : index->token_count;
}
