#include "parsers/ectd/tagging.h"

#include "support/buf.h"
#include "support/digest.h"
#include "support/error.h"

#include <stdlib.h>

enum {
    DOCUMENTS_MAX = 1u << 20,
    PROPERTIES_MAX = 4096, /* of one document with the blocks around it */
    TAGS_MAX = 4096,
};

typedef struct tag {
    const char *name, *info_type;
} tag;

/* Where an open block or document began to add to the two lists below. */
typedef struct level {
    size_t properties, tags;
} level;

typedef struct tagging_reader {
    lac_intake *intake;
    lac_tagging *out;
    const char *path;
    LAC_LIST(level) levels;
    LAC_LIST(lac_key) properties; /* in force */
    LAC_LIST(tag) tags;
    const char *href, *title; /* of the open doc-content; NULL: none is open */
    const char *name;         /* of the open category or property */
    bool in_identifier, wanted, rooted;
    lac_buf text;
} tagging_reader;

static bool is(const char *name, const char *other)
{
    return strcmp(name, other) == 0;
}

static lacuna_status push_level(tagging_reader *r)
{
    lacuna_status status;
    level *added =
        lac_intake_add(r->intake, &r->levels, sizeof *added, r->intake->limits->xml_depth, &status);
    if (added != NULL) {
        *added = (level){r->properties.count, r->tags.count};
    }
    return status;
}

static void pop_level(tagging_reader *r)
{
    const level *last = &r->levels.items[--r->levels.count];
    r->properties.count = last->properties;
    r->tags.count = last->tags;
}

static lacuna_status add_tag(tagging_reader *r, const lac_xml_element *element)
{
    lacuna_status status;
    const char *name = lac_intake_attribute(r->intake, element, "name");
    const char *info = lac_intake_attribute(r->intake, element, "info-type");
    if (name == NULL || info == NULL) {
        return LACUNA_E_NOMEM;
    }
    tag *added = lac_intake_add(r->intake, &r->tags, sizeof *added, TAGS_MAX, &status);
    if (added != NULL) {
        *added = (tag){name, info};
    }
    return status;
}

static lacuna_status begin_text(tagging_reader *r, const lac_xml_element *element)
{
    lac_buf_clear(&r->text);
    r->wanted = true;
    r->name = lac_intake_attribute(r->intake, element, "name");
    return r->name == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

static lacuna_status check_root(tagging_reader *r, const lac_xml_element *element)
{
    r->rooted = true;
    return is(element->name, "study")
               ? LACUNA_OK
               : lac_fail(r->intake->err, LACUNA_E_FORMAT,
                          "it is no study tagging file: its root element is %.60s", element->name);
}

static lacuna_status on_start(void *user, const lac_xml_element *element)
{
    tagging_reader *r = user;
    const char *name = element->name;
    if (!r->rooted) {
        return check_root(r, element);
    }
    if (is(name, "study-identifier")) {
        r->in_identifier = true;
    } else if (is(name, "content-block")) {
        return push_level(r);
    } else if (is(name, "doc-content")) {
        r->href = lac_intake_attribute(r->intake, element, "href");
        r->title = "";
        return r->href == NULL ? LACUNA_E_NOMEM : push_level(r);
    } else if (is(name, "file-tag")) {
        return add_tag(r, element);
    } else if (is(name, "property") || (r->href != NULL && is(name, "title")) ||
               (r->in_identifier &&
                (is(name, "title") || is(name, "study-id") || is(name, "category")))) {
        return begin_text(r, element);
    }
    return LACUNA_OK;
}

static lacuna_status add_document(tagging_reader *r, const tag *t)
{
    lacuna_status status;
    size_t count = r->properties.count;
    lac_key *properties = lac_arena_array(r->intake->arena, count, sizeof *properties);
    if (properties == NULL) {
        return lac_fail_nomem(r->intake->err);
    }
    if (count > 0) {
        memcpy(properties, r->properties.items, count * sizeof *properties);
    }
    lac_tagging_document *added =
        lac_intake_add(r->intake, &r->out->documents, sizeof *added, DOCUMENTS_MAX, &status);
    if (added != NULL) {
        *added = (lac_tagging_document){r->href,      r->title,   t->name,
                                        t->info_type, properties, (uint32_t)count};
    }
    return status;
}

static lacuna_status end_document(tagging_reader *r)
{
    static const tag none = {"", ""};
    lacuna_status status = LACUNA_OK;
    if (r->tags.count == 0) {
        status = add_document(r, &none);
    }
    for (size_t i = 0; i < r->tags.count && status == LACUNA_OK; i++) {
        status = add_document(r, &r->tags.items[i]);
    }
    r->href = NULL;
    pop_level(r);
    return status;
}

static lacuna_status end_text(tagging_reader *r, const char *name)
{
    lacuna_status status = LACUNA_OK;
    const char *text = lac_intake_copy(r->intake, lac_span_trim(lac_buf_span(&r->text)));
    r->wanted = false;
    if (text == NULL) {
        return LACUNA_E_NOMEM;
    }
    if (is(name, "title") && r->href != NULL) {
        r->title = text;
    } else if (is(name, "title")) {
        r->out->title = text;
    } else if (is(name, "study-id")) {
        r->out->id = text;
    } else {
        bool category = is(name, "category");
        lac_key *added = category ? lac_intake_add(r->intake, &r->out->categories, sizeof *added,
                                                   PROPERTIES_MAX, &status)
                                  : lac_intake_add(r->intake, &r->properties, sizeof *added,
                                                   PROPERTIES_MAX, &status);
        if (added != NULL) {
            *added = (lac_key){r->name, text, text};
        }
    }
    return status;
}

static lacuna_status on_end(void *user, const char *name, const char *uri)
{
    (void)uri;
    tagging_reader *r = user;
    if (is(name, "study-identifier")) {
        r->in_identifier = false;
    } else if (is(name, "content-block") && r->levels.count > 0) {
        pop_level(r);
    } else if (is(name, "doc-content") && r->href != NULL) {
        return end_document(r);
    } else if (r->wanted && (is(name, "property") || is(name, "title") || r->in_identifier)) {
        return end_text(r, name);
    }
    return LACUNA_OK;
}

static lacuna_status on_text(void *user, lac_span text)
{
    tagging_reader *r = user;
    if (!r->wanted) {
        return LACUNA_OK;
    }
    lacuna_status status = lac_buf_append_span(&r->text, text);
    return status == LACUNA_OK ? LACUNA_OK
                               : lac_fail(r->intake->err, status, "a text is longer than %d bytes",
                                          LAC_ECTD_TEXT_MAX);
}

static lacuna_status parse(tagging_reader *r, bool *found, lac_span xml)
{
    lac_intake *intake = r->intake;
    lacuna_error why = {0};
    lacuna_error *outer = intake->err;
    const lac_xml_handler handler = {r, on_start, on_end, on_text};
    intake->err = &why;
    lacuna_status status =
        lac_xml_parse_memory_doctype(xml, r->path, intake->limits, &handler, &why);
    intake->err = outer;
    *found = status == LACUNA_OK;
    return lac_intake_unread(intake, status, r->path, &why);
}

lacuna_status lac_tagging_read(lac_tagging *tagging, bool *found, lac_intake *intake, uint32_t file)
{
    char *data;
    size_t length;
    *tagging = (lac_tagging){.id = "", .title = ""};
    *found = false;
    lacuna_status status = lac_intake_load(&data, &length, intake, file, LAC_DIGEST_MD5);
    if (status != LACUNA_OK || data == NULL) {
        return status;
    }
    tagging_reader r = {.intake = intake, .out = tagging, .path = intake->files[file].path};
    lac_buf_init(&r.text, LAC_ECTD_TEXT_MAX);
    status = parse(&r, found, lac_span_make(data, length));
    free(r.levels.items);
    free(r.properties.items);
    free(r.tags.items);
    lac_buf_free(&r.text);
    free(data);
    return status;
}

void lac_tagging_free(lac_tagging *tagging)
{
    free(tagging->categories.items);
    free(tagging->documents.items);
    *tagging = (lac_tagging){.id = "", .title = ""};
}
