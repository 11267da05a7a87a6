/*
 * pack_diff.h - two checklists side by side, for people.
 */
#ifndef LAC_TEXT_PACK_DIFF_H
#define LAC_TEXT_PACK_DIFF_H

#include "analyzer/pack_diff.h"
#include "writers/text/page.h"

/* With detail full, what both ask alike is listed too, and every member that changed is told. */
lacuna_status lac_text_pack_diff(const lac_pack_diff *diff, const lac_text_style *style,
                                 lacuna_write_fn write, void *user, lacuna_error *err);

#endif
