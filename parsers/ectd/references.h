/*
 * references.h - following what v3 backbones refer to: files, and leaves of earlier sequences.
 *
 * Purpose: an href leads to a file of the input, a modified-file to a leaf. Both are relative
 *   to the backbone they stand in. A leaf is known by sequence, backbone and ID, because an ID
 *   is unique within one backbone only. What leads into a sequence that was not supplied is
 *   unresolvable.
 */
#ifndef LAC_ECTD_REFERENCES_H
#define LAC_ECTD_REFERENCES_H

#include "parsers/ectd/intake.h"

typedef struct lac_leaf_reference {
    lac_reference reference;
    uint32_t target; /* placement, LAC_NONE */
    uint32_t path_flags;
} lac_leaf_reference;

/* Fills the leaf map; duplicate IDs become troubles and the first one counts. */
lacuna_status lac_references_index(lac_intake *intake);

/* Where an href written in `from` (a path below the input) of a sequence leads: a file, or what
 * state its checksum is in for lack of one. */
lacuna_status lac_references_file(uint32_t *file, lac_checksum *state, uint32_t *flags,
                                  lac_intake *intake, const char *from, uint32_t sequence,
                                  const char *href);

/* Which leaf "path#ID", written in `from`, means. */
lacuna_status lac_references_leaf(lac_leaf_reference *out, lac_intake *intake, const char *from,
                                  uint32_t sequence, const char *written);

/* Both for all v3 placements. */
lacuna_status lac_references_resolve(lac_intake *intake);

#endif
