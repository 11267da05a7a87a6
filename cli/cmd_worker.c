#include "flags.h"
#include "json_text.h"
#include "programs.h"
#include "request.h"
#include "serve.h"
#include "service_args.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char HELP[] =
    "usage: lacuna worker [flags]\n"
    "\n"
    "For other programs: reads requests from standard input, one JSON object a line,\n"
    "and writes answers to standard output, one JSON object a line, in the order in\n"
    "which they are ready. Each request is worked on in a process of its own, held to\n"
    "limits: a document that crashes it, never ends or eats memory costs one answer\n"
    "\"incomplete\" and nothing else. The end of input ends the worker, once everything\n"
    "is answered. docs/worker.md tells the members, with examples.\n"
    "\n" CLI_SERVICE_HELP
    "      --one              answers one request from standard input in this process\n"
    "                         and without limits, for hosts that isolate it\n" CLI_PDFTOTEXT_HELP
    "\n"
    "Requests: {\"id\": 1, \"do\": \"check\", \"path\": \"protocol.docx\"}; \"do\" is check,\n"
    "evidence, outline, text, inventory, letter, verify, plan, explain, checklists,\n"
    "checklist or about. In place of \"path\": \"name\" with \"text\", or with \"data\" in\n"
    "base64. \"options\" are those of the library: {\"checklist\": [\"protocol_m11\"]}.\n"
    "{\"cancel\": 1} stops a request.\n"
    "Answers: {\"id\": 1, \"status\": \"done\", \"exit_code\": 1, \"result\": {...}}; status is\n"
    "done, incomplete, refused, cancelled or failed, exit_code that of the command.\n"
    "\n"
    "Examples:\n"
    "  echo '{\"id\":1,\"do\":\"check\",\"path\":\"protocol.docx\"}' | lacuna worker\n"
    "  echo '{\"id\":\"a\",\"do\":\"explain\",\"item\":\"m11.6.7.4\"}' | lacuna worker\n"
    "\n"
    "Exit codes: 0 every request was answered, 2 wrong usage, 3 the reader of the\n"
    "            answers went away, 5 a defect of lacuna, or out of memory\n";

enum { FLAG_ONE = CLI_SERVICE_FLAGS };

/* A request that was not answered yet. */
typedef struct ticket {
    struct ticket *next;
    char *id; /* as JSON */
} ticket;

typedef struct worker {
    cli_service_args args;
    cli_line_server *server;
    bool one;
    ticket *open;
} worker;

/* ---- answers -------------------------------------------------------------------------------- */

static void say(worker *w, cli_buffer *line)
{
    if (!line->failed) {
        cli_line_server_say(w->server, line->data, line->length);
    }
    cli_buffer_free(line);
}

/* {"id": ..., and the members of `object` that is one */
static void say_with_id(worker *w, const char *id, const char *object, size_t length)
{
    cli_buffer line = {.max = CLI_LINE_MAX};
    cli_buffer_text(&line, "{\"id\":");
    cli_buffer_text(&line, id);
    cli_buffer_text(&line, ",");
    cli_buffer_append(&line, object + 1, length - 1);
    say(w, &line);
}

static void say_error(worker *w, const char *id, const char *status, int code, const char *what,
                      const lacuna_error *err)
{
    cli_buffer line = {.max = CLI_LINE_MAX};
    cli_buffer_text(&line, "{\"status\":\"");
    cli_buffer_text(&line, status);
    cli_buffer_text(&line, "\",\"exit_code\":");
    cli_buffer_number(&line, code);
    cli_buffer_text(&line, ",\"error\":");
    cli_json_error(&line, what, err);
    cli_buffer_text(&line, "}");
    if (!line.failed) {
        say_with_id(w, id, line.data, line.length);
    }
    cli_buffer_free(&line);
}

static void refuse(worker *w, const char *id, const char *message)
{
    lacuna_error err = {.status = LACUNA_E_ARGUMENT};
    (void)snprintf(err.message, sizeof err.message, "%s", message);
    say_error(w, id, "refused", CLI_USAGE, lacuna_status_name(LACUNA_E_ARGUMENT), &err);
}

static void close_ticket(worker *w, ticket *one)
{
    ticket **at = &w->open;
    while (*at != one) {
        at = &(*at)->next;
    }
    *at = one->next;
    free(one->id);
    free(one);
}

/* What a child wrote is believed only as far as it is one object without a number of its own. */
static bool is_sound(const cli_answer *answer)
{
    json_t *json = json_loadb(answer->json, answer->length, JSON_REJECT_DUPLICATES, NULL);
    bool sound = json_is_object(json) && json_object_get(json, "id") == NULL &&
                 memchr(answer->json, '\n', answer->length) == NULL;
    json_decref(json);
    return sound;
}

static void on_answer(void *user, void *given, const cli_answer *answer)
{
    worker *w = user;
    ticket *one = given;
    cli_answer seen = *answer;
    if (seen.end == CLI_CHILD_ANSWERED && is_sound(&seen)) {
        say_with_id(w, one->id, seen.json, seen.length);
    } else {
        lacuna_error err = {.status = LACUNA_E_IO};
        bool cancelled = seen.end == CLI_CHILD_CANCELLED;
        cli_child_end_sentence(err.message, sizeof err.message, &seen,
                               w->args.settings.limits.seconds);
        say_error(w, one->id, cancelled ? "cancelled" : "incomplete", CLI_INCOMPLETE,
                  cli_child_end_code(seen.end), &err);
    }
    close_ticket(w, one);
}

static void on_progress(void *user, void *given, const char *json, size_t length)
{
    const ticket *one = given;
    json_t *sound = json_loadb(json, length, JSON_REJECT_DUPLICATES, NULL);
    if (sound != NULL && json_object_size(sound) == 1) {
        say_with_id(user, one->id, json, length);
    }
    json_decref(sound);
}

/* ---- requests ------------------------------------------------------------------------------- */

static ticket *find_ticket(const worker *w, const char *id)
{
    ticket *one = w->open;
    while (one != NULL && strcmp(one->id, id) != 0) {
        one = one->next;
    }
    return one;
}

static void cancel(worker *w, const json_t *target)
{
    char *id = json_dumps(target, JSON_ENCODE_ANY | JSON_COMPACT);
    const ticket *one = id == NULL ? NULL : find_ticket(w, id);
    /* One that was answered already is no error: the two crossed. */
    if (one != NULL) {
        cli_line_server_cancel(w->server, one);
    }
    free(id);
}

static void submit(worker *w, char *id, const char *line, size_t length)
{
    ticket *one = calloc(1, sizeof *one);
    if (one == NULL || !cli_line_server_submit(w->server, line, length, one)) {
        refuse(w, id, "out of memory");
        free(one);
        free(id);
        return;
    }
    *one = (ticket){w->open, id};
    w->open = one;
}

static void take_request(worker *w, const json_t *json, const char *line, size_t length)
{
    const json_t *given = json_object_get(json, "id");
    if (!cli_request_id_is_sound(given)) {
        refuse(w, "null", "\"id\" is missing: a text of 1 to 128 bytes, or a whole number");
        return;
    }
    char *id = json_dumps(given, JSON_ENCODE_ANY | JSON_COMPACT);
    if (id == NULL) {
        refuse(w, "null", "out of memory");
    } else if (find_ticket(w, id) != NULL) {
        refuse(w, "null", "a request with this \"id\" is not answered yet");
        free(id);
    } else {
        submit(w, id, line, length);
    }
}

static void on_line(void *user, const char *line, size_t length)
{
    worker *w = user;
    json_error_t where;
    if (line == NULL) {
        refuse(w, "null", "the line is longer than lacuna takes");
        return;
    }
    json_t *json = json_loadb(line, length, JSON_REJECT_DUPLICATES, &where);
    if (!json_is_object(json)) {
        refuse(w, "null", json == NULL ? where.text : "a request is a JSON object");
    } else if (json_object_get(json, "cancel") != NULL) {
        cancel(w, json_object_get(json, "cancel"));
    } else {
        take_request(w, json, line, length);
    }
    json_decref(json);
}

/* ---- the command line ----------------------------------------------------------------------- */

static int on_flag(void *user, int id, const char *value)
{
    worker *w = user;
    if (id != FLAG_ONE) {
        return cli_service_flag(&w->args, id, value);
    }
    w->one = true;
    return CLI_OK;
}

static int serve_all(worker *w)
{
    const cli_line_handler handler = {w, on_line, on_progress, on_answer};
    w->server = cli_line_server_new(&handler, &w->args.settings);
    if (w->server == NULL) {
        cli_complain("out of memory");
        return CLI_INTERNAL;
    }
    int code = cli_line_server_run(w->server);
    cli_line_server_free(w->server);
    while (w->open != NULL) {
        close_ticket(w, w->open);
    }
    return code;
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    static const cli_flag flags[] = {CLI_SERVICE_FLAG_TABLE, {FLAG_ONE, "one", 0, false}};
    worker w = {.one = false};
    cli_service_args_init(&w.args);
    cli_command_line line = {.verb = verb,
                             .flags = flags,
                             .flag_count = sizeof flags / sizeof flags[0],
                             .on_flag = on_flag,
                             .user = &w};
    int code = cli_parse_flags(&line, argc, argv);
    if (code != CLI_OK || line.helped) {
        return code;
    }
    code = cli_expect_operands(&line, 0, 0);
    if (code == CLI_OK && w.one) {
        return cli_serve_one(STDIN_FILENO, STDOUT_FILENO, w.args.pdftotext);
    }
    code = code == CLI_OK ? cli_service_args_finish(&w.args) : code;
    return code == CLI_OK ? serve_all(&w) : code;
}

const cli_verb CLI_WORKER = {"worker", "answer requests of another program, line by line", HELP,
                             run};
