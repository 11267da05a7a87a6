#include "drafter/draft/text.h"

/* A cell is one line, and "|" is its border. */
static lacuna_status put_cell(lac_buf *out, lac_span text)
{
    lacuna_status status = lac_buf_append_text(out, " ");
    for (size_t i = 0; i < text.len && status == LACUNA_OK; i++) {
        char c = text.ptr[i];
        status = c == '|'                 ? lac_buf_append_text(out, "\\|")
                 : c == '\n' || c == '\t' ? lac_buf_append_char(out, ' ')
                                          : lac_buf_append_char(out, c);
    }
    return status == LACUNA_OK ? lac_buf_append_text(out, " |") : status;
}

static lacuna_status put_table(lac_buf *out, const lac_draft_block *block)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t row = 0; row < block->rows && status == LACUNA_OK; row++) {
        status = lac_buf_append_char(out, '|');
        for (uint32_t column = 0; column < block->columns && status == LACUNA_OK; column++) {
            status = put_cell(out, block->cells[row * block->columns + column]);
        }
        status = status == LACUNA_OK ? lac_buf_append_char(out, '\n') : status;
        for (uint32_t column = 0;
             row == 0 && block->header_rows > 0 && column <= block->columns && status == LACUNA_OK;
             column++) {
            status = lac_buf_append_text(out, column == block->columns ? "|\n" : "|---");
        }
    }
    return status == LACUNA_OK ? lac_buf_append_char(out, '\n') : status;
}

static lacuna_status put_mark(lac_buf *out, const lac_draft_block *block)
{
    lacuna_status status = LACUNA_OK;
    switch (block->kind) {
    case LAC_DRAFT_BULLET:
        return lac_buf_append_text(out, "- ");
    case LAC_DRAFT_NUMBERED:
        return lac_buf_append_text(out, "1. ");
    case LAC_DRAFT_HEADING:
        for (uint8_t i = 0; i < block->level && status == LACUNA_OK; i++) {
            status = lac_buf_append_char(out, '#');
        }
        return status == LACUNA_OK ? lac_buf_append_char(out, ' ') : status;
    default:
        return LACUNA_OK;
    }
}

lacuna_status lac_draft_markdown(lac_buf *out, const lac_draft_block *blocks, uint32_t count)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        if (blocks[i].kind == LAC_DRAFT_TABLE) {
            status = put_table(out, &blocks[i]);
            continue;
        }
        status = put_mark(out, &blocks[i]);
        status = status == LACUNA_OK ? lac_buf_append_span(out, blocks[i].text) : status;
        status = status == LACUNA_OK ? lac_buf_append_text(out, "\n\n") : status;
    }
    return status;
}
