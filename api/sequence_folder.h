/*
 * sequence_folder.h - telling folders of eCTD sequences from folders of documents, by a few names.
 *
 * Purpose: a quick look for the walk; the reader of submissions looks again, thoroughly.
 */
#ifndef LAC_API_SEQUENCE_FOLDER_H
#define LAC_API_SEQUENCE_FOLDER_H

#include <stdbool.h>

/* It has a backbone: index.xml with modules or its checksum beside it, submissionunit.xml, or a
 * regional backbone in m1. */
bool lac_is_sequence_folder(const char *path);

/* Folders of applications with sequences, no sequence and no document of its own: a grouped
 * submission, or several applications. */
bool lac_is_application_group(const char *path);

#endif
