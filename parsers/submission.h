/*
 * submission.h - the one model both eCTD standards are read into.
 *
 * Purpose: application -> activity -> sequence -> placement, with the current view after all
 *   lifecycle operations. v3.2.2 backbones and v4.0 messages are two front ends of it, so every
 *   rule is written once, as a function over this model.
 * Ownership: immutable after reading; everything lives in the submission's arena and is freed
 *   by lac_submission_free. Shareable between threads for reading.
 * Invariants: sequences are in the order of (application, sequence number, folder),
 *   applications in the order of their ids; placements are in reading order within a sequence,
 *   sequence after sequence; all indexes are into the arrays here; no text is NULL, "" means
 *   there is none.
 * Writing kept: texts are as written in the file. What had to be mended to follow them is told
 *   in flags, so a rule can report it.
 * References into history that was not supplied are a third state, never silently right or
 *   wrong.
 */
#ifndef LAC_SUBMISSION_H
#define LAC_SUBMISSION_H

#include "include/lacuna.h"
#include "parsers/document.h"
#include "parsers/grammar/grammar.h"
#include "parsers/xpt/trial_summary.h"
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
    LAC_OPERATION_COUNT,
} lac_operation;

/* What became of a reference to an earlier placement. */
typedef enum lac_reference {
    LAC_REFERENCE_NONE,
    LAC_REFERENCE_RESOLVED,
    LAC_REFERENCE_UNRESOLVABLE, /* points into a sequence that was not supplied */
    LAC_REFERENCE_BROKEN,       /* points at nothing in a sequence that was supplied */
    LAC_REFERENCE_COUNT,
} lac_reference;

typedef enum lac_state {
    LAC_STATE_CURRENT,
    LAC_STATE_SUPERSEDED, /* replaced by a later placement */
    LAC_STATE_DELETED,    /* deleted or suspended by a later placement */
    LAC_STATE_OPERATION,  /* a deletion or suspension itself: holds no document */
    LAC_STATE_COUNT,
} lac_state;

typedef enum lac_checksum {
    LAC_CHECKSUM_OK,
    LAC_CHECKSUM_OK_AFTER_CRLF, /* the file was changed from CRLF to LF on its way */
    LAC_CHECKSUM_MISMATCH,
    LAC_CHECKSUM_MISSING_FILE,
    LAC_CHECKSUM_NOT_GIVEN,    /* none written, or none due (a deletion) */
    LAC_CHECKSUM_UNRESOLVABLE, /* the file lies in a sequence that was not supplied */
    LAC_CHECKSUM_NOT_READ,     /* the file could not be read, or the kind is not known: a trouble */
    LAC_CHECKSUM_COUNT,
} lac_checksum;

/* A keying attribute of a heading (substance, manufacturer, indication ...) or a v4 keyword. */
typedef struct lac_key {
    const char *name;  /* attribute name; v4: kind of keyword ("ich_keyword_type_3") */
    const char *value; /* as written; v4: the keyword's code */
    const char *shown; /* what to show for it: v4 display name, else the value */
} lac_key;

/* What had to be done to a path before it could be followed. */
enum {
    LAC_PATH_TRIMMED = 1u << 0,   /* blanks at its ends */
    LAC_PATH_BACKSLASH = 1u << 1, /* '\' between segments */
    LAC_PATH_ESCAPED = 1u << 2,   /* "%20" */
    LAC_PATH_FRAGMENT = 1u << 3,  /* "#..." behind the name of a file */
    LAC_PATH_ABSOLUTE = 1u << 4,  /* begins with '/' or a drive */
    LAC_PATH_CASE = 1u << 5,      /* the file is there in another case */
    LAC_PATH_DEPTH = 1u << 6,     /* wrong number of "../" */
    LAC_PATH_OUTSIDE = 1u << 7,   /* leads out of what was supplied */
};

typedef struct lac_file {
    const char *path; /* below the input, '/' between segments */
    uint64_t size;
    uint32_t sequence;        /* whose folder it lies in; LAC_NONE */
    uint32_t reference_count; /* placements and documents that point to it */
    bool exempt;              /* backbone, checksum file, util/: needs no placement */
    const char *md5, *sha256; /* computed, lower-case hex; "" not needed or not read */
} lac_file;

typedef enum lac_backbone_kind {
    LAC_BACKBONE_INDEX,    /* index.xml */
    LAC_BACKBONE_REGIONAL, /* us-regional.xml, eu-regional.xml */
    LAC_BACKBONE_UNIT,     /* submissionunit.xml */
} lac_backbone_kind;

/* A backbone file. */
typedef struct lac_backbone {
    uint32_t file, sequence;
    lac_backbone_kind kind;
    const char *root; /* local name of its root element */
    const char *dtd_version;
    const char *xlink; /* namespace of the first href, which v3 fixes to www.w3c.org */
    const char *ich_version, *regional_version; /* v4: OIDs of the implementation guides */
    bool complete;                              /* read to its end */
} lac_backbone;

/* A reference to an earlier placement. */
typedef struct lac_link {
    const char *written; /* modified-file; v4: id of the related context of use */
    lac_reference reference;
    uint32_t target; /* placement, LAC_NONE */
    uint32_t path_flags;
} lac_link;

typedef struct lac_placement {
    uint32_t sequence;
    uint32_t backbone; /* index into backbones */
    const char *id;    /* leaf ID, or context-of-use id */
    uint32_t node;     /* index into nodes: the heading with its keys; LAC_NONE: none known */
    const char *title;
    lac_operation operation;
    const char *operation_written;
    const char *href;    /* "" for deletions */
    uint32_t path_flags; /* of the href */
    uint32_t file;       /* LAC_NONE: absent or none */
    const char *checksum, *checksum_type;
    lac_checksum checksum_state;
    const lac_link *links; /* v3: at most one; v4: one a related context of use */
    uint32_t link_count;
    lac_state state;         /* after all sequences */
    uint32_t superseded_by;  /* placement that ended it first, LAC_NONE */
    const char *code;        /* v4: of the heading as written; "" none */
    const char *document_id; /* v4: as written; "" none */
    lac_reference document_reference;
    uint32_t document; /* v4: index into documents, LAC_NONE */
    uint32_t previous; /* v4: the earlier placement of the same id, LAC_NONE */
    uint32_t priority; /* v4; 0: none */
    bool study_tagging_file;
} lac_placement;

/* A heading of the CTD tree with its keys, as it occurs; one node per distinct combination. */
typedef struct lac_node {
    uint32_t parent;     /* LAC_NONE: top */
    uint32_t depth;      /* 0: top */
    const char *heading; /* CTD number: "3.2.S.2.1", "1.2"; that of the parent where it has none */
    const char *element; /* element or v4 code as written */
    const char *title;   /* of the heading; of a node-extension as written */
    const lac_key *keys;
    uint32_t key_count;
    bool known;     /* the element or code is in the heading table */
    bool extension; /* a node-extension */
} lac_node;

/* v4: a document apart from the contexts that use it. */
typedef struct lac_v4_document {
    uint32_t sequence;
    const char *id, *title, *href;
    uint32_t path_flags;
    const char *checksum, *checksum_type;
    lac_checksum checksum_state;
    uint32_t file;
    uint32_t use_count; /* contexts of use that refer to it */
    bool update;        /* updateMode="R": a changed title without a file */
} lac_v4_document;

/* A file tag of a study: which placement is what in it. */
typedef struct lac_study_document {
    uint32_t placement; /* LAC_NONE: unresolved */
    lac_reference reference;
    const char *title; /* as the STF writes it; "" none */
    const char *tag, *info_type;
    const lac_key *properties; /* "site-identifier" ... */
    uint32_t property_count;
    const char *href;    /* as written in the STF */
    uint32_t path_flags; /* of the href */
    uint32_t stf;        /* placement of the STF that says so */
} lac_study_document;

/* A study as all its STFs describe it together: the last study-identifier wins as a whole (ICH STF
 * 2.6.1, lifecycle). Documents whose placement is not current are no longer part of the view. */
typedef struct lac_study {
    const char *id, *title;
    uint32_t application;
    uint32_t node;             /* heading it is filed under */
    uint32_t stf;              /* placement of the last STF */
    const lac_key *categories; /* "type-of-control" ... */
    uint32_t category_count;
    const lac_study_document *documents;
    uint32_t document_count;
} lac_study;

/* A file named ts.xpt that a study has. */
typedef struct lac_study_summary {
    uint32_t file;
    bool read; /* else a trouble says why not */
    lac_trial_summary content;
} lac_study_summary;

typedef struct lac_sequence {
    uint32_t application;
    uint32_t activity;  /* LAC_NONE: the region has none */
    const char *folder; /* path below the input, "" for the input itself */
    const char *name;   /* folder name */
    const char *number; /* envelope sequence number as written; "" where there is none */
    lac_standard standard;
    const char *region;  /* "us", "eu"; "" where no regional backbone was found */
    uint32_t grouped_in; /* the sequence whose folder holds this one's content, or LAC_NONE */
    uint32_t group_size, group_holders; /* US 3.3: applications of the envelope, and those marked
                                           to hold the files */
    uint32_t first_placement, placement_count;
    uint32_t index_leaves, regional_leaves; /* v3 */
    uint32_t documents;                     /* v4 */
    const char *submission_id, *submission_type, *submission_sub_type;
    const char *description, *company, *product, *date;
    const char *related;         /* related sequences as written, separated by a space */
    lac_checksum index_checksum; /* index-md5.txt, sha256.txt */
} lac_sequence;

typedef struct lac_activity {
    uint32_t application;
    const char *id, *type;
} lac_activity;

typedef struct lac_application {
    const char *id;   /* number; name of the folder where none is written */
    const char *type; /* code as written: "fdaat1"; "" unknown */
    const char *product;
    uint32_t first_sequence, sequence_count;
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

/* A backbone or study tagging file against the user's copy of its DTD or schema. */
typedef struct lac_validity {
    uint32_t file;
    uint32_t sequence;
    uint32_t placement; /* of a study tagging file, else LAC_NONE */
    bool schema;        /* judged by a schema, else by a DTD */
    lac_judgement judgement;
} lac_validity;

typedef struct lac_submission {
    lac_arena arena;
    const lac_application *applications;
    uint32_t application_count;
    const lac_activity *activities;
    uint32_t activity_count;
    const lac_sequence *sequences;
    uint32_t sequence_count;
    const lac_backbone *backbones;
    uint32_t backbone_count;
    const lac_placement *placements;
    uint32_t placement_count;
    const lac_node *nodes;
    uint32_t node_count;
    const lac_v4_document *documents;
    uint32_t document_count;
    const lac_study *studies;
    uint32_t study_count;
    const lac_study_summary *summaries; /* in the order of their files */
    uint32_t summary_count;
    const lac_file *files; /* in path order */
    uint32_t file_count;
    const lac_trouble *troubles;
    uint32_t trouble_count;
    const lac_validity *validities; /* none unless lac_submission_validate was called */
    uint32_t validity_count;
    bool incomplete; /* a trouble says so */
} lac_submission;

void lac_submission_free(lac_submission *submission);

/* "" where the placement has no known heading. */
const char *lac_placement_heading(const lac_submission *submission, const lac_placement *placement);

/* What the ts.xpt with this file says; NULL: it is none, or was not read. */
const lac_trial_summary *lac_submission_summary(const lac_submission *submission, uint32_t file);

/* Words for reports: "new", "resolved", "current", "ok_after_crlf"; static. */
const char *lac_operation_name(lac_operation operation);
const char *lac_reference_name(lac_reference reference);
const char *lac_state_name(lac_state state);
const char *lac_checksum_name(lac_checksum checksum);

#endif
