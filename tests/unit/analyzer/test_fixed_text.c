/* Prescribed words are found through other spaces, quotes and dashes, and through nothing else. */
#include "analyzer/fixed_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char prescribed[] =
    "A description of this clinical trial will be available on http://www.ClinicalTrials.gov, as "
    "required by U.S. Law.";

static lac_fixed_match find(const char *text)
{
    lac_fixed_match match;
    assert_int_equal(lac_fixed_text_find(&match, lac_span_of(text), prescribed, NULL), LACUNA_OK);
    return match;
}

static void finds_the_words_through_typography(void **state)
{
    (void)state;
    static const char text[] =
        "Before. A  description of this\nclinical trial will be available on "
        "\xE2\x80\x9Chttps://www.clinicaltrials.gov\xE2\x80\x9D, as required by U.S.\xC2\xA0law. "
        "After";
    lac_fixed_match match = find(text);
    assert_true(match.found);
    assert_int_equal(text[match.start], 'A');
    assert_int_equal(text[match.end - 1], '.');
    assert_int_equal(text[match.end], ' ');
}

static void misses_changed_words(void **state)
{
    (void)state;
    assert_false(find("A description of this clinical study will be available on "
                      "http://www.ClinicalTrials.gov, as required by U.S. Law.")
                     .found);
    assert_false(find("A description of this clinical trial will be available on "
                      "http://www.ClinicalTrials.gov, as required by U.S.")
                     .found);
    assert_false(find("").found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_the_words_through_typography),
                                       cmocka_unit_test(misses_changed_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
