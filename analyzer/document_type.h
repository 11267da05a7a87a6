/*
 * document_type.h - what kind of document this is, with the evidence for it.
 *
 * Purpose: picks the checklists; the types and the words that speak for them are data
 *   (checklists/document-types.json), so an organization can add its own.
 * Ownership: lac_document_types_free; detections point into it and into the caller's arena.
 */
#ifndef LAC_DOCUMENT_TYPE_H
#define LAC_DOCUMENT_TYPE_H

#include "analyzer/reading.h"
#include "analyzer/result.h"

typedef struct lac_document_types lac_document_types;

lacuna_status lac_document_types_load(lac_document_types **out, lac_span json, lacuna_error *err);
void lac_document_types_free(lac_document_types *types);

/* value "" when nothing speaks for any type clearly enough. */
lacuna_status lac_detect_type(lac_detection *out, lac_arena *arena, const lac_document_types *types,
                              const lac_reading *reading, lacuna_error *err);

/* The title of a type ("clinical trial protocol"); NULL: no such type. */
const char *lac_document_type_title(const lac_document_types *types, const char *id);

#endif
