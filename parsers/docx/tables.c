#include "parsers/docx/story.h"

#include "support/error.h"

/* Tables in tables: the innermost open one is where rows and cells belong. Rows or cells without
 * a table around them (damaged files) are passed over; their paragraphs are read all the same. */

lacuna_status lac_table_start(lac_story *story)
{
    lacuna_status status = lac_paragraph_settle(story);
    if (status != LACUNA_OK) {
        return status;
    }
    uint32_t limit = story->docx->limits->table_depth;
    if (story->table_count >= LAC_TABLES || story->table_count >= limit) {
        return lac_fail_remedy(
            story->err, LACUNA_E_LIMIT,
            "Do not trust the file; if it is genuine, take its inner tables apart.",
            "tables are nested more than %u levels deep", (unsigned)limit);
    }
    lac_open_table *around = lac_table_top(story);
    const lac_table table = {.parent = around == NULL ? LAC_NONE : around->index};
    lac_open_table *opened = &story->tables[story->table_count];
    *opened = (lac_open_table){.span = 1};
    status = lac_builder_table(&story->docx->builder, &opened->index, &table);
    if (status == LACUNA_OK) {
        story->table_count++;
    }
    return status;
}

lacuna_status lac_table_end(lac_story *story)
{
    lacuna_status status = lac_paragraph_settle(story);
    lac_open_table *table = lac_table_top(story);
    if (table != NULL) {
        lac_table *kept = &story->docx->builder.tables[table->index];
        kept->rows = table->row;
        kept->columns = table->columns;
        story->table_count--;
    }
    return status;
}

lacuna_status lac_row_start(lac_story *story)
{
    lac_open_table *table = lac_table_top(story);
    if (table != NULL) {
        table->row_open = true;
        table->row_deleted = false;
        table->header_row = false;
        table->next_column = 0;
        table->row_start = story->docx->builder.text.len;
    }
    return LACUNA_OK;
}

lacuna_status lac_row_end(lac_story *story)
{
    lac_open_table *table = lac_table_top(story);
    if (table == NULL || !table->row_open) {
        return LACUNA_OK;
    }
    lacuna_status status = lac_paragraph_settle(story);
    lac_output_row_end(story);
    if (table->row_deleted) {
        story->deletions--;
    } else {
        table->row++;
    }
    if (table->next_column > table->columns) {
        table->columns = table->next_column;
    }
    table->row_open = false;
    table->row_deleted = false;
    table->header_row = false;
    return status;
}

lacuna_status lac_cell_start(lac_story *story)
{
    lac_open_table *table = lac_table_top(story);
    if (table != NULL) {
        table->cell_open = true;
        table->cell_deleted = false;
        table->column = table->next_column;
        table->span = 1;
        table->cell_start = story->docx->builder.text.len;
    }
    return LACUNA_OK;
}

lacuna_status lac_cell_end(lac_story *story)
{
    lac_open_table *table = lac_table_top(story);
    if (table == NULL || !table->cell_open) {
        return LACUNA_OK;
    }
    lacuna_status status = lac_paragraph_settle(story);
    bool deleted = table->cell_deleted || table->row_deleted;
    if (status == LACUNA_OK && !deleted) {
        status = lac_output_cell_end(story);
    }
    if (table->cell_deleted) {
        story->deletions--;
    } else {
        table->next_column += table->span;
    }
    table->cell_open = false;
    table->cell_deleted = false;
    return status;
}

void lac_row_delete(lac_story *story)
{
    lac_open_table *table = lac_table_top(story);
    if (table != NULL && table->row_open && !table->row_deleted) {
        table->row_deleted = true;
        story->deletions++;
    }
}

void lac_cell_delete(lac_story *story)
{
    lac_open_table *table = lac_table_top(story);
    if (table != NULL && table->cell_open && !table->cell_deleted) {
        table->cell_deleted = true;
        story->deletions++;
    }
}

/* Word itself stops at 63 columns; a hostile span must not overflow the count. */
enum { MAX_SPAN = 16384 };

void lac_cell_property(lac_story *story, lac_element element, const lac_xml_element *tag)
{
    lac_open_table *table = lac_table_top(story);
    int32_t value;
    if (table == NULL) {
        return;
    }
    if (element == LAC_EL_TBL_HEADER) {
        table->header_row = lac_docx_val_on(tag);
    } else if (!lac_docx_val_int(tag, "val", &value) || value < 1 || value > MAX_SPAN) {
        return;
    } else if (element == LAC_EL_GRID_SPAN) {
        table->span = (uint32_t)value;
    } else if (element == LAC_EL_GRID_BEFORE) {
        table->next_column = (uint32_t)value;
    }
}
