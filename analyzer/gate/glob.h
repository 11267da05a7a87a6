/*
 * glob.h - patterns of paths in waivers and configurations.
 *
 * Syntax: '*' and '?' stay within one name, a name "**" is any number of names, a pattern that ends
 *   with '/' means all below. Nothing else is special. Case counts.
 * Limits: it costs at most the product of both lengths, whatever the pattern.
 */
#ifndef LAC_GATE_GLOB_H
#define LAC_GATE_GLOB_H

#include <stdbool.h>

/* `path` with '/' between names, without "./" in front. */
bool lac_glob_matches(const char *pattern, const char *path);

#endif
