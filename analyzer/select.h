/*
 * select.h - which of the checklists made for a type of document one document is held to.
 *
 * Purpose: several packs can serve a type (a protocol follows one template). Each says in its head
 *   when it is meant, so that only the packs taken are loaded:
 *     "select": {"mentions": [terms], "headings": [terms], "at_least": N, "otherwise": true,
 *                "unless": [pack ids], "besides": true, "types": [document types]}
 *   It is taken when the document mentions one of the terms, or N of the heading terms stand in
 *   headings; with "otherwise", when no other pack is. It gives way to a pack of "unless" that is
 *   taken too, so that one thing is not asked twice. With "besides" it is taken next to others and
 *   does not keep one from being taken "otherwise". With "types" all this is about documents of
 *   these types. Without "select", and for other types, it is always taken.
 * Versions: of the packs taken "otherwise" those are taken whose guidance was in force on the day
 *   ("guidance.in_force"); before the first of them the earliest, after the last the latest.
 * Ownership: the reasons live in the caller's arena.
 */
#ifndef LAC_SELECT_H
#define LAC_SELECT_H

#include "analyzer/reading.h"
#include "analyzer/registry.h"
#include "analyzer/result.h"

typedef struct lac_selection {
    const lac_registry_entry *entry;
    const char *why;
} lac_selection;

/* The day that decides between versions of a guidance, and where. */
typedef struct lac_selection_day {
    const char *day;    /* "2024-03-12"; NULL: versions are not told apart */
    const char *region; /* "us" */
    const char *source; /* what day it is: "the date of the document" */
} lac_selection_day;

/* At most `most` selections, in the order of their ids. */
lacuna_status lac_select(lac_selection *out, uint32_t *count, uint32_t most, lac_arena *arena,
                         const lac_registry *registry, const lac_detection *type,
                         const lac_reading *reading, const lac_selection_day *day,
                         lacuna_error *err);

#endif
