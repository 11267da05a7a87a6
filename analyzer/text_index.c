#include "analyzer/text_index.h"

#include "analyzer/text_index_words.h"
#include "analyzer/words.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>

enum { MOST_TOKENS = UINT32_MAX / 8 };

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
                 (size_t)index->sentence_count + 1, sizeof *index->sentence_first, MOST_TOKENS);
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
    if (status == LACUNA_OK && index->token_count == index->token_cap) {
        status = lac_grow((void **)&index->tokens, &index->token_cap,
                          (size_t)index->token_count + 1, sizeof *index->tokens, MOST_TOKENS);
    }
    uint32_t word = LAC_NO_WORD;
    if (status == LACUNA_OK) {
        status = lac_word_table_add(&word, &index->table, lac_words_lower(words));
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

/* Room for the words English text of this length has, so that it need not grow. */
static lacuna_status reserve(lac_text_index *index)
{
    size_t expected = index->text.len / 5 + 1;
    index->tokens = malloc(expected * sizeof *index->tokens);
    index->token_cap = index->tokens == NULL ? 0 : expected;
    return index->tokens == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

static lacuna_status build(lac_text_index *index, lacuna_error *err)
{
    lac_arena_init(&index->spelled);
    lacuna_status status = lac_word_table_init(&index->table);
    if (status == LACUNA_OK) {
        status = lac_word_table_init(&index->folds);
    }
    if (status == LACUNA_OK) {
        status = reserve(index);
    }
    if (status != LACUNA_OK) {
        return fail_build(err, status);
    }
    status = read_tokens(index, err);
    if (status != LACUNA_OK) {
        return status;
    }
    status = lac_text_vocabulary_build(index);
    return status == LACUNA_OK ? LACUNA_OK : fail_build(err, status);
}

lacuna_status lac_text_index_new(lac_text_index **out, lac_span text, lacuna_error *err)
{
    *out = NULL;
    if (text.len >= UINT32_MAX) {
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
    lac_word_table_free(&index->table);
    lac_word_table_free(&index->folds);
    free(index->words.items);
    free(index->spellings.items);
    lac_arena_free(&index->spelled);
    free(index->spelling_of);
    free(index->fold_of);
    free(index->posting_start);
    free(index->postings);
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
