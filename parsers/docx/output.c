#include "parsers/docx/story.h"

/* The reference text has one line per paragraph, and one line per row of an outermost table:
 * cells are separated by TAB, everything inside a cell by a space. */

void lac_output_anchor(const lac_story *story, lac_block *block)
{
    const lac_paragraph *paragraph = &story->frame->paragraph;
    block->part = story->part;
    block->channel = story->channel;
    block->ordinal = paragraph->ordinal;
    block->para_id = paragraph->para_id;
    block->table = LAC_NONE;
    if (lac_in_table(story)) {
        const lac_open_table *table = &story->tables[story->table_count - 1];
        block->table = table->index;
        block->row = table->row;
        block->column = table->column;
        block->flags |= table->header_row ? LAC_BLOCK_HEADER_ROW : 0u;
    }
}

lacuna_status lac_output_block(lac_story *story, uint32_t *index, const lac_block *block,
                               lac_span text)
{
    *index = LAC_NONE;
    char separator = lac_in_table(story) ? ' ' : '\n';
    if (story->frame_count > 1) {
        return lac_queue_add(&story->boxes, block, text, separator);
    }
    lac_builder *builder = &story->docx->builder;
    lacuna_status status = lac_builder_block(builder, index, block, text, separator, false);
    if (status == LACUNA_OK) {
        lac_table_claim(builder, block->table, *index);
    }
    return status;
}

lacuna_status lac_output_boxes(lac_story *story)
{
    if (story->boxes.count == 0 || story->frame_count > 1) {
        return LACUNA_OK;
    }
    if (lac_in_table(story)) {
        return lac_queue_flush(&story->boxes, &story->docx->builder, ' ');
    }
    story->boxes.items[story->boxes.count - 1].separator = '\n';
    return lac_queue_flush(&story->boxes, &story->docx->builder, '\0');
}

/* Ends of cells and rows shape the text of outermost tables only. */
static bool shapes_text(const lac_story *story)
{
    return story->table_count == story->frame->table_base + 1;
}

static void end_in_queue(lac_story *story, char separator)
{
    if (story->boxes.count > 0) {
        story->boxes.items[story->boxes.count - 1].separator = separator;
    }
}

lacuna_status lac_output_cell_end(lac_story *story)
{
    if (!shapes_text(story)) {
        return LACUNA_OK;
    }
    if (story->frame_count > 1) {
        end_in_queue(story, '\t');
        return LACUNA_OK;
    }
    lac_buf *text = &story->docx->builder.text;
    const lac_open_table *table = &story->tables[story->table_count - 1];
    if (text->len > table->cell_start) {
        text->data[text->len - 1] = '\t';
        return LACUNA_OK;
    }
    return lac_buf_append_char(text, '\t'); /* an empty cell keeps its place */
}

void lac_output_row_end(lac_story *story)
{
    if (!shapes_text(story)) {
        return;
    }
    if (story->frame_count > 1) {
        end_in_queue(story, '\n');
        return;
    }
    lac_buf *text = &story->docx->builder.text;
    const lac_open_table *table = &story->tables[story->table_count - 1];
    bool filled = false;
    for (size_t i = table->row_start; i < text->len && !filled; i++) {
        filled = text->data[i] != '\t';
    }
    if (filled) {
        text->data[text->len - 1] = '\n';
    } else {
        text->len = table->row_start; /* a row without any text is no line */
    }
}
