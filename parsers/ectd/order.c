#include "parsers/ectd/order.h"

#include "parsers/ectd/paths.h"
#include "support/error.h"

#include <stdio.h>
#include <stdlib.h>

int64_t lac_order_number(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 9 || text[digits] != '\0') {
        return -1;
    }
    int64_t number = 0;
    for (size_t i = 0; i < digits; i++) {
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

/* The number of a sequence: of its envelope, else of its folder. */
static int64_t draft_number(const lac_draft *draft)
{
    int64_t number = lac_order_number(draft->model.number);
    return number >= 0 ? number : lac_order_number(draft->model.name);
}

/* ---- which application ---------------------------------------------------------------------- */

/* EMEA/H/C/002098/II/06 is a procedure of the product EMEA/H/C/002098. */
static lacuna_status shorten_product_number(lac_draft *draft, lac_intake *intake)
{
    lac_span id = lac_span_of(draft->application_id);
    if (!lac_span_starts_nocase(id, "EMEA/") && !lac_span_starts_nocase(id, "EMA/")) {
        return LACUNA_OK;
    }
    size_t segments = 0, at = 0;
    while (at < id.len && (segments += id.ptr[at] == '/') < 4) {
        at++;
    }
    draft->application_id = lac_intake_copy(intake, lac_span_make(id.ptr, at));
    return draft->application_id == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

static lac_span parent_of(const lac_draft *draft)
{
    return lac_span_make(draft->model.folder, lac_path_folder(draft->model.folder));
}

/* The application of the first sequence beside it that has one, else the folder's name. */
static lacuna_status adopt(lac_draft *draft, lac_intake *intake, const lac_map *identified)
{
    lac_span folder = parent_of(draft);
    uint32_t other = lac_map_find(identified, 0, folder);
    if (other != LAC_NONE) {
        draft->application_id = intake->drafts.items[other].application_id;
        draft->application_type = intake->drafts.items[other].application_type;
        return LACUNA_OK;
    }
    const char *parent = lac_intake_copy(intake, folder);
    if (parent == NULL) {
        return LACUNA_E_NOMEM;
    }
    draft->application_id = folder.len > 0 ? lac_path_name(parent) : intake->root;
    return LACUNA_OK;
}

/* Parent folder -> the first sequence in it that names its application. */
static lacuna_status find_identified(lac_map *identified, lac_intake *intake)
{
    for (uint32_t i = 0; i < intake->drafts.count; i++) {
        lac_draft *draft = &intake->drafts.items[i];
        lacuna_status status = shorten_product_number(draft, intake);
        if (status == LACUNA_OK && draft->application_id[0] != '\0' &&
            draft->model.grouped_in == LAC_NONE &&
            lac_map_find(identified, 0, parent_of(draft)) == LAC_NONE &&
            lac_map_put(identified, 0, parent_of(draft), i) != LACUNA_OK) {
            status = lac_fail_nomem(intake->err);
        }
        if (status != LACUNA_OK) {
            return status;
        }
    }
    return LACUNA_OK;
}

static lacuna_status identify(lac_intake *intake)
{
    lac_map identified;
    lac_map_init(&identified);
    lacuna_status status = find_identified(&identified, intake);
    for (size_t i = 0; i < intake->drafts.count && status == LACUNA_OK; i++) {
        if (intake->drafts.items[i].application_id[0] == '\0') {
            status = adopt(&intake->drafts.items[i], intake, &identified);
        }
    }
    lac_map_free(&identified);
    return status;
}

/* ---- sorting -------------------------------------------------------------------------------- */

typedef struct row {
    const lac_draft *draft;
    int64_t number;
    uint32_t was;
} row;

static int by_place(const void *a, const void *b)
{
    const row *x = a;
    const row *y = b;
    int order = strcmp(x->draft->application_id, y->draft->application_id);
    if (order == 0 && x->number != y->number) {
        order = x->number < y->number ? -1 : 1;
    }
    if (order == 0) {
        order = strcmp(x->draft->model.folder, y->draft->model.folder);
    }
    return order != 0 ? order : (x->was > y->was) - (x->was < y->was);
}

static void move_placements(lac_intake *intake, lac_placement *moved, uint32_t *place,
                            const row *rows)
{
    uint32_t to = 0;
    for (size_t i = 0; i < intake->drafts.count; i++) {
        const lac_sequence *from = &rows[i].draft->model;
        for (uint32_t k = 0; k < from->placement_count; k++) {
            place[from->first_placement + k] = to;
            moved[to] = intake->placements.items[from->first_placement + k];
            moved[to++].sequence = (uint32_t)i;
        }
    }
}

static lacuna_status move_documents(lac_intake *intake, const row *rows)
{
    size_t to = 0;
    lac_v4_document *moved = calloc(intake->documents.count + 1, sizeof *moved);
    if (moved == NULL) {
        return lac_fail_nomem(intake->err);
    }
    for (size_t i = 0; i < intake->drafts.count; i++) {
        uint32_t count = rows[i].draft->model.documents;
        for (uint32_t k = 0; k < count; k++) {
            moved[to] = intake->documents.items[rows[i].draft->first_document + k];
            moved[to++].sequence = (uint32_t)i;
        }
    }
    memcpy(intake->documents.items, moved, to * sizeof *moved);
    free(moved);
    return LACUNA_OK;
}

static void renumber(lac_intake *intake, const uint32_t *to, const uint32_t *place)
{
    for (size_t i = 0; i < intake->backbones.count; i++) {
        intake->backbones.items[i].sequence = to[intake->backbones.items[i].sequence];
    }
    for (size_t i = 0; i < intake->keywords.count; i++) {
        intake->keywords.items[i].sequence = to[intake->keywords.items[i].sequence];
    }
    for (size_t i = 0; i < intake->exclusions.count; i++) {
        intake->exclusions.items[i].placement = place[intake->exclusions.items[i].placement];
    }
    for (size_t i = 0; i < intake->keyword_uses.count; i++) {
        intake->keyword_uses.items[i].placement = place[intake->keyword_uses.items[i].placement];
    }
    for (uint32_t i = 0; i < intake->file_count; i++) {
        uint32_t *sequence = &intake->files[i].sequence;
        *sequence = *sequence == LAC_NONE ? LAC_NONE : to[*sequence];
    }
}

static lacuna_status move_drafts(lac_intake *intake, lac_draft *moved, const row *rows,
                                 const uint32_t *to)
{
    uint32_t first = 0, first_document = 0;
    for (size_t i = 0; i < intake->drafts.count; i++) {
        lac_sequence *sequence = &moved[i].model;
        moved[i] = *rows[i].draft;
        sequence->first_placement = first;
        first += sequence->placement_count;
        moved[i].first_document = first_document;
        first_document += sequence->documents;
        if (sequence->grouped_in != LAC_NONE) {
            sequence->grouped_in = to[sequence->grouped_in];
        } else if (lac_map_put(&intake->folder_map, 0, lac_span_of(sequence->folder),
                               (uint32_t)i) != LACUNA_OK) {
            return lac_fail_nomem(intake->err);
        }
    }
    return LACUNA_OK;
}

static lacuna_status reorder(lac_intake *intake)
{
    size_t count = intake->drafts.count;
    size_t placements = intake->placements.count;
    lacuna_status status = LACUNA_OK;
    row *rows = calloc(count, sizeof *rows);
    uint32_t *to = calloc(count, sizeof *to);
    lac_draft *drafts = calloc(count, sizeof *drafts);
    uint32_t *place = calloc(placements + 1, sizeof *place);
    lac_placement *moved = calloc(placements + 1, sizeof *moved);
    if (rows == NULL || to == NULL || drafts == NULL || place == NULL || moved == NULL) {
        status = lac_fail_nomem(intake->err);
        goto cleanup;
    }
    for (size_t i = 0; i < count; i++) {
        const lac_draft *draft = &intake->drafts.items[i];
        rows[i] = (row){draft, draft_number(draft), (uint32_t)i};
    }
    qsort(rows, count, sizeof *rows, by_place);
    for (size_t i = 0; i < count; i++) {
        to[rows[i].was] = (uint32_t)i;
    }
    move_placements(intake, moved, place, rows);
    renumber(intake, to, place);
    status = intake->documents.count > 0 ? move_documents(intake, rows) : LACUNA_OK;
    if (status == LACUNA_OK) {
        status = move_drafts(intake, drafts, rows, to);
    }
    if (status == LACUNA_OK) {
        memcpy(intake->drafts.items, drafts, count * sizeof *drafts);
        if (placements > 0) {
            memcpy(intake->placements.items, moved, placements * sizeof *moved);
        }
    }
cleanup:
    free(rows);
    free(to);
    free(drafts);
    free(place);
    free(moved);
    return status;
}

/* ---- applications and activities ------------------------------------------------------------ */

static lacuna_status list_missing(lac_application *application, lac_intake *intake, int64_t lowest,
                                  int64_t highest, const char *present)
{
    const lac_sequence *first = &intake->drafts.items[application->first_sequence].model;
    int width = first->standard == LAC_STANDARD_ECTD_3 ? 4 : 1;
    size_t count = 0;
    for (int64_t n = lowest; n <= highest; n++) {
        count += present[n - lowest] == 0;
    }
    const char **names = lac_arena_array(intake->arena, count, sizeof *names);
    if (names == NULL) {
        return lac_fail_nomem(intake->err);
    }
    for (int64_t n = lowest; n <= highest; n++) {
        char text[24];
        if (present[n - lowest] != 0) {
            continue;
        }
        (void)snprintf(text, sizeof text, "%0*lld", width, (long long)n);
        names[application->missing_count] = lac_intake_copy(intake, lac_span_of(text));
        if (names[application->missing_count++] == NULL) {
            return LACUNA_E_NOMEM;
        }
    }
    application->missing_sequences = names;
    return LACUNA_OK;
}

/* Sequences stand in the order of their numbers; those without one come first. */
static lacuna_status find_missing(lac_application *application, lac_intake *intake)
{
    const lac_draft *drafts = &intake->drafts.items[application->first_sequence];
    uint32_t first = 0;
    while (first < application->sequence_count && draft_number(&drafts[first]) < 0) {
        first++;
    }
    if (first == application->sequence_count) {
        return LACUNA_OK;
    }
    int64_t lowest = draft_number(&drafts[first]);
    int64_t highest = draft_number(&drafts[application->sequence_count - 1]);
    if (highest - lowest > LAC_ECTD_MISSING_MAX) {
        return lac_intake_trouble(intake, "ectd/sequence-gap", false, "", application->id,
                                  "the sequence numbers go from %lld to %lld: too far apart to "
                                  "list what is missing",
                                  (long long)lowest, (long long)highest);
    }
    char *present = calloc((size_t)(highest - lowest) + 1, 1);
    if (present == NULL) {
        return lac_fail_nomem(intake->err);
    }
    for (uint32_t i = first; i < application->sequence_count; i++) {
        present[draft_number(&drafts[i]) - lowest] = 1;
    }
    lacuna_status status = list_missing(application, intake, lowest, highest, present);
    free(present);
    return status;
}

static void take_application(lac_application *application, const lac_draft *draft)
{
    application->id = draft->application_id;
    application->sequence_count++;
    if (application->type[0] == '\0') {
        application->type = draft->application_type;
    }
    if (application->product[0] == '\0') {
        application->product = draft->model.product;
    }
}

static lacuna_status list_applications(lac_intake *intake)
{
    lac_submission *out = intake->out;
    lac_application *list = lac_arena_array(intake->arena, intake->drafts.count, sizeof *list);
    if (list == NULL) {
        return lac_fail_nomem(intake->err);
    }
    for (uint32_t i = 0; i < intake->drafts.count; i++) {
        lac_draft *draft = &intake->drafts.items[i];
        lac_application *last =
            out->application_count > 0 ? &list[out->application_count - 1] : NULL;
        if (last == NULL || strcmp(last->id, draft->application_id) != 0) {
            last = &list[out->application_count++];
            *last = (lac_application){.type = "", .product = "", .first_sequence = i};
        }
        take_application(last, draft);
        draft->model.application = out->application_count - 1;
    }
    out->applications = list;
    for (uint32_t i = 0; i < out->application_count; i++) {
        lacuna_status status = find_missing(&list[i], intake);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    return LACUNA_OK;
}

/* An activity is all sequences of one submission-id (US 3.2.2) or submission (4.0). */
static lacuna_status list_activities(lac_intake *intake)
{
    lac_submission *out = intake->out;
    lac_map map;
    lacuna_status status = LACUNA_OK;
    lac_activity *list = lac_arena_array(intake->arena, intake->drafts.count, sizeof *list);
    if (list == NULL) {
        return lac_fail_nomem(intake->err);
    }
    lac_map_init(&map);
    for (size_t i = 0; i < intake->drafts.count && status == LACUNA_OK; i++) {
        lac_draft *draft = &intake->drafts.items[i];
        lac_sequence *sequence = &draft->model;
        lac_span id = lac_span_of(sequence->submission_id);
        sequence->activity = id.len == 0 ? LAC_NONE : lac_map_find(&map, sequence->application, id);
        if (id.len > 0 && sequence->activity == LAC_NONE) {
            sequence->activity = out->activity_count++;
            list[sequence->activity] =
                (lac_activity){sequence->application, id.ptr, draft->activity_type};
            status = lac_map_put(&map, sequence->application, id, sequence->activity);
        }
    }
    lac_map_free(&map);
    out->activities = list;
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(intake->err);
}

lacuna_status lac_order_sequences(lac_intake *intake)
{
    lacuna_status status = identify(intake);
    if (status == LACUNA_OK) {
        status = reorder(intake);
    }
    if (status == LACUNA_OK) {
        status = list_applications(intake);
    }
    return status == LACUNA_OK ? list_activities(intake) : status;
}
