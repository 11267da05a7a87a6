/*
 * identifiers.h - the options about identifiers of patients, and the file of pseudonyms.
 */
#ifndef LAC_API_IDENTIFIERS_H
#define LAC_API_IDENTIFIERS_H

#include "api/run.h"
#include "drafter/judge.h"

lac_privacy lac_options_privacy(const lacuna_options *options);

/* Tells a host of places that may identify patients, by their shape. */
typedef struct lac_phi_telling {
    uint64_t *certain, *doubtful; /* counted up */
    lacuna_phi_fn take;           /* NULL: nobody listens */
    void *user;
} lac_phi_telling;

lacuna_status lac_phi_tell(lac_phi_telling *telling, const char *path, const lac_document *document,
                           const lac_phi_find *find, lacuna_error *err);

/* {"schema", "documents": [{"document", "sha256", "pseudonyms": {token: text}}]}, made whole in
 * memory and then written with mode 0600. */
typedef struct lac_pseudonym_list {
    json_t *documents;
} lac_pseudonym_list;

lacuna_status lac_pseudonym_add(lac_pseudonym_list *file, const char *path, const json_t *map,
                                lacuna_error *err);
/* Nothing for a NULL path. */
lacuna_status lac_pseudonym_write(const lac_pseudonym_list *file, const char *path,
                                  lacuna_error *err);
void lac_pseudonym_free(lac_pseudonym_list *file);

#endif
