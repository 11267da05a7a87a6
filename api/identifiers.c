#include "api/identifiers.h"

#include "support/error.h"
#include "support/write_all.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

lac_privacy lac_options_privacy(const lacuna_options *options)
{
    return (lac_privacy){.policy = options->identifiers,
                         .strict = options->require_deid,
                         .external = options->recognizer};
}

lacuna_status lac_phi_tell(lac_phi_telling *telling, const char *path, const lac_document *document,
                           const lac_phi_find *find, lacuna_error *err)
{
    enum { SHAPE_MAX = 256 };
    lac_buf shape;
    lac_buf_init(&shape, SHAPE_MAX);
    lacuna_status status = lac_phi_mask(
        &shape, lac_document_slice(document, find->start, find->start + find->length), err);
    if (status == LACUNA_OK) {
        lacuna_phi_place place = {.kind = lac_phi_kind_name(find->kind),
                                  .certain = find->certain,
                                  .path = path,
                                  .line = lac_document_line(document, find->start),
                                  .shape = lac_buf_text(&shape)};
        *(find->certain ? telling->certain : telling->doubtful) += 1;
        bool stopped = telling->take != NULL && telling->take(telling->user, &place) != 0;
        status = stopped ? lac_fail(err, LACUNA_E_CANCELLED, "stopped") : LACUNA_OK;
    }
    lac_buf_free(&shape);
    return status;
}

/* ---- the file of pseudonyms ----------------------------------------------------------------- */

lacuna_status lac_pseudonym_add(lac_pseudonym_list *file, const char *path, const json_t *map,
                                lacuna_error *err)
{
    if (file->documents == NULL) {
        file->documents = json_array();
    }
    json_t *one = json_pack("{s:s,s:O}", "document", path, "pseudonyms", map);
    if (file->documents == NULL || one == NULL ||
        json_array_append_new(file->documents, one) != 0) {
        return lac_fail_nomem(err);
    }
    return LACUNA_OK;
}

void lac_pseudonym_free(lac_pseudonym_list *file)
{
    json_decref(file->documents);
    file->documents = NULL;
}

/* A file that is there keeps its name and loses its old rights before anything is in it. */
static bool put(const char *path, const char *text)
{
    struct stat facts;
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600);
    if (file < 0) {
        return false;
    }
    bool written = fstat(file, &facts) == 0 && S_ISREG(facts.st_mode) && fchmod(file, 0600) == 0 &&
                   ftruncate(file, 0) == 0 && lac_write_all(file, lac_span_of(text)) &&
                   fsync(file) == 0;
    return close(file) == 0 && written;
}

lacuna_status lac_pseudonym_write(const lac_pseudonym_list *file, const char *path,
                                  lacuna_error *err)
{
    if (path == NULL) {
        return LACUNA_OK;
    }
    json_t *tree =
        file->documents == NULL
            ? json_pack("{s:s,s:[]}", "schema", "lacuna.pseudonyms/1", "documents")
            : json_pack("{s:s,s:O}", "schema", "lacuna.pseudonyms/1", "documents", file->documents);
    char *text = tree == NULL ? NULL : json_dumps(tree, JSON_INDENT(1));
    lacuna_status status =
        text == NULL ? lac_fail_nomem(err)
        : put(path, text)
            ? LACUNA_OK
            : lac_fail(err, LACUNA_E_IO, "%.180s: the pseudonyms cannot be written", path);
    free(text);
    json_decref(tree);
    return status;
}
