/*
 * tree.h - which folders of the input are sequences.
 *
 * Purpose: the input is the folder of one sequence, of one application, of several, or a zip
 *   file of any of these; what a folder is, its files tell. Surest are submissionunit.xml
 *   (4.0), and index.xml with index-md5.txt, a regional backbone or module folders beside it
 *   (3.2.2). A folder with modules but no backbone is a sequence only beside others, or where
 *   there is nothing else.
 */
#ifndef LAC_ECTD_TREE_H
#define LAC_ECTD_TREE_H

#include "parsers/ectd/intake.h"

/* Fills files, drafts (folder, name, standard), the folder map and the list of regional backbones.
 * LACUNA_E_UNSUPPORTED where nothing is a sequence. */
lacuna_status lac_tree_scan(lac_intake *intake);

/* The file of a path below the input: exactly, else without regard to case. LAC_NONE: absent. */
uint32_t lac_tree_find(const lac_intake *intake, const char *path, bool *other_case);
/* The same for a name in the folder of a sequence. */
lacuna_status lac_tree_find_in(uint32_t *file, lac_intake *intake, const lac_sequence *sequence,
                               const char *name);

/* The draft whose folder holds a path below the input; LAC_NONE. */
uint32_t lac_tree_owner(const lac_intake *intake, const char *path);

#endif
