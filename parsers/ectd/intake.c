#include "parsers/ectd/intake.h"

#include "support/buf.h"
#include "support/digest.h"
#include "support/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* All lists of an intake begin alike. */
typedef LAC_LIST(void) any_list;

void *lac_intake_add(lac_intake *intake, void *list, size_t size, size_t max, lacuna_status *status)
{
    any_list *l = list;
    *status = lac_grow(&l->items, &l->capacity, l->count + 1, size, max);
    if (*status == LACUNA_E_LIMIT) {
        (void)lac_fail_remedy(intake->err, *status, "Read fewer sequences at a time.",
                              "the submission has more than %zu entries of one kind", max);
        return NULL;
    }
    if (*status != LACUNA_OK) {
        (void)lac_fail_nomem(intake->err);
        return NULL;
    }
    return (char *)l->items + l->count++ * size;
}

void lac_intake_free(lac_intake *intake)
{
    free(intake->drafts.items);
    free(intake->backbones.items);
    free(intake->placements.items);
    free(intake->nodes.items);
    free(intake->documents.items);
    free(intake->exclusions.items);
    free(intake->keywords.items);
    free(intake->keyword_uses.items);
    free(intake->troubles.items);
    free(intake->regionals.items);
    lac_map_free(&intake->node_map);
    lac_map_free(&intake->folder_map);
    lac_map_free(&intake->leaf_map);
    lac_map_free(&intake->number_map);
}

const char *lac_intake_copy(lac_intake *intake, lac_span text)
{
    if (text.len == 0) {
        return "";
    }
    const char *copy = lac_arena_copy(intake->arena, text);
    if (copy == NULL) {
        (void)lac_fail_nomem(intake->err);
    }
    return copy;
}

const char *lac_intake_attribute(lac_intake *intake, const lac_xml_element *element,
                                 const char *name)
{
    lac_span raw;
    if (!lac_xml_get(element, name, &raw) || raw.len == 0) {
        return "";
    }
    const char *value = lac_xml_value(intake->arena, raw);
    if (value == NULL) {
        (void)lac_fail_nomem(intake->err);
    }
    return value;
}

static lacuna_status add_trouble(lac_intake *intake, const lac_trouble *trouble)
{
    lacuna_status status;
    intake->out->incomplete |= trouble->incomplete;
    if (intake->troubles.count == LAC_ECTD_TROUBLES_MAX) {
        return LACUNA_OK; /* the last one says that there are more */
    }
    lac_trouble *added = LAC_ADD(intake, troubles, LAC_ECTD_TROUBLES_MAX, &status);
    if (added == NULL) {
        return status;
    }
    *added = *trouble;
    if (intake->troubles.count == LAC_ECTD_TROUBLES_MAX) {
        *added = (lac_trouble){"ectd/more", "more is wrong than can be listed", "", "",
                               trouble->incomplete};
    }
    return LACUNA_OK;
}

lacuna_status lac_intake_trouble(lac_intake *intake, const char *code, bool incomplete,
                                 const char *file, const char *id, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    const char *copy = lac_intake_copy(intake, lac_span_of(text));
    if (copy == NULL) {
        return LACUNA_E_NOMEM;
    }
    return add_trouble(intake, &(lac_trouble){code, copy, file == NULL ? "" : file,
                                              id == NULL ? "" : id, incomplete});
}

lacuna_status lac_intake_unread(lac_intake *intake, lacuna_status status, const char *file,
                                const lacuna_error *why)
{
    if (status == LACUNA_OK) {
        return LACUNA_OK;
    }
    if (status != LACUNA_E_FORMAT && status != LACUNA_E_IO && status != LACUNA_E_LIMIT &&
        status != LACUNA_E_NOTFOUND && status != LACUNA_E_UNSUPPORTED) {
        if (intake->err != NULL && why != NULL) {
            *intake->err = *why;
        }
        return status;
    }
    return why->line == 0
               ? lac_intake_trouble(intake, "ectd/not-read", true, file, NULL, "%s", why->message)
               : lac_intake_trouble(intake, "ectd/not-read", true, file, NULL, "%s (line %u)",
                                    why->message, why->line);
}

/* ---- nodes ---------------------------------------------------------------------------------- */

static lacuna_status append_part(lac_buf *key, const char *text)
{
    /* Lengths keep parts apart whatever they hold. */
    return lac_buf_printf(key, "%zu:%s;", strlen(text), text);
}

static lacuna_status make_key(lac_buf *key, const lac_node *node)
{
    lacuna_status status = append_part(key, node->element);
    if (status == LACUNA_OK && node->extension) {
        status = append_part(key, node->title);
    }
    for (uint32_t i = 0; i < node->key_count && status == LACUNA_OK; i++) {
        status = append_part(key, node->keys[i].name);
        if (status == LACUNA_OK) {
            status = append_part(key, node->keys[i].value);
        }
        if (status == LACUNA_OK && node->keys[i].shown != node->keys[i].value) {
            status = append_part(key, node->keys[i].shown); /* v4: differs between applications */
        }
    }
    return status;
}

static lacuna_status add_node(uint32_t *index, lac_intake *intake, const lac_node *node,
                              lac_span key)
{
    lacuna_status status;
    const char *kept = lac_intake_copy(intake, key);
    lac_node *added = kept == NULL ? NULL : LAC_ADD(intake, nodes, LAC_ECTD_NODES_MAX, &status);
    if (added == NULL) {
        return kept == NULL ? LACUNA_E_NOMEM : status;
    }
    *added = *node;
    *index = (uint32_t)(intake->nodes.count - 1);
    added->depth = node->parent == LAC_NONE ? 0 : intake->nodes.items[node->parent].depth + 1;
    status = lac_map_put(&intake->node_map, node->parent, lac_span_make(kept, key.len), *index);
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(intake->err);
}

lacuna_status lac_intake_node(uint32_t *index, lac_intake *intake, const lac_node *node)
{
    lac_buf key;
    lac_buf_init(&key, (size_t)LAC_ECTD_KEYS_MAX * LAC_ECTD_TEXT_MAX);
    lacuna_status status = make_key(&key, node);
    if (status != LACUNA_OK) {
        status = lac_fail(intake->err, status, "the keys of a heading are too long");
    } else {
        *index = lac_map_find(&intake->node_map, node->parent, lac_buf_span(&key));
        if (*index == LAC_NONE) {
            status = add_node(index, intake, node, lac_buf_span(&key));
        }
    }
    lac_buf_free(&key);
    return status;
}

/* ---- files ---------------------------------------------------------------------------------- */

static lacuna_status keep_digests(lac_intake *intake, lac_file *file, lac_span data, unsigned kinds,
                                  lacuna_error *why)
{
    lac_digester *digester;
    lac_digests digests;
    lacuna_status status = lac_digester_open(&digester, why);
    if (status == LACUNA_OK) {
        status = lac_digester_begin(digester, kinds, false, why);
    }
    if (status == LACUNA_OK) {
        status = lac_digester_update(digester, data.ptr, data.len, why);
    }
    if (status == LACUNA_OK) {
        status = lac_digester_end(&digests, digester, why);
    }
    lac_digester_close(digester);
    if (status != LACUNA_OK) {
        return status;
    }
    file->md5 = lac_intake_copy(intake, lac_span_of(digests.md5));
    file->sha256 = lac_intake_copy(intake, lac_span_of(digests.sha256));
    return file->md5 == NULL || file->sha256 == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

lacuna_status lac_intake_load(char **data, size_t *length, lac_intake *intake, uint32_t file,
                              unsigned kinds)
{
    lacuna_error why = {0};
    lac_file *entry = &intake->files[file];
    lacuna_status status =
        lac_package_read(data, length, intake->package, file, intake->limits->part_bytes, &why);
    if (status == LACUNA_OK && kinds != 0) {
        status = keep_digests(intake, entry, lac_span_make(*data, *length), kinds, &why);
    }
    if (status != LACUNA_OK) {
        free(*data);
        *data = NULL;
        *length = 0;
    }
    return lac_intake_unread(intake, status, entry->path, &why);
}

const char *lac_intake_rooted(lac_intake *intake, const char *path, size_t length)
{
    size_t head = strlen(intake->root);
    char *rooted = lac_arena_alloc(intake->arena, head + length + 2);
    if (rooted == NULL) {
        (void)lac_fail_nomem(intake->err);
        return NULL;
    }
    memcpy(rooted, intake->root, head);
    if (length > 0) {
        rooted[head++] = '/';
        memcpy(rooted + head, path, length);
    }
    rooted[head + length] = '\0';
    return rooted;
}

const char *lac_intake_unrooted(const lac_intake *intake, const char *rooted)
{
    size_t head = strlen(intake->root);
    if (rooted == NULL || strncmp(rooted, intake->root, head) != 0) {
        return NULL;
    }
    if (rooted[head] == '\0') {
        return rooted + head;
    }
    return rooted[head] == '/' ? rooted + head + 1 : NULL;
}
