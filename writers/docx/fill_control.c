/* Values in content controls. */
#include "support/error.h"
#include "writers/docx/fill_state.h"

static uint32_t first_inside(const lac_tokens *tokens, uint32_t token, lac_word word)
{
    for (uint32_t i = token + 1; i < tokens->items[token].after; i++) {
        if (tokens->items[i].word == word) {
            return i;
        }
    }
    return LAC_NO_TOKEN;
}

/* ---- what the control says of itself --------------------------------------------------------- */

static lacuna_status remove_element(lac_filling *filling, const lac_tokens *tokens, uint32_t token)
{
    const lac_token *item = &tokens->items[token];
    return lac_edits_add(filling->edits, item->start, item->end - item->start, lac_span_make("", 0),
                         filling->err);
}

/* A choice is given by what is shown or by its value; what is shown is put in. */
static bool find_choice(lac_span *shown, const lac_tokens *tokens, uint32_t list, lac_span text)
{
    for (uint32_t i = list + 1; i < tokens->items[list].after; i = tokens->items[i].after) {
        lac_span value = lac_span_make("", 0), display;
        (void)lac_token_get(&value, tokens, i, "value");
        display = value;
        (void)lac_token_get(&display, tokens, i, "displayText");
        if (lac_span_equal_nocase(value, text) || lac_span_equal_nocase(display, text)) {
            *shown = display;
            return true;
        }
    }
    return false;
}

static lacuna_status take_choice(lac_span *text, bool *is_one, lac_filling *filling,
                                 const lac_tokens *tokens, uint32_t list)
{
    lac_span shown;
    *is_one = find_choice(&shown, tokens, list, *text);
    if (!*is_one) {
        *is_one = lac_span_is(lac_token_local(tokens, list), "comboBox"); /* takes any text */
        return LACUNA_OK;
    }
    lac_buf decoded;
    lac_buf_init(&decoded, LAC_LARGEST_MARKUP);
    lacuna_status status = lac_xml_decode(&decoded, shown);
    status = status == LACUNA_OK ? lac_word_keep(text, filling->file, &decoded, filling->err)
                                 : lac_fail(filling->err, status, "a choice is too long");
    lac_buf_free(&decoded);
    return status;
}

static bool is_yes(lac_span text)
{
    static const char *const words[] = {"true",    "yes",          "1",           "x", "on",
                                        "checked", "\xE2\x98\x92", "\xE2\x98\x91"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (lac_span_equal_nocase(text, lac_span_of(words[i]))) {
            return true;
        }
    }
    return false;
}

/* [MS-DOCX] 2.6.1: the state, and the sign that is shown for it. */
static lacuna_status set_check_box(lac_span *text, lac_filling *filling, const lac_tokens *tokens,
                                   uint32_t box)
{
    bool yes = is_yes(lac_span_trim(*text));
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = box + 1; i < tokens->items[box].after && status == LACUNA_OK; i++) {
        lac_token_attr attr;
        size_t at = 0;
        if (!lac_span_is(lac_token_local(tokens, i), "checked")) {
            continue;
        }
        while (lac_token_next_attribute(&attr, &at, tokens, i)) {
            if (attr.name.len >= 4 && memcmp(attr.name.ptr + attr.name.len - 4, ":val", 4) == 0) {
                status = lac_edits_add(filling->edits, attr.where, attr.value.len,
                                       lac_span_of(yes ? "1" : "0"), filling->err);
            }
        }
    }
    *text = lac_span_of(yes ? "\xE2\x98\x92" : "\xE2\x98\x90");
    return status;
}

/* ---- its content ----------------------------------------------------------------------------- */

static lacuna_status content_properties(lac_span *out, lac_filling *filling, lac_word_part *part,
                                        const lac_control *control, uint32_t run)
{
    static const char *const prompt[] = {"rStyle", "color", NULL};
    lac_cutter cutter = lac_fill_cutter(filling, part);
    uint32_t own = lac_token_child(&part->tokens, control->properties, LAC_W_R_PR);
    return lac_cut_properties(out, &cutter, own != LAC_NO_TOKEN ? control->properties : run,
                              control->is_empty && own == LAC_NO_TOKEN ? prompt : NULL);
}

/* A value where the control has no run at all. */
static lacuna_status put_into(lac_filling *filling, lac_word_part *part, uint32_t element,
                              const lac_cut *cut)
{
    lac_cutter cutter = lac_fill_cutter(filling, part);
    lac_span value;
    lacuna_status status = lac_cut_value(&value, &cutter, cut);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_buf text;
    lac_buf_init(&text, LAC_LARGEST_MARKUP);
    status = lac_buf_append_span(&text, value);
    const lac_token *item = &part->tokens.items[element];
    if (status == LACUNA_OK && item->empty && filling->edits == &part->edits) {
        status = lac_word_append(filling->file, part, element, &text, filling->err);
    } else if (status == LACUNA_OK && !item->empty) {
        status = lac_edits_add(filling->edits, item->close, 0, value, filling->err);
    }
    lac_buf_free(&text);
    return status;
}

/* From the first run to the last in an element, paragraphs in it left out. */
static bool cover_runs(lac_cut *cut, uint32_t *run, const lac_tokens *tokens, uint32_t element)
{
    const lac_token *items = tokens->items;
    bool found = false;
    for (uint32_t i = element + 1; i < items[element].after;) {
        lac_word word = (lac_word)items[i].word;
        if (word == LAC_W_P || word == LAC_W_DEL || word == LAC_W_MOVE_FROM) {
            i = items[i].after;
        } else if (word == LAC_W_R) {
            *run = found ? *run : i;
            cut->from = found ? cut->from : items[i].start;
            cut->to = items[i].end;
            found = true;
            i = items[i].after;
        } else {
            i++;
        }
    }
    return found;
}

static lacuna_status fill_runs(lac_filling *filling, lac_word_part *part,
                               const lac_control *control, uint32_t element, lac_cut *cut,
                               const lac_fill_value *blocks)
{
    uint32_t run = LAC_NO_TOKEN;
    bool found = cover_runs(cut, &run, &part->tokens, element);
    lacuna_status status = content_properties(&cut->properties, filling, part, control, run);
    if (status != LACUNA_OK || !found) {
        return status == LACUNA_OK ? put_into(filling, part, element, cut) : status;
    }
    lac_cutter cutter = lac_fill_cutter(filling, part);
    return blocks != NULL ? lac_fill_blocks(filling, element, cut, blocks)
                          : lac_cuts_apply(&cutter, element, cut, 1);
}

/* Text of further paragraphs goes; tracked, or with what else they hold they stay empty. */
static lacuna_status empty_others(lac_filling *filling, lac_word_part *part, uint32_t content,
                                  uint32_t first, bool is_prompt)
{
    const lac_tokens *tokens = &part->tokens;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = first == LAC_NO_TOKEN ? content + 1 : tokens->items[first].after;
         i < tokens->items[content].after && status == LACUNA_OK; i = tokens->items[i].after) {
        if (tokens->items[i].word != LAC_W_P) {
            continue;
        }
        if ((!filling->marked || is_prompt) && lac_fill_may_remove(tokens, i)) {
            status = lac_fill_remove_paragraph(filling, tokens, i);
            continue;
        }
        lac_cut cut = {.comment = UINT32_MAX, .text = lac_span_make("", 0), .is_prompt = is_prompt};
        uint32_t run;
        lac_cutter cutter = lac_fill_cutter(filling, part);
        if (cover_runs(&cut, &run, tokens, i)) {
            status = lac_cuts_apply(&cutter, i, &cut, 1);
        }
    }
    return status;
}

static lacuna_status fill_content(lac_filling *filling, lac_word_part *part,
                                  const lac_control *control, lac_cut *cut,
                                  const lac_fill_value *value)
{
    if (control->holds == LAC_CONTROL_RUNS || control->holds == LAC_CONTROL_NOTHING) {
        return fill_runs(filling, part, control, control->content, cut, NULL);
    }
    uint32_t first = first_inside(&part->tokens, control->content, LAC_W_P);
    bool blocks = value->block_count > 0 && part == filling->file->main &&
                  control->holds == LAC_CONTROL_PARAGRAPHS;
    lacuna_status status = LACUNA_OK;
    if (control->holds == LAC_CONTROL_PARAGRAPHS) {
        status = empty_others(filling, part, control->content, first, control->is_empty);
    }
    return status == LACUNA_OK
               ? fill_runs(filling, part, control, first, cut, blocks ? value : NULL)
               : status;
}

/* ---- one control ----------------------------------------------------------------------------- */

static const char *refusal(const lac_control *control, const lac_tokens *tokens,
                           const lac_fill_value *value, bool can)
{
    if (control->is_locked) {
        return "the control is locked";
    }
    if (control->holds == LAC_CONTROL_ROWS) {
        return "the control holds table rows";
    }
    if (control->holds == LAC_CONTROL_PARAGRAPHS &&
        tokens->items[first_inside(tokens, control->content, LAC_W_P)].parent != control->content) {
        return "the control begins with a table";
    }
    if (value->is_list) {
        return "its value is a list, and it is no repeating section";
    }
    return !can && control->holds != LAC_CONTROL_PARAGRAPHS
               ? "its value has blocks, and it holds no paragraphs"
               : NULL;
}

static lacuna_status set_kind(lac_cut *cut, const char **refused, lac_filling *filling,
                              const lac_control *control, const lac_tokens *tokens)
{
    bool is_one = true;
    lacuna_status status = LACUNA_OK;
    if (control->check_box != LAC_NO_TOKEN) {
        status = set_check_box(&cut->text, filling, tokens, control->check_box);
    } else if (control->list != LAC_NO_TOKEN) {
        status = take_choice(&cut->text, &is_one, filling, tokens, control->list);
    }
    *refused = is_one ? NULL : "its value is none of the choices";
    return status;
}

static lacuna_status fill_one(lac_filling *filling, lac_word_part *part, const lac_control *control,
                              size_t index, const lac_fill_value *value)
{
    lac_cut cut = {
        .comment = UINT32_MAX, .properties = lac_span_make("", 0), .is_prompt = control->is_empty};
    bool can;
    lacuna_status status = lac_fill_as_text(&cut.text, &can, filling, value);
    const char *refused = refusal(control, &part->tokens, value, can);
    if (status == LACUNA_OK && refused == NULL) {
        status = set_kind(&cut, &refused, filling, control, &part->tokens);
    }
    if (status != LACUNA_OK || refused != NULL) {
        lac_fill_refuse(filling, index, refused);
        return status;
    }
    if (control->prompt != LAC_NO_TOKEN) {
        status = remove_element(filling, &part->tokens, control->prompt);
    }
    if (status == LACUNA_OK && control->binding != LAC_NO_TOKEN && filling->edits == &part->edits) {
        status = lac_fill_bound(filling, &part->tokens, control->binding, cut.text);
    }
    if (status == LACUNA_OK && value->block_count == 0) {
        status = lac_fill_comment(&cut.comment, filling, value);
    }
    if (status == LACUNA_OK) { /* Word shows the data: what is tracked in front of it would go */
        bool marked = filling->marked;
        filling->marked &= control->binding == LAC_NO_TOKEN;
        filling->out->filled++;
        status = fill_content(filling, part, control, &cut, value);
        filling->marked = marked;
    }
    return status;
}

/* What stands in a control that got a value is no place of its own. */
static void cover(lac_filling *filling, const lac_word_part *part, uint32_t control)
{
    uint32_t end = part->tokens.items[control].after;
    for (size_t i = 0; i < filling->found.count; i++) {
        const lac_placeholder *item = &filling->found.items[i];
        if (item->token > control && item->token < end && strcmp(item->part, part->name) == 0) {
            filling->done[i] = true;
        }
    }
}

lacuna_status lac_fill_control(lac_filling *filling, const lac_fill_scope *scope, size_t index)
{
    const lac_placeholder *item = &filling->found.items[index];
    const lac_fill_value *value = lac_fill_find(scope, item);
    lac_control control;
    lac_word_part *part;
    lac_buf shown;
    filling->done[index] = true;
    if (value == NULL) {
        if (!item->is_set) {
            lac_fill_refuse(filling, index, "no value");
        }
        return LACUNA_OK;
    }
    lac_buf_init(&shown, LAC_LARGEST_MARKUP);
    lacuna_status status = lac_word_part_get(&part, filling->file, item->part, filling->err);
    if (status == LACUNA_OK) {
        status = lac_control_read(&control, &shown, &part->tokens, item->token,
                                  &filling->file->arena, filling->err);
    }
    lac_buf_free(&shown);
    if (status != LACUNA_OK) {
        return status;
    }
    if (control.repeats) {
        status = lac_fill_repeat(filling, scope, part, &control, index, value);
    } else {
        status = fill_one(filling, part, &control, index, value);
    }
    if (status == LACUNA_OK) {
        cover(filling, part, item->token);
    }
    return status;
}
