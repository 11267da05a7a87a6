#include "analyzer/analyze.h"
#include "drafter/extract.h"
#include "drafter/plan.h"
#include "parsers/text/text.h"
#include "tests/unit/drafter/pack_folder.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <jansson.h>

static const char PACK[] =
    "{\"schema\":\"lacuna.checklist/1\",\"id\":\"plan_test\",\"version\":\"1\",\"title\":\"Plan\","
    "\"guidance\":{\"authority\":\"house\",\"version\":\"1\",\"status\":\"in force\"},"
    "\"documents\":[\"protocol\"],\"languages\":[\"en\"],\"items\":["
    "{\"id\":\"p.1\",\"section\":\"1\",\"title\":\"Trial Design\",\"requirement\":\"The design.\","
    "\"confidence\":\"memory\",\"authority\":\"practice\",\"strength\":\"should\","
    "\"expect\":{\"facts\":[{\"name\":\"design\",\"any\":[\"parallel group\"]}]}},"
    "{\"id\":\"p.2\",\"section\":\"2\",\"title\":\"Dose Rationale\",\"requirement\":\"Why this "
    "dose was "
    "chosen.\",\"citation\":\"House rule 2\",\"confidence\":\"memory\",\"authority\":\"practice\","
    "\"strength\":\"should\",\"expect\":{\"facts\":["
    "{\"name\":\"dose\",\"any\":[\"dose of (ten|10) mg\"]},"
    "{\"name\":\"safety margin\",\"any\":[\"safety margin\"]},"
    "{\"name\":\"exposure\",\"any\":[\"exposure margin\"]}]}},"
    "{\"id\":\"p.3\",\"section\":\"3\",\"title\":\"Insurance\",\"requirement\":\"The insurance.\","
    "\"confidence\":\"memory\",\"authority\":\"practice\",\"strength\":\"should\","
    "\"expect\":{\"facts\":[{\"name\":\"insurance\",\"any\":[\"insur*\"]}]}}]}";

static const char PROTOCOL[] =
    "# Trial Design\n\nThis is a randomised parallel group trial in forty "
    "subjects at two sites.\n\n# Statistics\n\nNothing of note is said in "
    "this section of the document.\n";

static const char BROCHURE[] =
    "# Physical Properties\n\nThe substance is a white powder, soluble in water and stable.\n\n"
    "# Effects in Humans\n\n## Dose selection\n\nA dose of 10 mg was chosen from the first study. "
    "The safety margin to the dose without effect is forty.\n\nUnrelated words on colours.\n"; /* the
                                                                                                  source
                                                                                                  ends
                                                                                                  with
                                                                                                  the
                                                                                                  document
                                                                                                */

typedef struct scene {
    lac_registry *registry;
    lac_document *protocol, *brochure;
    lac_document_result *result;
    lac_source_document documents[2];
    lac_plan *plan;
} scene;

static lac_document *read_text(const char *text)
{
    lac_document *document;
    assert_int_equal(
        lac_text_read(&document, lac_span_of(text), LAC_FORMAT_MARKDOWN, &LAC_LIMITS_DEFAULT, NULL),
        LACUNA_OK);
    return document;
}

static int open_scene(void **state)
{
    static const char *const ids[] = {"plan_test"};
    static scene s;
    lac_analyze_options options = {
        .checklists = ids, .checklist_count = 1, .as_of = "2026-11-24", .threads = 1};
    s = (scene){.protocol = read_text(PROTOCOL), .brochure = read_text(BROCHURE)};
    assert_int_equal(lac_registry_new(&s.registry, NULL, NULL), LACUNA_OK);
    assert_int_equal(lac_registry_add_folder(s.registry, folder, NULL), LACUNA_OK);
    options.registry = s.registry;
    assert_int_equal(lac_analyze(&s.result, s.protocol, &options, NULL), LACUNA_OK);
    s.documents[0] = (lac_source_document){"protocol.md", "protocol", s.protocol};
    s.documents[1] = (lac_source_document){"brochure.md", "investigators-brochure", s.brochure};
    assert_int_equal(lac_plan_make(&s.plan, s.result, s.documents, 2, NULL, 0, NULL), LACUNA_OK);
    *state = &s;
    return 0;
}

static int close_scene(void **state)
{
    scene *s = *state;
    lac_plan_free(s->plan);
    lac_document_result_free(s->result);
    lac_document_free(s->protocol);
    lac_document_free(s->brochure);
    lac_registry_free(s->registry);
    return 0;
}

static void steps_and_places(void **state)
{
    const scene *s = *state;
    assert_int_equal(s->plan->step_count, 2);
    const lac_plan_step *dose = &s->plan->steps[0];
    assert_string_equal(dose->gap->item->id, "p.2");
    assert_int_equal(dose->target.place.where, LAC_DRAFT_AFTER_SECTION);
    assert_int_equal(dose->target.section, 1);
    assert_int_equal(dose->target.level, 1);
    assert_true(dose->source_count > 0);
    assert_int_equal(dose->sources[0].document, 1);
    assert_memory_equal(s->brochure->text.ptr + dose->sources[0].start, "A dose of 10 mg", 15);
}

static bool holds(lac_span text, const char *words)
{
    for (size_t i = 0; i + strlen(words) <= text.len; i++) {
        if (memcmp(text.ptr + i, words, strlen(words)) == 0) {
            return true;
        }
    }
    return false;
}

static void extracted(void **state)
{
    scene *s = *state;
    lac_arena arena;
    lac_draft_gap gap;
    uint32_t needed;
    lac_arena_init(&arena);
    assert_int_equal(lac_extract(&gap, &needed, &arena, s->plan, &s->plan->steps[0], NULL),
                     LACUNA_OK);
    assert_int_equal(needed, 1);
    assert_int_equal(gap.block_count, 3);
    assert_int_equal(gap.blocks[0].kind, LAC_DRAFT_HEADING);
    assert_true(lac_span_is(gap.blocks[0].text, "Dose Rationale"));
    assert_true(holds(gap.blocks[1].text, "A dose of 10 mg was chosen from the first study."));
    assert_true(holds(gap.blocks[1].text, "[source: brochure.md, Dose selection, line 9]"));
    assert_true(lac_span_is(gap.blocks[2].text, "[DATA NEEDED: exposure]"));
    assert_true(holds(gap.comment[2], "House rule 2 [plan_test/p.2]"));
    lac_arena_free(&arena);
}

static void nothing_to_extract(void **state)
{
    scene *s = *state;
    lac_arena arena;
    lac_draft_gap gap;
    uint32_t needed;
    lac_arena_init(&arena);
    assert_int_equal(lac_extract(&gap, &needed, &arena, s->plan, &s->plan->steps[1], NULL),
                     LACUNA_OK);
    assert_int_equal(needed, 1);
    assert_true(lac_span_is(gap.blocks[gap.block_count - 1].text, "[DATA NEEDED: insurance]"));
    lac_arena_free(&arena);
}

static void edited_by_a_person(void **state)
{
    scene *s = *state;
    lac_buf json;
    lac_buf_init(&json, 1 << 20);
    assert_int_equal(lac_plan_write(&json, s->plan, NULL), LACUNA_OK);
    json_t *tree = json_loads(lac_buf_text(&json), 0, NULL);
    json_t *steps = json_object_get(tree, "steps");
    json_array_remove(steps, 1);
    json_object_set_new(json_array_get(steps, 0), "instructions", json_string("Be brief."));
    char *edited = json_dumps(tree, 0);
    assert_int_equal(lac_plan_apply(s->plan, lac_span_of(edited), NULL), LACUNA_OK);
    assert_int_equal(s->plan->step_count, 1);
    assert_string_equal(s->plan->steps[0].instructions, "Be brief.");
    assert_true(s->plan->steps[0].source_count > 0);
    free(edited);
    json_decref(tree);
    lac_buf_free(&json);
}

static void changed_sources_are_refused(void **state)
{
    scene *s = *state;
    lacuna_error err = {0};
    const char *const plans[] = {
        "{\"schema\":\"lacuna.plan/1\",\"steps\":[{\"checklist\":\"plan_test\",\"item\":\"p.2\","
        "\"sources\":[{\"document\":\"brochure.md\",\"line\":1,\"to_line\":1,\"sha256\":\"00\"}]}]"
        "}",
        "{\"schema\":\"lacuna.plan/1\",\"steps\":[{\"checklist\":\"plan_test\",\"item\":\"p.2\","
        "\"sources\":[{\"document\":\"other.md\",\"line\":1,\"to_line\":1}]}]}",
        "{\"schema\":\"lacuna.plan/1\",\"steps\":[{\"checklist\":\"plan_test\",\"item\":\"p.2\","
        "\"sources\":[{\"document\":\"brochure.md\",\"line\":5,\"to_line\":999}]}]}",
        "{\"schema\":\"lacuna.plan/1\",\"steps\":[{\"checklist\":\"plan_test\",\"item\":\"p.9\"}]}",
        "{\"schema\":\"something else\",\"steps\":[]}",
        "nonsense",
    };
    for (size_t i = 0; i < sizeof plans / sizeof plans[0]; i++) {
        assert_int_equal(lac_plan_apply(s->plan, lac_span_of(plans[i]), &err), LACUNA_E_FORMAT);
        assert_int_equal(s->plan->step_count, 2);
    }
}

static void named_gaps(void **state)
{
    scene *s = *state;
    lac_plan *plan;
    lacuna_error err = {0};
    const char *one[] = {"plan_test/p.3"}, *met[] = {"1"}, *none[] = {"x"};
    assert_int_equal(lac_plan_make(&plan, s->result, s->documents, 2, one, 1, &err), LACUNA_OK);
    assert_int_equal(plan->step_count, 1);
    lac_plan_free(plan);
    assert_int_equal(lac_plan_make(&plan, s->result, s->documents, 2, met, 1, &err),
                     LACUNA_E_NOTFOUND);
    assert_int_equal(lac_plan_make(&plan, s->result, s->documents, 2, none, 1, &err),
                     LACUNA_E_NOTFOUND);
}

static int make_pack(void **state)
{
    (void)state;
    return make_folder("plan_test", PACK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(steps_and_places, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(extracted, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(nothing_to_extract, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(edited_by_a_person, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(changed_sources_are_refused, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(named_gaps, open_scene, close_scene),
    };
    return cmocka_run_group_tests(tests, make_pack, remove_folder);
}
