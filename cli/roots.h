/*
 * roots.h - folders that a server may read in, and whether a path lies in one.
 *
 * Links are resolved before a path is judged, and a folder is searched for links that lead out of
 * it. What changes between that and the reading is not seen: whoever can write in a root is
 * trusted as far as its owner trusts them. Limits: 64 roots, folders 64 deep, 1,000,000 entries.
 */
#ifndef LACUNA_CLI_ROOTS_H
#define LACUNA_CLI_ROOTS_H

#include "cli.h"

enum { CLI_ROOTS_MAX = 64 };

typedef struct cli_roots {
    char *folders[CLI_ROOTS_MAX]; /* resolved */
    size_t count;
} cli_roots;

/* False where it is no folder, or there are too many. */
bool cli_roots_add(cli_roots *roots, const char *folder);
void cli_roots_free(cli_roots *roots);

/* The resolved path, free() it; NULL, with a sentence in `why`, where it is not in a root, leads
 * out of it or does not exist. Relative to the first root. */
char *cli_roots_resolve(const cli_roots *roots, const char *path, char *why, size_t size);

/* "file:///a%20b" to a path, free() it; NULL: no address of a local file. */
char *cli_path_of_uri(const char *uri);

#endif
