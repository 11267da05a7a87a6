#include "serve.h"

#include "hooks.h"
#include "input.h"
#include "json_text.h"
#include "output.h"
#include "programs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef lacuna_status (*serve_fn)(cli_reply *reply, const cli_request *request);

/* ---- answers -------------------------------------------------------------------------------- */

lacuna_status cli_reply_refuse(cli_reply *reply, const char *message)
{
    reply->err = (lacuna_error){.status = LACUNA_E_ARGUMENT};
    (void)snprintf(reply->err.message, sizeof reply->err.message, "%s", message);
    return LACUNA_E_ARGUMENT;
}

void cli_reply_add_json(cli_reply *reply, const char *name, const char *json, size_t length)
{
    cli_buffer_text(&reply->body, ",\"");
    cli_buffer_text(&reply->body, name);
    cli_buffer_text(&reply->body, "\":");
    cli_json_compact(&reply->body, json, length);
}

lacuna_status cli_reply_add(cli_reply *reply, const char *format, cli_reply_render render,
                            const void *what)
{
    cli_buffer text = {.max = CLI_ANSWER_MAX};
    lacuna_status status = render(what, format, cli_buffer_write, &text, &reply->err);
    if (status == LACUNA_OK && strcmp(format, "json") == 0) {
        cli_reply_add_json(reply, "result", text.data, text.length);
    } else if (status == LACUNA_OK) {
        cli_buffer_text(&reply->body, ",\"text\":");
        cli_json_string(&reply->body, text.data, text.length);
    } else if (text.failed) {
        reply->err = (lacuna_error){.status = LACUNA_E_LIMIT, .message = "the answer is too long"};
        status = LACUNA_E_LIMIT;
    }
    cli_buffer_free(&text);
    return status;
}

static void add_note(cli_reply *reply, size_t index, const char *note)
{
    cli_buffer_text(&reply->body, index == 0 ? ",\"notes\":[" : ",");
    cli_json_string(&reply->body, note, strlen(note));
}

static void end_notes(cli_reply *reply, size_t count)
{
    cli_buffer_text(&reply->body, count > 0 ? "]" : "");
}

/* ---- documents ------------------------------------------------------------------------------ */

lacuna_status cli_serve_open(lacuna_document **out, cli_reply *reply, const cli_request *request)
{
    *out = NULL;
    lacuna_status status =
        request->path != NULL
            ? lacuna_document_open(out, request->path, request->options, &reply->err)
        : request->data != NULL
            ? lacuna_document_open_memory(out, request->name, request->data, request->length,
                                          request->options, &reply->err)
            : cli_reply_refuse(reply, "a document is missing: \"path\", \"data\" or \"text\"");
    reply->unread = request->path != NULL || request->data != NULL;
    size_t count = status == LACUNA_OK ? lacuna_document_note_count(*out) : 0;
    for (size_t i = 0; i < count; i++) {
        add_note(reply, i, lacuna_document_note(*out, i));
    }
    end_notes(reply, count);
    return status;
}

static lacuna_status render_outline(const void *what, const char *format, lacuna_write_fn write,
                                    void *sink, lacuna_error *err)
{
    return lacuna_document_outline(what, format, write, sink, err);
}

static lacuna_status render_text(const void *what, const char *format, lacuna_write_fn write,
                                 void *sink, lacuna_error *err)
{
    (void)format;
    return lacuna_document_text(what, write, sink, err);
}

static lacuna_status render_submission_outline(const void *what, const char *format,
                                               lacuna_write_fn write, void *sink, lacuna_error *err)
{
    return lacuna_submission_outline(what, format, write, sink, err);
}

static lacuna_status render_inventory(const void *what, const char *format, lacuna_write_fn write,
                                      void *sink, lacuna_error *err)
{
    return lacuna_submission_inventory(what, format, write, sink, err);
}

static lacuna_status serve_submission(cli_reply *reply, const cli_request *request,
                                      cli_reply_render render)
{
    lacuna_submission *submission = NULL;
    if (request->path == NULL) {
        return cli_reply_refuse(reply, "\"path\" of the submission is missing");
    }
    lacuna_status status =
        lacuna_submission_open(&submission, request->path, request->options, &reply->err);
    reply->unread = submission == NULL;
    if (status == LACUNA_OK) {
        size_t count = lacuna_submission_note_count(submission);
        for (size_t i = 0; i < count; i++) {
            add_note(reply, i, lacuna_submission_note(submission, i, NULL, NULL));
        }
        end_notes(reply, count);
        reply->exit_code = lacuna_submission_incomplete(submission) != 0 ? CLI_INCOMPLETE : CLI_OK;
        status = cli_reply_add(reply, request->format, render, submission);
    }
    lacuna_submission_free(submission);
    return status;
}

static lacuna_status serve_inventory(cli_reply *reply, const cli_request *request)
{
    return serve_submission(reply, request, render_inventory);
}

static lacuna_status serve_outline(cli_reply *reply, const cli_request *request)
{
    struct stat facts;
    if (request->path != NULL && stat(request->path, &facts) == 0 && S_ISDIR(facts.st_mode)) {
        return serve_submission(reply, request, render_submission_outline);
    }
    lacuna_document *document;
    lacuna_status status = cli_serve_open(&document, reply, request);
    if (status == LACUNA_OK) {
        reply->unread = false; /* from here on an error is about the format */
        status = cli_reply_add(reply, request->format, render_outline, document);
    }
    lacuna_document_free(document);
    return status;
}

static lacuna_status serve_text(cli_reply *reply, const cli_request *request)
{
    lacuna_document *document;
    lacuna_status status = cli_serve_open(&document, reply, request);
    status = status == LACUNA_OK ? cli_reply_add(reply, "text", render_text, document) : status;
    lacuna_document_free(document);
    return status;
}

/* ---- letters -------------------------------------------------------------------------------- */

static lacuna_status render_letter(const void *what, const char *format, lacuna_write_fn write,
                                   void *sink, lacuna_error *err)
{
    return lacuna_letter_render(what, format, NULL, write, sink, err);
}

static lacuna_status open_letter(lacuna_letter **out, cli_reply *reply, const cli_request *request)
{
    if (request->path != NULL) {
        return lacuna_letter_open(out, request->path, request->options, &reply->err);
    }
    if (request->data == NULL) {
        return cli_reply_refuse(reply, "a letter is missing: \"path\", \"data\" or \"text\"");
    }
    return lacuna_letter_open_memory(out, request->name, request->data, request->length,
                                     request->options, &reply->err);
}

static lacuna_status serve_letter(cli_reply *reply, const cli_request *request)
{
    lacuna_letter *letter = NULL;
    if (strcmp(request->format, "xlsx") == 0) {
        return cli_reply_refuse(reply, "\"format\" of a letter is json, text or csv here");
    }
    lacuna_status status = open_letter(&letter, reply, request);
    reply->unread = letter == NULL && (request->path != NULL || request->data != NULL);
    if (status == LACUNA_OK) {
        size_t count = lacuna_letter_note_count(letter);
        for (size_t i = 0; i < count; i++) {
            add_note(reply, i, lacuna_letter_note(letter, i));
        }
        end_notes(reply, count);
        reply->exit_code = lacuna_letter_incomplete(letter) != 0         ? CLI_INCOMPLETE
                           : lacuna_letter_count(letter, "queries") == 0 ? CLI_NOTHING
                                                                         : CLI_OK;
        status = cli_reply_add(reply, request->format, render_letter, letter);
    }
    lacuna_letter_free(letter);
    return status;
}

/* ---- verifying, drafting -------------------------------------------------------------------- */

static lacuna_status render_verification(const void *what, const char *format,
                                         lacuna_write_fn write, void *sink, lacuna_error *err)
{
    return lacuna_verification_render(what, format, write, sink, err);
}

static lacuna_status serve_verify(cli_reply *reply, const cli_request *request)
{
    lacuna_document *text = NULL;
    lacuna_verification *made = NULL;
    if (request->against.count == 0) {
        return cli_reply_refuse(reply, "\"against\" is missing: paths of what the text rests on");
    }
    lacuna_status status = cli_serve_open(&text, reply, request);
    if (status == LACUNA_OK) {
        reply->unread = false;
        status = lacuna_verify(&made, text, request->against.values, request->against.count,
                               request->options, &reply->err);
    }
    if (status == LACUNA_OK) {
        reply->exit_code = lacuna_verification_exit_code(made);
        status = cli_reply_add(reply, request->format, render_verification, made);
    }
    lacuna_verification_free(made);
    lacuna_document_free(text);
    return status;
}

static lacuna_status render_plan(const void *what, const char *format, lacuna_write_fn write,
                                 void *sink, lacuna_error *err)
{
    lacuna_draft *const *draft = what;
    (void)format;
    return lacuna_draft_plan(*draft, write, sink, err);
}

static lacuna_status serve_plan(cli_reply *reply, const cli_request *request)
{
    lacuna_draft *draft = NULL;
    if (request->path == NULL) {
        return cli_reply_refuse(reply, "\"path\" of the document is missing");
    }
    lacuna_status status =
        lacuna_draft_open(&draft, request->path, request->sources.values, request->sources.count,
                          request->gaps.values, request->gaps.count, request->options, &reply->err);
    status = status == LACUNA_OK ? cli_reply_add(reply, "json", render_plan, &draft) : status;
    lacuna_draft_free(draft);
    return status;
}

/* ---- checklists ----------------------------------------------------------------------------- */

typedef struct catalog_question {
    const lacuna_catalog *catalog;
    const char *subject;
} catalog_question;

static lacuna_status render_list(const void *what, const char *format, lacuna_write_fn write,
                                 void *sink, lacuna_error *err)
{
    const catalog_question *q = what;
    return lacuna_catalog_list(q->catalog, format, NULL, write, sink, err);
}

static lacuna_status render_checklist(const void *what, const char *format, lacuna_write_fn write,
                                      void *sink, lacuna_error *err)
{
    const catalog_question *q = what;
    return lacuna_catalog_show(q->catalog, q->subject, format, NULL, write, sink, err);
}

static lacuna_status render_item(const void *what, const char *format, lacuna_write_fn write,
                                 void *sink, lacuna_error *err)
{
    const catalog_question *q = what;
    return lacuna_catalog_explain(q->catalog, q->subject, format, NULL, write, sink, err);
}

static lacuna_status serve_catalog(cli_reply *reply, const cli_request *request,
                                   cli_reply_render render, const char *subject)
{
    lacuna_catalog *catalog = NULL;
    if (subject == NULL) {
        return cli_reply_refuse(reply, "\"item\" or \"checklist\" is missing");
    }
    lacuna_status status = lacuna_catalog_open(&catalog, request->options, &reply->err);
    if (status == LACUNA_OK) {
        catalog_question question = {catalog, subject};
        status = cli_reply_add(reply, request->format, render, &question);
    }
    lacuna_catalog_free(catalog);
    return status;
}

static lacuna_status serve_explain(cli_reply *reply, const cli_request *request)
{
    return serve_catalog(reply, request, render_item, request->item);
}

static lacuna_status serve_checklist(cli_reply *reply, const cli_request *request)
{
    return serve_catalog(reply, request, render_checklist, request->checklist);
}

static lacuna_status serve_checklists(cli_reply *reply, const cli_request *request)
{
    return serve_catalog(reply, request, render_list, "");
}

static lacuna_status render_about(const void *what, const char *format, lacuna_write_fn write,
                                  void *sink, lacuna_error *err)
{
    (void)what;
    return lacuna_about(format, write, sink, err);
}

static lacuna_status serve_about(cli_reply *reply, const cli_request *request)
{
    return cli_reply_add(reply, request->format, render_about, NULL);
}

/* ---- one request ---------------------------------------------------------------------------- */

static const struct {
    const char *verb;
    serve_fn serve;
} VERBS[] = {
    {"check", cli_serve_check},     {"evidence", cli_serve_evidence},
    {"outline", serve_outline},     {"text", serve_text},
    {"inventory", serve_inventory}, {"letter", serve_letter},
    {"verify", serve_verify},       {"plan", serve_plan},
    {"explain", serve_explain},     {"checklists", serve_checklists},
    {"checklist", serve_checklist}, {"about", serve_about},
};

enum { VERB_COUNT = sizeof VERBS / sizeof VERBS[0] };

static lacuna_status unknown_verb(cli_reply *reply, const char *verb)
{
    const char *names[VERB_COUNT];
    for (size_t i = 0; i < VERB_COUNT; i++) {
        names[i] = VERBS[i].verb;
    }
    const char *nearest = lacuna_nearest(verb, names, VERB_COUNT);
    (void)cli_reply_refuse(reply, "");
    (void)snprintf(reply->err.message, sizeof reply->err.message, "\"do\": there is no \"%.64s\"",
                   verb);
    (void)snprintf(reply->err.remedy, sizeof reply->err.remedy, "%s%s%s",
                   nearest == NULL ? "See: lacuna help worker" : "Did you mean \"",
                   nearest == NULL ? "" : nearest, nearest == NULL ? "" : "\"?");
    return LACUNA_E_ARGUMENT;
}

static lacuna_status serve(cli_reply *reply, const cli_request *request)
{
    cli_hook_run(request->hook);
    for (size_t i = 0; i < VERB_COUNT; i++) {
        if (strcmp(VERBS[i].verb, request->verb) == 0) {
            return VERBS[i].serve(reply, request);
        }
    }
    return unknown_verb(reply, request->verb);
}

/* An input that was not read is incomplete; a wrong request is the client's to mend. */
static int code_of_error(const cli_reply *reply)
{
    switch (reply->err.status) {
    case LACUNA_E_ARGUMENT:
    case LACUNA_E_NOTFOUND:
        return reply->unread ? CLI_INCOMPLETE : CLI_USAGE;
    case LACUNA_E_INTERNAL:
        return CLI_INTERNAL;
    default:
        return CLI_INCOMPLETE;
    }
}

static const char *status_of_code(int code)
{
    return code == CLI_USAGE        ? "refused"
           : code == CLI_INCOMPLETE ? "incomplete"
           : code == CLI_INTERNAL   ? "failed"
                                    : "done";
}

/* {"status": ..., "exit_code": ..., and what came out} */
static int write_answer(cli_reply *reply, lacuna_status status)
{
    if (status == LACUNA_OK && reply->body.failed) {
        reply->err = (lacuna_error){.status = LACUNA_E_LIMIT, .message = "the answer is too long"};
        status = LACUNA_E_LIMIT;
    }
    int code = status == LACUNA_OK ? reply->exit_code : code_of_error(reply);
    const char *word = status_of_code(code);
    cli_buffer head = {.max = CLI_LINE_MAX};
    cli_buffer_text(&head, "{\"status\":\"");
    cli_buffer_text(&head, word);
    cli_buffer_text(&head, "\",\"exit_code\":");
    cli_buffer_number(&head, code);
    if (status != LACUNA_OK) {
        cli_buffer_text(&head, ",\"error\":");
        cli_json_error(&head, lacuna_status_name((lacuna_status)reply->err.status), &reply->err);
    } else {
        cli_buffer_append(&head, reply->body.data, reply->body.length);
    }
    cli_buffer_text(&head, "}\n");
    bool written =
        !head.failed && cli_write_descriptor(&reply->output, head.data, head.length) == 0;
    cli_buffer_free(&head);
    return written ? CLI_OK : CLI_INTERNAL;
}

int cli_serve_one(int input, int output, const char *pdftotext)
{
    char *line = NULL;
    size_t length = 0;
    cli_request request;
    cli_reply reply = {.body = {.max = CLI_ANSWER_MAX}, .output = output};
    int code = cli_read_descriptor(&line, &length, input, CLI_LINE_MAX, "request");
    if (code != CLI_OK) {
        return code;
    }
    lacuna_status status = cli_request_read(&request, line, length, &reply.err);
    free(line);
    if (status != LACUNA_OK) {
        return write_answer(&reply, status);
    }
    code = cli_set_pdf_reader(request.options, pdftotext);
    if (code == CLI_OK) {
        code = write_answer(&reply, serve(&reply, &request));
    }
    cli_request_free(&request);
    cli_buffer_free(&reply.body);
    return code;
}
