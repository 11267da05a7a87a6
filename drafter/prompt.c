#include "drafter/prompt.h"

#include "checklists/embed.h"
#include "support/error.h"

#include <stdio.h>

#define FOLDER "templates/prompts/"

enum { NAME_MAX_BYTES = 128, DIGEST_INPUT_MAX = 1 << 20 };

static bool find_file(lac_span *data, const char *id, const char *ending)
{
    char name[NAME_MAX_BYTES];
    int length = snprintf(name, sizeof name, FOLDER "%s%s", id, ending);
    for (size_t i = 0; length > 0 && length < NAME_MAX_BYTES && i < lac_embedded_count(); i++) {
        if (strcmp(lac_embedded_name(i), name) == 0) {
            *data = lac_embedded_data(i);
            return true;
        }
    }
    return false;
}

/* The lines behind "# name", up to the next such line. */
static lac_span part_of(lac_span text, const char *name)
{
    lac_span part = {NULL, 0};
    bool inside = false;
    while (text.len > 0) {
        const char *end = memchr(text.ptr, '\n', text.len);
        size_t length = end == NULL ? text.len : (size_t)(end - text.ptr) + 1;
        lac_span line = lac_span_trim(lac_span_make(text.ptr, length));
        if (line.len > 2 && line.ptr[0] == '#' && line.ptr[1] == ' ') {
            inside = lac_span_is(lac_span_make(line.ptr + 2, line.len - 2), name);
        } else if (inside) {
            part.ptr = part.ptr == NULL ? text.ptr : part.ptr;
            part.len += length;
        }
        text = lac_span_make(text.ptr + length, text.len - length);
    }
    return lac_span_trim(part);
}

static lacuna_status digest_of(lac_digest *digest, lac_span text, lac_span schema,
                               lacuna_error *err)
{
    lac_buf both;
    lac_buf_init(&both, DIGEST_INPUT_MAX);
    lacuna_status status = lac_buf_append_span(&both, text);
    if (status == LACUNA_OK) {
        status = lac_buf_append_span(&both, schema);
    }
    status =
        status == LACUNA_OK ? lac_sha256(digest, lac_buf_span(&both), err) : lac_fail_nomem(err);
    lac_buf_free(&both);
    return status;
}

lacuna_status lac_prompt_load(lac_prompt *prompt, const char *id, lacuna_error *err)
{
    lac_span text, schema = {NULL, 0};
    *prompt = (lac_prompt){.id = id};
    if (!find_file(&text, id, ".md")) {
        return lac_fail(err, LACUNA_E_NOTFOUND, "there is no prompt %.60s", id);
    }
    if (find_file(&schema, id, ".schema.json")) {
        prompt->schema = schema.ptr; /* embedded files end with a NUL */
    }
    prompt->system = part_of(text, "system");
    prompt->instruction = part_of(text, "instruction");
    return digest_of(&prompt->digest, text, schema, err);
}

/* ---- filling in ----------------------------------------------------------------------------- */

static const lac_prompt_value *find_value(const lac_prompt_value *values, size_t count,
                                          lac_span name)
{
    for (size_t i = 0; i < count; i++) {
        if (lac_span_is(name, values[i].name)) {
            return &values[i];
        }
    }
    return NULL;
}

static const char *find_pair(lac_span text, char c)
{
    for (size_t i = 0; i + 1 < text.len; i++) {
        if (text.ptr[i] == c && text.ptr[i + 1] == c) {
            return text.ptr + i;
        }
    }
    return NULL;
}

static lacuna_status render_line(lac_buf *out, lac_span line, const lac_prompt_value *values,
                                 size_t count, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    const char *open;
    while (status == LACUNA_OK && (open = find_pair(line, '{')) != NULL) {
        size_t before = (size_t)(open - line.ptr);
        lac_span rest = lac_span_make(open + 2, line.len - before - 2);
        const char *close = find_pair(rest, '}');
        if (close == NULL) {
            break;
        }
        lac_span name = lac_span_make(rest.ptr, (size_t)(close - rest.ptr));
        const lac_prompt_value *value = find_value(values, count, name);
        if (value == NULL) {
            return lac_fail(err, LACUNA_E_INTERNAL, "the prompt asks for {{%.*s}}", (int)name.len,
                            name.ptr);
        }
        status = lac_buf_append(out, line.ptr, before);
        status = status == LACUNA_OK ? lac_buf_append_span(out, value->value) : status;
        line = lac_span_make(close + 2, rest.len - name.len - 2);
    }
    status = status == LACUNA_OK ? lac_buf_append_span(out, line) : status;
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(err);
}

static bool is_value_alone(lac_span line)
{
    line = lac_span_trim(line);
    return line.len > 4 && line.ptr[0] == '{' && line.ptr[1] == '{' &&
           find_pair(line, '}') == line.ptr + line.len - 2;
}

lacuna_status lac_prompt_render(lac_buf *out, lac_span text, const lac_prompt_value *values,
                                size_t count, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    while (status == LACUNA_OK && text.len > 0) {
        const char *end = memchr(text.ptr, '\n', text.len);
        size_t length = end == NULL ? text.len : (size_t)(end - text.ptr) + 1;
        lac_span line = lac_span_make(text.ptr, length);
        size_t begin = out->len;
        status = render_line(out, line, values, count, err);
        if (status == LACUNA_OK && is_value_alone(line) &&
            lac_span_trim(lac_span_make(out->data + begin, out->len - begin)).len == 0) {
            out->len = begin;
            out->data[begin] = '\0';
        }
        text = lac_span_make(text.ptr + length, text.len - length);
    }
    return status;
}
