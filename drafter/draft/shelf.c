#include "drafter/draft/shelf.h"

#include "drafter/draft/compose.h"
#include "support/error.h"
#include "support/json_parse.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define STEP_SCHEMA "lacuna.step/1"

enum { PATH_ROOM = 4096, STEPS_MAX = 100000, PASSAGES_MAX = 1 << 20 };

/* ---- reading -------------------------------------------------------------------------------- */

const char *lac_shelf_text(const json_t *step, const char *key)
{
    const char *text = json_string_value(json_object_get(step, key));
    return text == NULL ? "" : text;
}

static lacuna_status add_step(lac_shelf *shelf, json_t *tree, lacuna_error *err)
{
    void *steps = shelf->steps;
    lacuna_status status =
        lac_grow(&steps, &shelf->capacity, shelf->count + 1, sizeof *shelf->steps, STEPS_MAX);
    shelf->steps = steps;
    if (status != LACUNA_OK) {
        json_decref(tree);
        return status == LACUNA_E_NOMEM ? lac_fail_nomem(err)
                                        : lac_fail(err, status, "the folder has too many drafts");
    }
    shelf->steps[shelf->count++] = tree;
    return LACUNA_OK;
}

static lacuna_status read_step(void *user, const char *name, lacuna_error *err)
{
    lac_shelf *shelf = user;
    bool found;
    lac_buf content;
    json_error_t where;
    json_t *tree = NULL;
    lac_buf_init(&content, LAC_STEP_BYTES_MAX);
    lacuna_status status = lac_run_folder_read(&content, &found, shelf->kept, name, err);
    if (status == LACUNA_OK && found) {
        status = lac_json_parse(&tree, lac_buf_span(&content), 0, &where);
        status = status == LACUNA_E_NOMEM ? lac_fail_nomem(err) : LACUNA_OK;
    }
    lac_buf_free(&content);
    bool is_step = strcmp(lac_shelf_text(tree, "schema"), STEP_SCHEMA) == 0 &&
                   lac_shelf_text(tree, "gap")[0] != '\0' &&
                   lac_shelf_text(tree, "draft_sha256")[0] != '\0';
    if (status == LACUNA_OK && is_step) {
        return add_step(shelf, tree, err);
    }
    json_decref(tree);
    return status;
}

/* Only to tell which steps are still wanted; a plan that is none tells nothing. */
static lacuna_status read_plan(lac_shelf *shelf, lacuna_error *err)
{
    bool found;
    lac_buf content;
    json_error_t where;
    lac_buf_init(&content, LAC_STEP_BYTES_MAX);
    lacuna_status status = lac_run_folder_read(&content, &found, shelf->folder, "plan.json", err);
    if (status == LACUNA_OK && found &&
        lac_json_parse(&shelf->plan, lac_buf_span(&content), 0, &where) == LACUNA_E_NOMEM) {
        status = lac_fail_nomem(err);
    }
    lac_buf_free(&content);
    return status;
}

bool lac_shelf_is_planned(const lac_shelf *shelf, const json_t *step)
{
    const json_t *list = json_object_get(shelf->plan, "steps");
    const char *gap = lac_shelf_text(step, "gap");
    size_t index;
    const json_t *one;
    json_array_foreach(list, index, one)
    {
        const char *checklist = lac_shelf_text(one, "checklist");
        size_t length = strlen(checklist);
        if (strncmp(gap, checklist, length) == 0 && gap[length] == '/' &&
            strcmp(gap + length + 1, lac_shelf_text(one, "item")) == 0) {
            return true;
        }
    }
    return !json_is_array(list);
}

static int compare(const void *a, const void *b)
{
    return strcmp(lac_shelf_text(*(json_t *const *)a, "gap"),
                  lac_shelf_text(*(json_t *const *)b, "gap"));
}

static lacuna_status open_shelf(lac_shelf *shelf, const char *path, lacuna_error *err)
{
    char steps[PATH_ROOM];
    struct stat facts;
    int length = snprintf(steps, sizeof steps, "%s/steps", path);
    if (length < 0 || length >= PATH_ROOM || stat(steps, &facts) != 0 || !S_ISDIR(facts.st_mode)) {
        return lac_fail_remedy(err, LACUNA_E_NOTFOUND, "name the folder that lacuna draft -o wrote",
                               "%.180s holds no drafts", path);
    }
    lacuna_status status = lac_run_folder_open(&shelf->folder, path, err);
    if (status == LACUNA_OK) {
        status = lac_run_folder_open(&shelf->kept, steps, err);
    }
    if (status == LACUNA_OK) {
        status = lac_review_read(&shelf->review, shelf->folder, err);
    }
    if (status == LACUNA_OK) {
        status = lac_run_folder_each(shelf->kept, ".json", read_step, shelf, err);
    }
    if (status == LACUNA_OK) {
        status = read_plan(shelf, err);
    }
    if (status == LACUNA_OK && shelf->count > 0) {
        qsort(shelf->steps, shelf->count, sizeof *shelf->steps, compare);
    }
    return status;
}

lacuna_status lac_shelf_open(lac_shelf **out, const char *path, lacuna_error *err)
{
    *out = NULL;
    lac_shelf *shelf = calloc(1, sizeof *shelf);
    if (shelf == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&shelf->review.arena);
    lacuna_status status = open_shelf(shelf, path, err);
    if (status != LACUNA_OK) {
        lac_shelf_close(shelf);
        return status;
    }
    *out = shelf;
    return LACUNA_OK;
}

void lac_shelf_close(lac_shelf *shelf)
{
    if (shelf == NULL) {
        return;
    }
    for (size_t i = 0; i < shelf->count; i++) {
        json_decref(shelf->steps[i]);
    }
    free(shelf->steps);
    json_decref(shelf->plan);
    lac_review_free(&shelf->review);
    lac_run_folder_close(shelf->kept);
    lac_run_folder_close(shelf->folder);
    free(shelf);
}

/* ---- looking up ----------------------------------------------------------------------------- */

const json_t *lac_shelf_find(const lac_shelf *shelf, const char *gap)
{
    const json_t *found = NULL;
    for (size_t i = 0; i < shelf->count; i++) {
        const char *name = lac_shelf_text(shelf->steps[i], "gap");
        const char *slash = strchr(name, '/');
        if (strcmp(name, gap) == 0) {
            return shelf->steps[i];
        }
        if (slash != NULL && strcmp(slash + 1, gap) == 0) {
            if (found != NULL) {
                return NULL;
            }
            found = shelf->steps[i];
        }
    }
    return found;
}

const char *lac_shelf_state(const lac_shelf *shelf, const json_t *step)
{
    const lac_draft_decision *decision =
        lac_review_find(&shelf->review, lac_shelf_text(step, "gap"));
    return decision != NULL && strcmp(decision->draft, lac_shelf_text(step, "draft_sha256")) == 0
               ? decision->state
               : "drafted";
}

/* ---- a person's text ------------------------------------------------------------------------ */

static lacuna_status read_passages(lac_source_passage **out, uint32_t *count, lac_arena *arena,
                                   const json_t *step, lacuna_error *err)
{
    const json_t *list = json_object_get(step, "passages");
    size_t index;
    const json_t *one;
    *count = 0;
    *out = json_array_size(list) > PASSAGES_MAX
               ? NULL
               : lac_arena_array(arena, json_array_size(list) + 1, sizeof **out);
    if (*out == NULL) {
        return lac_fail_nomem(err);
    }
    json_array_foreach(list, index, one)
    {
        const json_t *text = json_object_get(one, "text");
        if (json_is_string(text)) {
            (*out)[(*count)++] = (lac_source_passage){
                lac_span_make(json_string_value(text), json_string_length(text)),
                lac_span_of(lac_shelf_text(one, "section"))};
        }
    }
    return LACUNA_OK;
}

lacuna_status lac_shelf_failures(lac_statements *s, const json_t *step, lac_span text,
                                 lacuna_error *err)
{
    lac_source_passage *passages;
    uint32_t count;
    lac_sources *ground = NULL;
    lacuna_status status = read_passages(&passages, &count, s->arena, step, err);
    if (status == LACUNA_OK) {
        status = lac_sources_new(&ground, passages, count, err);
    }
    if (status == LACUNA_OK) {
        const lac_material material = {.ground = ground, .passage_count = count};
        s->material = &material;
        s->err = err;
        status = lac_edited_failures(s, text);
        s->material = NULL;
    }
    lac_sources_free(ground);
    return status;
}
