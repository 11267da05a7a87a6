#include "claude/body.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static lacuna_text text_of(const char *text)
{
    return (lacuna_text){text, strlen(text)};
}

static void expect_body(const lacuna_request *request, const lac_body_options *options,
                        const char *body)
{
    lac_buf out;
    lac_buf_init(&out, 1 << 20);
    assert_int_equal(lac_body_write(&out, request, options, NULL), LACUNA_OK);
    assert_string_equal(lac_buf_text(&out), body);
    lac_buf_free(&out);
}

static void whole_layout(void **state)
{
    (void)state;
    const lacuna_text passages[] = {text_of("para 1"), text_of("p\xC3\xA9 \"2\"")};
    const lacuna_source sources[] = {
        {text_of("A"), text_of(""), passages, 1},
        {text_of("3.2.P.8"), text_of("untrusted"), passages, 2},
    };
    const lacuna_request request = {
        .system = text_of("rules"),
        .sources = sources,
        .source_count = 2,
        .instruction = text_of("judge"),
        .output_schema = "{\"type\":\"object\"}",
        .max_output_tokens = 100,
    };
    const lac_body_options options = {
        .model = "m", .stream = true, .cache = true, .effort = "medium", .user_id = "u"};
    expect_body(
        &request, &options,
        "{\"model\":\"m\",\"max_tokens\":100,\"stream\":true,\"metadata\":{\"user_id\":\"u\"},"
        "\"system\":[{\"type\":\"text\",\"text\":\"rules\",\"cache_control\":{\"type\":"
        "\"ephemeral\","
        "\"ttl\":\"1h\"}}],\"messages\":[{\"role\":\"user\",\"content\":["
        "{\"type\":\"document\",\"source\":{\"type\":\"content\",\"content\":[{\"type\":\"text\","
        "\"text\":\"para 1\"}]},\"title\":\"A\"},"
        "{\"type\":\"document\",\"source\":{\"type\":\"content\",\"content\":[{\"type\":\"text\","
        "\"text\":\"para 1\"},{\"type\":\"text\",\"text\":\"p\xC3\xA9 \\\"2\\\"\"}]},"
        "\"title\":\"3.2.P.8\",\"context\":\"untrusted\",\"cache_control\":{\"type\":\"ephemeral\"}"
        "},"
        "{\"type\":\"text\",\"text\":\"judge\"}]}],\"output_config\":{\"effort\":\"medium\","
        "\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}}}");
}

static void prompted_schema_and_repair(void **state)
{
    (void)state;
    const lacuna_turn turns[] = {{text_of("{}"), text_of("verdict is missing")}};
    const lacuna_request request = {
        .instruction = text_of("judge"),
        .output_schema = "{\"a\":1}",
        .max_output_tokens = 5,
        .turns = turns,
        .turn_count = 1,
    };
    const lac_body_options options = {.version = "v", .structure = LAC_STRUCTURE_PROMPTED};
    expect_body(
        &request, &options,
        "{\"anthropic_version\":\"v\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\","
        "\"content\":[{\"type\":\"text\",\"text\":\"judge\\n\\nAnswer with one JSON object and "
        "nothing else. It has to follow this JSON Schema:\\n{\\\"a\\\":1}\"}]},"
        "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"{}\"}]},"
        "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"verdict is missing\"}]}]}");
}

static void citations_on_every_document(void **state)
{
    (void)state;
    const lacuna_text passages[] = {text_of("x")};
    const lacuna_source sources[] = {{text_of(""), text_of(""), passages, 1}};
    const lacuna_request request = {.sources = sources,
                                    .source_count = 1,
                                    .instruction = text_of("write"),
                                    .citations = 1,
                                    .max_output_tokens = 5};
    const lac_body_options options = {.count_only = true, .model = "m"};
    expect_body(
        &request, &options,
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"document\","
        "\"source\":{\"type\":\"content\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]},"
        "\"citations\":{\"enabled\":true}},{\"type\":\"text\",\"text\":\"write\"}]}]}");
}

static void refused(void **state)
{
    (void)state;
    lac_buf out;
    lac_body_options options = {.model = "m"};
    lac_buf_init(&out, 64);
    lacuna_request request = {.instruction = text_of("a"), .output_schema = "{}", .citations = 1};
    assert_int_equal(lac_body_write(&out, &request, &options, NULL), LACUNA_E_ARGUMENT);
    request = (lacuna_request){.instruction = text_of("\xFF\xFE")};
    assert_int_equal(lac_body_write(&out, &request, &options, NULL), LACUNA_E_ARGUMENT);
    request = (lacuna_request){.instruction = text_of("a"), .output_schema = "{"};
    assert_int_equal(lac_body_write(&out, &request, &options, NULL), LACUNA_E_ARGUMENT);
    request = (lacuna_request){.instruction = text_of("much more than sixty-four bytes of text, so "
                                                      "that it does not fit")};
    assert_int_equal(lac_body_write(&out, &request, &options, NULL), LACUNA_E_LIMIT);
    lac_buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_layout),
        cmocka_unit_test(prompted_schema_and_repair),
        cmocka_unit_test(citations_on_every_document),
        cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
