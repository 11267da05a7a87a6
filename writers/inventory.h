/*
 * inventory.h - what there is in a submission, counted; the formats of it.
 *
 * Purpose: one place that counts, so text, JSON and CSV say the same.
 */
#ifndef LAC_INVENTORY_H
#define LAC_INVENTORY_H

#include "parsers/submission.h"

typedef struct lac_inventory_counts {
    uint32_t operations[LAC_OPERATION_COUNT];          /* of all placements */
    uint32_t index_operations[LAC_OPERATION_COUNT];    /* v3: of index.xml */
    uint32_t regional_operations[LAC_OPERATION_COUNT]; /* v3: of the regional backbone */
    uint32_t references[LAC_REFERENCE_COUNT];          /* modified-file, related contexts of use */
    uint32_t document_references[LAC_REFERENCE_COUNT]; /* v4 */
    uint32_t foreign_documents;             /* v4: references to a document of another unit */
    uint32_t checksums[LAC_CHECKSUM_COUNT]; /* v3: of leaves; v4: of documents */
    uint32_t states[LAC_STATE_COUNT];
    uint32_t case_mismatches;
    uint32_t files, unreferenced, shared; /* shared: two or more placements point to it */
} lac_inventory_counts;

/* Everything counted once: counts[i] is of sequence i, whose files are files[starts[i]] to
 * files[starts[i + 1] - 1]. */
typedef struct lac_inventory {
    lac_inventory_counts *counts;
    uint32_t *files, *starts;
} lac_inventory;

lacuna_status lac_inventory_make(lac_inventory *inventory, const lac_submission *submission,
                                 lacuna_error *err);
void lac_inventory_free(lac_inventory *inventory);

/* Files with the same content, in groups: group g is files[starts[g]] to files[starts[g + 1] - 1].
 * Largest first. Backbones, util/ and empty files are left out. */
typedef struct lac_duplicates {
    uint32_t *files;
    uint32_t *starts; /* count + 1 */
    uint32_t count;
} lac_duplicates;

lacuna_status lac_duplicates_find(lac_duplicates *duplicates, const lac_submission *submission,
                                  lacuna_error *err);
void lac_duplicates_free(lac_duplicates *duplicates);

/* checklists/schema/inventory-1.json. */
lacuna_status lac_json_inventory(const lac_submission *submission, const char *path,
                                 lacuna_write_fn write, void *user, lacuna_error *err);
lacuna_status lac_text_inventory(const lac_submission *submission, const char *path,
                                 lacuna_write_fn write, void *user, lacuna_error *err);
/* One line a sequence. Cells that a spreadsheet would take for a formula begin with an apostrophe.
 */
lacuna_status lac_csv_inventory(const lac_submission *submission, lacuna_write_fn write, void *user,
                                lacuna_error *err);

/* "3.2.2" or "4.0". */
const char *lac_standard_name(lac_standard standard);

#endif
