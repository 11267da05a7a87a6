#define _XOPEN_SOURCE 700 /* realpath */

#include "api/run.h"
#include "api/sequence_folder.h"
#include "support/error.h"
#include "writers/submission_diff.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* One state: a check of the submission up to a sequence. */
typedef struct state {
    char *path;  /* as given */
    char *input; /* to open */
    char *until; /* NULL: all */
    lacuna_result *result;
} state;

struct lacuna_diff {
    state states[LAC_DIFF_SIDES];
    lac_diff *model;
    lac_submission_diff report;
    bool reported;
};

/* ---- what a path stands for ----------------------------------------------------------------- */

static char *copy_text(const char *text, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy != NULL) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

/* One to six digits: what ICH and the agencies call the folder of a sequence. The folder around one
 * that is called otherwise need not be an application. */
static bool is_numbered(const char *name)
{
    size_t digits = strspn(name, "0123456789");
    return digits > 0 && digits <= 6 && name[digits] == '\0';
}

/* The folder of a sequence stands for its application up to this sequence. */
static lacuna_status resolve(state *s, const char *path, const char *until, lacuna_error *err)
{
    char *real = until == NULL && lac_is_sequence_folder(path) ? realpath(path, NULL) : NULL;
    char *slash = real == NULL ? NULL : strrchr(real, '/');
    s->path = copy_text(path, strlen(path));
    if (slash != NULL && slash > real && is_numbered(slash + 1)) {
        s->until = copy_text(slash + 1, strlen(slash + 1));
        s->input = copy_text(real, (size_t)(slash - real));
        until = slash + 1;
    } else {
        s->until = until == NULL ? NULL : copy_text(until, strlen(until));
        s->input = copy_text(path, strlen(path));
    }
    bool done = s->path != NULL && s->input != NULL && (until == NULL || s->until != NULL);
    free(real);
    return done ? LACUNA_OK : lac_fail_nomem(err);
}

/* ---- checking a state ----------------------------------------------------------------------- */

/* Both states are shown under the same name, so that the fingerprints of findings agree. */
static lacuna_status add_input(lacuna_run *run, const state *s, lacuna_error *err)
{
    lac_inputs *inputs = &run->inputs;
    lac_input input = {.shown = lac_arena_copy(&inputs->arena, lac_span_of(".")),
                       .path = lac_arena_copy(&inputs->arena, lac_span_of(s->input)),
                       .size = 1,
                       .submission = true};
    if (s->until != NULL) {
        input.until = lac_arena_copy(&inputs->arena, lac_span_of(s->until));
    }
    if (input.path == NULL || (s->until != NULL && input.until == NULL)) {
        return lac_fail_nomem(err);
    }
    return lac_inputs_append(inputs, &input, err);
}

/* What was compared has to be a submission. */
static lacuna_status judge(const state *s, lacuna_error *err)
{
    const lac_checked *checked = &s->result->checked[0];
    if (checked->is_submission && checked->error.status == LACUNA_OK) {
        return LACUNA_OK;
    }
    if (!checked->is_submission) {
        (void)lac_fail_remedy(err, LACUNA_E_UNSUPPORTED,
                              "name the folder of an application or of a sequence, or a zip file",
                              "%s: no eCTD sequence: no index.xml with module folders, no "
                              "submissionunit.xml, no regional backbone",
                              s->path);
        return LACUNA_E_UNSUPPORTED;
    }
    if (err != NULL) {
        bool named = strstr(checked->error.message, s->path) != NULL;
        *err = checked->error;
        (void)lac_fail(err, (lacuna_status)checked->error.status, "%s%s%s", named ? "" : s->path,
                       named ? "" : ": ", checked->error.message);
    }
    return (lacuna_status)checked->error.status;
}

static lacuna_status check_state(state *s, const lacuna_options *options, lacuna_error *err)
{
    lacuna_run *run;
    lacuna_status status = lacuna_run_new(&run, options, err);
    if (status != LACUNA_OK) {
        return status;
    }
    free(run->options->sequence); /* both states are looked at on their current view */
    run->options->sequence = NULL;
    status = add_input(run, s, err);
    if (status == LACUNA_OK) {
        status = lacuna_run_execute(&s->result, run, err);
    }
    lacuna_run_free(run);
    return status == LACUNA_OK ? judge(s, err) : status;
}

/* ---- the whole ------------------------------------------------------------------------------ */

static lacuna_status compare(lacuna_diff *diff, lacuna_error *err)
{
    const state *from = &diff->states[LAC_DIFF_FROM];
    const state *to = &diff->states[LAC_DIFF_TO];
    lacuna_status status = lac_diff_make(&diff->model, from->result->checked[0].submission,
                                         to->result->checked[0].submission, err);
    if (status != LACUNA_OK) {
        return status;
    }
    diff->reported = true;
    diff->report = (lac_submission_diff){
        .diff = diff->model,
        .states = {{from->path, from->until, &from->result->report},
                   {to->path, to->until, &to->result->report}},
    };
    return lac_submission_diff_make(&diff->report, err);
}

lacuna_status lacuna_diff_open(lacuna_diff **out, const char *from, const char *from_sequence,
                               const char *to, const char *to_sequence,
                               const lacuna_options *options, lacuna_error *err)
{
    *out = NULL;
    lacuna_diff *diff = calloc(1, sizeof *diff);
    if (diff == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = resolve(&diff->states[LAC_DIFF_FROM], from, from_sequence, err);
    if (status == LACUNA_OK) {
        status = resolve(&diff->states[LAC_DIFF_TO], to, to_sequence, err);
    }
    for (int side = 0; side < LAC_DIFF_SIDES && status == LACUNA_OK; side++) {
        status = check_state(&diff->states[side], options, err);
    }
    if (status == LACUNA_OK) {
        status = compare(diff, err);
    }
    if (status != LACUNA_OK) {
        lacuna_diff_free(diff);
        return status;
    }
    *out = diff;
    return LACUNA_OK;
}

void lacuna_diff_free(lacuna_diff *diff)
{
    if (diff == NULL) {
        return;
    }
    if (diff->reported) {
        lac_submission_diff_free(&diff->report);
    }
    lac_diff_free(diff->model);
    for (int side = 0; side < LAC_DIFF_SIDES; side++) {
        free(diff->states[side].path);
        free(diff->states[side].input);
        free(diff->states[side].until);
        lacuna_result_free(diff->states[side].result);
    }
    free(diff);
}

int32_t lacuna_diff_incomplete(const lacuna_diff *diff)
{
    return lac_submission_diff_incomplete(&diff->report) ? 1 : 0;
}

uint64_t lacuna_diff_count(const lacuna_diff *diff, const char *name)
{
    const lac_submission_diff *r = &diff->report;
    for (int i = 0; i < LAC_CHANGE_COUNT; i++) {
        if (strcmp(name, lac_change_name((lac_change_kind)i)) == 0) {
            return r->diff->counts[i];
        }
    }
    const struct {
        const char *name;
        uint64_t count;
    } others[] = {
        {"changes", lac_submission_diff_changes(r)},
        {"unchanged", r->diff->unchanged},
        {"not-supplied", r->diff->not_supplied[LAC_DIFF_FROM] + r->diff->not_supplied[LAC_DIFF_TO]},
        {"new-findings", r->finding_count[LAC_DIFF_TO]},
        {"fixed-findings", r->finding_count[LAC_DIFF_FROM]},
        {"unchanged-findings", r->unchanged_findings},
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (strcmp(name, others[i].name) == 0) {
            return others[i].count;
        }
    }
    return 0;
}

lacuna_status lacuna_diff_render(lacuna_diff *diff, const char *format, lacuna_write_fn write,
                                 void *user, lacuna_error *err)
{
    if (strcmp(format, "json") == 0) {
        return lac_json_submission_diff(&diff->report, write, user, err);
    }
    if (strcmp(format, "csv") == 0) {
        return lac_csv_submission_diff(&diff->report, write, user, err);
    }
    if (strcmp(format, "text") == 0) {
        return lac_text_submission_diff(&diff->report, write, user, err);
    }
    return lac_fail(err, LACUNA_E_ARGUMENT, "there is no diff format \"%s\"", format);
}
