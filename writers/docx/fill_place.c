/* Values in paragraphs: in a line of text, or as blocks in place of the paragraph. */
#include "support/error.h"
#include "writers/docx/fill_state.h"
#include "writers/docx/template_fields.h"

#include <stdlib.h>

lac_cutter lac_fill_cutter(lac_filling *filling, lac_word_part *part)
{
    return (lac_cutter){.file = filling->file,
                        .part = part,
                        .edits = filling->edits,
                        .draft = &filling->draft,
                        .ids = &filling->ids,
                        .marked = filling->marked,
                        .err = filling->err};
}

lacuna_status lac_fill_comment(uint32_t *id, lac_filling *filling, const lac_fill_value *value)
{
    *id = UINT32_MAX;
    if (!filling->marked || value->comment_count == 0) {
        return LACUNA_OK;
    }
    const lac_draft_gap gap = {.comment = value->comment, .comment_count = value->comment_count};
    *id = lac_ids_take(&filling->ids);
    return *id == UINT32_MAX
               ? lac_fail(filling->err, LACUNA_E_LIMIT, "the document has no free ids left")
               : lac_comments_add(&filling->comments, *id, &gap, filling->err);
}

/* ---- values as text -------------------------------------------------------------------------- */

lacuna_status lac_fill_as_text(lac_span *out, bool *can, lac_filling *filling,
                               const lac_fill_value *value)
{
    *out = value->text;
    *can = !value->is_list;
    if (value->block_count == 0 || value->is_list) {
        return LACUNA_OK;
    }
    lac_buf text;
    lac_buf_init(&text, LAC_LARGEST_MARKUP);
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < value->block_count && status == LACUNA_OK; i++) {
        *can &= value->blocks[i].kind == LAC_DRAFT_PARAGRAPH;
        if (i > 0) {
            status = lac_buf_append_char(&text, '\n');
        }
        if (status == LACUNA_OK) {
            status = lac_buf_append_span(&text, value->blocks[i].text);
        }
    }
    status = status == LACUNA_OK ? lac_word_keep(out, filling->file, &text, filling->err)
                                 : lac_fail(filling->err, status, "a value is too long");
    lac_buf_free(&text);
    return status;
}

/* ---- looks ----------------------------------------------------------------------------------- */

/* What of a run's look says "to be filled": not for the value. */
static void list_drops(const char **drop, lac_filling *filling, const lac_tokens *tokens,
                       uint32_t paragraph, uint32_t run)
{
    static const lac_signal signals[] = {LAC_SIGNAL_COLOUR, LAC_SIGNAL_CHARACTER_STYLE,
                                         LAC_SIGNAL_HIGHLIGHT};
    static const char *const names[] = {"color", "rStyle", "shd"};
    lac_run_look look = lac_run_look_of(&filling->scanned.looks, tokens, paragraph, run);
    const lac_span values[] = {look.colour, look.character_style, look.highlight};
    size_t count = 0;
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        if (values[i].len > 0 &&
            lac_conventions_meaning(filling->profile, signals[i], values[i]) != LAC_MEANING_TEXT) {
            drop[count++] = names[i];
        }
    }
    lac_span style = look.character_style;
    for (size_t i = 0; i + 11 <= style.len; i++) { /* Word's own style for prompts */
        if (lac_span_starts_nocase(lac_span_make(style.ptr + i, style.len - i), "placeholder")) {
            drop[count++] = "rStyle";
            break;
        }
    }
    drop[count] = NULL;
}

/* ---- one place ------------------------------------------------------------------------------- */

typedef struct places {
    lac_filling *filling;
    const lac_fill_scope *scope;
    lac_word_part *part;
    uint32_t paragraph;
    lac_paragraph_text text;
    lac_cut *cuts;
    size_t count;
    const lac_fill_value *blocks; /* of the one cut, when they take the paragraph's place */
} places;

static const lac_piece *piece_at(const lac_paragraph_text *text, uint32_t at)
{
    for (size_t i = 0; i < text->count; i++) {
        if (text->pieces[i].end > at) {
            return &text->pieces[i];
        }
    }
    return NULL;
}

/* Whether the placeholder stands in a control that gets, or got, a value of its own. */
static bool is_covered(const places *state, uint32_t element)
{
    const lac_filling *filling = state->filling;
    const lac_token *items = state->part->tokens.items;
    for (uint32_t up = items[element].parent; up != LAC_NO_TOKEN; up = items[up].parent) {
        for (size_t i = 0; items[up].word == LAC_W_SDT && i < filling->found.count; i++) {
            const lac_placeholder *item = &filling->found.items[i];
            if (item->kind == LAC_PLACEHOLDER_CONTROL && item->token == up && !item->is_list &&
                strcmp(item->part, state->part->name) == 0 &&
                lac_fill_find(state->scope, item) != NULL) {
                return true;
            }
        }
    }
    return false;
}

static lacuna_status cut_text(places *state, size_t index, lac_cut *cut, const char **refused)
{
    lac_filling *filling = state->filling;
    const lac_placeholder *item = &filling->found.items[index];
    const lac_tokens *tokens = &state->part->tokens;
    lac_span all = lac_buf_span(&state->text.text);
    if (item->end > all.len ||
        !lac_span_equal(lac_span_make(all.ptr + item->start, item->end - item->start),
                        item->text)) {
        *refused = "it stands in a field";
        return LACUNA_OK;
    }
    const lac_piece *first = piece_at(&state->text, item->start);
    const lac_piece *last = piece_at(&state->text, item->end - 1);
    bool covered = first == NULL || last == NULL;
    for (const lac_piece *piece = first; !covered && piece <= last; piece++) {
        covered = is_covered(state, piece->element);
    }
    if (covered) {
        *refused = "it stands in a content control that gets a value";
        return LACUNA_OK;
    }
    const char *drop[8];
    list_drops(drop, filling, tokens, state->paragraph, first->run);
    lac_cutter cutter = lac_fill_cutter(filling, state->part);
    cut->from = lac_piece_offset(tokens, first, item->start);
    cut->to = lac_piece_offset(tokens, last, item->end);
    return lac_cut_properties(&cut->properties, &cutter, first->run, drop);
}

/* A simple field is one element around its result: it is written as the runs of a complex one that
 * are deleted, or goes. */
static lacuna_status replace_simple(places *state, const lac_template_field *field, lac_cut *cut)
{
    lac_filling *filling = state->filling;
    const lac_tokens *tokens = &state->part->tokens;
    const lac_token *item = &tokens->items[field->first];
    lac_cutter cutter = lac_fill_cutter(filling, state->part);
    lac_span value, code, kept = lac_span_make("", 0);
    lacuna_status status = lac_cut_value(&value, &cutter, cut);
    lac_markup markup;
    lac_markup_begin(&markup, tokens->w, &filling->draft, &filling->ids, filling->marked);
    lac_markup_span(&markup, status == LACUNA_OK ? value : kept);
    if (filling->marked && lac_token_get(&code, tokens, field->first, "instr")) {
        lac_markup_open_revision(&markup, "del");
        lac_markup_put(&markup, "<@r><@fldChar @fldCharType=\"begin\"/></@r><@r><@delInstrText "
                                "xml:space=\"preserve\">");
        lac_markup_span(&markup, code);
        lac_markup_put(&markup, "</@delInstrText></@r><@r><@fldChar @fldCharType=\"separate\"/>"
                                "</@r>");
        for (uint32_t i = field->first + 1; i < item->after; i++) {
            if (tokens->items[i].word == LAC_W_T) {
                lac_markup_put(&markup, "<@r><@delText xml:space=\"preserve\">");
                lac_markup_span(&markup, lac_token_content(tokens, i));
                lac_markup_put(&markup, "</@delText></@r>");
            }
        }
        lac_markup_put(&markup, "<@r><@fldChar @fldCharType=\"end\"/></@r></@del>");
    }
    status = status == LACUNA_OK ? markup.status : status;
    status = status == LACUNA_OK ? lac_word_keep(&kept, filling->file, &markup.out, filling->err)
                                 : lac_fail(filling->err, status, "a value is too long");
    lac_markup_free(&markup);
    return status == LACUNA_OK ? lac_edits_add(filling->edits, item->start, item->end - item->start,
                                               kept, filling->err)
                               : status;
}

/* *cut stays unused (from == to) where the field was replaced as a whole. */
static lacuna_status cut_field(places *state, size_t index, lac_cut *cut, const char **refused)
{
    lac_filling *filling = state->filling;
    const lac_placeholder *item = &filling->found.items[index];
    const lac_tokens *tokens = &state->part->tokens;
    lac_cutter cutter = lac_fill_cutter(filling, state->part);
    lac_template_field field;
    uint32_t at = item->token;
    bool property = false;
    lac_buf code;
    lac_buf_init(&code, LAC_LARGEST_MARKUP);
    bool found = lac_template_field_next(&field, &code, &at, tokens, state->paragraph);
    bool keeps = found && field.is_property && field.separator != LAC_NO_TOKEN;
    property = found && field.is_form;
    lacuna_status status = LACUNA_OK;
    if (!found || field.first != item->token || is_covered(state, item->token)) {
        *refused = "the field could not be read";
    } else {
        status = lac_cut_properties(&cut->properties, &cutter, field.result, NULL);
    }
    if (status == LACUNA_OK && *refused == NULL && keeps) {
        status = lac_fill_property(&property, filling, field.name, cut->text);
    }
    lac_buf_free(&code);
    if (status != LACUNA_OK || *refused != NULL) {
        return status;
    }
    if (field.is_simple) {
        return replace_simple(state, &field, cut);
    }
    cut->from = property ? tokens->items[field.separator].end : tokens->items[field.first].start;
    cut->to = property ? tokens->items[field.last].start : tokens->items[field.last].end;
    return LACUNA_OK;
}

static bool takes_blocks(const places *state, const lac_placeholder *item,
                         const lac_fill_value *value)
{
    bool has_blocks = value->block_count > 0;
    return has_blocks && item->alone && item->kind != LAC_PLACEHOLDER_FIELD &&
           state->part == state->filling->file->main &&
           !lac_token_inside(&state->part->tokens, item->token, LAC_W_TXBX_CONTENT);
}

static lacuna_status add_place(places *state, size_t index, const lac_fill_value *value)
{
    lac_filling *filling = state->filling;
    const lac_placeholder *item = &filling->found.items[index];
    lac_cut *cut = &state->cuts[state->count];
    const char *refused = NULL;
    bool can;
    *cut = (lac_cut){.comment = UINT32_MAX, .properties = lac_span_make("", 0)};
    lacuna_status status = lac_fill_as_text(&cut->text, &can, filling, value);
    if (status != LACUNA_OK) {
        return status;
    }
    bool blocks = takes_blocks(state, item, value);
    if (!can && !blocks) {
        lac_fill_refuse(filling, index,
                        value->is_list ? "its value is a list, and it is no repeating section"
                                       : "its value has blocks, and it is no paragraph of its own");
        return LACUNA_OK;
    }
    status = item->kind == LAC_PLACEHOLDER_FIELD ? cut_field(state, index, cut, &refused)
                                                 : cut_text(state, index, cut, &refused);
    if (status != LACUNA_OK || refused != NULL) {
        lac_fill_refuse(filling, index, refused);
        return status;
    }
    filling->out->filled++;
    state->blocks = blocks ? value : NULL;
    if (cut->to > cut->from) {
        state->count++;
        return blocks ? LACUNA_OK : lac_fill_comment(&cut->comment, filling, value);
    }
    return LACUNA_OK;
}

static int by_offset(const void *left, const void *right)
{
    const lac_cut *a = left, *b = right;
    return (a->from > b->from) - (a->from < b->from);
}

static lacuna_status add_places(places *state, size_t from, size_t to)
{
    lac_filling *filling = state->filling;
    lac_field_state fields = {0, 0};
    lacuna_status status = lac_paragraph_text_read(&state->text, &state->part->tokens,
                                                   state->paragraph, &fields, filling->err);
    for (size_t i = from; i < to && status == LACUNA_OK; i++) {
        const lac_fill_value *value = lac_fill_find(state->scope, &filling->found.items[i]);
        filling->done[i] = true;
        if (value == NULL) {
            lac_fill_refuse(filling, i, filling->found.items[i].is_set ? NULL : "no value");
        } else {
            status = add_place(state, i, value);
        }
    }
    if (state->count > 1) {
        qsort(state->cuts, state->count, sizeof *state->cuts, by_offset);
    }
    return status;
}

/* The paragraph an element stands in. */
static uint32_t paragraph_of(const lac_tokens *tokens, uint32_t token)
{
    while (token != LAC_NO_TOKEN && tokens->items[token].word != LAC_W_P) {
        token = tokens->items[token].parent;
    }
    return token;
}

lacuna_status lac_fill_paragraph(lac_filling *filling, const lac_fill_scope *scope, size_t from,
                                 size_t to)
{
    places state = {.filling = filling, .scope = scope};
    lacuna_status status = lac_word_part_get(&state.part, filling->file,
                                             filling->found.items[from].part, filling->err);
    if (status != LACUNA_OK) {
        return status;
    }
    state.paragraph = paragraph_of(&state.part->tokens, filling->found.items[from].token);
    state.cuts = calloc(to - from + 1, sizeof *state.cuts);
    if (state.cuts == NULL) {
        return lac_fail_nomem(filling->err);
    }
    lac_paragraph_text_init(&state.text);
    status = add_places(&state, from, to);
    if (status == LACUNA_OK && state.count > 0) {
        lac_cutter cutter = lac_fill_cutter(filling, state.part);
        status = state.blocks != NULL && state.count == 1
                     ? lac_fill_blocks(filling, state.paragraph, &state.cuts[0], state.blocks)
                     : lac_cuts_apply(&cutter, state.paragraph, state.cuts, state.count);
    }
    lac_paragraph_text_free(&state.text);
    free(state.cuts);
    return status;
}
