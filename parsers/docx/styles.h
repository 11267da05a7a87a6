/*
 * styles.h - what a paragraph or character style means for the outline, the numbering and the
 * visibility of text (ECMA-376 17.7).
 *
 * Purpose: styles.xml is read once; basedOn chains are followed once, at the end, so a paragraph
 *   costs one lookup.
 * Ownership: everything lives in the arena given to lac_styles_read, the table included.
 * Limits: style_chain steps, LAC_MAX_STYLES styles; a style with too long an id does not exist.
 */
#ifndef LAC_DOCX_STYLES_H
#define LAC_DOCX_STYLES_H

#include "parsers/document.h"
#include "parsers/docx/symbols.h"
#include "parsers/package/package.h"

enum {
    LAC_MAX_STYLES = 32768,
    LAC_LONGEST_STYLE_ID = 255, /* Word allows 253; longer ones would make every comparison dear */
    LAC_BODY_LEVEL = 9,         /* w:outlineLvl of body text */
    LAC_UNSET = -1,
};

/* What the name of a style says. */
enum {
    LAC_STYLE_TOC = 1u << 0,       /* "toc 1" ... "toc 9" */
    LAC_STYLE_TOC_OTHER = 1u << 1, /* "TOC Heading", "table of figures" */
    LAC_STYLE_CAPTION = 1u << 2,
    LAC_STYLE_TITLE = 1u << 3,
    LAC_STYLE_INSTRUCTION = 1u << 4, /* instruction or guidance text of a template */
};

typedef enum lac_style_type {
    LAC_STYLE_PARAGRAPH,
    LAC_STYLE_CHARACTER,
    LAC_STYLE_NUMBERING,
    LAC_STYLE_TABLE,
} lac_style_type;

/* Properties of one style; -1 (LAC_UNSET) where it says nothing. */
typedef struct lac_style_properties {
    int32_t num_id;
    int8_t ilvl;
    int8_t outline; /* 0..9 */
    int8_t bold, vanish;
    uint8_t font; /* lac_symbol_font */
} lac_style_properties;

typedef struct lac_style {
    const char *id, *name, *based_on;
    lac_style_type type;
    lac_style_properties own;
    uint8_t name_level; /* 1..9 for "heading N", by name or alias */
    uint8_t toc_level;  /* 1..9 for "toc N" */
    uint8_t own_flags;
    /* Resolved along the chain: */
    lac_style_properties all;
    const char *num_style; /* id of the style the numbering comes from */
    bool level_nearer;     /* the list level is given by a style in front of that one */
    uint8_t level;         /* 1..9 heading, 0 none */
    uint8_t source;        /* lac_heading_source */
    uint8_t flags;         /* LAC_STYLE_* of the nearest style that has any */
} lac_style;

typedef struct lac_styles {
    lac_style *items; /* in order of id */
    uint32_t count;
    uint32_t default_paragraph; /* index, LAC_NONE */
    int8_t default_bold, default_vanish;
} lac_styles;

/* Reads the styles part; LAC_PART_NONE gives an empty table. */
lacuna_status lac_styles_read(lac_styles *styles, lac_package *package, uint32_t part,
                              const lac_limits *limits, lac_arena *arena, lacuna_error *err);

/* The style with this id; NULL: undefined. */
const lac_style *lac_styles_find(const lac_styles *styles, lac_span id);

#endif
