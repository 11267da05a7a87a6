/* Counter values in Word's number formats (ECMA-376 17.18.59), beyond the first few. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/docx/number_format.h"
#include "parsers/docx/symbols.h"

static void assert_prints(const char *format, const char *custom, int32_t value,
                          const char *expected)
{
    lac_buf out;
    lac_buf_init(&out, 4096);
    bool known = true;
    lac_number_style style = lac_number_style_named(lac_span_of(format), lac_span_of(custom));
    assert_int_equal(lac_number_print(&out, style, value, &known), LACUNA_OK);
    if (strcmp(lac_buf_text(&out), expected) != 0 || !known) {
        fail_msg("%s of %d: [%s], known %d, expected [%s]", format, (int)value, lac_buf_text(&out),
                 (int)known, expected);
    }
    lac_buf_free(&out);
}

static void assert_unknown(const char *format, const char *custom, int32_t value)
{
    lac_buf out;
    lac_buf_init(&out, 4096);
    bool known = true;
    lac_number_style style = lac_number_style_named(lac_span_of(format), lac_span_of(custom));
    assert_int_equal(lac_number_print(&out, style, value, &known), LACUNA_OK);
    assert_false(known);
    assert_int_equal(out.len, 0);
    lac_buf_free(&out);
}

static void roman_numerals(void **state)
{
    (void)state;
    assert_prints("upperRoman", "", 1999, "MCMXCIX");
    assert_prints("lowerRoman", "", 444, "cdxliv");
    assert_prints("upperRoman", "", 0, "");
}

static void letters(void **state)
{
    (void)state;
    assert_prints("upperLetter", "", 26, "Z");
    assert_prints("upperLetter", "", 53, "AAA");
    assert_prints("chicago", "", 5, "**");
}

static void ordinals(void **state)
{
    (void)state;
    assert_prints("ordinal", "", 11, "11th");
    assert_prints("ordinal", "", 21, "21st");
    assert_prints("ordinal", "", 102, "102nd");
    assert_prints("ordinal", "", 112, "112th");
    assert_prints("ordinal", "", 23, "23rd");
}

static void words(void **state)
{
    (void)state;
    assert_prints("cardinalText", "", 21, "Twenty-one");
    assert_prints("cardinalText", "", 100, "One hundred");
    assert_prints("cardinalText", "", 115, "One hundred fifteen");
    assert_prints("cardinalText", "", 1000, "One thousand");
    assert_prints("cardinalText", "", 2340, "Two thousand three hundred forty");
    assert_prints("ordinalText", "", 12, "Twelfth");
    assert_prints("ordinalText", "", 20, "Twentieth");
    assert_prints("ordinalText", "", 42, "Forty-second");
    assert_prints("ordinalText", "", 200, "Two hundredth");
    assert_prints("ordinalText", "", 3000, "Three thousandth");
    assert_prints("ordinalText", "", 1001, "One thousand first");
}

static void east_asian_counting(void **state)
{
    (void)state;
    assert_prints("chineseCounting", "", 10, "十");
    assert_prints("chineseCounting", "", 11, "十一");
    assert_prints("chineseCounting", "", 20, "二十");
    assert_prints("chineseCounting", "", 100, "一○○");
    assert_prints("chineseCountingThousand", "", 101, "一百零一");
    assert_prints("chineseCountingThousand", "", 110, "一百一十");
    assert_prints("chineseCountingThousand", "", 1001, "一千零一");
    assert_prints("japaneseCounting", "", 111, "百十一");
    assert_prints("koreanCounting", "", 12, "십이");
    assert_prints("chineseLegalSimplified", "", 10, "壹拾");
    assert_prints("ideographTraditional", "", 11, "甲");
    assert_prints("ideographDigital", "", 10, "一〇");
    assert_unknown("chineseCountingThousand", "", 10000);
}

static void enclosed_numbers_end(void **state)
{
    (void)state;
    assert_prints("decimalEnclosedCircle", "", 20, "⑳");
    assert_prints("decimalEnclosedCircle", "", 21, "21");
}

static void padding(void **state)
{
    (void)state;
    assert_prints("decimalZero", "", 9, "09");
    assert_prints("decimalZero", "", 10, "10");
    assert_prints("custom", "001, 002, 003, ...", 7, "007");
    assert_prints("custom", "00001, 00002, 00003, ...", 123456, "123456");
}

static void what_is_not_known_prints_nothing(void **state)
{
    (void)state;
    assert_unknown("custom", "α, β, γ, ...", 1);
    assert_unknown("custom", "", 1);
    assert_unknown("custom", "0000000000000001", 1);
    assert_unknown("dollarText", "", 1);
    assert_unknown("nonsense", "", 1);
    assert_unknown("upperRoman", "", -1);
    assert_unknown("upperRoman", "", 2000000000);
}

static void none_and_bullet_have_no_number(void **state)
{
    (void)state;
    assert_prints("none", "", 5, "");
    assert_prints("bullet", "", 5, "");
    assert_prints("", "", 5, "5");
}

/* ---- symbol fonts ---------------------------------------------------------------------------- */

static void symbols_of_known_fonts(void **state)
{
    (void)state;
    static const struct {
        lac_symbol_font font;
        uint32_t code, unicode;
    } cases[] = {
        {LAC_FONT_SYMBOL, 0xF0A3, 0x2264},    {LAC_FONT_SYMBOL, 0xF06D, 0x03BC},
        {LAC_FONT_SYMBOL, 0xF0B1, 0x00B1},    {LAC_FONT_SYMBOL, 0xF0D6, 0x221A},
        {LAC_FONT_SYMBOL, 0xF0FE, 0x23AD},    {LAC_FONT_SYMBOL, 0x44, 0x0394},
        {LAC_FONT_WINGDINGS, 0xF0FE, 0x2611}, {LAC_FONT_WINGDINGS, 0xF06F, 0x25A1},
        {LAC_FONT_WINGDINGS, 0xF0E0, 0x2192}, {LAC_FONT_WINGDINGS, 0xF04A, 0x263A},
        {LAC_FONT_WINGDINGS, 0xF0A7, 0x25AA}, {LAC_FONT_WINGDINGS_2, 0xF052, 0x2611},
        {LAC_FONT_WEBDINGS, 0xF061, 0x2714},  {LAC_FONT_OTHER, 0x41, 0x41},
        {LAC_FONT_OTHER, 0xF0B7, 0x2022},     {LAC_FONT_UNKNOWN, 0xF0B3, 0x2265},
        {LAC_FONT_SYMBOL, 0xF081, 0xF081},    {LAC_FONT_SYMBOL, 0x81, 0xF081},
        {LAC_FONT_WEBDINGS, 0xF020, 0xF020},  {LAC_FONT_SYMBOL, 0x2265, 0x2265},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint32_t found = lac_symbol_unicode(cases[i].font, cases[i].code);
        if (found != cases[i].unicode) {
            fail_msg("font %d code %X: %X", (int)cases[i].font, cases[i].code, found);
        }
    }
}

static void fonts_by_name(void **state)
{
    (void)state;
    assert_int_equal(lac_symbol_font_named(lac_span_of("symbol")), LAC_FONT_SYMBOL);
    assert_int_equal(lac_symbol_font_named(lac_span_of("Wingdings 2")), LAC_FONT_WINGDINGS_2);
    assert_int_equal(lac_symbol_font_named(lac_span_of("Segoe UI Symbol")), LAC_FONT_OTHER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roman_numerals),
        cmocka_unit_test(letters),
        cmocka_unit_test(ordinals),
        cmocka_unit_test(words),
        cmocka_unit_test(east_asian_counting),
        cmocka_unit_test(enclosed_numbers_end),
        cmocka_unit_test(padding),
        cmocka_unit_test(what_is_not_known_prints_nothing),
        cmocka_unit_test(none_and_bullet_have_no_number),
        cmocka_unit_test(symbols_of_known_fonts),
        cmocka_unit_test(fonts_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
