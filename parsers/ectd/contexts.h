/*
 * contexts.h - bringing the units of eCTD 4.0 together: contexts, documents, keywords.
 *
 * Purpose: a context of use refers to a document of its own unit or of any other, to the
 *   contexts it replaces, and to keywords that an earlier unit defined. Ids are known within an
 *   application only: the same id occurs in two (seen in FDA's own samples). A grouped unit
 *   belongs to several applications, and a context of it to those it is not excluded from.
 * What is not found is unresolvable, except where all numbers from 1 on were supplied: then
 *   broken.
 */
#ifndef LAC_ECTD_CONTEXTS_H
#define LAC_ECTD_CONTEXTS_H

#include "parsers/ectd/intake.h"

/* After ordering, before the lifecycle. */
lacuna_status lac_contexts_resolve(lac_intake *intake);

#endif
