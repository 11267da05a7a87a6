/*
 * embed.h - the data files of checklists/, and the tables and prompts of other rooms, as they were at
 *   build time.
 */
#ifndef LAC_EMBED_H
#define LAC_EMBED_H

#include "support/span.h"

#include <stddef.h>

size_t lac_embedded_count(void);
/* File name relative to checklists/, "protocol_m11.json", or the path of another room's file,
 * "claude/models.json"; index < count. */
const char *lac_embedded_name(size_t index);
lac_span lac_embedded_data(size_t index);

#endif
