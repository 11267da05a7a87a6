#include "writers/anchor.h"

uint32_t lac_heading_path(uint32_t path[LAC_HEADING_PATH_MAX], const lac_document *document,
                          uint32_t section)
{
    uint32_t count = 0;
    while (section != 0 && section < document->section_count && count < LAC_HEADING_PATH_MAX) {
        path[count++] = section;
        uint32_t parent = document->sections[section].parent;
        section = parent < section ? parent : 0;
    }
    for (uint32_t i = 0; i < count / 2; i++) {
        uint32_t swapped = path[i];
        path[i] = path[count - 1 - i];
        path[count - 1 - i] = swapped;
    }
    return count;
}

/* The longest start of `text` of at most `max` bytes that cuts no character in two. */
static size_t whole_characters(lac_span text, size_t max)
{
    if (text.len <= max) {
        return text.len;
    }
    size_t length = max;
    while (length > 0 && ((unsigned char)text.ptr[length] & 0xC0) == 0x80) {
        length--;
    }
    return length;
}

size_t lac_heading_label(char *label, size_t size, const lac_section *section)
{
    const lac_span pieces[] = {section->number, lac_span_of(" "), section->title};
    size_t length = 0;
    for (size_t i = section->number.len == 0 ? 2 : 0; i < 3; i++) {
        size_t take = whole_characters(pieces[i], size - 1 - length);
        if (take > 0) {
            memcpy(label + length, pieces[i].ptr, take);
        }
        length += take;
    }
    label[length] = '\0';
    return length;
}

static void write_heading_path(lac_json *json, const lac_document *document, uint32_t section)
{
    uint32_t path[LAC_HEADING_PATH_MAX];
    uint32_t count = document == NULL ? 0 : lac_heading_path(path, document, section);
    lac_json_array(json, "heading_path");
    for (uint32_t i = 0; i < count; i++) {
        char label[LAC_HEADING_LABEL_SIZE];
        size_t length = lac_heading_label(label, sizeof label, &document->sections[path[i]]);
        lac_json_span(json, NULL, lac_span_make(label, length));
    }
    lac_json_array_end(json);
}

void lac_json_leaf(lac_json *json, const char *key, const lac_leaf_place *leaf)
{
    lac_json_object(json, key);
    lac_json_text(json, "application", leaf->application);
    lac_json_text(json, "file", leaf->file);
    lac_json_text(json, "heading", leaf->heading);
    lac_json_texts(json, "heading_path", leaf->heading_path, leaf->heading_count);
    lac_json_text(json, "id", leaf->id);
    lac_json_text(json, "sequence", leaf->sequence);
    lac_json_text(json, "title", leaf->title);
    lac_json_object_end(json);
}

void lac_json_anchor(lac_json *json, const char *key, const char *path,
                     const lac_document *document, const lac_anchor *anchor)
{
    lac_json_object(json, key);
    if (anchor->block == LAC_NONE) {
        lac_json_null(json, "block");
    } else {
        lac_json_uint(json, "block", anchor->block);
    }
    lac_json_uint(json, "end", anchor->end);
    if (anchor->leaf != NULL && document == NULL) {
        lac_json_texts(json, "heading_path", anchor->leaf->heading_path,
                       anchor->leaf->heading_count);
    } else {
        write_heading_path(json, document, anchor->section);
    }
    if (anchor->leaf != NULL) {
        lac_json_leaf(json, "leaf", anchor->leaf);
    }
    bool in_submission = anchor->leaf != NULL && document == NULL;
    if (in_submission && anchor->part != NULL && anchor->part[0] != '\0') {
        lac_json_text(json, "leaf_part", anchor->part);
    }
    if (anchor->page > 0) {
        lac_json_uint(json, "page", anchor->page);
    }
    const char *part = in_submission ? anchor->leaf->file : anchor->part;
    lac_json_text(json, "part", part == NULL ? "" : part);
    lac_json_text(json, "path", path);
    lac_json_uint(json, "start", anchor->start);
    if (anchor->row != LAC_NONE && anchor->column != LAC_NONE && anchor->block != LAC_NONE) {
        lac_json_array(json, "table_cell");
        lac_json_uint(json, NULL, anchor->row);
        lac_json_uint(json, NULL, anchor->column);
        lac_json_array_end(json);
    }
    lac_json_uint(json, "text_line", anchor->line);
    lac_json_object_end(json);
}
