/*
 * accumulate - the message that a stream of events comes to, for tests: bytes on standard input,
 * cut into pieces of the size that the first argument gives; on standard output the message as
 * JSON, or {"error": type} where the service or the stream broke off.
 */
#include "claude/message.h"

#include <stdio.h>
#include <stdlib.h>

enum { INPUT_MAX = 16 * 1024 * 1024 };

static void print(const lac_message *message, lacuna_status status)
{
    json_t *line = NULL;
    if (status == LACUNA_OK) {
        line = json_deep_copy(message->tree);
    } else {
        const char *type = message->error.type;
        line = json_pack("{s:s}", "error", type[0] == '\0' ? "incomplete" : type);
    }
    json_dumpf(line, stdout, JSON_COMPACT);
    puts("");
    json_decref(line);
}

int main(int argc, char **argv)
{
    lacuna_error err = {0};
    lac_message message;
    lac_sse sse;
    size_t piece = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
    char *bytes = malloc(INPUT_MAX);
    size_t length = bytes == NULL ? 0 : fread(bytes, 1, INPUT_MAX, stdin);
    lacuna_status status = LACUNA_OK;
    lac_message_init(&message);
    lac_sse_init(&sse, lac_message_event, &message);
    piece = piece == 0 ? length + 1 : piece;
    for (size_t at = 0; at < length && status == LACUNA_OK; at += piece) {
        status = lac_sse_feed(&sse,
                              lac_span_make(bytes + at, length - at < piece ? length - at : piece));
    }
    if (status == LACUNA_OK) {
        status = lac_message_finish(&message, &err);
    }
    print(&message, status);
    lac_sse_free(&sse);
    lac_message_free(&message);
    free(bytes);
    return 0;
}
