/* Repeating sections: the first item is the model of all. Items are not tracked: which rows of a
 * marked copy are new could be said, but not that the model is gone. */
#include "support/error.h"
#include "writers/docx/fill_state.h"

#include <stdlib.h>

typedef struct repeating {
    lac_filling *filling;
    const lac_fill_scope *around;
    lac_word_part *part;
    uint32_t model; /* the w:sdt of the first item */
    lac_buf text;   /* of all items */
} repeating;

/* The items of the section: controls directly in its content. */
static uint32_t first_item(const lac_tokens *tokens, uint32_t content)
{
    return lac_token_child(tokens, content, LAC_W_SDT);
}

static lacuna_status new_id(lac_filling *filling, const lac_token_attr *attr)
{
    lac_span kept;
    lac_buf text;
    lac_buf_init(&text, 64);
    lacuna_status status = lac_buf_printf(&text, "%u", (unsigned)lac_fill_control_id(filling));
    status = status == LACUNA_OK ? lac_word_keep(&kept, filling->file, &text, filling->err)
                                 : lac_fail(filling->err, status, "no id for a control");
    lac_buf_free(&text);
    return status == LACUNA_OK
               ? lac_edits_add(filling->edits, attr->where, attr->value.len, kept, filling->err)
               : status;
}

/* With the blank in front of it and the quotation mark behind. */
static lacuna_status remove_attribute(lac_filling *filling, const lac_tokens *tokens,
                                      const lac_token_attr *attr)
{
    size_t start = (size_t)(attr->name.ptr - tokens->xml.ptr) - 1;
    return lac_edits_add(filling->edits, start, attr->where + attr->value.len + 1 - start,
                         lac_span_make("", 0), filling->err);
}

static lacuna_status edit_attributes(repeating *state, uint32_t token)
{
    const lac_tokens *tokens = &state->part->tokens;
    const lac_token *item = &tokens->items[token];
    bool is_id = item->word == LAC_W_ID && item->parent != LAC_NO_TOKEN &&
                 tokens->items[item->parent].word == LAC_W_SDT_PR;
    lac_token_attr attr;
    size_t at = 0;
    lacuna_status status = LACUNA_OK;
    while (status == LACUNA_OK && lac_token_next_attribute(&attr, &at, tokens, token)) {
        if (is_id && lac_span_ends_nocase(attr.name, ":val")) {
            status = new_id(state->filling, &attr);
        } else if (lac_span_ends_nocase(attr.name, ":paraId")) {
            status = remove_attribute(state->filling, tokens, &attr);
        }
    }
    return status;
}

/* Ids of controls are drawn anew; ids of paragraphs and bookmarks are left to the first item. A
 * binding names one place in the data, which the items cannot share: it goes. Paragraphs that were
 * written again carry no ids. */
static lacuna_status edit_ids(repeating *state, bool is_first)
{
    lac_filling *filling = state->filling;
    const lac_tokens *tokens = &state->part->tokens;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = state->model; i < tokens->items[state->model].after && status == LACUNA_OK;
         i++) {
        const lac_token *item = &tokens->items[i];
        bool binding = lac_span_is(lac_token_local(tokens, i), "dataBinding");
        bool bookmark = item->word == LAC_W_BOOKMARK_START || item->word == LAC_W_BOOKMARK_END;
        if (binding || (bookmark && !is_first)) {
            status = lac_edits_add(filling->edits, item->start, item->end - item->start,
                                   lac_span_make("", 0), filling->err);
        } else if (!is_first &&
                   (item->word == LAC_W_ID || item->word == LAC_W_P || item->word == LAC_W_TR)) {
            status = edit_attributes(state, i);
        }
    }
    return status;
}

/* Edits count from the start of the part; the model is a piece of it. */
static lacuna_status splice_model(repeating *state, lac_edits *edits)
{
    lac_filling *filling = state->filling;
    lac_span model = lac_token_bytes(&state->part->tokens, state->model);
    size_t base = state->part->tokens.items[state->model].start, length;
    char *item;
    for (size_t i = 0; i < edits->count; i++) {
        edits->items[i].offset -= base;
    }
    lacuna_status status = lac_splice(&item, &length, model, edits, filling->err);
    if (status == LACUNA_OK) {
        status = lac_buf_append(&state->text, item, length);
        status = status == LACUNA_OK
                     ? status
                     : lac_fail(filling->err, status, "too many items of a repeating section");
    }
    free(item);
    return status;
}

static lacuna_status write_item(repeating *state, const lac_fill_item *item, bool is_first)
{
    lac_filling *filling = state->filling;
    lac_edits *outer = filling->edits, edits = {NULL, 0, 0};
    bool marked = filling->marked;
    const lac_fill_scope scope = {state->around, item->values, item->count, NULL};
    const lac_token *model = &state->part->tokens.items[state->model];
    for (size_t i = 0; i < filling->found.count; i++) { /* each item sees all places of the model */
        const lac_placeholder *place = &filling->found.items[i];
        if (place->token > state->model && place->token < model->after &&
            strcmp(place->part, state->part->name) == 0) {
            filling->done[i] = false;
        }
    }
    filling->edits = &edits;
    filling->marked = false;
    lacuna_status status =
        lac_fill_range(filling, &scope, state->part, state->model + 1, model->after);
    if (status == LACUNA_OK) {
        status = edit_ids(state, is_first);
    }
    if (status == LACUNA_OK) {
        status = splice_model(state, &edits);
    }
    filling->edits = outer;
    filling->marked = marked;
    lac_edits_free(&edits);
    return status;
}

static lacuna_status remove_property(lac_filling *filling, const lac_tokens *tokens,
                                     uint32_t property)
{
    if (property == LAC_NO_TOKEN) {
        return LACUNA_OK;
    }
    const lac_token *item = &tokens->items[property];
    return lac_edits_add(filling->edits, item->start, item->end - item->start, lac_span_make("", 0),
                         filling->err);
}

lacuna_status lac_fill_repeat(lac_filling *filling, const lac_fill_scope *scope,
                              lac_word_part *part, const lac_control *control, size_t index,
                              const lac_fill_value *value)
{
    const lac_tokens *tokens = &part->tokens;
    repeating state = {.filling = filling,
                       .around = scope,
                       .part = part,
                       .model = first_item(tokens, control->content)};
    const char *refused = control->is_locked            ? "the control is locked"
                          : !value->is_list             ? "its value is no list"
                          : value->item_count == 0      ? "its list is empty"
                          : state.model == LAC_NO_TOKEN ? "the section has no item to repeat"
                                                        : NULL;
    if (refused != NULL) {
        lac_fill_refuse(filling, index, refused);
        return LACUNA_OK;
    }
    lac_buf_init(&state.text, LAC_LARGEST_MARKUP);
    lacuna_status status = remove_property(filling, tokens, control->binding);
    if (status == LACUNA_OK) {
        status = remove_property(filling, tokens, control->prompt);
    }
    for (uint32_t i = 0; i < value->item_count && status == LACUNA_OK; i++) {
        status = write_item(&state, &value->items[i], i == 0);
    }
    lac_span kept;
    if (status == LACUNA_OK) {
        status = lac_word_keep(&kept, filling->file, &state.text, filling->err);
    }
    const lac_token *content = &tokens->items[control->content];
    if (status == LACUNA_OK) {
        filling->out->filled++;
        status = lac_edits_add(filling->edits, content->tag_end, content->close - content->tag_end,
                               kept, filling->err);
    }
    lac_buf_free(&state.text);
    return status;
}
