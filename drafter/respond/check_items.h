/*
 * check_items.h - queries and duties of a letter as the items of a checklist.
 *
 * Purpose: the canonical result knows items with a status and findings about them; a letter is a
 *   checklist whose items are what it asks for. Items live in the arena of the result.
 */
#ifndef LAC_RESPOND_CHECK_ITEMS_H
#define LAC_RESPOND_CHECK_ITEMS_H

#include "drafter/respond/checking.h"

/* Each query, and the due date: items of the response. */
lacuna_status lac_reply_judge_queries(lac_reply_checking *c);
/* Each duty: items of the cover letter. */
lacuna_status lac_reply_judge_duties(lac_reply_checking *c);

#endif
