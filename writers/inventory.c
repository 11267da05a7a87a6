#include "writers/inventory.h"

#include "support/error.h"

#include <stdlib.h>
#include <string.h>

const char *lac_standard_name(lac_standard standard)
{
    return standard == LAC_STANDARD_ECTD_4 ? "4.0" : "3.2.2";
}

static void count_placement(lac_inventory_counts *counts, const lac_submission *submission,
                            const lac_placement *placement)
{
    const lac_backbone *backbone = &submission->backbones[placement->backbone];
    counts->operations[placement->operation]++;
    counts->states[placement->state]++;
    for (uint32_t i = 0; i < placement->link_count; i++) {
        counts->references[placement->links[i].reference]++;
    }
    if (backbone->kind == LAC_BACKBONE_UNIT) {
        counts->document_references[placement->document_reference]++;
        counts->foreign_documents +=
            placement->document != LAC_NONE &&
            submission->documents[placement->document].sequence != placement->sequence;
        return;
    }
    counts->checksums[placement->checksum_state]++;
    counts->case_mismatches += (placement->path_flags & LAC_PATH_CASE) != 0;
    if (backbone->kind == LAC_BACKBONE_INDEX) {
        counts->index_operations[placement->operation]++;
    } else {
        counts->regional_operations[placement->operation]++;
    }
}

/* Files of one sequence are not contiguous: names sort without regard to folders. */
static void count_files(lac_inventory_counts *counts, const lac_submission *submission,
                        uint32_t sequence)
{
    for (uint32_t i = 0; i < submission->file_count; i++) {
        const lac_file *file = &submission->files[i];
        if (file->sequence == sequence) {
            counts->files++;
            counts->unreferenced += file->reference_count == 0 && !file->exempt;
            counts->shared += file->reference_count > 1;
        }
    }
}

void lac_inventory_count(lac_inventory_counts *counts, const lac_submission *submission,
                         uint32_t sequence)
{
    *counts = (lac_inventory_counts){0};
    const lac_sequence *s = &submission->sequences[sequence];
    for (uint32_t i = 0; i < s->placement_count; i++) {
        count_placement(counts, submission, &submission->placements[s->first_placement + i]);
    }
    for (uint32_t i = 0; i < submission->document_count; i++) {
        const lac_v4_document *document = &submission->documents[i];
        if (document->sequence == sequence) {
            counts->checksums[document->checksum_state]++;
            counts->case_mismatches += (document->path_flags & LAC_PATH_CASE) != 0;
        }
    }
    count_files(counts, submission, sequence);
}

/* ---- equal files ---------------------------------------------------------------------------- */

typedef struct content {
    uint64_t size;
    const char *digest;
    uint32_t file;
} content;

static int by_content(const void *a, const void *b)
{
    const content *x = a;
    const content *y = b;
    if (x->size != y->size) {
        return x->size > y->size ? -1 : 1;
    }
    int order = strcmp(x->digest, y->digest);
    return order != 0 ? order : (x->file > y->file) - (x->file < y->file);
}

static bool same_content(const content *a, const content *b)
{
    return a->size == b->size && strcmp(a->digest, b->digest) == 0;
}

/* MD5 where there is one: in a submission of both standards it is there for one of them only. */
static const char *digest_of(const lac_file *file)
{
    return file->md5[0] != '\0' ? file->md5 : file->sha256;
}

static void group(lac_duplicates *out, const content *rows, uint32_t count)
{
    uint32_t used = 0;
    for (uint32_t i = 0; i < count;) {
        uint32_t end = i + 1;
        while (end < count && same_content(&rows[i], &rows[end])) {
            end++;
        }
        if (end - i > 1) {
            out->starts[out->count++] = used;
            for (uint32_t k = i; k < end; k++) {
                out->files[used++] = rows[k].file;
            }
        }
        i = end;
    }
    out->starts[out->count] = used;
}

lacuna_status lac_duplicates_find(lac_duplicates *duplicates, const lac_submission *submission,
                                  lacuna_error *err)
{
    *duplicates = (lac_duplicates){NULL, NULL, 0};
    uint32_t count = 0;
    size_t room = (size_t)submission->file_count + 1;
    content *rows = calloc(room, sizeof *rows);
    duplicates->files = calloc(room, sizeof *duplicates->files);
    duplicates->starts = calloc(room, sizeof *duplicates->starts);
    if (rows == NULL || duplicates->files == NULL || duplicates->starts == NULL) {
        free(rows);
        lac_duplicates_free(duplicates);
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < submission->file_count; i++) {
        const lac_file *file = &submission->files[i];
        if (!file->exempt && file->size > 0 && digest_of(file)[0] != '\0') {
            rows[count++] = (content){file->size, digest_of(file), i};
        }
    }
    qsort(rows, count, sizeof *rows, by_content);
    group(duplicates, rows, count);
    free(rows);
    return LACUNA_OK;
}

void lac_duplicates_free(lac_duplicates *duplicates)
{
    free(duplicates->files);
    free(duplicates->starts);
    *duplicates = (lac_duplicates){NULL, NULL, 0};
}
