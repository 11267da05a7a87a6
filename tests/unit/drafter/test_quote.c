#include "drafter/quote.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char *const TEXTS[] = {
    "The investigator may break the blind in an emergency. The dose is 15 mg twice daily.",
    "Subjects receive \xE2\x80\x9CHVT-204\xE2\x80\x9D or placebo\xC2\xA0"
    "for 24\xE2\x80\x93"
    "26 weeks; the e\xEF\xAC\x83"
    "cacy is measured at week 24.",
    "Serious adverse events are reported within 24 hours of aware-\nness to the sponsor, without "
    "exception. The sponsor informs all investigators. The limit is 1,500 mL, range -5 to 2.5.",
    "Repeated sentence of five words. Repeated sentence of five words.",
};
enum { COUNT = sizeof TEXTS / sizeof TEXTS[0] };

static lac_quote_match find_asked(const char *quote, uint32_t named, const char *question)
{
    lac_span spans[COUNT];
    lac_passages *passages;
    lac_quote_match match;
    for (size_t i = 0; i < COUNT; i++) {
        spans[i] = lac_span_of(TEXTS[i]);
    }
    assert_int_equal(lac_passages_new(&passages, spans, COUNT, NULL), LACUNA_OK);
    assert_int_equal(
        lac_quote_find(&match, passages, lac_span_of(quote), named, lac_span_of(question), NULL),
        LACUNA_OK);
    lac_passages_free(passages);
    return match;
}

static void expect(const char *quote, uint32_t named, lac_quote_verdict verdict, const char *text)
{
    lac_quote_match match = find_asked(quote, named, "");
    assert_int_equal(match.verdict, verdict);
    if (lac_quote_is_verified(verdict)) {
        assert_int_equal(match.text.len, strlen(text));
        assert_memory_equal(match.text.ptr, text, match.text.len);
    }
}

static void exact(void **state)
{
    (void)state;
    expect("may break the blind in an emergency", 0, LAC_QUOTE_EXACT,
           "may break the blind in an emergency");
    expect("Repeated sentence of five words.", 3, LAC_QUOTE_EXACT,
           "Repeated sentence of five words.");
    assert_int_equal(find_asked("Repeated sentence of five words.", 3, "").found, 2);
}

static void reads_the_same(void **state)
{
    (void)state;
    expect("receive \"HVT-204\" or placebo for 24-26 weeks; the efficacy", 1, LAC_QUOTE_NORMALIZED,
           "receive \xE2\x80\x9CHVT-204\xE2\x80\x9D or placebo\xC2\xA0"
           "for 24\xE2\x80\x93"
           "26 weeks; the e\xEF\xAC\x83"
           "cacy");
    expect("within 24 hours of awareness to the sponsor", 2, LAC_QUOTE_NORMALIZED,
           "within 24 hours of aware-\nness to the sponsor");
    expect("\"may  break\nthe blind in an emergency\"", 0, LAC_QUOTE_NORMALIZED,
           "may break the blind in an emergency");
    expect("may break the\xE2\x80\x8B blind in an emer\xC2\xADgency", 0, LAC_QUOTE_NORMALIZED,
           "may break the blind in an emergency");
}

static void named_wrongly(void **state)
{
    (void)state;
    expect("may break the blind in an emergency", 2, LAC_QUOTE_MOVED,
           "may break the blind in an emergency");
    expect("may break the blind in an emergency", 99, LAC_QUOTE_MOVED,
           "may break the blind in an emergency");
}

static void altered(void **state)
{
    (void)state;
    expect("may break the blind in any emergency", 0, LAC_QUOTE_ABSENT, "");
    expect("The dose is 5 mg twice daily", 0, LAC_QUOTE_ABSENT, "");
    expect("5 mg twice daily, as before said", 0, LAC_QUOTE_ABSENT, "");
    expect("the investigator may break the blind", 0, LAC_QUOTE_ABSENT, "");
    expect("", 0, LAC_QUOTE_TOO_SHORT, "");
}

static void inside_words_and_numbers(void **state)
{
    (void)state;
    expect("5 mg twice daily", 0, LAC_QUOTE_ABSENT, "");
    expect("vestigator may break the blind", 0, LAC_QUOTE_ABSENT, "");
    expect("may break the blind in an emer", 0, LAC_QUOTE_ABSENT, "");
    expect("500 mL, range -5 to 2.5", 2, LAC_QUOTE_ABSENT, "");
    expect("5 to 2.5.", 2, LAC_QUOTE_TOO_SHORT, "");
    expect("The limit is 1,500 mL, range -5 to 2", 2, LAC_QUOTE_ABSENT, "");
    expect("The limit is 1,500 mL, range -5 to 2.5", 2, LAC_QUOTE_EXACT,
           "The limit is 1,500 mL, range -5 to 2.5");
}

static void too_short(void **state)
{
    (void)state;
    expect("15 mg twice daily", 0, LAC_QUOTE_EXACT, "15 mg twice daily");
    expect("the blind", 0, LAC_QUOTE_TOO_SHORT, "");
    expect("15 mg", 0, LAC_QUOTE_TOO_SHORT, "");
}

static void elided(void **state)
{
    (void)state;
    expect("Serious adverse events are reported ... to the sponsor, without exception", 2,
           LAC_QUOTE_ELIDED,
           "Serious adverse events are reported within 24 hours of aware-\nness to the sponsor, "
           "without exception");
    expect("adverse events are reported [\xE2\x80\xA6] informs all investigators", 0,
           LAC_QUOTE_ELIDED,
           "adverse events are reported within 24 hours of aware-\nness to the sponsor, without "
           "exception. The sponsor informs all investigators");
    expect("informs all investigators ... adverse events are reported", 2, LAC_QUOTE_ABSENT, "");
    expect("Serious adverse events ... sponsor", 2, LAC_QUOTE_ABSENT, "");
    expect("may break the blind ... informs all investigators", 0, LAC_QUOTE_ABSENT, "");
}

static void repeats_the_question(void **state)
{
    (void)state;
    const char *question =
        "Does the text say: the investigator may break the blind in an emergency?";
    assert_int_equal(find_asked("may break the blind in an emergency", 0, question).verdict,
                     LAC_QUOTE_ECHO);
    assert_int_equal(find_asked("The dose is 15 mg twice daily", 0, question).verdict,
                     LAC_QUOTE_EXACT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact),     cmocka_unit_test(reads_the_same),
        cmocka_unit_test(altered),   cmocka_unit_test(named_wrongly),
        cmocka_unit_test(too_short), cmocka_unit_test(inside_words_and_numbers),
        cmocka_unit_test(elided),    cmocka_unit_test(repeats_the_question),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
