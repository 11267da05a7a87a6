#include "parsers/ectd/validation.h"

#include "support/error.h"

#include <stdlib.h>
#include <string.h>

typedef struct validation {
    lac_submission *submission;
    lac_package *package;
    lac_dtd_store *dtds;
    lac_schema_store *schemas;
    const lac_limits *limits;
    lac_validity *items;
    uint32_t count;
    bool *done; /* files */
    lacuna_error *err;
} validation;

/* Parts are in the order of the files, unless some were left out or the folder has changed. */
static uint32_t part_of(const validation *v, uint32_t file)
{
    const char *path = v->submission->files[file].path;
    if (file < lac_package_count(v->package) &&
        strcmp(lac_package_name(v->package, file), path) == 0) {
        return file;
    }
    return lac_package_find(v->package, path);
}

static lacuna_status leave_out(lac_validity *item, validation *v, const lacuna_error *why)
{
    item->judgement = (lac_judgement){.grammar = ""};
    item->judgement.why = lac_arena_copy(&v->submission->arena, lac_span_of(why->message));
    return item->judgement.why == NULL ? lac_fail_nomem(v->err) : LACUNA_OK;
}

static lacuna_status judge(lac_validity *item, validation *v)
{
    char *data = NULL;
    size_t length = 0;
    lacuna_error why = {0};
    lac_arena *arena = &v->submission->arena;
    const char *name = v->submission->files[item->file].path;
    lacuna_status status = lac_package_read(&data, &length, v->package, part_of(v, item->file),
                                            v->limits->part_bytes, &why);
    if (status == LACUNA_OK) {
        lac_span xml = lac_span_make(data, length);
        status = item->schema
                     ? lac_schema_judge(&item->judgement, v->schemas, xml, name, arena, &why)
                     : lac_dtd_judge(&item->judgement, v->dtds, xml, name, arena, &why);
    }
    free(data);
    if (status == LACUNA_OK) {
        return LACUNA_OK;
    }
    return status == LACUNA_E_NOMEM ? lac_fail_nomem(v->err) : leave_out(item, v, &why);
}

static lacuna_status add(validation *v, const lac_validity *item)
{
    bool wanted = item->schema ? v->schemas != NULL : v->dtds != NULL;
    if (!wanted || v->done[item->file]) {
        return LACUNA_OK;
    }
    v->done[item->file] = true;
    v->items[v->count] = *item;
    return judge(&v->items[v->count++], v);
}

static lacuna_status judge_all(validation *v)
{
    const lac_submission *s = v->submission;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < s->backbone_count && status == LACUNA_OK; i++) {
        const lac_backbone *b = &s->backbones[i];
        const lac_validity item = {.file = b->file,
                                   .sequence = b->sequence,
                                   .placement = LAC_NONE,
                                   .schema = b->kind == LAC_BACKBONE_UNIT};
        status = b->complete && b->file != LAC_NONE ? add(v, &item) : LACUNA_OK;
    }
    for (uint32_t i = 0; i < s->placement_count && status == LACUNA_OK; i++) {
        const lac_placement *p = &s->placements[i];
        const lac_validity item = {.file = p->file, .sequence = p->sequence, .placement = i};
        status = p->study_tagging_file && p->file != LAC_NONE ? add(v, &item) : LACUNA_OK;
    }
    return status;
}

static size_t most(const lac_submission *s)
{
    size_t count = s->backbone_count;
    for (uint32_t i = 0; i < s->placement_count; i++) {
        count += s->placements[i].study_tagging_file ? 1 : 0;
    }
    return count;
}

static lacuna_status open_all(validation *v, const lac_source *source, const lac_grammars *grammars)
{
    lac_limits wide = *v->limits;
    wide.package_entries = v->limits->submission_entries;
    wide.package_total_bytes = v->limits->submission_total_bytes;
    wide.package_file_bytes = v->limits->submission_total_bytes;
    wide.part_bytes = v->limits->submission_part_bytes;
    lac_arena *arena = &v->submission->arena;
    v->items = lac_arena_array(arena, most(v->submission), sizeof *v->items);
    v->done = calloc((size_t)v->submission->file_count + 1, sizeof *v->done);
    lacuna_status status = v->items == NULL || v->done == NULL ? lac_fail_nomem(v->err) : LACUNA_OK;
    if (status == LACUNA_OK && grammars->dtd_dir != NULL) {
        status = lac_dtd_store_open(&v->dtds, grammars->dtd_dir, v->err);
    }
    if (status == LACUNA_OK && grammars->schema_dir != NULL) {
        status = lac_schema_store_open(&v->schemas, grammars->schema_dir, v->err);
    }
    return status == LACUNA_OK ? lac_package_open(&v->package, source, &wide, v->err) : status;
}

lacuna_status lac_submission_validate(lac_submission *submission, const lac_source *source,
                                      const lac_limits *limits, const lac_grammars *grammars,
                                      lacuna_error *err)
{
    if (grammars->dtd_dir == NULL && grammars->schema_dir == NULL) {
        return LACUNA_OK;
    }
    validation v = {.submission = submission, .limits = limits, .err = err};
    lacuna_status status = open_all(&v, source, grammars);
    if (status == LACUNA_OK) {
        status = judge_all(&v);
    }
    if (status == LACUNA_OK) {
        submission->validities = v.items;
        submission->validity_count = v.count;
    }
    lac_package_close(v.package);
    lac_dtd_store_close(v.dtds);
    lac_schema_store_close(v.schemas);
    free(v.done);
    return status;
}
