/*
 * order.h - the order the schema demands of the children of property elements (ECMA-376 17.3 to
 * 17.6 and their schemas), for writing them and for the lint.
 */
#ifndef LAC_WRITERS_DOCX_ORDER_H
#define LAC_WRITERS_DOCX_ORDER_H

#include "support/buf.h"
#include "writers/docx/words.h"

enum { LAC_ORDER_NONE = -1 };

/* Rank of a child by its local name among the children of an element (w:pPr, w:rPr, w:tblPr,
 * w:trPr, w:tcPr, w:sectPr, w:numPr ...); LAC_ORDER_NONE: the order of that parent or of that child
 * is free or not known. */
int lac_order_rank(lac_word parent, lac_span child);

/* Whether the children of that element have an order here. */
bool lac_order_has(lac_word parent);

/* Copies `children` of a w:rPr and puts an element among them where it belongs, unless one of its
 * name is there. */
lacuna_status lac_order_insert_run(lac_buf *out, lac_span children, const char *local,
                                   lac_span element);

#endif
