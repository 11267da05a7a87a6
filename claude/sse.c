#include "claude/sse.h"

static const unsigned char MARK[3] = {0xEF, 0xBB, 0xBF};

enum { TYPE_MAX = 256 };

void lac_sse_init(lac_sse *sse, lac_sse_event_fn event, void *user)
{
    *sse = (lac_sse){.event = event, .user = user};
    lac_buf_init(&sse->line, LAC_SSE_EVENT_MAX);
    lac_buf_init(&sse->type, TYPE_MAX);
    lac_buf_init(&sse->data, LAC_SSE_EVENT_MAX);
}

void lac_sse_free(lac_sse *sse)
{
    lac_buf_free(&sse->line);
    lac_buf_free(&sse->type);
    lac_buf_free(&sse->data);
}

/* ---- lines to events ------------------------------------------------------------------------ */

static lacuna_status dispatch(lac_sse *sse)
{
    lacuna_status status = LACUNA_OK;
    if (sse->has_data) {
        lac_span type = sse->type.len > 0 ? lac_buf_span(&sse->type) : lac_span_of("message");
        status = sse->event(sse->user, type, lac_buf_span(&sse->data));
    }
    lac_buf_clear(&sse->type);
    lac_buf_clear(&sse->data);
    sse->has_data = false;
    return status;
}

static lacuna_status add_data(lac_sse *sse, lac_span value)
{
    lacuna_status status = LACUNA_OK;
    if (sse->has_data) {
        status = lac_buf_append_char(&sse->data, '\n');
    }
    sse->has_data = true;
    return status == LACUNA_OK ? lac_buf_append_span(&sse->data, value) : status;
}

static lacuna_status take_field(lac_sse *sse, lac_span name, lac_span value)
{
    if (lac_span_is(name, "data")) {
        return add_data(sse, value);
    }
    if (lac_span_is(name, "event")) {
        lac_buf_clear(&sse->type);
        return lac_buf_append_span(&sse->type, value);
    }
    return LACUNA_OK;
}

static lacuna_status take_line(lac_sse *sse)
{
    lac_span line = lac_buf_span(&sse->line);
    if (line.len == 0) {
        return dispatch(sse);
    }
    const char *colon = memchr(line.ptr, ':', line.len);
    if (colon == line.ptr) {
        return LACUNA_OK;
    }
    lac_span name = line;
    lac_span value = {NULL, 0};
    if (colon != NULL) {
        name.len = (size_t)(colon - line.ptr);
        value = lac_span_make(colon + 1, line.len - name.len - 1);
        if (value.len > 0 && value.ptr[0] == ' ') {
            value = lac_span_make(value.ptr + 1, value.len - 1);
        }
    }
    return take_field(sse, name, value);
}

/* ---- bytes to lines ------------------------------------------------------------------------- */

/* A byte order mark stands at the very beginning and may be cut anywhere; what only began like one
 * is text. */
static lacuna_status take_start(lac_sse *sse, unsigned char c, bool *taken)
{
    *taken = false;
    if (sse->mark_seen >= sizeof MARK) {
        return LACUNA_OK;
    }
    if (c == MARK[sse->mark_seen]) {
        sse->mark_seen++;
        *taken = true;
        return LACUNA_OK;
    }
    lacuna_status status = lac_buf_append(&sse->line, MARK, sse->mark_seen);
    sse->mark_seen = sizeof MARK;
    return status;
}

static lacuna_status end_line(lac_sse *sse)
{
    lacuna_status status = take_line(sse);
    lac_buf_clear(&sse->line);
    return status;
}

static lacuna_status take_byte(lac_sse *sse, char c)
{
    bool taken;
    lacuna_status status = take_start(sse, (unsigned char)c, &taken);
    if (status != LACUNA_OK || taken) {
        return status;
    }
    bool was_cr = sse->after_cr;
    sse->after_cr = c == '\r';
    if (c == '\n' && was_cr) {
        return LACUNA_OK;
    }
    return c == '\n' || c == '\r' ? end_line(sse) : lac_buf_append_char(&sse->line, c);
}

/* Bytes up to the next line end, in one piece. */
static size_t plain_run(const lac_sse *sse, lac_span bytes)
{
    size_t length = 0;
    if (sse->mark_seen < sizeof MARK) {
        return 0;
    }
    while (length < bytes.len && bytes.ptr[length] != '\n' && bytes.ptr[length] != '\r') {
        length++;
    }
    return length;
}

lacuna_status lac_sse_feed(lac_sse *sse, lac_span bytes)
{
    lacuna_status status = LACUNA_OK;
    size_t at = 0;
    while (at < bytes.len && status == LACUNA_OK) {
        lac_span rest = lac_span_make(bytes.ptr + at, bytes.len - at);
        size_t run = plain_run(sse, rest);
        if (run > 0) {
            sse->after_cr = false;
            status = lac_buf_append(&sse->line, rest.ptr, run);
            at += run;
        } else {
            status = take_byte(sse, rest.ptr[0]);
            at++;
        }
    }
    return status;
}
