/*
 * request.h - one request of `lacuna worker`: a JSON object, read and checked.
 *
 * Ownership: everything belongs to the request and is freed with it. Limits: the line that holds it
 *   (CLI_LINE_MAX). Members that are not known are refused, so a mistyped one is not passed over.
 */
#ifndef LACUNA_CLI_REQUEST_H
#define LACUNA_CLI_REQUEST_H

#include "cli.h"

#include <jansson.h>

/* One line of a client; a document of 256 MiB in base64 and something more. */
#define CLI_LINE_MAX ((size_t)352 << 20)
enum { CLI_REQUEST_LIST_MAX = 4096, CLI_REQUEST_NAME_MAX = 128 };

typedef struct cli_list {
    const char **values;
    size_t count;
} cli_list;

typedef struct cli_request {
    json_t *json;
    const char *verb;                     /* "do" */
    const char *format;                   /* "json" where it was not given */
    const char *path;                     /* NULL: none, or the document is in `data` */
    const char *name;                     /* of a document in `data` */
    const char *item, *checklist, *words; /* NULL: not given */
    const char *hook;                     /* only in test builds */
    char *data;
    size_t length;
    bool progress;
    cli_list against, sources, gaps;
    lacuna_options *options;
} cli_request;

/* An error of LACUNA_E_ARGUMENT names the member. On error there is nothing to free. */
lacuna_status cli_request_read(cli_request *request, const char *line, size_t length,
                               lacuna_error *err);
void cli_request_free(cli_request *request);

/* What may stand for an answer: a string of 1 to 128 bytes, or an integer. */
bool cli_request_id_is_sound(const json_t *id);

#endif
