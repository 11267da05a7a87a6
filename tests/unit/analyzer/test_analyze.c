/* The whole analysis: it ends between two items where it is told to, and leaves nothing behind. */
#include "analyzer/analyze.h"
#include "parsers/text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char TEXT[] = "# Clinical Trial Protocol\n\n## 1 Trial design\n\n"
                           "This is a randomised, double-blind trial in 40 participants.\n";

/* Answers true from the given question on. */
typedef struct patience {
    unsigned asked, questions;
} patience;

static bool is_at_end(void *user)
{
    patience *p = user;
    return ++p->asked > p->questions;
}

static lacuna_status analyze(patience *p, lacuna_error *err)
{
    lac_limits limits = LAC_LIMITS_DEFAULT;
    lac_registry *registry = NULL;
    lac_document *document = NULL;
    lac_document_result *result = NULL;
    assert_int_equal(lac_registry_new(&registry, NULL, err), LACUNA_OK);
    assert_int_equal(lac_text_read(&document, lac_span_of(TEXT), LAC_FORMAT_MARKDOWN, &limits, err),
                     LACUNA_OK);
    const lac_analyze_options options = {.registry = registry,
                                         .document_type = "protocol",
                                         .as_of = "2026-01-01",
                                         .cancelled = is_at_end,
                                         .cancel_user = p};
    lacuna_status status = lac_analyze(&result, document, &options, err);
    assert_int_equal(result != NULL, status == LACUNA_OK);
    lac_document_result_free(result);
    lac_document_free(document);
    lac_registry_free(registry);
    return status;
}

static void test_ends_wherever_it_is_told_to(void **state)
{
    (void)state;
    lacuna_error err = {0};
    patience whole = {0, UINT32_MAX};
    assert_int_equal(analyze(&whole, &err), LACUNA_OK);
    assert_true(whole.asked > 40); /* before each checklist and each item */
    for (unsigned n = 0; n < whole.asked; n += 7) {
        patience p = {0, n};
        assert_int_equal(analyze(&p, &err), LACUNA_E_CANCELLED);
        assert_int_equal(p.asked, n + 1);
        assert_non_null(strstr(err.message, "cancelled"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ends_wherever_it_is_told_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
