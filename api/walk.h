/*
 * walk.h - the documents below a folder.
 *
 * Takes .docx .docm .dotx .dotm .md .txt. Hidden files and folders are left out silently; owner
 * files of Word, links to folders and files of other kinds are left out with a note.
 */
#ifndef LAC_API_WALK_H
#define LAC_API_WALK_H

#include "api/inputs.h"

lacuna_status lac_walk(lac_inputs *inputs, const char *folder, const char *root, lacuna_error *err);

#endif
