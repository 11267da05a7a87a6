/* What a template asks for: brackets, prompts, conventions guessed and given, our own templates. */
#include "../docx/make_docx.h"

#include "writers/docx/brackets.h"
#include "writers/docx/house_templates.h"
#include "writers/docx/prompts.h"
#include "writers/docx/template_read.h"

#define STYLES                \
    HEADING("1", "0")         \
    STYLE("Text", "Text", "") \
    STYLE("Hint", "Instructional Text", "") STYLE("Sample", "Suggested Text", "")
#define GREY(text) RP("<w:highlight w:val=\"lightGray\"/>", text)
#define RED(text) P(RP("<w:color w:val=\"C00000\"/>", text))

/* ---- brackets and prompts -------------------------------------------------------------------- */

static void assert_spans(const char *text, lac_bracket bracket, const char *expected)
{
    char got[512] = "";
    size_t at = 0;
    lac_span found;
    while (lac_bracket_next(&found, &at, lac_span_of(text), bracket)) {
        (void)snprintf(got + strlen(got), sizeof got - strlen(got), "%.*s|", (int)found.len,
                       found.ptr);
    }
    assert_string_equal(expected, got);
}

static void test_brackets(void **state)
{
    (void)state;
    assert_spans("[Sponsor] and [Date]", LAC_BRACKET_SQUARE, "[Sponsor]|[Date]|");
    assert_spans("[a [b] c]", LAC_BRACKET_SQUARE, "[a [b] c]|[b]|");
    assert_spans("as shown [12], [Smith et al., 2010], patient[s]", LAC_BRACKET_SQUARE, "");
    assert_spans("p <0.05 and n > 3, x < y and z > w", LAC_BRACKET_CHEVRON, "");
    assert_spans("<Enter title> <#>", LAC_BRACKET_CHEVRON, "<Enter title>|<#>|");
    assert_spans("<<Title>> <one>", LAC_BRACKET_CHEVRON, "<one>|");
    assert_spans("<<Title>>", LAC_BRACKET_DOUBLE_CHEVRON, "<<Title>>|");
    assert_spans("{{ a }} {b}", LAC_BRACKET_BRACE, "{b}|");
    assert_spans("{{ a }} {b}", LAC_BRACKET_TOKEN, "{{ a }}|");
    assert_spans("[[[[[[ no end", LAC_BRACKET_SQUARE, "");
}

static void assert_prompt(const char *text, const char *expected, const char *label)
{
    size_t at = 0;
    lac_span found, name;
    bool any = lac_prompt_next(&found, &name, &at, lac_span_of(text));
    assert_int_equal(expected != NULL, any);
    if (any) {
        assert_true(lac_span_is(found, expected));
        assert_true(lac_span_is(name, label));
    }
}

static void test_prompts(void **state)
{
    (void)state;
    assert_prompt("Protocol number: ______ (v1)", "______", "Protocol number");
    assert_prompt("Dose TBD", "TBD", "Dose");
    assert_prompt("[  ] Open label", "[  ]", "Open label");
    assert_prompt("Click or tap here to enter text.", "Click or tap here to enter text.",
                  "Click or tap here to enter text.");
    assert_prompt("TBDx, Part XX, snake_case_name", NULL, NULL);
}

/* ---- conventions ----------------------------------------------------------------------------- */

typedef struct opened {
    docx_file file;
    lac_template_contents *contents;
} opened;

static opened open_body(const char *body, const lac_conventions *profile)
{
    const docx_parts parts = {.body = body, .styles = STYLES};
    opened got = {.file = make_file(&parts)};
    static const lac_limits limits = LAC_LIMITS_DEFAULT;
    lacuna_error err;
    assert_int_equal(LACUNA_OK, lac_template_read(&got.contents,
                                                  lac_span_make(got.file.bytes, got.file.length),
                                                  "t.docx", profile, &limits, &err));
    return got;
}

static void release(opened *got)
{
    lac_template_contents_free(got->contents);
    free(got->file.bytes);
}

static void assert_names(const lac_placeholders *list, const char *expected)
{
    char got[1024] = "";
    for (size_t i = 0; i < list->count; i++) {
        (void)snprintf(got + strlen(got), sizeof got - strlen(got), "%s:%.*s|",
                       lac_placeholder_kind_name(list->items[i].kind), (int)list->items[i].name.len,
                       list->items[i].name.ptr);
    }
    assert_string_equal(expected, got);
}

static const char m11_like[] =
    STYLED("Heading1", "Title") P(R("Acronym: &lt;") GREY("Enter Trial Acro") GREY("nym") R("&gt;"))
        P(R("Phase [") GREY("Trial Phase") R("], see [FDA]"))
            STYLED("Hint", "Describe the &lt;thing&gt;.")
                STYLED("Sample", "This trial is double-blind.")
                    P(R("{Only if randomised: &lt;") GREY("Enter method")
                          R("&gt; with a long text around it, so "
                            "that it is no placeholder}"));

static void test_conventions_are_guessed(void **state)
{
    (void)state;
    opened got = open_body(m11_like, NULL);
    assert_names(&got.contents->placeholders,
                 "bracket:Enter Trial Acronym|bracket:Trial Phase|bracket:Enter method|");
    assert_int_equal(2, got.contents->texts.count);
    assert_int_equal(LAC_PLACEHOLDER_INSTRUCTION, got.contents->texts.items[0].kind);
    assert_int_equal(LAC_PLACEHOLDER_OPTIONAL, got.contents->texts.items[1].kind);
    assert_true(lac_span_is(got.contents->placeholders.items[0].heading, "Title"));
    const lac_conventions *profile = got.contents->profile;
    assert_int_equal(LAC_MEANING_OPTIONAL,
                     lac_conventions_meaning(profile, LAC_SIGNAL_BRACKET, lac_span_of("{ }")));
    assert_int_equal(LAC_MEANING_PLACEHOLDER, lac_conventions_meaning(profile, LAC_SIGNAL_HIGHLIGHT,
                                                                      lac_span_of("lightGray")));
    release(&got);
}

static void test_red_sentences_are_instructions(void **state)
{
    (void)state;
    opened got = open_body(RED("Describe the design.") RED("Include the rationale.")
                               P(R("The trial is blinded and this is its own text, at length.")),
                           NULL);
    assert_int_equal(
        LAC_MEANING_INSTRUCTION,
        lac_conventions_meaning(got.contents->profile, LAC_SIGNAL_COLOUR, lac_span_of("C00000")));
    assert_int_equal(2, got.contents->texts.count);
    release(&got);
}

static void test_a_switched_off_toggle_is_off(void **state)
{
    (void)state;
    const docx_parts parts = {
        .body = PP("<w:pStyle w:val=\"Secret\"/>", RP("<w:vanish w:val=\"0\"/>", "Describe it."))
            PP("<w:pStyle w:val=\"Secret\"/>", R("Describe this.")),
        .styles = STYLE("Secret", "Secret", "<w:rPr><w:vanish/></w:rPr>")};
    docx_file file = make_file(&parts);
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    lac_template_contents *contents;
    lacuna_error err;
    assert_int_equal(LACUNA_OK, lac_template_read(&contents, lac_span_make(file.bytes, file.length),
                                                  "t.docx", NULL, &limits, &err));
    const lac_convention *hidden =
        lac_conventions_find(contents->profile, LAC_SIGNAL_HIDDEN, lac_span_of(""));
    assert_non_null(hidden);
    assert_int_equal(1, hidden->count);
    lac_template_contents_free(contents);
    free(file.bytes);
}

static lac_conventions *read_profile(const char *json, lacuna_status expected)
{
    static const lac_limits limits = LAC_LIMITS_DEFAULT;
    lac_conventions *profile;
    lacuna_error err = {0};
    assert_int_equal(expected, lac_conventions_read(&profile, lac_span_of(json), &limits, &err));
    return profile;
}

static void test_a_person_has_the_last_word(void **state)
{
    (void)state;
    lac_conventions *profile = read_profile(
        "{\"schema\": \"lacuna.template-profile/1\", \"conventions\": [{\"signal\": \"bracket\", "
        "\"value\": \"{ }\", \"meaning\": \"placeholder\"}]}",
        LACUNA_OK);
    opened got = open_body(P(R("{Sponsor} [Date]")), profile);
    assert_names(&got.contents->placeholders, "bracket:Sponsor|");
    release(&got);
    lac_conventions_free(profile);
}

static void test_faulty_profiles_are_refused(void **state)
{
    (void)state;
    read_profile("[]", LACUNA_E_FORMAT);
    read_profile("{\"schema\": \"lacuna.template-profile/1\"}", LACUNA_E_FORMAT);
    read_profile("{\"schema\": \"lacuna.template-profile/1\", \"conventions\": [1]}",
                 LACUNA_E_FORMAT);
    read_profile("{\"schema\": \"lacuna.template-profile/1\", \"conventions\": [{\"signal\": "
                 "\"smell\", \"meaning\": \"text\"}]}",
                 LACUNA_E_FORMAT);
    read_profile("{", LACUNA_E_FORMAT);
}

/* ---- kinds of place -------------------------------------------------------------------------- */

#define FLD(type, rest) "<w:r><w:fldChar w:fldCharType=\"" type "\">" rest "</w:fldChar></w:r>"

static void test_form_fields_and_controls(void **state)
{
    (void)state;
    opened got = open_body(
        P(FLD("begin", "<w:ffData><w:name w:val=\"Text1\"/><w:textInput><w:default "
                       "w:val=\"[age]\"/></w:textInput></w:ffData>") "<w:r><w:instrText> FORMTEXT "
                                                                     "</w:instrText></w:r>" FLD(
                                                                         "separate", "") R("[age]")
                                                                         FLD("end", ""))
            P("<w:sdt><w:sdtPr><w:alias w:val=\"Sponsor name\"/><w:showingPlcHdr/></w:sdtPr>"
              "<w:sdtContent>" R("[Enter sponsor]") "</w:sdtContent></w:sdt>")
                P("<w:sdt><w:sdtPr><w:docPartObj/><w:tag w:val=\"toc\"/></w:sdtPr><w:sdtContent>" R(
                    "x") "</w:sdtContent></w:sdt>"),
        NULL);
    assert_names(&got.contents->placeholders, "field:Text1|control:Sponsor name|");
    assert_true(lac_span_is(got.contents->placeholders.items[0].asks, "age"));
    assert_false(got.contents->placeholders.items[0].is_set);
    release(&got);
}

/* Every placeholder of our own templates, and nothing else. */
static void test_our_own_templates_are_read_exactly(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t controls, tokens, instructions;
    } expected[] = {{"protocol", 170, 0, 160}, {"csr", 114, 0, 119}, {"response", 0, 24, 5}};
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    for (size_t i = 0; i < 3; i++) {
        lac_span bytes;
        lac_template_contents *contents;
        lacuna_error err;
        size_t controls = 0, tokens = 0, instructions = 0;
        assert_true(lac_house_template(&bytes, expected[i].name));
        assert_int_equal(
            LACUNA_OK, lac_template_read(&contents, bytes, expected[i].name, NULL, &limits, &err));
        for (size_t k = 0; k < contents->placeholders.count; k++) {
            controls += contents->placeholders.items[k].kind == LAC_PLACEHOLDER_CONTROL;
            tokens += contents->placeholders.items[k].kind == LAC_PLACEHOLDER_TOKEN;
        }
        for (size_t k = 0; k < contents->texts.count; k++) {
            instructions += contents->texts.items[k].kind == LAC_PLACEHOLDER_INSTRUCTION;
        }
        assert_int_equal(expected[i].controls, controls);
        assert_int_equal(expected[i].tokens, tokens);
        assert_int_equal(controls + tokens, contents->placeholders.count);
        assert_int_equal(expected[i].instructions, instructions);
        lac_template_contents_free(contents);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_brackets),
        cmocka_unit_test(test_prompts),
        cmocka_unit_test(test_conventions_are_guessed),
        cmocka_unit_test(test_red_sentences_are_instructions),
        cmocka_unit_test(test_a_switched_off_toggle_is_off),
        cmocka_unit_test(test_a_person_has_the_last_word),
        cmocka_unit_test(test_faulty_profiles_are_refused),
        cmocka_unit_test(test_form_fields_and_controls),
        cmocka_unit_test(test_our_own_templates_are_read_exactly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
