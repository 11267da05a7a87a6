/*
 * walk.h - the documents below a folder.
 *
 * A folder with folders of eCTD sequences in it is taken as a submission; what else is in it is
 * walked. Takes .docx .docm .dotx .dotm .md .txt .pdf. Hidden files and folders are left out
 * silently; owner files of Word, links to folders and files of other kinds are left out with a
 * note.
 */
#ifndef LAC_API_WALK_H
#define LAC_API_WALK_H

#include "api/inputs.h"

/* Whether the ending of a name is one of documents that are written here; PDF are taken besides. */
bool lac_is_document_name(const char *name);

lacuna_status lac_walk(lac_inputs *inputs, const char *folder, const char *root, lacuna_error *err);

#endif
