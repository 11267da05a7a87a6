/*
 * fill.h - fills a Word template: named places in it get values.
 *
 * Purpose: template bytes and values in, document bytes out, by splicing: what no value touches
 *   stays byte for byte what it was, entries that do not change are copied raw, and the lint finds
 *   no fault that the template did not have. Places are {{tokens}} and bracket placeholders (split
 *   over any number of runs), content controls by tag or alias (bound custom XML is written too,
 *   repeating sections are repeated), MERGEFIELD and DOCPROPERTY fields, text form
 *   fields.
 * Names: a value fits a place of exactly that name, else one whose name is the same when case,
 *   blanks and punctuation are left out of account ("Letter date", "letter_date").
 * Looks: a value has the run properties of the first character it replaces, without what marks the
 *   place as one to be filled (highlight, placeholder style, hidden, the colour of the convention).
 * Blocks: a value that is a list of blocks goes where a place is a paragraph of its own, or a
 *   content control around paragraphs; the blocks look as the template's own text does.
 * Tracked: placeholders are deleted and values inserted, except that the prompt of an empty control
 *   goes untracked (it is no text of the document, and Word does so too), and that values of
 * controls bound to data, and items of repeating sections, are not tracked at all. A .dotx becomes
 * a .docx. Ownership: *out is freed by lac_filled_free. Same template, same values in any order:
 * same bytes.
 */
#ifndef LAC_WRITERS_DOCX_FILL_H
#define LAC_WRITERS_DOCX_FILL_H

#include "drafter/draft.h"
#include "include/lacuna.h"
#include "support/limits.h"
#include "writers/docx/placeholders.h"
#include "writers/docx/property.h"

typedef struct lac_fill_value lac_fill_value;

/* One turn of a repeating section: its own values, which go before those around it. */
typedef struct lac_fill_item {
    const lac_fill_value *values;
    uint32_t count;
} lac_fill_item;

struct lac_fill_value {
    lac_span name;
    lac_span text;                 /* TAB and LF mean a tab and a line break */
    const lac_draft_block *blocks; /* instead of text, where block_count > 0 */
    uint32_t block_count;
    const lac_span *comment; /* on the first block, in the marked copy; paragraphs */
    uint32_t comment_count;
    const lac_fill_item *items; /* of a repeating section, where is_list */
    uint32_t item_count;
    bool is_list;
    /* For one place and not by name: the placeholder that is a paragraph of its own, or a control
     * around paragraphs, which begins with this paragraph of the main part. */
    bool has_place;
    uint32_t paragraph;
};

typedef struct lac_fill {
    const lac_fill_value *values;
    uint32_t value_count;
    lac_span author, initials, date; /* of the revisions and comments, as in lac_draft */
    bool marked;                     /* tracked changes; false: a clean copy */
    bool remove_instructions;        /* what the profile says is instruction goes */
    const lac_property *properties;  /* custom properties for the document */
    uint32_t property_count;
    const lac_conventions *profile; /* NULL: guessed from the template */
} lac_fill;

typedef struct lac_filled {
    lac_arena arena;
    char *bytes;
    size_t length;
    const lac_placeholder *unfilled; /* in document order, each with its reason */
    uint32_t unfilled_count;
    const lac_span *unused; /* names of values that no place asked for */
    uint32_t unused_count;
    uint32_t filled; /* places that got a value */
    uint32_t instructions_removed;
} lac_filled;

/* `name` is for messages. LACUNA_E_ARGUMENT: two values of one name. */
lacuna_status lac_docx_fill(lac_filled **out, lac_span document, const char *name,
                            const lac_fill *fill, const lac_limits *limits, lacuna_error *err);
void lac_filled_free(lac_filled *filled);

/* LACUNA_E_ARGUMENT where two names are the same to a template. */
lacuna_status lac_fill_check_names(const lac_fill_value *values, uint32_t count, lacuna_error *err);

#endif
