#include "writers/response.h"
#include "api/letter.h"
#include "api/options.h"
#include "api/response_manifest.h"
#include "api/response_template.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_COUNT = 8, OUTPUT_MAX = 1 << 30, NAME_MAX_BYTES = 1024 };

static const char *const FILES[FILE_COUNT] = {
    "plan.json",   "response.docx", "cover-letter.docx", "response.md",
    "tracker.csv", "tracker.xlsx",  "commitments.csv",   LAC_MANIFEST_NAME};

struct lacuna_reply {
    const lacuna_letter *letter;
    lac_limits limits;
    lac_response_plan *plan;
    lac_buf used_plan; /* as a person wrote it; empty: none */
    lac_response made;
    bool is_made;
    lac_response_templates templates;
    lac_digest digests[FILE_COUNT]; /* of what was written; "": not yet */
    char placements[2][NAME_MAX_BYTES];
    char date[32];
};

const char *const *lacuna_reply_files(size_t *count)
{
    *count = FILE_COUNT;
    return FILES;
}

/* ---- opening -------------------------------------------------------------------------------- */

static lacuna_status refuse(const lacuna_letter *letter, int32_t allow_incomplete,
                            lacuna_error *err)
{
    if (letter->resolved == NULL) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "the cites of the letter were not looked up");
    }
    if (letter->model->query_count == 0) {
        return lac_fail(err, LACUNA_E_NOTFOUND, "the letter asks for nothing that was found");
    }
    if (letter->model->incomplete && allow_incomplete == 0) {
        return lac_fail_remedy(err, LACUNA_E_FORMAT,
                               "get the whole letter, or answer what is there with "
                               "--allow-incomplete: every file then says so",
                               "the letter is incomplete: %.160s",
                               letter->model->note_count > 0 ? letter->model->notes[0] : "");
    }
    return LACUNA_OK;
}

lacuna_status lacuna_reply_open(lacuna_reply **out, const lacuna_letter *letter,
                                int32_t allow_incomplete, const lacuna_options *options,
                                lacuna_error *err)
{
    *out = NULL;
    lacuna_status status = refuse(letter, allow_incomplete, err);
    if (status != LACUNA_OK) {
        return status;
    }
    lacuna_reply *r = calloc(1, sizeof *r);
    if (r == NULL) {
        return lac_fail_nomem(err);
    }
    r->letter = letter;
    r->limits = *lac_options_limits(options);
    lac_buf_init(&r->used_plan, (size_t)r->limits.json_bytes);
    lac_arena_init(&r->made.arena);
    memcpy(r->date, letter->as_of, sizeof letter->as_of - 1);
    memcpy(r->date + sizeof letter->as_of - 1, "T00:00:00Z", sizeof "T00:00:00Z");
    const lac_response_given given = {.letter = letter->model,
                                      .letter_path = letter->path,
                                      .letter_digest = letter->digest,
                                      .as_of = letter->as_of,
                                      .filed = &letter->filed.set,
                                      .resolved = letter->resolved};
    status = lac_response_plan_make(&r->plan, &given, err);
    if (status != LACUNA_OK) {
        lacuna_reply_free(r);
        return status;
    }
    *out = r;
    return LACUNA_OK;
}

void lacuna_reply_free(lacuna_reply *response)
{
    if (response != NULL) {
        lac_response_free(&response->made);
        lac_response_plan_free(response->plan);
        lac_response_templates_free(&response->templates);
        lac_buf_free(&response->used_plan);
        free(response);
    }
}

lacuna_status lacuna_reply_use_plan(lacuna_reply *response, const char *json, size_t length,
                                    lacuna_error *err)
{
    lac_buf_clear(&response->used_plan);
    if (lac_buf_append(&response->used_plan, json, length) != LACUNA_OK) {
        return lac_fail(err, LACUNA_E_LIMIT, "the plan is too long");
    }
    return lac_response_plan_apply(response->plan, lac_buf_span(&response->used_plan), err);
}

lacuna_status lacuna_reply_template(lacuna_reply *response, const char *name, const char *path,
                                    lacuna_error *err)
{
    return lac_response_template_read(&response->templates, name, path, &response->limits, err);
}

/* ---- making --------------------------------------------------------------------------------- */

static lacuna_status make(lacuna_reply *r, lacuna_error *err)
{
    if (r->is_made) {
        return LACUNA_OK;
    }
    lac_response_free(&r->made);
    lacuna_status status = lac_response_make(&r->made, r->plan, r->letter->rules, err);
    r->is_made = status == LACUNA_OK;
    return status;
}

uint64_t lacuna_reply_count(lacuna_reply *response, const char *name)
{
    const lac_response_plan *plan = response->plan;
    uint64_t sources = 0, commitments = 0, cites = 0;
    for (uint32_t i = 0; i < plan->step_count; i++) {
        const lac_response_step *step = &plan->steps[i];
        sources += step->source_count;
        commitments += step->commitment_count;
        for (uint32_t c = 0; c < step->query->cite_count; c++) {
            cites += strcmp(lac_cite_state_name(step->cites[c].state), name) == 0 ? 1 : 0;
        }
    }
    if (strcmp(name, "needed") == 0) {
        return make(response, NULL) == LACUNA_OK ? response->made.needed : 0;
    }
    return strcmp(name, "queries") == 0       ? plan->step_count
           : strcmp(name, "sources") == 0     ? sources
           : strcmp(name, "commitments") == 0 ? commitments
                                              : cites;
}

const char *lacuna_reply_placement(lacuna_reply *response, const char *name)
{
    bool cover = strcmp(name, "cover-letter.docx") == 0;
    if ((!cover && strcmp(name, "response.docx") != 0) || make(response, NULL) != LACUNA_OK) {
        return NULL;
    }
    const lac_letter_rule *rule = cover ? response->made.cover_placement : response->made.placement;
    char *out = response->placements[cover ? 1 : 0];
    lac_buf text;
    lac_buf_init(&text, NAME_MAX_BYTES - 1);
    lacuna_status status =
        lac_buf_printf(&text, "%s %s [%s]", rule->value, rule->text, rule->citation);
    if (status == LACUNA_OK) {
        memcpy(out, lac_buf_text(&text), text.len + 1);
    }
    lac_buf_free(&text);
    return status == LACUNA_OK ? out : NULL;
}

/* ---- writing -------------------------------------------------------------------------------- */

static int append(void *user, const void *data, size_t length)
{
    return lac_buf_append(user, data, length) == LACUNA_OK ? 0 : -1;
}

static lacuna_status write_plan(lacuna_reply *r, lac_buf *out, lacuna_error *err)
{
    if (r->used_plan.len > 0) {
        return lac_buf_append_span(out, lac_buf_span(&r->used_plan)) == LACUNA_OK
                   ? LACUNA_OK
                   : lac_fail_nomem(err);
    }
    return lac_response_plan_write(out, r->plan, err);
}

static lacuna_status write_manifest(lacuna_reply *r, lac_buf *out, lacuna_error *err)
{
    lac_manifest_file files[FILE_COUNT];
    uint32_t count = 0;
    for (uint32_t i = 0; i < FILE_COUNT; i++) {
        if (r->digests[i].hex[0] != '\0') {
            files[count++] = (lac_manifest_file){FILES[i], r->digests[i].hex};
        }
    }
    const lac_manifest_given given = {.plan = r->plan,
                                      .response = &r->made,
                                      .sources = r->letter->filed.given,
                                      .source_count = r->letter->filed.given_count,
                                      .files = files,
                                      .file_count = count};
    return lac_manifest_write(&given, append, out, err);
}

static lacuna_status write_word(lacuna_reply *r, const char *name, lac_buf *out, lacuna_error *err)
{
    const lac_response_word word = {.plan = r->plan,
                                    .response = &r->made,
                                    .templates = &r->templates,
                                    .date = r->date,
                                    .limits = &r->limits};
    return lac_response_word_write(&word, name, append, out, err);
}

static lacuna_status render(lacuna_reply *r, const char *name, lac_buf *out, lacuna_error *err)
{
    const lac_response_report report = {r->plan, &r->made};
    if (strcmp(name, "plan.json") == 0) {
        return write_plan(r, out, err);
    }
    lacuna_status status = make(r, err);
    if (status != LACUNA_OK) {
        return status;
    }
    if (strcmp(name, LAC_MANIFEST_NAME) == 0) {
        return write_manifest(r, out, err);
    }
    if (strcmp(name, "response.md") == 0) {
        return lac_markdown_response(&report, append, out, err);
    }
    if (strcmp(name, "commitments.csv") == 0) {
        return lac_csv_commitments(r->plan, append, out, err);
    }
    if (strcmp(name, "tracker.csv") == 0 || strcmp(name, "tracker.xlsx") == 0) {
        return lac_response_tracker(&report, strcmp(name, "tracker.xlsx") == 0, append, out, err);
    }
    return write_word(r, name, out, err);
}

lacuna_status lacuna_reply_changed(int32_t *changed, lacuna_reply *response, const char *folder,
                                   const char *name, lacuna_error *err)
{
    lac_buf out;
    lac_digest now;
    bool is_changed = false;
    *changed = 0;
    if (strcmp(name, LAC_MANIFEST_NAME) == 0) {
        return LACUNA_OK; /* nobody's work but ours */
    }
    lac_buf_init(&out, OUTPUT_MAX);
    lacuna_status status = render(response, name, &out, err);
    if (status == LACUNA_OK) {
        status = lac_sha256(&now, lac_buf_span(&out), err);
    }
    if (status == LACUNA_OK) {
        status = lac_manifest_changed(&is_changed, folder, name, now.hex, err);
    }
    lac_buf_free(&out);
    *changed = is_changed ? 1 : 0;
    return status;
}

lacuna_status lacuna_reply_write(lacuna_reply *response, const char *name, lacuna_write_fn write,
                                 void *user, lacuna_error *err)
{
    uint32_t index = 0;
    while (index < FILE_COUNT && strcmp(FILES[index], name) != 0) {
        index++;
    }
    if (index == FILE_COUNT) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "a response has no file \"%.60s\"", name);
    }
    lac_buf out;
    lac_buf_init(&out, OUTPUT_MAX);
    lacuna_status status = render(response, name, &out, err);
    if (status == LACUNA_OK) {
        status = lac_sha256(&response->digests[index], lac_buf_span(&out), err);
    }
    if (status == LACUNA_OK && write(user, lac_buf_text(&out), out.len) != 0) {
        status = lac_fail(err, LACUNA_E_IO, "%s could not be written", name);
    }
    lac_buf_free(&out);
    return status;
}
