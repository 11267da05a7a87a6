#include "parsers/docx/main_part.h"

#include "parsers/docx/declared_status.h"
#include "parsers/package/xml_reader.h"
#include "support/error.h"

#include <string.h>

/* ---- what kind of file ----------------------------------------------------------------------- */

typedef struct known_kind {
    const char *mark; /* in the content type of the main part, or a part that only it has */
    const char *name;
} known_kind;

static const known_kind by_content_type[] = {
    {"spreadsheetml", "an Excel workbook"},
    {"ms-excel", "an Excel workbook"},
    {"presentationml", "a PowerPoint presentation"},
    {"ms-powerpoint", "a PowerPoint presentation"},
    {"ms-visio", "a Visio drawing"},
    {"ms-package.xps", "an XPS document"},
    {"fixedrepresentation", "an XPS document"},
};

static const known_kind by_part[] = {
    {"xl/workbook.xml", "an Excel workbook"},
    {"xl/workbook.bin", "an Excel workbook"},
    {"ppt/presentation.xml", "a PowerPoint presentation"},
    {"visio/document.xml", "a Visio drawing"},
    {"FixedDocSeq.fdseq", "an XPS document"},
    {"META-INF/container.xml", "an e-book (EPUB)"},
    {"META-INF/MANIFEST.MF", "a Java archive"},
    {"META-INF/manifest.xml", "an OpenDocument file (LibreOffice)"},
    {"AndroidManifest.xml", "an Android package"},
    {"Index/Document.iwa", "an Apple iWork document"},
    {"index.xml", "an eCTD sequence in a zip file, or another archive with an index.xml"},
};

static lacuna_status refuse(const lac_docx *docx, const char *kind)
{
    return lac_fail_remedy(docx->err, LACUNA_E_UNSUPPORTED,
                           "Give a Word document (.docx, .docm, .dotx, .dotm).",
                           "this is %s, not a Word document", kind);
}

static lacuna_status refuse_by_parts(const lac_docx *docx)
{
    for (size_t i = 0; i < sizeof by_part / sizeof by_part[0]; i++) {
        if (lac_package_find(docx->package, by_part[i].mark) != LAC_PART_NONE) {
            return refuse(docx, by_part[i].name);
        }
    }
    if (lac_package_find(docx->package, "word/document.xml") != LAC_PART_NONE) {
        return lac_fail_remedy(docx->err, LACUNA_E_FORMAT,
                               "Open the file in Word, let it repair the file, and save it again.",
                               "damaged Word document: the relationship to its main part is "
                               "missing (_rels/.rels)");
    }
    return refuse(docx, "a zip archive");
}

static lacuna_status refuse_by_type(const lac_docx *docx, const char *type)
{
    for (size_t i = 0; i < sizeof by_content_type / sizeof by_content_type[0]; i++) {
        if (strstr(type, by_content_type[i].mark) != NULL) {
            return refuse(docx, by_content_type[i].name);
        }
    }
    return LACUNA_OK; /* a wrong or missing type is forgiven where the part itself is right */
}

/* ---- title ----------------------------------------------------------------------------------- */

typedef struct title_reader {
    lac_buf text;
    bool inside;
} title_reader;

enum { LONGEST_TITLE = 4096 };

static lacuna_status start_title(void *user, const lac_xml_element *element)
{
    title_reader *reader = user;
    reader->inside = strcmp(element->name, "title") == 0;
    return LACUNA_OK;
}

static lacuna_status end_title(void *user, const char *name, const char *uri)
{
    (void)name;
    (void)uri;
    ((title_reader *)user)->inside = false;
    return LACUNA_OK;
}

static lacuna_status take_title(void *user, lac_span text)
{
    title_reader *reader = user;
    if (!reader->inside || reader->text.len + text.len > LONGEST_TITLE) {
        return LACUNA_OK;
    }
    return lac_buf_append_span(&reader->text, text);
}

/* Only a hint for people: a damaged properties part is passed over. */
static lacuna_status read_title(lac_span *title, lac_docx *docx, uint32_t part)
{
    title_reader reader = {.inside = false};
    lac_buf_init(&reader.text, LONGEST_TITLE);
    const lac_xml_handler handler = {&reader, start_title, end_title, take_title};
    lacuna_status status = lac_xml_parse_part(docx->package, part, docx->limits, &handler, NULL);
    if (status == LACUNA_OK) {
        lac_span text = lac_span_trim(lac_buf_span(&reader.text));
        char *copy = lac_arena_copy(&docx->builder.document->arena, text);
        *title = lac_span_make(copy, text.len);
        status = copy == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
    }
    lac_buf_free(&reader.text);
    return status == LACUNA_E_FORMAT || status == LACUNA_E_IO ? LACUNA_OK : status;
}

/* ---- finding it ------------------------------------------------------------------------------ */

lacuna_status lac_docx_main_part(uint32_t *part, lac_span *title, lac_docx *docx)
{
    *part = LAC_PART_NONE;
    lac_relationships package;
    lacuna_status status = lac_relationships_read(&package, docx->package, NULL, docx->limits,
                                                  &docx->arena, docx->err);
    if (status != LACUNA_OK) {
        return status;
    }
    const lac_relationship *main_part = lac_relationships_first(&package, "officeDocument");
    if (main_part == NULL) {
        return refuse_by_parts(docx);
    }
    const char *name = lac_package_name(docx->package, main_part->part);
    const char *type;
    status = lac_content_type(&type, docx->package, name, docx->limits, &docx->arena, docx->err);
    if (status == LACUNA_OK) {
        status = refuse_by_type(docx, type);
    }
    if (status == LACUNA_OK) {
        status = lac_relationships_read(&docx->relationships, docx->package, name, docx->limits,
                                        &docx->arena, docx->err);
    }
    const lac_relationship *core = lac_relationships_first(&package, "core-properties");
    if (status == LACUNA_OK && core != NULL) {
        status = read_title(title, docx, core->part);
    }
    if (status == LACUNA_OK) {
        status = lac_docx_declared_final(&docx->builder.document->declared_final, docx, &package);
    }
    *part = main_part->part;
    return status;
}
