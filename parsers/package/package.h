/*
 * package.h - a container of named parts: a zip file, a zip in memory or behind callbacks, a
 * folder.
 *
 * Purpose: the one door through which untrusted containers are read. It has its own budget and
 *   consistency layer in front of libzip, which accepts overlapping entries, lying sizes and
 *   duplicate names (and whose ZIP_CHECKCONS refuses sound Word files).
 * Ownership: lac_package_open makes, lac_package_close frees; part names are borrowed from the
 *   package. Bytes handed to a sink are valid during that call only.
 * Limits: package_* and part_* of lac_limits. A zip is held to them by what it claims, when it is
 *   opened, and its parts by what they hold, when they are read; a folder when its parts are read.
 *   A part read twice is charged once. Nothing is ever extracted to disk.
 * Threads: one thread at a time.
 */
#ifndef LAC_PACKAGE_H
#define LAC_PACKAGE_H

#include "include/lacuna.h"
#include "support/limits.h"
#include "support/span.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct lac_package lac_package;

typedef enum lac_source_kind {
    LAC_SOURCE_PATH,     /* a file or, for lac_package_open, a folder */
    LAC_SOURCE_MEMORY,   /* borrowed bytes, alive until the package is closed */
    LAC_SOURCE_CALLBACK, /* random access by the host */
} lac_source_kind;

/* Reads `length` bytes at `offset` into `data`; returns how many were read, -1 on failure. */
typedef int64_t (*lac_read_at_fn)(void *user, uint64_t offset, void *data, size_t length);

typedef struct lac_source {
    lac_source_kind kind;
    const char *path; /* also the display name of the other kinds */
    lac_span memory;
    lac_read_at_fn read_at;
    void *user;
    uint64_t size; /* of a callback source */
} lac_source;

/* What a file is, by its first bytes (and, for zip, what it says it is). */
typedef enum lac_kind {
    LAC_KIND_ZIP,
    LAC_KIND_FOLDER,
    LAC_KIND_OLE_ENCRYPTED, /* password-protected Office document */
    LAC_KIND_OLE_LEGACY,    /* .doc, .xls, .ppt */
    LAC_KIND_RTF,
    LAC_KIND_PDF,
    LAC_KIND_LFS_POINTER,   /* Git LFS */
    LAC_KIND_ANNEX_POINTER, /* git-annex */
    LAC_KIND_LINK_TEXT,     /* a symbolic link that was copied as text */
    LAC_KIND_WORD_OWNER,    /* "~$name.docx", left by an open Word */
    LAC_KIND_EMPTY,
    LAC_KIND_HTML,     /* also a "single file web page" */
    LAC_KIND_WORD_XML, /* Word 2003 XML, or a document as one flat XML file */
    LAC_KIND_XML,
    LAC_KIND_TEXT, /* text of any encoding, none of the above */
    LAC_KIND_UNKNOWN,
} lac_kind;

/* Looks at the first and, where needed, later bytes. The name of the source helps to know owner
 * files and links; it never outweighs the bytes. */
lacuna_status lac_sniff(lac_kind *kind, const lac_source *source, lacuna_error *err);

/* The one clear message for a kind that cannot be read as `wanted` ("a Word document"). */
lacuna_status lac_refuse_kind(lac_kind kind, const char *wanted, lacuna_error *err);

/* Opens a zip or folder after judging its directory: entry count, names, duplicates, overlaps,
 * methods, encryption, claimed sizes. */
lacuna_status lac_package_open(lac_package **out, const lac_source *source,
                               const lac_limits *limits, lacuna_error *err);
void lac_package_close(lac_package *package);

bool lac_package_is_folder(const lac_package *package);

/* Something in a folder that could not be listed and is no part. */
typedef struct lac_package_fault {
    const char *path; /* bytes that are no UTF-8 escaped */
    const char *why;  /* a sentence */
} lac_package_fault;

/* By path; borrowed. A zip file has none: it is refused as a whole. NULL behind the last one. */
const lac_package_fault *lac_package_fault_at(const lac_package *package, uint32_t index);

/* A second handle on an open folder, for another thread; close it before the first. A zip file
 * gives LACUNA_E_UNSUPPORTED: its reader keeps one position. Budgets are counted for each handle.
 */
lacuna_status lac_package_share(lac_package **out, const lac_package *package, lacuna_error *err);

/* Entries in name order, folders left out. */
uint32_t lac_package_count(const lac_package *package);
const char *lac_package_name(const lac_package *package, uint32_t index);
uint64_t lac_package_size(const lac_package *package, uint32_t index); /* claimed, uncompressed */

/* Leaves out, for good, the parts that `keep` says false to. Indexes of the others change. */
void lac_package_retain(lac_package *package, bool (*keep)(void *user, const char *name),
                        void *user);

/* Part names compare without ASCII case, as OPC says (ECMA-376-2 6.2.2.3). LAC_PART_NONE: absent.
 */
#define LAC_PART_NONE UINT32_MAX
uint32_t lac_package_find(const lac_package *package, const char *name);

/* Receives up to 64 KiB at a time; a status other than LACUNA_OK stops the reading with it. */
typedef lacuna_status (*lac_sink_fn)(void *user, const char *data, size_t length,
                                     lacuna_error *err);

/* Streams one part through `sink`; verifies the CRC; counts actual bytes against the budget. */
lacuna_status lac_package_stream(lac_package *package, uint32_t index, lac_sink_fn sink, void *user,
                                 lacuna_error *err);

/* A whole part in memory, for small parts; free() it. */
lacuna_status lac_package_read(char **data, size_t *length, lac_package *package, uint32_t index,
                               uint64_t max_bytes, lacuna_error *err);

/* A whole file or memory source as bytes (text documents, JSON); free() it. */
lacuna_status lac_source_read(char **data, size_t *length, const lac_source *source,
                              uint64_t max_bytes, lacuna_error *err);

#endif
