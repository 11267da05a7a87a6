#include "parsers/docx/number_words.h"

#include "support/utf8.h"

#include <string.h>

static const char *const cardinals[] = {
    "zero",     "one",     "two",     "three",     "four",     "five",     "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
};
static const char *const ordinals[] = {
    "zeroth",     "first",     "second",    "third",       "fourth",     "fifth",      "sixth",
    "seventh",    "eighth",    "ninth",     "tenth",       "eleventh",   "twelfth",    "thirteenth",
    "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
};
static const char *const tens[] = {"",      "",      "twenty",  "thirty", "forty",
                                   "fifty", "sixty", "seventy", "eighty", "ninety"};
static const char *const tenths[] = {"",          "",         "twentieth", "thirtieth",
                                     "fortieth",  "fiftieth", "sixtieth",  "seventieth",
                                     "eightieth", "ninetieth"};

/* 1..99 */
static lacuna_status append_below_hundred(lac_buf *out, int32_t value, bool ordinal)
{
    if (value < 20) {
        return lac_buf_append_text(out, (ordinal ? ordinals : cardinals)[value]);
    }
    if (value % 10 == 0) {
        return lac_buf_append_text(out, (ordinal ? tenths : tens)[value / 10]);
    }
    return lac_buf_printf(out, "%s-%s", tens[value / 10],
                          (ordinal ? ordinals : cardinals)[value % 10]);
}

/* 1..999 */
static lacuna_status append_below_thousand(lac_buf *out, int32_t value, bool ordinal)
{
    lacuna_status status = LACUNA_OK;
    if (value >= 100) {
        bool last = value % 100 == 0;
        status = lac_buf_printf(out, "%s hundred%s", cardinals[value / 100],
                                !last     ? " "
                                : ordinal ? "th"
                                          : "");
        value %= 100;
    }
    return value > 0 && status == LACUNA_OK ? append_below_hundred(out, value, ordinal) : status;
}

lacuna_status lac_number_words(lac_buf *out, int32_t value, bool ordinal, bool *known)
{
    if (value < 1 || value > 32767) {
        *known = false;
        return LACUNA_OK;
    }
    size_t start = out->len;
    lacuna_status status = LACUNA_OK;
    if (value >= 1000) {
        status = append_below_thousand(out, value / 1000, false);
        bool last = value % 1000 == 0;
        if (status == LACUNA_OK) {
            status = lac_buf_append_text(out, !last     ? " thousand "
                                              : ordinal ? " thousandth"
                                                        : " thousand");
        }
        value %= 1000;
    }
    if (value > 0 && status == LACUNA_OK) {
        status = append_below_thousand(out, value, ordinal);
    }
    if (status == LACUNA_OK) {
        out->data[start] = (char)(out->data[start] - 'a' + 'A');
    }
    return status;
}

/* ---- East Asian counting --------------------------------------------------------------------- */

typedef struct counting {
    const char *digits; /* 0..9 */
    const char *units;  /* ten, hundred, thousand */
    bool one_in_front;  /* "one hundred", not "hundred" */
    bool one_before_ten;
    bool zero_between; /* 101 is "one hundred zero one" */
    bool tens_only;    /* positional from 100 on */
} counting;

static const counting ways[] = {
    [LAC_COUNT_CHINESE_TENS] = {"○一二三四五六七八九", "十百千", true, false, true, true},
    [LAC_COUNT_TAIWANESE_TENS] = {"○一二三四五六七八九", "十百千", true, false, true, true},
    [LAC_COUNT_CHINESE] = {"零一二三四五六七八九", "十百千", true, false, true, false},
    [LAC_COUNT_TAIWANESE] = {"零一二三四五六七八九", "十百千", true, false, true, false},
    [LAC_COUNT_JAPANESE] = {"〇一二三四五六七八九", "十百千", false, false, false, false},
    [LAC_COUNT_KOREAN] = {"영일이삼사오육칠팔구", "십백천", false, false, false, false},
    [LAC_COUNT_CHINESE_LEGAL] = {"零壹贰叁肆伍陆柒捌玖", "拾佰仟", true, true, true, false},
    [LAC_COUNT_TRADITIONAL_LEGAL] = {"零壹貳參肆伍陸柒捌玖", "拾佰仟", true, true, true, false},
};

/* All signs used here are three bytes long in UTF-8. */
static lacuna_status append_sign(lac_buf *out, const char *row, int32_t index)
{
    return lac_buf_append(out, row + 3 * (size_t)index, 3);
}

static lacuna_status append_listed(lac_buf *out, const counting *way, int32_t value)
{
    lacuna_status status = LACUNA_OK;
    for (int32_t unit = 1000; unit > 0 && status == LACUNA_OK; unit /= 10) {
        if (value >= unit) {
            status = append_sign(out, way->digits, value / unit % 10);
        }
    }
    return status;
}

static lacuna_status append_counted(lac_buf *out, const counting *way, int32_t value)
{
    lacuna_status status = LACUNA_OK;
    bool started = false;
    bool gap = false;
    int32_t unit = 1000;
    for (int32_t place = 3; place >= 0 && status == LACUNA_OK; place--, unit /= 10) {
        int32_t digit = value / unit % 10;
        if (digit == 0) {
            gap = started;
            continue;
        }
        if (gap && way->zero_between) {
            status = append_sign(out, way->digits, 0);
        }
        /* "ten", but "one hundred ten" in Chinese; Japanese and Korean never say the one. */
        bool one = place == 0 || digit > 1 ||
                   (place == 1 ? way->one_before_ten || (started && way->one_in_front)
                               : way->one_in_front);
        if (one && status == LACUNA_OK) {
            status = append_sign(out, way->digits, digit);
        }
        if (place > 0 && status == LACUNA_OK) {
            status = append_sign(out, way->units, place - 1);
        }
        started = true;
        gap = false;
    }
    return status;
}

lacuna_status lac_number_counting(lac_buf *out, uint8_t way, int32_t value, bool *known)
{
    if (value < 1 || value > 9999 || way >= sizeof ways / sizeof ways[0]) {
        *known = false;
        return LACUNA_OK;
    }
    const counting *chosen = &ways[way];
    return chosen->tens_only && value >= 100 ? append_listed(out, chosen, value)
                                             : append_counted(out, chosen, value);
}
