#include "writers/docx/properties.h"

#include "support/error.h"
#include "writers/docx/markup.h"

#define PART "docProps/custom.xml"
#define TYPE "application/vnd.openxmlformats-officedocument.custom-properties+xml"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/"

/* Two is the first that Word takes. */
enum { FIRST_PID = 2 };

static const char HEAD[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<Properties "
    "xmlns=\"" OFFICE "custom-properties\">";
static const char TAIL[] = "</Properties>";

/* ---- what is there -------------------------------------------------------------------------- */

static uint32_t next_pid(const lac_word_part *part)
{
    uint32_t most = FIRST_PID - 1;
    for (uint32_t i = 0; i < part->tokens.count; i++) {
        lac_span text;
        uint32_t pid = 0;
        if (!lac_token_attribute(&text, &part->tokens, i, "pid") || text.len > 8) {
            continue;
        }
        for (size_t k = 0; k < text.len && text.ptr[k] >= '0' && text.ptr[k] <= '9'; k++) {
            pid = pid * 10 + (uint32_t)(text.ptr[k] - '0');
        }
        most = pid > most ? pid : most;
    }
    return most + 1;
}

static bool has_property(const lac_word_part *part, const char *name)
{
    for (uint32_t i = 0; i < part->tokens.count; i++) {
        lac_span text;
        if (lac_token_attribute(&text, &part->tokens, i, "name") &&
            lac_span_equal_nocase(text, lac_span_of(name))) {
            return true;
        }
    }
    return false;
}

/* ---- writing -------------------------------------------------------------------------------- */

/* The prefix of the values' namespace is declared where it is used: the part may have another. */
static void put_property(lac_markup *markup, lac_span prefix, const lac_property *property,
                         uint32_t pid)
{
    lac_markup_span(markup, lac_span_of("<"));
    lac_markup_span(markup, prefix);
    lac_markup_span(
        markup, lac_span_of("property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\""));
    lac_markup_number(markup, pid);
    lac_markup_span(markup, lac_span_of("\" name=\""));
    lac_markup_span(markup, lac_span_of(property->name));
    lac_markup_span(markup, lac_span_of("\"><vt:lpwstr xmlns:vt=\"" OFFICE "docPropsVTypes\">"));
    lac_markup_escape(markup, property->value);
    lac_markup_span(markup, lac_span_of("</vt:lpwstr></"));
    lac_markup_span(markup, prefix);
    lac_markup_span(markup, lac_span_of("property>"));
}

static lacuna_status add_to(lac_word_file *file, lac_word_part *part,
                            const lac_property *properties, uint32_t count, lac_markup *markup,
                            lacuna_error *err)
{
    uint32_t pid = next_pid(part);
    lac_span name = lac_token_name(&part->tokens, 0);
    const char *colon = memchr(name.ptr, ':', name.len);
    lac_span prefix = lac_span_make(name.ptr, colon == NULL ? 0 : (size_t)(colon - name.ptr) + 1);
    for (uint32_t i = 0; i < count; i++) {
        if (!has_property(part, properties[i].name)) {
            put_property(markup, prefix, &properties[i], pid++);
        }
    }
    if (markup->status != LACUNA_OK || markup->out.len == 0) {
        return markup->status;
    }
    return lac_word_append(file, part, 0, &markup->out, err);
}

static lacuna_status add_part(lac_word_file *file, const lac_property *properties, uint32_t count,
                              lac_markup *markup, lacuna_error *err)
{
    lac_span bytes;
    lac_markup_span(markup, lac_span_of(HEAD));
    for (uint32_t i = 0; i < count; i++) {
        put_property(markup, lac_span_of(""), &properties[i], FIRST_PID + i);
    }
    lac_markup_span(markup, lac_span_of(TAIL));
    lacuna_status status = markup->status;
    if (status == LACUNA_OK) {
        status = lac_word_keep(&bytes, file, &markup->out, err);
    }
    return status == LACUNA_OK
               ? lac_word_package_part_add(file, PART, bytes,
                                           OFFICE "relationships/custom-properties", TYPE, err)
               : status;
}

lacuna_status lac_properties_add(lac_word_file *file, const lac_property *properties,
                                 uint32_t count, lacuna_error *err)
{
    lac_relationships package;
    lac_word_part *part = NULL;
    lac_markup markup;
    if (count == 0) {
        return LACUNA_OK;
    }
    lacuna_status status =
        lac_relationships_read(&package, file->package, NULL, file->limits, &file->arena, err);
    const lac_relationship *found =
        status == LACUNA_OK ? lac_relationships_first(&package, "custom-properties") : NULL;
    bool in_the_way = found == NULL && lac_package_find(file->package, PART) != LAC_PART_NONE;
    if (status != LACUNA_OK || in_the_way) {
        return status; /* a part of that name that is something else: the copy does without */
    }
    if (found != NULL) {
        status = lac_word_part_get(&part, file, lac_package_name(file->package, found->part), err);
    }
    lac_markup_begin(&markup, lac_span_of(""), NULL, NULL, false);
    if (status == LACUNA_OK) {
        status = part != NULL ? add_to(file, part, properties, count, &markup, err)
                              : add_part(file, properties, count, &markup, err);
    }
    lac_markup_free(&markup);
    return status == LACUNA_E_NOMEM ? lac_fail_nomem(err) : status;
}
