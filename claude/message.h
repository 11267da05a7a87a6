/*
 * message.h - one answer of the Messages API, put together from its stream of events.
 *
 * Purpose: the same message the API would have sent in one piece: blocks in order, text and partial
 * JSON joined, citations collected, usage and stop reason from the last message_delta. Pings and
 * events of unknown types are skipped. A stream without message_stop is a failure, never a short
 * answer; an error event after status 200 is one too, with its type and code kept. Ownership: a
 * message owns its tree until lac_message_free. Limits: LAC_MESSAGE_BLOCKS_MAX blocks; joined text
 * up to LAC_SSE_EVENT_MAX a block.
 */
#ifndef LAC_CLAUDE_MESSAGE_H
#define LAC_CLAUDE_MESSAGE_H

#include "claude/sse.h"

#include <jansson.h>

enum { LAC_MESSAGE_BLOCKS_MAX = 4096, LAC_MESSAGE_WORD_MAX = 64 };

/* An error of the API, from a reply's body or from the stream. Empty: none. */
typedef struct lac_api_error {
    char type[LAC_MESSAGE_WORD_MAX]; /* "overloaded_error" */
    char code[LAC_MESSAGE_WORD_MAX]; /* details.error_code; what to branch on, never the message */
    char message[200];               /* for people; printable */
} lac_api_error;

typedef struct lac_message_part lac_message_part;

typedef struct lac_message {
    json_t *tree; /* as the API's Message object; NULL before message_start */
    lac_message_part *parts;
    size_t part_count, part_capacity;
    bool complete; /* message_stop was seen */
    lac_api_error error;
} lac_message;

void lac_message_init(lac_message *message);
void lac_message_free(lac_message *message);

/* Takes one event (the reader's lac_sse_event_fn; `user` is the message). LACUNA_E_FORMAT for data
 * that is no event of a message. An error event is LACUNA_OK and fills `error`. */
lacuna_status lac_message_event(void *user, lac_span type, lac_span data);

/* At the end of the stream: joins what is open into the tree. LACUNA_E_FORMAT without
 * message_stop. */
lacuna_status lac_message_finish(lac_message *message, lacuna_error *err);

/* Reads an error object {"type": "error", "error": {...}}; false where it is none. */
bool lac_api_error_read(lac_api_error *error, lac_span body);

#endif
