/*
 * lists.h - changes, commitments and attachments of all answers together, for templates that have a
 *   place for them.
 */
#ifndef LAC_RESPOND_LISTS_H
#define LAC_RESPOND_LISTS_H

#include "drafter/respond/blocks.h"
#include "drafter/respond/plan.h"

void lac_response_list_changes(lac_blocks *out, const lac_response_plan *plan);
void lac_response_list_commitments(lac_blocks *out, const lac_response_plan *plan);
void lac_response_list_attachments(lac_blocks *out, const lac_response_plan *plan);

#endif
