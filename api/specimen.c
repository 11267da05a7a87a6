#include "api/specimen.h"

#include "support/error.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define CONTENT "application/vnd.openxmlformats-"

typedef struct part {
    const char *name, *xml;
} part;

static const part PARTS[] = {
    {"[Content_Types].xml",
     "<Types xmlns=\"" PACKAGE "content-types\"><Default Extension=\"rels\" ContentType=\"" CONTENT
     "package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"" CONTENT
     "officedocument.wordprocessingml.document.main+xml\"/><Override "
     "PartName=\"/word/numbering.xml\" ContentType=\"" CONTENT
     "officedocument.wordprocessingml.numbering+xml\"/></Types>"},
    {"_rels/.rels",
     "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"r1\" Type=\"" OFFICE
     "/officeDocument\" Target=\"word/document.xml\"/></Relationships>"},
    {"word/_rels/document.xml.rels",
     "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"r1\" Type=\"" OFFICE
     "/numbering\" Target=\"numbering.xml\"/></Relationships>"},
    {"word/numbering.xml",
     "<w:numbering " W "><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start "
     "w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1\"/></w:lvl></w:abstractNum>"
     "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"},
    {"word/document.xml",
     "<w:document " W "><w:body><w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/>"
     "</w:numPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>Trial design</w:t></w:r></w:p>"
     "<w:p><w:r><w:t>This is a double-blind trial.</w:t></w:r></w:p></w:body></w:document>"},
};

static int add_parts(zip_t *archive)
{
    for (size_t i = 0; i < sizeof PARTS / sizeof PARTS[0]; i++) {
        zip_source_t *source = zip_source_buffer(archive, PARTS[i].xml, strlen(PARTS[i].xml), 0);
        if (source == NULL) {
            return -1;
        }
        if (zip_file_add(archive, PARTS[i].name, source, ZIP_FL_ENC_UTF_8) < 0) {
            zip_source_free(source);
            return -1;
        }
    }
    return 0;
}

/* The archive takes a reference to `buffer`; ours is kept. */
static int write_archive(zip_source_t *buffer)
{
    zip_source_keep(buffer);
    zip_t *archive = zip_open_from_source(buffer, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    if (archive == NULL) {
        zip_source_free(buffer);
        return -1;
    }
    if (add_parts(archive) != 0 || zip_close(archive) != 0) {
        zip_discard(archive);
        return -1;
    }
    return 0;
}

static int copy_bytes(char **data, size_t *length, zip_source_t *buffer)
{
    zip_stat_t info;
    if (zip_source_stat(buffer, &info) != 0 || (info.valid & ZIP_STAT_SIZE) == 0 ||
        info.size > SIZE_MAX - 1 || zip_source_open(buffer) != 0) {
        return -1;
    }
    *data = malloc((size_t)info.size + 1);
    zip_int64_t got = *data == NULL ? -1 : zip_source_read(buffer, *data, info.size);
    (void)zip_source_close(buffer);
    if (got < 0 || (zip_uint64_t)got != info.size) {
        free(*data);
        *data = NULL;
        return -1;
    }
    *length = (size_t)got;
    return 0;
}

lacuna_status lac_specimen_make(char **data, size_t *length, lacuna_error *err)
{
    *data = NULL;
    *length = 0;
    zip_source_t *buffer = zip_source_buffer_create(NULL, 0, 0, NULL);
    if (buffer == NULL) {
        return lac_fail_nomem(err);
    }
    int made = write_archive(buffer);
    if (made == 0) {
        made = copy_bytes(data, length, buffer);
    }
    zip_source_free(buffer);
    return made == 0 ? LACUNA_OK
                     : lac_fail(err, LACUNA_E_INTERNAL, "libzip could not make a package");
}
