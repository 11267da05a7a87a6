/*
 * pack_diff.h - two checklists side by side as JSON (checklists/schema/checklist-diff-1.json).
 */
#ifndef LAC_JSON_PACK_DIFF_H
#define LAC_JSON_PACK_DIFF_H

#include "analyzer/pack_diff.h"

lacuna_status lac_json_pack_diff(const lac_pack_diff *diff, lacuna_write_fn write, void *user,
                                 lacuna_error *err);

#endif
