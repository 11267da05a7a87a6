#include "writers/docx/template_scan.h"

#include "support/error.h"

#include <stdlib.h>

/* ---- parts ----------------------------------------------------------------------------------- */

static bool has_text(const char *type)
{
    static const char *const types[] = {"header", "footer", "footnotes", "endnotes"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(type, types[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_listed(const lac_template *scanned, const lac_word_part *part)
{
    for (uint32_t i = 0; i < scanned->part_count; i++) {
        if (scanned->parts[i] == part) {
            return true;
        }
    }
    return false;
}

lacuna_status lac_template_make(lac_template *out, lac_word_file *file, const lac_layout *layout,
                                lacuna_error *err)
{
    *out = (lac_template){.file = file, .layout = layout};
    out->parts =
        lac_arena_array(&file->arena, (size_t)file->relationships.count + 1, sizeof *out->parts);
    if (out->parts == NULL) {
        return lac_fail_nomem(err);
    }
    out->parts[out->part_count++] = file->main;
    lacuna_status status = lac_looks_read(&out->looks, file, err);
    for (uint32_t i = 0; i < file->relationships.count && status == LACUNA_OK; i++) {
        const lac_relationship *item = &file->relationships.items[i];
        if (item->part == LAC_PART_NONE || !has_text(item->type)) {
            continue;
        }
        lac_word_part *part;
        status = lac_word_part_get(&part, file, lac_package_name(file->package, item->part), err);
        if (status == LACUNA_OK && !is_listed(out, part)) {
            out->parts[out->part_count++] = part;
        }
    }
    return status;
}

/* ---- paragraphs ------------------------------------------------------------------------------ */

typedef struct scanning {
    const lac_template *scanned;
    const lac_template_visitor *visitor;
    lac_word_part *part;
    lac_paragraph_text text;
    lac_run_look *looks;
    size_t look_cap;
    lac_field_state fields;
    uint32_t ordinal;
    lac_span heading;
    lacuna_error *err;
} scanning;

static const lac_block *block_of(const scanning *state)
{
    const lac_layout *layout = state->scanned->layout;
    if (state->part != state->scanned->file->main || state->ordinal >= layout->paragraph_count ||
        layout->blocks[state->ordinal] == LAC_NONE) {
        return NULL;
    }
    return &layout->document->blocks[layout->blocks[state->ordinal]];
}

static lacuna_status look_at_pieces(scanning *state, uint32_t token)
{
    lacuna_status status = lac_grow((void **)&state->looks, &state->look_cap, state->text.count + 1,
                                    sizeof *state->looks, LAC_MAX_TOKENS);
    for (size_t i = 0; i < state->text.count && status == LACUNA_OK; i++) {
        bool same = i > 0 && state->text.pieces[i].run == state->text.pieces[i - 1].run;
        state->looks[i] = same ? state->looks[i - 1]
                               : lac_run_look_of(&state->scanned->looks, &state->part->tokens,
                                                 token, state->text.pieces[i].run);
    }
    return status == LACUNA_OK ? status : lac_fail(state->err, status, "too many runs");
}

/* A word in italics is emphasis; a paragraph in italics may be more. */
static void keep_whole_italics(scanning *state)
{
    bool whole = true;
    for (size_t i = 0; i < state->text.count && whole; i++) {
        const lac_piece *piece = &state->text.pieces[i];
        lac_span words = lac_span_trim(lac_span_make(lac_buf_text(&state->text.text) + piece->start,
                                                     piece->end - piece->start));
        whole = state->looks[i].italic || words.len == 0;
    }
    for (size_t i = 0; i < state->text.count; i++) {
        state->looks[i].italic = whole;
    }
}

static lacuna_status visit_paragraph(scanning *state, uint32_t token)
{
    /* A text box is a story of its own: a field around it says nothing about its text. */
    bool boxed = lac_token_inside(&state->part->tokens, token, LAC_W_TXBX_CONTENT);
    lac_field_state own = {0, 0};
    lacuna_status status = lac_paragraph_text_read(&state->text, &state->part->tokens, token,
                                                   boxed ? &own : &state->fields, state->err);
    if (status == LACUNA_OK) {
        status = look_at_pieces(state, token);
    }
    if (status == LACUNA_OK) {
        keep_whole_italics(state);
    }
    const lac_block *block = block_of(state);
    bool contents = block != NULL && (block->flags & LAC_BLOCK_TOC) != 0;
    bool heading = block != NULL && block->level > 0 && !contents;
    if (heading) {
        state->heading = lac_block_text(state->scanned->layout->document, block);
    }
    const lac_template_paragraph paragraph = {
        .part = state->part,
        .token = token,
        .ordinal = state->ordinal++,
        .text = &state->text,
        .looks = state->looks,
        .heading = state->heading,
        .is_heading = heading,
        .is_contents = contents,
        .is_header_row = block != NULL && (block->flags & LAC_BLOCK_HEADER_ROW) != 0,
    };
    return status == LACUNA_OK ? state->visitor->paragraph(state->visitor->user, &paragraph)
                               : status;
}

static lacuna_status scan_part(scanning *state)
{
    const lac_tokens *tokens = &state->part->tokens;
    const lac_template_visitor *visitor = state->visitor;
    lacuna_status status = LACUNA_OK;
    state->ordinal = 0;
    state->fields = (lac_field_state){0, 0};
    state->heading = lac_span_make("", 0);
    for (uint32_t i = 0; i < tokens->count && status == LACUNA_OK; i++) {
        if (tokens->items[i].word == LAC_W_P) {
            status = visit_paragraph(state, i);
        } else if (tokens->items[i].word == LAC_W_SDT && visitor->control != NULL) {
            status =
                visitor->control(visitor->user, state->part, i, state->ordinal, state->heading);
        }
    }
    return status;
}

lacuna_status lac_template_scan(const lac_template *scanned, const lac_template_visitor *visitor,
                                lacuna_error *err)
{
    scanning state = {.scanned = scanned, .visitor = visitor, .err = err};
    lacuna_status status = LACUNA_OK;
    lac_paragraph_text_init(&state.text);
    for (uint32_t i = 0; i < scanned->part_count && status == LACUNA_OK; i++) {
        state.part = scanned->parts[i];
        status = scan_part(&state);
    }
    lac_paragraph_text_free(&state.text);
    free(state.looks);
    return status;
}
