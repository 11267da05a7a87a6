/* Folding for fingerprints is frozen: these digests may never change ("lacuna/v1"). */
#include "analyzer/gate/fold.h"
#include "analyzer/gate/identity.h"
#include "parsers/open.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void folds_to(const char *text, const char *expected)
{
    lac_buf out;
    lac_buf_init(&out, 4096);
    assert_int_equal(lac_gate_fold(&out, lac_span_of(text)), LACUNA_OK);
    assert_string_equal(lac_buf_text(&out), expected);
    lac_buf_free(&out);
}

static void what_saving_again_changes_is_folded(void **state)
{
    (void)state;
    folds_to("  Two\t\n words\xC2\xA0here ", "two words here");
    folds_to("\xE2\x80\x9Cquoted\xE2\x80\x9D \xE2\x80\x98x\xE2\x80\x99 \xE2\x80\x93 \xE2\x80\xA6",
             "\"quoted\" 'x' - ...");
    folds_to("Caf\xC3\xA9 CAFE\xCC\x81", "cafe cafe");
    folds_to("o\xEF\xAC\x83"
             "ce soft\xC2\xADware",
             "office software");
    folds_to("\xEF\xBC\xA1\xEF\xBC\x91", "a1");
    folds_to("5 mg/mL (\xCE\xB1 < 0.05)", "5 mg/ml (\xCE\xB1 < 0.05)");
    folds_to("", "");
    folds_to("\xFF", "\xEF\xBF\xBD");
}

static void digits_and_signs_stay(void **state)
{
    lac_digest a, b;
    (void)state;
    assert_int_equal(lac_gate_digest(&a, lac_span_of("20 mg"), NULL), LACUNA_OK);
    assert_int_equal(lac_gate_digest(&b, lac_span_of("2.0 mg"), NULL), LACUNA_OK);
    assert_string_not_equal(a.hex, b.hex);
    assert_int_equal(lac_gate_digest(&b, lac_span_of("20\xC2\xA0MG "), NULL), LACUNA_OK);
    assert_string_equal(a.hex, b.hex);
    assert_string_equal(a.hex, "9fc6a91e5f6b3526459bcd8aede63df7bdaa5aeaecf70f9924e003de50fcb70b");
}

static void states(const char *text, const char *expected)
{
    lac_document *document;
    lacuna_error err = {0};
    lac_source source = {.kind = LAC_SOURCE_MEMORY, .path = "x.txt", .memory = lac_span_of(text)};
    const lac_open_options options = {.limits = &LAC_LIMITS_DEFAULT};
    assert_int_equal(lac_document_open_with(&document, &source, &options, &err), LACUNA_OK);
    lac_span found = lac_gate_identifier(document);
    assert_int_equal(found.len, strlen(expected));
    assert_memory_equal(found.ptr, expected, found.len);
    lac_document_free(document);
}

static void a_document_states_its_identifier(void **state)
{
    (void)state;
    states("Title\nProtocol Number: ABC-123-01\nText\n", "ABC-123-01");
    states("Sponsor protocol identifier:\tHVT-204-201\n", "HVT-204-201");
    states("Protocol number and phase: HVT-204-102, Phase 1b\n", "HVT-204-102");
    states("Study No.: X1234.\nReport number: CSR-77 (final)\n", "CSR-77");
    states("Protocol number: to be assigned\n", "");
    states("The protocol number ABC-1 is on every page\n", "");
    states("Study identifiers are listed: 123\n", "");
}

static void an_identity_tells_its_kind(void **state)
{
    const lac_leaf_place leaf = {
        .application = "ind900204", .heading = "5.3.5.1", .title = "Study  Report", .file = "x"};
    const struct {
        lac_named_document of;
        const char *expected;
    } rows[] = {
        {{.id = "main", .type = "", .path = "a.docx"}, "id:main"},
        {{.application = "nda1", .type = "", .path = "x"}, "application:nda1"},
        {{.leaf = &leaf, .type = "", .path = "x"}, "leaf:ind900204/5.3.5.1/study report"},
        {{.type = "protocol", .path = "a b.docx"}, "path:a b.docx"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        lac_buf out;
        lac_buf_init(&out, LAC_IDENTITY_MAX);
        assert_int_equal(lac_gate_identity(&out, &rows[i].of), LACUNA_OK);
        assert_string_equal(lac_buf_text(&out), rows[i].expected);
        lac_buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_saving_again_changes_is_folded),
        cmocka_unit_test(digits_and_signs_stay),
        cmocka_unit_test(a_document_states_its_identifier),
        cmocka_unit_test(an_identity_tells_its_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
