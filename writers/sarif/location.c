#include "writers/sarif/location.h"

/* Reserved characters are encoded as well: a colon in the first segment would make a scheme. */
static bool is_plain(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~/", c) != NULL);
}

lacuna_status lac_append_uri(lac_buf *uri, const char *path)
{
    static const char digits[] = "0123456789ABCDEF";
    lacuna_status status = path[0] == '/' ? lac_buf_append_text(uri, "file://") : LACUNA_OK;
    for (const char *at = path; *at != '\0' && status == LACUNA_OK; at++) {
        unsigned char byte = (unsigned char)*at;
        const char encoded[] = {'%', digits[byte >> 4], digits[byte & 15]};
        status = is_plain(*at) ? lac_buf_append_char(uri, *at)
                               : lac_buf_append(uri, encoded, sizeof encoded);
    }
    return status;
}

static lacuna_status make_uri(lac_buf *uri, const lac_report_document *document,
                              const lac_anchor *anchor)
{
    lac_buf path;
    lac_buf_init(&path, LAC_FINDING_TEXT_MAX);
    lac_buf_clear(uri);
    lacuna_status status = lac_append_file(&path, document, anchor);
    if (status == LACUNA_OK) {
        status = lac_append_uri(uri, lac_buf_text(&path));
    }
    lac_buf_free(&path);
    return status;
}

lacuna_status lac_sarif_write_artifact(lac_json *json, const char *key,
                                       const lac_report_document *document,
                                       const lac_anchor *anchor, lac_buf *scratch)
{
    lacuna_status status = make_uri(scratch, document, anchor);
    lac_json_object(json, key);
    lac_json_text(json, "uri", lac_buf_text(scratch));
    if (document->path[0] != '/') {
        lac_json_text(json, "uriBaseId", "SRCROOT");
    }
    lac_json_object_end(json);
    return status;
}

static lacuna_status write_headings(lac_json *json, const lac_report_document *document,
                                    const lac_anchor *anchor, lac_buf *scratch)
{
    lac_buf_clear(scratch);
    lacuna_status status = lac_append_headings(scratch, document, anchor);
    if (status == LACUNA_OK && scratch->len > 0) {
        lac_json_array(json, "logicalLocations");
        lac_json_object(json, NULL);
        lac_json_span(json, "fullyQualifiedName", lac_buf_span(scratch));
        lac_json_text(json, "kind", "section");
        lac_json_object_end(json);
        lac_json_array_end(json);
    }
    return status;
}

static void write_text(lac_json *json, const char *key, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        lac_json_text(json, key, text);
    }
}

/* What SARIF has no member for: page, paragraph, part; leaf and sequence of a submission. */
static void write_properties(lac_json *json, const lac_anchor *anchor)
{
    const lac_leaf_place *leaf = anchor->leaf;
    bool paragraph = anchor->block != LAC_NONE;
    bool filed = leaf != NULL && (leaf->id[0] != '\0' || leaf->sequence[0] != '\0');
    if (!paragraph && anchor->page == 0 && !filed) {
        return;
    }
    lac_json_object(json, "properties");
    if (paragraph) {
        lac_json_uint(json, "block", anchor->block);
    }
    write_text(json, "leaf", filed ? leaf->id : NULL);
    if (anchor->page > 0) {
        lac_json_uint(json, "page", anchor->page);
    }
    write_text(json, "part", paragraph ? anchor->part : NULL);
    write_text(json, "sequence", filed ? leaf->sequence : NULL);
    lac_json_object_end(json);
}

lacuna_status lac_sarif_write_location(lac_json *json, const lac_report_document *document,
                                       const lac_anchor *anchor, lac_buf *scratch)
{
    lacuna_status status = LACUNA_OK;
    lac_json_object(json, NULL);
    if (anchor != NULL) {
        status = write_headings(json, document, anchor, scratch);
    }
    lac_json_object(json, "physicalLocation");
    if (status == LACUNA_OK) {
        status = lac_sarif_write_artifact(json, "artifactLocation", document, anchor, scratch);
    }
    if (anchor != NULL) {
        lac_json_object(json, "region");
        lac_json_uint(json, "startLine", lac_anchor_text_line(anchor));
        lac_json_object_end(json);
    }
    lac_json_object_end(json);
    if (anchor != NULL) {
        write_properties(json, anchor);
    }
    lac_json_object_end(json);
    return status;
}
