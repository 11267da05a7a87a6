/*
 * relationships.h - OPC relationships and content types (ECMA-376-2 6.5, 7.2).
 *
 * Purpose: which part is the main document, and which parts belong to it. External targets are
 *   listed and never followed.
 * Ownership: arena of the caller.
 */
#ifndef LAC_RELATIONSHIPS_H
#define LAC_RELATIONSHIPS_H

#include "parsers/package/package.h"
#include "support/arena.h"

typedef struct lac_relationship {
    const char *id;
    const char *type;   /* last path segment of the type URI: "officeDocument", "styles" ... */
    const char *target; /* resolved part name without leading slash; the URI if external */
    bool external;
    uint32_t part; /* index in the package, LAC_PART_NONE: external or absent */
} lac_relationship;

typedef struct lac_relationships {
    lac_relationship *items;
    uint32_t count;
} lac_relationships;

/* Relationships of a part, or of the package for `part_name` NULL. No .rels part: count 0. */
lacuna_status lac_relationships_read(lac_relationships *out, lac_package *package,
                                     const char *part_name, const lac_limits *limits,
                                     lac_arena *arena, lacuna_error *err);

/* First of a type that is internal and present; NULL: none. */
const lac_relationship *lac_relationships_first(const lac_relationships *relationships,
                                                const char *type);
const lac_relationship *lac_relationships_by_id(const lac_relationships *relationships,
                                                lac_span id);

/* The content type of a part from [Content_Types].xml; "" when not declared. */
lacuna_status lac_content_type(const char **type, lac_package *package, const char *part_name,
                               const lac_limits *limits, lac_arena *arena, lacuna_error *err);

#endif
