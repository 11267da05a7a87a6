/*
 * identity.h - what a document is called, whatever its file is called today.
 *
 * Purpose: baselines, waivers, decisions and fingerprints name documents by it, so that a file may
 *   be renamed, moved and saved again. In this order: the id a configuration gives the file; of a
 *   document in a submission the application, heading and title it is filed under; the type of the
 *   document with the identifier it states of itself ("Protocol number"); else its path. The first
 *   word tells which ("id:", "leaf:", "application:", "protocol:", "path:"), so no two kinds can be
 *   the same.
 */
#ifndef LAC_GATE_IDENTITY_H
#define LAC_GATE_IDENTITY_H

#include "analyzer/result.h"
#include "support/buf.h"

enum {
    LAC_IDENTITY_MAX = 8192,   /* bytes */
    LAC_IDENTIFIER_LINES = 200 /* of a document in which its identifier is looked for */
};

typedef struct lac_named_document {
    const char *id;               /* by the configuration; NULL: none */
    const char *application;      /* it is an application of a submission; NULL: it is not */
    const lac_leaf_place *leaf;   /* where it is filed; NULL: a file of its own */
    const lac_document *document; /* NULL: not read */
    const char *type;             /* "": not recognised */
    const char *path;
} lac_named_document;

/* Appends the identity. */
lacuna_status lac_gate_identity(lac_buf *out, const lac_named_document *of);

/* The identifier a document states of itself near its beginning, a part of its text; empty: none.
 * A number of the document or report itself goes before that of the study. */
lac_span lac_gate_identifier(const lac_document *document);

#endif
