/*
 * number_words.h - numbers in words: English, and the East Asian ways of counting.
 */
#ifndef LAC_DOCX_NUMBER_WORDS_H
#define LAC_DOCX_NUMBER_WORDS_H

#include "support/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* "One hundred twenty-three" or "One hundred twenty-third", as Word writes them; 1..32767. */
lacuna_status lac_number_words(lac_buf *out, int32_t value, bool ordinal, bool *known);

/* Ways of counting; the ..._TENS ones count by tens up to 99 and list digits from 100 on. */
enum {
    LAC_COUNT_CHINESE_TENS,
    LAC_COUNT_TAIWANESE_TENS,
    LAC_COUNT_CHINESE,
    LAC_COUNT_TAIWANESE,
    LAC_COUNT_JAPANESE,
    LAC_COUNT_KOREAN,
    LAC_COUNT_CHINESE_LEGAL,
    LAC_COUNT_TRADITIONAL_LEGAL,
};

/* 1..9999; beyond that *known becomes false. */
lacuna_status lac_number_counting(lac_buf *out, uint8_t way, int32_t value, bool *known);

#endif
