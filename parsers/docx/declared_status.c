#include "parsers/docx/declared_status.h"

enum { LONGEST_VALUE = 64 };

typedef struct status_reader {
    lac_buf text;
    bool inside; /* of a value that tells */
    bool is_final;
} status_reader;

static lacuna_status start(void *user, const lac_xml_element *element)
{
    status_reader *reader = user;
    lac_span name;
    if (strcmp(element->name, "contentStatus") == 0 ||
        (strcmp(element->name, "property") == 0 && lac_xml_get(element, "name", &name) &&
         lac_span_is(name, "_MarkAsFinal"))) {
        reader->inside = true;
        lac_buf_clear(&reader->text);
    }
    return LACUNA_OK;
}

static lacuna_status end(void *user, const char *name, const char *uri)
{
    status_reader *reader = user;
    (void)uri;
    if (reader->inside && (strcmp(name, "contentStatus") == 0 || strcmp(name, "property") == 0)) {
        lac_span text = lac_span_trim(lac_buf_span(&reader->text));
        reader->is_final = reader->is_final || lac_span_equal_nocase(text, lac_span_of("final")) ||
                           lac_span_equal_nocase(text, lac_span_of("true")) ||
                           lac_span_is(text, "1");
        reader->inside = false;
    }
    return LACUNA_OK;
}

static lacuna_status take(void *user, lac_span text)
{
    status_reader *reader = user;
    bool fits = reader->inside && reader->text.len + text.len <= LONGEST_VALUE;
    return fits ? lac_buf_append_span(&reader->text, text) : LACUNA_OK;
}

static lacuna_status read_part(status_reader *reader, lac_docx *docx,
                               const lac_relationships *package, const char *type)
{
    const lac_relationship *found = lac_relationships_first(package, type);
    const lac_xml_handler handler = {reader, start, end, take};
    if (found == NULL) {
        return LACUNA_OK;
    }
    reader->inside = false;
    lacuna_status status =
        lac_xml_parse_part(docx->package, found->part, docx->limits, &handler, NULL);
    return status == LACUNA_E_FORMAT || status == LACUNA_E_IO ? LACUNA_OK : status;
}

lacuna_status lac_docx_declared_final(bool *is_final, lac_docx *docx,
                                      const lac_relationships *package)
{
    status_reader reader = {.is_final = false};
    lac_buf_init(&reader.text, LONGEST_VALUE);
    lacuna_status status = read_part(&reader, docx, package, "core-properties");
    if (status == LACUNA_OK) {
        status = read_part(&reader, docx, package, "custom-properties");
    }
    lac_buf_free(&reader.text);
    *is_final = reader.is_final;
    return status;
}
