#define _XOPEN_SOURCE 700 /* realpath */

#include "parsers/ectd/ectd.h"

#include "parsers/ectd/backbone.h"
#include "parsers/ectd/checksums.h"
#include "parsers/ectd/contexts.h"
#include "parsers/ectd/lifecycle.h"
#include "parsers/ectd/message.h"
#include "parsers/ectd/order.h"
#include "parsers/ectd/paths.h"
#include "parsers/ectd/references.h"
#include "parsers/ectd/studies.h"
#include "parsers/ectd/summaries.h"
#include "parsers/ectd/tree.h"
#include "parsers/ectd/until.h"
#include "support/error.h"

#include <stdlib.h>

/* The name of the input, which is the name of the sequence where the input is one: "0003" of
 * "app/0003/" and of "app/0003.zip"; of "." the folder it stands for. */
static const char *name_of(lac_intake *intake, const lac_source *source)
{
    char *real = NULL;
    const char *path = source->path == NULL ? "" : source->path;
    size_t length = strlen(path);
    while (length > 0 && path[length - 1] == '/') {
        length--;
    }
    bool dots = length == 0 || path[length - 1] == '.';
    if (source->kind == LAC_SOURCE_PATH && dots && (real = realpath(path, NULL)) != NULL) {
        path = real;
        length = strlen(real);
    }
    size_t start = length;
    while (start > 0 && path[start - 1] != '/') {
        start--;
    }
    lac_span name = lac_span_make(path + start, length - start);
    if (lac_span_ends_nocase(name, ".zip")) {
        name.len -= 4;
    }
    const char *copy = lac_intake_copy(intake, name.len == 0 ? lac_span_of("input") : name);
    free(real);
    return copy;
}

static lacuna_status read_sequences(lac_intake *intake)
{
    lacuna_status status = LACUNA_OK;
    size_t count = intake->drafts.count; /* grouped ones are added behind */
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = intake->drafts.items[i].model.standard == LAC_STANDARD_ECTD_4
                     ? lac_message_read(intake, i)
                     : lac_backbone_read(intake, i);
    }
    return status;
}

static lacuna_status read_ordered(lac_intake *intake)
{
    lacuna_status status = lac_tree_scan(intake);
    if (status == LACUNA_OK) {
        status = read_sequences(intake);
    }
    return status == LACUNA_OK ? lac_order_sequences(intake) : status;
}

static lacuna_status resolve(lac_intake *intake, uint32_t threads)
{
    lacuna_status status = lac_references_index(intake);
    if (status == LACUNA_OK) {
        status = lac_references_resolve(intake);
    }
    if (status == LACUNA_OK) {
        status = lac_contexts_resolve(intake);
    }
    if (status == LACUNA_OK) {
        status = lac_lifecycle_run(intake);
    }
    if (status == LACUNA_OK) {
        status = lac_studies_read(intake);
    }
    if (status == LACUNA_OK) {
        status = lac_summaries_read(intake);
    }
    return status == LACUNA_OK ? lac_checksums_verify(intake, threads) : status;
}

/* ---- into the model ------------------------------------------------------------------------- */

static void *move_list(lac_intake *intake, const void *items, size_t count, size_t size,
                       lacuna_status *status)
{
    void *copy = lac_arena_array(intake->arena, count, size);
    if (copy == NULL) {
        *status = lac_fail_nomem(intake->err);
        return NULL;
    }
    if (count > 0) {
        memcpy(copy, items, count * size);
    }
    return copy;
}

#define MOVE(intake, list, status)                                                                \
    move_list((intake), (intake)->list.items, (intake)->list.count, sizeof *(intake)->list.items, \
              (status))

static lacuna_status hand_over(lac_intake *intake)
{
    lacuna_status status = LACUNA_OK;
    lac_submission *out = intake->out;
    lac_sequence *sequences =
        lac_arena_array(intake->arena, intake->drafts.count, sizeof *sequences);
    if (sequences == NULL) {
        return lac_fail_nomem(intake->err);
    }
    for (size_t i = 0; i < intake->drafts.count; i++) {
        sequences[i] = intake->drafts.items[i].model;
    }
    out->sequences = sequences;
    out->sequence_count = (uint32_t)intake->drafts.count;
    out->backbones = MOVE(intake, backbones, &status);
    out->backbone_count = (uint32_t)intake->backbones.count;
    out->placements = MOVE(intake, placements, &status);
    out->placement_count = (uint32_t)intake->placements.count;
    out->nodes = MOVE(intake, nodes, &status);
    out->node_count = (uint32_t)intake->nodes.count;
    out->documents = MOVE(intake, documents, &status);
    out->document_count = (uint32_t)intake->documents.count;
    out->troubles = MOVE(intake, troubles, &status);
    out->trouble_count = (uint32_t)intake->troubles.count;
    out->files = intake->files;
    out->file_count = intake->file_count;
    return status;
}

static lacuna_status tell_faults(lac_intake *intake)
{
    lacuna_status status = LACUNA_OK;
    const lac_package_fault *fault;
    for (uint32_t i = 0;
         status == LACUNA_OK && (fault = lac_package_fault_at(intake->package, i)) != NULL; i++) {
        const char *path = lac_intake_copy(intake, lac_span_of(fault->path));
        status = path == NULL ? LACUNA_E_NOMEM
                              : lac_intake_trouble(intake, "ectd/not-read", true, path, NULL, "%s",
                                                   fault->why);
    }
    return status;
}

/* Begins with nothing but an open package. */
static lacuna_status begin(lac_intake *intake, const lac_source *source)
{
    intake->root = name_of(intake, source);
    lacuna_status status = intake->root == NULL ? LACUNA_E_NOMEM : tell_faults(intake);
    return status == LACUNA_OK ? read_ordered(intake) : status;
}

/* What is later than `until` is known when all was read once; then the rest is read again. */
static lacuna_status read_until(lac_intake *intake, const lac_source *source, const char *until)
{
    bool cut = false;
    lacuna_status status = begin(intake, source);
    if (status == LACUNA_OK && until != NULL) {
        status = lac_until_cut(&cut, intake, until);
    }
    if (status != LACUNA_OK || !cut) {
        return status;
    }
    lac_intake again = {.out = intake->out,
                        .arena = intake->arena,
                        .package = intake->package,
                        .limits = intake->limits,
                        .err = intake->err};
    lac_intake_free(intake);
    lac_arena_free(again.arena);
    *again.out = (lac_submission){0};
    lac_arena_init(again.arena);
    *intake = again;
    return begin(intake, source);
}

lacuna_status lac_submission_open_until(lac_submission **out, const lac_source *source,
                                        const lac_limits *limits, uint32_t threads,
                                        const char *until, lacuna_error *err)
{
    *out = NULL;
    lac_submission *submission = calloc(1, sizeof *submission);
    if (submission == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&submission->arena);
    lac_limits wide = lac_submission_limits(limits);
    lac_intake intake = {
        .out = submission, .arena = &submission->arena, .limits = limits, .err = err};
    lacuna_status status = lac_package_open(&intake.package, source, &wide, err);
    if (status == LACUNA_OK) {
        status = read_until(&intake, source, until);
    }
    if (status == LACUNA_OK) {
        status = resolve(&intake, threads);
    }
    if (status == LACUNA_OK) {
        status = hand_over(&intake);
    }
    lac_intake_free(&intake);
    lac_package_close(intake.package);
    if (status != LACUNA_OK) {
        lac_submission_free(submission);
        return status;
    }
    *out = submission;
    return LACUNA_OK;
}

lacuna_status lac_submission_open(lac_submission **out, const lac_source *source,
                                  const lac_limits *limits, uint32_t threads, lacuna_error *err)
{
    return lac_submission_open_until(out, source, limits, threads, NULL, err);
}
