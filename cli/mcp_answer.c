#include "mcp_tools.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SENTENCE_SIZE = 512, DIGITS = 6, PLACES_SHOWN = 3, URI_SIZE = 64 };

void cli_mcp_tool_error(cli_mcp *mcp, const json_t *id, bool modern, const char *message)
{
    cli_mcp_result_take(mcp, id, modern,
                        json_pack("{s:[{s:s, s:s}], s:b}", "content", "type", "text", "text",
                                  message, "isError", 1));
}

/* ---- progress ------------------------------------------------------------------------------- */

void cli_mcp_on_progress(void *user, void *ticket, const char *json, size_t length)
{
    cli_mcp *mcp = user;
    cli_mcp_call *call = ticket;
    json_t *line = call->token == NULL ? NULL : json_loadb(json, length, 0, NULL);
    const json_t *progress = json_object_get(line, "progress");
    double done = json_number_value(json_object_get(progress, "done"));
    /* It has to grow with every message. */
    if (progress != NULL && done > call->progress) {
        call->progress = done;
        json_t *params = json_pack("{s:O, s:O, s:O}", "progressToken", call->token, "progress",
                                   json_object_get(progress, "done"), "total",
                                   json_object_get(progress, "total"));
        json_t *path = json_object_get(progress, "path");
        if (json_is_string(path)) {
            (void)json_object_set(params, "message", path);
        }
        cli_mcp_send_take(mcp, json_pack("{s:s, s:s, s:o}", "jsonrpc", "2.0", "method",
                                         "notifications/progress", "params", params));
    }
    json_decref(line);
}

/* ---- what of a result is shown -------------------------------------------------------------- */

static json_t *chosen(const json_t *from, const char *const *names)
{
    json_t *to = json_object();
    for (; *names != NULL; names++) {
        json_t *value = json_object_get(from, *names);
        if (value != NULL) {
            (void)json_object_set(to, *names, value);
        }
    }
    return to;
}

static json_t *entry(const cli_mcp_tool *tool, const json_t *whole)
{
    json_t *shown =
        tool->entry[0] == NULL ? json_copy((json_t *)whole) : chosen(whole, tool->entry);
    json_t *places = json_object_get(shown, "anchors");
    if (json_array_size(places) > PLACES_SHOWN) {
        json_t *few = json_array();
        for (size_t i = 0; i < PLACES_SHOWN; i++) {
            (void)json_array_append(few, json_array_get(places, i));
        }
        (void)json_object_set_new(shown, "anchors", few);
    }
    return shown;
}

static bool is_shown(const cli_mcp_call *call, const json_t *whole)
{
    const char *status = json_string_value(json_object_get(whole, "status"));
    return strcmp(call->tool->verb, "verify") != 0 || call->supported || status == NULL ||
           strcmp(status, "supported") != 0;
}

static void add_page(json_t *shown, const cli_mcp_call *call, const json_t *result)
{
    const json_t *list = json_object_get(result, call->tool->list);
    json_t *page = json_array();
    size_t total = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        if (!is_shown(call, one)) {
            continue;
        }
        if (total >= call->offset && total - call->offset < call->limit) {
            (void)json_array_append_new(page, entry(call->tool, one));
        }
        total++;
    }
    bool more = call->offset < total && total - call->offset > call->limit;
    (void)json_object_set_new(shown, call->tool->list, page);
    (void)json_object_set_new(shown, "total", json_integer((json_int_t)total));
    (void)json_object_set_new(shown, "next_offset",
                              more ? json_integer((json_int_t)(call->offset + call->limit))
                                   : json_null());
}

static json_t *structured(const cli_mcp_call *call, const json_t *answer, unsigned number)
{
    const json_t *result = json_object_get(answer, "result");
    json_t *shown = chosen(result, call->tool->shown);
    json_t *notes = json_object_get(answer, "notes");
    char uri[URI_SIZE];
    if (call->tool->list != NULL) {
        add_page(shown, call, result);
    }
    (void)snprintf(uri, sizeof uri, "lacuna://result/%u", number);
    (void)json_object_set(shown, "status", json_object_get(answer, "status"));
    (void)json_object_set(shown, "exit_code", json_object_get(answer, "exit_code"));
    (void)json_object_set_new(shown, "report", number > 0 ? json_string(uri) : json_null());
    if (notes != NULL) {
        (void)json_object_set(shown, "notes", notes);
    }
    return shown;
}

/* The structure, the same as text for clients that know none, and where the whole result is. */
static void send_result(cli_mcp *mcp, const cli_mcp_call *call, const json_t *answer)
{
    char *whole =
        json_dumps(json_object_get(answer, "result"), JSON_COMPACT | JSON_REAL_PRECISION(DIGITS));
    unsigned number = whole == NULL ? 0 : cli_mcp_keep(mcp, whole, strlen(whole));
    json_t *shown = structured(call, answer, number);
    char *text = json_dumps(shown, JSON_COMPACT | JSON_REAL_PRECISION(DIGITS));
    json_t *content = json_pack("[{s:s, s:s}]", "type", "text", "text", text == NULL ? "" : text);
    if (number > 0) {
        (void)json_array_append_new(content,
                                    json_pack("{s:s, s:O, s:s, s:s}", "type", "resource_link",
                                              "uri", json_object_get(shown, "report"), "name",
                                              "whole result", "mimeType", "application/json"));
    }
    cli_mcp_result_take(
        mcp, call->id, call->modern,
        json_pack("{s:o, s:o, s:b}", "content", content, "structuredContent", shown, "isError", 0));
    free(text);
    free(whole);
}

static void send_failure(cli_mcp *mcp, const cli_mcp_call *call, const json_t *answer)
{
    char sentence[SENTENCE_SIZE];
    const json_t *error = json_object_get(answer, "error");
    const char *message = json_string_value(json_object_get(error, "message"));
    const char *place = json_string_value(json_object_get(error, "place"));
    const char *remedy = json_string_value(json_object_get(error, "remedy"));
    (void)snprintf(sentence, sizeof sentence, "%s%s%s%s%s%s",
                   message == NULL ? "no answer" : message, place == NULL ? "" : " (",
                   place == NULL ? "" : place, place == NULL ? "" : ")", remedy == NULL ? "" : ". ",
                   remedy == NULL ? "" : remedy);
    cli_mcp_tool_error(mcp, call->id, call->modern, sentence);
}

void cli_mcp_on_answer(void *user, void *ticket, const cli_answer *given)
{
    cli_mcp *mcp = user;
    cli_mcp_call *call = ticket;
    json_t *answer = given->end == CLI_CHILD_ANSWERED
                         ? json_loadb(given->json, given->length, JSON_REJECT_DUPLICATES, NULL)
                         : NULL;
    if (given->end == CLI_CHILD_CANCELLED) {
        /* The client wants to hear nothing more of it. */
    } else if (json_is_object(json_object_get(answer, "result"))) {
        send_result(mcp, call, answer);
    } else if (json_is_object(answer)) {
        send_failure(mcp, call, answer);
    } else {
        char sentence[SENTENCE_SIZE];
        cli_child_end_sentence(sentence, sizeof sentence, given, mcp->settings.limits.seconds);
        cli_mcp_tool_error(mcp, call->id, call->modern, sentence);
    }
    json_decref(answer);
    cli_mcp_call_end(mcp, call);
}
