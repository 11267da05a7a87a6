#include "analyzer/gate/glob.h"

#include <stddef.h>
#include <string.h>

static size_t name_length(const char *at)
{
    return strcspn(at, "/");
}

/* One name against a pattern without '/': the last star is the only one that has to give way. */
static bool name_matches(const char *pattern, size_t pattern_length, const char *name,
                         size_t length)
{
    size_t p = 0, n = 0, star = pattern_length, kept = 0;
    while (n < length) {
        if (p < pattern_length && pattern[p] == '*') {
            star = p++;
            kept = n;
        } else if (p < pattern_length && (pattern[p] == '?' || pattern[p] == name[n])) {
            p++;
            n++;
        } else if (star < pattern_length) {
            p = star + 1;
            n = ++kept;
        } else {
            return false;
        }
    }
    while (p < pattern_length && pattern[p] == '*') {
        p++;
    }
    return p == pattern_length;
}

static bool is_any_depth(const char *pattern, size_t length)
{
    return length == 2 && memcmp(pattern, "**", 2) == 0;
}

/* The name behind; "" at the end. */
static const char *behind(const char *at)
{
    at += name_length(at);
    return at[0] == '/' ? at + 1 : at;
}

bool lac_glob_matches(const char *pattern, const char *path)
{
    const char *deep = NULL, *kept = NULL; /* behind the last "**", and where it stands now */
    while (path[0] != '\0') {
        size_t length = name_length(pattern);
        if (is_any_depth(pattern, length)) {
            deep = behind(pattern);
            kept = path;
            pattern = deep;
            if (deep[0] == '\0') {
                return true;
            }
            continue;
        }
        if (pattern[0] != '\0' && name_matches(pattern, length, path, name_length(path))) {
            bool below = pattern[length] == '/' && pattern[length + 1] == '\0';
            pattern = behind(pattern);
            path = behind(path);
            if (below) {
                return path[0] != '\0';
            }
            continue;
        }
        if (deep == NULL) {
            return false;
        }
        kept = behind(kept);
        path = kept;
        pattern = deep;
    }
    return pattern[0] == '\0' || strcmp(pattern, "**") == 0;
}
