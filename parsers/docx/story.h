/*
 * story.h - reading one part that holds running text: the main document, notes, headers, comments.
 *
 * Purpose: the state between the events of the parser, and the handlers of the elements, grouped by
 *   topic: paragraphs, runs, tables, containers, fields. A story holds frames: the text itself, and
 *   one more for every text box that is open, since a text box stands inside a run of a paragraph.
 * Ownership: a story belongs to a lac_docx and is used for one part after the other.
 * Limits: LAC_FRAMES text boxes in each other, table_depth, LAC_FIELD_DEPTH.
 */
#ifndef LAC_DOCX_STORY_H
#define LAC_DOCX_STORY_H

#include "parsers/docx/elements.h"
#include "parsers/docx/fields.h"
#include "parsers/docx/reader.h"

enum { LAC_FRAMES = 16, LAC_TABLES = 64 };

/* Where character properties that are being read belong. */
typedef enum lac_properties {
    LAC_PROPERTIES_NONE,
    LAC_PROPERTIES_RUN,
    LAC_PROPERTIES_MARK, /* of the paragraph mark */
} lac_properties;

typedef struct lac_run {
    const lac_style *style;
    int8_t bold, vanish; /* direct; LAC_UNSET */
    uint8_t font;        /* direct; lac_symbol_font */
    bool resolved;       /* the next three follow from the above and the paragraph's style */
    bool is_bold, is_hidden, is_instruction;
} lac_run;

typedef struct lac_paragraph {
    bool open;
    bool carried; /* its mark is deleted: the text waits for the next paragraph */
    bool mark_deleted, mark_hidden;
    uint32_t ordinal, para_id;
    uint32_t flags;                            /* LAC_BLOCK_* */
    bool in_contents, in_control, in_captions; /* text in a TOC field, control, list of tables */
    const lac_style *style;                    /* NULL: no such style and no default */
    int32_t num_id;                            /* direct; LAC_UNSET */
    int8_t ilvl, outline;                      /* direct; LAC_UNSET */
    lac_buf text, hidden, deleted;
    /* Bytes of visible text that are not spaces: all, bold, prompts, instructions. */
    uint32_t visible, bold, prompt, instruction;
    uint32_t first_tab, last_tab, page_reference; /* offsets in text; LAC_NONE */
} lac_paragraph;

typedef struct lac_frame {
    lac_paragraph paragraph;
    lac_run run;
    lac_properties properties;
    uint32_t field_base; /* of the frame around this one */
    uint32_t table_base; /* tables below belong to the frames around */
} lac_frame;

typedef struct lac_open_table {
    uint32_t index; /* in the document */
    uint32_t row, column, next_column, span;
    uint32_t columns;
    bool header_row, row_deleted, cell_deleted;
    bool row_open, cell_open;
    size_t row_start, cell_start; /* in the document's text; outermost tables only */
} lac_open_table;

typedef enum lac_text_kind { LAC_TEXT_NONE, LAC_TEXT_SHOWN, LAC_TEXT_INSTRUCTION } lac_text_kind;

/* What an open content control is. */
enum { LAC_SDT_PROMPT = 1u << 0, LAC_SDT_CONTENTS = 1u << 1 };

struct lac_story {
    lac_docx *docx;
    lacuna_error *err; /* of the caller, while a part is read */
    uint32_t part;     /* in the document's list of parts */
    uint8_t channel;   /* lac_channel */
    bool root_seen;
    uint32_t next_ordinal;

    lac_frame *frames[LAC_FRAMES];
    uint32_t frame_count;
    lac_frame *frame; /* innermost */

    lac_open_table tables[LAC_TABLES];
    uint32_t table_count;

    lac_text_kind text_kind;
    bool text_preserved;
    lac_buf piece; /* of the text element being read */

    uint32_t deletions, insertions; /* open elements around the present place */
    uint32_t draft; /* how many insertions are open with one by Lacuna, it included; 0: none */
    uint32_t prompts, contents; /* open content controls of that kind */
    uint32_t sdt_count, alternate_count;
    uint8_t sdts[LAC_WALK_DEPTH];
    uint8_t alternates[LAC_WALK_DEPTH]; /* 1: a branch was taken */

    lac_queue boxes;     /* text boxes wait for the end of their paragraph */
    lac_buf label, line; /* scratch */
    lac_fields fields;
    lac_walk walk;
};

lacuna_status lac_story_new(lac_story **out, lac_docx *docx);
void lac_story_free(lac_story *story);

/* Reads one part. `root_wanted` LAC_EL_OTHER: any root element. */
lacuna_status lac_story_read(lac_story *story, uint32_t part, lac_channel channel,
                             lac_element root_wanted, lacuna_error *err);

/* ---- frames ---------------------------------------------------------------------------------- */
lacuna_status lac_frame_push(lac_story *story, bool *pushed);
lacuna_status lac_frame_pop(lac_story *story);

static inline bool lac_in_table(const lac_story *story)
{
    return story->table_count > story->frame->table_base;
}
static inline lac_open_table *lac_table_top(lac_story *story)
{
    return lac_in_table(story) ? &story->tables[story->table_count - 1] : NULL;
}

/* ---- paragraphs (paragraph.c) ------------------------------------------------------------------
 */
lacuna_status lac_paragraph_start(lac_story *story, const lac_xml_element *tag);
lacuna_status lac_paragraph_end(lac_story *story);
/* Gives up waiting: a paragraph whose deleted mark has nothing to join becomes one of its own. */
lacuna_status lac_paragraph_settle(lac_story *story);
lacuna_status lac_paragraph_property(lac_story *story, lac_element element,
                                     const lac_xml_element *tag);

/* ---- runs (run.c) ------------------------------------------------------------------------------
 */
void lac_run_start(lac_story *story);
void lac_run_property(lac_story *story, lac_element element, const lac_xml_element *tag);
/* Appends text at the present place: to the paragraph, its hidden or its deleted text. */
lacuna_status lac_run_text(lac_story *story, lac_span text);
lacuna_status lac_run_tab(lac_story *story);
lacuna_status lac_run_symbol(lac_story *story, const lac_xml_element *tag);
/* A w:t has ended; its text is in story->piece. */
lacuna_status lac_run_piece(lac_story *story);

/* ---- tables (tables.c) -------------------------------------------------------------------------
 */
lacuna_status lac_table_start(lac_story *story);
lacuna_status lac_table_end(lac_story *story);
lacuna_status lac_row_start(lac_story *story);
lacuna_status lac_row_end(lac_story *story);
lacuna_status lac_cell_start(lac_story *story);
lacuna_status lac_cell_end(lac_story *story);
void lac_row_delete(lac_story *story);
void lac_cell_delete(lac_story *story);
void lac_cell_property(lac_story *story, lac_element element, const lac_xml_element *tag);

/* ---- output (output.c) -------------------------------------------------------------------------
 */
/* Fills part, ordinal, table and channel of a block at the present place. */
void lac_output_anchor(const lac_story *story, lac_block *block);
lacuna_status lac_output_block(lac_story *story, uint32_t *index, const lac_block *block,
                               lac_span text);
/* Text boxes of the paragraph that has just been written. */
lacuna_status lac_output_boxes(lac_story *story);
lacuna_status lac_output_cell_end(lac_story *story);
void lac_output_row_end(lac_story *story);

#endif
