#include "parsers/xml/xml.h"

#include "parsers/document_builder.h"
#include "parsers/package/xml_reader.h"
#include "support/error.h"

#include <string.h>

enum { DEEPEST_HEADING = 9 };

typedef struct reading {
    lac_builder *builder;
    lac_buf text; /* of the block that is open; white space runs are one blank */
    lacuna_error *err;
    uint32_t depth; /* of elements */
    uint32_t part, ordinal;
    bool known; /* the root was seen */
    bool spl;
    uint32_t block_depth; /* other XML: of the element whose text is open; 0: none */
    /* SPL */
    uint32_t sections;    /* open */
    uint32_t text_depth;  /* of the "text" or "title" element that is open; 0: none */
    bool title;           /* it is a title */
    uint32_t table_depth; /* tables open; those inside a table are read as its text */
    uint32_t table, row, column;
    bool row_begun; /* a cell of it was written */
} reading;

static const char spl_namespace[] = "urn:hl7-org:v3";

static bool is(const char *name, const char *wanted)
{
    return strcmp(name, wanted) == 0;
}

static bool is_one_of(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is(name, names[i])) {
            return true;
        }
    }
    return false;
}

/* Elements of the SPL narrative that end a line. */
static bool breaks_line(const char *name)
{
    static const char *const names[] = {"paragraph", "list", "item", "caption", "table", "br"};
    return is_one_of(name, names, sizeof names / sizeof names[0]);
}

/* ---- blocks --------------------------------------------------------------------------------- */

static lac_block plain_block(const reading *r)
{
    return (lac_block){.part = r->part,
                       .ordinal = r->ordinal,
                       .table = LAC_NONE,
                       .row = LAC_NONE,
                       .column = LAC_NONE,
                       .channel = LAC_CHANNEL_BODY};
}

/* A blank between words, never two. */
static lacuna_status append_blank(reading *r)
{
    bool due = r->text.len > 0 && r->text.data[r->text.len - 1] != ' ';
    return due ? lac_buf_append_char(&r->text, ' ') : LACUNA_OK;
}

static lac_span open_text(const reading *r)
{
    lac_span text = lac_buf_span(&r->text);
    while (text.len > 0 && text.ptr[text.len - 1] == ' ') {
        text.len--;
    }
    return text;
}

static lacuna_status emit(reading *r, lac_block block, char separator)
{
    lacuna_status status =
        lac_builder_block(r->builder, NULL, &block, open_text(r), separator, false);
    r->ordinal++;
    lac_buf_clear(&r->text);
    return status;
}

static lacuna_status end_block(reading *r)
{
    if (open_text(r).len == 0) {
        lac_buf_clear(&r->text);
        return LACUNA_OK;
    }
    return emit(r, plain_block(r), '\n');
}

static lacuna_status end_title(reading *r)
{
    lac_block block = plain_block(r);
    uint32_t level = r->sections < DEEPEST_HEADING ? r->sections : DEEPEST_HEADING;
    if (open_text(r).len == 0) {
        return end_block(r);
    }
    block.level = (uint8_t)level;
    block.source = level > 0 ? LAC_HEADING_MARKUP : LAC_HEADING_NONE;
    block.flags = level > 0 ? 0 : LAC_BLOCK_TITLE;
    return emit(r, block, '\n');
}

/* ---- tables --------------------------------------------------------------------------------- */

static lacuna_status begin_table(reading *r)
{
    lacuna_status status = end_block(r);
    const lac_table table = {.first_block = (uint32_t)r->builder->block_count,
                             .end_block = (uint32_t)r->builder->block_count,
                             .parent = LAC_NONE};
    r->row = 0;
    r->row_begun = false;
    return status == LACUNA_OK ? lac_builder_table(r->builder, &r->table, &table) : status;
}

/* Empty cells keep their column and have no block. */
static lacuna_status end_cell(reading *r)
{
    lac_table *table = &r->builder->tables[r->table];
    lac_block block = plain_block(r);
    lacuna_status status = LACUNA_OK;
    block.table = r->table;
    block.row = r->row;
    block.column = r->column++;
    table->columns = r->column > table->columns ? r->column : table->columns;
    if (open_text(r).len > 0) {
        status = emit(r, block, '\t');
        table->end_block = (uint32_t)r->builder->block_count;
        r->row_begun = true;
    }
    lac_buf_clear(&r->text);
    return status;
}

static void end_row(reading *r)
{
    if (r->row_begun) {
        lac_builder_end_line(r->builder);
        r->builder->tables[r->table].rows = r->row + 1;
        r->row++;
    }
    r->row_begun = false;
    r->column = 0;
}

/* It stands in front of the rows, on a line of its own. */
static lacuna_status end_caption(reading *r)
{
    if (r->row > 0 || r->row_begun) {
        return LACUNA_OK;
    }
    lac_table *table = &r->builder->tables[r->table];
    lacuna_status status = end_block(r);
    table->first_block = (uint32_t)r->builder->block_count;
    table->end_block = table->first_block;
    return status;
}

/* Inside a table only cells and rows end something; a line break in a cell is a blank. */
static lacuna_status in_table(reading *r, const char *name, bool end)
{
    if (is(name, "table") && end && r->table_depth == 1) {
        end_row(r);
        r->table_depth = 0;
        lac_buf_clear(&r->text);
        return LACUNA_OK;
    }
    if (is(name, "table")) {
        r->table_depth += end ? UINT32_MAX : 1;
    } else if (r->table_depth == 1 && (is(name, "td") || is(name, "th"))) {
        if (end) {
            return end_cell(r);
        }
        lac_buf_clear(&r->text);
        return LACUNA_OK;
    } else if (r->table_depth == 1 && is(name, "tr") && end) {
        end_row(r);
        return LACUNA_OK;
    } else if (r->table_depth == 1 && is(name, "caption") && end) {
        return end_caption(r);
    }
    return append_blank(r);
}

/* ---- SPL ------------------------------------------------------------------------------------ */

/* A title is one line whatever stands in it. */
static lacuna_status break_line(reading *r)
{
    return r->title ? append_blank(r) : end_block(r);
}

static lacuna_status spl_start(reading *r, const char *name)
{
    if (r->text_depth > 0) {
        if (r->table_depth > 0) {
            return in_table(r, name, false);
        }
        if (is(name, "table")) {
            r->table_depth = 1;
            return begin_table(r);
        }
        return breaks_line(name) ? break_line(r) : LACUNA_OK;
    }
    if (is(name, "section")) {
        r->sections++;
    } else if (is(name, "title") || (is(name, "text") && r->sections > 0)) {
        r->text_depth = r->depth;
        r->title = is(name, "title");
    }
    return LACUNA_OK;
}

static lacuna_status spl_end(reading *r, const char *name)
{
    if (r->text_depth == r->depth) {
        r->text_depth = 0;
        return r->title ? end_title(r) : end_block(r);
    }
    if (r->text_depth > 0) {
        if (r->table_depth > 0) {
            return in_table(r, name, true);
        }
        return breaks_line(name) ? break_line(r) : LACUNA_OK;
    }
    if (is(name, "section") && r->sections > 0) {
        r->sections--;
    }
    return LACUNA_OK;
}

/* ---- events --------------------------------------------------------------------------------- */

static lacuna_status tell(reading *r, lacuna_status status)
{
    if (status == LACUNA_E_NOMEM) {
        return lac_fail_nomem(r->err);
    }
    return status == LACUNA_E_LIMIT
               ? lac_fail_remedy(r->err, status,
                                 "Raise the limit if the file is genuine, or split it.",
                                 "the text of the XML file is larger than the limit")
               : status;
}

static lacuna_status start(void *user, const lac_xml_element *element)
{
    reading *r = user;
    r->depth++;
    if (!r->known) {
        r->known = true;
        r->spl = is(element->name, "document") && element->uri != NULL &&
                 is(element->uri, spl_namespace);
    }
    return r->spl ? tell(r, spl_start(r, element->name)) : LACUNA_OK;
}

static lacuna_status end(void *user, const char *name, const char *uri)
{
    reading *r = user;
    lacuna_status status = LACUNA_OK;
    (void)uri;
    if (r->spl) {
        status = spl_end(r, name);
    } else if (r->depth <= r->block_depth) {
        r->block_depth = 0;
        status = end_block(r);
    }
    r->depth--;
    return tell(r, status);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static lacuna_status append_text(reading *r, lac_span text)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < text.len && status == LACUNA_OK;) {
        size_t run = i;
        while (run < text.len && !is_blank(text.ptr[run])) {
            run++;
        }
        if (run > i) {
            status = lac_buf_append_span(&r->text, lac_span_make(text.ptr + i, run - i));
            i = run;
            continue;
        }
        status = append_blank(r);
        i++;
    }
    return status;
}

static lacuna_status text(void *user, lac_span piece)
{
    reading *r = user;
    if (r->spl && r->text_depth == 0) {
        return LACUNA_OK;
    }
    lacuna_status status = append_text(r, piece);
    if (!r->spl && r->block_depth == 0 && open_text(r).len > 0) {
        r->block_depth = r->depth;
    }
    return tell(r, status);
}

/* ---- the whole ------------------------------------------------------------------------------ */

lacuna_status lac_xml_read(lac_document **out, lac_span bytes, const char *name,
                           const lac_limits *limits, lacuna_error *err)
{
    lac_builder builder;
    *out = NULL;
    lacuna_status status = lac_builder_init(&builder, LAC_FORMAT_XML, limits, err);
    if (status != LACUNA_OK) {
        return status;
    }
    reading r = {.builder = &builder, .err = err};
    lac_buf_init(&r.text, (size_t)limits->text_bytes);
    const lac_xml_handler handler = {.user = &r, .start = start, .end = end, .text = text};
    status = tell(&r, lac_builder_part(&builder, &r.part, ""));
    if (status == LACUNA_OK) {
        status = lac_xml_parse_memory_doctype(bytes, name, limits, &handler, err);
    }
    lac_buf_free(&r.text);
    if (status != LACUNA_OK) {
        lac_builder_free(&builder);
        return status;
    }
    return lac_builder_finish(out, &builder, err);
}
