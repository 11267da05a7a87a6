#include "writers/submission_diff.h"

#include "support/error.h"

#include <stdlib.h>
#include <string.h>

typedef struct named {
    const char *fingerprint;
    uint32_t finding;
} named;

static int by_fingerprint(const void *a, const void *b)
{
    const named *x = a;
    const named *y = b;
    int order = strcmp(x->fingerprint, y->fingerprint);
    return order != 0 ? order : (x->finding > y->finding) - (x->finding < y->finding);
}

static int by_index(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static named *sort_findings(const lac_report *report)
{
    named *rows = calloc((size_t)report->finding_count + 1, sizeof *rows);
    for (uint32_t i = 0; rows != NULL && i < report->finding_count; i++) {
        rows[i] = (named){report->findings[i].fingerprint.hex, i};
    }
    if (rows != NULL && report->finding_count > 1) {
        qsort(rows, report->finding_count, sizeof *rows, by_fingerprint);
    }
    return rows;
}

/* Both lists are sorted: what stands in one only is new or fixed. */
static void merge(lac_submission_diff *out, const named *from, uint32_t from_count, const named *to,
                  uint32_t to_count)
{
    uint32_t i = 0;
    uint32_t k = 0;
    while (i < from_count || k < to_count) {
        int order = i == from_count ? 1
                    : k == to_count ? -1
                                    : strcmp(from[i].fingerprint, to[k].fingerprint);
        if (order < 0) {
            out->findings[LAC_DIFF_FROM][out->finding_count[LAC_DIFF_FROM]++] = from[i++].finding;
        } else if (order > 0) {
            out->findings[LAC_DIFF_TO][out->finding_count[LAC_DIFF_TO]++] = to[k++].finding;
        } else {
            out->unchanged_findings++;
            i++;
            k++;
        }
    }
    for (int side = 0; side < LAC_DIFF_SIDES; side++) {
        qsort(out->findings[side], out->finding_count[side], sizeof **out->findings, by_index);
    }
}

static lacuna_status compare_findings(lac_submission_diff *out, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    named *rows[LAC_DIFF_SIDES] = {NULL, NULL};
    for (int side = 0; side < LAC_DIFF_SIDES; side++) {
        const lac_report *report = out->states[side].report;
        rows[side] = sort_findings(report);
        out->findings[side] = calloc((size_t)report->finding_count + 1, sizeof **out->findings);
        if (rows[side] == NULL || out->findings[side] == NULL) {
            status = lac_fail_nomem(err);
        }
    }
    if (status == LACUNA_OK) {
        merge(out, rows[LAC_DIFF_FROM], out->states[LAC_DIFF_FROM].report->finding_count,
              rows[LAC_DIFF_TO], out->states[LAC_DIFF_TO].report->finding_count);
    }
    free(rows[LAC_DIFF_FROM]);
    free(rows[LAC_DIFF_TO]);
    return status;
}

lacuna_status lac_submission_diff_make(lac_submission_diff *out, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    lac_arena_init(&out->arena);
    for (int side = 0; side < LAC_DIFF_SIDES && status == LACUNA_OK; side++) {
        status = lac_places_init(&out->places[side], out->diff->side[side], &out->arena, err);
    }
    return status == LACUNA_OK ? compare_findings(out, err) : status;
}

void lac_submission_diff_free(lac_submission_diff *diff)
{
    free(diff->findings[LAC_DIFF_FROM]);
    free(diff->findings[LAC_DIFF_TO]);
    lac_arena_free(&diff->arena);
}

uint32_t lac_submission_diff_changes(const lac_submission_diff *diff)
{
    return diff->diff->count - diff->diff->counts[LAC_CHANGE_UNRESOLVABLE];
}

bool lac_submission_diff_incomplete(const lac_submission_diff *diff)
{
    return diff->states[LAC_DIFF_FROM].report->verdict == LACUNA_INCOMPLETE ||
           diff->states[LAC_DIFF_TO].report->verdict == LACUNA_INCOMPLETE ||
           diff->diff->side[LAC_DIFF_FROM]->incomplete || diff->diff->side[LAC_DIFF_TO]->incomplete;
}

const lac_sequence *lac_submission_diff_last(const lac_submission_diff *diff, int side,
                                             const lac_diff_application *application)
{
    const lac_submission *s = diff->diff->side[side];
    if (application->index[side] == LAC_NONE) {
        return NULL;
    }
    const lac_application *a = &s->applications[application->index[side]];
    return a->sequence_count == 0 ? NULL : &s->sequences[a->first_sequence + a->sequence_count - 1];
}
