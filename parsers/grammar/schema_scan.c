#include "parsers/grammar/schema_scan.h"

#include "parsers/grammar/dtd_load.h"
#include "parsers/package/xml_reader.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

static const char XSD[] = "http://www.w3.org/2001/XMLSchema";

enum { PATH_BYTES_MAX = 4096 };

typedef struct scan {
    lac_package *folder;
    const char *from; /* part that is read */
    lac_arena arena;
    lacuna_error *err;
} scan;

/* Where a relative reference leads below the folder; false: out of it. */
static bool follow(lac_buf *out, const char *from, const char *reference)
{
    const char *slash = strrchr(from, '/');
    lac_buf_clear(out);
    if (slash != NULL && lac_buf_append(out, from, (size_t)(slash - from)) != LACUNA_OK) {
        return false;
    }
    while (*reference != '\0') {
        size_t length = strcspn(reference, "/");
        if (length == 2 && strncmp(reference, "..", 2) == 0) {
            const char *text = lac_buf_text(out);
            const char *last = strrchr(text, '/');
            if (out->len == 0) {
                return false;
            }
            out->len = last == NULL ? 0 : (size_t)(last - text);
        } else if (length > 0 && !(length == 1 && reference[0] == '.')) {
            lacuna_status status = out->len == 0 ? LACUNA_OK : lac_buf_append_text(out, "/");
            if (status != LACUNA_OK || lac_buf_append(out, reference, length) != LACUNA_OK) {
                return false;
            }
        }
        reference += length + (reference[length] == '/' ? 1 : 0);
    }
    return true;
}

static bool is_inside(const scan *s, const char *reference)
{
    lac_buf path;
    lac_buf_init(&path, PATH_BYTES_MAX);
    bool inside = reference[0] != '/' && lac_span_ends_nocase(lac_span_of(reference), ".xsd") &&
                  strpbrk(reference, ":\\%?#") == NULL && follow(&path, s->from, reference);
    uint32_t part = inside ? lac_package_find(s->folder, lac_buf_text(&path)) : LAC_PART_NONE;
    inside = part != LAC_PART_NONE &&
             strcmp(lac_package_name(s->folder, part), lac_buf_text(&path)) == 0;
    lac_buf_free(&path);
    return inside;
}

static lacuna_status on_start(void *user, const lac_xml_element *element)
{
    scan *s = user;
    lac_span raw;
    bool refers = strcmp(element->name, "include") == 0 || strcmp(element->name, "import") == 0 ||
                  strcmp(element->name, "redefine") == 0;
    if (!refers || element->uri == NULL || strcmp(element->uri, XSD) != 0 ||
        !lac_xml_get(element, "schemaLocation", &raw)) {
        return LACUNA_OK;
    }
    const char *reference = lac_xml_value(&s->arena, raw);
    if (reference == NULL) {
        return lac_fail_nomem(s->err);
    }
    return is_inside(s, reference)
               ? LACUNA_OK
               : lac_fail(s->err, LACUNA_E_FORMAT,
                          "%.80s refers to \"%.80s\", which is not in the folder", s->from,
                          reference);
}

static lacuna_status scan_part(lac_package *folder, uint32_t part, lacuna_error *err)
{
    scan s = {.folder = folder, .from = lac_package_name(folder, part), .err = err};
    lac_limits limits = LAC_LIMITS_DEFAULT;
    limits.part_bytes = LAC_GRAMMAR_BYTES_MAX;
    const lac_xml_handler handler = {.user = &s, .start = on_start};
    lac_arena_init(&s.arena);
    lacuna_status status = lac_xml_parse_part(folder, part, &limits, &handler, err);
    lac_arena_free(&s.arena);
    return status;
}

lacuna_status lac_schema_scan(uint32_t *main, lac_package *folder, lacuna_error *err)
{
    *main = LAC_PART_NONE;
    uint32_t files = 0;
    for (uint32_t i = 0; i < lac_package_count(folder); i++) {
        const char *name = lac_package_name(folder, i);
        if (!lac_span_ends_nocase(lac_span_of(name), ".xsd")) {
            continue;
        }
        if (++files > LAC_GRAMMAR_FILES_MAX) {
            return lac_fail(err, LACUNA_E_LIMIT, "the folder has more than %d schemas",
                            LAC_GRAMMAR_FILES_MAX);
        }
        lacuna_status status = scan_part(folder, i, err);
        if (status != LACUNA_OK) {
            return status;
        }
        bool message = strncmp(lac_grammar_base_name(name), "PORP_IN", 7) == 0;
        *main = message && *main == LAC_PART_NONE ? i : *main;
    }
    return *main != LAC_PART_NONE
               ? LACUNA_OK
               : lac_fail(err, LACUNA_E_NOTFOUND, "the folder has no PORP_IN*.xsd");
}
