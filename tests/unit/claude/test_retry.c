#include "claude/retry.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void expect_wait(lac_reply_facts reply, uint32_t attempt, double chance, int64_t wait)
{
    uint32_t ms;
    bool again = lac_retry_wait(&ms, &reply, attempt, 5, 784111777, chance);
    assert_int_equal(again ? (int64_t)ms : -1, wait);
}

static void by_status(void **state)
{
    (void)state;
    const uint32_t again[] = {0, 200, 408, 409, 429, 500, 502, 503, 504, 529};
    const uint32_t never[] = {400, 401, 402, 403, 404, 413, 422};
    for (size_t i = 0; i < sizeof again / sizeof again[0]; i++) {
        expect_wait((lac_reply_facts){.http_status = again[i]}, 0, 0, 500);
    }
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++) {
        expect_wait((lac_reply_facts){.http_status = never[i]}, 0, 0, -1);
    }
}

static void doubles_up_to_a_limit(void **state)
{
    (void)state;
    const int64_t waits[] = {500, 1000, 2000, 4000, 8000};
    for (uint32_t i = 0; i < 5; i++) {
        expect_wait((lac_reply_facts){.http_status = 529}, i, 0, waits[i]);
    }
    expect_wait((lac_reply_facts){.http_status = 529}, 1, 0.999999, 750);
    expect_wait((lac_reply_facts){.http_status = 529}, 5, 0, -1);
}

static void as_the_service_asks(void **state)
{
    (void)state;
    expect_wait((lac_reply_facts){.http_status = 429, .retry_after_ms = "1250", .retry_after = "9"},
                3, 0, 1250);
    expect_wait((lac_reply_facts){.http_status = 429, .retry_after = "2"}, 3, 0, 2000);
    expect_wait(
        (lac_reply_facts){.http_status = 429, .retry_after = "Sun, 06 Nov 1994 08:49:40 GMT"}, 3, 0,
        3000);
    expect_wait(
        (lac_reply_facts){.http_status = 429, .retry_after = "Sun, 06 Nov 1994 08:00:00 GMT"}, 3, 0,
        0);
    expect_wait((lac_reply_facts){.http_status = 429, .retry_after = "soon"}, 0, 0, 500);
    expect_wait((lac_reply_facts){.http_status = 429, .retry_after = "-4"}, 0, 0, 500);
    expect_wait((lac_reply_facts){.http_status = 429, .retry_after = "nan"}, 0, 0, 500);
    expect_wait((lac_reply_facts){.http_status = 429, .retry_after = "86400"}, 0, 0, -1);
}

static void overridden(void **state)
{
    (void)state;
    expect_wait((lac_reply_facts){.http_status = 400, .should_retry = "true"}, 0, 0, 500);
    expect_wait((lac_reply_facts){.http_status = 503, .should_retry = "false"}, 0, 0, -1);
}

static void spending_limits_are_final(void **state)
{
    (void)state;
    lac_api_error spent = {.type = "rate_limit_error", .code = "enforced_spend_limit_reached"};
    lac_api_error ramp = {.type = "rate_limit_error", .code = "ramp_limit_exceeded"};
    expect_wait((lac_reply_facts){.http_status = 429, .error = &spent, .should_retry = "true"}, 0,
                0, -1);
    expect_wait((lac_reply_facts){.http_status = 429, .error = &ramp, .retry_after = "3"}, 0, 0,
                3000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_status),
        cmocka_unit_test(doubles_up_to_a_limit),
        cmocka_unit_test(as_the_service_asks),
        cmocka_unit_test(overridden),
        cmocka_unit_test(spending_limits_are_final),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
