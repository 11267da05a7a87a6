/*
 * document.h - the one model every document format is read into.
 *
 * Purpose: all text in one contiguous UTF-8 buffer; everything else is offsets into it, so a
 *   pattern runs over a section without copying and a quote is always a substring of what
 *   `lacuna text` prints.
 * Ownership: immutable after parsing; everything lives in the document's arena and is freed by
 *   lac_document_free. Shareable between threads for reading.
 * Invariants: blocks are in text order; sections are in text order, section 0 is what stands
 *   before the first heading (possibly empty); `text` is valid UTF-8; offsets fit 32 bits.
 *
 * The reference text: one block a line (LF); the paragraphs of one table row share a line, cells
 * separated by TAB, paragraphs inside a cell by a space. Channels follow each other in the order of
 * lac_channel; the first `reference_length` bytes (body, notes, headers and footers) are what
 * `lacuna text` prints, comments, hidden and deleted text come after them.
 */
#ifndef LAC_DOCUMENT_H
#define LAC_DOCUMENT_H

#include "include/lacuna.h"
#include "support/arena.h"
#include "support/limits.h"
#include "support/span.h"

#include <stdbool.h>
#include <stdint.h>

enum { LAC_NONE = UINT32_MAX }; /* "no such index" */

typedef enum lac_channel {
    LAC_CHANNEL_BODY, /* main text, text boxes at the paragraph that anchors them */
    LAC_CHANNEL_FOOTNOTE,
    LAC_CHANNEL_ENDNOTE,
    LAC_CHANNEL_HEADER,
    LAC_CHANNEL_FOOTER,
    LAC_CHANNEL_COMMENT, /* from here on not part of the reference text */
    LAC_CHANNEL_HIDDEN,  /* text a reader of the page cannot see */
    LAC_CHANNEL_DELETED, /* text deleted under track changes */
    LAC_CHANNEL_COUNT
} lac_channel;

typedef enum lac_format {
    LAC_FORMAT_DOCX,
    LAC_FORMAT_TEXT,
    LAC_FORMAT_MARKDOWN,
    LAC_FORMAT_PDF,
    LAC_FORMAT_XML,
} lac_format;

/* Where the outline level of a heading came from; the order is falling trust. */
typedef enum lac_heading_source {
    LAC_HEADING_NONE,
    LAC_HEADING_PARAGRAPH_LEVEL, /* w:outlineLvl on the paragraph */
    LAC_HEADING_STYLE_LEVEL,     /* w:outlineLvl in the style chain */
    LAC_HEADING_STYLE_NAME,      /* a style named "heading N" */
    LAC_HEADING_MARKUP,          /* Markdown */
    LAC_HEADING_CONTENTS,        /* the document's contents list names it */
    LAC_HEADING_TYPED_NUMBER,    /* plain text: "6.4 Trial Design" on a line of its own */
    LAC_HEADING_FORMATTING,      /* a short bold paragraph; low confidence */
} lac_heading_source;

/* Flags of a block. */
enum {
    LAC_BLOCK_TOC = 1u << 0,           /* an entry (or the title) of a table of contents */
    LAC_BLOCK_LIST_ITEM = 1u << 1,     /* numbered or bulleted, not a heading */
    LAC_BLOCK_PICTURE = 1u << 2,       /* holds a drawing, picture or chart */
    LAC_BLOCK_EMPTY_CONTROL = 1u << 3, /* text is the prompt of an unfilled content control */
    LAC_BLOCK_INSERTED = 1u << 4,      /* holds tracked insertions */
    LAC_BLOCK_DELETIONS = 1u << 5,     /* tracked deletions stood here */
    LAC_BLOCK_HIDDEN_PARTS = 1u << 6,  /* hidden text stood here */
    LAC_BLOCK_TEXT_BOX = 1u << 7,      /* content of a text box */
    LAC_BLOCK_ALL_BOLD = 1u << 8,      /* every visible run is bold */
    LAC_BLOCK_CAPTION = 1u << 9,       /* caption style */
    LAC_BLOCK_TITLE = 1u << 10,        /* Title or Subtitle style */
    LAC_BLOCK_HEADER_ROW = 1u << 11,   /* table row marked as repeating header */
    LAC_BLOCK_EQUATION = 1u << 12,     /* holds an equation */
    LAC_BLOCK_INSTRUCTION = 1u << 13,  /* style says template instruction (name or hidden colour) */
    LAC_BLOCK_BROKEN_REFERENCE = 1u << 14, /* "Error! Reference source not found." */
    LAC_BLOCK_CODE = 1u << 15,             /* Markdown code fence */
    LAC_BLOCK_DRAFT = 1u << 16,            /* holds tracked insertions by Lacuna */
};

/* A paragraph (also inside a cell, a note, a header). */
typedef struct lac_block {
    uint32_t start, length; /* bytes of text, without the line end */
    uint32_t number_length; /* leading bytes that are a computed list or heading number + space */
    uint32_t flags;
    uint32_t part;        /* index into parts */
    uint32_t ordinal;     /* paragraph ordinal in its part, from 0, in element order */
    uint32_t para_id;     /* w14:paraId, 0: none */
    uint32_t table;       /* index into tables, LAC_NONE outside */
    uint32_t row, column; /* grid position inside the table, from 0 */
    uint32_t section;     /* index of the section it belongs to */
    uint32_t page;        /* where it begins, from 1; 0: not known */
    uint32_t page_turn;   /* bytes into the block where the next page begins; 0: on one page */
    uint8_t channel;      /* lac_channel */
    uint8_t level;        /* 1..9: heading of that level; 0: body */
    uint8_t source;       /* lac_heading_source */
} lac_block;

typedef struct lac_section {
    uint32_t heading; /* block index, LAC_NONE for section 0 */
    uint32_t parent;  /* section index; 0 is the parent of top-level sections */
    uint32_t start;   /* text offset of the heading line (0 for section 0) */
    uint32_t body;    /* where the text behind the heading line starts */
    uint32_t own_end; /* end of own text: the next heading of any level */
    uint32_t end;     /* end including sub-sections */
    uint32_t first_block, own_end_block, end_block; /* block ranges likewise, heading included */
    uint8_t level;                                  /* 0 for section 0 */
    uint8_t source;                                 /* lac_heading_source */
    lac_span number;   /* "6.4.8", or empty: computed, or typed when `typed_number` */
    lac_span title;    /* without number */
    bool typed_number; /* the number is part of the text, not of the numbering */
} lac_section;

typedef struct lac_table {
    uint32_t first_block, end_block;
    uint32_t rows, columns;
    uint32_t parent; /* table it is nested in, LAC_NONE */
} lac_table;

/* An entry of a table of contents, as printed. */
typedef struct lac_toc_entry {
    uint32_t block;
    uint8_t level; /* from the style "toc N"; 0: not known */
    lac_span number, title;
} lac_toc_entry;

/* Something about the input worth telling, that did not stop the reading. */
typedef struct lac_note {
    const char *code;  /* "docx/alt-chunk", static */
    const char *text;  /* a sentence, in the arena */
    uint32_t part;     /* LAC_NONE: the whole document */
    bool text_missing; /* text was not read: what is missing may be in there */
} lac_note;

/* Counts of what the reader of the accepted view does not see. */
typedef struct lac_revisions {
    uint32_t insertions, deletions, moves, property_changes, comments;
    uint32_t drafts; /* of the insertions: by Lacuna */
    uint64_t hidden_characters;
    uint32_t empty_controls;
    uint32_t broken_references;
} lac_revisions;

typedef struct lac_document {
    lac_arena arena;
    lac_format format;
    lac_span text; /* all channels */
    uint32_t reference_length;
    const lac_block *blocks;
    uint32_t block_count;
    const lac_section *sections;
    uint32_t section_count;
    const lac_table *tables;
    uint32_t table_count;
    const lac_toc_entry *toc;
    uint32_t toc_count;
    const char *const *parts; /* part names; "" for formats without parts */
    uint32_t part_count;
    const lac_note *notes;
    uint32_t note_count;
    const uint32_t *line_starts; /* offsets of the lines of text */
    uint32_t line_count;
    lac_revisions revisions;
    const char *not_evaluated; /* "not-evaluated/pdf": nobody could read its text, by nature and
                                  not by fault, and the document is empty; NULL: it was read */
    uint32_t page_count;       /* 0: the format has no pages, or they are not known */
    uint32_t pages_without_text;
    lac_span property_title;  /* docProps or front matter; may be empty */
    bool declared_final;      /* its properties say that it is final */
    bool structured_headings; /* at least one heading not from formatting */
} lac_document;

void lac_document_free(lac_document *document);

/* What stays of a document when its text is no longer needed: headings, notes, names of parts,
 * pages. It has no text and no blocks; offsets in its sections are those of the document. */
lacuna_status lac_document_shell(lac_document **out, const lac_document *document,
                                 lacuna_error *err);

/* 1-based line of an offset. */
uint32_t lac_document_line(const lac_document *document, uint32_t offset);

/* The bytes of the lines [line, to], without the line ends behind the last one; false where there
 * are no such lines. */
bool lac_document_lines(uint32_t *start, uint32_t *end, const lac_document *document, int64_t line,
                        int64_t to);

/* The block that holds an offset, or the next one before it. LAC_NONE for an empty document. */
uint32_t lac_document_block_at(const lac_document *document, uint32_t offset);

/* "docx", "pdf" ...; static storage. */
const char *lac_format_name(lac_format format);
lac_span lac_document_slice(const lac_document *document, uint32_t start, uint32_t end);
lac_span lac_block_text(const lac_document *document, const lac_block *block);

/* The page an offset stands on, from 1; 0: not known. */
uint32_t lac_document_page(const lac_document *document, uint32_t offset);

/* "heading style", "bold text" ... for reports; static storage. */
const char *lac_heading_source_name(lac_heading_source source);

#endif
