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

static void count_document(lac_inventory_counts *counts, const lac_v4_document *document)
{
    counts->checksums[document->checksum_state]++;
    counts->case_mismatches += (document->path_flags & LAC_PATH_CASE) != 0;
}

/* Files are in the order of their names, those of one sequence not beside each other: a counting
 * sort brings them together. */
static void sort_files(lac_inventory *inventory, const lac_submission *submission)
{
    uint32_t *starts = inventory->starts;
    for (uint32_t i = 0; i < submission->file_count; i++) {
        const lac_file *file = &submission->files[i];
        if (file->sequence != LAC_NONE) {
            lac_inventory_counts *counts = &inventory->counts[file->sequence];
            counts->files++;
            counts->unreferenced += file->reference_count == 0 && !file->exempt;
            counts->shared += file->reference_count > 1;
        }
    }
    for (uint32_t i = 0; i < submission->sequence_count; i++) {
        starts[i + 1] = starts[i] + inventory->counts[i].files;
    }
    for (uint32_t i = 0; i < submission->file_count; i++) {
        uint32_t sequence = submission->files[i].sequence;
        if (sequence != LAC_NONE) {
            inventory->files[starts[sequence]++] = i;
        }
    }
    /* Every start went up to where the next sequence begins: shift them back. */
    for (uint32_t i = submission->sequence_count; i > 0; i--) {
        starts[i] = starts[i - 1];
    }
    starts[0] = 0;
}

lacuna_status lac_inventory_make(lac_inventory *inventory, const lac_submission *submission,
                                 lacuna_error *err)
{
    size_t sequences = (size_t)submission->sequence_count + 1;
    inventory->counts = calloc(sequences, sizeof *inventory->counts);
    inventory->files = calloc((size_t)submission->file_count + 1, sizeof *inventory->files);
    inventory->starts = calloc(sequences + 1, sizeof *inventory->starts);
    if (inventory->counts == NULL || inventory->files == NULL || inventory->starts == NULL) {
        lac_inventory_free(inventory);
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < submission->placement_count; i++) {
        const lac_placement *placement = &submission->placements[i];
        count_placement(&inventory->counts[placement->sequence], submission, placement);
    }
    for (uint32_t i = 0; i < submission->document_count; i++) {
        const lac_v4_document *document = &submission->documents[i];
        count_document(&inventory->counts[document->sequence], document);
    }
    sort_files(inventory, submission);
    return LACUNA_OK;
}

void lac_inventory_free(lac_inventory *inventory)
{
    free(inventory->counts);
    free(inventory->files);
    free(inventory->starts);
    *inventory = (lac_inventory){NULL, NULL, NULL};
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
