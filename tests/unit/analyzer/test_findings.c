/* Findings about the document itself. */
#include "analyzer/findings.h"
#include "parsers/document_builder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct bench {
    lac_builder builder;
    lac_document *document;
    lac_reading *reading;
    lac_arena arena;
    lac_finding_list list;
} bench;

static void start(bench *b)
{
    lac_limits limits = LAC_LIMITS_DEFAULT;
    memset(b, 0, sizeof *b);
    lac_arena_init(&b->arena);
    b->list.arena = &b->arena;
    assert_int_equal(lac_builder_init(&b->builder, LAC_FORMAT_DOCX, &limits, NULL), LACUNA_OK);
}

static uint32_t add(bench *b, const char *text, uint8_t level, uint32_t flags)
{
    uint32_t index;
    lac_block block = {.table = LAC_NONE,
                       .level = level,
                       .flags = flags,
                       .source = level > 0 ? LAC_HEADING_STYLE_NAME : LAC_HEADING_NONE};
    assert_int_equal(lac_builder_block(&b->builder, &index, &block, lac_span_of(text), '\n', false),
                     LACUNA_OK);
    return index;
}

static void add_entry(bench *b, const char *number, const char *title)
{
    uint32_t block = add(b, title, 0, LAC_BLOCK_TOC);
    lac_toc_entry entry = {block, 1, lac_span_of(number), lac_span_of(title)};
    assert_int_equal(lac_builder_toc(&b->builder, &entry), LACUNA_OK);
}

static void finish(bench *b)
{
    lac_revisions revisions = b->builder.document->revisions;
    assert_int_equal(lac_builder_finish(&b->document, &b->builder, NULL), LACUNA_OK);
    b->document->revisions = revisions;
    assert_int_equal(lac_reading_new(&b->reading, b->document, NULL), LACUNA_OK);
    assert_int_equal(lac_document_findings(&b->list, b->reading, NULL), LACUNA_OK);
}

static const lac_finding *find(const bench *b, const char *rule)
{
    for (size_t i = 0; i < b->list.count; i++) {
        if (strcmp(b->list.items[i].rule, rule) == 0) {
            return &b->list.items[i];
        }
    }
    return NULL;
}

static void done(bench *b)
{
    lac_reading_free(b->reading);
    lac_document_free(b->document);
    free(b->list.items);
    lac_arena_free(&b->arena);
}

static void a_true_contents_list_gives_no_finding(void **state)
{
    (void)state;
    bench b;
    start(&b);
    add_entry(&b, "1", "Introduction");
    add_entry(&b, "2", "Trial \xE2\x80\x93 Design");
    add(&b, "1 Introduction", 1, 0);
    add(&b, "2. Trial - design", 1, 0);
    finish(&b);
    assert_null(find(&b, "docx/contents-out-of-date"));
    done(&b);
}

static void a_stale_contents_list_names_its_entries(void **state)
{
    (void)state;
    bench b;
    start(&b);
    add_entry(&b, "1", "Introduction");
    add_entry(&b, "1.11", "Old section");
    add(&b, "1 Introduction", 1, 0);
    add(&b, "11.1 Old section", 1, 0);
    finish(&b);
    const lac_finding *finding = find(&b, "docx/contents-out-of-date");
    assert_non_null(finding);
    assert_int_equal(finding->anchor_count, 1);
    assert_non_null(strstr(finding->message, "1 of its entries"));
    assert_non_null(strstr(finding->message, "\"1.11 Old section\""));
    assert_non_null(strstr(finding->message, "\"11.1 Old section\""));
    done(&b);
}

static void revisions_and_hidden_text_are_told(void **state)
{
    (void)state;
    bench b;
    start(&b);
    add(&b, "New words", 0, LAC_BLOCK_INSERTED);
    add(&b, "Some words", 0, LAC_BLOCK_HIDDEN_PARTS);
    b.builder.document->revisions.insertions = 2;
    b.builder.document->revisions.comments = 3;
    b.builder.document->revisions.hidden_characters = 17;
    finish(&b);
    assert_non_null(strstr(find(&b, "docx/tracked-changes")->message,
                           "Tracked changes left in the document: 2;"));
    assert_int_equal(find(&b, "docx/tracked-changes")->anchor_count, 1);
    assert_non_null(
        strstr(find(&b, "docx/comments")->message, "Comments left in the document: 3."));
    assert_int_equal(find(&b, "docx/hidden-text")->anchors[0].block, 0);
    assert_null(find(&b, "docx/broken-reference"));
    done(&b);
}

static void leftovers_are_told_once_per_section(void **state)
{
    (void)state;
    bench b;
    start(&b);
    add(&b, "1 Dose", 1, 0);
    add(&b, "The dose is TBD mg on day XX.", 0, 0);
    add(&b, "2 Visits", 1, 0);
    add(&b, "<<Visits>>", 0, 0);
    finish(&b);
    size_t count = 0;
    for (size_t i = 0; i < b.list.count; i++) {
        count += strcmp(b.list.items[i].rule, "text/leftover") == 0;
    }
    assert_int_equal(count, 2);
    assert_int_equal(find(&b, "text/leftover")->anchor_count, 2);
    done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_true_contents_list_gives_no_finding),
                                       cmocka_unit_test(a_stale_contents_list_names_its_entries),
                                       cmocka_unit_test(revisions_and_hidden_text_are_told),
                                       cmocka_unit_test(leftovers_are_told_once_per_section)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
