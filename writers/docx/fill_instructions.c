/* Instruction text goes: whole paragraphs with their marks where they may, else their text alone.
 *
 * A paragraph stays, empty, where a mark must: the last of a cell, a control, a text box or the
 * body, in front of a table, with a section break; and where it holds more than text. Points in the
 * text (bookmarks, comments) are kept. */
#include "support/error.h"
#include "writers/docx/fill_state.h"
#include "writers/docx/mark.h"

#include <stdlib.h>

/* ---- may it go whole? ------------------------------------------------------------------------ */

static bool holds_more(const lac_tokens *tokens, uint32_t paragraph)
{
    for (uint32_t i = paragraph + 1; i < tokens->items[paragraph].after; i++) {
        lac_span local;
        switch (tokens->items[i].word) {
        case LAC_W_FLD_CHAR:
        case LAC_W_COMMENT_REFERENCE:
        case LAC_W_SECT_PR:
        case LAC_W_SDT:
        case LAC_W_INS:
        case LAC_W_DEL:
        case LAC_W_MOVE_FROM:
        case LAC_W_MOVE_TO:
        case LAC_W_P:
        case LAC_W_FRAME_PR:
            return true;
        case LAC_W_OTHER:
            local = lac_token_local(tokens, i);
            if (lac_span_is(local, "drawing") || lac_span_is(local, "pict") ||
                lac_span_is(local, "object") || lac_span_is(local, "footnoteReference") ||
                lac_span_is(local, "endnoteReference") || lac_span_is(local, "fldSimple")) {
                return true;
            }
            break;
        default:
            break;
        }
    }
    return false;
}

/* Whether a part of the document goes with the paragraph, or a place something else names. */
bool lac_fill_may_remove(const lac_tokens *tokens, uint32_t paragraph)
{
    return !holds_more(tokens, paragraph);
}

/* The next sibling with text is a paragraph, so there is one the mark may be joined with. */
static bool may_go(const lac_tokens *tokens, uint32_t paragraph)
{
    uint32_t parent = tokens->items[paragraph].parent;
    for (uint32_t i = tokens->items[paragraph].after; i < tokens->items[parent].after;
         i = tokens->items[i].after) {
        lac_word word = (lac_word)tokens->items[i].word;
        if (!lac_word_is_marker(word)) {
            return word == LAC_W_P && !holds_more(tokens, paragraph);
        }
    }
    return false;
}

/* ---- whole paragraphs ------------------------------------------------------------------------ */

/* Clean: the element goes, but for the points in it. */
lacuna_status lac_fill_remove_paragraph(lac_filling *filling, const lac_tokens *tokens,
                                        uint32_t paragraph)
{
    lac_buf kept;
    lac_span text;
    lac_buf_init(&kept, LAC_LARGEST_MARKUP);
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = paragraph + 1; i < tokens->items[paragraph].after && status == LACUNA_OK;
         i++) {
        lac_word word = (lac_word)tokens->items[i].word;
        if (lac_word_is_marker(word) && word != LAC_W_PROOF_ERR) {
            status = lac_buf_append_span(&kept, lac_token_bytes(tokens, i));
        }
    }
    status = status == LACUNA_OK ? lac_word_keep(&text, filling->file, &kept, filling->err)
                                 : lac_fail(filling->err, status, "too many bookmarks");
    lac_buf_free(&kept);
    const lac_token *item = &tokens->items[paragraph];
    return status == LACUNA_OK ? lac_edits_add(filling->edits, item->start, item->end - item->start,
                                               text, filling->err)
                               : status;
}

/* Tracked: its mark is deleted too (ECMA-376 17.13.5.15). */
static lacuna_status delete_mark(lac_filling *filling, lac_word_part *part, uint32_t paragraph)
{
    lac_mark mark = lac_mark_read(&part->tokens, paragraph);
    if (part != filling->file->main || mark.inserted || mark.deleted) {
        return LACUNA_OK;
    }
    lac_markup revision;
    lac_markup_begin(&revision, part->tokens.w, &filling->draft, &filling->ids, true);
    lac_markup_revision_of(&revision, "del");
    lacuna_status status =
        revision.status == LACUNA_OK
            ? lac_mark_insert(filling->file, paragraph, lac_buf_span(&revision.out), filling->err)
            : lac_fail(filling->err, revision.status, "the document has no free ids left");
    lac_markup_free(&revision);
    return status;
}

/* ---- text ------------------------------------------------------------------------------------ */

static const lac_piece *piece_at(const lac_paragraph_text *text, uint32_t at)
{
    for (size_t i = 0; i < text->count; i++) {
        if (text->pieces[i].end > at) {
            return &text->pieces[i];
        }
    }
    return NULL;
}

/* Ranges `from` .. `to` - 1 of one paragraph. */
static lacuna_status cut_ranges(lac_filling *filling, lac_word_part *part, uint32_t paragraph,
                                size_t from, size_t to)
{
    lac_field_state fields = {0, 0};
    lac_paragraph_text text;
    lac_cut *cuts = calloc(to - from + 1, sizeof *cuts);
    size_t count = 0;
    lac_paragraph_text_init(&text);
    lacuna_status status = cuts == NULL ? lac_fail_nomem(filling->err)
                                        : lac_paragraph_text_read(&text, &part->tokens, paragraph,
                                                                  &fields, filling->err);
    for (size_t i = from; i < to && status == LACUNA_OK; i++) {
        const lac_placeholder *item = &filling->texts.items[i];
        const lac_piece *first = piece_at(&text, item->start);
        const lac_piece *last = piece_at(&text, item->end - 1);
        bool whole = first != NULL && last != NULL && item->end <= text.text.len;
        for (const lac_piece *piece = first; whole && piece <= last; piece++) {
            whole = !piece->in_field && !piece->opaque && piece->control == LAC_NO_TOKEN;
        }
        if (whole) {
            cuts[count++] = (lac_cut){.from = lac_piece_offset(&part->tokens, first, item->start),
                                      .to = lac_piece_offset(&part->tokens, last, item->end),
                                      .text = lac_span_make("", 0),
                                      .properties = lac_span_make("", 0),
                                      .comment = UINT32_MAX};
        }
    }
    if (status == LACUNA_OK && count > 0) {
        lac_cutter cutter = lac_fill_cutter(filling, part);
        filling->out->instructions_removed += (uint32_t)count;
        status = lac_cuts_apply(&cutter, paragraph, cuts, count);
    }
    lac_paragraph_text_free(&text);
    free(cuts);
    return status;
}

/* ---- all of them ----------------------------------------------------------------------------- */

static lacuna_status remove_in(lac_filling *filling, size_t from, size_t to)
{
    const lac_placeholder *item = &filling->texts.items[from];
    lac_word_part *part;
    lacuna_status status = lac_word_part_get(&part, filling->file, item->part, filling->err);
    if (status != LACUNA_OK) {
        return status;
    }
    filling->edits = &part->edits;
    bool whole = to == from + 1 && item->alone && may_go(&part->tokens, item->token);
    if (whole && !filling->marked) {
        filling->out->instructions_removed++;
        return lac_fill_remove_paragraph(filling, &part->tokens, item->token);
    }
    status = cut_ranges(filling, part, item->token, from, to);
    return status == LACUNA_OK && whole ? delete_mark(filling, part, item->token) : status;
}

/* A paragraph in which a value was put, or one around it, is changed already. */
static bool is_changed(lac_filling *filling, const lac_placeholder *item)
{
    lac_word_part *part;
    if (lac_word_part_get(&part, filling->file, item->part, filling->err) != LACUNA_OK) {
        return true;
    }
    const lac_token *paragraph = &part->tokens.items[item->token];
    for (size_t i = 0; i < part->edits.count; i++) {
        const lac_edit *edit = &part->edits.items[i];
        if (edit->offset < paragraph->end && edit->offset + edit->removed > paragraph->start) {
            return true;
        }
    }
    return false;
}

lacuna_status lac_fill_remove_instructions(lac_filling *filling)
{
    const lac_placeholder *items = filling->texts.items;
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0, end; i < filling->texts.count && status == LACUNA_OK; i = end) {
        bool wanted = items[i].kind == LAC_PLACEHOLDER_INSTRUCTION;
        for (end = i + 1; wanted && end < filling->texts.count &&
                          items[end].kind == LAC_PLACEHOLDER_INSTRUCTION &&
                          items[end].token == items[i].token &&
                          strcmp(items[end].part, items[i].part) == 0;) {
            end++;
        }
        if (wanted && !is_changed(filling, &items[i])) {
            status = remove_in(filling, i, end);
        }
    }
    return status;
}
