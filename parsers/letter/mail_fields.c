#include "parsers/letter/mail_fields.h"

static const char *const NAMES[LAC_MAIL_FIELD_COUNT] = {"from",
                                                        "date",
                                                        "to",
                                                        "cc",
                                                        "subject",
                                                        "content-type",
                                                        "content-transfer-encoding",
                                                        "content-disposition",
                                                        "mime-version",
                                                        "message-id",
                                                        "received"};

static size_t line_end(lac_span text, size_t from)
{
    const char *end = from < text.len ? memchr(text.ptr + from, '\n', text.len - from) : NULL;
    return end == NULL ? text.len : (size_t)(end - text.ptr) + 1;
}

static bool is_blank_line(lac_span text, size_t from, size_t to)
{
    return lac_span_trim(lac_span_make(text.ptr + from, to - from)).len == 0;
}

/* Printable ASCII without a colon (RFC 5322 2.2). */
static size_t name_length(lac_span text, size_t from)
{
    size_t i = from;
    while (i < text.len && text.ptr[i] > ' ' && text.ptr[i] < 0x7F && text.ptr[i] != ':') {
        i++;
    }
    return i < text.len && text.ptr[i] == ':' ? i - from : 0;
}

static void keep(lac_mail_header *header, lac_span name, lac_span value)
{
    for (int i = 0; i < LAC_MAIL_FIELD_COUNT; i++) {
        if (header->fields[i].ptr == NULL && lac_span_equal_nocase(name, lac_span_of(NAMES[i]))) {
            header->fields[i] = lac_span_trim(value);
        }
    }
}

bool lac_mail_header_read(lac_mail_header *header, lac_span entity)
{
    *header = (lac_mail_header){.body = entity};
    size_t at = 0;
    bool any = false;
    while (at < entity.len) {
        size_t end = line_end(entity, at);
        if (is_blank_line(entity, at, end)) {
            header->body = lac_span_make(entity.ptr + end, entity.len - end);
            return any || at == 0;
        }
        size_t name = name_length(entity, at);
        if (name == 0) {
            break;
        }
        while (end < entity.len && (entity.ptr[end] == ' ' || entity.ptr[end] == '\t')) {
            size_t next = line_end(entity, end);
            if (is_blank_line(entity, end, next)) {
                break;
            }
            end = next;
        }
        size_t value = at + name + 1;
        keep(header, lac_span_make(entity.ptr + at, name),
             lac_span_make(entity.ptr + value, end - value));
        any = true;
        at = end;
    }
    if (at >= entity.len && any) {
        header->body = lac_span_make(entity.ptr + entity.len, 0);
        return true;
    }
    *header = (lac_mail_header){.body = entity};
    return false;
}

bool lac_mail_is_message(const lac_mail_header *header)
{
    const lac_span *f = header->fields;
    if (f[LAC_MAIL_VERSION].ptr != NULL || f[LAC_MAIL_MESSAGE_ID].ptr != NULL) {
        return true;
    }
    return f[LAC_MAIL_FROM].ptr != NULL &&
           (f[LAC_MAIL_DATE].ptr != NULL || f[LAC_MAIL_RECEIVED].ptr != NULL);
}

lac_span lac_mail_main_value(lac_span value)
{
    size_t end = 0;
    while (end < value.len && value.ptr[end] != ';') {
        end++;
    }
    return lac_span_trim(lac_span_make(value.ptr, end));
}

/* Where the parameter that begins at `from` ends: at ';' outside of quotes. */
static size_t parameter_end(lac_span value, size_t from)
{
    bool quoted = false;
    for (; from < value.len; from++) {
        char c = value.ptr[from];
        if (quoted && c == '\\' && from + 1 < value.len) {
            from++;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ';' && !quoted) {
            break;
        }
    }
    return from;
}

static lac_span unquote(lac_span text)
{
    text = lac_span_trim(text);
    if (text.len >= 2 && text.ptr[0] == '"' && text.ptr[text.len - 1] == '"') {
        return lac_span_make(text.ptr + 1, text.len - 2);
    }
    return text;
}

lac_span lac_mail_parameter(lac_span value, const char *name)
{
    size_t at = parameter_end(value, 0);
    while (at < value.len) {
        size_t end = parameter_end(value, at + 1);
        lac_span parameter = lac_span_make(value.ptr + at + 1, end - at - 1);
        const char *equals = memchr(parameter.ptr, '=', parameter.len);
        if (equals != NULL) {
            size_t length = (size_t)(equals - parameter.ptr);
            lac_span key = lac_span_trim(lac_span_make(parameter.ptr, length));
            if (key.len > 1 && key.ptr[key.len - 1] == '*') {
                key.len--;
            }
            if (lac_span_equal_nocase(key, lac_span_of(name))) {
                return unquote(lac_span_make(equals + 1, parameter.len - length - 1));
            }
        }
        at = end;
    }
    return lac_span_make("", 0);
}
