/*
 * grammar.h - XML files against the user's own copy of their DTD or schema.
 *
 * Purpose: full validation where the user has the agencies' files. Nothing is ever fetched: a DTD
 * is the file of that name in the folder, whatever address the document gives; so are the parts a
 *   DTD is made of. A schema may only include files inside of its folder.
 * Ownership: a store owns what it loaded; texts of a judgement live in the arena given.
 * Safety: the document is untrusted and read as a stream: no tree of it is built, its internal
 *   subset is refused, hints where a schema might lie are dropped. Grammars are the user's own;
 * they are held to GRAMMAR_FILES_MAX files of GRAMMAR_BYTES_MAX bytes. Limits: LAC_FAULTS_MAX
 * faults of a file, the rest is counted. Threads: one thread at a time.
 */
#ifndef LAC_GRAMMAR_H
#define LAC_GRAMMAR_H

#include "parsers/package/package.h"
#include "support/arena.h"

enum { LAC_FAULTS_MAX = 50 };

typedef struct lac_fault {
    uint32_t line;
    const char *text;
} lac_fault;

typedef struct lac_judgement {
    const char *grammar; /* "us-regional-v3-3.dtd"; "" none named */
    bool judged;         /* else `why` says why not */
    const char *why;
    const lac_fault *faults;
    uint32_t fault_count;
    uint64_t more; /* faults behind the last one that is listed */
} lac_judgement;

typedef struct lac_dtd_store lac_dtd_store;

/* A folder with DTDs. Files are read when they are needed. */
lacuna_status lac_dtd_store_open(lac_dtd_store **out, const char *folder, lacuna_error *err);
void lac_dtd_store_close(lac_dtd_store *store);

/* Judges a document by the DTD its DOCTYPE names. A DTD that is not in the folder, or is not sound,
 * is no error: nothing is judged then. LACUNA_E_FORMAT: the document is not well-formed, or holds
 * declarations of its own. */
lacuna_status lac_dtd_judge(lac_judgement *out, lac_dtd_store *store, lac_span xml,
                            const char *name, lac_arena *arena, lacuna_error *err);

typedef struct lac_schema_store lac_schema_store;

/* A folder with the XML schemas of eCTD 4.0; their main file is found by its name, PORP_*.xsd. */
lacuna_status lac_schema_store_open(lac_schema_store **out, const char *folder, lacuna_error *err);
void lac_schema_store_close(lac_schema_store *store);

/* The same by the schema of a message. */
lacuna_status lac_schema_judge(lac_judgement *out, lac_schema_store *store, lac_span xml,
                               const char *name, lac_arena *arena, lacuna_error *err);

#endif
