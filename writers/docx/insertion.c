#include "writers/docx/insertion.h"

#include "support/error.h"
#include "writers/docx/mark.h"

/* What is needed while one boundary is written. */
typedef struct writing {
    lac_insertion *insertion;
    const lac_place *place;
    lac_markup markup;
    lac_look body, cell;
    lac_list_look bullet, number;
    lac_span table_style;
    uint32_t bullet_list, number_list; /* 0: none begun */
    uint32_t before;                   /* the paragraph A, LAC_NO_TOKEN: not a paragraph */
    lac_span before_properties, before_mark;
    lac_marking marking;
    bool after_table; /* a table was the last that was put or stands before the boundary */
    lacuna_error *err;
} writing;

static lac_word word_of(const writing *state, uint32_t child)
{
    const lac_layout *layout = state->insertion->layout;
    return child == LAC_NONE ? LAC_W_OTHER
                             : (lac_word)layout->tokens->items[layout->children[child]].word;
}

/* ---- which way ------------------------------------------------------------------------------- */

static const lac_draft_block *last_block(const lac_draft *draft, const uint32_t *gaps,
                                         uint32_t count)
{
    for (uint32_t i = count; i > 0; i--) {
        const lac_draft_gap *gap = &draft->gaps[gaps[i - 1]];
        if (gap->block_count > 0) {
            return &gap->blocks[gap->block_count - 1];
        }
    }
    return NULL;
}

/* A's mark may become the tracked one: nothing of it is tracked yet, and it carries no section
 * break. */
static bool may_shift(const writing *state)
{
    if (state->before == LAC_NO_TOKEN) {
        return false;
    }
    lac_mark mark = lac_mark_read(state->insertion->layout->tokens, state->before);
    return !mark.inserted && !mark.deleted && !mark.changed && mark.section == LAC_NO_TOKEN;
}

static bool is_heading_child(const writing *state, uint32_t child)
{
    const lac_block *block = lac_layout_block(state->insertion->layout, child);
    return block != NULL && block->level > 0;
}

static lac_marking choose(const writing *state, const lac_draft_block *last)
{
    if (!state->insertion->marked) {
        return LAC_MARKING_NONE;
    }
    bool joins = word_of(state, state->place->behind) == LAC_W_P;
    /* Text that is put in directly behind A would come into the bookmarks that end there. */
    bool ranges_end =
        state->place->before != LAC_NONE && state->place->before + 1 != state->place->boundary;
    if (!may_shift(state)) {
        return LAC_MARKING_OWN;
    }
    bool alike = last->kind == LAC_DRAFT_PARAGRAPH && !ranges_end &&
                 !is_heading_child(state, state->place->before) &&
                 lac_span_equal(state->body.paragraph, state->before_properties);
    return !joins || alike ? LAC_MARKING_SHIFTED : LAC_MARKING_OWN;
}

/* ---- looks ----------------------------------------------------------------------------------- */

static lacuna_status prepare(writing *state)
{
    lac_insertion *insertion = state->insertion;
    lac_word_file *file = insertion->file;
    const lac_layout *layout = insertion->layout;
    uint32_t boundary = state->place->boundary;
    lacuna_status status =
        lac_look_usual(&state->body, file, layout, boundary, LAC_LOOK_BODY, state->err);
    if (status == LACUNA_OK) {
        status = lac_look_usual(&state->cell, file, layout, boundary, LAC_LOOK_CELL, state->err);
    }
    state->before = LAC_NO_TOKEN;
    state->after_table = word_of(state, state->place->before) == LAC_W_TBL;
    if (status == LACUNA_OK && word_of(state, state->place->before) == LAC_W_P) {
        state->before = layout->children[state->place->before];
        status = lac_look_paragraph(&state->before_properties, file, state->before, state->err);
    }
    if (status == LACUNA_OK && state->before != LAC_NO_TOKEN) {
        status = lac_look_mark(&state->before_mark, file, state->before, state->err);
    }
    state->table_style = lac_look_table_style(file, layout);
    return status;
}

/* The children of w:pPr of an item of a list. */
static lacuna_status item_properties(lac_span *out, writing *state, const lac_list_look *look,
                                     uint32_t list, uint32_t level)
{
    lac_span w = state->markup.w;
    lac_span head = look->found ? look->head : state->body.style;
    lac_span tail = look->found ? look->tail : lac_span_make("", 0);
    lac_buf text;
    lac_buf_init(&text, LAC_LARGEST_MARKUP);
    lacuna_status status = lac_buf_append_span(&text, head);
    if (status == LACUNA_OK) {
        status = lac_buf_printf(
            &text,
            "<%.*s:numPr><%.*s:ilvl %.*s:val=\"%u\"/><%.*s:numId %.*s:val=\"%u\"/></%.*s:numPr>",
            (int)w.len, w.ptr, (int)w.len, w.ptr, (int)w.len, w.ptr, (unsigned)level, (int)w.len,
            w.ptr, (int)w.len, w.ptr, (unsigned)list, (int)w.len, w.ptr);
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_span(&text, tail);
    }
    status = status == LACUNA_OK ? lac_word_keep(out, state->insertion->file, &text, state->err)
                                 : lac_fail(state->err, status, "properties are too large");
    lac_buf_free(&text);
    return status;
}

static lacuna_status list_item(lac_look *look, writing *state, bool bullets)
{
    lac_insertion *insertion = state->insertion;
    lac_list_look *like = bullets ? &state->bullet : &state->number;
    uint32_t *list = bullets ? &state->bullet_list : &state->number_list;
    lacuna_status status = LACUNA_OK;
    if (*list == 0) {
        status = lac_look_list(like, insertion->file, insertion->layout, state->place->boundary,
                               bullets, state->err);
        if (status == LACUNA_OK) {
            status = bullets ? lac_lists_bullet(list, insertion->lists, like->number, state->err)
                             : lac_lists_number(list, insertion->lists, like->number, state->err);
        }
    }
    bool same = like->found && (!bullets || *list == like->number);
    if (status == LACUNA_OK) {
        status = item_properties(&look->paragraph, state, like, *list, same ? like->level : 0);
    }
    look->run = like->found ? like->run : state->body.run;
    return status;
}

static lacuna_status look_of(lac_look *look, writing *state, const lac_draft_block *block)
{
    lac_insertion *insertion = state->insertion;
    switch (block->kind) {
    case LAC_DRAFT_HEADING:
        return lac_look_heading(look, insertion->file, insertion->layout, state->place->boundary,
                                block->level, state->err);
    case LAC_DRAFT_BULLET:
    case LAC_DRAFT_NUMBERED:
        return list_item(look, state, block->kind == LAC_DRAFT_BULLET);
    case LAC_DRAFT_PARAGRAPH:
    case LAC_DRAFT_TABLE:
        break;
    }
    *look = state->body;
    return LACUNA_OK;
}

/* ---- blocks ---------------------------------------------------------------------------------- */

static void put_form(writing *state, const lac_look *look, lac_span text, bool is_last,
                     uint32_t comment)
{
    lac_paragraph_form form = {.properties = look->paragraph,
                               .run = look->run,
                               .mark = lac_span_make("", 0),
                               .kind = LAC_MARK_INSERTED,
                               .comment = comment};
    if (is_last && state->marking == LAC_MARKING_SHIFTED) {
        form.kind = LAC_MARK_PLAIN;
        form.mark = state->before_mark;
        form.changed = !lac_span_equal(look->paragraph, state->before_properties);
        form.before = state->before_properties;
    }
    lac_markup_paragraph(&state->markup, &form, text);
    state->after_table = false;
}

static void put_table(writing *state, const lac_draft_block *block, uint32_t comment)
{
    if (state->after_table) { /* two tables in a row would be one */
        put_form(state, &state->body, lac_span_make("", 0), false, UINT32_MAX);
    }
    const lac_table_form form = {.style = state->table_style,
                                 .width = lac_look_text_width(state->insertion->layout),
                                 .cell = state->cell.paragraph,
                                 .cell_run = state->cell.run,
                                 .comment = comment};
    lac_markup_table(&state->markup, &form, block);
    state->after_table = true;
}

static lacuna_status put_block(writing *state, const lac_draft_block *block, bool is_last,
                               uint32_t comment)
{
    if (block->kind != LAC_DRAFT_NUMBERED) {
        state->number_list = 0; /* the next list begins at 1 */
    }
    if (block->kind == LAC_DRAFT_TABLE) {
        put_table(state, block, comment);
        return LACUNA_OK;
    }
    lac_look look;
    lacuna_status status = look_of(&look, state, block);
    if (status == LACUNA_OK) {
        put_form(state, &look, block->text, is_last, comment);
    }
    return status;
}

static lacuna_status take_comment(uint32_t *id, writing *state, const lac_draft_gap *gap)
{
    lac_insertion *insertion = state->insertion;
    *id = UINT32_MAX;
    if (!insertion->marked || gap->comment_count == 0) {
        return LACUNA_OK;
    }
    *id = lac_ids_take(insertion->ids);
    return *id == UINT32_MAX
               ? lac_fail(state->err, LACUNA_E_LIMIT, "the document has no free ids left")
               : lac_comments_add(insertion->comments, *id, gap, state->err);
}

static lacuna_status put_gap(writing *state, const lac_draft_gap *gap, const lac_draft_block *last)
{
    uint32_t comment;
    lacuna_status status = take_comment(&comment, state, gap);
    for (uint32_t i = 0; i < gap->block_count && status == LACUNA_OK; i++) {
        status = put_block(state, &gap->blocks[i], &gap->blocks[i] == last,
                           i == 0 ? comment : UINT32_MAX);
    }
    return status;
}

/* A table at the end needs a paragraph behind it: where no other follows, where the next is a
 * table, and as the last paragraph whose mark takes the place of A's. */
static void put_tail(writing *state, const lac_draft_block *last)
{
    bool needed =
        state->marking == LAC_MARKING_SHIFTED || word_of(state, state->place->behind) != LAC_W_P;
    if (last->kind == LAC_DRAFT_TABLE && needed) {
        put_form(state, &state->body, lac_span_make("", 0), true, UINT32_MAX);
    }
}

/* ---- edits ----------------------------------------------------------------------------------- */

static lacuna_status add_edits(writing *state)
{
    lac_insertion *insertion = state->insertion;
    lacuna_status status = LACUNA_OK;
    if (state->marking == LAC_MARKING_SHIFTED) {
        lac_markup revision;
        lac_markup_begin(&revision, state->markup.w, insertion->draft, insertion->ids, true);
        lac_markup_revision(&revision);
        status = revision.status == LACUNA_OK
                     ? lac_mark_insert(insertion->file, state->before, lac_buf_span(&revision.out),
                                       state->err)
                     : lac_fail(state->err, revision.status, "the document has no free ids left");
        lac_markup_free(&revision);
    }
    lac_span kept;
    if (status == LACUNA_OK) {
        status = lac_word_keep(&kept, insertion->file, &state->markup.out, state->err);
    }
    uint32_t boundary =
        state->marking == LAC_MARKING_SHIFTED ? state->place->before + 1 : state->place->boundary;
    return status == LACUNA_OK
               ? lac_edits_add(&insertion->file->main->edits,
                               lac_layout_offset(insertion->layout, boundary), 0, kept, state->err)
               : status;
}

lacuna_status lac_insertion_write(lac_marking *marking, lac_insertion *insertion,
                                  const lac_place *place, const uint32_t *gaps, uint32_t count,
                                  lacuna_error *err)
{
    writing state = {.insertion = insertion, .place = place, .err = err};
    const lac_draft_block *last = last_block(insertion->draft, gaps, count);
    lac_markup_begin(&state.markup, insertion->file->main->tokens.w, insertion->draft,
                     insertion->ids, insertion->marked);
    lacuna_status status =
        last == NULL ? lac_fail(err, LACUNA_E_ARGUMENT, "a gap without any text") : prepare(&state);
    if (status == LACUNA_OK) {
        state.marking = *marking = choose(&state, last);
    }
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = put_gap(&state, &insertion->draft->gaps[gaps[i]], last);
    }
    if (status == LACUNA_OK) {
        put_tail(&state, last);
        status = state.markup.status == LACUNA_OK
                     ? add_edits(&state)
                     : lac_fail(err, state.markup.status, "the draft is too large");
    }
    insertion->leaves_paragraph |=
        state.marking == LAC_MARKING_OWN && word_of(&state, place->behind) != LAC_W_P;
    lac_markup_free(&state.markup);
    return status;
}

/* ---- blocks in place of a paragraph ---------------------------------------------------------- */

lacuna_status lac_insertion_blocks(lac_buf *out, lac_blocks_last *last, lac_insertion *insertion,
                                   uint32_t boundary, const lac_look *body, bool after_table,
                                   const lac_draft_block *blocks, uint32_t count, uint32_t comment,
                                   lacuna_error *err)
{
    const lac_place place = {boundary, LAC_NONE, LAC_NONE};
    writing state = {.insertion = insertion, .place = &place, .err = err};
    *last = (lac_blocks_last){.look = *body, .text = lac_span_make("", 0), .is_body = true};
    lac_markup_begin(&state.markup, insertion->file->main->tokens.w, insertion->draft,
                     insertion->ids, insertion->marked);
    lacuna_status status = prepare(&state);
    state.body = *body;
    state.after_table = after_table;
    state.marking = insertion->marked ? LAC_MARKING_OWN : LAC_MARKING_NONE;
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        const lac_draft_block *block = &blocks[i];
        if (i + 1 < count || block->kind == LAC_DRAFT_TABLE) {
            status = put_block(&state, block, false, i == 0 ? comment : UINT32_MAX);
            continue;
        }
        state.number_list = block->kind == LAC_DRAFT_NUMBERED ? state.number_list : 0;
        last->text = block->text;
        last->is_body = block->kind == LAC_DRAFT_PARAGRAPH;
        status = look_of(&last->look, &state, block);
    }
    if (status == LACUNA_OK) {
        status = state.markup.status == LACUNA_OK
                     ? lac_buf_append_span(out, lac_buf_span(&state.markup.out))
                     : state.markup.status;
        status = status == LACUNA_OK ? status : lac_fail(err, status, "a value is too long");
    }
    lac_markup_free(&state.markup);
    return status;
}
