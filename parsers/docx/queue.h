/*
 * queue.h - blocks that are written later than they are read: text boxes behind their paragraph,
 * hidden and deleted text behind everything else.
 *
 * Ownership: the queue owns copies of the text until it is flushed or freed.
 */
#ifndef LAC_DOCX_QUEUE_H
#define LAC_DOCX_QUEUE_H

#include "parsers/document_builder.h"

typedef struct lac_queued {
    lac_block block;
    size_t start, length; /* in the queue's text */
    char separator;
} lac_queued;

typedef struct lac_queue {
    lac_queued *items;
    size_t count, cap;
    lac_buf text;
    size_t max_items;
} lac_queue;

void lac_queue_init(lac_queue *queue, const lac_limits *limits);
void lac_queue_free(lac_queue *queue);

lacuna_status lac_queue_add(lac_queue *queue, const lac_block *block, lac_span text,
                            char separator);

/* Writes all blocks and empties the queue. `separator` '\0': each with its own. */
lacuna_status lac_queue_flush(lac_queue *queue, lac_builder *builder, char separator);

/* Makes a block that has been written part of its table and the tables around it. */
void lac_table_claim(lac_builder *builder, uint32_t table, uint32_t block);

#endif
