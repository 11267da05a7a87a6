/* Guessing the conventions of a template: first what looks mean, then, with these, brackets. */
#include "support/error.h"
#include "support/utf8.h"
#include "writers/docx/brackets.h"
#include "writers/docx/placeholder_find.h"
#include "writers/docx/prompts.h"
#include "writers/docx/template_controls.h"

#include <stdlib.h>

enum {
    SEEN_MAX = 512,  /* different colours, styles ... that are counted */
    LONG_TEXT = 100, /* bytes */
    SHORT_TEXT = 60,
    EXAMPLE_MAX = 80,
    MANY_ITALICS = 5, /* fewer whole paragraphs in italics say nothing */
};

/* What was counted of one sign. */
typedef struct seen {
    lac_signal signal;
    lac_span value;
    uint32_t count, whole, instructions, prompts, bracketed, lengthy, marked, nested;
    uint64_t bytes;
    lac_span examples[LAC_CONVENTION_EXAMPLES];
    uint32_t example_count;
} seen;

typedef struct guessing {
    const lac_template *scanned;
    lac_conventions *profile;
    seen items[SEEN_MAX];
    uint32_t count;
    uint64_t bytes; /* of all text */
    lacuna_error *err;
} guessing;

/* ---- counting -------------------------------------------------------------------------------- */

static seen *entry(guessing *state, lac_signal signal, lac_span value)
{
    for (uint32_t i = 0; i < state->count; i++) {
        if (state->items[i].signal == signal && lac_span_equal(state->items[i].value, value)) {
            return &state->items[i];
        }
    }
    if (state->count == SEEN_MAX) {
        return NULL;
    }
    state->items[state->count] = (seen){.signal = signal, .value = value};
    return &state->items[state->count++];
}

static lac_span shortened(lac_span text)
{
    if (text.len <= EXAMPLE_MAX) {
        return text;
    }
    size_t length = EXAMPLE_MAX;
    while (length > 0 && ((unsigned char)text.ptr[length] & 0xC0) == 0x80) {
        length--;
    }
    return lac_span_make(text.ptr, length);
}

static lacuna_status keep_example(guessing *state, seen *item, lac_span text)
{
    text = shortened(text);
    for (uint32_t i = 0; i < item->example_count; i++) {
        if (lac_span_equal(item->examples[i], text)) {
            return LACUNA_OK;
        }
    }
    if (item->example_count == LAC_CONVENTION_EXAMPLES) {
        return LACUNA_OK;
    }
    char *copy = lac_arena_copy(&state->profile->arena, text);
    if (copy == NULL) {
        return lac_fail_nomem(state->err);
    }
    item->examples[item->example_count++] = lac_span_make(copy, text.len);
    return LACUNA_OK;
}

/* In brackets, which may be just outside of it. */
static bool is_bracketed(lac_span text, lac_span around)
{
    static const char open[] = "[<{", close[] = "]>}";
    const char *end = text.ptr + text.len;
    char before = text.ptr > around.ptr ? text.ptr[-1] : ' ';
    char behind = end < around.ptr + around.len ? *end : ' ';
    for (size_t i = 0; i < sizeof open - 1; i++) {
        if ((text.ptr[0] == open[i] || before == open[i]) &&
            (end[-1] == close[i] || behind == close[i])) {
            return true;
        }
    }
    return false;
}

/* Tokens are known for what they are: how they look says nothing of other text. */
static bool is_token(lac_span text)
{
    lac_span found;
    size_t at = 0;
    return lac_bracket_next(&found, &at, text, LAC_BRACKET_TOKEN) && found.ptr == text.ptr;
}

static lacuna_status count_text(guessing *state, seen *item, lac_span text, lac_span around,
                                bool whole)
{
    text = lac_span_trim(text);
    if (item == NULL || text.len == 0 || (item->signal != LAC_SIGNAL_BRACKET && is_token(text))) {
        return LACUNA_OK;
    }
    item->count++;
    item->whole += whole;
    item->bytes += text.len;
    item->instructions += lac_reads_as_instruction(text);
    item->prompts += lac_reads_as_prompt(text);
    item->bracketed += is_bracketed(text, around);
    item->lengthy += text.len > LONG_TEXT;
    return keep_example(state, item, text);
}

/* ---- looks ----------------------------------------------------------------------------------- */

static lac_span value_of(const lac_run_look *look, lac_signal signal)
{
    static const char there[] = "y";
    switch (signal) {
    case LAC_SIGNAL_COLOUR:
        return look->colour;
    case LAC_SIGNAL_HIGHLIGHT:
        return look->highlight;
    case LAC_SIGNAL_PARAGRAPH_STYLE:
        return look->paragraph_style;
    case LAC_SIGNAL_CHARACTER_STYLE:
        return look->character_style;
    case LAC_SIGNAL_HIDDEN:
        return lac_span_make(there, look->hidden);
    case LAC_SIGNAL_ITALIC:
        return lac_span_make(there, look->italic);
    default:
        return lac_span_make(there, 0);
    }
}

/* The prompt of a control looks as Word makes it look. */
static bool in_empty_control(const lac_template_paragraph *paragraph, size_t piece)
{
    const lac_tokens *tokens = &paragraph->part->tokens;
    for (uint32_t up = tokens->items[paragraph->text->pieces[piece].element].parent;
         up != LAC_NO_TOKEN; up = tokens->items[up].parent) {
        if (tokens->items[up].word == LAC_W_SDT && lac_control_is_empty(tokens, up)) {
            return true;
        }
    }
    return false;
}

/* Neighbouring pieces of one value are one range. */
static lacuna_status count_signal(guessing *state, const lac_template_paragraph *paragraph,
                                  lac_signal signal)
{
    const lac_paragraph_text *text = paragraph->text;
    const char *base = lac_buf_text(&text->text);
    lac_span all = lac_span_trim(lac_buf_span(&text->text));
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0, end; i < text->count && status == LACUNA_OK; i = end) {
        lac_span value = value_of(&paragraph->looks[i], signal);
        for (end = i + 1; end < text->count &&
                          lac_span_equal(value_of(&paragraph->looks[end], signal), value);) {
            end++;
        }
        if (value.len == 0 || in_empty_control(paragraph, i)) {
            continue;
        }
        lac_span range = lac_span_trim(lac_span_make(
            base + text->pieces[i].start, text->pieces[end - 1].end - text->pieces[i].start));
        bool named = signal != LAC_SIGNAL_HIDDEN && signal != LAC_SIGNAL_ITALIC;
        seen *item = entry(state, signal, named ? value : lac_span_make("", 0));
        status = count_text(state, item, range, all, range.len == all.len);
    }
    return status;
}

static lacuna_status count_looks(void *user, const lac_template_paragraph *paragraph)
{
    guessing *state = user;
    lacuna_status status = LACUNA_OK;
    state->bytes += paragraph->text->text.len;
    if (paragraph->is_heading || paragraph->is_contents || paragraph->is_header_row) {
        return status;
    }
    for (int signal = LAC_SIGNAL_COLOUR; signal <= LAC_SIGNAL_ITALIC && status == LACUNA_OK;
         signal++) {
        status = count_signal(state, paragraph, (lac_signal)signal);
    }
    return status;
}

/* ---- brackets -------------------------------------------------------------------------------- */

static size_t piece_at(const lac_template_paragraph *paragraph, size_t at)
{
    size_t piece = 0;
    while (piece < paragraph->text->count && paragraph->text->pieces[piece].end <= at) {
        piece++;
    }
    return piece;
}

static bool holds_brackets(lac_span inner)
{
    return memchr(inner.ptr, '[', inner.len) != NULL || memchr(inner.ptr, '<', inner.len) != NULL;
}

static lacuna_status count_brackets(void *user, const lac_template_paragraph *paragraph)
{
    guessing *state = user;
    lac_span text = lac_buf_span(&paragraph->text->text), found;
    lacuna_status status = LACUNA_OK;
    for (int kind = 0; kind < LAC_BRACKET_COUNT && !paragraph->is_contents; kind++) {
        lac_bracket bracket = (lac_bracket)kind;
        size_t at = 0;
        while (status == LACUNA_OK && lac_bracket_next(&found, &at, text, bracket)) {
            size_t piece = piece_at(paragraph, (size_t)(found.ptr - text.ptr));
            const lac_run_look *look =
                piece < paragraph->text->count ? &paragraph->looks[piece] : NULL;
            if (look == NULL || in_empty_control(paragraph, piece)) {
                continue;
            }
            lac_meaning meaning = lac_look_meaning(state->profile, look);
            if (meaning == LAC_MEANING_INSTRUCTION && bracket != LAC_BRACKET_TOKEN) {
                continue;
            }
            seen *item = entry(state, LAC_SIGNAL_BRACKET, lac_span_of(lac_bracket_name(bracket)));
            lac_span inner = lac_bracket_inner(found, bracket);
            if (item != NULL) {
                item->marked += meaning == LAC_MEANING_PLACEHOLDER || look->highlight.len > 0;
                item->nested += holds_brackets(inner);
                status =
                    count_text(state, item, inner, inner, lac_span_trim(text).len == found.len);
            }
        }
    }
    return status;
}

/* ---- what it means --------------------------------------------------------------------------- */

static bool name_has(lac_span name, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t at = 0; at < name.len; at++) {
            if (lac_span_starts_nocase(lac_span_make(name.ptr + at, name.len - at), words[i])) {
                return true;
            }
        }
    }
    return false;
}

#define NAMED(name, words) name_has(name, words, sizeof(words) / sizeof((words)[0]))

typedef struct verdict {
    lac_meaning meaning;
    uint32_t confidence;
    bool only_marked;
} verdict;

static uint32_t share(uint32_t part, uint32_t whole)
{
    return whole == 0 ? 0 : (uint32_t)((uint64_t)part * 100 / whole);
}

static uint32_t at_most(uint32_t value, uint32_t most)
{
    return value < most ? value : most;
}

static verdict of_style(const seen *item)
{
    static const char *const instruction[] = {"instruct", "guidance",  "hint",
                                              "helptext", "help text", "template note"};
    static const char *const optional[] = {"suggest", "optional", "example", "sample text"};
    static const char *const placeholder[] = {"placeholder", "variable", "fill-in", "fillin",
                                              "prompt"};
    if (NAMED(item->value, placeholder)) {
        return (verdict){LAC_MEANING_PLACEHOLDER, 90, false};
    }
    if (NAMED(item->value, optional)) {
        return (verdict){LAC_MEANING_OPTIONAL, 85, false};
    }
    if (NAMED(item->value, instruction)) {
        return (verdict){LAC_MEANING_INSTRUCTION,
                         at_most(75 + share(item->instructions, item->count) / 4, 98), false};
    }
    return (verdict){LAC_MEANING_TEXT, 0, false};
}

static verdict of_look(const guessing *state, const seen *item)
{
    uint32_t instructions = share(item->instructions, item->count);
    uint32_t bracketed = share(item->bracketed, item->count);
    uint32_t whole = share(item->whole, item->count);
    bool mostly = state->bytes > 0 && item->bytes * 2 > state->bytes; /* the colour of the text */
    uint64_t average = item->bytes / (item->count == 0 ? 1 : item->count);
    if (mostly && instructions < 45) {
        return (verdict){LAC_MEANING_TEXT, 80, false};
    }
    if (bracketed >= 80 || (bracketed >= 40 && item->signal == LAC_SIGNAL_HIGHLIGHT)) {
        return (verdict){LAC_MEANING_PLACEHOLDER, at_most(50 + bracketed / 2, 97), false};
    }
    if (bracketed >= 40) { /* it marks more than what is to be filled in */
        return (verdict){LAC_MEANING_OPTIONAL, 55, false};
    }
    if (instructions >= 35 && whole >= 40 && item->count > 1) {
        return (verdict){LAC_MEANING_INSTRUCTION, at_most(40 + instructions / 2 + item->count, 95),
                         false};
    }
    if (item->signal == LAC_SIGNAL_HIGHLIGHT && average <= SHORT_TEXT) {
        return (verdict){LAC_MEANING_PLACEHOLDER, 60, false};
    }
    return (verdict){LAC_MEANING_TEXT, 40, false};
}

static verdict of_hidden(const seen *item)
{
    bool says = share(item->instructions, item->count) >= 30;
    return says ? (verdict){LAC_MEANING_INSTRUCTION, 75, false}
                : (verdict){LAC_MEANING_TEXT, 40, false};
}

static verdict of_italic(const seen *item)
{
    bool says = item->whole >= MANY_ITALICS && share(item->instructions, item->count) >= 40;
    return says ? (verdict){LAC_MEANING_INSTRUCTION,
                            at_most(30 + share(item->instructions, item->count) / 2, 80), false}
                : (verdict){LAC_MEANING_TEXT, 50, false};
}

static verdict of_bracket(const seen *item)
{
    uint32_t marked = share(item->marked, item->count), prompts = share(item->prompts, item->count);
    bool brace = lac_span_is(item->value, lac_bracket_name(LAC_BRACKET_BRACE));
    bool square = lac_span_is(item->value, lac_bracket_name(LAC_BRACKET_SQUARE));
    if (lac_span_is(item->value, lac_bracket_name(LAC_BRACKET_TOKEN))) {
        return (verdict){LAC_MEANING_PLACEHOLDER, 99, false};
    }
    if (lac_span_is(item->value, lac_bracket_name(LAC_BRACKET_DOUBLE_CHEVRON))) {
        return (verdict){LAC_MEANING_PLACEHOLDER, 90, false};
    }
    if (brace &&
        (share(item->lengthy, item->count) >= 30 || share(item->nested, item->count) >= 30)) {
        return (verdict){LAC_MEANING_OPTIONAL, 70, false};
    }
    if (marked >= 50) {
        return (verdict){LAC_MEANING_PLACEHOLDER, at_most(60 + marked / 3, 97),
                         square && marked < 90 && prompts < 60};
    }
    if (prompts >= 40) {
        return (verdict){LAC_MEANING_PLACEHOLDER, at_most(45 + prompts / 2 + item->count, 95),
                         false};
    }
    if (share(item->whole, item->count) >= 30 && item->whole >= 3) {
        return (verdict){LAC_MEANING_PLACEHOLDER,
                         at_most(45 + share(item->whole, item->count) / 2, 90), false};
    }
    if (item->marked >= 2) {
        return (verdict){LAC_MEANING_PLACEHOLDER, 70, true};
    }
    if (lac_span_is(item->value, lac_bracket_name(LAC_BRACKET_CHEVRON))) {
        return (verdict){LAC_MEANING_PLACEHOLDER, 55, false};
    }
    return (verdict){LAC_MEANING_TEXT, 50, false};
}

static verdict judge(const guessing *state, const seen *item)
{
    switch (item->signal) {
    case LAC_SIGNAL_PARAGRAPH_STYLE:
    case LAC_SIGNAL_CHARACTER_STYLE:
        return of_style(item);
    case LAC_SIGNAL_HIDDEN:
        return of_hidden(item);
    case LAC_SIGNAL_ITALIC:
        return of_italic(item);
    case LAC_SIGNAL_BRACKET:
        return of_bracket(item);
    default:
        return of_look(state, item);
    }
}

static lacuna_status reason(lac_span *out, guessing *state, const seen *item)
{
    lac_buf text;
    lac_buf_init(&text, 1024);
    lacuna_status status = lac_buf_printf(&text, "%u occurrences", (unsigned)item->count);
    const struct {
        uint32_t count;
        const char *text;
    } parts[] = {
        {item->whole, "are whole paragraphs"},      {item->instructions, "read as instructions"},
        {item->prompts, "name what to fill in"},    {item->bracketed, "are in brackets"},
        {item->marked, "have a look of their own"}, {item->nested, "hold other brackets"},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && status == LACUNA_OK; i++) {
        if (parts[i].count > 0) {
            status = lac_buf_printf(&text, ", %u %s", (unsigned)parts[i].count, parts[i].text);
        }
    }
    char *copy =
        status == LACUNA_OK ? lac_arena_copy(&state->profile->arena, lac_buf_span(&text)) : NULL;
    *out = lac_span_make(copy == NULL ? "" : copy, copy == NULL ? 0 : text.len);
    lac_buf_free(&text);
    return copy == NULL ? lac_fail_nomem(state->err) : LACUNA_OK;
}

static lacuna_status add_convention(guessing *state, const seen *item, verdict found)
{
    lac_conventions *profile = state->profile;
    char *value = lac_arena_copy(&profile->arena, item->value);
    lacuna_status status = lac_grow((void **)&profile->items, &profile->cap, profile->count + 1,
                                    sizeof *profile->items, SEEN_MAX * 2);
    if (status != LACUNA_OK || value == NULL) {
        return lac_fail_nomem(state->err);
    }
    lac_convention *out = &profile->items[profile->count];
    *out = (lac_convention){.signal = item->signal,
                            .meaning = found.meaning,
                            .value = lac_span_make(value, item->value.len),
                            .only_marked = found.only_marked,
                            .count = item->count,
                            .confidence = found.confidence,
                            .example_count = item->example_count};
    memcpy(out->examples, item->examples, sizeof out->examples);
    status = reason(&out->why, state, item);
    profile->count += status == LACUNA_OK;
    return status;
}

/* Styles that only style are left out; colours and brackets are told even where they mean nothing,
 * for a person to say otherwise. */
static lacuna_status add_conventions(guessing *state)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < state->count && status == LACUNA_OK; i++) {
        const seen *item = &state->items[i];
        verdict found = judge(state, item);
        if (item->count > 0 && (found.meaning != LAC_MEANING_TEXT || found.confidence > 0)) {
            status = add_convention(state, item, found);
        }
    }
    state->count = 0;
    return status;
}

lacuna_status lac_conventions_guess(lac_conventions **out, const lac_template *scanned,
                                    lacuna_error *err)
{
    *out = NULL;
    guessing *state = calloc(1, sizeof *state);
    lac_conventions *profile = calloc(1, sizeof *profile);
    if (state == NULL || profile == NULL) {
        free(state);
        free(profile);
        return lac_fail_nomem(err);
    }
    lac_arena_init(&profile->arena);
    *state = (guessing){.scanned = scanned, .profile = profile, .err = err};
    const lac_template_visitor looks = {state, count_looks, NULL};
    const lac_template_visitor brackets = {state, count_brackets, NULL};
    lacuna_status status = lac_template_scan(scanned, &looks, err);
    if (status == LACUNA_OK) {
        status = add_conventions(state);
    }
    if (status == LACUNA_OK) {
        status = lac_template_scan(scanned, &brackets, err);
    }
    if (status == LACUNA_OK) {
        status = add_conventions(state);
    }
    free(state);
    if (status != LACUNA_OK) {
        lac_conventions_free(profile);
        return status;
    }
    *out = profile;
    return LACUNA_OK;
}
