/*
 * toc.h - entries of a contents list as they are printed: level, number, title, without the page.
 */
#ifndef LAC_DOCX_TOC_H
#define LAC_DOCX_TOC_H

#include "parsers/docx/story.h"

typedef struct lac_toc_parts {
    lac_span number, title;
    bool paged; /* a page number was there to be taken off */
} lac_toc_parts;

/* `text` is the entry with tabs as spaces; the offsets are those of its first and last tab and of
 * its page reference, LAC_NONE where there is none. */
lac_toc_parts lac_toc_split(lac_span text, uint32_t first_tab, uint32_t last_tab,
                            uint32_t page_reference);

/* Adds the present paragraph, written as block `index`, to the document's contents list, unless it
 * is the title of that list or belongs to a list of tables or figures. Outside of a contents field
 * only a line with a page is an entry: "Contents" and "Page" often have the same style. */
lacuna_status lac_toc_collect(lac_story *story, uint32_t index, const lac_block *block);

#endif
