/* Laying out text: wrapping, hanging indents, widths, colour, hostile characters. */
#include "writers/text/page.h"

#include "collect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct sheet {
    lac_buf buf;
    lac_output output;
    lac_page page;
} sheet;

static void begin(sheet *s, uint32_t width, bool color)
{
    lac_text_style style = {.width = width, .color = color};
    collect_init(&s->buf);
    lac_output_init(&s->output, collect, &s->buf);
    lac_page_init(&s->page, &s->output, &style);
}

static void expect_text(sheet *s, const char *text)
{
    assert_int_equal(lac_output_finish(&s->output, NULL), LACUNA_OK);
    assert_string_equal(lac_buf_text(&s->buf), text);
    lac_buf_free(&s->buf);
}

static void wraps_at_white_space(void **state)
{
    (void)state;
    sheet s;
    begin(&s, 10, false);
    lac_page_begin(&s.page, 0, 2);
    lac_page_text(&s.page, LAC_INK_PLAIN, "one two  three\nfour\tfive six");
    lac_page_end(&s.page);
    expect_text(&s, "one two\n  three\n  four\n  five six\n");
}

static void a_word_in_pieces_stays_whole(void **state)
{
    (void)state;
    sheet s;
    begin(&s, 10, false);
    lac_page_begin(&s.page, 0, 0);
    lac_page_text(&s.page, LAC_INK_PLAIN, "12345");
    lac_page_text(&s.page, LAC_INK_PLAIN, " [");
    lac_page_text(&s.page, LAC_INK_FAINT, "abc");
    lac_page_text(&s.page, LAC_INK_PLAIN, "]");
    lac_page_text(&s.page, LAC_INK_PLAIN, " x");
    lac_page_end(&s.page);
    expect_text(&s, "12345\n[abc] x\n");
}

static void a_word_wider_than_the_line_is_not_cut(void **state)
{
    (void)state;
    sheet s;
    begin(&s, 10, false);
    lac_page_begin(&s.page, 0, 1);
    lac_page_text(&s.page, LAC_INK_PLAIN, "a abcdefghijklmnop b");
    lac_page_end(&s.page);
    expect_text(&s, "a\n abcdefghijklmnop\n b\n");
}

static void labels_hang(void **state)
{
    (void)state;
    sheet s;
    begin(&s, 24, false);
    lac_page_labelled(&s.page, 2, "looked", lac_span_of("headings like this one"));
    lac_page_labelled(&s.page, 2, "", lac_span_of("more"));
    expect_text(&s, "  looked     headings\n             like this\n             one\n"
                    "             more\n");
}

static void colour_is_set_once_for_a_run_of_words(void **state)
{
    (void)state;
    sheet s;
    begin(&s, 80, true);
    lac_page_begin(&s.page, 0, 0);
    lac_page_text(&s.page, LAC_INK_BAD, "two words");
    lac_page_text(&s.page, LAC_INK_PLAIN, " plain");
    lac_page_end(&s.page);
    expect_text(&s, "\033[0;31mtwo words \033[0mplain\n");
}

static void what_could_drive_a_terminal_is_replaced(void **state)
{
    (void)state;
    sheet s;
    begin(&s, 80, false);
    lac_page_begin(&s.page, 0, 0);
    lac_page_text(&s.page, LAC_INK_PLAIN, "a\033[31mb \xC2\x9B c \xE2\x80\xAE d \x7F e\xFF");
    lac_page_end(&s.page);
    expect_text(&s, "a\xEF\xBF\xBD[31mb \xEF\xBF\xBD c \xEF\xBF\xBD d \xEF\xBF\xBD "
                    "e\xEF\xBF\xBD\n");
}

static void columns_are_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(lac_text_columns(lac_span_of("abc")), 3);
    assert_int_equal(lac_text_columns(lac_span_of("\xC3\xA9")), 1);
    assert_int_equal(lac_text_columns(lac_span_of("e\xCC\x81")), 1);
    assert_int_equal(lac_text_columns(lac_span_of("\xE6\xBC\xA2\xE5\xAD\x97")), 4);
}

/* A path may be any bytes; a run of continuation bytes has no character to end at. */
static void endless_words_of_any_bytes_end(void **state)
{
    static const char bytes[] = {'a', '\x80', '\xC3', '\xE2', '\xF0'};
    (void)state;
    for (size_t kind = 0; kind < sizeof bytes; kind++) {
        size_t length = 5000;
        char *word = malloc(length);
        assert_non_null(word);
        memset(word, bytes[kind], length);
        sheet s;
        begin(&s, 40, false);
        lac_page_begin(&s.page, 0, 0);
        lac_page_words(&s.page, LAC_INK_PLAIN, lac_span_make(word, length));
        for (int i = 0; i < 40; i++) {
            lac_page_text(&s.page, i % 2 == 0 ? LAC_INK_BAD : LAC_INK_GOOD, "x");
        }
        lac_page_end(&s.page);
        assert_int_equal(lac_output_finish(&s.output, NULL), LACUNA_OK);
        assert_true(s.buf.len > length);
        lac_buf_free(&s.buf);
        free(word);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wraps_at_white_space),
        cmocka_unit_test(a_word_in_pieces_stays_whole),
        cmocka_unit_test(a_word_wider_than_the_line_is_not_cut),
        cmocka_unit_test(labels_hang),
        cmocka_unit_test(colour_is_set_once_for_a_run_of_words),
        cmocka_unit_test(what_could_drive_a_terminal_is_replaced),
        cmocka_unit_test(columns_are_not_bytes),
        cmocka_unit_test(endless_words_of_any_bytes_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
