#include "writers/docx/write.h"
#include "writers/docx/properties.h"

#include "support/error.h"
#include "writers/docx/insertion.h"
#include "writers/docx/lint.h"

#include <stdlib.h>

typedef struct placed_gap {
    uint32_t gap;
    lac_place place;
} placed_gap;

typedef struct job {
    lac_written *out;
    const lac_draft *draft;
    lac_word_file *file;
    lac_layout layout;
    lac_ids ids;
    lac_lists lists;
    lac_comments comments;
    lac_insertion insertion;
    placed_gap *placed; /* by boundary, then in the order of the draft */
    uint32_t *group;
    lacuna_error *err;
} job;

/* ---- places ---------------------------------------------------------------------------------- */

static int by_boundary(const void *left, const void *right)
{
    const placed_gap *a = left, *b = right;
    if (a->place.boundary != b->place.boundary) {
        return a->place.boundary < b->place.boundary ? -1 : 1;
    }
    return (a->gap > b->gap) - (a->gap < b->gap);
}

static lacuna_status keep_reason(job *work, uint32_t gap, const lacuna_error *why)
{
    char *copy = lac_arena_copy(&work->out->arena, lac_span_of(why->message));
    work->out->gaps[gap].reason = copy;
    return copy == NULL ? lac_fail_nomem(work->err) : LACUNA_OK;
}

static lacuna_status find_places(job *work)
{
    lacuna_error first = {.status = LACUNA_OK};
    for (uint32_t i = 0; i < work->draft->gap_count; i++) {
        lacuna_error why = {.status = LACUNA_OK};
        placed_gap *placed = &work->placed[work->out->placed];
        placed->gap = i;
        lacuna_status status =
            work->draft->gaps[i].block_count == 0
                ? lac_fail(&why, LACUNA_E_ARGUMENT, "the draft has no text")
                : lac_place_find(&placed->place, &work->layout, &work->draft->gaps[i].place, &why);
        if (status == LACUNA_OK) {
            work->out->gaps[i].placed = true;
            work->out->placed++;
            continue;
        }
        first = first.status == LACUNA_OK ? why : first;
        status = keep_reason(work, i, &why);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    if (work->out->placed == 0) {
        if (work->err != NULL) {
            *work->err = first;
        }
        return first.status == LACUNA_OK
                   ? lac_fail(work->err, LACUNA_E_ARGUMENT, "the draft has no gaps")
                   : (lacuna_status)first.status;
    }
    qsort(work->placed, work->out->placed, sizeof *work->placed, by_boundary);
    return LACUNA_OK;
}

/* ---- writing --------------------------------------------------------------------------------- */

static lacuna_status write_group(job *work, uint32_t from, uint32_t *end)
{
    uint32_t count = 0;
    uint32_t boundary = work->placed[from].place.boundary;
    for (*end = from; *end < work->out->placed && work->placed[*end].place.boundary == boundary;
         (*end)++) {
        work->group[count++] = work->placed[*end].gap;
    }
    lac_marking marking = LAC_MARKING_NONE;
    lacuna_status status = lac_insertion_write(
        &marking, &work->insertion, &work->placed[from].place, work->group, count, work->err);
    for (uint32_t i = 0; i < count; i++) {
        work->out->gaps[work->group[i]].marking = marking;
    }
    return status;
}

static lacuna_status write_groups(job *work, bool marked)
{
    work->insertion = (lac_insertion){.file = work->file,
                                      .layout = &work->layout,
                                      .draft = work->draft,
                                      .ids = &work->ids,
                                      .lists = &work->lists,
                                      .comments = &work->comments,
                                      .marked = marked};
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < work->out->placed && status == LACUNA_OK;) {
        status = write_group(work, i, &i);
    }
    if (status == LACUNA_OK) {
        status = lac_lists_flush(&work->lists, work->err);
    }
    if (status == LACUNA_OK) {
        status = lac_comments_flush(&work->comments, work->err);
    }
    work->out->leaves_paragraph = work->insertion.leaves_paragraph;
    work->out->is_protected = work->file->is_protected;
    return status;
}

static lacuna_status lint_output(const job *work)
{
    lac_lint_list *found;
    lacuna_status status = lac_lint_new_faults(&found, work->file->bytes,
                                               lac_span_make(work->out->bytes, work->out->length),
                                               work->file->limits, work->err);
    if (status == LACUNA_OK && found->count > 0) {
        const lac_lint_fault *fault = &found->items[0];
        lac_error_place(work->err, fault->part, 0);
        status = lac_fail(work->err, LACUNA_E_INTERNAL,
                          "the changed document would be faulty: %s: %s", fault->code, fault->text);
    }
    lac_lint_list_free(found);
    return status;
}

static lacuna_status prepare(job *work, lac_span document, const char *name,
                             const lac_write_options *options)
{
    uint32_t count = work->draft->gap_count;
    lacuna_status status = lac_word_open(&work->file, document, name, options->limits, work->err);
    if (status != LACUNA_OK) {
        return status;
    }
    work->out->gaps = lac_arena_array(&work->out->arena, count + 1u, sizeof *work->out->gaps);
    work->placed = lac_arena_array(&work->file->arena, count + 1u, sizeof *work->placed);
    work->group = lac_arena_array(&work->file->arena, count + 1u, sizeof *work->group);
    if (work->out->gaps == NULL || work->placed == NULL || work->group == NULL) {
        return lac_fail_nomem(work->err);
    }
    status = lac_layout_make(&work->layout, work->file, work->err);
    if (status == LACUNA_OK) {
        status = find_places(work);
    }
    if (status == LACUNA_OK) {
        status = lac_ids_make(&work->ids, work->file, work->err);
    }
    if (status == LACUNA_OK) {
        status = lac_lists_begin(&work->lists, work->file, work->err);
    }
    return status == LACUNA_OK
               ? lac_comments_begin(&work->comments, work->file, work->draft, &work->ids, work->err)
               : status;
}

lacuna_status lac_docx_write(lac_written **out, lac_span document, const char *name,
                             const lac_draft *draft, const lac_write_options *options,
                             lacuna_error *err)
{
    *out = NULL;
    job work = {.out = calloc(1, sizeof *work.out), .draft = draft, .err = err};
    if (work.out == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&work.out->arena);
    lacuna_status status = prepare(&work, document, name, options);
    if (status == LACUNA_OK) {
        status = write_groups(&work, options->marked);
    }
    if (status == LACUNA_OK && options->marked) {
        status = lac_properties_add(work.file, options->properties, options->property_count, err);
    }
    if (status == LACUNA_OK) {
        status = lac_word_finish(&work.out->bytes, &work.out->length, work.file, err);
    }
    if (status == LACUNA_OK) {
        status = lint_output(&work);
    }
    lac_lists_free(&work.lists);
    lac_comments_free(&work.comments);
    lac_word_close(work.file);
    if (status != LACUNA_OK) {
        lac_written_free(work.out);
        return status;
    }
    *out = work.out;
    return LACUNA_OK;
}

void lac_written_free(lac_written *written)
{
    if (written != NULL) {
        free(written->bytes);
        lac_arena_free(&written->arena);
        free(written);
    }
}
