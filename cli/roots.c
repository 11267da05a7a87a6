#define _XOPEN_SOURCE 700 /* realpath */

#include "roots.h"

#include <ctype.h>
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEPTH_MAX = 64, ENTRIES_MAX = 1000000 };

bool cli_roots_add(cli_roots *roots, const char *folder)
{
    struct stat facts;
    char *resolved = roots->count < CLI_ROOTS_MAX ? realpath(folder, NULL) : NULL;
    if (resolved == NULL || stat(resolved, &facts) != 0 || !S_ISDIR(facts.st_mode)) {
        free(resolved);
        return false;
    }
    roots->folders[roots->count++] = resolved;
    return true;
}

void cli_roots_free(cli_roots *roots)
{
    for (size_t i = 0; i < roots->count; i++) {
        free(roots->folders[i]);
    }
    roots->count = 0;
}

static bool is_inside(const cli_roots *roots, const char *resolved)
{
    for (size_t i = 0; i < roots->count; i++) {
        size_t length = strlen(roots->folders[i]);
        bool whole = length == 1 && roots->folders[i][0] == '/';
        if (whole || (strncmp(roots->folders[i], resolved, length) == 0 &&
                      (resolved[length] == '/' || resolved[length] == '\0'))) {
            return true;
        }
    }
    return false;
}

/* ---- what a folder holds -------------------------------------------------------------------- */

typedef struct search {
    const cli_roots *roots;
    size_t entries;
    char *why;
    size_t size;
} search;

static bool stays_inside(search *s, const char *path, unsigned depth);

static bool link_stays_inside(search *s, const char *path)
{
    char *resolved = realpath(path, NULL);
    bool inside = resolved == NULL || is_inside(s->roots, resolved);
    free(resolved);
    if (!inside) {
        (void)snprintf(s->why, s->size, "%s: a link that leads out of the folders allowed", path);
    }
    return inside;
}

static bool entry_stays_inside(search *s, const char *folder, const char *name, unsigned depth)
{
    char path[PATH_MAX];
    struct stat facts;
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (length < 0 || (size_t)length >= sizeof path || ++s->entries > ENTRIES_MAX) {
        (void)snprintf(s->why, s->size, "the folder is too large to be searched for links");
        return false;
    }
    if (lstat(path, &facts) != 0) {
        return true;
    }
    return S_ISLNK(facts.st_mode)   ? link_stays_inside(s, path)
           : S_ISDIR(facts.st_mode) ? stays_inside(s, path, depth + 1)
                                    : true;
}

static bool stays_inside(search *s, const char *path, unsigned depth)
{
    DIR *folder = depth < DEPTH_MAX ? opendir(path) : NULL;
    if (folder == NULL) {
        (void)snprintf(s->why, s->size, "%s: the folder cannot be searched for links", path);
        return false;
    }
    bool inside = true;
    const struct dirent *entry;
    while (inside && (entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            inside = entry_stays_inside(s, path, entry->d_name, depth);
        }
    }
    (void)closedir(folder);
    return inside;
}

char *cli_roots_resolve(const cli_roots *roots, const char *path, char *why, size_t size)
{
    char joined[PATH_MAX];
    struct stat facts;
    bool relative = path[0] != '/';
    int length = roots->count == 0
                     ? -1
                     : snprintf(joined, sizeof joined, "%s%s%s", relative ? roots->folders[0] : "",
                                relative ? "/" : "", path);
    char *resolved = length < 0 || (size_t)length >= sizeof joined ? NULL : realpath(joined, NULL);
    if (resolved == NULL || !is_inside(roots, resolved)) {
        /* Whether there is something elsewhere is nobody's business. */
        (void)snprintf(why, size, "%s: not found in the folders this server was given", path);
        free(resolved);
        return NULL;
    }
    search s = {roots, 0, why, size};
    if (stat(resolved, &facts) == 0 && S_ISDIR(facts.st_mode) && !stays_inside(&s, resolved, 0)) {
        free(resolved);
        return NULL;
    }
    return resolved;
}

/* ---- addresses ------------------------------------------------------------------------------ */

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : isxdigit((unsigned char)c) ? (c | 0x20) - 'a' + 10 : -1;
}

char *cli_path_of_uri(const char *uri)
{
    static const char scheme[] = "file://";
    if (strncmp(uri, scheme, sizeof scheme - 1) != 0 || uri[sizeof scheme - 1] != '/') {
        return NULL;
    }
    const char *from = uri + sizeof scheme - 1;
    char *path = malloc(strlen(from) + 1);
    char *to = path;
    while (path != NULL && *from != '\0') {
        bool escaped = from[0] == '%' && hex(from[1]) >= 0 && hex(from[2]) >= 0;
        *to++ = escaped ? (char)(hex(from[1]) * 16 + hex(from[2])) : *from;
        from += escaped ? 3 : 1;
    }
    if (path != NULL) {
        *to = '\0';
    }
    return path;
}
