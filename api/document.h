/*
 * document.h - the handle around a parsed document.
 */
#ifndef LAC_API_DOCUMENT_H
#define LAC_API_DOCUMENT_H

#include "parsers/document.h"

struct lacuna_document {
    lac_document *model;
    char path[]; /* as given, shown in reports */
};

#endif
