#include "writers/docx/placeholder_find.h"

#include "support/error.h"
#include "writers/docx/brackets.h"
#include "writers/docx/prompts.h"
#include "writers/docx/template_controls.h"
#include "writers/docx/template_fields.h"

#include <stdlib.h>

enum {
    PLACEHOLDERS_MAX = 1 << 20,
    LONGEST_NAME = 200,   /* of a token, in bytes */
    LONGEST_MARKED = 150, /* of what is marked by its look alone */
};

typedef struct finding {
    lac_placeholders *found, *texts;
    const lac_template *scanned;
    const lac_conventions *profile;
    size_t first; /* of the placeholders of the paragraph at hand */
    lacuna_error *err;
} finding;

const char *lac_placeholder_kind_name(lac_placeholder_kind kind)
{
    static const char *const names[] = {"token",  "bracket", "control",     "field",
                                        "prompt", "marked",  "instruction", "optional"};
    return names[kind];
}

void lac_placeholders_free(lac_placeholders *list)
{
    free(list->items);
    *list = (lac_placeholders){NULL, 0, 0};
}

/* ---- looks ----------------------------------------------------------------------------------- */

lac_meaning lac_look_meaning(const lac_conventions *profile, const lac_run_look *look)
{
    /* A style that means something says so by its name, and its colour only shows it. */
    bool by_style =
        !look->own_colour && lac_conventions_meaning(profile, LAC_SIGNAL_PARAGRAPH_STYLE,
                                                     look->paragraph_style) != LAC_MEANING_TEXT;
    const struct {
        lac_signal signal;
        lac_span value;
        bool there;
    } signs[] = {
        {LAC_SIGNAL_HIGHLIGHT, look->highlight, look->highlight.len > 0},
        {LAC_SIGNAL_CHARACTER_STYLE, look->character_style, look->character_style.len > 0},
        {LAC_SIGNAL_COLOUR, look->colour, look->colour.len > 0 && !by_style},
        {LAC_SIGNAL_PARAGRAPH_STYLE, look->paragraph_style, look->paragraph_style.len > 0},
        {LAC_SIGNAL_HIDDEN, lac_span_make("", 0), look->hidden},
        {LAC_SIGNAL_ITALIC, lac_span_make("", 0), look->italic},
    };
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        const lac_convention *said =
            signs[i].there ? lac_conventions_find(profile, signs[i].signal, signs[i].value) : NULL;
        if (said != NULL && said->meaning != LAC_MEANING_TEXT) {
            return said->meaning;
        }
    }
    return LAC_MEANING_TEXT;
}

/* Of the first piece that holds byte `at`. */
static size_t piece_at(const lac_paragraph_text *text, uint32_t at)
{
    size_t low = 0, high = text->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->pieces[middle].end <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* ---- keeping --------------------------------------------------------------------------------- */

static lacuna_status keep(lac_placeholders *list, const finding *state, lac_placeholder item)
{
    lac_arena *arena = &state->scanned->file->arena;
    lac_span *texts[] = {&item.text, &item.name, &item.alias, &item.asks};
    lac_span whole = item.text;
    lacuna_status status = lac_grow((void **)&list->items, &list->cap, list->count + 1,
                                    sizeof *list->items, PLACEHOLDERS_MAX);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && status == LACUNA_OK; i++) {
        lac_span text = *texts[i];
        bool inside =
            i > 0 && text.ptr >= whole.ptr && text.ptr + text.len <= whole.ptr + whole.len;
        char *copy = inside ? NULL : lac_arena_copy(arena, text);
        if (!inside && copy == NULL) {
            return lac_fail_nomem(state->err);
        }
        *texts[i] = inside ? lac_span_make(item.text.ptr + (text.ptr - whole.ptr), text.len)
                           : lac_span_make(copy, text.len);
    }
    if (status != LACUNA_OK) {
        return lac_fail(state->err, status, "too many placeholders");
    }
    list->items[list->count++] = item;
    return LACUNA_OK;
}

static lac_placeholder blank(const finding *state, const lac_template_paragraph *paragraph)
{
    const lac_span none = lac_span_make("", 0);
    return (lac_placeholder){.part = paragraph->part->name,
                             .paragraph = paragraph->ordinal,
                             .token = paragraph->token,
                             .is_main = paragraph->part == state->scanned->file->main,
                             .text = none,
                             .name = none,
                             .alias = none,
                             .asks = none,
                             .heading = paragraph->heading,
                             .reason = none};
}

static bool is_alone(const lac_paragraph_text *text, uint32_t start, uint32_t end)
{
    lac_span all = lac_buf_span(&text->text);
    return lac_span_trim(lac_span_make(all.ptr, start)).len == 0 &&
           lac_span_trim(lac_span_make(all.ptr + end, all.len - end)).len == 0;
}

/* Whether the paragraph at hand has a placeholder there already. */
static bool is_taken(const finding *state, uint32_t start, uint32_t end)
{
    for (size_t i = state->first; i < state->found->count; i++) {
        const lac_placeholder *item = &state->found->items[i];
        if (item->kind != LAC_PLACEHOLDER_CONTROL && item->start < end && start < item->end) {
            return true;
        }
    }
    return false;
}

/* ---- in a paragraph -------------------------------------------------------------------------- */

/* A range that can be cut: plain text, no field's, in no control that is listed itself. */
static bool is_free(const finding *state, const lac_template_paragraph *paragraph, uint32_t start,
                    uint32_t end)
{
    const lac_paragraph_text *text = paragraph->text;
    for (size_t i = piece_at(text, start); i < text->count && text->pieces[i].start < end; i++) {
        const lac_piece *piece = &text->pieces[i];
        if (piece->in_field || piece->opaque) {
            return false;
        }
        for (uint32_t at = paragraph->part->tokens.items[piece->element].parent; at != LAC_NO_TOKEN;
             at = paragraph->part->tokens.items[at].parent) {
            if (paragraph->part->tokens.items[at].word == LAC_W_SDT &&
                lac_control_is_empty(&paragraph->part->tokens, at)) {
                return false;
            }
        }
    }
    return !is_taken(state, start, end);
}

static bool is_acronym(lac_span inner)
{
    for (size_t i = 0; i < inner.len; i++) {
        if (inner.ptr[i] < 'A' || inner.ptr[i] > 'Z') {
            return false;
        }
    }
    return inner.len <= 6 && !lac_span_is(inner, "TBD") && !lac_span_is(inner, "TBC") &&
           !lac_span_is(inner, "DATE");
}

/* Instructions name placeholders; one that is a paragraph of its own is one. */
static bool is_named_only(const lac_template_paragraph *paragraph, lac_meaning meaning,
                          lac_span inner, uint32_t start, uint32_t end)
{
    return meaning == LAC_MEANING_INSTRUCTION &&
           !(is_alone(paragraph->text, start, end) && lac_reads_as_prompt(inner));
}

static bool is_wanted(const finding *state, const lac_template_paragraph *paragraph,
                      lac_bracket bracket, lac_span inner, uint32_t start, uint32_t end,
                      bool *marked)
{
    const lac_paragraph_text *text = paragraph->text;
    size_t piece = piece_at(text, start);
    lac_meaning meaning = lac_look_meaning(state->profile, &paragraph->looks[piece]);
    *marked = false; /* the brackets or what is between them may carry the mark */
    for (; piece < text->count && text->pieces[piece].start < end; piece++) {
        const lac_run_look *look = &paragraph->looks[piece];
        *marked |= look->highlight.len > 0 ||
                   lac_look_meaning(state->profile, look) == LAC_MEANING_PLACEHOLDER;
    }
    if (bracket == LAC_BRACKET_TOKEN) {
        return inner.len <= LONGEST_NAME;
    }
    const lac_convention *said = lac_conventions_find(state->profile, LAC_SIGNAL_BRACKET,
                                                      lac_span_of(lac_bracket_name(bracket)));
    if (said == NULL || said->meaning != LAC_MEANING_PLACEHOLDER ||
        (!*marked && is_named_only(paragraph, meaning, inner, start, end))) {
        return false;
    }
    return *marked || (!said->only_marked && !is_acronym(inner));
}

static lacuna_status find_brackets(finding *state, const lac_template_paragraph *paragraph,
                                   lac_bracket bracket)
{
    lac_span text = lac_buf_span(&paragraph->text->text), found;
    size_t at = 0;
    lacuna_status status = LACUNA_OK;
    while (status == LACUNA_OK && lac_bracket_next(&found, &at, text, bracket)) {
        uint32_t start = (uint32_t)(found.ptr - text.ptr), end = start + (uint32_t)found.len;
        lac_span inner = lac_bracket_inner(found, bracket);
        bool marked;
        if (!is_wanted(state, paragraph, bracket, inner, start, end, &marked) ||
            !is_free(state, paragraph, start, end)) {
            continue;
        }
        lac_placeholder item = blank(state, paragraph);
        item.kind = bracket == LAC_BRACKET_TOKEN ? LAC_PLACEHOLDER_TOKEN : LAC_PLACEHOLDER_BRACKET;
        item.start = start;
        item.end = end;
        item.text = found;
        item.name = item.asks = inner;
        item.alone = is_alone(paragraph->text, start, end);
        item.is_marked = marked;
        status = keep(state->found, state, item);
    }
    return status;
}

static lacuna_status find_prompts(finding *state, const lac_template_paragraph *paragraph)
{
    lac_span text = lac_buf_span(&paragraph->text->text), found, label;
    size_t at = 0;
    lacuna_status status = LACUNA_OK;
    while (status == LACUNA_OK && lac_prompt_next(&found, &label, &at, text)) {
        uint32_t start = (uint32_t)(found.ptr - text.ptr), end = start + (uint32_t)found.len;
        const lac_run_look *look = &paragraph->looks[piece_at(paragraph->text, start)];
        if (lac_look_meaning(state->profile, look) == LAC_MEANING_INSTRUCTION ||
            !is_free(state, paragraph, start, end)) {
            continue;
        }
        lac_placeholder item = blank(state, paragraph);
        item.kind = LAC_PLACEHOLDER_PROMPT;
        item.start = start;
        item.end = end;
        item.text = found;
        item.name = item.asks = label;
        item.alone = is_alone(paragraph->text, start, end);
        status = keep(state->found, state, item);
    }
    return status;
}

/* ---- by looks alone -------------------------------------------------------------------------- */

static lac_meaning meaning_of(const finding *state, const lac_template_paragraph *paragraph,
                              size_t piece)
{
    return lac_look_meaning(state->profile, &paragraph->looks[piece]);
}

/* "Sponsor:" says what comes behind it; a number that is marked is one to be looked at. */
static bool is_no_prompt(lac_span text)
{
    bool letters = false;
    for (size_t i = 0; i < text.len && !letters; i++) {
        char c = text.ptr[i];
        letters = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0xC3;
    }
    return text.ptr[text.len - 1] == ':' || !letters;
}

static lacuna_status keep_range(finding *state, const lac_template_paragraph *paragraph,
                                lac_meaning meaning, uint32_t start, uint32_t end)
{
    lac_span all = lac_buf_span(&paragraph->text->text);
    lac_span text = lac_span_make(all.ptr + start, end - start);
    lac_span trimmed = lac_span_trim(text);
    lac_placeholder item = blank(state, paragraph);
    item.kind = meaning == LAC_MEANING_INSTRUCTION ? LAC_PLACEHOLDER_INSTRUCTION
                : meaning == LAC_MEANING_OPTIONAL  ? LAC_PLACEHOLDER_OPTIONAL
                                                   : LAC_PLACEHOLDER_MARKED;
    bool marked = item.kind == LAC_PLACEHOLDER_MARKED;
    if (marked) { /* blanks around it stay */
        start += (uint32_t)(trimmed.ptr - text.ptr);
        end = start + (uint32_t)trimmed.len;
        text = trimmed;
    }
    bool unfit = marked && (trimmed.len == 0 || trimmed.len > LONGEST_MARKED ||
                            is_no_prompt(trimmed) || !is_free(state, paragraph, start, end));
    if (trimmed.len == 0 || unfit || is_taken(state, start, end)) {
        return LACUNA_OK;
    }
    item.start = start;
    item.end = end;
    item.text = text;
    item.name = item.asks = trimmed;
    item.alone = is_alone(paragraph->text, start, end);
    item.is_marked = true;
    return keep(marked ? state->found : state->texts, state, item);
}

/* Neighbours of one meaning are one range; blanks between them belong to it. */
static lacuna_status find_marked(finding *state, const lac_template_paragraph *paragraph)
{
    const lac_paragraph_text *text = paragraph->text;
    lacuna_status status = LACUNA_OK;
    if (paragraph->is_heading || paragraph->is_contents) {
        return status;
    }
    for (size_t i = 0; i < text->count && status == LACUNA_OK;) {
        lac_meaning meaning = meaning_of(state, paragraph, i);
        size_t end = i + 1, last = i;
        for (; end < text->count && meaning != LAC_MEANING_TEXT; end++) {
            const lac_piece *piece = &text->pieces[end];
            lac_span words = lac_span_trim(
                lac_span_make(lac_buf_text(&text->text) + piece->start, piece->end - piece->start));
            if (meaning_of(state, paragraph, end) == meaning) {
                last = end;
            } else if (words.len > 0) {
                break;
            }
        }
        if (meaning != LAC_MEANING_TEXT) {
            status = keep_range(state, paragraph, meaning, text->pieces[i].start,
                                text->pieces[last].end);
        }
        i = meaning == LAC_MEANING_TEXT ? end : last + 1;
    }
    return status;
}

/* ---- fields and controls --------------------------------------------------------------------- */

static lac_span without_brackets(lac_span text)
{
    for (int bracket = 0; bracket < LAC_BRACKET_COUNT; bracket++) {
        lac_span found;
        size_t at = 0;
        if (lac_bracket_next(&found, &at, text, (lac_bracket)bracket) && found.len == text.len) {
            return lac_bracket_inner(found, (lac_bracket)bracket);
        }
    }
    return text;
}

static lacuna_status find_fields(finding *state, const lac_template_paragraph *paragraph)
{
    const lac_tokens *tokens = &paragraph->part->tokens;
    lacuna_status status = LACUNA_OK;
    lac_template_field field;
    uint32_t at = paragraph->token + 1;
    lac_buf code;
    lac_buf_init(&code, LAC_LARGEST_MARKUP);
    while (status == LACUNA_OK &&
           lac_template_field_next(&field, &code, &at, tokens, paragraph->token)) {
        lac_placeholder item = blank(state, paragraph);
        item.kind = LAC_PLACEHOLDER_FIELD;
        item.token = field.first;
        item.text = lac_span_trim(lac_buf_span(&code));
        item.name = item.asks = field.name;
        if (field.is_form) {
            item.asks = item.alias = without_brackets(item.text);
            item.asks = item.asks.len == 0 ? field.name : item.asks;
            item.is_set = !field.keeps_default && item.alias.len == item.text.len;
        }
        status = keep(state->found, state, item);
    }
    lac_buf_free(&code);
    return status;
}

static lacuna_status on_control(void *user, lac_word_part *part, uint32_t token, uint32_t ordinal,
                                lac_span heading)
{
    finding *state = user;
    lac_control control;
    lac_buf shown;
    lac_buf_init(&shown, LAC_LARGEST_MARKUP);
    lacuna_status status = lac_control_read(&control, &shown, &part->tokens, token,
                                            &state->scanned->file->arena, state->err);
    if (status == LACUNA_OK && control.is_fillable) {
        lac_template_paragraph at = {
            .part = part, .token = token, .ordinal = ordinal, .heading = heading};
        lac_placeholder item = blank(state, &at);
        item.kind = LAC_PLACEHOLDER_CONTROL;
        item.text = lac_buf_span(&shown);
        item.name = control.tag.len > 0 ? control.tag : control.alias;
        item.alias = control.alias;
        item.asks = control.alias.len > 0 ? control.alias : lac_span_trim(item.text);
        item.alone = control.holds == LAC_CONTROL_PARAGRAPHS;
        item.is_list = control.repeats;
        item.is_set = !control.is_empty;
        status = keep(state->found, state, item);
    }
    lac_buf_free(&shown);
    return status;
}

/* ---- all of it ------------------------------------------------------------------------------- */

static int by_start(const void *left, const void *right)
{
    const lac_placeholder *a = left, *b = right;
    return (a->start > b->start) - (a->start < b->start);
}

static lacuna_status on_paragraph(void *user, const lac_template_paragraph *paragraph)
{
    finding *state = user;
    state->first = state->found->count;
    lacuna_status status = LACUNA_OK;
    if (!paragraph->is_contents && paragraph->text->text.len > 0) {
        for (int bracket = 0; bracket < LAC_BRACKET_COUNT && status == LACUNA_OK; bracket++) {
            status = find_brackets(state, paragraph, (lac_bracket)bracket);
        }
        if (status == LACUNA_OK) {
            status = find_prompts(state, paragraph);
        }
        if (status == LACUNA_OK) {
            status = find_marked(state, paragraph);
        }
        size_t count = state->found->count - state->first;
        if (count > 1) {
            qsort(state->found->items + state->first, count, sizeof(lac_placeholder), by_start);
        }
    }
    return status == LACUNA_OK ? find_fields(state, paragraph) : status;
}

lacuna_status lac_placeholders_find(lac_placeholders *found, lac_placeholders *texts,
                                    const lac_template *scanned, const lac_conventions *profile,
                                    lacuna_error *err)
{
    *found = *texts = (lac_placeholders){NULL, 0, 0};
    finding state = {
        .found = found, .texts = texts, .scanned = scanned, .profile = profile, .err = err};
    const lac_template_visitor visitor = {&state, on_paragraph, on_control};
    lacuna_status status = lac_template_scan(scanned, &visitor, err);
    if (status != LACUNA_OK) {
        lac_placeholders_free(found);
        lac_placeholders_free(texts);
    }
    return status;
}
