#include "claude/sse.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static lacuna_status record(void *user, lac_span type, lac_span data)
{
    lac_buf *log = user;
    assert_int_equal(lac_buf_append_span(log, type), LACUNA_OK);
    assert_int_equal(lac_buf_append_char(log, '='), LACUNA_OK);
    assert_int_equal(lac_buf_append_span(log, data), LACUNA_OK);
    return lac_buf_append_char(log, ';');
}

/* The events of a stream that arrives `piece` bytes at a time. */
static void expect(const char *stream, size_t piece, const char *events)
{
    lac_buf log;
    lac_sse sse;
    lac_buf_init(&log, 4096);
    lac_sse_init(&sse, record, &log);
    size_t length = strlen(stream);
    for (size_t at = 0; at < length; at += piece) {
        size_t size = length - at < piece ? length - at : piece;
        assert_int_equal(lac_sse_feed(&sse, lac_span_make(stream + at, size)), LACUNA_OK);
    }
    assert_string_equal(lac_buf_text(&log), events);
    lac_sse_free(&sse);
    lac_buf_free(&log);
}

static void expect_in_pieces(const char *stream, const char *events)
{
    expect(stream, 1, events);
    expect(stream, 2, events);
    expect(stream, 7, events);
    expect(stream, 4096, events);
}

static void line_ends(void **state)
{
    (void)state;
    expect_in_pieces("event: a\ndata: 1\n\nevent: b\ndata: 2\n\n", "a=1;b=2;");
    expect_in_pieces("event: a\r\ndata: 1\r\n\r\nevent: b\r\ndata: 2\r\n\r\n", "a=1;b=2;");
    expect_in_pieces("event: a\rdata: 1\r\revent: b\rdata: 2\r\r", "a=1;b=2;");
}

static void fields(void **state)
{
    (void)state;
    expect_in_pieces("data: one\ndata: two\n\n", "message=one\ntwo;");
    expect_in_pieces("data:no space\n\n", "message=no space;");
    expect_in_pieces("data:  two spaces\n\n", "message= two spaces;");
    expect_in_pieces(": comment\nid: 7\nretry: 10\nunknown: x\nnothing\ndata: y\n\n", "message=y;");
    expect_in_pieces("event: a\nevent: b\ndata: 1\n\n", "b=1;");
    expect_in_pieces("event: only a type\n\ndata: 1\n\n", "message=1;");
    expect_in_pieces("data\n\n", "message=;");
}

static void end_of_stream(void **state)
{
    (void)state;
    expect_in_pieces("data: 1\n\ndata: cut off\n", "message=1;");
    expect_in_pieces("\n\n\n", "");
    expect_in_pieces("", "");
}

static void byte_order_mark(void **state)
{
    (void)state;
    expect_in_pieces("\xEF\xBB\xBF"
                     "data: 1\n\n",
                     "message=1;");
    expect_in_pieces("\n\xEF\xBB\xBF"
                     "data: 1\n\n",
                     "");
    expect_in_pieces("\xEF\xBB"
                     "data: 1\n\n",
                     "");
}

static void split_characters(void **state)
{
    (void)state;
    expect_in_pieces("data: \xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\n\n",
                     "message=\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80;");
}

static lacuna_status refuse(void *user, lac_span type, lac_span data)
{
    (void)user, (void)type, (void)data;
    return LACUNA_E_CANCELLED;
}

static void handed_on(void **state)
{
    (void)state;
    lac_sse sse;
    lac_sse_init(&sse, refuse, NULL);
    assert_int_equal(lac_sse_feed(&sse, lac_span_of("data: 1\n\n")), LACUNA_E_CANCELLED);
    lac_sse_free(&sse);
}

static void too_long(void **state)
{
    (void)state;
    static char block[1 << 20];
    lac_sse sse;
    memset(block, 'x', sizeof block);
    lac_sse_init(&sse, refuse, NULL);
    lacuna_status status = lac_sse_feed(&sse, lac_span_of("data: "));
    for (size_t i = 0; i < 17 && status == LACUNA_OK; i++) {
        status = lac_sse_feed(&sse, lac_span_make(block, sizeof block));
    }
    assert_int_equal(status, LACUNA_E_LIMIT);
    lac_sse_free(&sse);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_ends),        cmocka_unit_test(fields),
        cmocka_unit_test(end_of_stream),    cmocka_unit_test(byte_order_mark),
        cmocka_unit_test(split_characters), cmocka_unit_test(handed_on),
        cmocka_unit_test(too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
