/* Files against leaves: missing, unreferenced, empty, the same twice, in another case. */
#include "analyzer/ectd/check.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN_COPIES = 50 };

static lacuna_status missing_of_leaf(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    return leaf->checksum_state == LAC_CHECKSUM_MISSING_FILE
               ? lac_ectd_found(c, lac_here(c, i), "%s is not there", leaf->href)
               : LACUNA_OK;
}

static lacuna_status missing_of_document(lac_ectd_check *c, uint32_t i)
{
    const lac_v4_document *document = &c->submission->documents[i];
    return document->checksum_state == LAC_CHECKSUM_MISSING_FILE
               ? lac_ectd_found(c, lac_place_document(&c->places, i), "%s is not there",
                                document->href)
               : LACUNA_OK;
}

/* A backbone that was not read to its end may hold the leaf that is looked for. */
static lacuna_status unreferenced(lac_ectd_check *c, uint32_t i)
{
    const lac_file *file = &c->submission->files[i];
    return !file->exempt && file->reference_count == 0 && c->own[file->sequence].complete
               ? lac_ectd_found(c, lac_place_file(&c->places, i), "no leaf points to %s",
                                file->path)
               : LACUNA_OK;
}

static lacuna_status empty(lac_ectd_check *c, uint32_t i)
{
    const lac_file *file = &c->submission->files[i];
    return file->size == 0
               ? lac_ectd_found(c, lac_place_file(&c->places, i), "%s has 0 bytes", file->path)
               : LACUNA_OK;
}

static lacuna_status case_of_leaf(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    return (leaf->path_flags & LAC_PATH_CASE) != 0 && leaf->file != LAC_NONE
               ? lac_ectd_found(c, lac_here(c, i), "%s is written, %s is delivered", leaf->href,
                                c->submission->files[leaf->file].path)
               : LACUNA_OK;
}

static lacuna_status case_of_document(lac_ectd_check *c, uint32_t i)
{
    const lac_v4_document *document = &c->submission->documents[i];
    return (document->path_flags & LAC_PATH_CASE) != 0 && document->file != LAC_NONE
               ? lac_ectd_found(c, lac_place_document(&c->places, i),
                                "%s is written, %s is delivered", document->href,
                                c->submission->files[document->file].path)
               : LACUNA_OK;
}

/* ---- the same content twice ----------------------------------------------------------------- */

typedef struct copy {
    uint32_t application;
    const char *digest;
    uint32_t file;
} copy;

static int by_content(const void *a, const void *b)
{
    const copy *x = a;
    const copy *y = b;
    if (x->application != y->application) {
        return x->application < y->application ? -1 : 1;
    }
    int order = strcmp(x->digest, y->digest);
    return order != 0 ? order : (x->file > y->file) - (x->file < y->file);
}

static size_t list_content(copy *copies, const lac_ectd_check *c)
{
    const lac_submission *s = c->submission;
    size_t count = 0;
    for (uint32_t i = 0; i < s->file_count; i++) {
        const lac_file *file = &s->files[i];
        const char *digest = file->md5[0] != '\0' ? file->md5 : file->sha256;
        if (!file->exempt && file->size > 0 && digest[0] != '\0' &&
            lac_ectd_applies(c, file->sequence)) {
            copies[count++] = (copy){s->sequences[file->sequence].application, digest, i};
        }
    }
    return count;
}

/* The copies, the second first: the one that could be left out. */
static lacuna_status tell_copies(lac_ectd_check *c, const copy *copies, size_t count)
{
    lac_leaf_place places[SHOWN_COPIES];
    uint32_t shown = count < SHOWN_COPIES ? (uint32_t)count : SHOWN_COPIES;
    for (uint32_t i = 0; i < shown; i++) {
        places[i] = lac_place_file(&c->places, copies[i < 2 ? 1 - i : i].file);
    }
    return lac_ectd_found_at(c, places, shown, "%zu files have the content of %s", count,
                             c->submission->files[copies[0].file].path);
}

static lacuna_status duplicates(lac_ectd_check *c, uint32_t index)
{
    (void)index;
    copy *copies = calloc((size_t)c->submission->file_count + 1, sizeof *copies);
    if (copies == NULL) {
        return LACUNA_E_NOMEM;
    }
    size_t count = list_content(copies, c);
    if (count > 1) {
        qsort(copies, count, sizeof *copies, by_content);
    }
    lacuna_status status = LACUNA_OK;
    for (size_t first = 0, end; first < count && status == LACUNA_OK; first = end) {
        end = first + 1;
        while (end < count && copies[end].application == copies[first].application &&
               strcmp(copies[end].digest, copies[first].digest) == 0) {
            end++;
        }
        if (end - first > 1) {
            status = tell_copies(c, copies + first, end - first);
        }
    }
    free(copies);
    return status;
}

/* ---- what could not be read ----------------------------------------------------------------- */

/* The sequence whose folder holds a file, also one that is not there. */
static uint32_t owner_of(const lac_submission *submission, const char *file)
{
    uint32_t owner = LAC_NONE;
    size_t longest = 0;
    for (uint32_t i = 0; i < submission->sequence_count; i++) {
        const char *folder = submission->sequences[i].folder;
        size_t length = strlen(folder);
        bool below = strncmp(file, folder, length) == 0 &&
                     (length == 0 || file[length] == '/' || file[length] == '\0');
        if (below && submission->sequences[i].grouped_in == LAC_NONE &&
            (owner == LAC_NONE || length > longest)) {
            owner = i;
            longest = length;
        }
    }
    return owner;
}

static lacuna_status unread(lac_ectd_check *c, uint32_t i)
{
    const lac_trouble *trouble = &c->submission->troubles[i];
    if (!trouble->incomplete || strcmp(trouble->code, "ectd/no-index") == 0) {
        return LACUNA_OK; /* a missing index.xml has a rule of its own */
    }
    /* Where findings are only counted any more, nobody asks for the place. */
    uint32_t sequence =
        c->found < LAC_RULE_FINDINGS_MAX ? owner_of(c->submission, trouble->file) : LAC_NONE;
    if (sequence != LAC_NONE && !lac_ectd_applies(c, sequence)) {
        return LACUNA_OK;
    }
    lac_leaf_place place = lac_place_sequence(&c->places, sequence);
    place.file = trouble->file;
    place.id = trouble->id;
    return lac_ectd_found(c, place, "%s", trouble->text);
}

static const lac_ectd_entry ENTRIES[] = {
    {"ectd.unread", LAC_EACH_TROUBLE, unread},
    {"ectd.file.missing", LAC_EACH_LEAF, missing_of_leaf},
    {"ectd.file.missing", LAC_EACH_DOCUMENT, missing_of_document},
    {"ectd.file.unreferenced", LAC_EACH_FILE, unreferenced},
    {"ectd.file.empty", LAC_EACH_FILE, empty},
    {"ectd.file.case", LAC_EACH_LEAF, case_of_leaf},
    {"ectd.file.case", LAC_EACH_DOCUMENT, case_of_document},
    {"ectd.file.duplicate", LAC_ALL_TOGETHER, duplicates},
};
LAC_ECTD_TABLE(lac_file_rules, ENTRIES);
