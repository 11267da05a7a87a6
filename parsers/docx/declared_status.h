/*
 * declared_status.h - whether a document says of itself that it is final.
 *
 * Word writes it when a document is marked as final: cp:contentStatus "Final" in the core
 * properties (ECMA-376 part 2, 11.1) and the custom property _MarkAsFinal. Either counts; a damaged
 * properties part says nothing.
 */
#ifndef LAC_DOCX_DECLARED_STATUS_H
#define LAC_DOCX_DECLARED_STATUS_H

#include "parsers/docx/reader.h"

lacuna_status lac_docx_declared_final(bool *is_final, lac_docx *docx,
                                      const lac_relationships *package);

#endif
