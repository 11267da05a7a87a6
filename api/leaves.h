/*
 * leaves.h - reading the documents of a submission, several at a time.
 *
 * Purpose: each is read from the folder or zip file into memory, judged and let go; nothing is
 *   unpacked. What is wrong with one of them is told in its own error.
 * Memory: one file and its text for each thread.
 * Limits: those of files that are checked by themselves.
 */
#ifndef LAC_API_LEAVES_H
#define LAC_API_LEAVES_H

#include "analyzer/ectd/leaves.h"
#include "parsers/open.h"

/* `source` is that of the submission; options->threads read at the same time. */
lacuna_status lac_leaves_read(lac_leaves *leaves, const lac_source *source,
                              const lac_open_options *open, const lac_analyze_options *options,
                              lacuna_error *err);

#endif
