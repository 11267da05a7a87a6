#include "parsers/letter/mail.h"

#include "parsers/letter/html_text.h"
#include "parsers/letter/mail_decode.h"
#include "parsers/letter/mail_fields.h"
#include "support/error.h"

#include <stdlib.h>

enum { NAME_SHOWN = 120, CHARSET_SHOWN = 40, FIELD_BYTES = 1 << 20 };

typedef struct mail_reader {
    lac_letter_builder *builder;
    uint32_t parts;
    lacuna_error *err;
} mail_reader;

static lacuna_status read_entity(mail_reader *r, lac_span entity, uint32_t depth);

static lacuna_status out_of_room(mail_reader *r, lacuna_status status)
{
    return status == LACUNA_E_LIMIT
               ? lac_fail_remedy(r->err, status, "Raise the limit if the mail is genuine.",
                                 "the mail has more text than the limit")
               : lac_fail_nomem(r->err);
}

bool lac_mail_recognized(lac_span bytes)
{
    lac_mail_header header;
    return lac_mail_header_read(&header, bytes) && lac_mail_is_message(&header);
}

/* ---- what is read --------------------------------------------------------------------------- */

static lacuna_status add_field(mail_reader *r, const char *label, lac_span value)
{
    lac_buf line;
    lac_buf_init(&line, FIELD_BYTES);
    lacuna_status status = lac_buf_printf(&line, "%s: ", label);
    if (status == LACUNA_OK) {
        status = lac_mail_field_text(&line, value);
    }
    status = status == LACUNA_OK ? lac_letter_add(r->builder, lac_buf_span(&line), r->err)
                                 : out_of_room(r, status);
    lac_buf_free(&line);
    return status;
}

/* As mail programs print it, so that a saved text and the mail itself are the same letter. */
static lacuna_status add_head(mail_reader *r, const lac_mail_header *header)
{
    static const struct {
        lac_mail_field field;
        const char *label;
    } shown[] = {{LAC_MAIL_FROM, "From"},
                 {LAC_MAIL_DATE, "Sent"},
                 {LAC_MAIL_TO, "To"},
                 {LAC_MAIL_CC, "Cc"},
                 {LAC_MAIL_SUBJECT, "Subject"}};
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < sizeof shown / sizeof shown[0] && status == LACUNA_OK; i++) {
        lac_span value = header->fields[shown[i].field];
        if (value.ptr != NULL) {
            status = add_field(r, shown[i].label, value);
        }
    }
    return status == LACUNA_OK ? lac_letter_add(r->builder, lac_span_of("\n"), r->err) : status;
}

static lac_span or_empty(lac_span value)
{
    return value.ptr == NULL ? lac_span_make("", 0) : value;
}

static lacuna_status add_decoded(mail_reader *r, lac_span charset, lac_span decoded, bool html)
{
    lac_buf utf8, text;
    size_t most = r->builder->text.max;
    lac_buf_init(&utf8, most);
    lac_buf_init(&text, most);
    lacuna_status status = lac_mail_to_utf8(&utf8, charset, decoded);
    if (status == LACUNA_OK && html) {
        status = lac_html_text(&text, lac_buf_span(&utf8));
    }
    status = status == LACUNA_OK
                 ? lac_letter_add(r->builder, lac_buf_span(html ? &text : &utf8), r->err)
                 : out_of_room(r, status);
    lac_buf_free(&utf8);
    lac_buf_free(&text);
    return status;
}

static lacuna_status add_text(mail_reader *r, const lac_mail_header *header, bool html)
{
    lac_span charset = lac_mail_parameter(or_empty(header->fields[LAC_MAIL_TYPE]), "charset");
    lac_span transfer = lac_mail_main_value(or_empty(header->fields[LAC_MAIL_TRANSFER]));
    lac_buf decoded;
    lac_buf_init(&decoded, r->builder->text.max);
    lacuna_status status =
        lac_mail_transfer_decode(&decoded, lac_mail_transfer_of(transfer), header->body);
    status = status == LACUNA_OK ? add_decoded(r, charset, lac_buf_span(&decoded), html)
                                 : out_of_room(r, status);
    lac_buf_free(&decoded);
    if (status == LACUNA_OK && !lac_mail_knows_charset(charset)) {
        int shown = (int)(charset.len < CHARSET_SHOWN ? charset.len : CHARSET_SHOWN);
        status = lac_letter_remark(r->builder, true, r->err,
                                   "a part of the mail is in the charset %.*s; only its ASCII "
                                   "characters were read",
                                   shown, charset.ptr);
    }
    return status;
}

static lacuna_status name_attachment(mail_reader *r, const lac_mail_header *header)
{
    lac_span name = lac_mail_parameter(or_empty(header->fields[LAC_MAIL_DISPOSITION]), "filename");
    lac_span type = lac_mail_main_value(or_empty(header->fields[LAC_MAIL_TYPE]));
    if (name.len == 0) {
        name = lac_mail_parameter(or_empty(header->fields[LAC_MAIL_TYPE]), "name");
    }
    lac_buf shown;
    lac_buf_init(&shown, FIELD_BYTES);
    lacuna_status status = lac_mail_field_text(&shown, name.len > 0 ? name : type);
    lac_span text = lac_buf_span(&shown);
    status = status == LACUNA_OK
                 ? lac_letter_remark(r->builder, true, r->err,
                                     "the attachment \"%.*s\" was not read; save it and read it "
                                     "as a letter of its own",
                                     (int)(text.len < NAME_SHOWN ? text.len : NAME_SHOWN), text.ptr)
                 : out_of_room(r, status);
    lac_buf_free(&shown);
    return status;
}

/* ---- parts in parts ------------------------------------------------------------------------- */

typedef struct part_list {
    lac_span rest;
    lac_span boundary;
} part_list;

static bool is_delimiter(lac_span line, lac_span boundary, bool *last)
{
    if (line.len < boundary.len + 2 || line.ptr[0] != '-' || line.ptr[1] != '-' ||
        memcmp(line.ptr + 2, boundary.ptr, boundary.len) != 0) {
        return false;
    }
    lac_span tail = lac_span_make(line.ptr + 2 + boundary.len, line.len - 2 - boundary.len);
    *last = tail.len >= 2 && tail.ptr[0] == '-' && tail.ptr[1] == '-';
    return *last || lac_span_trim(tail).len == 0;
}

/* Steps over everything up to the next delimiter line; what stood before it is the part. */
static lac_span to_delimiter(part_list *list, bool *last, bool *found)
{
    const char *start = list->rest.ptr;
    size_t length = 0;
    *found = false;
    *last = false;
    while (length < list->rest.len && !*found) {
        const char *line = start + length;
        const char *end = memchr(line, '\n', list->rest.len - length);
        size_t size = end == NULL ? list->rest.len - length : (size_t)(end - line) + 1;
        *found = is_delimiter(lac_span_make(line, size), list->boundary, last);
        if (*found) {
            list->rest = lac_span_make(line + size, list->rest.len - length - size);
            return lac_span_make(start, length);
        }
        length += size;
    }
    list->rest = lac_span_make(start + length, 0);
    return lac_span_make(start, length);
}

static bool is_type(lac_span type, const char *wanted)
{
    return lac_span_equal_nocase(type, lac_span_of(wanted));
}

/* How much a part of an alternative is wanted. */
static int preference(lac_span part)
{
    lac_mail_header header;
    (void)lac_mail_header_read(&header, part);
    lac_span type = lac_mail_main_value(or_empty(header.fields[LAC_MAIL_TYPE]));
    if (type.len == 0 || is_type(type, "text/plain")) {
        return 3;
    }
    return lac_span_starts_nocase(type, "multipart/") ? 2 : is_type(type, "text/html") ? 1 : 0;
}

static lacuna_status read_parts(mail_reader *r, lac_span body, lac_span boundary, bool alternative,
                                uint32_t depth)
{
    part_list list = {body, boundary};
    bool last, found;
    int best = 0;
    lac_span chosen = {0};
    lacuna_status status = LACUNA_OK;
    (void)to_delimiter(&list, &last, &found); /* the preamble */
    while (found && !last && status == LACUNA_OK) {
        lac_span part = to_delimiter(&list, &last, &found);
        int wanted = alternative ? preference(part) : 0;
        if (!alternative) {
            status = read_entity(r, part, depth);
        } else if (wanted > best) {
            best = wanted;
            chosen = part;
        }
    }
    return best > 0 ? read_entity(r, chosen, depth) : status;
}

static lacuna_status count_part(mail_reader *r, uint32_t depth)
{
    const lac_limits *limits = r->builder->limits;
    if (depth > limits->mail_depth) {
        return lac_fail(r->err, LACUNA_E_LIMIT, "the mail nests parts deeper than the limit of %u",
                        limits->mail_depth);
    }
    if (++r->parts > limits->mail_parts) {
        return lac_fail(r->err, LACUNA_E_LIMIT, "the mail has more parts than the limit of %u",
                        limits->mail_parts);
    }
    return LACUNA_OK;
}

/* A part, or the mail itself. The depth of the recursion is mail_depth at most. */
static lacuna_status read_entity(mail_reader *r, lac_span entity, uint32_t depth)
{
    lacuna_status status = count_part(r, depth);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_mail_header header;
    (void)lac_mail_header_read(&header, entity);
    lac_span field = or_empty(header.fields[LAC_MAIL_TYPE]);
    lac_span type = lac_mail_main_value(field);
    lac_span boundary = lac_mail_parameter(field, "boundary");
    lac_span disposition = lac_mail_main_value(or_empty(header.fields[LAC_MAIL_DISPOSITION]));
    if (depth == 0) {
        status = add_head(r, &header);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    if (lac_span_starts_nocase(type, "multipart/") && boundary.len > 0) {
        bool alternative = is_type(type, "multipart/alternative");
        return read_parts(r, header.body, boundary, alternative, depth + 1);
    }
    if (is_type(disposition, "attachment")) {
        return name_attachment(r, &header);
    }
    if (is_type(type, "message/rfc822")) {
        lac_mail_header inner;
        (void)lac_mail_header_read(&inner, header.body);
        status = add_head(r, &inner);
        return status == LACUNA_OK ? read_entity(r, header.body, depth + 1) : status;
    }
    bool html = is_type(type, "text/html");
    if (type.len == 0 || html || lac_span_starts_nocase(type, "text/")) {
        return add_text(r, &header, html);
    }
    return name_attachment(r, &header);
}

lacuna_status lac_mail_read(lac_letter_builder *builder, lac_span bytes, lacuna_error *err)
{
    mail_reader r = {.builder = builder, .err = err};
    return read_entity(&r, bytes, 0);
}
