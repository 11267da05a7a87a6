#include "parsers/docx/queue.h"

#include <stdlib.h>

void lac_queue_init(lac_queue *queue, const lac_limits *limits)
{
    *queue = (lac_queue){.max_items = limits->blocks};
    lac_buf_init(&queue->text, (size_t)limits->text_bytes);
}

void lac_queue_free(lac_queue *queue)
{
    free(queue->items);
    lac_buf_free(&queue->text);
    queue->items = NULL;
    queue->count = 0;
    queue->cap = 0;
}

lacuna_status lac_queue_add(lac_queue *queue, const lac_block *block, lac_span text, char separator)
{
    lacuna_status status = lac_grow((void **)&queue->items, &queue->cap, queue->count + 1,
                                    sizeof *queue->items, queue->max_items);
    size_t start = queue->text.len;
    if (status == LACUNA_OK) {
        status = lac_buf_append_span(&queue->text, text);
    }
    if (status == LACUNA_OK) {
        queue->items[queue->count++] = (lac_queued){*block, start, text.len, separator};
    }
    return status;
}

void lac_table_claim(lac_builder *builder, uint32_t table, uint32_t block)
{
    while (table != LAC_NONE) {
        lac_table *claimed = &builder->tables[table];
        claimed->first_block = claimed->end_block == 0 ? block : claimed->first_block;
        claimed->end_block = block + 1;
        table = claimed->parent; /* older than its child: the walk ends */
    }
}

lacuna_status lac_queue_flush(lac_queue *queue, lac_builder *builder, char separator)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < queue->count && status == LACUNA_OK; i++) {
        const lac_queued *item = &queue->items[i];
        lac_span text = lac_span_make(lac_buf_text(&queue->text) + item->start, item->length);
        uint32_t index;
        status = lac_builder_block(builder, &index, &item->block, text,
                                   separator == '\0' ? item->separator : separator, false);
        if (status == LACUNA_OK && item->block.channel < LAC_CHANNEL_HIDDEN) {
            lac_table_claim(builder, item->block.table, index);
        }
    }
    queue->count = 0;
    lac_buf_clear(&queue->text);
    return status;
}
