#include "mcp.h"

#include "buffer.h"
#include "serve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char CHECKLISTS[] = "lacuna://checklists", CHECKLIST[] = "lacuna://checklist/",
                  ITEM[] = "lacuna://item/", RESULT[] = "lacuna://result/";

enum { URI_SIZE = 128 };

/* ---- results -------------------------------------------------------------------------------- */

unsigned cli_mcp_keep(cli_mcp *mcp, const char *json, size_t length)
{
    size_t total = length;
    if (length > CLI_MCP_KEPT_BYTES) {
        return 0;
    }
    char *copy = malloc(length + 1);
    if (copy == NULL) {
        return 0;
    }
    memcpy(copy, json, length);
    unsigned number = ++mcp->last_number;
    cli_mcp_kept *place = &mcp->kept[number % CLI_MCP_KEPT_MAX];
    free(place->json);
    *place = (cli_mcp_kept){number, copy, length};
    /* The newest stay: older ones go once there is too much of them. */
    for (unsigned back = 1; back < CLI_MCP_KEPT_MAX; back++) {
        cli_mcp_kept *older = &mcp->kept[(number - back) % CLI_MCP_KEPT_MAX];
        total += older->length;
        if (total > CLI_MCP_KEPT_BYTES) {
            total -= older->length;
            free(older->json);
            *older = (cli_mcp_kept){0};
        }
    }
    return number;
}

static const cli_mcp_kept *find_kept(const cli_mcp *mcp, const char *text)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);
    const cli_mcp_kept *place = &mcp->kept[number % CLI_MCP_KEPT_MAX];
    return *end == '\0' && end != text && number > 0 && place->number == number ? place : NULL;
}

/* ---- checklists ----------------------------------------------------------------------------- */

/* Those that are built in are this program's own data, so they are read here; not at the start. */
static char *render_catalog(const char *checklist, const char *item, size_t *length,
                            lacuna_error *err)
{
    lacuna_catalog *catalog = NULL;
    cli_buffer text = {.max = CLI_ANSWER_MAX};
    lacuna_status status = lacuna_catalog_open(&catalog, NULL, err);
    if (status == LACUNA_OK) {
        status =
            checklist != NULL ? lacuna_catalog_show(catalog, checklist, "markdown", NULL,
                                                    cli_buffer_write, &text, err)
            : item != NULL
                ? lacuna_catalog_explain(catalog, item, "json", NULL, cli_buffer_write, &text, err)
                : lacuna_catalog_list(catalog, "json", NULL, cli_buffer_write, &text, err);
    }
    lacuna_catalog_free(catalog);
    if (status != LACUNA_OK) {
        cli_buffer_free(&text);
    }
    *length = text.length;
    return text.data;
}

static const json_t *checklists_of(cli_mcp *mcp)
{
    if (mcp->checklists == NULL) {
        lacuna_error err = {0};
        size_t length;
        char *text = render_catalog(NULL, NULL, &length, &err);
        json_t *whole = text == NULL ? NULL : json_loadb(text, length, 0, NULL);
        mcp->checklists = json_incref(json_object_get(whole, "checklists"));
        json_decref(whole);
        free(text);
    }
    return mcp->checklists;
}

/* ---- listing -------------------------------------------------------------------------------- */

static json_t *resource(const char *uri, const char *name, const char *title, const char *type)
{
    return json_pack("{s:s, s:s, s:s, s:s}", "uri", uri, "name", name, "title", title, "mimeType",
                     type);
}

static json_t *checklist_resource(const json_t *checklist)
{
    char uri[URI_SIZE];
    const char *id = json_string_value(json_object_get(checklist, "id"));
    (void)snprintf(uri, sizeof uri, "%s%s", CHECKLIST, id);
    return resource(uri, id, json_string_value(json_object_get(checklist, "title")),
                    "text/markdown");
}

/* The list of checklists, each of them, then the results that are kept, oldest first. */
static json_t *all_resources(cli_mcp *mcp)
{
    json_t *all = json_array();
    const json_t *checklists = checklists_of(mcp);
    (void)json_array_append_new(
        all, resource(CHECKLISTS, "checklists", "All checklists", "application/json"));
    for (size_t i = 0; i < json_array_size(checklists); i++) {
        (void)json_array_append_new(all, checklist_resource(json_array_get(checklists, i)));
    }
    for (unsigned i = 1; i <= CLI_MCP_KEPT_MAX; i++) {
        const cli_mcp_kept *one = &mcp->kept[(mcp->last_number + i) % CLI_MCP_KEPT_MAX];
        if (one->number > 0) {
            char uri[URI_SIZE];
            (void)snprintf(uri, sizeof uri, "%s%u", RESULT, one->number);
            (void)json_array_append_new(
                all, resource(uri, uri + strlen("lacuna://"), "Result", "application/json"));
        }
    }
    return all;
}

void cli_mcp_resources_list(cli_mcp *mcp, const cli_mcp_request *request)
{
    json_t *all = all_resources(mcp);
    json_t *page = json_array();
    size_t count = json_array_size(all);
    size_t from;
    if (!cli_mcp_cursor(mcp, request, &from, count)) {
        json_decref(all);
        json_decref(page);
        return;
    }
    size_t end = count - from < CLI_MCP_PAGE ? count : from + CLI_MCP_PAGE;
    for (size_t i = from; i < end; i++) {
        (void)json_array_append(page, json_array_get(all, i));
    }
    json_t *result = json_pack("{s:o}", "resources", page);
    if (end < count) {
        char cursor[URI_SIZE];
        (void)snprintf(cursor, sizeof cursor, "%zu", end);
        (void)json_object_set_new(result, "nextCursor", json_string(cursor));
    }
    json_decref(all);
    cli_mcp_list_take(mcp, request, result);
}

void cli_mcp_templates_list(cli_mcp *mcp, const cli_mcp_request *request)
{
    size_t from;
    if (cli_mcp_cursor(mcp, request, &from, 1)) {
        cli_mcp_list_take(
            mcp, request,
            json_pack("{s:[{s:s, s:s, s:s, s:s}, {s:s, s:s, s:s, s:s}, {s:s, s:s, s:s, s:s}]}",
                      "resourceTemplates", "uriTemplate", "lacuna://checklist/{id}", "name",
                      "checklist", "title", "A checklist", "mimeType", "text/markdown",
                      "uriTemplate", "lacuna://item/{id}", "name", "item", "title",
                      "An item of a checklist", "mimeType", "application/json", "uriTemplate",
                      "lacuna://result/{number}", "name", "result", "title",
                      "The whole result of an earlier call", "mimeType", "application/json"));
    }
}

/* ---- reading -------------------------------------------------------------------------------- */

static void send_contents(cli_mcp *mcp, const cli_mcp_request *request, const char *uri,
                          const char *type, const char *text, size_t length)
{
    cli_mcp_list_take(mcp, request,
                      json_pack("{s:[{s:s, s:s, s:o}]}", "contents", "uri", uri, "mimeType", type,
                                "text", json_stringn(text, length)));
}

static void not_found(cli_mcp *mcp, const cli_mcp_request *request)
{
    cli_mcp_error(mcp, request->id, request->modern ? CLI_MCP_PARAMS : CLI_MCP_NO_RESOURCE,
                  "there is no such resource");
}

static const char *behind(const char *uri, const char *prefix)
{
    size_t length = strlen(prefix);
    return strncmp(uri, prefix, length) == 0 ? uri + length : NULL;
}

void cli_mcp_resources_read(cli_mcp *mcp, const cli_mcp_request *request)
{
    const char *uri = json_string_value(json_object_get(request->params, "uri"));
    if (uri == NULL) {
        cli_mcp_error(mcp, request->id, CLI_MCP_PARAMS, "uri is missing");
        return;
    }
    const char *number = behind(uri, RESULT);
    const cli_mcp_kept *kept = number == NULL ? NULL : find_kept(mcp, number);
    if (kept != NULL) {
        send_contents(mcp, request, uri, "application/json", kept->json, kept->length);
        return;
    }
    const char *checklist = behind(uri, CHECKLIST);
    const char *item = behind(uri, ITEM);
    size_t length = 0;
    lacuna_error err = {0};
    bool known = checklist != NULL || item != NULL || strcmp(uri, CHECKLISTS) == 0;
    char *text = known ? render_catalog(checklist, item, &length, &err) : NULL;
    if (text == NULL) {
        not_found(mcp, request);
    } else {
        send_contents(mcp, request, uri, checklist != NULL ? "text/markdown" : "application/json",
                      text, length);
    }
    free(text);
}
