/*
 * backbone.h - the backbones of eCTD 3.2.2: index.xml and the regional ones, into placements.
 *
 * Purpose: one reader for all of them, because they share leaf, title and node-extension (ICH
 *   eCTD specification 3.2.2, appendix 6). Headings come from the heading table; an element it
 *   does not know (EU module 1) is kept with the number in its name. XLink attributes are taken
 *   by local name: two different namespaces are in use.
 */
#ifndef LAC_ECTD_BACKBONE_H
#define LAC_ECTD_BACKBONE_H

#include "parsers/ectd/intake.h"

/* Reads index.xml and the regional backbones of a sequence; what cannot be read is a trouble. */
lacuna_status lac_backbone_read(lac_intake *intake, uint32_t draft);

#endif
