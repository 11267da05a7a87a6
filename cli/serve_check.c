#include "serve.h"

#include "json_text.h"
#include "output.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Lines that hold every word of a question; more are counted. */
enum { LINES_SHOWN = 50, WORDS_MAX = 16 };

/* ---- checking ------------------------------------------------------------------------------- */

static int on_progress(void *user, const char *path, uint64_t done, uint64_t total)
{
    cli_reply *reply = user;
    cli_buffer line = {.max = CLI_ANSWER_MAX};
    cli_buffer_text(&line, "{\"progress\":{\"done\":");
    cli_buffer_number(&line, (long long)done);
    cli_buffer_text(&line, ",\"total\":");
    cli_buffer_number(&line, (long long)total);
    if (path != NULL) {
        cli_buffer_text(&line, ",\"path\":");
        cli_json_string(&line, path, strlen(path));
    }
    cli_buffer_text(&line, "}}\n");
    int stop = line.failed ? 1 : cli_write_descriptor(&reply->output, line.data, line.length);
    cli_buffer_free(&line);
    return stop;
}

/* Checks what a request names or brings. */
static lacuna_status run_check(lacuna_result **out, cli_reply *reply, const cli_request *request)
{
    lacuna_run *run = NULL;
    *out = NULL;
    if (request->path == NULL && request->data == NULL) {
        return cli_reply_refuse(reply, "a document is missing: \"path\", \"data\" or \"text\"");
    }
    lacuna_status status = lacuna_run_new(&run, request->options, &reply->err);
    if (status == LACUNA_OK) {
        status = request->path != NULL ? lacuna_run_add(run, request->path, &reply->err)
                                       : lacuna_run_add_memory(run, request->name, request->data,
                                                               request->length, &reply->err);
    }
    if (status == LACUNA_OK) {
        if (request->progress) {
            lacuna_run_on_progress(run, on_progress, reply);
        }
        status = lacuna_run_execute(out, run, &reply->err);
    }
    lacuna_run_free(run);
    return status;
}

static lacuna_status render_result(const void *what, const char *format, lacuna_write_fn write,
                                   void *sink, lacuna_error *err)
{
    return lacuna_result_render(what, format, NULL, write, sink, err);
}

lacuna_status cli_serve_check(cli_reply *reply, const cli_request *request)
{
    lacuna_result *result;
    lacuna_status status = run_check(&result, reply, request);
    if (status == LACUNA_OK) {
        reply->exit_code = lacuna_result_exit_code(result);
        status = cli_reply_add(reply, request->format, render_result, result);
    }
    lacuna_result_free(result);
    return status;
}

/* ---- evidence for one item ------------------------------------------------------------------ */

static lacuna_status bad_json(cli_reply *reply)
{
    reply->err = (lacuna_error){.status = LACUNA_E_NOMEM, .message = "out of memory"};
    return LACUNA_E_NOMEM;
}

static void add_value(cli_reply *reply, const char *name, const json_t *value)
{
    enum { DIGITS = 6 };
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(DIGITS));
    if (text == NULL) {
        reply->body.failed = true;
    } else {
        cli_reply_add_json(reply, name, text, strlen(text));
    }
    free(text);
}

/* Which checklist an item belongs to, and its whole id. */
static lacuna_status find_item(json_t **item, cli_reply *reply, const cli_request *request)
{
    lacuna_catalog *catalog = NULL;
    cli_buffer text = {.max = CLI_ANSWER_MAX};
    *item = NULL;
    lacuna_status status = lacuna_catalog_open(&catalog, request->options, &reply->err);
    if (status == LACUNA_OK) {
        status = lacuna_catalog_explain(catalog, request->item, "json", NULL, cli_buffer_write,
                                        &text, &reply->err);
    }
    if (status == LACUNA_OK) {
        *item = json_loadb(text.data, text.length, 0, NULL);
        status = *item == NULL ? bad_json(reply) : LACUNA_OK;
    }
    lacuna_catalog_free(catalog);
    cli_buffer_free(&text);
    return status;
}

/* Every verdict about the item, of each document and submission. */
static json_t *verdicts_about(const json_t *report, const json_t *item)
{
    static const char *const groups[] = {"documents", "submissions"};
    const char *id = json_string_value(json_object_get(item, "id"));
    json_t *found = json_array();
    for (size_t g = 0; g < 2 && id != NULL; g++) {
        const json_t *group = json_object_get(report, groups[g]);
        for (size_t i = 0; i < json_array_size(group); i++) {
            const json_t *results = json_object_get(json_array_get(group, i), "results");
            for (size_t k = 0; k < json_array_size(results); k++) {
                json_t *one = json_array_get(results, k);
                const char *name = json_string_value(json_object_get(one, "item"));
                if (name != NULL && strcmp(name, id) == 0) {
                    (void)json_array_append(found, one);
                }
            }
        }
    }
    return found;
}

static lacuna_status evidence_of(cli_reply *reply, const lacuna_result *result, const json_t *item)
{
    cli_buffer text = {.max = CLI_ANSWER_MAX};
    lacuna_status status =
        lacuna_result_render(result, "json", NULL, cli_buffer_write, &text, &reply->err);
    json_t *report = status == LACUNA_OK ? json_loadb(text.data, text.length, 0, NULL) : NULL;
    json_t *found = report == NULL ? NULL : verdicts_about(report, item);
    if (status == LACUNA_OK && found == NULL) {
        status = bad_json(reply);
    }
    if (status == LACUNA_OK) {
        json_t *whole = json_pack(
            "{s:O?, s:O?, s:O?, s:O?, s:o}", "item", json_object_get(item, "id"), "checklist",
            json_object_get(item, "checklist"), "requirement", json_object_get(item, "requirement"),
            "citation", json_object_get(item, "citation"), "results", json_incref(found));
        status = whole == NULL ? bad_json(reply) : LACUNA_OK;
        add_value(reply, "result", whole);
        json_decref(whole);
        reply->exit_code = lacuna_result_exit_code(result) == CLI_INCOMPLETE ? CLI_INCOMPLETE
                           : json_array_size(found) == 0                     ? CLI_NOTHING
                                                                             : CLI_OK;
    }
    json_decref(found);
    json_decref(report);
    cli_buffer_free(&text);
    return status;
}

static lacuna_status evidence_for_item(cli_reply *reply, const cli_request *request)
{
    json_t *item;
    lacuna_result *result = NULL;
    lacuna_status status = find_item(&item, reply, request);
    const char *checklist = json_string_value(json_object_get(item, "checklist"));
    if (status == LACUNA_OK && checklist != NULL) {
        status = lacuna_options_set(request->options, "checklist", checklist, &reply->err);
    }
    status = status == LACUNA_OK ? run_check(&result, reply, request) : status;
    status = status == LACUNA_OK ? evidence_of(reply, result, item) : status;
    lacuna_result_free(result);
    json_decref(item);
    return status;
}

/* ---- lines that hold some words ------------------------------------------------------------- */

static bool is_word(unsigned char byte)
{
    return isalnum(byte) != 0 || byte >= 0x80;
}

/* Whole words, without regard to the case of ASCII letters. */
static bool has_word(const char *line, size_t length, const char *word, size_t word_length)
{
    for (size_t at = 0; at + word_length <= length; at++) {
        size_t same = 0;
        while (same < word_length &&
               tolower((unsigned char)line[at + same]) == tolower((unsigned char)word[same])) {
            same++;
        }
        bool begins = at == 0 || !is_word((unsigned char)line[at - 1]);
        size_t end = at + word_length;
        if (same == word_length && begins &&
            (end == length || !is_word((unsigned char)line[end]))) {
            return true;
        }
    }
    return false;
}

static bool has_all(const char *line, size_t length, const char *words)
{
    static const char spaces[] = " \t\r\n";
    size_t count = 0;
    for (words += strspn(words, spaces); *words != '\0'; words += strspn(words, spaces)) {
        size_t word = strcspn(words, spaces);
        if (++count > WORDS_MAX || !has_word(line, length, words, word)) {
            return false;
        }
        words += word;
    }
    return count > 0;
}

static void add_line(cli_buffer *out, size_t shown, long long number, const char *line,
                     size_t length)
{
    cli_buffer_text(out, shown == 0 ? "{\"text_line\":" : ",{\"text_line\":");
    cli_buffer_number(out, number);
    cli_buffer_text(out, ",\"quote\":");
    cli_json_string(out, line, length);
    cli_buffer_text(out, "}");
}

static lacuna_status evidence_for_words(cli_reply *reply, const cli_request *request)
{
    lacuna_document *document;
    cli_buffer text = {.max = CLI_ANSWER_MAX};
    lacuna_status status = cli_serve_open(&document, reply, request);
    status = status == LACUNA_OK
                 ? lacuna_document_text(document, cli_buffer_write, &text, &reply->err)
                 : status;
    size_t found = 0;
    long long number = 1;
    cli_buffer_text(&reply->body, ",\"result\":{\"lines\":[");
    for (size_t at = 0; at < text.length; number++) {
        const char *line = text.data + at;
        const char *end = memchr(line, '\n', text.length - at);
        size_t length = end == NULL ? text.length - at : (size_t)(end - line);
        if (has_all(line, length, request->words)) {
            if (found < LINES_SHOWN) {
                add_line(&reply->body, found, number, line, length);
            }
            found++;
        }
        at += length + 1;
    }
    cli_buffer_text(&reply->body, "],\"count\":");
    cli_buffer_number(&reply->body, (long long)found);
    cli_buffer_text(&reply->body, "}");
    reply->exit_code = found == 0 ? CLI_NOTHING : CLI_OK;
    cli_buffer_free(&text);
    lacuna_document_free(document);
    return status;
}

lacuna_status cli_serve_evidence(cli_reply *reply, const cli_request *request)
{
    if ((request->item == NULL) == (request->words == NULL)) {
        return cli_reply_refuse(reply, "\"item\" or \"words\", one of them, says what to look for");
    }
    return request->item != NULL ? evidence_for_item(reply, request)
                                 : evidence_for_words(reply, request);
}
