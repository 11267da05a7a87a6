/* Tables: one row a line, cells apart by TAB, anchors by grid position. */
#include "make_docx.h"

#define TC(content) "<w:tc>" content "</w:tc>"
#define SPAN(n, content) "<w:tc><w:tcPr><w:gridSpan w:val=\"" n "\"/></w:tcPr>" content "</w:tc>"
#define TR(content) "<w:tr>" content "</w:tr>"
#define TBL(content) "<w:tbl><w:tblPr/><w:tblGrid/>" content "</w:tbl>"

static void a_row_is_a_line(void **state)
{
    (void)state;
    assert_body(TBL(TR(TC(P(R("a")) P(R("b"))) TC(P(R("c")))) TR(TC(P(R("d"))) TC(P(R("e")))))
                    P(R("after")),
                "a b\tc\nd\te\nafter\n");
}

static void empty_cells_keep_their_place_empty_rows_do_not(void **state)
{
    (void)state;
    assert_body(
        TBL(TR(TC(P("")) TC(P(R("b"))) TC(P(""))) TR(TC(P("")) TC(P(""))) TR(TC(P(R("x"))))),
        "\tb\t\nx\n");
}

static void nested_tables_are_part_of_the_cell(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .body = TBL(TR(TC(P(R("a")) TBL(TR(TC(P(R("n1"))) TC(P(R("n2")))) TR(TC(P(R("n3")))))
                              P(R("b"))) TC(P(R("c")))))});
    assert_text(d, "a n1 n2 n3 b\tc\n");
    assert_int_equal(d->table_count, 2);
    assert_int_equal(d->tables[1].parent, 0);
    assert_int_equal(d->tables[1].rows, 2);
    assert_int_equal(d->tables[1].columns, 2);
    assert_int_equal(d->tables[1].first_block, 1);
    assert_int_equal(d->tables[1].end_block, 4);
    assert_int_equal(d->tables[0].first_block, 0);
    assert_int_equal(d->tables[0].end_block, 6);
    lac_document_free(d);
}

static void a_nested_table_at_the_end_belongs_to_the_outer_one(void **state)
{
    (void)state;
    lac_document *d =
        read_docx(&(docx_parts){.body = TBL(TR(TC(P(R("a")) TBL(TR(TC(P(R("n"))))) P(""))))});
    assert_int_equal(d->tables[0].end_block, 2);
    lac_document_free(d);
}

static void columns_follow_the_grid(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .body = TBL(TR(SPAN("3", P(R("wide"))) TC(P(R(
            "x")))) "<w:tr><w:trPr><w:gridBefore w:val=\"2\"/><w:tblHeader/></w:trPr>" TC(P(R("y")))
                        TC("<w:tcPr><w:vMerge/></w:tcPr>" P(R("z"))) "</w:tr>")});
    assert_int_equal(d->blocks[1].column, 3);
    assert_int_equal(d->blocks[1].row, 0);
    assert_int_equal(d->blocks[2].column, 2);
    assert_int_equal(d->blocks[2].row, 1);
    assert_int_equal(d->blocks[3].column, 3);
    assert_int_equal(d->tables[0].columns, 4);
    assert_true(d->blocks[2].flags & LAC_BLOCK_HEADER_ROW);
    assert_false(d->blocks[0].flags & LAC_BLOCK_HEADER_ROW);
    lac_document_free(d);
}

static void lines_of_blocks_are_lines_of_the_text(void **state)
{
    (void)state;
    lac_document *d = read_docx(&(docx_parts){
        .body = P(R("one")) TBL(TR(TC(P(R("a"))) TC(P(R("b")))) TR(TC(P("")))) P(R("three"))});
    assert_int_equal(lac_document_line(d, d->blocks[2].start), 2);
    assert_int_equal(lac_document_line(d, d->blocks[3].start), 3);
    lac_document_free(d);
}

static void cells_without_table_are_read_as_text(void **state)
{
    (void)state;
    assert_body(TR(TC(P(R("a"))) TC(P(R("b")))), "a\nb\n");
}

static void nesting_has_a_limit(void **state)
{
    (void)state;
    char body[33 * 80 + 64] = "";
    for (int i = 0; i < 33; i++) {
        strncat(body, "<w:tbl><w:tr><w:tc>", sizeof body - strlen(body) - 1);
    }
    for (int i = 0; i < 33; i++) {
        strncat(body, "</w:tc></w:tr></w:tbl>", sizeof body - strlen(body) - 1);
    }
    lac_document *d;
    lacuna_error err;
    assert_int_equal(read_parts(&d, &(docx_parts){.body = body}, &err), LACUNA_E_LIMIT);
    assert_string_equal(err.place, "word/document.xml");
}

static void a_table_in_a_text_box_has_its_own_lines(void **state)
{
    (void)state;
    assert_body(P(R("p") "<w:r><w:pict><v:textbox><w:txbxContent>" TBL(TR(TC(P(R("a"))) TC(
                    P(R("b")))) TR(TC(P(R("c"))))) "</w:txbxContent></v:textbox></w:pict></w:r>"),
                "p\na\tb\nc\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_a_line),
        cmocka_unit_test(empty_cells_keep_their_place_empty_rows_do_not),
        cmocka_unit_test(nested_tables_are_part_of_the_cell),
        cmocka_unit_test(a_nested_table_at_the_end_belongs_to_the_outer_one),
        cmocka_unit_test(columns_follow_the_grid),
        cmocka_unit_test(lines_of_blocks_are_lines_of_the_text),
        cmocka_unit_test(cells_without_table_are_read_as_text),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(a_table_in_a_text_box_has_its_own_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
