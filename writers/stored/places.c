/* Anchors, headings and leaves of a stored result. */
#include "support/buf.h"
#include "writers/stored/parts.h"

#include <stdlib.h>

enum { SECTIONS_MAX = 1 << 24, HEADINGS_MAX = 64 };

lac_leaf_place *lac_stored_leaf(lac_pack_reader *r, const json_t *json)
{
    lac_leaf_place *leaf = lac_stored_array(r, 1, sizeof *leaf);
    if (leaf == NULL) {
        return NULL;
    }
    leaf->application_index = LAC_NONE;
    leaf->application = lac_stored_text(r, json, "application");
    leaf->file = lac_stored_text(r, json, "file");
    leaf->heading = lac_stored_text(r, json, "heading");
    leaf->heading_path = lac_stored_texts(r, json, "heading_path", &leaf->heading_count);
    leaf->id = lac_stored_text(r, json, "id");
    leaf->sequence = lac_stored_text(r, json, "sequence");
    leaf->title = lac_stored_text(r, json, "title");
    return leaf;
}

/* Index of a new section; 0: out of memory. Section 0 is what stands before the first heading. */
static uint32_t add_section(lac_pack_reader *r, lac_stored_document *of, lac_section section)
{
    size_t count = of->document.section_count == 0 ? 1 : of->document.section_count;
    lacuna_status status = lac_grow((void **)&of->sections, &of->section_cap, count + 1,
                                    sizeof *of->sections, SECTIONS_MAX);
    if (status != LACUNA_OK) {
        r->out_of_memory = true;
        return 0;
    }
    of->sections[count] = section;
    of->document.section_count = (uint32_t)count + 1;
    of->document.sections = of->sections;
    return (uint32_t)count;
}

/* The label of a heading is shown as a whole; its parent stands before it. */
static uint32_t heading_below(lac_pack_reader *r, lac_stored_document *of, uint32_t parent,
                              const char *label)
{
    for (uint32_t i = of->document.section_count; i-- > parent + 1;) {
        const lac_section *known = &of->sections[i];
        if (known->parent == parent && known->heading == 0 && lac_span_is(known->title, label)) {
            return i;
        }
        if (i + HEADINGS_MAX < of->document.section_count) {
            break; /* the same heading once more costs nothing but room */
        }
    }
    const char *copy = lac_arena_copy(r->arena, lac_span_of(label));
    r->out_of_memory = r->out_of_memory || copy == NULL;
    return add_section(r, of, (lac_section){.parent = parent, .title = lac_span_of(copy)});
}

static uint32_t read_headings(lac_pack_reader *r, lac_stored_document *of, const json_t *json)
{
    const json_t *path = lac_pack_array(r, json, "heading_path");
    uint32_t section = 0;
    for (size_t i = 0; i < json_array_size(path) && i < HEADINGS_MAX && !r->out_of_memory; i++) {
        const char *label = json_string_value(json_array_get(path, i));
        section = heading_below(r, of, section, label == NULL ? "" : label);
    }
    return section;
}

uint32_t lac_stored_section(lac_pack_reader *r, lac_stored_document *of, const json_t *json)
{
    lac_section section = {.heading = LAC_NONE,
                           .number = lac_span_of(lac_stored_text(r, json, "number")),
                           .title = lac_span_of(lac_stored_text(r, json, "title"))};
    return of == NULL ? 0 : add_section(r, of, section);
}

void lac_stored_document_close(lac_pack_reader *r, lac_stored_document *of)
{
    size_t count = of->document.section_count;
    lac_section *kept = count == 0 ? NULL : lac_stored_array(r, count, sizeof *kept);
    if (kept != NULL) {
        memcpy(kept, of->sections, count * sizeof *kept);
    }
    free(of->sections);
    of->sections = NULL;
    of->document.sections = kept;
    of->document.section_count = kept == NULL ? 0 : (uint32_t)count;
}

static void read_cell(lac_pack_reader *r, lac_anchor *anchor, const json_t *json)
{
    const json_t *cell = lac_pack_array(r, json, "table_cell");
    anchor->row = anchor->column = LAC_NONE;
    if (json_array_size(cell) == 2) {
        anchor->row = (uint32_t)json_integer_value(json_array_get(cell, 0));
        anchor->column = (uint32_t)json_integer_value(json_array_get(cell, 1));
    }
}

lac_anchor lac_stored_anchor(lac_pack_reader *r, lac_stored_document *of, const json_t *json)
{
    const json_t *leaf = json_object_get(json, "leaf");
    const json_t *block = json_object_get(json, "block");
    lac_anchor anchor = {.part = lac_stored_text(r, json, "part"),
                         .block = LAC_NONE,
                         .line = lac_stored_number(r, json, "text_line"),
                         .page = lac_stored_number(r, json, "page"),
                         .start = lac_stored_number(r, json, "start"),
                         .end = lac_stored_number(r, json, "end")};
    if (block != NULL && !json_is_null(block)) {
        anchor.block = lac_stored_number(r, json, "block");
    }
    read_cell(r, &anchor, json);
    if (leaf != NULL) {
        anchor.leaf = lac_stored_leaf(r, leaf);
    }
    if (of != NULL) {
        anchor.section = read_headings(r, of, json);
    } else if (leaf != NULL) { /* "part" is the file of the leaf */
        anchor.part = lac_stored_text(r, json, "leaf_part");
    }
    return anchor;
}

lac_evidence *lac_stored_evidence(lac_pack_reader *r, lac_stored_document *of, const json_t *object,
                                  const char *fact, uint32_t *count)
{
    const json_t *array = lac_pack_array(r, object, "evidence");
    size_t size = json_array_size(array);
    *count = 0;
    lac_evidence *list = size == 0 ? NULL : lac_stored_array(r, size, sizeof *list);
    for (size_t i = 0; list != NULL && i < size; i++) {
        const json_t *json = json_array_get(array, i);
        list[i] =
            (lac_evidence){.quote = lac_span_of(lac_stored_text(r, json, "quote")),
                           .fact = lac_stored_text_or_null(r, json, fact),
                           .anchor = lac_stored_anchor(r, of, json_object_get(json, "anchor"))};
        (*count)++;
    }
    return list;
}
