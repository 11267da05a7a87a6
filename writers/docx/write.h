/*
 * write.h - puts a draft into a Word document, as tracked insertions with comments or plainly.
 *
 * Purpose: input bytes and a draft in, output bytes out. The output is the input with text put in
 * at body level; the rest of the changed parts and every other entry stays byte for byte what it
 * was, which is proven before anything is returned. Then the lint compares the output with the
 * input: a fault that the input did not have is LACUNA_E_INTERNAL, and nothing is returned. Two
 * ways to track new paragraphs between A and B (ECMA-376 17.13.5.20; both are what Word writes):
 *   own marks: each new paragraph's mark is inserted. Rejecting joins the emptied paragraph with B.
 *   shifted mark: A's mark is inserted, the last new paragraph's is not, and has A's properties (or
 *   records them as its former ones). Rejecting leaves A as it was, where no B could be joined: at
 *   the end of the body, and before a table. Used too where the last new paragraph looks like A.
 * A gap that has no place (place.h) is left out and told; the others are written.
 * Ownership: *out is freed by lac_written_free. Same input, same draft: same bytes.
 */
#ifndef LAC_WRITERS_DOCX_WRITE_H
#define LAC_WRITERS_DOCX_WRITE_H

#include "drafter/draft.h"
#include "include/lacuna.h"
#include "support/limits.h"
#include "writers/docx/property.h"

typedef enum lac_marking {
    LAC_MARKING_NONE,    /* plain text: the clean copy */
    LAC_MARKING_OWN,     /* own marks */
    LAC_MARKING_SHIFTED, /* shifted mark */
} lac_marking;

typedef struct lac_written_gap {
    bool placed;
    lac_marking marking;
    const char *reason; /* why it was not placed */
} lac_written_gap;

typedef struct lac_written {
    lac_arena arena;
    char *bytes;
    size_t length;
    lac_written_gap *gaps; /* as many as the draft has */
    uint32_t placed;
    bool is_protected;     /* the document restricts editing */
    bool leaves_paragraph; /* rejecting all leaves an empty paragraph somewhere */
} lac_written;

typedef struct lac_write_options {
    bool marked; /* tracked insertions and comments; false: a clean copy without either */
    const lac_limits *limits;
    const lac_property *properties; /* of the marked copy, custom ones; none: NULL */
    uint32_t property_count;
} lac_write_options;

/* `name` is for messages. LACUNA_E_UNSUPPORTED where no gap has a place, with the first reason. */
lacuna_status lac_docx_write(lac_written **out, lac_span document, const char *name,
                             const lac_draft *draft, const lac_write_options *options,
                             lacuna_error *err);
void lac_written_free(lac_written *written);

#endif
