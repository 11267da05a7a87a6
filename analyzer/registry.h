/*
 * registry.h - the packs a run can use: the built-in ones, and folders laid over them.
 *
 * Purpose: tells what there is without reading items, loads a pack when it is asked for, and keeps
 *   it. Other data of checklists/ (document types, heading synonyms) comes from here too.
 * Ownership: owns all packs it has loaded; everything handed out lives until lac_registry_free.
 * Threads: after the folders are added, a registry may be shared; loading is serialized inside.
 * Invariants: entries are in the order of their ids; an id occurs once, the last folder wins.
 */
#ifndef LAC_REGISTRY_H
#define LAC_REGISTRY_H

#include "analyzer/checklist.h"
#include "analyzer/document_type.h"
#include "analyzer/profile_facts.h"
#include "analyzer/synonyms.h"

typedef struct lac_registry lac_registry;

typedef struct lac_registry_entry {
    const char *id, *title, *version;
    const char *const *document_types;
    uint32_t document_type_count;
    lac_span select;   /* its "select" object, as text; empty: none */
    lac_span in_force; /* and "in_force" of its guidance */
    const char *path;  /* file it came from; NULL: built in */
} lac_registry_entry;

/* With the built-in packs. `limits` NULL: the defaults. */
lacuna_status lac_registry_new(lac_registry **out, const lac_limits *limits, lacuna_error *err);
void lac_registry_free(lac_registry *registry);

/* Adds every *.json of a folder (not of its sub-folders; hidden files are left out). A file that is
 * no checklist, document-types or synonyms file is an error: a pack with a slip in its head must
 * not vanish silently. */
lacuna_status lac_registry_add_folder(lac_registry *registry, const char *path, lacuna_error *err);

/* Adds a tailoring (tailoring.h), which the pack it is for is loaded with. So does
 * lac_registry_add_folder with those it finds. */
lacuna_status lac_registry_add_tailoring(lac_registry *registry, const char *path,
                                         lacuna_error *err);
/* Loads every pack that a tailoring is for: one that does not fit is an error at the start. */
lacuna_status lac_registry_verify_tailorings(lac_registry *registry, lacuna_error *err);

/* Adds one pack; *id is borrowed from the registry. LACUNA_E_FORMAT: the file is no checklist. */
lacuna_status lac_registry_add_file(const char **id, lac_registry *registry, const char *path,
                                    lacuna_error *err);

uint32_t lac_registry_count(const lac_registry *registry);
const lac_registry_entry *lac_registry_entry_at(const lac_registry *registry, uint32_t index);
/* NULL: no such id. */
const lac_registry_entry *lac_registry_find(const lac_registry *registry, const char *id);
bool lac_registry_serves(const lac_registry_entry *entry, const char *document_type);

/* SHA-256 of the pack's file. */
lacuna_status lac_registry_digest(lac_digest *digest, const lac_registry *registry, const char *id,
                                  lacuna_error *err);
/* The bytes of the pack's file, for `checklists show` and lint. */
lac_span lac_registry_source(const lac_registry *registry, const char *id);

/* LACUNA_E_NOTFOUND names the nearest id. */
lacuna_status lac_registry_load(const lac_checklist **out, lac_registry *registry, const char *id,
                                lacuna_error *err);
lacuna_status lac_registry_document_types(const lac_document_types **out, lac_registry *registry,
                                          lacuna_error *err);
lacuna_status lac_registry_profile_facts(const lac_profile_facts_table **out,
                                         lac_registry *registry, lacuna_error *err);
lacuna_status lac_registry_synonyms(const lac_synonyms **out, lac_registry *registry,
                                    lacuna_error *err);

#endif
