/* Relationships and content types: names resolved, externals never followed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "make_zip.h"
#include "parsers/package/relationships.h"

#define TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RELATION(id, type, target) \
    "<Relationship Id=\"" id "\" Type=\"" TYPE type "\" Target=\"" target "\"/>"

typedef struct opened {
    made_zip zip;
    lac_package *package;
    lac_arena arena;
    lac_limits limits;
} opened;

static void open_with(opened *o, const char *name, const char *text)
{
    lacuna_error err;
    made_init(&o->zip);
    made_add_stored(&o->zip, "word/document.xml", "<d/>");
    made_add_stored(&o->zip, "word/styles.xml", "<s/>");
    made_add_stored(&o->zip, "word/my header.xml", "<h/>");
    made_add_stored(&o->zip, "media/image 1.png", "x");
    if (name != NULL) {
        made_add_stored(&o->zip, name, text);
    }
    made_end(&o->zip);
    lac_arena_init(&o->arena);
    o->limits = (lac_limits)LAC_LIMITS_DEFAULT;
    assert_int_equal(made_open(&o->package, &o->zip, &o->limits, &err), LACUNA_OK);
}

static void close_all(opened *o)
{
    lac_package_close(o->package);
    lac_arena_free(&o->arena);
    made_free(&o->zip);
}

static void read(lac_relationships *r, opened *o, const char *part)
{
    lacuna_error err;
    assert_int_equal(lac_relationships_read(r, o->package, part, &o->limits, &o->arena, &err),
                     LACUNA_OK);
}

static void targets_are_resolved(void **state)
{
    (void)state;
    opened o;
    open_with(&o, "word/_rels/document.xml.rels",
              "<Relationships>" RELATION("a", "styles", "styles.xml")
                  RELATION("b", "styles", "/word/styles.xml")
                      RELATION("c", "image", "../media/image%201.png")
                          RELATION("d", "header", "./my header.xml#part")
                              RELATION("e", "footer", "absent.xml")
                                  RELATION("f", "x", "../../../word/styles.xml")
                                      RELATION("g", "x", "%73tyles.xml") "</Relationships>");
    lac_relationships r;
    read(&r, &o, "word/document.xml");
    assert_int_equal(r.count, 7);
    assert_string_equal(r.items[0].target, "word/styles.xml");
    assert_string_equal(r.items[0].type, "styles");
    assert_int_equal(r.items[1].part, r.items[0].part);
    assert_string_equal(lac_package_name(o.package, r.items[2].part), "media/image 1.png");
    assert_string_equal(lac_package_name(o.package, r.items[3].part), "word/my header.xml");
    assert_int_equal(r.items[4].part, LAC_PART_NONE);
    assert_int_equal(r.items[5].part, r.items[0].part);
    assert_int_equal(r.items[6].part, r.items[0].part);
    close_all(&o);
}

static void external_targets_have_no_part(void **state)
{
    (void)state;
    opened o;
    open_with(&o, "_rels/.rels",
              "<Relationships><Relationship Id=\"t\" Type=\"" TYPE "attachedTemplate\" "
              "Target=\"http://x/?a=1&amp;b=2\" TargetMode=\"External\"/><Relationship Id=\"u\" "
              "Type=\"" TYPE
              "attachedTemplate\" Target=\"word/styles.xml\" TargetMode=\"external\"/>" RELATION(
                  "v", "attachedTemplate", "word/styles.xml") "</Relationships>");
    lac_relationships r;
    read(&r, &o, NULL);
    assert_true(r.items[0].external);
    assert_string_equal(r.items[0].target, "http://x/?a=1&b=2");
    assert_int_equal(r.items[1].part, LAC_PART_NONE);
    assert_ptr_equal(lac_relationships_first(&r, "attachedTemplate"), &r.items[2]);
    assert_ptr_equal(lac_relationships_by_id(&r, lac_span_of("u")), &r.items[1]);
    assert_null(lac_relationships_by_id(&r, lac_span_of("w")));
    assert_null(lac_relationships_first(&r, "styles"));
    close_all(&o);
}

static void no_part_means_none(void **state)
{
    (void)state;
    opened o;
    open_with(&o, NULL, NULL);
    lac_relationships r;
    read(&r, &o, "word/document.xml");
    assert_int_equal(r.count, 0);
    const char *type;
    lacuna_error err;
    assert_int_equal(
        lac_content_type(&type, o.package, "word/document.xml", &o.limits, &o.arena, &err),
        LACUNA_OK);
    assert_string_equal(type, "");
    close_all(&o);
}

static void damage_is_an_error(void **state)
{
    (void)state;
    opened o;
    open_with(&o, "_rels/.rels", "<Relationships><Relationship");
    lac_relationships r;
    lacuna_error err = {0};
    assert_int_equal(lac_relationships_read(&r, o.package, NULL, &o.limits, &o.arena, &err),
                     LACUNA_E_FORMAT);
    assert_string_equal(err.place, "_rels/.rels");
    assert_int_equal(r.count, 0);
    close_all(&o);
}

static void the_override_beats_the_default(void **state)
{
    (void)state;
    opened o;
    open_with(&o, "[Content_Types].xml",
              "<Types><Default Extension=\"XML\" ContentType=\"plain\"/><Override "
              "PartName=\"/Word/Document.xml\" ContentType=\"main\"/></Types>");
    const char *type;
    assert_int_equal(
        lac_content_type(&type, o.package, "word/document.xml", &o.limits, &o.arena, NULL),
        LACUNA_OK);
    assert_string_equal(type, "main");
    assert_int_equal(
        lac_content_type(&type, o.package, "word/styles.xml", &o.limits, &o.arena, NULL),
        LACUNA_OK);
    assert_string_equal(type, "plain");
    assert_int_equal(
        lac_content_type(&type, o.package, "media/image 1.png", &o.limits, &o.arena, NULL),
        LACUNA_OK);
    assert_string_equal(type, "");
    close_all(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(targets_are_resolved),
        cmocka_unit_test(external_targets_have_no_part),
        cmocka_unit_test(no_part_means_none),
        cmocka_unit_test(damage_is_an_error),
        cmocka_unit_test(the_override_beats_the_default),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
