/*
 * reading.h - a document prepared for checking: its words, leftovers and section kinds.
 *
 * Purpose: what every rule needs is computed once, in one pass over the text.
 * Ownership: borrows the document; everything else is freed by lac_reading_free.
 * Threads: read-only after lac_reading_new.
 */
#ifndef LAC_READING_H
#define LAC_READING_H

#include "analyzer/leftovers.h"
#include "analyzer/text_index.h"
#include "parsers/document.h"
#include "support/arena.h"

/* Sections whose words are not statements of the document: a cited title is no content, and an
 * abbreviation list names everything. */
typedef enum lac_section_kind {
    LAC_SECTION_CONTENT,
    LAC_SECTION_CONTENTS_LIST,
    LAC_SECTION_REFERENCES,
    LAC_SECTION_ABBREVIATIONS,
} lac_section_kind;

typedef struct lac_range {
    uint32_t start, end;
} lac_range;

typedef struct lac_reading {
    lac_arena arena;
    const lac_document *document;
    lac_text_index *index; /* over the reference text */
    lac_leftovers leftovers;
    const uint32_t *real_words; /* prefix sums: words before token i that are content */
    const uint8_t *section_kinds;
    const bool *unfinished;  /* per section: own text is mostly what the template left */
    const lac_range *silent; /* ranges that are no statements (contents, references, unfinished
                                sections), ordered */
    uint32_t silent_count;
} lac_reading;

lacuna_status lac_reading_new(lac_reading **out, const lac_document *document, lacuna_error *err);
void lac_reading_free(lac_reading *reading);

/* "APPENDIX: REFERENCES" and "Appendix 3 - List of abbreviations" name the same as without the
 * word. */
lac_span lac_title_without_appendix(lac_span title);

/* Words of content between two offsets: without leftovers and contents lists. */
uint32_t lac_reading_words(const lac_reading *reading, uint32_t start, uint32_t end);

/* Leftovers that start in [start, end); *first receives the index of the first one. */
uint32_t lac_reading_leftovers(const lac_reading *reading, uint32_t start, uint32_t end,
                               uint32_t *first);

/* End of the silent range that holds `offset`, or 0 when the text there is a statement. */
uint32_t lac_reading_silent_end(const lac_reading *reading, uint32_t offset);

/* Whether [start, end) touches a leftover. */
bool lac_reading_is_leftover(const lac_reading *reading, uint32_t start, uint32_t end);

#endif
