/* The one door for untrusted XML: what it lets through, and what it stops. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/package/xml_reader.h"
#include "support/buf.h"

#include <stdlib.h>

/* Writes what it sees as "name(attribute=value)text/name". */
static lacuna_status see_start(void *user, const lac_xml_element *element)
{
    lac_buf *seen = user;
    lacuna_status status = lac_buf_printf(seen, "<%s", element->name);
    for (uint32_t i = 0; i < element->attribute_count && status == LACUNA_OK; i++) {
        lac_xml_attribute a = lac_xml_attribute_at(element, i);
        status = lac_buf_printf(seen, " %s=%.*s", a.name, (int)a.value.len, a.value.ptr);
    }
    return status == LACUNA_OK ? lac_buf_append_char(seen, '>') : status;
}

static lacuna_status see_end(void *user, const char *name, const char *uri)
{
    (void)uri;
    return lac_buf_printf(user, "</%s>", name);
}

static lacuna_status see_text(void *user, lac_span text)
{
    return lac_buf_append_span(user, text);
}

static lacuna_status parse(lac_buf *seen, lac_span xml, const lac_limits *limits, lacuna_error *err)
{
    lac_buf_init(seen, 1 << 20);
    const lac_xml_handler handler = {seen, see_start, see_end, see_text};
    memset(err, 0, sizeof *err);
    return lac_xml_parse_memory(xml, "part.xml", limits, &handler, err);
}

static void assert_status(const char *xml, lacuna_status expected)
{
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    lac_buf seen;
    lacuna_error err;
    lacuna_status status = parse(&seen, lac_span_of(xml), &limits, &err);
    if (status != expected) {
        fail_msg("status %d (%s) for %.60s", (int)status, err.message, xml);
    }
    if (status != LACUNA_OK) {
        assert_string_equal(err.place, "part.xml");
        assert_string_not_equal(err.message, "");
        assert_true(err.line > 0);
    }
    lac_buf_free(&seen);
}

static void events_come_in_order(void **state)
{
    (void)state;
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    lac_buf seen;
    lacuna_error err;
    assert_int_equal(
        parse(&seen, lac_span_of("<a x='1'>t<b/><![CDATA[<&]]>&lt;&#65;</a>"), &limits, &err),
        LACUNA_OK);
    assert_string_equal(lac_buf_text(&seen), "<a x=1>t<b></b><&<A</a>");
    lac_buf_free(&seen);
}

static void malformed_xml_is_an_error(void **state)
{
    (void)state;
    assert_status("", LACUNA_E_FORMAT);
    assert_status("<a>", LACUNA_E_FORMAT);
    assert_status("<a></b>", LACUNA_E_FORMAT);
    assert_status("<a/><b/>", LACUNA_E_FORMAT);
    assert_status("<a x='1' x='2'/>", LACUNA_E_FORMAT);
    assert_status("<a>&nothing;</a>", LACUNA_E_FORMAT);
    assert_status("<p:a/>", LACUNA_E_FORMAT);
    assert_status("<a>\x01</a>", LACUNA_E_FORMAT);
    assert_status("<a>\xC3(</a>", LACUNA_E_FORMAT);
    assert_status("PK\x03\x04", LACUNA_E_FORMAT);
}

static void document_types_are_refused(void **state)
{
    (void)state;
    assert_status("<!DOCTYPE a><a/>", LACUNA_E_FORMAT);
    assert_status("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
                  LACUNA_E_FORMAT);
    assert_status("<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;'>]><a>&y;</a>",
                  LACUNA_E_FORMAT);
}

static void an_ampersand_in_a_value_is_one_character(void **state)
{
    (void)state;
    lac_arena arena;
    lac_arena_init(&arena);
    assert_string_equal(lac_xml_value(&arena, lac_span_of("a&#38;b&#38;c")), "a&b&c");
    assert_string_equal(lac_xml_value(&arena, lac_span_of("plain")), "plain");
    assert_string_equal(lac_xml_value(&arena, lac_span_of("&#38;#38;")), "&#38;");
    lac_arena_free(&arena);
}

static lacuna_status check_prefix(void *user, const lac_xml_element *element)
{
    int *seen = user;
    if (element->name[0] == 'b') {
        assert_string_equal(lac_xml_namespace(element, lac_span_of("p")), "inner");
        assert_string_equal(lac_xml_namespace(element, lac_span_of("q")), "other");
        assert_null(lac_xml_namespace(element, lac_span_of("none")));
        assert_int_equal(element->index, 1);
        (*seen)++;
    }
    return LACUNA_OK;
}

static void prefixes_can_be_resolved(void **state)
{
    (void)state;
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    int seen = 0;
    const lac_xml_handler handler = {&seen, check_prefix, NULL, NULL};
    assert_int_equal(lac_xml_parse_memory(
                         lac_span_of("<a xmlns:p='outer' xmlns:q='other'><b xmlns:p='inner'/></a>"),
                         "x", &limits, &handler, NULL),
                     LACUNA_OK);
    assert_int_equal(seen, 1);
}

static lacuna_status refuse(void *user, const lac_xml_element *element)
{
    (void)user;
    (void)element;
    return LACUNA_E_CANCELLED;
}

static void a_handler_can_stop(void **state)
{
    (void)state;
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    const lac_xml_handler handler = {NULL, refuse, NULL, NULL};
    lacuna_error err = {0};
    assert_int_equal(lac_xml_parse_memory(lac_span_of("<a/>"), "x", &limits, &handler, &err),
                     LACUNA_E_CANCELLED);
    assert_string_not_equal(err.message, "");
}

/* ---- limits ---------------------------------------------------------------------------------- */

/* `before`, then `times` pieces with a running number inside, then `after`. */
static void assert_repeated(const char *before, const char *piece, const char *rest, size_t times,
                            const char *after, lacuna_status expected)
{
    lac_buf xml;
    lac_buf_init(&xml, (size_t)64 << 20);
    assert_int_equal(lac_buf_append_text(&xml, before), LACUNA_OK);
    for (size_t i = 0; i < times; i++) {
        assert_int_equal(lac_buf_printf(&xml, "%s%u%s", piece, (unsigned)i, rest), LACUNA_OK);
    }
    assert_int_equal(lac_buf_append_text(&xml, after), LACUNA_OK);
    assert_status(lac_buf_text(&xml), expected);
    lac_buf_free(&xml);
}

static void nesting_attributes_and_namespaces_have_limits(void **state)
{
    (void)state;
    assert_repeated("", "<a", ">", 300, "", LACUNA_E_LIMIT);
    assert_repeated("<a", " a", "='x'", 1000, "/>", LACUNA_OK);
    assert_repeated("<a", " a", "='x'", 1100, "/>", LACUNA_E_LIMIT);
    assert_repeated("<a", " xmlns:a", "='x'", 600, "><b/></a>", LACUNA_E_LIMIT);
}

static void a_flood_of_attributes_ends_soon(void **state)
{
    (void)state;
    /* libxml2 would compare a million attributes pair by pair. */
    assert_repeated("<a", " a", "='>'", 1000000, "/>", LACUNA_E_LIMIT);
}

static void a_flood_of_names_ends_soon(void **state)
{
    (void)state;
    assert_repeated("<a>", "<n", "/>", 100000, "</a>", LACUNA_E_LIMIT);
    assert_repeated("<a>", "<n", "/>", 10000, "</a>", LACUNA_OK);
}

static void a_long_value_is_no_flood(void **state)
{
    (void)state;
    assert_repeated("<a v='", "QUJD", "", 60000, "=='/>", LACUNA_OK);
}

static void own_depth_limit_applies(void **state)
{
    (void)state;
    lac_limits limits = LAC_LIMITS_DEFAULT;
    limits.xml_depth = 2;
    lac_buf seen;
    lacuna_error err;
    assert_int_equal(parse(&seen, lac_span_of("<a><b/></a>"), &limits, &err), LACUNA_OK);
    lac_buf_free(&seen);
    assert_int_equal(parse(&seen, lac_span_of("<a><b><c/></b></a>"), &limits, &err),
                     LACUNA_E_LIMIT);
    lac_buf_free(&seen);
    limits.xml_depth = 256;
    limits.xml_elements = 2;
    assert_int_equal(parse(&seen, lac_span_of("<a><b/><b/></a>"), &limits, &err), LACUNA_E_LIMIT);
    lac_buf_free(&seen);
}

static lacuna_status parse_doctype(lac_buf *seen, const char *xml, lacuna_error *err)
{
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    lac_buf_init(seen, 1 << 20);
    const lac_xml_handler handler = {seen, see_start, see_end, see_text};
    memset(err, 0, sizeof *err);
    return lac_xml_parse_memory_doctype(lac_span_of(xml), "index.xml", &limits, &handler, err);
}

static void external_doctype_is_passed_over_where_asked_for(void **state)
{
    (void)state;
    static const char *const sound[] = {
        "<!DOCTYPE e:r SYSTEM \"util/dtd/none.dtd\"><r t=\"a&amp;b\">x&lt;</r>",
        "<?xml version=\"1.0\" standalone=\"no\" ?><?s t?><!DOCTYPE r PUBLIC \"-//a\" "
        "\"http://nowhere.invalid/x.dtd\" ><?s t?><r t=\"a&amp;b\">x&lt;</r>",
        "<!DOCTYPE r><r t=\"a&amp;b\">x&lt;</r>",
        "<r t=\"a&amp;b\">x&lt;</r>",
        /* prefixes that the DTD declares */
        "<!DOCTYPE e:r SYSTEM \"x\"><e:r x:t=\"a&amp;b\">x&lt;</e:r>",
    };
    for (size_t i = 0; i < sizeof sound / sizeof sound[0]; i++) {
        lac_buf seen;
        lacuna_error err;
        if (parse_doctype(&seen, sound[i], &err) != LACUNA_OK) {
            fail_msg("%s: %s", sound[i], err.message);
        }
        assert_string_equal(lac_buf_text(&seen), "<r t=a&#38;b>x<</r>");
        lac_buf_free(&seen);
    }
}

static void declarations_and_entities_are_refused_everywhere(void **state)
{
    (void)state;
    static const char *const hostile[] = {
        "<!DOCTYPE r [<!ENTITY a \"b\">]><r>&a;</r>",
        "<!DOCTYPE r SYSTEM \"x.dtd\" [<!ENTITY a \"b\">]><r/>",
        "<!DOCTYPE r SYSTEM \"x.dtd\"[]><r/>",
        "<!DOCTYPE r [<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]><r/>",
        "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r>&x;</r>",
        "<!DOCTYPE r SYSTEM \"x.dtd\"><r>&elsewhere;</r>",
        "<!DOCTYPE r SYSTEM \"x.dtd\"><r a=\"&elsewhere;\"/>",
        "<!DOCTYPE r SYSTEM \"x.dtd\"><r>&#0;</r>",
        "<r>&elsewhere;</r>",
        "<!DOCTYPE r SYSTEM \"x.dtd\"><r>",
        "<!DOCTYPE r SYSTEM \"x.dtd\" <r/>",
        "<!DOCTYPE r SYSTEM \"x.dtd\"><r><p:a></b></r>",
        "<!DOCTYPE r SYSTEM \"x.dtd\"><p:r/><q:r/>",
    };
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        lac_buf seen;
        lacuna_error err;
        if (parse_doctype(&seen, hostile[i], &err) != LACUNA_E_FORMAT) {
            fail_msg("%s gave %s", hostile[i], lac_buf_text(&seen));
        }
        assert_string_not_equal(err.message, "");
        lac_buf_free(&seen);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_come_in_order),
        cmocka_unit_test(malformed_xml_is_an_error),
        cmocka_unit_test(document_types_are_refused),
        cmocka_unit_test(an_ampersand_in_a_value_is_one_character),
        cmocka_unit_test(prefixes_can_be_resolved),
        cmocka_unit_test(a_handler_can_stop),
        cmocka_unit_test(nesting_attributes_and_namespaces_have_limits),
        cmocka_unit_test(a_flood_of_attributes_ends_soon),
        cmocka_unit_test(a_flood_of_names_ends_soon),
        cmocka_unit_test(a_long_value_is_no_flood),
        cmocka_unit_test(own_depth_limit_applies),
        cmocka_unit_test(external_doctype_is_passed_over_where_asked_for),
        cmocka_unit_test(declarations_and_entities_are_refused_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
