/* Insertions by Lacuna, and whether a document calls itself final. */
#include "make_docx.h"

#include "analyzer/findings.h"

#define BY(author, content) "<w:ins w:id=\"1\" w:author=\"" author "\">" content "</w:ins>"
#define CORE(status)                                                                         \
    "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/" \
    "core-properties\"><cp:contentStatus>" status "</cp:contentStatus></cp:coreProperties>"

static void only_ours_are_drafts(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .body = P(BY("Lacuna (AI draft)", R("drafted"))) P(BY("A. Berg", R("by a person")))
            P(R("old")) P(BY("Lacuna (draft)", R("assembled")) R("more"))
                P(BY("Lacuna", R("a namesake")))});
    assert_int_equal(d->revisions.insertions, 4);
    assert_int_equal(d->revisions.drafts, 2);
    static const bool DRAFT[] = {true, false, false, true, false};
    for (uint32_t i = 0; i < 5; i++) {
        assert_int_equal((d->blocks[i].flags & LAC_BLOCK_DRAFT) != 0, DRAFT[i]);
    }
    lac_document_free(d);
}

static void nested_insertions_end_where_they_end(void **state)
{
    (void)state;
    lac_document *d = read_docx(
        &(docx_parts){.body = BY("A. Berg", P(BY("Lacuna (draft)", R("x"))) P(R("behind")))});
    assert_int_equal(d->revisions.drafts, 1);
    assert_true((d->blocks[0].flags & LAC_BLOCK_DRAFT) != 0);
    assert_true((d->blocks[1].flags & LAC_BLOCK_DRAFT) == 0);
    lac_document_free(d);
}

static void final_by_its_own_words(void **state)
{
    (void)state;
    static const struct {
        const char *core;
        bool is_final;
    } cases[] = {{NULL, false},          {CORE("Final"), true},      {CORE(" FINAL "), true},
                 {CORE("Draft"), false}, {CORE("Semifinal"), false}, {CORE(""), false},
                 {"<cp:broken", false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        lac_document *d = read_docx(&(docx_parts){.body = P(R("x")), .core_xml = cases[i].core});
        assert_int_equal(d->declared_final, cases[i].is_final);
        lac_document_free(d);
    }
}

static const lac_finding *find(const lac_finding_list *list, const char *rule)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i].rule, rule) == 0) {
            return &list->items[i];
        }
    }
    return NULL;
}

static void drafts_are_a_major_finding(void **state)
{
    (void)state;
    for (int final = 0; final < 2; final++) {
        lac_arena arena;
        lac_reading *reading;
        lac_arena_init(&arena);
        lac_finding_list list = {.arena = &arena};
        lac_document *d =
            read_docx(&(docx_parts){.body = P(BY("Lacuna (AI draft)", R("drafted"))) P(R("x")),
                                    .core_xml = final ? CORE("Final") : NULL});
        assert_int_equal(LACUNA_OK, lac_reading_new(&reading, d, NULL));
        assert_int_equal(LACUNA_OK, lac_document_findings(&list, reading, NULL));
        const lac_finding *found = find(&list, "docx/unreviewed-draft");
        assert_non_null(found);
        assert_int_equal(found->severity, LAC_SEVERITY_MAJOR);
        assert_int_equal(found->anchor_count, 1);
        assert_int_equal(strstr(found->message, "final") != NULL, final);
        lac_reading_free(reading);
        free(list.items);
        lac_arena_free(&arena);
        lac_document_free(d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_ours_are_drafts),
        cmocka_unit_test(nested_insertions_end_where_they_end),
        cmocka_unit_test(final_by_its_own_words),
        cmocka_unit_test(drafts_are_a_major_finding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
