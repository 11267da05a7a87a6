#include "api/run.h"

#include "api/packs.h"
#include "api/pool.h"
#include "api/response_check.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A run while it is executed. */
typedef struct execution {
    lacuna_run *run;
    lacuna_result *result;
    lac_analyze_options analyze;
    size_t *order; /* inputs, largest first */
    uint64_t done;
} execution;

lacuna_status lacuna_run_new(lacuna_run **out, const lacuna_options *options, lacuna_error *err)
{
    *out = NULL;
    lacuna_run *run = calloc(1, sizeof *run);
    if (run == NULL) {
        return lac_fail_nomem(err);
    }
    lac_inputs_init(&run->inputs);
    run->inputs.packages = true;
    atomic_init(&run->cancelled, false);
    lacuna_status status = lac_options_copy(&run->options, options, err);
    if (status != LACUNA_OK) {
        free(run);
        return status;
    }
    *out = run;
    return LACUNA_OK;
}

void lacuna_run_free(lacuna_run *run)
{
    if (run != NULL) {
        lac_inputs_free(&run->inputs);
        lacuna_options_free(run->options);
        free(run);
    }
}

static lacuna_status fail_executed(lacuna_error *err)
{
    return lac_fail(err, LACUNA_E_ARGUMENT, "the run was already executed");
}

lacuna_status lacuna_run_add(lacuna_run *run, const char *path, lacuna_error *err)
{
    if (run->options == NULL) {
        return fail_executed(err);
    }
    return lac_inputs_add(&run->inputs, path, run->options->root, err);
}

lacuna_status lacuna_run_add_memory(lacuna_run *run, const char *name, const void *data,
                                    size_t length, lacuna_error *err)
{
    if (run->options == NULL) {
        return fail_executed(err);
    }
    return lac_inputs_add_memory(&run->inputs, name, lac_span_make(data, length), err);
}

void lacuna_run_on_progress(lacuna_run *run, lacuna_progress_fn progress, void *user)
{
    run->progress = progress;
    run->progress_user = user;
}

void lacuna_run_cancel(lacuna_run *run)
{
    atomic_store(&run->cancelled, true);
}

/* ---- executing ------------------------------------------------------------------------------ */

static bool is_cancelled(void *user)
{
    const lacuna_run *run = user;
    return atomic_load(&run->cancelled);
}

static void check_one(void *user, size_t index)
{
    execution *e = user;
    size_t input = e->order[index];
    lac_checked *checked = &e->result->checked[input];
    if (atomic_load(&e->run->cancelled)) {
        (void)lac_fail(&checked->error, LACUNA_E_CANCELLED, "not checked: the run was cancelled");
        return;
    }
    if (e->result->inputs.items[input].package) {
        lac_check_package(checked, &e->result->inputs.items[input], e->result->options);
        return;
    }
    lac_pdf_options pdf = lac_options_pdf(e->result->options);
    pdf.empty_without_tool = true; /* nothing is wrong with the document */
    pdf.cancelled = is_cancelled;
    pdf.user = e->run;
    const lac_open_options open = {.limits = &e->result->options->limits, .pdf = &pdf};
    const lac_input *of = &e->result->inputs.items[input];
    lac_analyze_options analyze = e->analyze;
    const char *type =
        lac_options_of_path(e->result->options, &e->result->options->document_types, of->shown);
    analyze.document_type = type == NULL ? analyze.document_type : type;
    lac_check_input(checked, of, &open, &analyze);
}

static void tell_progress(execution *e, const char *path)
{
    lacuna_run *run = e->run;
    if (run->progress != NULL &&
        run->progress(run->progress_user, path, e->done, e->result->inputs.count) != 0) {
        lacuna_run_cancel(run);
    }
}

static void finished_one(void *user, size_t index)
{
    execution *e = user;
    e->done++;
    tell_progress(e, e->result->inputs.items[e->order[index]].shown);
}

typedef struct sized_input {
    uint64_t size;
    size_t index;
} sized_input;

static int compare_sizes(const void *a, const void *b)
{
    const sized_input *x = a;
    const sized_input *y = b;
    if (x->size != y->size) {
        return x->size > y->size ? -1 : 1;
    }
    return x->index < y->index ? -1 : 1;
}

static lacuna_status order_by_size(execution *e, lacuna_error *err)
{
    size_t count = e->result->inputs.count;
    sized_input *sized = calloc(count + 1, sizeof *sized);
    e->order = calloc(count + 1, sizeof *e->order);
    if (sized == NULL || e->order == NULL) {
        free(sized);
        return lac_fail_nomem(err);
    }
    for (size_t i = 0; i < count; i++) {
        sized[i] = (sized_input){e->result->inputs.items[i].size, i};
    }
    qsort(sized, count, sizeof *sized, compare_sizes);
    for (size_t i = 0; i < count; i++) {
        e->order[i] = sized[i].index;
    }
    free(sized);
    return LACUNA_OK;
}

/* UTC, so that two machines agree on the day. */
static lacuna_status set_today(char as_of[11], lacuna_error *err)
{
    struct tm day;
    time_t now = time(NULL);
    if (now == (time_t)-1 || gmtime_r(&now, &day) == NULL ||
        strftime(as_of, 11, "%Y-%m-%d", &day) != 10) {
        return lac_fail(err, LACUNA_E_INTERNAL, "the clock gives no date");
    }
    return LACUNA_OK;
}

static lacuna_status prepare(execution *e, lacuna_error *err)
{
    lacuna_result *result = e->result;
    lac_inputs_settle(&result->inputs);
    lacuna_status status = lac_packs_open(&result->registry, result->options, err);
    if (status == LACUNA_OK) {
        status = lac_packs_verify(result->registry, result->options, err);
    }
    if (status == LACUNA_OK) {
        status = lac_gate_load(&result->gate, result->options, result->registry, err);
    }
    if (status == LACUNA_OK && result->options->as_of[0] == '\0') {
        status = set_today(result->options->as_of, err);
    }
    if (status == LACUNA_OK) {
        status = order_by_size(e, err);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    result->checked = calloc(result->inputs.count + 1, sizeof *result->checked);
    if (result->checked == NULL) {
        return lac_fail_nomem(err);
    }
    result->checked_count = result->inputs.count;
    e->analyze = (lac_analyze_options){
        .registry = result->registry,
        .checklists = (const char *const *)result->options->checklists.items,
        .checklist_count = (uint32_t)result->options->checklists.count,
        .document_type = result->options->document_type,
        .as_of = result->options->as_of,
        .sequence = result->options->sequence,
        .grammars = {result->options->dtd_dir, result->options->schema_dir},
        .facts = lac_options_told(result->options),
        .threads = result->options->jobs,
        .cancelled = is_cancelled,
        .cancel_user = e->run,
    };
    return LACUNA_OK;
}

static lacuna_status execute(execution *e, lacuna_error *err)
{
    lacuna_status status = prepare(e, err);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_pool_work work = {.user = e,
                          .count = e->result->checked_count,
                          .threads = e->result->options->jobs,
                          .work = check_one,
                          .done = finished_one};
    tell_progress(e, NULL);
    status = lac_pool_run(&work, err);
    if (status == LACUNA_OK) {
        status = lac_result_settle(e->result, atomic_load(&e->run->cancelled), err);
    }
    return status;
}

lacuna_status lacuna_run_execute(lacuna_result **out, lacuna_run *run, lacuna_error *err)
{
    *out = NULL;
    if (run->options == NULL) {
        return fail_executed(err);
    }
    lacuna_result *result = calloc(1, sizeof *result);
    if (result == NULL) {
        return lac_fail_nomem(err);
    }
    result->options = run->options;
    result->inputs = run->inputs;
    run->options = NULL;
    lac_inputs_init(&run->inputs);
    execution e = {.run = run, .result = result};
    lacuna_status status = execute(&e, err);
    free(e.order);
    if (status != LACUNA_OK) {
        lacuna_result_free(result);
        return status;
    }
    *out = result;
    return LACUNA_OK;
}
