/*
 * lists.h - numbers for new list items: an existing list is continued (bullets) or begun anew
 * (numbers); where the document has no such list, one is defined.
 *
 * Schema: in w:numbering every w:abstractNum stands before every w:num (ECMA-376 17.9.15).
 */
#ifndef LAC_WRITERS_DOCX_LISTS_H
#define LAC_WRITERS_DOCX_LISTS_H

#include "writers/docx/look.h"

typedef struct lac_lists {
    lac_word_file *file;
    lac_word_part *part; /* numbering; NULL: the document has none */
    lac_span w;
    lac_buf abstracts, nums;
    uint32_t next_num, next_abstract;
    uint32_t bullets; /* the w:num that was defined; UINT32_MAX: none */
} lac_lists;

lacuna_status lac_lists_begin(lac_lists *lists, lac_word_file *file, lacuna_error *err);
void lac_lists_free(lac_lists *lists);

/* The list for bullets: `number` of an item that is there, or 0. */
lacuna_status lac_lists_bullet(uint32_t *out, lac_lists *lists, uint32_t number, lacuna_error *err);
/* A list that begins at 1 and looks like list `number`; 0: like none. */
lacuna_status lac_lists_number(uint32_t *out, lac_lists *lists, uint32_t number, lacuna_error *err);

lacuna_status lac_lists_flush(lac_lists *lists, lacuna_error *err);

#endif
