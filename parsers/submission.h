/*
 * submission.h - the one model both eCTD standards are read into.
 *
 * Purpose: application -> activity -> sequence -> placement, with the current view after all
 *   lifecycle operations. v3.2.2 backbones and v4.0 messages are two front ends of it, so every
 *   rule is written once, as a function over this model.
 * Ownership: immutable after reading; everything lives in the submission's arena and is freed by
 *   lac_submission_free. Shareable between threads for reading.
 * Invariants: sequences are in the order of (application, sequence number, folder); placements are in
 *   reading order within a sequence, sequence after sequence; all indexes are into the arrays here.
 * References into history that was not supplied are a third state, never silently right or wrong.
 */
#ifndef LAC_SUBMISSION_H
#define LAC_SUBMISSION_H

#include "include/lacuna.h"
#include "parsers/document.h"
#include "support/arena.h"

typedef enum lac_standard {
    LAC_STANDARD_ECTD_3, /* index.xml and a regional backbone, ICH eCTD 3.2.2 */
    LAC_STANDARD_ECTD_4, /* submissionunit.xml, ICH eCTD 4.0 (HL7 RPS) */
} lac_standard;

typedef enum lac_operation {
    LAC_OPERATION_NEW,
    LAC_OPERATION_APPEND,
    LAC_OPERATION_REPLACE,
    LAC_OPERATION_DELETE,
    LAC_OPERATION_ACTIVE,    /* v4 status */
    LAC_OPERATION_SUSPENDED, /* v4 status: withdrawn */
    LAC_OPERATION_OTHER,     /* not one of the standard's words: a finding */
} lac_operation;

/* What became of a reference to an earlier placement. */
typedef enum lac_reference {
    LAC_REFERENCE_NONE,
    LAC_REFERENCE_RESOLVED,
    LAC_REFERENCE_UNRESOLVABLE, /* points into a sequence that was not supplied */
    LAC_REFERENCE_BROKEN,       /* points at nothing in a sequence that was supplied */
} lac_reference;

typedef enum lac_state {
    LAC_STATE_CURRENT,
    LAC_STATE_SUPERSEDED, /* replaced by a later placement */
    LAC_STATE_DELETED,    /* deleted or suspended by a later placement */
    LAC_STATE_OPERATION,  /* a deletion itself: holds no document */
} lac_state;

typedef enum lac_checksum {
    LAC_CHECKSUM_OK,
    LAC_CHECKSUM_OK_AFTER_CRLF, /* the file was changed from CRLF to LF on its way */
    LAC_CHECKSUM_MISMATCH,
    LAC_CHECKSUM_MISSING_FILE,
    LAC_CHECKSUM_NOT_GIVEN, /* none written, or none due (a deletion) */
} lac_checksum;

/* A keying attribute of a heading (substance, manufacturer, indication ...) or a v4 keyword. */
typedef struct lac_key {
    const char *name;
    const char *value;
} lac_key;

typedef struct lac_file {
    const char *path; /* below the input, '/' between segments */
    uint64_t size;
    uint32_t sequence;       /* folder it lies in */
    uint32_t reference_count; /* placements that point to it */
    bool exempt;             /* backbone, checksum file, util/: needs no placement */
} lac_file;

typedef struct lac_placement {
    uint32_t sequence;
    uint32_t backbone;   /* index of the file it is written in */
    const char *id;      /* leaf ID, or context-of-use id */
    const char *heading; /* CTD number: "3.2.S.2.1", "1.2"; "" where the element has none */
    const char *element; /* element or code as written */
    uint32_t node;       /* index into nodes: the heading with its keys */
    const char *title;
    lac_operation operation;
    const char *href;    /* as written; "" for deletions */
    uint32_t file;       /* LAC_NONE: absent or none */
    bool case_mismatch;  /* found only when case is ignored */
    bool trimmed;        /* blanks around the href had to go */
    const char *checksum, *checksum_type; /* as written */
    lac_checksum checksum_state;
    const char *modified_file; /* as written; v4: ids of related contexts of use */
    lac_reference reference;
    uint32_t target;     /* placement it modifies, LAC_NONE */
    lac_state state;     /* after all sequences */
    uint32_t superseded_by; /* placement, LAC_NONE */
    uint32_t document;   /* v4: index into documents, LAC_NONE */
    bool study_tagging_file;
    uint32_t priority;   /* v4 */
} lac_placement;

/* A heading of the CTD tree with its keys, as it occurs; one node per distinct combination. */
typedef struct lac_node {
    uint32_t parent; /* LAC_NONE: top */
    const char *heading, *element;
    const char *title; /* of a node-extension; "" for CTD headings */
    const lac_key *keys;
    uint32_t key_count;
    bool extension; /* a node-extension */
} lac_node;

/* v4: a document apart from the contexts that use it. */
typedef struct lac_v4_document {
    uint32_t sequence;
    const char *id, *title, *path;
    const char *checksum;
    lac_checksum checksum_state;
    uint32_t file;
    bool case_mismatch;
    bool update; /* updateMode="R": a changed title without a file */
} lac_v4_document;

/* A file tag of a study: which placement is what in it. */
typedef struct lac_study_document {
    uint32_t placement; /* LAC_NONE: unresolved */
    const char *tag, *info_type;
    const char *href; /* as written in the STF */
    uint32_t stf;     /* placement of the STF that says so */
} lac_study_document;

/* A study as all its STFs describe it together: the last study-identifier wins as a whole. */
typedef struct lac_study {
    const char *id, *title, *heading;
    uint32_t sequence;         /* of the last STF */
    const lac_key *categories; /* "type-of-control" ... */
    uint32_t category_count;
    const lac_study_document *documents;
    uint32_t document_count;
} lac_study;

typedef struct lac_sequence {
    uint32_t application, activity;
    const char *folder;   /* path below the input, "" for the input itself */
    const char *name;     /* folder name */
    const char *number;   /* envelope sequence number as written; "" where there is none */
    lac_standard standard;
    const char *region;   /* "us", "eu"; "" where no regional backbone was found */
    const char *dtd_version;
    uint32_t first_placement, placement_count;
    uint32_t index_leaves, regional_leaves; /* v3 */
    uint32_t contexts, documents;           /* v4 */
    const char *submission_id, *submission_type, *submission_sub_type, *description;
    lac_checksum index_checksum; /* index-md5.txt, sha256.txt */
} lac_sequence;

typedef struct lac_activity {
    uint32_t application;
    const char *id, *type;
} lac_activity;

typedef struct lac_application {
    const char *id;   /* number, or product name where the region has no number */
    const char *type; /* code as written: "fdaat1"; "" unknown */
    const char *folder;
    const char *const *missing_sequences; /* numbers between the lowest and the highest supplied */
    uint32_t missing_count;
} lac_application;

/* Something that could not be read, or a fact about the input that is no placement. */
typedef struct lac_trouble {
    const char *code; /* "ectd/not-read", static */
    const char *text;
    const char *file; /* path, "" for the input */
    const char *id;   /* leaf or context, "" */
    bool incomplete;  /* something was not read: the result is incomplete */
} lac_trouble;

typedef struct lac_submission {
    lac_arena arena;
    const lac_application *applications;
    uint32_t application_count;
    const lac_activity *activities;
    uint32_t activity_count;
    const lac_sequence *sequences;
    uint32_t sequence_count;
    const lac_placement *placements;
    uint32_t placement_count;
    const lac_node *nodes;
    uint32_t node_count;
    const lac_v4_document *documents;
    uint32_t document_count;
    const lac_study *studies;
    uint32_t study_count;
    const lac_file *files;
    uint32_t file_count;
    const lac_trouble *troubles;
    uint32_t trouble_count;
} lac_submission;

void lac_submission_free(lac_submission *submission);

const char *lac_operation_name(lac_operation operation);
const char *lac_reference_name(lac_reference reference);
const char *lac_state_name(lac_state state);
const char *lac_checksum_name(lac_checksum checksum);

#endif
