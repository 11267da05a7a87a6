#include "parsers/package/relationships.h"

#include "parsers/package/xml_reader.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_RELATIONSHIPS = 64 * 1024, MAX_NAME_BYTES = 4096 };

/* ---- part names ------------------------------------------------------------------------------ */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* "%20" becomes a space, in place; parts are stored in the zip under their decoded name by some
 * programs and under the encoded one by others, so both are tried. */
static void decode_percent(char *text)
{
    char *to = text;
    for (const char *at = text; *at != '\0'; at++) {
        if (at[0] == '%' && hex_digit(at[1]) >= 0 && hex_digit(at[2]) >= 0) {
            *to++ = (char)(hex_digit(at[1]) * 16 + hex_digit(at[2]));
            at += 2;
        } else {
            *to++ = *at;
        }
    }
    *to = '\0';
}

static void drop_last_segment(lac_buf *path)
{
    while (path->len > 0 && path->data[path->len - 1] != '/') {
        path->len--;
    }
    if (path->len > 0) {
        path->len--;
    }
}

static lacuna_status append_segment(lac_buf *path, lac_span segment)
{
    if (segment.len == 0 || lac_span_is(segment, ".")) {
        return LACUNA_OK;
    }
    if (lac_span_is(segment, "..")) {
        drop_last_segment(path);
        return LACUNA_OK;
    }
    lacuna_status status = path->len == 0 ? LACUNA_OK : lac_buf_append_char(path, '/');
    return status == LACUNA_OK ? lac_buf_append_span(path, segment) : status;
}

static lacuna_status append_path(lac_buf *path, lac_span text)
{
    lacuna_status status = LACUNA_OK;
    while (text.len > 0 && status == LACUNA_OK) {
        const char *slash = memchr(text.ptr, '/', text.len);
        size_t length = slash == NULL ? text.len : (size_t)(slash - text.ptr);
        status = append_segment(path, lac_span_make(text.ptr, length));
        size_t used = slash == NULL ? length : length + 1;
        text = lac_span_make(text.ptr + used, text.len - used);
    }
    return status;
}

/* Target relative to the folder of the source part (RFC 3986 5.2, as far as part names go). */
static lacuna_status resolve(const char **out, lac_span base, const char *target, lac_arena *arena)
{
    lac_buf path;
    lac_buf_init(&path, MAX_NAME_BYTES);
    lacuna_status status = LACUNA_OK;
    if (target[0] != '/') {
        status = append_path(&path, base);
    }
    size_t length = strcspn(target, "#");
    if (status == LACUNA_OK) {
        status = append_path(&path, lac_span_make(target, length));
    }
    if (status == LACUNA_OK) {
        *out = lac_arena_copy(arena, lac_span_make(lac_buf_text(&path), path.len));
        status = *out == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
    }
    lac_buf_free(&path);
    return status;
}

static uint32_t find_part(const lac_package *package, const char *name, lac_arena *arena)
{
    uint32_t part = lac_package_find(package, name);
    if (part == LAC_PART_NONE && strchr(name, '%') != NULL) {
        char *decoded = lac_arena_copy(arena, lac_span_of(name));
        if (decoded != NULL) {
            decode_percent(decoded);
            part = lac_package_find(package, decoded);
        }
    }
    return part;
}

/* ---- relationships --------------------------------------------------------------------------- */

typedef struct relationships_reader {
    lac_relationship *items;
    size_t count, cap;
    lac_package *package;
    lac_span base; /* folder of the source part */
    lac_arena *arena;
} relationships_reader;

static const char *last_segment(const char *uri)
{
    const char *slash = strrchr(uri, '/');
    return slash == NULL ? uri : slash + 1;
}

static char *copy_attribute(const lac_xml_element *element, const char *name, lac_arena *arena)
{
    lac_span value = lac_span_of("");
    (void)lac_xml_get(element, name, &value);
    return lac_xml_value(arena, value);
}

static lacuna_status fill_relationship(relationships_reader *reader, lac_relationship *added,
                                       const lac_xml_element *element)
{
    lac_span mode = lac_span_of("");
    (void)lac_xml_get(element, "TargetMode", &mode);
    const char *type = copy_attribute(element, "Type", reader->arena);
    added->id = copy_attribute(element, "Id", reader->arena);
    added->target = copy_attribute(element, "Target", reader->arena);
    if (type == NULL || added->id == NULL || added->target == NULL) {
        return LACUNA_E_NOMEM;
    }
    added->type = last_segment(type);
    added->external = lac_span_equal_nocase(mode, lac_span_of("External"));
    added->part = LAC_PART_NONE;
    if (added->external) {
        return LACUNA_OK;
    }
    lacuna_status status = resolve(&added->target, reader->base, added->target, reader->arena);
    if (status == LACUNA_OK) {
        added->part = find_part(reader->package, added->target, reader->arena);
    }
    return status;
}

static lacuna_status start_relationship(void *user, const lac_xml_element *element)
{
    relationships_reader *reader = user;
    if (strcmp(element->name, "Relationship") != 0) {
        return LACUNA_OK;
    }
    lacuna_status status = lac_grow((void **)&reader->items, &reader->cap, reader->count + 1,
                                    sizeof *reader->items, MAX_RELATIONSHIPS);
    return status != LACUNA_OK
               ? status
               : fill_relationship(reader, &reader->items[reader->count++], element);
}

/* "word/document.xml" has its relationships in "word/_rels/document.xml.rels". */
static lacuna_status relationships_part(uint32_t *part, lac_span *base, lac_package *package,
                                        const char *part_name)
{
    const char *name = part_name == NULL ? "" : part_name;
    const char *file = last_segment(name);
    *base = lac_span_make(name, (size_t)(file - name));
    lac_buf path;
    lac_buf_init(&path, MAX_NAME_BYTES);
    lacuna_status status = lac_buf_printf(&path, "%.*s_rels/%s.rels", (int)base->len, name, file);
    *part = status == LACUNA_OK ? lac_package_find(package, lac_buf_text(&path)) : LAC_PART_NONE;
    lac_buf_free(&path);
    return status;
}

lacuna_status lac_relationships_read(lac_relationships *out, lac_package *package,
                                     const char *part_name, const lac_limits *limits,
                                     lac_arena *arena, lacuna_error *err)
{
    *out = (lac_relationships){NULL, 0};
    relationships_reader reader = {.package = package, .arena = arena};
    uint32_t part;
    lacuna_status status = relationships_part(&part, &reader.base, package, part_name);
    if (status != LACUNA_OK) {
        return lac_fail(err, status, "the name of a part is too long");
    }
    if (part == LAC_PART_NONE) {
        return LACUNA_OK;
    }
    const lac_xml_handler handler = {&reader, start_relationship, NULL, NULL};
    status = lac_xml_parse_part(package, part, limits, &handler, err);
    if (status == LACUNA_OK) {
        out->items = lac_arena_array(arena, reader.count, sizeof *out->items);
        if (out->items == NULL) {
            status = lac_fail_nomem(err);
        } else if (reader.count > 0) {
            memcpy(out->items, reader.items, reader.count * sizeof *out->items);
            out->count = (uint32_t)reader.count;
        }
    }
    free(reader.items);
    return status;
}

const lac_relationship *lac_relationships_first(const lac_relationships *relationships,
                                                const char *type)
{
    for (uint32_t i = 0; i < relationships->count; i++) {
        const lac_relationship *item = &relationships->items[i];
        if (item->part != LAC_PART_NONE && strcmp(item->type, type) == 0) {
            return item;
        }
    }
    return NULL;
}

const lac_relationship *lac_relationships_by_id(const lac_relationships *relationships, lac_span id)
{
    for (uint32_t i = 0; i < relationships->count; i++) {
        if (lac_span_is(id, relationships->items[i].id)) {
            return &relationships->items[i];
        }
    }
    return NULL;
}

/* ---- content types --------------------------------------------------------------------------- */

typedef struct content_type_reader {
    const char *part_name;
    const char *extension;
    const char *by_name, *by_extension; /* "" until found */
    lac_arena *arena;
} content_type_reader;

static lacuna_status keep_type(const char **type, const lac_xml_element *element, lac_arena *arena)
{
    const char *copy = copy_attribute(element, "ContentType", arena);
    if (copy == NULL) {
        return LACUNA_E_NOMEM;
    }
    *type = copy;
    return LACUNA_OK;
}

static lacuna_status start_content_type(void *user, const lac_xml_element *element)
{
    content_type_reader *reader = user;
    lac_span value;
    if (strcmp(element->name, "Override") == 0 && lac_xml_get(element, "PartName", &value)) {
        if (value.len > 0 && value.ptr[0] == '/') {
            value = lac_span_make(value.ptr + 1, value.len - 1);
        }
        if (lac_span_equal_nocase(value, lac_span_of(reader->part_name))) {
            return keep_type(&reader->by_name, element, reader->arena);
        }
    } else if (strcmp(element->name, "Default") == 0 && lac_xml_get(element, "Extension", &value) &&
               lac_span_equal_nocase(value, lac_span_of(reader->extension))) {
        return keep_type(&reader->by_extension, element, reader->arena);
    }
    return LACUNA_OK;
}

lacuna_status lac_content_type(const char **type, lac_package *package, const char *part_name,
                               const lac_limits *limits, lac_arena *arena, lacuna_error *err)
{
    *type = "";
    uint32_t part = lac_package_find(package, "[Content_Types].xml");
    if (part == LAC_PART_NONE) {
        return LACUNA_OK;
    }
    const char *dot = strrchr(last_segment(part_name), '.');
    content_type_reader reader = {part_name, dot == NULL ? "" : dot + 1, "", "", arena};
    const lac_xml_handler handler = {&reader, start_content_type, NULL, NULL};
    lacuna_status status = lac_xml_parse_part(package, part, limits, &handler, err);
    if (status == LACUNA_OK) {
        *type = reader.by_name[0] != '\0' ? reader.by_name : reader.by_extension;
    }
    return status;
}
