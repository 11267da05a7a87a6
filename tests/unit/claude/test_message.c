#include "claude/message.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define START                                                                                \
    "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\"," \
    "\"type\":\"message\",\"role\":\"assistant\",\"content\":[],\"model\":\"m\","            \
    "\"stop_reason\":null,\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}\n\n"
#define STOP                                                                              \
    "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":" \
    "\"end_turn\"},\"usage\":{\"output_tokens\":42,\"input_tokens\":null}}\n\n"           \
    "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"
#define BLOCK(kind, rest)                                                              \
    "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0," \
    "\"content_block\":{\"type\":\"" kind "\"" rest "}}\n\n"
#define DELTA(kind, rest)                                                              \
    "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0," \
    "\"delta\":{\"type\":\"" kind "\"," rest "}}\n\n"
#define END_BLOCK \
    "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"

static lacuna_status read_stream(lac_message *message, const char *stream, size_t piece)
{
    lac_sse sse;
    lacuna_status status = LACUNA_OK;
    size_t length = strlen(stream);
    lac_message_init(message);
    lac_sse_init(&sse, lac_message_event, message);
    for (size_t at = 0; at < length && status == LACUNA_OK; at += piece) {
        size_t size = length - at < piece ? length - at : piece;
        status = lac_sse_feed(&sse, lac_span_make(stream + at, size));
    }
    lac_sse_free(&sse);
    return status;
}

static const char *block_text(const lac_message *message, const char *key)
{
    json_t *content = json_object_get(message->tree, "content");
    return json_string_value(json_object_get(json_array_get(content, 0), key));
}

static void whole_message(void **state)
{
    (void)state;
    const char *stream =
        START BLOCK("text", ",\"text\":\"A\"") "event: ping\ndata: {\"type\":\"ping\"}\n\n" DELTA(
            "text_delta",
            "\"text\":\"b\xC3\xA9\"") "event: news\ndata: "
                                      "{\"type\":\"news\"}\n\n" DELTA("text_delta", "\"text\":"
                                                                                    "\"c\"")
                                          DELTA("later_delta", "\"x\":1") END_BLOCK STOP;
    for (size_t piece = 1; piece <= 4096; piece = piece * 8 - 1) {
        lac_message message;
        assert_int_equal(read_stream(&message, stream, piece), LACUNA_OK);
        assert_int_equal(lac_message_finish(&message, NULL), LACUNA_OK);
        assert_string_equal(block_text(&message, "text"), "Ab\xC3\xA9"
                                                          "c");
        json_t *usage = json_object_get(message.tree, "usage");
        assert_int_equal(json_integer_value(json_object_get(usage, "output_tokens")), 42);
        assert_int_equal(json_integer_value(json_object_get(usage, "input_tokens")), 9);
        assert_string_equal(json_string_value(json_object_get(message.tree, "stop_reason")),
                            "end_turn");
        lac_message_free(&message);
        if (piece == 1) {
            piece = 2;
        }
    }
}

static void thinking_and_tools(void **state)
{
    (void)state;
    lac_message message;
    assert_int_equal(read_stream(&message,
                                 START BLOCK("thinking", ",\"thinking\":\"\",\"signature\":\"\"")
                                     DELTA("thinking_delta", "\"thinking\":\"hm\"") DELTA(
                                         "signature_delta", "\"signature\":\"sig\"") END_BLOCK STOP,
                                 64),
                     LACUNA_OK);
    assert_int_equal(lac_message_finish(&message, NULL), LACUNA_OK);
    assert_string_equal(block_text(&message, "thinking"), "hm");
    assert_string_equal(block_text(&message, "signature"), "sig");
    lac_message_free(&message);

    assert_int_equal(read_stream(&message,
                                 START BLOCK("tool_use", ",\"name\":\"t\",\"input\":{}")
                                     DELTA("input_json_delta", "\"partial_json\":\"{\\\"a\\\"\"")
                                         DELTA("input_json_delta", "\"partial_json\":\":1}\"")
                                             END_BLOCK STOP,
                                 64),
                     LACUNA_OK);
    json_t *content = json_object_get(message.tree, "content");
    json_t *input = json_object_get(json_array_get(content, 0), "input");
    assert_int_equal(json_integer_value(json_object_get(input, "a")), 1);
    lac_message_free(&message);
}

static void citations(void **state)
{
    (void)state;
    lac_message message;
    assert_int_equal(
        read_stream(&message,
                    START BLOCK("text", ",\"text\":\"\",\"citations\":null")
                        DELTA("citations_delta", "\"citation\":{\"start_block_index\":3}")
                            DELTA("citations_delta", "\"citation\":{\"start_block_index\":5}")
                                END_BLOCK STOP,
                    64),
        LACUNA_OK);
    json_t *content = json_object_get(message.tree, "content");
    assert_int_equal(json_array_size(json_object_get(json_array_get(content, 0), "citations")), 2);
    lac_message_free(&message);
}

static void broken_off(void **state)
{
    (void)state;
    const char *streams[] = {
        "",
        START,
        START BLOCK("text", ",\"text\":\"\"") DELTA("text_delta", "\"text\":\"half\""),
        START BLOCK("text", ",\"text\":\"\"") STOP,
        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
    };
    for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++) {
        lac_message message;
        assert_int_equal(read_stream(&message, streams[i], 16), LACUNA_OK);
        assert_int_not_equal(lac_message_finish(&message, NULL), LACUNA_OK);
        lac_message_free(&message);
    }
}

static void malformed(void **state)
{
    (void)state;
    const char *streams[] = {
        "event: message_start\ndata: {\n\n",
        START START,
        BLOCK("text", ""),
        START DELTA("text_delta", "\"text\":\"no block\""),
        START BLOCK("text", "") DELTA("text_delta", "\"text\":7"),
        START BLOCK("text", "") END_BLOCK END_BLOCK,
        START BLOCK("text", "") BLOCK("text", ""),
        START BLOCK("tool_use", "") DELTA("input_json_delta", "\"partial_json\":\"{\"") END_BLOCK,
    };
    for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++) {
        lac_message message;
        assert_int_equal(read_stream(&message, streams[i], 16), LACUNA_E_FORMAT);
        lac_message_free(&message);
    }
}

static void error_event(void **state)
{
    (void)state;
    lac_message message;
    lacuna_error err;
    assert_int_equal(read_stream(&message,
                                 START
                                 "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":"
                                 "\"overloaded_error\",\"message\":\"Over\\nloaded\",\"details\":"
                                 "{\"error_code\":\"busy\"}}}\n\n" STOP,
                                 16),
                     LACUNA_OK);
    assert_string_equal(message.error.type, "overloaded_error");
    assert_string_equal(message.error.code, "busy");
    assert_string_equal(message.error.message, "Over loaded");
    assert_int_equal(lac_message_finish(&message, &err), LACUNA_E_IO);
    lac_message_free(&message);
}

static void error_body(void **state)
{
    (void)state;
    lac_api_error error;
    assert_true(lac_api_error_read(
        &error, lac_span_of("{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\","
                            "\"message\":\"slow down\"}}")));
    assert_string_equal(error.type, "rate_limit_error");
    assert_string_equal(error.code, "");
    assert_true(
        lac_api_error_read(&error, lac_span_of("{\"error\":{\"type\":\"t\",\"message\":\"a\xC2\x9B"
                                               "2J\\u001bb\xC3\xA9\"}}")));
    assert_string_equal(error.message, "a  2J b\xC3\xA9");
    assert_false(lac_api_error_read(&error, lac_span_of("<html>Bad gateway</html>")));
    assert_false(lac_api_error_read(&error, lac_span_of("[]")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_message), cmocka_unit_test(thinking_and_tools),
        cmocka_unit_test(citations),     cmocka_unit_test(broken_off),
        cmocka_unit_test(malformed),     cmocka_unit_test(error_event),
        cmocka_unit_test(error_body),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
