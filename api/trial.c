/* Test sentences of a checklist, for the author who works on its terms. */
#include "analyzer/checklist.h"
#include "analyzer/pack_trial.h"
#include "api/options.h"
#include "parsers/package/package.h"
#include "support/error.h"
#include "writers/output.h"

#include <stdlib.h>

typedef struct trying {
    lac_output output;
    const lac_item *item;
    bool named; /* the id of the item was written */
    bool all;   /* what passes is told too */
    uint64_t tried, failed, silent_items;
} trying;

static void write_quoted(lac_output *output, lac_span text)
{
    lac_output_char(output, '"');
    lac_output_span(output, text);
    lac_output_char(output, '"');
}

static void write_match(lac_output *output, const char *sentence, lac_match match)
{
    lac_output_text(output, " at ");
    lac_output_uint(output, match.start);
    lac_output_text(output, ": ");
    write_quoted(output, lac_span_make(sentence + match.start, match.end - match.start));
}

static void write_term(lac_output *output, const char *list, const char *term)
{
    lac_output_text(output, list);
    lac_output_char(output, ' ');
    write_quoted(output, lac_span_of(term == NULL ? "" : term));
}

static void write_outcome(lac_output *output, const lac_trial *trial, const char *sentence)
{
    if (trial->fact != NULL) {
        lac_output_text(output, trial->fact->name);
        lac_output_text(output, ": ");
        write_term(output, trial->strict ? "any" : "here", trial->term);
        write_match(output, sentence, trial->match);
    }
    if (trial->forbidden) {
        lac_output_text(output, trial->fact == NULL ? "" : "; ");
        write_term(output, "never", trial->never);
        write_match(output, sentence, trial->never_match);
    }
    if (trial->fact == NULL && !trial->forbidden) {
        lac_output_text(output, "no term matches: ");
        write_quoted(output, lac_span_of(sentence));
    }
}

static void write_line(trying *t, const lac_trial *trial, const char *sentence, bool must_match,
                       uint32_t number)
{
    lac_output *output = &t->output;
    bool loose = !must_match && trial->passed && trial->fact != NULL;
    if (trial->passed && !t->all) {
        return;
    }
    if (!t->named) {
        lac_output_text(output, t->item->id);
        lac_output_char(output, '\n');
        t->named = true;
    }
    lac_output_text(output, !trial->passed ? "  FAIL  " : loose ? "  note  " : "  ok    ");
    lac_output_text(output, must_match ? "match " : "innocent ");
    lac_output_uint(output, number);
    lac_output_text(output, loose ? "  in a section of the item: " : "  ");
    write_outcome(output, trial, sentence);
    lac_output_char(output, '\n');
}

static lacuna_status try_list(trying *t, const char *const *sentences, uint32_t count,
                              bool must_match, lacuna_error *err)
{
    for (uint32_t i = 0; i < count; i++) {
        lac_trial trial;
        lacuna_status status = lac_trial_run(&trial, t->item, sentences[i], must_match, err);
        if (status != LACUNA_OK) {
            return status;
        }
        t->tried++;
        t->failed += trial.passed ? 0 : 1;
        write_line(t, &trial, sentences[i], must_match, i + 1);
    }
    return LACUNA_OK;
}

static lacuna_status try_items(trying *t, const lac_checklist *list, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < list->item_count && status == LACUNA_OK; i++) {
        const lac_item *item = &list->items[i];
        bool has_terms = item->expect.fact_count + item->expect.never_count > 0;
        t->item = item;
        t->named = false;
        t->silent_items += has_terms && item->match_count + item->innocent_count == 0 ? 1 : 0;
        status = try_list(t, item->match, item->match_count, true, err);
        if (status == LACUNA_OK) {
            status = try_list(t, item->innocent, item->innocent_count, false, err);
        }
    }
    return status;
}

static void write_sums(trying *t, const char *path)
{
    lac_output *output = &t->output;
    lac_output_text(output, path);
    lac_output_text(output, ": ");
    lac_output_uint(output, t->tried);
    lac_output_text(output, t->tried == 1 ? " sentence, " : " sentences, ");
    lac_output_uint(output, t->failed);
    lac_output_text(output, " failed");
    if (t->silent_items > 0) {
        lac_output_text(output, "; items with terms but no sentences: ");
        lac_output_uint(output, t->silent_items);
    }
    lac_output_char(output, '\n');
}

lacuna_status lacuna_checklist_test(uint64_t *problems, const char *path,
                                    const lacuna_options *options, lacuna_write_fn write,
                                    void *user, lacuna_error *err)
{
    char *bytes = NULL;
    size_t length = 0;
    lac_checklist *list = NULL;
    lac_source source = {.kind = LAC_SOURCE_PATH, .path = path};
    trying t = {.all = options == NULL || options->detail != LAC_DETAIL_SUMMARY};
    *problems = 0;
    lac_output_init(&t.output, write, user);
    lacuna_status status =
        lac_source_read(&bytes, &length, &source, LAC_LIMITS_DEFAULT.json_bytes, err);
    if (status == LACUNA_OK) {
        status =
            lac_checklist_load(&list, lac_span_make(bytes, length), path, &LAC_LIMITS_DEFAULT, err);
    }
    if (status == LACUNA_OK) {
        status = try_items(&t, list, err);
    }
    if (status == LACUNA_OK) {
        write_sums(&t, path);
        *problems = t.failed;
        status = lac_output_finish(&t.output, err);
    }
    lac_checklist_free(list);
    free(bytes);
    return status;
}
