/*
 * plain.h - text without markup: which lines are headings, and the blocks between them.
 *
 * Purpose: a heading is a line of its own with a typed number ("6.4 Trial Design"), or a short line
 *   in capitals between blank lines (less trusted). Numbered statements in running text and table
 *   rows look alike, so a single number ("3 Objectives") counts only where its neighbours or its
 *   sub-headings exist, and repeated lines in capitals are page furniture.
 * Invariants: tables of contents have been marked before.
 */
#ifndef LAC_TEXT_PLAIN_H
#define LAC_TEXT_PLAIN_H

#include "parsers/text/emit.h"

/* Gives the heading lines their role, level and source. */
lacuna_status lac_plain_headings(lac_lines *lines);

/* Emits all blocks. */
lacuna_status lac_plain_blocks(lac_emit *emit);

/* Whether the file has one paragraph a line, as "save as plain text" writes it. */
bool lac_plain_line_per_block(const lac_lines *lines);

#endif
