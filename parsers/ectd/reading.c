#include "parsers/ectd/reading.h"

#include "support/buf.h"
#include "support/digest.h"
#include "support/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* All lists of a reading begin alike. */
typedef LAC_LIST(void) any_list;

void *lac_reading_add(lac_reading *reading, void *list, size_t size, size_t max,
                      lacuna_status *status)
{
    any_list *l = list;
    *status = lac_grow(&l->items, &l->capacity, l->count + 1, size, max);
    if (*status == LACUNA_E_LIMIT) {
        (void)lac_fail_remedy(reading->err, *status, "Read fewer sequences at a time.",
                              "the submission has more than %zu entries of one kind", max);
        return NULL;
    }
    if (*status != LACUNA_OK) {
        (void)lac_fail_nomem(reading->err);
        return NULL;
    }
    return (char *)l->items + l->count++ * size;
}

void lac_reading_free(lac_reading *reading)
{
    free(reading->drafts.items);
    free(reading->backbones.items);
    free(reading->placements.items);
    free(reading->nodes.items);
    free(reading->documents.items);
    free(reading->exclusions.items);
    free(reading->keywords.items);
    free(reading->troubles.items);
    free(reading->regionals.items);
    lac_map_free(&reading->node_map);
    lac_map_free(&reading->folder_map);
    lac_map_free(&reading->leaf_map);
    lac_map_free(&reading->number_map);
}

const char *lac_reading_copy(lac_reading *reading, lac_span text)
{
    if (text.len == 0) {
        return "";
    }
    const char *copy = lac_arena_copy(reading->arena, text);
    if (copy == NULL) {
        (void)lac_fail_nomem(reading->err);
    }
    return copy;
}

const char *lac_reading_attribute(lac_reading *reading, const lac_xml_element *element,
                                  const char *name)
{
    lac_span raw;
    if (!lac_xml_get(element, name, &raw) || raw.len == 0) {
        return "";
    }
    const char *value = lac_xml_value(reading->arena, raw);
    if (value == NULL) {
        (void)lac_fail_nomem(reading->err);
    }
    return value;
}

static lacuna_status add_trouble(lac_reading *reading, const lac_trouble *trouble)
{
    lacuna_status status;
    lac_trouble *added = LAC_ADD(reading, troubles, LAC_ECTD_TROUBLES_MAX, &status);
    if (added == NULL) {
        return status;
    }
    *added = *trouble;
    reading->out->incomplete |= trouble->incomplete;
    return LACUNA_OK;
}

lacuna_status lac_reading_trouble(lac_reading *reading, const char *code, bool incomplete,
                                  const char *file, const char *id, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    const char *copy = lac_reading_copy(reading, lac_span_of(text));
    if (copy == NULL) {
        return LACUNA_E_NOMEM;
    }
    return add_trouble(reading, &(lac_trouble){code, copy, file == NULL ? "" : file,
                                               id == NULL ? "" : id, incomplete});
}

lacuna_status lac_reading_unread(lac_reading *reading, lacuna_status status, const char *file,
                                 const lacuna_error *why)
{
    if (status == LACUNA_OK) {
        return LACUNA_OK;
    }
    if (status != LACUNA_E_FORMAT && status != LACUNA_E_IO && status != LACUNA_E_LIMIT &&
        status != LACUNA_E_NOTFOUND && status != LACUNA_E_UNSUPPORTED) {
        if (reading->err != NULL && why != NULL) {
            *reading->err = *why;
        }
        return status;
    }
    return why->line == 0
               ? lac_reading_trouble(reading, "ectd/not-read", true, file, NULL, "%s", why->message)
               : lac_reading_trouble(reading, "ectd/not-read", true, file, NULL, "%s (line %u)",
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
    }
    return status;
}

static lacuna_status add_node(uint32_t *index, lac_reading *reading, const lac_node *node,
                              lac_span key)
{
    lacuna_status status;
    const char *kept = lac_reading_copy(reading, key);
    lac_node *added = kept == NULL ? NULL : LAC_ADD(reading, nodes, LAC_ECTD_NODES_MAX, &status);
    if (added == NULL) {
        return kept == NULL ? LACUNA_E_NOMEM : status;
    }
    *added = *node;
    *index = (uint32_t)(reading->nodes.count - 1);
    added->depth = node->parent == LAC_NONE ? 0 : reading->nodes.items[node->parent].depth + 1;
    status = lac_map_put(&reading->node_map, node->parent, lac_span_make(kept, key.len), *index);
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(reading->err);
}

lacuna_status lac_reading_node(uint32_t *index, lac_reading *reading, const lac_node *node)
{
    lac_buf key;
    lac_buf_init(&key, (size_t)LAC_ECTD_KEYS_MAX * LAC_ECTD_TEXT_MAX);
    lacuna_status status = make_key(&key, node);
    if (status != LACUNA_OK) {
        status = lac_fail(reading->err, status, "the keys of a heading are too long");
    } else {
        *index = lac_map_find(&reading->node_map, node->parent, lac_buf_span(&key));
        if (*index == LAC_NONE) {
            status = add_node(index, reading, node, lac_buf_span(&key));
        }
    }
    lac_buf_free(&key);
    return status;
}

/* ---- files ---------------------------------------------------------------------------------- */

static lacuna_status keep_digests(lac_reading *reading, lac_file *file, lac_span data,
                                  unsigned kinds, lacuna_error *why)
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
    file->md5 = lac_reading_copy(reading, lac_span_of(digests.md5));
    file->sha256 = lac_reading_copy(reading, lac_span_of(digests.sha256));
    return file->md5 == NULL || file->sha256 == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

lacuna_status lac_reading_load(char **data, size_t *length, lac_reading *reading, uint32_t file,
                               unsigned kinds)
{
    lacuna_error why = {0};
    lac_file *entry = &reading->files[file];
    lacuna_status status =
        lac_package_read(data, length, reading->package, file, reading->limits->part_bytes, &why);
    if (status == LACUNA_OK && kinds != 0) {
        status = keep_digests(reading, entry, lac_span_make(*data, *length), kinds, &why);
    }
    if (status != LACUNA_OK) {
        free(*data);
        *data = NULL;
        *length = 0;
    }
    return lac_reading_unread(reading, status, entry->path, &why);
}

const char *lac_reading_rooted(lac_reading *reading, const char *path, size_t length)
{
    size_t head = strlen(reading->root);
    char *rooted = lac_arena_alloc(reading->arena, head + length + 2);
    if (rooted == NULL) {
        (void)lac_fail_nomem(reading->err);
        return NULL;
    }
    memcpy(rooted, reading->root, head);
    if (length > 0) {
        rooted[head++] = '/';
        memcpy(rooted + head, path, length);
    }
    rooted[head + length] = '\0';
    return rooted;
}

const char *lac_reading_unrooted(const lac_reading *reading, const char *rooted)
{
    size_t head = strlen(reading->root);
    if (rooted == NULL || strncmp(rooted, reading->root, head) != 0) {
        return NULL;
    }
    if (rooted[head] == '\0') {
        return rooted + head;
    }
    return rooted[head] == '/' ? rooted + head + 1 : NULL;
}
