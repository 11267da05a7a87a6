#include "parsers/docx/number_format.h"

#include "parsers/docx/number_words.h"
#include "support/utf8.h"

#include <stdio.h>
#include <string.h>

/* Rows of signs; one character each, so a row is a UTF-8 string. */
static const char *const rows[] = {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "abcdefghijklmnopqrstuvwxyz",
    "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ",
    "абвгдежзиклмнопрстуфхцчшщэюя",
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "甲乙丙丁戊己庚辛壬癸",
    "子丑寅卯辰巳午未申酉戌亥",
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ",
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセ"
    "ス",
    "가나다라마바사아자차카타파하",
    "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
    "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "*†‡§",
};
enum {
    ROW_UPPER,
    ROW_LOWER,
    ROW_RUSSIAN_UPPER,
    ROW_RUSSIAN_LOWER,
    ROW_CIRCLE,
    ROW_FULL_STOP,
    ROW_PAREN,
    ROW_IDEOGRAPH_CIRCLE,
    ROW_STEMS,
    ROW_BRANCHES,
    ROW_AIUEO_FULL,
    ROW_AIUEO,
    ROW_IROHA,
    ROW_GANADA,
    ROW_CHOSUNG,
    ROW_ARABIC,
    ROW_THAI,
    ROW_CHICAGO,
};

/* Digits 0..9 of positional formats. */
static const char *const digits[] = {
    "０１２３４５６７８９", "〇一二三四五六七八九", "○一二三四五六七八九",
    "영일이삼사오육칠팔구", "๐๑๒๓๔๕๖๗๘๙",           "०१२३४५६७८९",
};
enum { DIGITS_FULL, DIGITS_IDEOGRAPH, DIGITS_TAIWAN, DIGITS_KOREAN, DIGITS_THAI, DIGITS_HINDI };

typedef struct named_style {
    const char *name;
    lac_number_style style;
} named_style;

static const named_style names[] = {
    {"none", {LAC_NUMBER_NONE, 0, 0}},
    {"bullet", {LAC_NUMBER_BULLET, 0, 0}},
    {"decimal", {LAC_NUMBER_DECIMAL, 0, 0}},
    {"decimalHalfWidth", {LAC_NUMBER_DECIMAL, 0, 0}},
    {"decimalZero", {LAC_NUMBER_PADDED, 0, 2}},
    {"upperRoman", {LAC_NUMBER_UPPER_ROMAN, 0, 0}},
    {"lowerRoman", {LAC_NUMBER_LOWER_ROMAN, 0, 0}},
    {"upperLetter", {LAC_NUMBER_ALPHABET, ROW_UPPER, 0}},
    {"lowerLetter", {LAC_NUMBER_ALPHABET, ROW_LOWER, 0}},
    {"ordinal", {LAC_NUMBER_ORDINAL, 0, 0}},
    {"cardinalText", {LAC_NUMBER_CARDINAL_TEXT, 0, 0}},
    {"ordinalText", {LAC_NUMBER_ORDINAL_TEXT, 0, 0}},
    {"hex", {LAC_NUMBER_HEX, 0, 0}},
    {"numberInDash", {LAC_NUMBER_IN_DASH, 0, 0}},
    {"chicago", {LAC_NUMBER_ALPHABET, ROW_CHICAGO, 0}},
    {"russianUpper", {LAC_NUMBER_ALPHABET, ROW_RUSSIAN_UPPER, 0}},
    {"russianLower", {LAC_NUMBER_ALPHABET, ROW_RUSSIAN_LOWER, 0}},
    {"arabicAlpha", {LAC_NUMBER_ALPHABET, ROW_ARABIC, 0}},
    {"thaiLetters", {LAC_NUMBER_ALPHABET, ROW_THAI, 0}},
    {"decimalEnclosedCircle", {LAC_NUMBER_SERIES, ROW_CIRCLE, 0}},
    {"decimalEnclosedCircleChinese", {LAC_NUMBER_SERIES, ROW_CIRCLE, 0}},
    {"decimalEnclosedFullstop", {LAC_NUMBER_SERIES, ROW_FULL_STOP, 0}},
    {"decimalEnclosedParen", {LAC_NUMBER_SERIES, ROW_PAREN, 0}},
    {"ideographEnclosedCircle", {LAC_NUMBER_SERIES, ROW_IDEOGRAPH_CIRCLE, 0}},
    {"ideographTraditional", {LAC_NUMBER_CYCLE, ROW_STEMS, 0}},
    {"ideographZodiac", {LAC_NUMBER_CYCLE, ROW_BRANCHES, 0}},
    {"aiueoFullWidth", {LAC_NUMBER_CYCLE, ROW_AIUEO_FULL, 0}},
    {"aiueo", {LAC_NUMBER_CYCLE, ROW_AIUEO, 0}},
    {"irohaFullWidth", {LAC_NUMBER_CYCLE, ROW_IROHA, 0}},
    {"ganada", {LAC_NUMBER_CYCLE, ROW_GANADA, 0}},
    {"chosung", {LAC_NUMBER_CYCLE, ROW_CHOSUNG, 0}},
    {"decimalFullWidth", {LAC_NUMBER_DIGITS, DIGITS_FULL, 0}},
    {"decimalFullWidth2", {LAC_NUMBER_DIGITS, DIGITS_FULL, 0}},
    {"ideographDigital", {LAC_NUMBER_DIGITS, DIGITS_IDEOGRAPH, 0}},
    {"japaneseDigitalTenThousand", {LAC_NUMBER_DIGITS, DIGITS_IDEOGRAPH, 0}},
    {"taiwaneseDigital", {LAC_NUMBER_DIGITS, DIGITS_TAIWAN, 0}},
    {"koreanDigital", {LAC_NUMBER_DIGITS, DIGITS_KOREAN, 0}},
    {"thaiNumbers", {LAC_NUMBER_DIGITS, DIGITS_THAI, 0}},
    {"hindiNumbers", {LAC_NUMBER_DIGITS, DIGITS_HINDI, 0}},
    {"chineseCounting", {LAC_NUMBER_COUNTING, LAC_COUNT_CHINESE_TENS, 0}},
    {"taiwaneseCounting", {LAC_NUMBER_COUNTING, LAC_COUNT_TAIWANESE_TENS, 0}},
    {"chineseCountingThousand", {LAC_NUMBER_COUNTING, LAC_COUNT_CHINESE, 0}},
    {"taiwaneseCountingThousand", {LAC_NUMBER_COUNTING, LAC_COUNT_TAIWANESE, 0}},
    {"japaneseCounting", {LAC_NUMBER_COUNTING, LAC_COUNT_JAPANESE, 0}},
    {"koreanCounting", {LAC_NUMBER_COUNTING, LAC_COUNT_KOREAN, 0}},
    {"chineseLegalSimplified", {LAC_NUMBER_COUNTING, LAC_COUNT_CHINESE_LEGAL, 0}},
    {"ideographLegalTraditional", {LAC_NUMBER_COUNTING, LAC_COUNT_TRADITIONAL_LEGAL, 0}},
};

/* Custom formats are given by example: "001, 002, 003, ..." (ECMA-376 17.9.17, Office 2010). Only
 * the ones of zero-padded digits are defined by Word itself. */
static lac_number_style custom_style(lac_span custom)
{
    size_t zeros = 0;
    while (zeros < custom.len && custom.ptr[zeros] == '0') {
        zeros++;
    }
    bool padded = zeros > 0 && zeros < 9 && zeros < custom.len && custom.ptr[zeros] == '1' &&
                  (zeros + 1 == custom.len || custom.ptr[zeros + 1] == ',');
    return padded ? (lac_number_style){LAC_NUMBER_PADDED, 0, (uint8_t)(zeros + 1)}
                  : (lac_number_style){LAC_NUMBER_UNKNOWN, 0, 0};
}

lac_number_style lac_number_style_named(lac_span value, lac_span custom)
{
    if (value.len == 0) {
        return lac_number_style_decimal(); /* the default of the attribute's element */
    }
    if (lac_span_is(value, "custom")) {
        return custom_style(custom);
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (lac_span_is(value, names[i].name)) {
            return names[i].style;
        }
    }
    return (lac_number_style){LAC_NUMBER_UNKNOWN, 0, 0};
}

/* ---- printing -------------------------------------------------------------------------------- */

static size_t row_length(const char *row)
{
    size_t count = 0;
    for (; *row != '\0'; row++) {
        count += ((unsigned char)*row & 0xC0) != 0x80;
    }
    return count;
}

/* The sign at `index`, which is below the row's length. */
static lac_span row_sign(const char *row, size_t index)
{
    lac_span rest = lac_span_of(row);
    for (;;) {
        size_t length;
        (void)lac_utf8_decode(rest, &length);
        if (index == 0) {
            return lac_span_make(rest.ptr, length);
        }
        index--;
        rest = lac_span_make(rest.ptr + length, rest.len - length);
    }
}

static lacuna_status print_roman(lac_buf *out, int32_t value, bool upper)
{
    static const struct {
        int32_t value;
        const char *upper, *lower;
    } parts[] = {
        {1000, "M", "m"}, {900, "CM", "cm"}, {500, "D", "d"},  {400, "CD", "cd"}, {100, "C", "c"},
        {90, "XC", "xc"}, {50, "L", "l"},    {40, "XL", "xl"}, {10, "X", "x"},    {9, "IX", "ix"},
        {5, "V", "v"},    {4, "IV", "iv"},   {1, "I", "i"},
    };
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        while (value >= parts[i].value && status == LACUNA_OK) {
            status = lac_buf_append_text(out, upper ? parts[i].upper : parts[i].lower);
            value -= parts[i].value;
        }
    }
    return status;
}

/* 27 is AA, 28 is BB: the sign is repeated (ECMA-376 17.18.59, upperLetter). */
static lacuna_status print_alphabet(lac_buf *out, const char *row, int32_t value)
{
    size_t length = row_length(row);
    size_t index = (size_t)(value - 1);
    lac_span sign = row_sign(row, index % length);
    lacuna_status status = LACUNA_OK;
    for (size_t times = index / length + 1; times > 0 && status == LACUNA_OK; times--) {
        status = lac_buf_append_span(out, sign);
    }
    return status;
}

static lacuna_status print_series(lac_buf *out, const char *row, int32_t value, bool cycle)
{
    size_t length = row_length(row);
    size_t index = (size_t)(value - 1);
    if (index >= length && !cycle) {
        return lac_buf_printf(out, "%d", (int)value);
    }
    return lac_buf_append_span(out, row_sign(row, index % length));
}

static lacuna_status print_digits(lac_buf *out, const char *row, int32_t value)
{
    char text[16];
    int length = snprintf(text, sizeof text, "%d", (int)value);
    lacuna_status status = LACUNA_OK;
    for (int i = 0; i < length && status == LACUNA_OK; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        status = digit ? lac_buf_append_span(out, row_sign(row, (size_t)(text[i] - '0')))
                       : lac_buf_append_char(out, text[i]);
    }
    return status;
}

static const char *ordinal_ending(int32_t value)
{
    int32_t last = value % 10;
    if (value % 100 / 10 == 1 || last == 0 || last > 3) {
        return "th";
    }
    return last == 1 ? "st" : last == 2 ? "nd" : "rd";
}

static lacuna_status print_positive(lac_buf *out, lac_number_style style, int32_t value,
                                    bool *known)
{
    switch ((lac_number_format)style.format) {
    case LAC_NUMBER_UPPER_ROMAN:
    case LAC_NUMBER_LOWER_ROMAN:
        return print_roman(out, value, style.format == LAC_NUMBER_UPPER_ROMAN);
    case LAC_NUMBER_ORDINAL:
        return lac_buf_printf(out, "%d%s", (int)value, ordinal_ending(value));
    case LAC_NUMBER_CARDINAL_TEXT:
    case LAC_NUMBER_ORDINAL_TEXT:
        return lac_number_words(out, value, style.format == LAC_NUMBER_ORDINAL_TEXT, known);
    case LAC_NUMBER_ALPHABET:
        return print_alphabet(out, rows[style.table], value);
    case LAC_NUMBER_SERIES:
        return print_series(out, rows[style.table], value, false);
    case LAC_NUMBER_CYCLE:
        return print_series(out, rows[style.table], value, true);
    case LAC_NUMBER_COUNTING:
        return lac_number_counting(out, style.table, value, known);
    default:
        *known = false;
        return LACUNA_OK;
    }
}

/* Bounds what a hostile start value can print: "A" repeated 80 million times, "M" two million. */
enum { LARGEST_REPEATED = 32767 };

lacuna_status lac_number_print(lac_buf *out, lac_number_style style, int32_t value, bool *known)
{
    switch ((lac_number_format)style.format) {
    case LAC_NUMBER_UNKNOWN:
        *known = false;
        return LACUNA_OK;
    case LAC_NUMBER_NONE:
    case LAC_NUMBER_BULLET:
        return LACUNA_OK;
    case LAC_NUMBER_DECIMAL:
        return lac_buf_printf(out, "%d", (int)value);
    case LAC_NUMBER_PADDED:
        return lac_buf_printf(out, "%0*d", (int)style.width, (int)value);
    case LAC_NUMBER_HEX:
        return lac_buf_printf(out, "%X", (unsigned)value);
    case LAC_NUMBER_IN_DASH:
        return lac_buf_printf(out, "- %d -", (int)value);
    case LAC_NUMBER_DIGITS:
        return print_digits(out, digits[style.table], value);
    default:
        break;
    }
    if (value == 0 && style.format == LAC_NUMBER_ORDINAL) {
        return lac_buf_append_text(out, "0th");
    }
    if (value <= 0 || value > LARGEST_REPEATED) {
        *known = value == 0; /* Word prints nothing for zero in these */
        return LACUNA_OK;
    }
    return print_positive(out, style, value, known);
}
