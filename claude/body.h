/*
 * body.h - a request of the core as the body of a Messages API call.
 *
 * Purpose: the one place that knows the layout. Order is by how seldom a part changes, so that many
 *   questions about the same sources share a cached prefix: system (kept an hour), documents
 *   (breakpoint behind the last one), then the instruction. Untrusted text stands only in document
 *   blocks, each passage a content block of its own. No sampling parameters, no tools, no prefill.
 * Invariants: the same request gives the same bytes. A schema and citations exclude each other.
 * Errors: LACUNA_E_ARGUMENT for text that is not UTF-8 and for a request that breaks the above.
 */
#ifndef LAC_CLAUDE_BODY_H
#define LAC_CLAUDE_BODY_H

#include "include/lacuna_model.h"
#include "support/buf.h"

typedef enum lac_structure {
    LAC_STRUCTURE_NATIVE,   /* output_config.format: the service enforces the schema */
    LAC_STRUCTURE_PROMPTED, /* the schema stands in the instruction; we enforce it */
} lac_structure;

typedef struct lac_body_options {
    const char *model;   /* NULL: the address names it */
    const char *version; /* "anthropic_version" in the body; NULL: it is a header */
    bool stream;         /* "stream": true in the body */
    bool count_only;     /* for count_tokens: without limits, stream and metadata */
    bool cache;          /* set cache breakpoints */
    lac_structure structure;
    const char *effort;  /* "low" ... ; NULL: the model's default */
    const char *geo;     /* inference_geo; NULL: none */
    const char *user_id; /* opaque digest; NULL: none */
} lac_body_options;

lacuna_status lac_body_write(lac_buf *out, const lacuna_request *request,
                             const lac_body_options *options, lacuna_error *err);

#endif
