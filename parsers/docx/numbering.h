/*
 * numbering.h - the list definitions of numbering.xml (ECMA-376 17.9).
 *
 * Purpose: which level a paragraph's numbering means, and how that level prints. Links between
 *   definitions (numStyleLink, styleLink) are followed once, when reading.
 * Ownership: everything lives in the arena given to lac_numbering_read.
 * Limits: LAC_MAX_LISTS abstract definitions and as many instances; longer texts count as absent.
 */
#ifndef LAC_DOCX_NUMBERING_H
#define LAC_DOCX_NUMBERING_H

#include "parsers/docx/number_format.h"
#include "parsers/docx/styles.h"

enum {
    LAC_LIST_LEVELS = 9,
    LAC_MAX_LISTS = 32768,
    LAC_LONGEST_LIST_TEXT = 255, /* of a pattern or a style's id; Word writes up to 31 characters */
    LAC_NO_OVERRIDE = INT32_MIN,
};

typedef struct lac_list_level {
    const char *text;     /* w:lvlText: "%1.%2"; "" when absent */
    const char *style_id; /* w:pStyle: the paragraph style bound to this level; "" */
    int32_t start;
    lac_number_style style;
    bool legal;     /* w:isLgl: all numbers decimal */
    int8_t restart; /* w:lvlRestart, LAC_UNSET: after any higher level */
} lac_list_level;

/* w:abstractNum */
typedef struct lac_list_definition {
    int32_t id;
    const char *style_link;                  /* this definition belongs to a numbering style; "" */
    const char *num_style_link;              /* this definition is that of a numbering style; "" */
    lac_list_level *levels[LAC_LIST_LEVELS]; /* NULL: not defined */
} lac_list_definition;

/* w:num */
typedef struct lac_list {
    int32_t id;
    int32_t definition_id;
    uint32_t definition;                     /* index, links followed; LAC_NONE */
    int32_t start_override[LAC_LIST_LEVELS]; /* LAC_NO_OVERRIDE */
    lac_list_level *levels[LAC_LIST_LEVELS]; /* w:lvlOverride/w:lvl, NULL: that of the definition */
} lac_list;

typedef struct lac_numbering {
    lac_list_definition *definitions; /* in order of id */
    uint32_t definition_count;
    lac_list *lists; /* in order of id */
    uint32_t list_count;
} lac_numbering;

/* Reads the numbering part; LAC_PART_NONE gives no lists. `styles` resolves numbering styles. */
lacuna_status lac_numbering_read(lac_numbering *numbering, lac_package *package, uint32_t part,
                                 const lac_styles *styles, const lac_limits *limits,
                                 lac_arena *arena, lacuna_error *err);

/* The list with this w:numId; NULL: undefined, or without definition. */
const lac_list *lac_numbering_list(const lac_numbering *numbering, int32_t num_id);

/* A level of a list, overrides considered; NULL: not defined. */
const lac_list_level *lac_list_level_at(const lac_numbering *numbering, const lac_list *list,
                                        int32_t level);

/* The level bound to a paragraph style by w:pStyle; LAC_UNSET: none. */
int32_t lac_list_level_of_style(const lac_numbering *numbering, const lac_list *list,
                                const char *style_id);

#endif
