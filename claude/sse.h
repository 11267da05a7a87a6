/*
 * sse.h - server-sent events from bytes, however the network cuts them.
 *
 * Purpose: WHATWG HTML 9.2.6 "Interpreting an event stream": lines end with LF, CR LF or CR; data
 * lines of one event are joined with LF; comments and unknown fields are skipped; a byte order mark
 * at the beginning is skipped; an event without its blank line at the end of the stream is dropped.
 * Ownership: a reader owns its buffers; the spans an event hands out live until its function
 * returns. Limits: an event over LAC_SSE_EVENT_MAX is LACUNA_E_LIMIT.
 */
#ifndef LAC_CLAUDE_SSE_H
#define LAC_CLAUDE_SSE_H

#include "include/lacuna.h"
#include "support/buf.h"

enum { LAC_SSE_EVENT_MAX = 16 * 1024 * 1024 };

/* One event: its type ("message" where the stream names none) and its data. Anything but LACUNA_OK
 * stops the reading and is handed on. */
typedef lacuna_status (*lac_sse_event_fn)(void *user, lac_span type, lac_span data);

typedef struct lac_sse {
    lac_sse_event_fn event;
    void *user;
    lac_buf line, type, data;
    unsigned mark_seen; /* bytes of a leading byte order mark seen so far; 3 or more: past it */
    bool after_cr;      /* the line ended with CR: a LF that follows belongs to it */
    bool has_data;
} lac_sse;

void lac_sse_init(lac_sse *sse, lac_sse_event_fn event, void *user);
void lac_sse_free(lac_sse *sse);

lacuna_status lac_sse_feed(lac_sse *sse, lac_span bytes);

#endif
