#include "parsers/letter/letter_builder.h"

#include "parsers/text/decode.h"
#include "support/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_RECORDS = 1 << 16, MOST_NOTES = 256, NOTE_BYTES = 400, TAB_COLUMNS = 8 };

static lacuna_status fail(lacuna_status status, const char *what, lacuna_error *err)
{
    if (status == LACUNA_E_LIMIT) {
        return lac_fail_remedy(err, status, "Raise the limit if the letter is genuine.",
                               "the letter has more %s than the limit", what);
    }
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(err);
}

lacuna_status lac_letter_begin(lac_letter_builder *builder, lac_letter_format format,
                               const lac_limits *limits, lacuna_error *err)
{
    *builder = (lac_letter_builder){.limits = limits};
    uint64_t most = limits->text_bytes < UINT32_MAX / 2 ? limits->text_bytes : UINT32_MAX / 2;
    lac_buf_init(&builder->text, (size_t)most);
    builder->letter = calloc(1, sizeof *builder->letter);
    if (builder->letter == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&builder->letter->arena);
    builder->letter->format = format;
    return LACUNA_OK;
}

void lac_letter_abandon(lac_letter_builder *builder)
{
    lac_buf_free(&builder->text);
    free(builder->records);
    free(builder->record_starts);
    free(builder->notes);
    lac_letter_text_free(builder->letter);
    *builder = (lac_letter_builder){0};
}

void lac_letter_text_free(lac_letter_text *letter)
{
    if (letter != NULL) {
        lac_arena_free(&letter->arena);
        free(letter);
    }
}

lacuna_status lac_letter_add(lac_letter_builder *builder, lac_span bytes, lacuna_error *err)
{
    uint64_t replaced = 0;
    return fail(lac_text_decode(&builder->text, &replaced, bytes), "text", err);
}

lacuna_status lac_letter_remark(lac_letter_builder *builder, bool incomplete, lacuna_error *err,
                                const char *format, ...)
{
    char text[NOTE_BYTES];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (builder->note_count >= MOST_NOTES) {
        return LACUNA_OK; /* a list that long says nothing more */
    }
    lacuna_status status = lac_grow((void **)&builder->notes, &builder->note_cap,
                                    builder->note_count + 1, sizeof *builder->notes, MOST_NOTES);
    char *copy = lac_arena_copy(&builder->letter->arena, lac_span_of(text));
    if (status != LACUNA_OK || copy == NULL) {
        return lac_fail_nomem(err);
    }
    builder->notes[builder->note_count++] = (lac_letter_note){copy, incomplete};
    return LACUNA_OK;
}

lacuna_status lac_letter_add_record(lac_letter_builder *builder, const lac_letter_record *record,
                                    lacuna_error *err)
{
    size_t need = builder->record_count + 1;
    lacuna_status status = lac_grow((void **)&builder->records, &builder->record_cap, need,
                                    sizeof *builder->records, MOST_RECORDS);
    if (status == LACUNA_OK) {
        status = lac_grow((void **)&builder->record_starts, &builder->record_start_cap, need,
                          sizeof *builder->record_starts, MOST_RECORDS);
    }
    if (status != LACUNA_OK) {
        return fail(status, "records", err);
    }
    builder->record_starts[builder->record_count] = builder->text.len;
    builder->records[builder->record_count++] = *record;
    return LACUNA_OK;
}

/* ---- lines and pages ------------------------------------------------------------------------ */

typedef struct cutter {
    lac_letter_builder *builder;
    lac_letter_line *lines;
    size_t line_count, line_cap;
    uint32_t *empty;
    size_t empty_count, empty_cap;
    size_t kept;   /* bytes of the text without form feeds */
    uint32_t page; /* the page being read */
    bool page_has_text;
    size_t record; /* the next one to begin */
} cutter;

static lacuna_status end_page(cutter *c)
{
    if (!c->page_has_text) {
        lacuna_status status = lac_grow((void **)&c->empty, &c->empty_cap, c->empty_count + 1,
                                        sizeof *c->empty, c->builder->limits->pdf_pages);
        if (status != LACUNA_OK) {
            return status;
        }
        c->empty[c->empty_count++] = c->page;
    }
    c->page++;
    c->page_has_text = false;
    return c->page <= c->builder->limits->pdf_pages ? LACUNA_OK : LACUNA_E_LIMIT;
}

/* Takes the form feeds out of a line, in place; each begins a page. */
static lacuna_status take_line(cutter *c, const char *line, size_t length)
{
    char *to = c->builder->text.data + c->kept;
    size_t start = c->kept, written = 0;
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < length && status == LACUNA_OK; i++) {
        if (line[i] == '\f') {
            status = end_page(c);
            continue;
        }
        c->page_has_text = c->page_has_text || (unsigned char)line[i] > ' ';
        bool control = (unsigned char)line[i] < ' ' && line[i] != '\t';
        to[written++] = control ? ' ' : line[i];
    }
    if (status != LACUNA_OK) {
        return status;
    }
    lac_span all = lac_span_make(to, written);
    lac_span trimmed = lac_span_trim(all);
    uint32_t indent = 0;
    for (const char *p = to; p < trimmed.ptr; p++) {
        indent = *p == '\t' ? (indent / TAB_COLUMNS + 1) * TAB_COLUMNS : indent + 1;
    }
    to[written++] = '\n';
    c->kept += written;
    status = lac_grow((void **)&c->lines, &c->line_cap, c->line_count + 1, sizeof *c->lines,
                      c->builder->limits->blocks);
    if (status == LACUNA_OK) {
        size_t at = trimmed.len == 0 ? start : start + (size_t)(trimmed.ptr - to);
        c->lines[c->line_count++] =
            (lac_letter_line){(uint32_t)at, (uint32_t)trimmed.len, c->page, indent};
    }
    return status;
}

static void begin_records(cutter *c, size_t at)
{
    lac_letter_builder *b = c->builder;
    while (c->record < b->record_count && b->record_starts[c->record] <= at) {
        b->records[c->record++].first_line = (uint32_t)c->line_count;
    }
}

static lacuna_status cut(cutter *c)
{
    lac_buf *text = &c->builder->text;
    size_t length = text->len;
    lacuna_status status = LACUNA_OK;
    for (size_t at = 0; at < length && status == LACUNA_OK;) {
        begin_records(c, at);
        const char *end = memchr(text->data + at, '\n', length - at);
        size_t line = end == NULL ? length - at : (size_t)(end - text->data) - at;
        status = take_line(c, text->data + at, line);
        at += line + 1;
    }
    begin_records(c, length);
    if (status == LACUNA_OK && !c->page_has_text) { /* behind the last form feed: no page */
        status = c->page > 1 ? LACUNA_OK : end_page(c);
        c->page--;
    }
    if (c->page == 0) {
        c->page = 1;
    }
    return status;
}

static lacuna_status hand_over(cutter *c, lacuna_error *err)
{
    lac_letter_builder *b = c->builder;
    lac_letter_text *letter = b->letter;
    struct {
        const void **out;
        const void *from;
        size_t size;
    } arrays[] = {
        {(const void **)&letter->lines, c->lines, c->line_count * sizeof *c->lines},
        {(const void **)&letter->empty_pages, c->empty, c->empty_count * sizeof *c->empty},
        {(const void **)&letter->records, b->records, b->record_count * sizeof *b->records},
        {(const void **)&letter->notes, b->notes, b->note_count * sizeof *b->notes},
        {(const void **)&letter->text.ptr, lac_buf_text(&b->text), c->kept},
    };
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        void *copy = lac_arena_alloc(&letter->arena, arrays[i].size + 1);
        if (copy == NULL) {
            return lac_fail_nomem(err);
        }
        if (arrays[i].size > 0) {
            memcpy(copy, arrays[i].from, arrays[i].size);
        }
        *arrays[i].out = copy;
    }
    letter->text.len = c->kept;
    letter->line_count = (uint32_t)c->line_count;
    letter->empty_page_count = (uint32_t)c->empty_count;
    letter->record_count = (uint32_t)b->record_count;
    letter->note_count = (uint32_t)b->note_count;
    letter->page_count = b->pages ? c->page : 0;
    return LACUNA_OK;
}

/* Formats without pages say so in every line. */
static void forget_pages(cutter *c)
{
    for (size_t i = 0; i < c->line_count; i++) {
        c->lines[i].page = 0;
    }
    c->empty_count = 0;
}

lacuna_status lac_letter_finish(lac_letter_text **out, lac_letter_builder *builder,
                                lacuna_error *err)
{
    cutter c = {.builder = builder, .page = 1};
    *out = NULL;
    lacuna_status status = LACUNA_OK;
    lac_buf *text = &builder->text;
    if (text->len > 0 && text->data[text->len - 1] != '\n') {
        status = lac_buf_append_char(text, '\n');
    }
    if (status == LACUNA_OK) {
        status = cut(&c);
    }
    status = fail(status, "text, lines or pages", err);
    if (status == LACUNA_OK && !builder->pages) {
        forget_pages(&c);
    }
    if (status == LACUNA_OK) {
        status = hand_over(&c, err);
    }
    free(c.lines);
    free(c.empty);
    if (status == LACUNA_OK) {
        *out = builder->letter;
        builder->letter = NULL;
    }
    lac_letter_abandon(builder);
    return status;
}
