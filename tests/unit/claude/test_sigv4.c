/*
 * The examples of AWS's own documentation, "Signature Calculations for the Authorization Header:
 * Transferring Payload in a Single Chunk": the published ones that sign x-amz-content-sha256, which
 * this signer always does. Paths that have to be escaped are compared with the signer of AWS's
 * JavaScript SDK in tests/oracles, since S3 escapes them in another way.
 */
#include "claude/sigv4.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static const lac_aws_keys KEYS = {
    .access_key_id = "AKIAIOSFODNN7EXAMPLE",
    .secret_access_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
enum { MAY_24_2013 = 1369353600 };

static const char *header(const lac_http_request *request, const char *name)
{
    for (uint32_t i = 0; i < request->header_count; i++) {
        if (strcmp(request->headers[i].name, name) == 0) {
            return request->headers[i].value;
        }
    }
    return "";
}

static void published_examples(void **state)
{
    static const struct {
        const char *url, *range, *signature;
    } cases[] = {
        {"https://examplebucket.s3.amazonaws.com/test.txt", "bytes=0-9",
         "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"},
        {"https://examplebucket.s3.amazonaws.com/?lifecycle", NULL,
         "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"},
        {"https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J", NULL,
         "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"},
        {"https://examplebucket.s3.amazonaws.com/?prefix=J&max-keys=2", NULL,
         "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        lac_arena arena;
        lacuna_error err = {0};
        lac_http_request request = {.method = "GET", .url = cases[i].url};
        lac_arena_init(&arena);
        if (cases[i].range != NULL) {
            assert_int_equal(lac_http_add_header(&request, &arena, "Range", cases[i].range, &err),
                             LACUNA_OK);
        }
        assert_int_equal(
            lac_sigv4_sign(&request, &arena, &KEYS, "us-east-1", "s3", MAY_24_2013, &err),
            LACUNA_OK);
        const char *signature = strstr(header(&request, "Authorization"), "Signature=");
        assert_non_null(signature);
        assert_string_equal(signature + strlen("Signature="), cases[i].signature);
        assert_null(strstr(header(&request, "Authorization"), KEYS.secret_access_key));
        lac_arena_free(&arena);
    }
}

static void canonical_paths(void **state)
{
    static const struct {
        const char *sent, *is_signed;
    } cases[] = {
        {"", "/"},         {"/", "/"},          {"//", "/"},        {"/a/", "/a/"},
        {"/a//b", "/a/b"}, {"/a/./b", "/a/b"},  {"/a/../b", "/b"},  {"/../../b", "/b"},
        {"/a/..", "/"},    {"/a/b/../", "/a/"}, {"/a:b", "/a%3Ab"}, {"/a%3Ab", "/a%253Ab"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char url[64], line[64];
        lac_buf canonical;
        (void)snprintf(url, sizeof url, "https://host.example%s", cases[i].sent);
        (void)snprintf(line, sizeof line, "GET\n%s\n", cases[i].is_signed);
        lac_http_request request = {.method = "GET", .url = url};
        lac_buf_init(&canonical, 4096);
        assert_int_equal(lac_sigv4_canonical(&canonical, &request, NULL), LACUNA_OK);
        assert_memory_equal(lac_buf_text(&canonical), line, strlen(line));
        lac_buf_free(&canonical);
    }
}

static void session_token_is_signed(void **state)
{
    lac_arena arena;
    lac_aws_keys keys = KEYS;
    lac_http_request request = {.method = "POST", .url = "https://bedrock.example/a%3Ab?x"};
    (void)state;
    keys.session_token = "token";
    lac_arena_init(&arena);
    assert_int_equal(
        lac_sigv4_sign(&request, &arena, &keys, "eu-west-1", "bedrock", MAY_24_2013, NULL),
        LACUNA_OK);
    assert_string_equal(header(&request, "X-Amz-Security-Token"), "token");
    assert_non_null(strstr(header(&request, "Authorization"), ";x-amz-security-token"));
    lac_arena_free(&arena);
}

static void no_address(void **state)
{
    lac_arena arena;
    lac_http_request request = {.method = "POST", .url = "nowhere"};
    (void)state;
    lac_arena_init(&arena);
    assert_int_equal(lac_sigv4_sign(&request, &arena, &KEYS, "r", "s", MAY_24_2013, NULL),
                     LACUNA_E_ARGUMENT);
    lac_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_examples),
        cmocka_unit_test(canonical_paths),
        cmocka_unit_test(session_token_is_signed),
        cmocka_unit_test(no_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
