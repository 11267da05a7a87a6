#define _GNU_SOURCE /* memmem */

#include "writers/docx/markup.h"

#include "support/utf8.h"
#include "writers/docx/order.h"

/* What a reviewer must not overlook is highlighted up to its closing bracket. */
static const char needed[] = "[DATA NEEDED";

void lac_markup_begin(lac_markup *markup, lac_span w, const lac_draft *draft, lac_ids *ids,
                      bool tracked)
{
    *markup = (lac_markup){.w = w, .draft = draft, .ids = ids, .tracked = tracked};
    lac_buf_init(&markup->out, LAC_LARGEST_MARKUP);
}

void lac_markup_free(lac_markup *markup)
{
    lac_buf_free(&markup->out);
}

/* ---- pieces ---------------------------------------------------------------------------------- */

void lac_markup_span(lac_markup *markup, lac_span text)
{
    if (markup->status == LACUNA_OK) {
        markup->status = lac_buf_append_span(&markup->out, text);
    }
}

void lac_markup_put(lac_markup *markup, const char *text)
{
    for (const char *at = text; *at != '\0';) {
        size_t length = strcspn(at, "@");
        lac_markup_span(markup, lac_span_make(at, length));
        at += length;
        if (*at == '@') {
            lac_markup_span(markup, markup->w);
            lac_markup_span(markup, lac_span_of(":"));
            at++;
        }
    }
}

void lac_markup_number(lac_markup *markup, uint32_t number)
{
    if (markup->status == LACUNA_OK) {
        markup->status = lac_buf_printf(&markup->out, "%u", (unsigned)number);
    }
}

/* XML 1.0 2.2: no controls but TAB, LF and CR, no U+FFFE and U+FFFF. */
static bool is_allowed(uint32_t codepoint)
{
    return codepoint >= 0x20 && codepoint != 0x7F && codepoint != 0xFFFE && codepoint != 0xFFFF;
}

static void escape_one(lac_markup *markup, uint32_t codepoint)
{
    switch (codepoint) {
    case '&':
        lac_markup_span(markup, lac_span_of("&amp;"));
        return;
    case '<':
        lac_markup_span(markup, lac_span_of("&lt;"));
        return;
    case '>':
        lac_markup_span(markup, lac_span_of("&gt;"));
        return;
    case '"':
        lac_markup_span(markup, lac_span_of("&quot;"));
        return;
    default:
        break;
    }
    if (markup->status == LACUNA_OK) {
        markup->status = lac_buf_append_codepoint(
            &markup->out, is_allowed(codepoint) ? codepoint : (uint32_t)LAC_UTF8_REPLACEMENT);
    }
}

void lac_markup_escape(lac_markup *markup, lac_span text)
{
    size_t length;
    for (size_t at = 0; at < text.len; at += length) {
        uint32_t codepoint = lac_utf8_decode(lac_span_make(text.ptr + at, text.len - at), &length);
        escape_one(markup, codepoint);
    }
}

static void revision_tag(lac_markup *markup, const char *name)
{
    uint32_t id = lac_ids_take(markup->ids);
    if (id == UINT32_MAX) {
        markup->status = LACUNA_E_LIMIT;
        return;
    }
    lac_markup_put(markup, "<@");
    lac_markup_span(markup, lac_span_of(name));
    lac_markup_put(markup, " @id=\"");
    lac_markup_number(markup, id);
    lac_markup_put(markup, "\" @author=\"");
    lac_markup_escape(markup, markup->draft->author);
    lac_markup_put(markup, "\" @date=\"");
    lac_markup_escape(markup, markup->draft->date);
    lac_markup_span(markup, lac_span_of("\""));
}

void lac_markup_revision_of(lac_markup *markup, const char *name)
{
    revision_tag(markup, name);
    lac_markup_span(markup, lac_span_of("/>"));
}

void lac_markup_revision(lac_markup *markup)
{
    lac_markup_revision_of(markup, "ins");
}

void lac_markup_open_revision(lac_markup *markup, const char *name)
{
    revision_tag(markup, name);
    lac_markup_span(markup, lac_span_of(">"));
}

/* ---- runs ------------------------------------------------------------------------------------ */

static void open_tracked(lac_markup *markup)
{
    if (markup->tracked) {
        lac_markup_open_revision(markup, "ins");
    }
}

static void close_tracked(lac_markup *markup)
{
    if (markup->tracked) {
        lac_markup_put(markup, "</@ins>");
    }
}

static void text_element(lac_markup *markup, lac_span text)
{
    if (text.len > 0) {
        lac_markup_put(markup, "<@t xml:space=\"preserve\">");
        lac_markup_escape(markup, text);
        lac_markup_put(markup, "</@t>");
    }
}

static void run_content(lac_markup *markup, lac_span text)
{
    size_t from = 0;
    for (size_t at = 0; at < text.len; at++) {
        if (text.ptr[at] == '\t' || text.ptr[at] == '\n') {
            text_element(markup, lac_span_make(text.ptr + from, at - from));
            lac_markup_put(markup, text.ptr[at] == '\t' ? "<@tab/>" : "<@br/>");
            from = at + 1;
        }
    }
    text_element(markup, lac_span_make(text.ptr + from, text.len - from));
}

static void insert_property(lac_markup *markup, lac_span properties, const char *local,
                            const char *attributes)
{
    lac_buf element;
    lac_buf_init(&element, 1024);
    if (markup->status == LACUNA_OK) {
        markup->status =
            lac_buf_printf(&element, "<%.*s:%s", (int)markup->w.len, markup->w.ptr, local);
    }
    if (markup->status == LACUNA_OK && attributes != NULL) {
        markup->status = lac_buf_printf(&element, " %.*s:val=\"%s\"", (int)markup->w.len,
                                        markup->w.ptr, attributes);
    }
    if (markup->status == LACUNA_OK) {
        markup->status = lac_buf_append_text(&element, "/>");
    }
    if (markup->status == LACUNA_OK) {
        markup->status =
            lac_order_insert_run(&markup->out, properties, local, lac_buf_span(&element));
    }
    lac_buf_free(&element);
}

static void put_run(lac_markup *markup, lac_span properties, lac_span text, bool highlighted)
{
    if (text.len == 0) {
        return;
    }
    lac_markup_put(markup, "<@r>");
    if (properties.len > 0 || highlighted) {
        lac_markup_put(markup, "<@rPr>");
        if (highlighted) {
            insert_property(markup, properties, "highlight", "yellow");
        } else {
            lac_markup_span(markup, properties);
        }
        lac_markup_put(markup, "</@rPr>");
    }
    run_content(markup, text);
    lac_markup_put(markup, "</@r>");
}

static void put_runs(lac_markup *markup, lac_span properties, lac_span text)
{
    while (text.len > 0) {
        const char *found = memmem(text.ptr, text.len, needed, sizeof needed - 1);
        size_t before = found == NULL ? text.len : (size_t)(found - text.ptr);
        put_run(markup, properties, lac_span_make(text.ptr, before), false);
        text = lac_span_make(text.ptr + before, text.len - before);
        const char *close = text.len == 0 ? NULL : memchr(text.ptr, ']', text.len);
        size_t marked = close == NULL ? text.len : (size_t)(close - text.ptr) + 1;
        put_run(markup, properties, lac_span_make(text.ptr, marked), true);
        text = lac_span_make(text.ptr + marked, text.len - marked);
    }
}

/* ---- paragraphs ------------------------------------------------------------------------------ */

static void put_mark(lac_markup *markup, const lac_paragraph_form *form)
{
    bool inserted = markup->tracked && form->kind == LAC_MARK_INSERTED;
    if (!inserted && form->mark.len == 0) {
        return;
    }
    lac_markup_put(markup, "<@rPr>");
    if (inserted) {
        lac_markup_revision(markup);
    }
    lac_markup_span(markup, form->mark);
    lac_markup_put(markup, "</@rPr>");
}

static void put_properties(lac_markup *markup, const lac_paragraph_form *form)
{
    bool changed = form->changed && markup->tracked;
    bool inserted = markup->tracked && form->kind == LAC_MARK_INSERTED;
    if (form->properties.len == 0 && form->mark.len == 0 && !changed && !inserted) {
        return;
    }
    lac_markup_put(markup, "<@pPr>");
    lac_markup_span(markup, form->properties);
    put_mark(markup, form);
    if (changed) {
        revision_tag(markup, "pPrChange");
        lac_markup_put(markup, "><@pPr>");
        lac_markup_span(markup, form->before);
        lac_markup_put(markup, "</@pPr></@pPrChange>");
    }
    lac_markup_put(markup, "</@pPr>");
}

static void put_comment_mark(lac_markup *markup, const char *element, uint32_t id)
{
    lac_markup_put(markup, element);
    lac_markup_number(markup, id);
    lac_markup_span(markup, lac_span_of("\"/>"));
}

void lac_markup_value(lac_markup *markup, lac_span properties, lac_span text, uint32_t comment)
{
    bool commented = comment != UINT32_MAX;
    if (commented) {
        put_comment_mark(markup, "<@commentRangeStart @id=\"", comment);
    }
    if (text.len > 0) {
        open_tracked(markup);
        put_runs(markup, properties, text);
        close_tracked(markup);
    }
    if (commented) { /* the reference inside w:ins: rejecting takes the comment with it */
        put_comment_mark(markup, "<@commentRangeEnd @id=\"", comment);
        open_tracked(markup);
        put_comment_mark(markup, "<@r><@commentReference @id=\"", comment);
        lac_markup_put(markup, "</@r>");
        close_tracked(markup);
    }
}

void lac_markup_paragraph(lac_markup *markup, const lac_paragraph_form *form, lac_span text)
{
    lac_markup_put(markup, "<@p>");
    put_properties(markup, form);
    lac_markup_value(markup, form->run, text, form->comment);
    lac_markup_put(markup, "</@p>");
}

/* ---- tables ---------------------------------------------------------------------------------- */

static void put_borders(lac_markup *markup)
{
    static const char *const sides[] = {"top", "left", "bottom", "right", "insideH", "insideV"};
    lac_markup_put(markup, "<@tblBorders>");
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        lac_markup_put(markup, "<@");
        lac_markup_span(markup, lac_span_of(sides[i]));
        lac_markup_put(markup, " @val=\"single\" @sz=\"4\" @space=\"0\" @color=\"auto\"/>");
    }
    lac_markup_put(markup, "</@tblBorders>");
}

static void put_table_properties(lac_markup *markup, const lac_table_form *form)
{
    lac_markup_put(markup, "<@tblPr>");
    if (form->style.len > 0) {
        lac_markup_put(markup, "<@tblStyle @val=\"");
        lac_markup_span(markup, form->style); /* raw from the part: escaped already */
        lac_markup_span(markup, lac_span_of("\"/>"));
    }
    lac_markup_put(markup, "<@tblW @w=\"5000\" @type=\"pct\"/>");
    if (form->style.len == 0) {
        put_borders(markup);
    }
    lac_markup_put(markup, "<@tblLook @val=\"04A0\"/></@tblPr>");
}

static void put_cell(lac_markup *markup, const lac_table_form *form, lac_span text, uint32_t width,
                     bool header, uint32_t comment)
{
    lac_markup_put(markup, "<@tc><@tcPr><@tcW @w=\"");
    lac_markup_number(markup, width);
    lac_markup_put(markup, "\" @type=\"dxa\"/></@tcPr>");
    lac_buf bold;
    lac_buf_init(&bold, LAC_LARGEST_MARKUP);
    lac_paragraph_form paragraph = {.properties = form->cell,
                                    .run = form->cell_run,
                                    .kind = LAC_MARK_INSERTED,
                                    .comment = comment};
    if (header && markup->status == LACUNA_OK) {
        lac_buf element;
        lac_buf_init(&element, 256);
        markup->status = lac_buf_printf(&element, "<%.*s:b/>", (int)markup->w.len, markup->w.ptr);
        if (markup->status == LACUNA_OK) {
            markup->status =
                lac_order_insert_run(&bold, form->cell_run, "b", lac_buf_span(&element));
        }
        lac_buf_free(&element);
        paragraph.run = lac_buf_span(&bold);
    }
    lac_markup_paragraph(markup, &paragraph, text);
    lac_buf_free(&bold);
    lac_markup_put(markup, "</@tc>");
}

void lac_markup_table(lac_markup *markup, const lac_table_form *form, const lac_draft_block *table)
{
    uint32_t columns = table->columns == 0 ? 1 : table->columns;
    uint32_t width = form->width / columns;
    lac_markup_put(markup, "<@tbl>");
    put_table_properties(markup, form);
    lac_markup_put(markup, "<@tblGrid>");
    for (uint32_t i = 0; i < columns; i++) {
        lac_markup_put(markup, "<@gridCol @w=\"");
        lac_markup_number(markup, width);
        lac_markup_span(markup, lac_span_of("\"/>"));
    }
    lac_markup_put(markup, "</@tblGrid>");
    for (uint32_t row = 0; row < table->rows; row++) {
        bool header = row < table->header_rows;
        lac_markup_put(markup, header ? "<@tr><@trPr><@cantSplit/><@tblHeader/>"
                                      : "<@tr><@trPr><@cantSplit/>");
        if (markup->tracked) {
            lac_markup_revision(markup);
        }
        lac_markup_put(markup, "</@trPr>");
        for (uint32_t column = 0; column < columns; column++) {
            put_cell(markup, form, table->cells[(size_t)row * columns + column], width, header,
                     row == 0 && column == 0 ? form->comment : UINT32_MAX);
        }
        lac_markup_put(markup, "</@tr>");
    }
    lac_markup_put(markup, "</@tbl>");
}
