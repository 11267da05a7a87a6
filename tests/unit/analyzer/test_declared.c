/* What a short section says about itself. */
#include "analyzer/declared.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct example {
    const char *text;
    lac_declaration expected;
} example;

static void reads_declarations(void **state)
{
    (void)state;
    static const example examples[] = {
        {"Not applicable.", LAC_DECLARED_NOT_APPLICABLE},
        {"  N/A ", LAC_DECLARED_NOT_APPLICABLE},
        {"NA", LAC_DECLARED_NOT_APPLICABLE},
        {"Not applicable for this study.", LAC_DECLARED_NOT_APPLICABLE},
        {"Not applicable, because the study is open label.", LAC_DECLARED_NOT_APPLICABLE_REASONED},
        {"Not applicable. No samples are kept for later research.",
         LAC_DECLARED_NOT_APPLICABLE_REASONED},
        {"Narrow therapeutic index drugs are excluded.", LAC_DECLARED_NOTHING},
        {"Not defined.", LAC_DECLARED_UNDEFINED},
        {"Pending", LAC_DECLARED_UNDEFINED},
        {"Pending results of study 101, dosing continues at 20 mg daily in all cohorts until the "
         "committee has met.",
         LAC_DECLARED_NOTHING},
        {"See alternate reference document.", LAC_DECLARED_REFERS_ELSEWHERE},
        {"Refer to the pharmacy manual.", LAC_DECLARED_REFERS_ELSEWHERE},
        {"See Section 9.1.2 above.", LAC_DECLARED_REFERS_INSIDE},
        {"", LAC_DECLARED_NOTHING},
        {"Participants are seen every two weeks.", LAC_DECLARED_NOTHING},
    };
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        lac_declaration got = lac_read_declaration(lac_span_of(examples[i].text));
        if (got != examples[i].expected) {
            print_error("\"%s\"\n", examples[i].text);
        }
        assert_int_equal(got, examples[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads_declarations)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
