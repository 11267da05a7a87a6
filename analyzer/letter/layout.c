#include "analyzer/letter/layout.h"

#include "analyzer/letter/headings.h"
#include "analyzer/letter/lines.h"
#include "support/error.h"

#include <stdlib.h>

enum {
    UNWRAPPED_BYTES = 200, /* no page is that wide: where a line is longer, lines are paragraphs */
    MOST_INDENT = 120,
    REDACTION_TEXT = 7, /* "(b) (4)" */
    TURN_INDENT = 8,    /* columns */
    TITLE_BYTES = 40,
    INDENT_SLACK = 2,
};

typedef struct grouper {
    lac_letter_layout *layout;
    lac_letter_eye eye;               /* on the lines */
    bool open;                        /* the last paragraph may go on */
    bool blank, redaction, turn, gap; /* seen since its last line */
    uint32_t page;
} grouper;

static lac_letter_paragraph *last_of(lac_letter_layout *layout)
{
    return layout->count == 0 ? NULL : &layout->paragraphs[layout->count - 1];
}

/* ---- joining -------------------------------------------------------------------------------- */

static bool ends_sentence(lac_span text)
{
    size_t i = text.len;
    while (i > 0 && (text.ptr[i - 1] == '"' || text.ptr[i - 1] == ')' ||
                     (unsigned char)text.ptr[i - 1] >= 0x80)) {
        i--;
    }
    return i > 0 && strchr(".?!:;", text.ptr[i - 1]) != NULL;
}

/* A hyphen at the end of a line stays and joins; a soft one goes. */
static lacuna_status join(lac_buf *out, size_t from, lac_span text)
{
    lacuna_status status = LACUNA_OK;
    bool soft = out->len >= from + 2 && memcmp(out->data + out->len - 2, "\xC2\xAD", 2) == 0;
    bool hyphen = out->len >= from + 2 && out->data[out->len - 1] == '-' &&
                  out->data[out->len - 2] != ' ' && out->data[out->len - 2] != '-';
    if (soft) {
        out->len -= 2;
        out->data[out->len] = '\0';
    } else if (!hyphen && out->len > from) {
        status = lac_buf_append_char(out, ' ');
    }
    return status == LACUNA_OK ? lac_buf_append_span(out, text) : status;
}

static bool is_wide_gap(lac_span text, size_t i)
{
    return text.ptr[i] == ' ' && i > 0 && text.ptr[i - 1] == ' ';
}

/* Runs of blanks of the layout as one. */
static lacuna_status append_narrow(lac_buf *out, size_t from, lac_span text)
{
    lac_buf narrow;
    lac_buf_init(&narrow, text.len + 1);
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < text.len && status == LACUNA_OK; i++) {
        if (!is_wide_gap(text, i)) {
            status = lac_buf_append_char(&narrow, text.ptr[i] == '\t' ? ' ' : text.ptr[i]);
        }
    }
    if (status == LACUNA_OK) {
        status = join(out, from, lac_buf_span(&narrow));
    }
    lac_buf_free(&narrow);
    return status;
}

lacuna_status lac_letter_lines_text(lac_buf *out, const lac_letter_layout *layout, uint32_t first,
                                    uint32_t last)
{
    lacuna_status status = LACUNA_OK;
    size_t from = out->len;
    for (uint32_t i = first; i <= last && i < layout->letter->line_count; i++) {
        lac_span mark = lac_span_make("(b) (4)", REDACTION_TEXT);
        bool marked = out->len >= from + mark.len &&
                      memcmp(out->data + out->len - mark.len, mark.ptr, mark.len) == 0;
        if (layout->kinds[i] == LAC_LINE_TEXT && status == LACUNA_OK) {
            status = append_narrow(out, from, lac_letter_line_text(layout->letter, i));
        } else if (layout->kinds[i] == LAC_LINE_REDACTION && status == LACUNA_OK && !marked) {
            status = join(out, from, mark);
        }
    }
    return status;
}

/* ---- grouping ------------------------------------------------------------------------------- */

/* Text that goes on over a page keeps its indent, give or take what pages differ. */
static bool same_indent(const grouper *g, const lac_letter_paragraph *p, uint32_t line)
{
    const lac_letter_line *lines = g->layout->letter->lines;
    uint32_t before = lines[p->last].indent, now = lines[line].indent;
    return before <= now + TURN_INDENT && now <= before + TURN_INDENT;
}

static bool begins_known_paragraph(grouper *g, const lac_letter_paragraph *p, uint32_t line)
{
    const lac_letter_line *l = &g->layout->letter->lines[line];
    return ends_sentence(lac_letter_clean(g->layout, p)) &&
           lac_eye_covers_named(&g->eye, LAC_LETTER_LINES, "paragraph-start", l->start,
                                l->start + l->length);
}

/* A short first line over a long one of the same indent was ended by the author: a title. */
static bool ended_early(const grouper *g, const lac_letter_paragraph *p, uint32_t line)
{
    const lac_letter_line *first = &g->layout->letter->lines[p->first];
    const lac_letter_line *next = &g->layout->letter->lines[line];
    lac_span text = lac_letter_line_text(g->layout->letter, line);
    bool upper = text.len > 0 && text.ptr[0] >= 'A' && text.ptr[0] <= 'Z';
    return p->first == p->last && p->blank_before && p->mark.kind == LAC_MARK_NONE && upper &&
           first->indent == next->indent && first->length <= TITLE_BYTES &&
           next->length > first->length + TITLE_BYTES && !g->blank && !g->turn &&
           !ends_sentence(lac_letter_clean(g->layout, p));
}

static bool goes_on(grouper *g, const lac_letter_paragraph *p, const lac_letter_mark *mark,
                    bool heading, uint32_t line)
{
    if (p == NULL || !g->open || heading || mark->kind != LAC_MARK_NONE || g->gap ||
        g->layout->paragraph_a_line || begins_known_paragraph(g, p, line) ||
        ended_early(g, p, line)) {
        return false;
    }
    if (!g->blank && !g->turn) {
        return true;
    }
    if (g->turn && !same_indent(g, p, line)) {
        return false;
    }
    if (!g->redaction && !g->turn) {
        return false;
    }
    if (!g->turn && g->layout->letter->lines[line].indent + INDENT_SLACK < p->indent) {
        return false; /* left of the paragraph */
    }
    /* Blank lines around a floating mark, or a new page: the sentence tells. */
    return !ends_sentence(lac_letter_clean(g->layout, p));
}

static lacuna_status begin(grouper *g, uint32_t line, const lac_letter_heading *heading)
{
    lac_letter_layout *layout = g->layout;
    lacuna_status status =
        lac_grow((void **)&layout->paragraphs, &layout->cap, layout->count + 1,
                 sizeof *layout->paragraphs, (size_t)layout->letter->line_count + 1);
    if (status == LACUNA_OK && layout->count > 0) {
        status = lac_buf_append_char(&layout->clean, '\n');
    }
    if (status != LACUNA_OK) {
        return status;
    }
    lac_span text = lac_letter_line_text(layout->letter, line);
    layout->paragraphs[layout->count++] = (lac_letter_paragraph){
        .first = line,
        .last = line,
        .start = (uint32_t)layout->clean.len,
        .end = (uint32_t)layout->clean.len,
        .indent = layout->letter->lines[line].indent,
        .mark = heading->heading ? (lac_letter_mark){0} : lac_letter_mark_of(text),
        .heading = heading->heading,
        .capitals = heading->capitals,
        .topic = heading->topic,
        .blank_before = g->blank || g->turn || layout->count == 1,
        .after_gap = g->gap,
    };
    return LACUNA_OK;
}

static lacuna_status add_line(grouper *g, uint32_t line)
{
    lac_letter_layout *layout = g->layout;
    lac_letter_paragraph *p = last_of(layout);
    lacuna_status status =
        append_narrow(&layout->clean, p->start, lac_letter_line_text(layout->letter, line));
    p->end = (uint32_t)layout->clean.len;
    p->last = line;
    g->blank = g->redaction = g->turn = g->gap = false;
    return status;
}

/* A heading that is printed on two lines. */
static bool continues_heading(const grouper *g, const lac_letter_paragraph *p,
                              const lac_letter_heading *next)
{
    return p != NULL && p->heading && p->capitals && next->heading && next->capitals &&
           next->topic == NULL && !g->blank && !g->turn && p->first == p->last;
}

static lacuna_status take_text(grouper *g, uint32_t line)
{
    lac_letter_layout *layout = g->layout;
    lac_letter_paragraph *p = last_of(layout);
    const lac_letter_line *l = &layout->letter->lines[line];
    bool salutation = lac_eye_covers_named(&g->eye, LAC_LETTER_LINES, "salutation", l->start,
                                           l->start + l->length);
    bool apart = p == NULL || g->blank || g->turn || p->heading || layout->paragraph_a_line;
    lac_letter_heading heading = {0};
    if (!salutation) {
        bool ended = p != NULL && ends_sentence(lac_letter_clean(layout, p));
        heading = lac_letter_heading_of(layout, &g->eye, line, apart || ended);
        /* Right under a sentence only a topic in capitals is one. */
        heading.heading = heading.heading && (apart || (heading.capitals && heading.topic != NULL));
    }
    lac_letter_mark mark = lac_letter_mark_of(lac_letter_line_text(layout->letter, line));
    lacuna_status status = LACUNA_OK;
    if (!continues_heading(g, p, &heading) &&
        (salutation || !goes_on(g, p, &mark, heading.heading, line))) {
        status = begin(g, line, &heading);
    }
    if (status == LACUNA_OK) {
        last_of(layout)->salutation = salutation;
        g->open = !heading.heading && !salutation;
        status = add_line(g, line);
    }
    return status;
}

static void take_redaction(grouper *g, uint32_t line)
{
    lac_letter_paragraph *p = last_of(g->layout);
    bool touches = p != NULL && line == p->last + 1;
    /* One blank line away and nothing below it: it is the end of this text. */
    bool below = p != NULL && line == p->last + 2 && line + 1 < g->layout->letter->line_count &&
                 g->layout->kinds[line + 1] != LAC_LINE_TEXT;
    g->redaction = true;
    if (g->open && !g->turn && (touches || below)) {
        p->last = line;
    }
}

static lacuna_status group(grouper *g)
{
    lac_letter_layout *layout = g->layout;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < layout->letter->line_count && status == LACUNA_OK; i++) {
        g->turn = g->turn || layout->letter->lines[i].page != g->page;
        g->page = layout->letter->lines[i].page;
        g->gap = g->gap || layout->gap_before[i];
        switch (layout->kinds[i]) {
        case LAC_LINE_TEXT:
            status = take_text(g, i);
            break;
        case LAC_LINE_REDACTION:
            take_redaction(g, i);
            break;
        case LAC_LINE_BLANK:
            g->blank = true;
            break;
        default:
            g->turn = true;
            break;
        }
    }
    return status == LACUNA_OK ? g->eye.status : status;
}

/* ---- the whole ------------------------------------------------------------------------------ */

/* The indent that most lines share, of the two or three that are common the leftmost. */
static uint32_t usual_indent(const lac_letter_layout *layout)
{
    uint32_t counts[MOST_INDENT] = {0}, most = 0;
    for (uint32_t i = 0; i < layout->letter->line_count; i++) {
        uint32_t indent = layout->letter->lines[i].indent;
        if (layout->kinds[i] == LAC_LINE_TEXT && indent < MOST_INDENT) {
            counts[indent]++;
            most = counts[indent] > most ? counts[indent] : most;
        }
    }
    for (uint32_t i = 0; i < MOST_INDENT; i++) {
        if (counts[i] * 4 >= most && counts[i] > 0) {
            return i;
        }
    }
    return 0;
}

static bool is_unwrapped(const lac_letter_text *letter)
{
    bool wide = letter->format == LAC_LETTER_WORD;
    for (uint32_t i = 0; i < letter->line_count && !wide; i++) {
        wide = letter->lines[i].length > UNWRAPPED_BYTES;
    }
    return wide;
}

static lacuna_status prepare(lac_letter_layout *layout, lacuna_error *err)
{
    const lac_letter_text *letter = layout->letter;
    layout->kinds = calloc((size_t)letter->line_count + 1, sizeof *layout->kinds);
    layout->empty_pages = calloc((size_t)letter->page_count + 1, sizeof *layout->empty_pages);
    layout->gap_before = calloc((size_t)letter->line_count + 1, sizeof *layout->gap_before);
    if (layout->kinds == NULL || layout->gap_before == NULL || layout->empty_pages == NULL) {
        return lac_fail_nomem(err);
    }
    lac_buf_init(&layout->clean, letter->text.len + letter->line_count + 1);
    layout->paragraph_a_line = is_unwrapped(letter);
    return lac_text_index_new(&layout->lines, letter->text, err);
}

lacuna_status lac_letter_layout_make(lac_letter_layout *layout, const lac_letter_text *letter,
                                     const lac_letter_rules *rules, lacuna_error *err)
{
    *layout = (lac_letter_layout){.letter = letter, .rules = rules};
    lacuna_status status = prepare(layout, err);
    if (status != LACUNA_OK) {
        return status;
    }
    grouper g = {.layout = layout,
                 .eye = {.rules = rules, .index = layout->lines, .err = err},
                 .page = letter->line_count > 0 ? letter->lines[0].page : 0};
    lac_letter_mark_lines(layout, &g.eye);
    layout->margin = usual_indent(layout);
    status = g.eye.status == LACUNA_OK ? group(&g) : g.eye.status;
    if (status == LACUNA_E_NOMEM) {
        return lac_fail_nomem(err);
    }
    return status == LACUNA_OK
               ? lac_text_index_new(&layout->words, lac_buf_span(&layout->clean), err)
               : status;
}

void lac_letter_layout_free(lac_letter_layout *layout)
{
    free(layout->kinds);
    free(layout->gap_before);
    free(layout->empty_pages);
    free(layout->paragraphs);
    lac_text_index_free(layout->lines);
    lac_text_index_free(layout->words);
    lac_buf_free(&layout->clean);
    *layout = (lac_letter_layout){0};
}
