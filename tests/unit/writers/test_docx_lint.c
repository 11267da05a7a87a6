/* The mutation matrix: every way of damaging a sound document is seen, and harmless changes are
 * not. */
#include "../docx/make_docx.h"

#include "support/buf.h"
#include "writers/docx/lint.h"

#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define WORD_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define WHO " w:author=\"A\" w:date=\"2026-01-31T12:00:00Z\""

/* A document with everything the rules look at, all of it in order. */
static const char types_xml[] =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
    "Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Override PartName=\"/word/document.xml\" ContentType=\"" WORD_TYPE "document.main+xml\"/>"
    "<Override PartName=\"/word/styles.xml\" ContentType=\"" WORD_TYPE "styles+xml\"/>"
    "<Override PartName=\"/word/numbering.xml\" ContentType=\"" WORD_TYPE "numbering+xml\"/>"
    "<Override PartName=\"/docProps/custom.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.custom-properties+xml\"/>"
    "<Override PartName=\"/word/comments.xml\" ContentType=\"" WORD_TYPE "comments+xml\"/></Types>";
static const char package_rels[] =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"" REL "officeDocument\" Target=\"word/document.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"" REL "custom-properties\" "
    "Target=\"docProps/custom.xml\"/></Relationships>";
static const char custom_xml[] =
    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\">"
    "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"2\" name=\"One\"/>"
    "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"3\" name=\"Two\"/>"
    "</Properties>";
static const char main_rels[] =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"" REL "styles\" Target=\"styles.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"" REL "numbering\" Target=\"numbering.xml\"/>"
    "<Relationship Id=\"rId3\" Type=\"" REL "comments\" Target=\"comments.xml\"/></Relationships>";
static const char styles_xml[] =
    "<w:styles xmlns:w=\"" W_NS "\"><w:style w:type=\"paragraph\" w:styleId=\"Body\"><w:name "
    "w:val=\"Body\"/></w:style></w:styles>";
static const char numbering_xml[] =
    "<w:numbering xmlns:w=\"" W_NS "\"><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\">"
    "<w:start w:val=\"1\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId "
    "w:val=\"0\"/></w:num></w:numbering>";
static const char comments_xml[] =
    "<w:comments xmlns:w=\"" W_NS "\"><w:comment w:id=\"40\"" WHO "><w:p><w:r><w:t>c</w:t></w:r>"
    "</w:p></w:comment></w:comments>";
static const char document_xml[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<w:document" NAMESPACES
    " mc:Ignorable=\"w14\"><w:body>"
    "<w:p w14:paraId=\"00000001\"><w:pPr><w:pStyle w:val=\"Body\"/><w:numPr><w:ilvl w:val=\"0\"/>"
    "<w:numId w:val=\"1\"/></w:numPr><w:jc w:val=\"left\"/><w:rPr><w:ins w:id=\"1\"" WHO "/><w:b/>"
    "<w:color w:val=\"auto\"/></w:rPr></w:pPr><w:bookmarkStart w:id=\"10\" w:name=\"one\"/>"
    "<w:commentRangeStart w:id=\"40\"/><w:ins w:id=\"2\"" WHO
    "><w:r><w:t xml:space=\"preserve\">new "
    "</w:t></w:r></w:ins><w:commentRangeEnd w:id=\"40\"/><w:r><w:commentReference w:id=\"40\"/>"
    "</w:r><w:bookmarkEnd w:id=\"10\"/></w:p>"
    "<w:p w14:paraId=\"00000002\"><w:bookmarkStart w:id=\"11\" w:name=\"two\"/><w:bookmarkEnd "
    "w:id=\"11\"/><w:del w:id=\"3\"" WHO "><w:r><w:delText>old</w:delText></w:r></w:del><w:r>"
    "<w:rPr><w:b/><w:color w:val=\"FF0000\"/></w:rPr><w:t>red</w:t></w:r><w:r><w:fldChar "
    "w:fldCharType=\"begin\"/></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
    "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid><w:gridCol "
    "w:w=\"10\"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:ins w:id=\"4\"" WHO "/></w:trPr><w:tc>"
    "<w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    "<w:sdt><w:sdtPr><w:id w:val=\"7\"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>"
    "<w:sdt><w:sdtPr><w:id w:val=\"8\"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>"
    "<w:p/><w:sectPr/></w:body></w:document>";

typedef struct part {
    const char *name, *text;
} part;

static const part sound[] = {
    {"[Content_Types].xml", types_xml},
    {"_rels/.rels", package_rels},
    {"word/_rels/document.xml.rels", main_rels},
    {"word/document.xml", document_xml},
    {"word/styles.xml", styles_xml},
    {"word/numbering.xml", numbering_xml},
    {"word/comments.xml", comments_xml},
    {"docProps/custom.xml", custom_xml},
};

typedef struct mutation {
    const char *what, *part;
    const char *from, *to; /* the first occurrence; it must be there */
    const char *code;      /* NULL: harmless */
} mutation;

static const mutation mutations[] = {
    {"two revisions with one id", "word/document.xml", "w:ins w:id=\"2\"", "w:ins w:id=\"1\"",
     "lint/id-twice"},
    {"a revision and a bookmark with one id", "word/document.xml", "w:ins w:id=\"2\"",
     "w:ins w:id=\"10\"", "lint/id-twice"},
    {"two paragraphs with one id", "word/document.xml", "paraId=\"00000002\"",
     "paraId=\"00000001\"", "lint/paragraph-id-twice"},
    {"unknown style", "word/document.xml", "w:val=\"Body\"", "w:val=\"Nobody\"",
     "lint/style-absent"},
    {"comment without the end of its range", "word/document.xml",
     "<w:commentRangeEnd w:id=\"40\"/>", "", "lint/comment-open"},
    {"comment without reference", "word/document.xml",
     "<w:r><w:commentReference w:id=\"40\"/></w:r>", "", "lint/comment-unreferenced"},
    {"two comments with one id", "word/comments.xml", "</w:comments>",
     "<w:comment w:id=\"40\"" WHO "><w:p/></w:comment></w:comments>", "lint/comment-id-twice"},
    {"reference to no comment", "word/document.xml", "<w:commentReference w:id=\"40\"/>",
     "<w:commentReference w:id=\"40\"/></w:r><w:r><w:commentReference w:id=\"41\"/>",
     "lint/comment-absent"},
    {"mc:Ignorable names what is not declared", "word/document.xml", "mc:Ignorable=\"w14\"",
     "mc:Ignorable=\"w14 w99\"", "lint/ignorable-undeclared"},
    {"paragraph id too large", "word/document.xml", "paraId=\"00000002\"", "paraId=\"80000000\"",
     "lint/paragraph-id"},
    {"two bookmarks with one name", "word/document.xml", "w:name=\"two\"", "w:name=\"one\"",
     "lint/bookmark-twice"},
    {"two bookmarks with one id", "word/document.xml", "w:bookmarkStart w:id=\"11\"",
     "w:bookmarkStart w:id=\"10\"", "lint/id-twice"},
    {"bookmark without end", "word/document.xml", "<w:bookmarkEnd w:id=\"10\"/>", "",
     "lint/bookmark-open"},
    {"comments nothing relates to", "word/_rels/document.xml.rels",
     "<Relationship Id=\"rId3\" Type=\"" REL "comments\" Target=\"comments.xml\"/>", "",
     "lint/unrelated-part"},
    {"dangling relationship", "word/_rels/document.xml.rels", "Target=\"styles.xml\"",
     "Target=\"stales.xml\"", "lint/relationship-dangling"},
    {"two relationships with one id", "word/_rels/document.xml.rels", "\"rId3\"", "\"rId2\"",
     "lint/relationship-twice"},
    {"content type not declared", "[Content_Types].xml",
     "<Override PartName=\"/word/comments.xml\" ContentType=\"" WORD_TYPE "comments+xml\"/>", "",
     "lint/content-type"},
    {"template under the name of a document", "[Content_Types].xml", "document.main+xml",
     "template.main+xml", "lint/extension"},
    {"two custom properties with one number", "docProps/custom.xml", "pid=\"3\"", "pid=\"2\"",
     "lint/property-twice"},
    {"two custom properties with one name", "docProps/custom.xml", "\"Two\"", "\"One\"",
     "lint/property-twice"},
    {"document type", "word/styles.xml", "<w:styles", "<!DOCTYPE x><w:styles", "lint/doctype"},
    {"order in w:pPr", "word/document.xml", "<w:jc w:val=\"left\"/><w:rPr>",
     "<w:rPr/><w:jc w:val=\"left\"/><w:rPr>", "lint/order"},
    {"w:ins not first in a mark", "word/document.xml", "<w:ins w:id=\"1\"" WHO "/><w:b/>",
     "<w:b/><w:ins w:id=\"1\"" WHO "/>", "lint/order"},
    {"w:ins not last in w:trPr", "word/document.xml", "<w:cantSplit/><w:ins w:id=\"4\"" WHO "/>",
     "<w:ins w:id=\"4\"" WHO "/><w:cantSplit/>", "lint/order"},
    {"order in w:rPr", "word/document.xml", "<w:b/><w:color w:val=\"FF0000\"/>",
     "<w:color w:val=\"FF0000\"/><w:b/>", "lint/order"},
    {"two insertions in one mark", "word/document.xml", "<w:ins w:id=\"1\"" WHO "/>",
     "<w:ins w:id=\"1\"" WHO "/><w:ins w:id=\"90\"" WHO "/>", "lint/mark-twice-inserted"},
    {"date", "word/document.xml", "2026-01-31T12:00:00Z", "31.1.2026", "lint/date"},
    {"author", "word/document.xml", " w:author=\"A\"", "", "lint/author"},
    {"unknown element", "word/document.xml", "<w:jc w:val=\"left\"/>", "<w:nonsense/>",
     "lint/unknown-element"},
    {"paragraph behind the section", "word/document.xml", "<w:sectPr/>", "<w:sectPr/><w:p/>",
     "lint/behind-section"},
    {"insertion inside a run", "word/document.xml", "<w:t>red</w:t>",
     "<w:ins w:id=\"90\"" WHO "><w:t>red</w:t></w:ins>", "lint/revision-in-run"},
    {"insertion around a paragraph", "word/document.xml", "<w:p/><w:sectPr/>",
     "<w:ins w:id=\"90\"" WHO "><w:p/></w:ins><w:sectPr/>", "lint/revision-around-block"},
    {"table without grid", "word/document.xml", "<w:tblGrid><w:gridCol w:w=\"10\"/></w:tblGrid>",
     "", "lint/table-without-grid"},
    {"extension that may not be ignored", "word/document.xml", " mc:Ignorable=\"w14\"", "",
     "lint/not-ignorable"},
    {"text in a paragraph", "word/document.xml", "<w:bookmarkStart w:id=\"11\"",
     "bare<w:bookmarkStart w:id=\"11\"", "lint/bare-text"},
    {"cell without paragraph", "word/document.xml",
     "<w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc>", "<w:tc/>",
     "lint/cell-without-paragraph"},
    {"cell that ends with a table", "word/document.xml", "<w:t>cell</w:t></w:r></w:p>",
     "<w:t>cell</w:t></w:r></w:p><w:tbl><w:tblGrid/><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
     "lint/cell-without-paragraph"},
    {"w:t in a deletion", "word/document.xml", "<w:delText>old</w:delText>", "<w:t>old</w:t>",
     "lint/text-in-deletion"},
    {"insertion in an insertion", "word/document.xml",
     "<w:r><w:t xml:space=\"preserve\">new </w:t></w:r>",
     "<w:ins w:id=\"90\"" WHO "><w:r><w:t>new</w:t></w:r></w:ins>", "lint/revision-nested"},
    {"unknown list", "word/document.xml", "<w:numId w:val=\"1\"/>", "<w:numId w:val=\"2\"/>",
     "lint/list-absent"},
    {"two content controls with one id", "word/document.xml", "<w:id w:val=\"8\"/>",
     "<w:id w:val=\"7\"/>", "lint/control-id-twice"},
    {"spaces without xml:space", "word/document.xml", " xml:space=\"preserve\"", "", "lint/space"},
    {"control character", "word/document.xml", "<w:t>red</w:t>", "<w:t>r&#1;d</w:t>",
     "lint/character"},
    {"field without end", "word/document.xml", "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>", "",
     "lint/field-open"},
    {"no XML declaration", "word/document.xml",
     "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n", "", NULL},
    {"byte order mark", "word/document.xml", "<?xml", "\xEF\xBB\xBF<?xml", NULL},
    {"white space between elements", "word/document.xml", "<w:tr><w:trPr>", "<w:tr>\n  <w:trPr>",
     NULL},
};

static char *mutate(const char *text, const mutation *change)
{
    const char *found = strstr(text, change->from);
    assert_non_null(found);
    lac_buf out;
    lac_buf_init(&out, 1 << 20);
    assert_int_equal(LACUNA_OK, lac_buf_append(&out, text, (size_t)(found - text)));
    assert_int_equal(LACUNA_OK, lac_buf_append_text(&out, change->to));
    assert_int_equal(LACUNA_OK, lac_buf_append_text(&out, found + strlen(change->from)));
    char *bytes = lac_buf_steal(&out);
    assert_non_null(bytes);
    return bytes;
}

static docx_file make(const mutation *change)
{
    docx_file file;
    zip_error_t error;
    memset(&file, 0, sizeof file);
    file.source = zip_source_buffer_create(NULL, 0, 0, &error);
    assert_non_null(file.source);
    zip_source_keep(file.source);
    file.zip = zip_open_from_source(file.source, ZIP_TRUNCATE, &error);
    assert_non_null(file.zip);
    for (size_t i = 0; i < sizeof sound / sizeof sound[0]; i++) {
        bool hit = change != NULL && strcmp(change->part, sound[i].name) == 0;
        char *text = hit ? mutate(sound[i].text, change) : NULL;
        const char *used = hit ? text : sound[i].text;
        put(&file, sound[i].name, used, strlen(used));
        free(text);
    }
    assert_int_equal(0, zip_close(file.zip));
    zip_stat_t stat;
    assert_int_equal(0, zip_source_stat(file.source, &stat));
    file.length = stat.size;
    file.bytes = malloc(file.length);
    assert_non_null(file.bytes);
    assert_int_equal(0, zip_source_open(file.source));
    assert_int_equal((zip_int64_t)file.length,
                     zip_source_read(file.source, file.bytes, file.length));
    zip_source_close(file.source);
    zip_source_free(file.source);
    return file;
}

static bool has_code(const lac_lint_list *list, const char *code)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

static lac_lint_list *lint(const docx_file *file)
{
    lac_lint_list *list;
    lacuna_error err = {.status = 0};
    assert_int_equal(LACUNA_OK, lac_lint(&list, lac_span_make(file->bytes, file->length), "a.docx",
                                         &LAC_LIMITS_DEFAULT, &err));
    return list;
}

static void test_sound_document_has_no_fault(void **state)
{
    (void)state;
    docx_file file = make(NULL);
    lac_lint_list *list = lint(&file);
    if (list->count > 0) {
        fail_msg("%s: %s", list->items[0].code, list->items[0].text);
    }
    lac_lint_list_free(list);
    free(file.bytes);
}

static void test_every_mutation_is_seen(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mutations / sizeof mutations[0]; i++) {
        docx_file file = make(&mutations[i]);
        lac_lint_list *list = lint(&file);
        if (mutations[i].code != NULL && !has_code(list, mutations[i].code)) {
            fail_msg("not seen: %s", mutations[i].what);
        }
        if (mutations[i].code == NULL && list->count > 0) {
            fail_msg("harmless, but told: %s: %s", mutations[i].what, list->items[0].text);
        }
        lac_lint_list_free(list);
        free(file.bytes);
    }
}

static void test_only_new_faults_count(void **state)
{
    (void)state;
    const mutation *old = &mutations[3], *new = &mutations[4];
    docx_file before = make(old), after = make(new);
    lac_lint_list *list;
    lacuna_error err = {.status = 0};
    lac_span first = lac_span_make(before.bytes, before.length);
    assert_int_equal(LACUNA_OK,
                     lac_lint_new_faults(&list, first, first, &LAC_LIMITS_DEFAULT, &err));
    assert_int_equal(0, list->count);
    lac_lint_list_free(list);
    assert_int_equal(LACUNA_OK,
                     lac_lint_new_faults(&list, first, lac_span_make(after.bytes, after.length),
                                         &LAC_LIMITS_DEFAULT, &err));
    assert_true(has_code(list, new->code));
    assert_false(has_code(list, old->code));
    lac_lint_list_free(list);
    free(before.bytes);
    free(after.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sound_document_has_no_fault),
        cmocka_unit_test(test_every_mutation_is_seen),
        cmocka_unit_test(test_only_new_faults_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
