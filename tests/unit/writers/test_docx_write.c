/* Writing drafts: where, how tracked, and that everything else stays. */
#include "../docx/make_docx.h"

#include "support/buf.h"
#include "writers/docx/lint.h"
#include "writers/docx/save.h"
#include "writers/docx/word_file.h"
#include "writers/docx/write.h"

#include <sys/stat.h>
#include <unistd.h>

#define STYLES HEADING("1", "0") HEADING("2", "1") STYLE("Text", "Text", "")
#define LONG "A paragraph that is long enough to be taken for body text."
#define BODY(text) STYLED("Text", text)
#define MARK " w:author=\"L\" w:date=\"2026-01-31T12:00:00Z\""

static const char sections[] =
    STYLED("Heading1", "One") BODY("First. " LONG) STYLED("Heading2", "One A") BODY("Second. " LONG)
        STYLED("Heading1", "Two") BODY("Third. " LONG);

static const lac_span remark[] = {{"Requirement", 11}, {"Source", 6}};

static lac_draft draft_of(lac_draft_where where, uint32_t paragraph)
{
    static const lac_draft_block blocks[] = {
        {.kind = LAC_DRAFT_HEADING, .level = 1, .text = {"New", 3}},
        {.kind = LAC_DRAFT_PARAGRAPH, .text = {"Drafted <text> & more", 21}},
    };
    static lac_draft_gap gap;
    gap = (lac_draft_gap){.place = {where, paragraph},
                          .blocks = blocks,
                          .block_count = 2,
                          .comment = remark,
                          .comment_count = 2};
    return (lac_draft){.author = lac_span_of("L"),
                       .initials = lac_span_of("L"),
                       .date = lac_span_of("2026-01-31T12:00:00Z"),
                       .gaps = &gap,
                       .gap_count = 1};
}

typedef struct result {
    docx_file file;
    lac_written *written;
    lacuna_status status;
    lacuna_error err;
} result;

static result write_as(const docx_parts *parts, const lac_draft *draft, bool marked)
{
    result got = {.file = make_file(parts)};
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    const lac_write_options options = {.marked = marked, .limits = &limits};
    got.status = lac_docx_write(&got.written, lac_span_make(got.file.bytes, got.file.length),
                                "test.docx", draft, &options, &got.err);
    return got;
}

static result write_marked(const char *body, lac_draft_where where, uint32_t paragraph)
{
    lac_draft draft = draft_of(where, paragraph);
    const docx_parts parts = {.body = body, .styles = STYLES};
    return write_as(&parts, &draft, true);
}

static void release(result *got)
{
    lac_written_free(got->written);
    free(got->file.bytes);
}

/* A part of the result as text; free() it. NULL: absent. */
static char *part_of(const result *got, const char *name)
{
    assert_int_equal(LACUNA_OK, got->status);
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    const lac_source source = {.kind = LAC_SOURCE_MEMORY,
                               .path = "out.docx",
                               .memory = {got->written->bytes, got->written->length}};
    lac_package *package;
    lacuna_error err;
    assert_int_equal(LACUNA_OK, lac_package_open(&package, &source, &limits, &err));
    uint32_t index = lac_package_find(package, name);
    char *data = NULL;
    size_t length = 0;
    if (index != LAC_PART_NONE) {
        assert_int_equal(LACUNA_OK,
                         lac_package_read(&data, &length, package, index, 1 << 20, &err));
        char *text = calloc(1, length + 1);
        assert_non_null(text);
        memcpy(text, data, length);
        free(data);
        data = text;
    }
    lac_package_close(package);
    return data;
}

static void assert_part_has(const result *got, const char *name, const char *wanted)
{
    if (got->status != LACUNA_OK) {
        fail_msg("%s: %s", got->err.place, got->err.message);
    }
    char *text = part_of(got, name);
    assert_non_null(text);
    if (strstr(text, wanted) == NULL) {
        fail_msg("no [%s] in [%s]", wanted, text);
    }
    free(text);
}

static void assert_main_has(const result *got, const char *wanted)
{
    assert_part_has(got, "word/document.xml", wanted);
}

static void assert_accepted(const result *got, const char *expected)
{
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    const lac_source source = {.kind = LAC_SOURCE_MEMORY,
                               .path = "out.docx",
                               .memory = {got->written->bytes, got->written->length}};
    lac_package *package;
    lac_document *document;
    lacuna_error err;
    assert_int_equal(LACUNA_OK, lac_package_open(&package, &source, &limits, &err));
    assert_int_equal(LACUNA_OK, lac_docx_read(&document, package, &limits, &err));
    assert_text(document, expected);
    lac_document_free(document);
    lac_package_close(package);
}

/* ---- ways of tracking ------------------------------------------------------------------------ */

static void test_between_sections_with_shifted_mark(void **state)
{
    (void)state;
    result got = write_marked(sections, LAC_DRAFT_AFTER_SECTION, 0);
    assert_main_has(&got, "<w:pStyle w:val=\"Text\"/><w:rPr><w:ins w:id=\"");
    assert_main_has(&got,
                    "Drafted &lt;text&gt; &amp; more</w:t></w:r></w:ins></w:p><w:p><w:pPr>"
                    "<w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t xml:space=\"preserve\">Two");
    assert_int_equal(LAC_MARKING_SHIFTED, got.written->gaps[0].marking);
    assert_accepted(&got, "One\nFirst. " LONG "\nOne A\nSecond. " LONG
                          "\nNew\nDrafted <text> & more\nTwo\nThird. " LONG "\n");
    release(&got);
}

static void test_behind_a_heading_with_own_marks(void **state)
{
    (void)state;
    result got = write_marked(STYLED("Heading1", "One") STYLED("Heading1", "Two") BODY(LONG),
                              LAC_DRAFT_IN_SECTION, 0);
    assert_int_equal(LAC_MARKING_OWN, got.written->gaps[0].marking);
    assert_main_has(&got, "<w:p><w:pPr><w:pStyle w:val=\"Text\"/><w:rPr><w:ins w:id=\"");
    release(&got);
}

static void test_at_the_end_former_properties_are_recorded(void **state)
{
    (void)state;
    result got = write_marked(BODY(LONG) STYLED("Heading1", "Last"), LAC_DRAFT_AT_END, 0);
    assert_int_equal(LAC_MARKING_SHIFTED, got.written->gaps[0].marking);
    assert_main_has(&got, "<w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr></w:pPrChange></w:pPr>");
    assert_false(got.written->leaves_paragraph);
    release(&got);
}

static void test_before_a_table(void **state)
{
    (void)state;
    result got = write_marked(
        BODY(LONG) "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" P(""),
        LAC_DRAFT_AFTER_PARAGRAPH, 0);
    assert_int_equal(LAC_MARKING_SHIFTED, got.written->gaps[0].marking);
    assert_main_has(&got, "more</w:t></w:r></w:ins></w:p><w:tbl>");
    release(&got);
}

static void test_others_revisions_stay(void **state)
{
    (void)state;
    result got = write_marked(
        "<w:p><w:pPr><w:pStyle w:val=\"Text\"/><w:rPr><w:ins w:id=\"41\"" MARK "/></w:rPr></w:pPr>"
        "<w:bookmarkStart w:id=\"57\" w:name=\"b\"/><w:bookmarkEnd w:id=\"57\"/>" R(LONG) "</w:p>",
        LAC_DRAFT_AT_END, 0);
    assert_int_equal(LAC_MARKING_OWN, got.written->gaps[0].marking); /* that mark is tracked */
    assert_true(got.written->leaves_paragraph);
    assert_main_has(&got, "<w:commentRangeStart w:id=\"58\"/>");
    assert_main_has(&got, "<w:ins w:id=\"41\"" MARK "/></w:rPr>");
    release(&got);
}

static void test_clean_copy_has_no_marks(void **state)
{
    (void)state;
    lac_draft draft = draft_of(LAC_DRAFT_AFTER_SECTION, 0);
    const docx_parts parts = {.body = sections, .styles = STYLES};
    result got = write_as(&parts, &draft, false);
    char *text = part_of(&got, "word/document.xml");
    assert_null(strstr(text, "<w:ins"));
    assert_null(strstr(text, "comment"));
    assert_non_null(strstr(text, "Drafted"));
    assert_null(part_of(&got, "word/comments.xml"));
    free(text);
    release(&got);
}

/* ---- looks ----------------------------------------------------------------------------------- */

static void test_heading_looks_like_its_sibling(void **state)
{
    (void)state;
    const char *body = PP("<w:keepNext/><w:outlineLvl w:val=\"0\"/>",
                          RP("<w:color w:val=\"FF0000\"/><w:b/>", "One")) P(R(LONG));
    result got = write_marked(body, LAC_DRAFT_AT_END, 0);
    /* in the order of the schema, whatever the order of the sibling */
    assert_main_has(&got,
                    "<w:b/><w:color w:val=\"FF0000\"/></w:rPr><w:t xml:space=\"preserve\">New");
    assert_main_has(&got, "<w:keepNext/><w:outlineLvl w:val=\"0\"/><w:rPr><w:ins");
    release(&got);
}

static void test_lists_are_cloned_or_defined(void **state)
{
    (void)state;
    static const lac_draft_block blocks[] = {
        {.kind = LAC_DRAFT_NUMBERED, .text = {"a", 1}},
        {.kind = LAC_DRAFT_BULLET, .text = {"b", 1}},
        {.kind = LAC_DRAFT_PARAGRAPH, .text = {"c\td\ne\x01", 6}},
    };
    lac_draft draft = draft_of(LAC_DRAFT_AT_END, 0);
    lac_draft_gap gap = draft.gaps[0];
    gap.blocks = blocks;
    gap.block_count = 3;
    draft.gaps = &gap;
    const docx_parts parts = {.body = LISTED("7", "0", "item") P(R(LONG)),
                              .styles = STYLES,
                              .numbering = ABSTRACT("3", DECIMALS) NUM("7", "3")};
    result got = write_as(&parts, &draft, true);
    assert_part_has(&got, "word/numbering.xml", "<w:abstractNum w:abstractNumId=\"4\"><w:lvl");
    assert_part_has(&got, "word/numbering.xml",
                    "<w:num w:numId=\"8\"><w:abstractNumId w:val=\"4\"/></w:num>");
    assert_main_has(&got, "<w:numId w:val=\"8\"/>");
    assert_main_has(&got, "<w:numId w:val=\"9\"/>");
    assert_main_has(&got, "c</w:t><w:tab/><w:t xml:space=\"preserve\">d</w:t><w:br/><w:t "
                          "xml:space=\"preserve\">e\xEF\xBF\xBD</w:t>");
    release(&got);
}

static void test_table_with_header_row(void **state)
{
    (void)state;
    static const lac_span cells[] = {{"H", 1}, {"I", 1}, {"x", 1}, {"[DATA NEEDED: y]", 16}};
    static const lac_draft_block table = {
        .kind = LAC_DRAFT_TABLE, .rows = 2, .columns = 2, .header_rows = 1, .cells = cells};
    lac_draft draft = draft_of(LAC_DRAFT_AT_END, 0);
    lac_draft_gap gap = draft.gaps[0];
    gap.blocks = &table;
    gap.block_count = 1;
    draft.gaps = &gap;
    const docx_parts parts = {.body = BODY(LONG), .styles = STYLES};
    result got = write_as(&parts, &draft, true);
    assert_main_has(&got, "<w:trPr><w:cantSplit/><w:tblHeader/><w:ins w:id=");
    assert_main_has(&got,
                    "<w:highlight w:val=\"yellow\"/></w:rPr><w:t xml:space=\"preserve\">[DATA");
    assert_main_has(&got, "</w:tbl><w:p><w:pPr><w:pStyle w:val=\"Text\"/></w:pPr></w:p>");
    release(&got);
}

/* ---- comments -------------------------------------------------------------------------------- */

static void test_comment_parts_are_made(void **state)
{
    (void)state;
    result got = write_marked(sections, LAC_DRAFT_AFTER_SECTION, 0);
    assert_part_has(&got, "word/comments.xml", "<w:t xml:space=\"preserve\">Requirement</w:t>");
    assert_part_has(&got, "word/commentsExtended.xml", "w15:paraId=\"1AC00002\" w15:done=\"0\"/>");
    assert_part_has(&got, "word/people.xml", "<w15:person w15:author=\"L\">");
    assert_part_has(&got, "[Content_Types].xml", "PartName=\"/word/people.xml\"");
    assert_part_has(&got, "word/_rels/document.xml.rels", "Id=\"rIdLacuna1\"");
    release(&got);
}

static void test_comments_that_are_there_stay(void **state)
{
    (void)state;
    lac_draft draft = draft_of(LAC_DRAFT_AFTER_SECTION, 0);
    const docx_parts parts = {.body = sections,
                              .styles = STYLES,
                              .comments_xml = "<x:comments xmlns:x=\"" W_NS "\"/>",
                              .content_type = "application/vnd.openxmlformats-officedocument."
                                              "wordprocessingml.document.main+xml\"/><Override "
                                              "PartName=\"/word/comments.xml\" ContentType=\""
                                              "application/vnd.openxmlformats-officedocument."
                                              "wordprocessingml.comments+xml"};
    result got = write_as(&parts, &draft, true);
    assert_part_has(&got, "word/comments.xml", "<x:comments xmlns:x=\"" W_NS "\"><x:comment x:id=");
    assert_null(part_of(&got, "word/commentsExtended.xml")); /* its paragraphs cannot have ids */
    release(&got);
}

static void test_several_parts_are_related_from_an_empty_root(void **state)
{
    (void)state;
    lac_draft draft = draft_of(LAC_DRAFT_AT_END, 0);
    const docx_parts parts = {.body = P(R(LONG)),
                              .main_name = "main/doc.xml",
                              .extra_name = "main/_rels/x.xml.rels",
                              .extra =
                                  "<p:Relationships xmlns:p=\"http://schemas.openxmlformats.org/"
                                  "package/2006/relationships\" />"};
    result got = write_as(&parts, &draft, true);
    assert_int_equal(LACUNA_OK, got.status);
    lac_word_file *file;
    lacuna_error err;
    lac_word_part *part;
    lac_buf one, two;
    lac_buf_init(&one, 64);
    lac_buf_init(&two, 64);
    assert_int_equal(LACUNA_OK, lac_buf_append_text(&one, "<p:a/>"));
    assert_int_equal(LACUNA_OK, lac_buf_append_text(&two, "<p:b/>"));
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    lac_span bytes = lac_span_make(got.file.bytes, got.file.length);
    assert_int_equal(LACUNA_OK, lac_word_open(&file, bytes, "x", &limits, &err));
    assert_int_equal(LACUNA_OK, lac_word_part_get(&part, file, "main/_rels/x.xml.rels", &err));
    assert_int_equal(LACUNA_OK, lac_word_append(file, part, 0, &one, &err));
    assert_int_equal(LACUNA_OK, lac_word_append(file, part, 0, &two, &err));
    char *out;
    size_t length;
    assert_int_equal(LACUNA_OK, lac_splice(&out, &length, part->bytes, &part->edits, &err));
    assert_non_null(strstr(out, " ><p:a/><p:b/></p:Relationships>"));
    free(out);
    lac_buf_free(&one);
    lac_buf_free(&two);
    lac_word_close(file);
    release(&got);
}

/* ---- places ---------------------------------------------------------------------------------- */

static void assert_not_placed(const char *body, lac_draft_where where, uint32_t paragraph,
                              const char *why)
{
    result got = write_marked(body, where, paragraph);
    assert_int_equal(LACUNA_E_UNSUPPORTED, got.status);
    if (strstr(got.err.message, why) == NULL) {
        fail_msg("%s", got.err.message);
    }
    assert_null(got.written);
    release(&got);
}

static void test_forbidden_places(void **state)
{
    (void)state;
    assert_not_placed(P("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>")
                          P("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"),
                      LAC_DRAFT_AFTER_PARAGRAPH, 0, "field");
    assert_not_placed(PP("<w:rPr><w:del w:id=\"1\"" MARK "/></w:rPr>", R("a")) P(R("b")),
                      LAC_DRAFT_AFTER_PARAGRAPH, 0, "deleted");
    assert_not_placed(PP("<w:framePr w:dropCap=\"drop\"/>", R("A")) P(R("b")),
                      LAC_DRAFT_AFTER_PARAGRAPH, 0, "drop cap");
    assert_not_placed(PP("<w:rPr><w:specVanish/></w:rPr>", R("a")) P(R("b")),
                      LAC_DRAFT_AFTER_PARAGRAPH, 0, "runs on");
    assert_not_placed(
        PP("<w:sectPr><w:pgSz w:w=\"1\" w:h=\"2\"/></w:sectPr>", R("a"))
            P(R("b")) "<w:sectPr><w:pgSz w:w=\"2\" w:h=\"1\" w:orient=\"landscape\"/></w:sectPr>",
        LAC_DRAFT_AFTER_PARAGRAPH, 0, "changes the page");
    assert_not_placed("<w:moveToRangeStart w:id=\"1\" w:name=\"m\"" MARK "/>" P(R("a"))
                          P(R("b")) "<w:moveToRangeEnd w:id=\"1\"/>",
                      LAC_DRAFT_AFTER_PARAGRAPH, 0, "moved");
    assert_not_placed("<w:sdt><w:sdtContent>" STYLED("Heading1", "One") P(R("a"))
                          STYLED("Heading1", "Two") "</w:sdtContent></w:sdt>",
                      LAC_DRAFT_AFTER_SECTION, 0, "content control");
}

static void test_breaks_and_bookmarks_stay_with_the_next_heading(void **state)
{
    (void)state;
    result got = write_marked(
        STYLED("Heading1", "One")
            BODY(LONG) "<w:bookmarkStart w:id=\"1\" w:name=\"z\"/>"
                       "<w:bookmarkEnd w:id=\"1\"/>" P(
                           "<w:r><w:br w:type=\"page\"/></w:r>") "<w:bookmarkStart w:id=\"2\" "
                                                                 "w:name=\"y\"/>" STYLED(
                                                                     "Heading1", "Two") "<w:"
                                                                                        "bookmar"
                                                                                        "kEnd "
                                                                                        "w:id="
                                                                                        "\"2\"/"
                                                                                        ">",
        LAC_DRAFT_AFTER_SECTION, 0);
    assert_main_has(&got, "<w:bookmarkEnd w:id=\"1\"/><w:p><w:pPr><w:pStyle w:val=\"Heading1\"/>"
                          "<w:rPr><w:ins");
    assert_main_has(&got, "more</w:t></w:r></w:ins></w:p><w:p><w:r><w:br w:type=\"page\"/>");
    release(&got);
}

/* ---- what is refused ------------------------------------------------------------------------- */

static void assert_refused(const docx_parts *parts, const char *why)
{
    lac_draft draft = draft_of(LAC_DRAFT_AT_END, 0);
    result got = write_as(parts, &draft, true);
    assert_int_equal(LACUNA_E_UNSUPPORTED, got.status);
    if (strstr(got.err.message, why) == NULL) {
        fail_msg("%s", got.err.message);
    }
    release(&got);
}

static void test_refusals(void **state)
{
    (void)state;
    assert_refused(
        &(docx_parts){.document_xml =
                          "<w:document xmlns:w=\"http://purl.oclc.org/ooxml/"
                          "wordprocessingml/main\"><w:body><w:p/></w:body></w:document>"},
        "Strict");
    assert_refused(&(docx_parts){.document_xml = "<document xmlns=\"" W_NS "\"><body><p/></body>"
                                                 "</document>"},
                   "one prefix");
    assert_refused(
        &(docx_parts){.body = P(R("a")), .extra_name = "_xmlsignatures/sig1.xml", .extra = "<x/>"},
        "signed");
    assert_refused(&(docx_parts){.document_xml = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>"
                                                 "<w:document xmlns:w=\"" W_NS
                                                 "\"><w:body><w:p/></w:body></w:document>"},
                   "UTF-8");
}

static void test_other_prefix_main_part_and_byte_order_mark(void **state)
{
    (void)state;
    lac_draft draft = draft_of(LAC_DRAFT_AT_END, 0);
    const docx_parts parts = {.document_xml = "\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n"
                                              "<ns0:document xmlns:ns0=\"" W_NS
                                              "\"><ns0:body><ns0:p /></ns0:body></ns0:document>\n",
                              .main_name = "word/document2.xml"};
    result got = write_as(&parts, &draft, true);
    assert_part_has(&got, "word/document2.xml", "<ns0:p ><ns0:pPr><ns0:rPr><ns0:ins ns0:id=");
    assert_part_has(&got, "word/document2.xml", "\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n<ns0:doc");
    assert_part_has(&got, "word/_rels/document2.xml.rels", "Target=\"people.xml\"");
    release(&got);
}

static void test_same_bytes_every_time(void **state)
{
    (void)state;
    result one = write_marked(sections, LAC_DRAFT_AFTER_SECTION, 0);
    lac_draft draft = draft_of(LAC_DRAFT_AFTER_SECTION, 0);
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    const lac_write_options options = {.marked = true, .limits = &limits};
    lac_written *two;
    lacuna_error err;
    sleep(2); /* times in a zip count in steps of two seconds */
    assert_int_equal(LACUNA_OK, lac_docx_write(&two, lac_span_make(one.file.bytes, one.file.length),
                                               "x", &draft, &options, &err));
    assert_int_equal(one.written->length, two->length);
    assert_memory_equal(one.written->bytes, two->bytes, two->length);
    lac_written_free(two);
    release(&one);
}

/* ---- saving ---------------------------------------------------------------------------------- */

static void test_the_input_is_never_overwritten(void **state)
{
    (void)state;
    char folder[] = "/tmp/lacuna-save-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char input[64], link_name[64], output[64];
    (void)snprintf(input, sizeof input, "%s/in", folder);
    (void)snprintf(link_name, sizeof link_name, "%s/link", folder);
    (void)snprintf(output, sizeof output, "%s/out", folder);
    lacuna_error err;
    assert_int_equal(LACUNA_OK, lac_save(input, lac_span_of("abc"), NULL, &err));
    assert_int_equal(0, symlink(input, link_name));
    assert_int_equal(LACUNA_E_ARGUMENT, lac_save(input, lac_span_of("x"), input, &err));
    assert_int_equal(LACUNA_E_ARGUMENT, lac_save(link_name, lac_span_of("x"), input, &err));
    assert_int_equal(LACUNA_OK, lac_save(output, lac_span_of("x"), input, &err));
    struct stat facts;
    assert_int_equal(0, stat(input, &facts));
    assert_int_equal(3, facts.st_size);
    assert_int_equal(LACUNA_E_IO, lac_save("/nowhere/at/all", lac_span_of("x"), NULL, &err));
    (void)unlink(input);
    (void)unlink(link_name);
    (void)unlink(output);
    assert_int_equal(0, rmdir(folder)); /* nothing else was left there */
}

/* ---- custom properties ----------------------------------------------------------------------- */

static char *read_entry(const lac_written *written, const char *name)
{
    lac_package *package;
    char *bytes = NULL;
    size_t length;
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    const lac_source source = {.kind = LAC_SOURCE_MEMORY,
                               .path = "w.docx",
                               .memory = lac_span_make(written->bytes, written->length)};
    assert_int_equal(LACUNA_OK, lac_package_open(&package, &source, &limits, NULL));
    uint32_t part = lac_package_find(package, name);
    if (part != LAC_PART_NONE) {
        assert_int_equal(LACUNA_OK,
                         lac_package_read(&bytes, &length, package, part, 1 << 20, NULL));
        char *text = malloc(length + 1);
        assert_non_null(text);
        memcpy(text, bytes, length);
        text[length] = '\0';
        free(bytes);
        bytes = text;
    }
    lac_package_close(package);
    return bytes;
}

static lac_written *write_with_property(bool marked, const char *value)
{
    const docx_parts parts = {.body = sections, .styles = STYLES};
    const lac_property properties[] = {{"LacunaStatus", lac_span_of(value)},
                                       {"LacunaDate", lac_span_of("2026")}};
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    lac_draft draft = draft_of(LAC_DRAFT_AFTER_SECTION, 0);
    const lac_write_options options = {
        .marked = marked, .limits = &limits, .properties = properties, .property_count = 2};
    docx_file file = make_file(&parts);
    lac_written *written;
    assert_int_equal(LACUNA_OK, lac_docx_write(&written, lac_span_make(file.bytes, file.length),
                                               "test.docx", &draft, &options, NULL));
    free(file.bytes);
    return written;
}

static void the_marked_copy_says_what_it_is(void **state)
{
    (void)state;
    lac_written *written = write_with_property(true, "DRAFT <&> \x01");
    char *custom = read_entry(written, "docProps/custom.xml");
    char *relations = read_entry(written, "_rels/.rels");
    char *types = read_entry(written, "[Content_Types].xml");
    assert_non_null(custom);
    assert_non_null(strstr(custom, "pid=\"2\" name=\"LacunaStatus\""));
    assert_non_null(strstr(custom, "pid=\"3\" name=\"LacunaDate\""));
    assert_non_null(strstr(custom, "DRAFT &lt;&amp;&gt; \xEF\xBF\xBD"));
    assert_non_null(strstr(relations, "relationships/custom-properties"));
    assert_non_null(strstr(types, "PartName=\"/docProps/custom.xml\""));
    /* Written again, what is there stays: two of one name would be repaired by Word. */
    const lac_limits limits = LAC_LIMITS_DEFAULT;
    const lac_property again[] = {{"LacunaStatus", lac_span_of("other")},
                                  {"LacunaMore", lac_span_of("x")}};
    lac_draft draft = draft_of(LAC_DRAFT_AFTER_SECTION, 0);
    const lac_write_options options = {
        .marked = true, .limits = &limits, .properties = again, .property_count = 2};
    lac_written *second;
    assert_int_equal(LACUNA_OK,
                     lac_docx_write(&second, lac_span_make(written->bytes, written->length),
                                    "test.docx", &draft, &options, NULL));
    char *both = read_entry(second, "docProps/custom.xml");
    assert_null(strstr(both, "other"));
    assert_non_null(strstr(both, "pid=\"4\" name=\"LacunaMore\""));
    free(custom);
    free(relations);
    free(types);
    free(both);
    lac_written_free(written);
    lac_written_free(second);
}

static void the_clean_copy_has_no_properties(void **state)
{
    (void)state;
    lac_written *written = write_with_property(false, "DRAFT");
    assert_null(read_entry(written, "docProps/custom.xml"));
    lac_written_free(written);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_between_sections_with_shifted_mark),
        cmocka_unit_test(test_behind_a_heading_with_own_marks),
        cmocka_unit_test(test_at_the_end_former_properties_are_recorded),
        cmocka_unit_test(test_before_a_table),
        cmocka_unit_test(test_others_revisions_stay),
        cmocka_unit_test(test_clean_copy_has_no_marks),
        cmocka_unit_test(test_heading_looks_like_its_sibling),
        cmocka_unit_test(test_lists_are_cloned_or_defined),
        cmocka_unit_test(test_table_with_header_row),
        cmocka_unit_test(test_comment_parts_are_made),
        cmocka_unit_test(test_comments_that_are_there_stay),
        cmocka_unit_test(test_several_parts_are_related_from_an_empty_root),
        cmocka_unit_test(test_forbidden_places),
        cmocka_unit_test(test_breaks_and_bookmarks_stay_with_the_next_heading),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_other_prefix_main_part_and_byte_order_mark),
        cmocka_unit_test(test_same_bytes_every_time),
        cmocka_unit_test(test_the_input_is_never_overwritten),
        cmocka_unit_test(the_marked_copy_says_what_it_is),
        cmocka_unit_test(the_clean_copy_has_no_properties),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
