/*
 * intake.h - a submission while it is being read: growing arrays, and what all readers share.
 *
 * Purpose: the readers of backbones, messages and tagging files append to the arrays here; when
 *   all is read the sequences are put in order (order.c), references are followed
 *   (references.c, contexts.c, lifecycle.c) and the arrays move into the model.
 * Ownership: arrays are malloc'ed and freed by lac_intake_free; texts and everything the model
 *   keeps live in its arena.
 * Invariants: file i is part i of the package. Until order.c has run, sequences stand in the
 *   order they were found and placements of one sequence are contiguous.
 * Errors: a fault of the input becomes a trouble and reading goes on; a status other than
 *   LACUNA_OK means that the whole intake failed (out of memory, a limit).
 */
#ifndef LAC_ECTD_INTAKE_H
#define LAC_ECTD_INTAKE_H

#include "parsers/ectd/map.h"
#include "parsers/package/xml_reader.h"
#include "parsers/submission.h"

enum {
    LAC_ECTD_NODES_MAX = 1u << 22,
    LAC_ECTD_TROUBLES_MAX = 1u << 14, /* then one says that there are more */
    LAC_ECTD_TEXT_MAX = 1u << 16,     /* bytes of one title; FDA takes 512 */
    LAC_ECTD_KEYS_MAX = 64,           /* keys of one heading */
};

/* A sequence as it is read, with what becomes its application. */
typedef struct lac_draft {
    lac_sequence model;
    const char *application_id, *application_type;
    const char *activity_type;
    uint32_t first_backbone, backbone_count;
    uint32_t first_document; /* v4; model.documents of them */
} lac_draft;

/* v4: a submission of a grouped unit that a context is not for. */
typedef struct lac_exclusion {
    uint32_t placement;
    const char *submission; /* id */
} lac_exclusion;

/* v4: a keyword of a context. */
typedef struct lac_keyword_use {
    uint32_t placement;
    const char *code, *system;
} lac_keyword_use;

/* v4: what a sender-defined keyword means. */
typedef struct lac_keyword {
    uint32_t sequence;
    const char *type, *code, *system, *shown;
} lac_keyword;

/* A list that grows: items, how many, capacity. */
#define LAC_LIST(type)          \
    struct {                    \
        type *items;            \
        size_t count, capacity; \
    }

typedef struct lac_intake {
    lac_submission *out;
    lac_arena *arena; /* of out */
    lac_package *package;
    const lac_limits *limits;
    const char *root; /* name of the input, the virtual root of all paths */
    lac_file *files;  /* in the arena */
    uint32_t file_count;
    LAC_LIST(lac_draft) drafts;
    LAC_LIST(lac_backbone) backbones;
    LAC_LIST(lac_placement) placements;
    LAC_LIST(lac_node) nodes;
    LAC_LIST(lac_v4_document) documents;
    LAC_LIST(lac_exclusion) exclusions;
    LAC_LIST(lac_keyword) keywords;
    LAC_LIST(lac_keyword_use) keyword_uses;
    LAC_LIST(lac_trouble) troubles;
    LAC_LIST(uint32_t) regionals; /* files that are regional backbones, by folder */
    lac_map node_map;
    lac_map folder_map; /* folder of a sequence -> draft */
    /* After ordering: */
    lac_map leaf_map;   /* (backbone, leaf id) -> placement */
    lac_map number_map; /* (application, sequence number) -> draft */
    lacuna_error *err;
} lac_intake;

/* Appends a zeroed item to a LAC_LIST and points to it; NULL with *status set. */
void *lac_intake_add(lac_intake *intake, void *list, size_t size, size_t max,
                     lacuna_status *status);
#define LAC_ADD(intake, list, max, status) \
    lac_intake_add((intake), &(intake)->list, sizeof *(intake)->list.items, (max), (status))

void lac_intake_free(lac_intake *intake);

/* A copy in the arena; NULL: out of memory, already in err. */
const char *lac_intake_copy(lac_intake *intake, lac_span text);
/* An attribute's value, "" where it is absent; NULL: out of memory, already in err. */
const char *lac_intake_attribute(lac_intake *intake, const lac_xml_element *element,
                                 const char *name);

/* Notes something about the input. `file` and `id` may be NULL. */
lacuna_status lac_intake_trouble(lac_intake *intake, const char *code, bool incomplete,
                                 const char *file, const char *id, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
/* The same with the text of a failed step; LACUNA_E_NOMEM and such are passed on instead. */
lacuna_status lac_intake_unread(lac_intake *intake, lacuna_status status, const char *file,
                                const lacuna_error *why);

/* Finds or makes the node with these parent, element, title and keys. */
lacuna_status lac_intake_node(uint32_t *index, lac_intake *intake, const lac_node *node);

/* A whole file in memory, free() it; its checksum is kept in the file's entry. `kinds` is a mask of
 * LAC_DIGEST_*. LACUNA_OK with *data NULL: it became a trouble. */
lacuna_status lac_intake_load(char **data, size_t *length, lac_intake *intake, uint32_t file,
                              unsigned kinds);

/* The folder of a path in front of which the virtual root stands. */
const char *lac_intake_rooted(lac_intake *intake, const char *path, size_t length);
/* The path below the input of a rooted one; NULL: outside. */
const char *lac_intake_unrooted(const lac_intake *intake, const char *rooted);

#endif
