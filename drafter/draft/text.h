/*
 * text.h - the blocks of a draft as Markdown: what a person reads, edits, and decides about.
 */
#ifndef LAC_DRAFT_TEXT_H
#define LAC_DRAFT_TEXT_H

#include "drafter/draft.h"
#include "include/lacuna.h"
#include "support/buf.h"

/* Appends them, an empty line behind each. LACUNA_E_NOMEM or LACUNA_E_LIMIT. */
lacuna_status lac_draft_markdown(lac_buf *out, const lac_draft_block *blocks, uint32_t count);

#endif
