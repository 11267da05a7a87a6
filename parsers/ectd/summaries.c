#include "parsers/ectd/summaries.h"

#include "support/error.h"

#include <stdlib.h>

/* FDA's criteria want exactly this name. */
static bool is_summary(const lac_file *file)
{
    const char *slash = strrchr(file->path, '/');
    return strcmp(slash == NULL ? file->path : slash + 1, "ts.xpt") == 0;
}

static lacuna_status tell_unread(lac_intake *intake, lacuna_status status,
                                 const lac_placement *leaf, const lacuna_error *why)
{
    if (status != LACUNA_E_FORMAT && status != LACUNA_E_IO && status != LACUNA_E_LIMIT) {
        return lac_intake_unread(intake, status, intake->files[leaf->file].path, why);
    }
    return lac_intake_trouble(intake, "ectd/not-read", true, intake->files[leaf->file].path,
                              leaf->id, "%s", why->message);
}

static lacuna_status read_one(lac_study_summary *out, lac_intake *intake, const lac_placement *leaf)
{
    char *data = NULL;
    size_t length = 0;
    lacuna_error why = {0};
    out->file = leaf->file;
    lacuna_status status = lac_package_read(&data, &length, intake->package, leaf->file,
                                            intake->limits->part_bytes, &why);
    if (status == LACUNA_OK) {
        status =
            lac_trial_summary_read(&out->content, lac_span_make(data, length), intake->arena, &why);
    }
    free(data);
    out->read = status == LACUNA_OK;
    return out->read ? LACUNA_OK : tell_unread(intake, status, leaf, &why);
}

static size_t count_summaries(const lac_intake *intake)
{
    size_t count = 0;
    for (uint32_t i = 0; i < intake->out->study_count; i++) {
        const lac_study *study = &intake->out->studies[i];
        for (uint32_t d = 0; d < study->document_count; d++) {
            uint32_t leaf = study->documents[d].placement;
            uint32_t file = leaf == LAC_NONE ? LAC_NONE : intake->placements.items[leaf].file;
            count += file != LAC_NONE && is_summary(&intake->files[file]) ? 1 : 0;
        }
    }
    return count;
}

typedef struct reader {
    lac_intake *intake;
    lac_study_summary *summaries;
    uint32_t count;
    bool *known; /* files; one that several studies name is read once */
} reader;

static lacuna_status read_of_study(reader *r, const lac_study *study)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t d = 0; d < study->document_count && status == LACUNA_OK; d++) {
        uint32_t at = study->documents[d].placement;
        const lac_placement *leaf = at == LAC_NONE ? NULL : &r->intake->placements.items[at];
        if (leaf != NULL && leaf->file != LAC_NONE && !r->known[leaf->file] &&
            is_summary(&r->intake->files[leaf->file])) {
            r->known[leaf->file] = true;
            status = read_one(&r->summaries[r->count++], r->intake, leaf);
        }
    }
    return status;
}

static int by_file(const void *a, const void *b)
{
    uint32_t x = ((const lac_study_summary *)a)->file;
    uint32_t y = ((const lac_study_summary *)b)->file;
    return (x > y) - (x < y);
}

lacuna_status lac_summaries_read(lac_intake *intake)
{
    lac_submission *out = intake->out;
    size_t most = count_summaries(intake);
    if (most == 0) {
        return LACUNA_OK;
    }
    reader r = {.intake = intake,
                .summaries = lac_arena_array(intake->arena, most, sizeof *r.summaries),
                .known = calloc(intake->file_count, sizeof *r.known)};
    lacuna_status status =
        r.summaries == NULL || r.known == NULL ? lac_fail_nomem(intake->err) : LACUNA_OK;
    for (uint32_t i = 0; i < out->study_count && status == LACUNA_OK; i++) {
        status = read_of_study(&r, &out->studies[i]);
    }
    if (status == LACUNA_OK) {
        qsort(r.summaries, r.count, sizeof *r.summaries, by_file);
        out->summaries = r.summaries;
        out->summary_count = r.count;
    }
    free(r.known);
    return status;
}
