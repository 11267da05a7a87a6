/* Blocks in place of a paragraph: the paragraph stays, with its mark, as the last of them, so that
 * cells, controls and section breaks keep the paragraph they need. */
#include "support/error.h"
#include "writers/docx/fill_state.h"
#include "writers/docx/look_copy.h"

/* ---- where ----------------------------------------------------------------------------------- */

static uint32_t boundary_of(const lac_filling *filling, uint32_t paragraph)
{
    const lac_layout *layout = &filling->layout;
    uint32_t low = 0, high = layout->paragraph_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (layout->paragraphs[middle] < paragraph) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < layout->paragraph_count ? layout->child_of[low] : 0;
}

/* The nearest sibling with text in front is a table. */
static bool is_after_table(const lac_tokens *tokens, uint32_t paragraph)
{
    bool table = false;
    uint32_t parent = tokens->items[paragraph].parent;
    for (uint32_t i = parent + 1; i < paragraph; i = tokens->items[i].after) {
        lac_word word = (lac_word)tokens->items[i].word;
        table = lac_word_is_marker(word) ? table : word == LAC_W_TBL;
    }
    return table;
}

/* ---- looks ----------------------------------------------------------------------------------- */

/* Its paragraphs look as the placeholder does, unless that looks like an instruction. */
static lacuna_status body_look(lac_look *look, lac_filling *filling, uint32_t paragraph,
                               uint32_t boundary, const lac_cut *cut)
{
    const lac_tokens *tokens = &filling->file->main->tokens;
    lac_run_look own = lac_run_look_of(&filling->scanned.looks, tokens, paragraph, LAC_NO_TOKEN);
    uint32_t style =
        lac_token_child(tokens, lac_token_child(tokens, paragraph, LAC_W_P_PR), LAC_W_P_STYLE);
    if (lac_conventions_meaning(filling->profile, LAC_SIGNAL_PARAGRAPH_STYLE,
                                own.paragraph_style) != LAC_MEANING_TEXT) {
        return lac_look_usual(look, filling->file, &filling->layout, boundary, LAC_LOOK_BODY,
                              filling->err);
    }
    *look = (lac_look){.style = style == LAC_NO_TOKEN ? lac_span_make("", 0)
                                                      : lac_token_bytes(tokens, style),
                       .run = cut->properties,
                       .found = true};
    return lac_look_paragraph(&look->paragraph, filling->file, paragraph, filling->err);
}

/* ---- the last paragraph ---------------------------------------------------------------------- */

static lac_span child_bytes(const lac_tokens *tokens, uint32_t properties, lac_word word)
{
    uint32_t child = lac_token_child(tokens, properties, word);
    return child == LAC_NO_TOKEN ? lac_span_make("", 0) : lac_token_bytes(tokens, child);
}

/* Other properties for the paragraph; its mark and its section break stay. */
static lacuna_status change_properties(lac_filling *filling, uint32_t paragraph,
                                       const lac_look *look)
{
    const lac_tokens *tokens = &filling->file->main->tokens;
    uint32_t properties = lac_token_child(tokens, paragraph, LAC_W_P_PR);
    lac_span before, kept = lac_span_make("", 0);
    lacuna_status status = lac_look_paragraph(&before, filling->file, paragraph, filling->err);
    if (status != LACUNA_OK || lac_span_equal(before, look->paragraph)) {
        return status;
    }
    lac_markup markup;
    lac_markup_begin(&markup, tokens->w, &filling->draft, &filling->ids, filling->marked);
    lac_markup_put(&markup, "<@pPr>");
    lac_markup_span(&markup, look->paragraph);
    lac_markup_span(&markup, child_bytes(tokens, properties, LAC_W_R_PR));
    lac_markup_span(&markup, child_bytes(tokens, properties, LAC_W_SECT_PR));
    if (filling->marked) {
        lac_markup_open_revision(&markup, "pPrChange");
        lac_markup_put(&markup, "<@pPr>");
        lac_markup_span(&markup, before);
        lac_markup_put(&markup, "</@pPr></@pPrChange>");
    }
    lac_markup_put(&markup, "</@pPr>");
    status = markup.status == LACUNA_OK
                 ? lac_word_keep(&kept, filling->file, &markup.out, filling->err)
                 : lac_fail(filling->err, markup.status, "properties are too large");
    lac_markup_free(&markup);
    if (status != LACUNA_OK) {
        return status;
    }
    const lac_token *item = &tokens->items[properties == LAC_NO_TOKEN ? paragraph : properties];
    return properties == LAC_NO_TOKEN
               ? lac_edits_add(filling->edits, item->tag_end, 0, kept, filling->err)
               : lac_edits_add(filling->edits, item->start, item->end - item->start, kept,
                               filling->err);
}

static lacuna_status write_before(lac_filling *filling, uint32_t paragraph, const lac_buf *text)
{
    lac_span kept;
    lacuna_status status = lac_word_keep(&kept, filling->file, text, filling->err);
    return status == LACUNA_OK && text->len > 0
               ? lac_edits_add(filling->edits, filling->file->main->tokens.items[paragraph].start,
                               0, kept, filling->err)
               : status;
}

lacuna_status lac_fill_blocks(lac_filling *filling, uint32_t paragraph, lac_cut *cut,
                              const lac_fill_value *value)
{
    uint32_t boundary = boundary_of(filling, paragraph), comment;
    lac_look body;
    lac_blocks_last last;
    lac_buf text;
    lac_buf_init(&text, LAC_LARGEST_MARKUP);
    bool alone = value->block_count == 1 && value->blocks[0].kind != LAC_DRAFT_TABLE;
    lacuna_status status = body_look(&body, filling, paragraph, boundary, cut);
    if (status == LACUNA_OK) {
        status = lac_fill_comment(&comment, filling, value);
    }
    if (status == LACUNA_OK) {
        filling->insertion.marked = filling->marked;
        status = lac_insertion_blocks(&text, &last, &filling->insertion, boundary, &body,
                                      is_after_table(&filling->file->main->tokens, paragraph),
                                      value->blocks, value->block_count,
                                      alone ? UINT32_MAX : comment, filling->err);
    }
    if (status == LACUNA_OK) {
        status = write_before(filling, paragraph, &text);
    }
    if (status == LACUNA_OK) {
        status = change_properties(filling, paragraph, &last.look);
    }
    if (status == LACUNA_OK) {
        cut->text = last.text;
        cut->properties = last.look.run;
        cut->comment = alone ? comment : UINT32_MAX;
        lac_cutter cutter = lac_fill_cutter(filling, filling->file->main);
        status = lac_cuts_apply(&cutter, paragraph, cut, 1);
    }
    lac_buf_free(&text);
    return status;
}
