#include "parsers/pdf/flow.h"

#include "parsers/document_builder.h"
#include "parsers/text/contents.h"

#include <stdlib.h>
#include <string.h>

typedef struct reading {
    lac_pdf_flow *flow;
    const lac_pdf_pages *pages;
    lac_pdf_margins *margins;
    lac_lines body; /* lines of the pages as parsers/text sees them */
    uint32_t *of;   /* body line -> line of the pages */
    size_t max;
} reading;

/* ---- the body as lines ---------------------------------------------------------------------- */

static lacuna_status list_body(reading *r)
{
    const lac_pdf_pages *pages = r->pages;
    r->body.text = lac_buf_span(&pages->text);
    r->body.items = calloc(pages->line_count + 1, sizeof *r->body.items);
    r->of = calloc(pages->line_count + 1, sizeof *r->of);
    if (r->body.items == NULL || r->of == NULL) {
        return LACUNA_E_NOMEM;
    }
    r->body.cap = pages->line_count + 1;
    for (size_t i = 0; i < pages->line_count; i++) {
        const lac_pdf_line *line = &pages->lines[i];
        if (line->kind == LAC_PDF_BODY) {
            r->of[r->body.count] = (uint32_t)i;
            r->body.items[r->body.count++] = (lac_line){
                .start = line->start,
                .length = line->length,
                .role = (uint8_t)(line->length == 0 ? LAC_LINE_BLANK : LAC_LINE_TEXT),
            };
        }
    }
    return LACUNA_OK;
}

/* ---- writing lines -------------------------------------------------------------------------- */

static lacuna_status add_origin(reading *r, lac_pdf_origin origin)
{
    lac_pdf_flow *flow = r->flow;
    lacuna_status status = lac_grow((void **)&flow->origins, &flow->origin_cap,
                                    flow->origin_count + 1, sizeof origin, r->max);
    if (status == LACUNA_OK) {
        flow->origins[flow->origin_count++] = origin;
    }
    return status;
}

/* White space as one blank; in tables a wide one as TAB. */
static lacuna_status append_compact(lac_buf *text, lac_span line, bool table)
{
    enum { CELL_GAP = 2 };
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < line.len && status == LACUNA_OK;) {
        size_t from = i;
        while (i < line.len && line.ptr[i] != ' ') {
            i++;
        }
        status = lac_buf_append(text, line.ptr + from, i - from);
        size_t gap = i;
        while (i < line.len && line.ptr[i] == ' ') {
            i++;
        }
        if (status == LACUNA_OK && i > gap && i < line.len) {
            status = lac_buf_append_char(text, table && i - gap >= CELL_GAP ? '\t' : ' ');
        }
    }
    return status;
}

static lacuna_status add_blank(reading *r)
{
    lac_pdf_flow *flow = r->flow;
    if (flow->origin_count == 0 || flow->origins[flow->origin_count - 1].page == 0) {
        return LACUNA_OK;
    }
    lacuna_status status = lac_buf_append_char(&flow->text, '\n');
    return status == LACUNA_OK ? add_origin(r, (lac_pdf_origin){0, 0, false, false}) : status;
}

static lacuna_status add_line(reading *r, size_t line, bool table)
{
    const lac_pdf_line *from = &r->pages->lines[line];
    lacuna_status status = append_compact(&r->flow->text, lac_pdf_line_text(r->pages, line), table);
    if (status == LACUNA_OK) {
        status = lac_buf_append_char(&r->flow->text, '\n');
    }
    return status == LACUNA_OK
               ? add_origin(r, (lac_pdf_origin){from->page, from->indent, table, false})
               : status;
}

/* ---- contents lists ------------------------------------------------------------------------- */

static bool is_contents(const reading *r, size_t index)
{
    return index < r->body.count && r->body.items[index].role == LAC_LINE_CONTENTS;
}

static bool is_numbered(lac_span text)
{
    lac_span number;
    lac_span title;
    lac_split_typed_number(text, &number, &title);
    return number.len > 0;
}

/* The first line of an entry whose leader and page are on the next. */
static bool entry_goes_on(const reading *r, size_t index)
{
    lac_span text = lac_line_text(&r->body, index);
    lac_span next = lac_line_text(&r->body, index + 1);
    return is_contents(r, index + 1) && lac_contents_entry(text).len == 0 &&
           !lac_contents_title(text) && lac_contents_entry(next).len > 0 && !is_numbered(next);
}

static lacuna_status add_contents(reading *r, size_t *index)
{
    lac_pdf_flow *flow = r->flow;
    size_t line = r->of[*index];
    const lac_pdf_line *from = &r->pages->lines[line];
    lacuna_status status = append_compact(&flow->text, lac_pdf_line_text(r->pages, line), false);
    if (status == LACUNA_OK && entry_goes_on(r, *index)) {
        ++*index;
        status = lac_buf_append_char(&flow->text, ' ');
        if (status == LACUNA_OK) {
            status = append_compact(&flow->text, lac_pdf_line_text(r->pages, r->of[*index]), false);
        }
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_char(&flow->text, '\n');
    }
    return status == LACUNA_OK
               ? add_origin(r, (lac_pdf_origin){from->page, from->indent, false, true})
               : status;
}

/* ---- blocks --------------------------------------------------------------------------------- */

typedef struct state {
    lac_pdf_open_block block;
    bool open; /* running text that may go on */
} state;

static lacuna_status add_text(reading *r, state *s, size_t line)
{
    lac_span text = lac_pdf_line_text(r->pages, line);
    bool table = lac_pdf_has_columns(text);
    bool goes_on = s->open && !table && lac_pdf_continues(r->pages, r->margins, &s->block, line);
    lacuna_status status = goes_on ? LACUNA_OK : add_blank(r);
    if (!goes_on) {
        s->block = (lac_pdf_open_block){line, line, 0, lac_pdf_text_offset(text) > 0};
    }
    s->block.last = line;
    s->block.blanks = 0;
    s->open = !table;
    return status == LACUNA_OK ? add_line(r, line, table) : status;
}

static lacuna_status add_all(reading *r)
{
    state s = {{0, 0, 0, false}, false};
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < r->body.count && status == LACUNA_OK; i++) {
        if (is_contents(r, i)) {
            status = add_blank(r);
            status = status == LACUNA_OK ? add_contents(r, &i) : status;
            s.open = false;
        } else if (lac_line_blank(&r->body, i)) {
            s.block.blanks++;
        } else {
            status = add_text(r, &s, r->of[i]);
        }
    }
    return status;
}

static lacuna_status split(reading *r)
{
    lac_pdf_flow *flow = r->flow;
    lacuna_status status = lac_lines_split(&flow->lines, lac_buf_span(&flow->text), r->max);
    for (size_t i = 0; i < flow->lines.count && status == LACUNA_OK; i++) {
        if (flow->origins[i].contents) {
            flow->lines.items[i].role = LAC_LINE_CONTENTS;
        }
    }
    return status;
}

lacuna_status lac_pdf_flow_read(lac_pdf_flow *flow, const lac_pdf_pages *pages,
                                const lac_limits *limits)
{
    memset(flow, 0, sizeof *flow);
    lac_buf_init(&flow->text, (size_t)limits->text_bytes);
    reading r = {.flow = flow, .pages = pages, .max = (size_t)limits->blocks * 2};
    r.margins = calloc(pages->page_count + 1, sizeof *r.margins);
    lacuna_status status = r.margins == NULL ? LACUNA_E_NOMEM : list_body(&r);
    if (status == LACUNA_OK) {
        status = lac_pdf_find_margins(r.margins, pages);
    }
    if (status == LACUNA_OK) {
        lac_mark_contents(&r.body);
        status = add_all(&r);
    }
    if (status == LACUNA_OK) {
        status = split(&r);
    }
    free(r.margins);
    free(r.body.items);
    free(r.of);
    return status;
}

void lac_pdf_flow_free(lac_pdf_flow *flow)
{
    lac_lines_free(&flow->lines);
    lac_buf_free(&flow->text);
    free(flow->origins);
    memset(flow, 0, sizeof *flow);
}
