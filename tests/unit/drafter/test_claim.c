#include "drafter/ground/claim.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* The canonical forms of all claims, joined by " | ". */
static void expect(const char *text, const char *canonical)
{
    lac_arena arena;
    lac_ground_tokens tokens;
    lac_claims claims;
    char joined[1000] = "";
    size_t used = 0;
    lac_arena_init(&arena);
    assert_int_equal(lac_ground_tokens_make(&tokens, &arena, lac_span_of(text), NULL), LACUNA_OK);
    assert_int_equal(lac_claims_scan(&claims, &arena, &tokens, NULL), LACUNA_OK);
    for (uint32_t i = 0; i < claims.count; i++) {
        lac_span name = claims.items[i].canonical;
        assert_true(used + name.len + 4 < sizeof joined);
        memcpy(joined + used, " | ", i == 0 ? 0 : 3);
        used += i == 0 ? 0 : 3;
        memcpy(joined + used, name.ptr, name.len);
        used += name.len;
    }
    joined[used] = '\0';
    lac_arena_free(&arena);
    assert_string_equal(joined, canonical);
}

static void numbers(void **state)
{
    (void)state;
    expect("1,234 participants and .5 mL, 0.50 mL", "1234 participants | 0.5 mL | 0.5 mL");
    expect("5\xC3\x97"
           "10^3 cells, 10\xC2\xB3 cells, 1.2E-3",
           "5000 | 1000 | 0.0012");
    expect("1\xE2\x80\x89"
           "234 and 1\xC2\xB7"
           "5",
           "1234 | 1.5");
    expect("twenty-four patients, two-sided, one arm", "24 participants");
    expect("-11 % and \xE2\x88\x92"
           "24 %, 10-20 mg",
           "-11 % | -24 % | 10 to 20 mg");
    expect("12345678901234567890123456789012345", "12345678901234567890123456789012345");
}

static void units(void **state)
{
    (void)state;
    expect("25 \xC2\xB0"
           "C, 25\xC2\xB0"
           "C",
           "25 \xC2\xB0"
           "C | 25 \xC2\xB0"
           "C");
    expect("50 mcg, 50 \xCE\xBCg, 50 micrograms", "50 \xC2\xB5g | 50 \xC2\xB5g | 50 \xC2\xB5g");
    expect("24 h, 24 hours, a 24-hour period", "24 h | 24 h | 24 h");
    expect("75 mL/min/1.73 m^{2}", "75 mL/min/1.73 m\xC2\xB2");
    expect("20 and 60 mg; Weeks 4, 8 and 12", "20 mg | 60 mg | week 4 | week 8 | week 12");
    expect("1 g is not 1000 mg", "1 g | 1000 mg");
}

static void pairs(void **state)
{
    (void)state;
    expect("10 to 20 mg, 10 mg to 20 mg, between 10 and 20 mg",
           "10 to 20 mg | 10 to 20 mg | 10 to 20 mg");
    expect("200 to below 3,000 mg/g", "200 to <3000 mg/g");
    expect("16/48 (33.3 %), 16 of the 48 participants", "16/48 | 33.3 % | 16/48 participants");
    expect("12.3 \xC2\xB1 4.5 mg", "12.3 \xC2\xB1 4.5 mg");
    expect("0.78 (95 % CI 0.65 to 0.93; p < 0.001)", "0.78 | 95% CI 0.65 to 0.93 | p<0.001");
    expect("0.91 (0.76, 1.09), p-value of 0.03", "0.91 | CI 0.76 to 1.09 | p=0.03");
    expect("at least 18 years, 18 years or older, \xE2\x89\xA5 18 years", "\xE2\x89\xA5"
                                                                          "18 years | \xE2\x89\xA5"
                                                                          "18 years | \xE2\x89\xA5"
                                                                          "18 years");
}

static void dates(void **state)
{
    (void)state;
    expect("12 March 2024, March 12, 2024, 12-Mar-2024, 2024-03-12, 12MAR2024",
           "2024-03-12 | 2024-03-12 | 2024-03-12 | 2024-03-12 | 2024-03-12");
    expect("March 2024; 3 March to 29 August 2025", "2024-03 | 2025-03-03 | 2025-08-29");
    expect("12/03/2024, may 5 of them", "12/3/2024 | 5");
}

static void names(void **state)
{
    (void)state;
    expect("HVT-204-201, NCT90020401, IND 900204", "HVT-204-201 | NCT90020401 | IND 900204");
    expect("section 6.4.8, Table 14.2.1, Appendix 16.1.3",
           "section 6.4.8 | table 14.2.1 | appendix 16.1.3");
    expect("once daily, twice a day, BID, 1:1:1", "1/day | 2/day | 2/day | 1:1:1");
    expect("double-blind, placebo-controlled, no number", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers), cmocka_unit_test(units),
                                       cmocka_unit_test(pairs), cmocka_unit_test(dates),
                                       cmocka_unit_test(names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
