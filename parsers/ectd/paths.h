/*
 * paths.h - following the paths that backbones write.
 *
 * Purpose: a relative path against the folder of the file it stands in, with everything mended
 *   that real backbones get wrong and told in flags (LAC_PATH_*). Paths are names below one
 *   virtual root, the name of the input itself, so "../0000/index.xml" can be followed even
 *   where the input is the folder of one sequence; what leads above that root is outside what
 *   was supplied.
 */
#ifndef LAC_ECTD_PATHS_H
#define LAC_ECTD_PATHS_H

#include "support/arena.h"

#include <stdint.h>

typedef struct lac_path {
    const char *text;     /* normalized; NULL where it leads above the root */
    const char *fragment; /* behind '#'; "" none */
    const char *tail;     /* the segments as written behind the last "..": what was meant */
    uint32_t flags;       /* LAC_PATH_* */
} lac_path;

/* `folder` is normalized, "" for the root. False: out of memory. Escapes are decoded where `decode`
 * says so: "%20" is a legal name as well. */
bool lac_path_follow(lac_path *path, lac_arena *arena, const char *folder, lac_span written,
                     bool decode);

/* Length of the folder part of a path: up to the last '/', 0 where there is none. */
size_t lac_path_folder(const char *path);
/* Behind the last '/'. */
const char *lac_path_name(const char *path);
/* Whether `path` lies below `folder` ("" holds everything). */
bool lac_path_below(const char *path, const char *folder);

#endif
