#include "writers/docx/run_look.h"

#include "parsers/docx/styles.h"
#include "support/error.h"

#include <stdlib.h>

enum { NOT_SAID = -1 };

/* ---- properties of one w:rPr ----------------------------------------------------------------- */

static int8_t toggle(const lac_tokens *tokens, uint32_t token)
{
    lac_span value;
    if (!lac_token_get(&value, tokens, token, "val")) {
        return 1;
    }
    return lac_span_is(value, "0") || lac_span_is(value, "false") || lac_span_is(value, "off") ? 0
                                                                                               : 1;
}

static lac_span real_colour(lac_span value)
{
    bool plain = lac_span_is(value, "auto") || lac_span_is(value, "000000");
    return plain ? lac_span_make("", 0) : value;
}

static void read_shade(lac_style_look *look, const lac_tokens *tokens, uint32_t token)
{
    lac_span fill;
    if (look->has_highlight || !lac_token_get(&fill, tokens, token, "fill")) {
        return;
    }
    bool none = lac_span_is(fill, "auto") || lac_span_equal_nocase(fill, lac_span_of("FFFFFF"));
    look->highlight = none ? lac_span_make("", 0) : fill;
    look->has_highlight = !none;
}

/* Theme colours are named by their theme: w:val is what the theme gave when it was saved. */
static void read_properties(lac_style_look *look, const lac_tokens *tokens, uint32_t properties)
{
    lac_span value;
    if (properties == LAC_NO_TOKEN) {
        return;
    }
    for (uint32_t i = properties + 1; i < tokens->items[properties].after;
         i = tokens->items[i].after) {
        lac_span local = lac_token_local(tokens, i);
        if (tokens->items[i].word == LAC_W_FOREIGN) {
            continue;
        }
        if (lac_span_is(local, "color") && lac_token_get(&value, tokens, i, "val")) {
            look->colour = real_colour(value);
            look->has_colour = true;
        } else if (lac_span_is(local, "highlight") && lac_token_get(&value, tokens, i, "val")) {
            look->highlight = lac_span_is(value, "none") ? lac_span_make("", 0) : value;
            look->has_highlight = true;
        } else if (lac_span_is(local, "shd")) {
            read_shade(look, tokens, i);
        } else if (lac_span_is(local, "vanish")) {
            look->hidden = toggle(tokens, i);
        } else if (lac_span_is(local, "i")) {
            look->italic = toggle(tokens, i);
        }
    }
}

/* What `under` says where `look` says nothing. */
static void inherit(lac_style_look *look, const lac_style_look *under)
{
    if (!look->has_colour && under->has_colour) {
        look->colour = under->colour;
        look->has_colour = true;
    }
    if (!look->has_highlight && under->has_highlight) {
        look->highlight = under->highlight;
        look->has_highlight = true;
    }
    look->hidden = look->hidden == NOT_SAID ? under->hidden : look->hidden;
    look->italic = look->italic == NOT_SAID ? under->italic : look->italic;
}

static lac_style_look blank(void)
{
    const lac_span none = lac_span_make("", 0);
    return (lac_style_look){.id = none,
                            .name = none,
                            .based_on = none,
                            .colour = none,
                            .highlight = none,
                            .hidden = NOT_SAID,
                            .italic = NOT_SAID};
}

/* ---- styles ---------------------------------------------------------------------------------- */

static int by_id(const void *left, const void *right)
{
    const lac_style_look *a = left, *b = right;
    size_t length = a->id.len < b->id.len ? a->id.len : b->id.len;
    int order = memcmp(a->id.ptr, b->id.ptr, length);
    return order != 0 ? order : (a->id.len > b->id.len) - (a->id.len < b->id.len);
}

static const lac_style_look *find(const lac_looks *looks, lac_span id)
{
    lac_style_look key = blank();
    key.id = id;
    return looks->count == 0 || id.len == 0
               ? NULL
               : bsearch(&key, looks->styles, looks->count, sizeof key, by_id);
}

static void read_style(lac_style_look *look, lac_looks *looks, const lac_tokens *tokens,
                       uint32_t style)
{
    lac_span type = lac_span_make("", 0), is_default;
    uint32_t name = lac_token_child(tokens, style, LAC_W_NAME);
    uint32_t based_on = lac_token_child(tokens, style, LAC_W_BASED_ON);
    *look = blank();
    (void)lac_token_get(&look->id, tokens, style, "styleId");
    (void)lac_token_get(&type, tokens, style, "type");
    look->is_character = lac_span_is(type, "character");
    look->name = look->id;
    if (name != LAC_NO_TOKEN) {
        (void)lac_token_get(&look->name, tokens, name, "val");
    }
    if (based_on != LAC_NO_TOKEN) {
        (void)lac_token_get(&look->based_on, tokens, based_on, "val");
    }
    if (lac_span_is(type, "paragraph") && lac_token_get(&is_default, tokens, style, "default") &&
        !lac_span_is(is_default, "0")) {
        looks->default_paragraph = look->id;
    }
    read_properties(look, tokens, lac_token_child(tokens, style, LAC_W_R_PR));
}

static void resolve(lac_looks *looks, uint32_t steps, lac_arena *arena)
{
    lac_style_look *own = lac_arena_array(arena, looks->count, sizeof *own);
    if (own == NULL || looks->count == 0) {
        return;
    }
    memcpy(own, looks->styles, looks->count * sizeof *own);
    for (uint32_t i = 0; i < looks->count; i++) {
        lac_span up = own[i].based_on;
        for (uint32_t step = 0; step < steps && up.len > 0; step++) {
            const lac_style_look *found = find(looks, up);
            if (found == NULL) {
                break;
            }
            const lac_style_look *said = &own[found - looks->styles];
            inherit(&looks->styles[i], said);
            up = said->based_on;
        }
    }
}

static void read_defaults(lac_looks *looks, const lac_tokens *tokens, uint32_t defaults)
{
    for (uint32_t i = defaults; i < tokens->items[defaults].after; i++) {
        if (tokens->items[i].word == LAC_W_R_PR) {
            read_properties(&looks->defaults, tokens, i);
            return;
        }
    }
}

lacuna_status lac_looks_read(lac_looks *looks, lac_word_file *file, lacuna_error *err)
{
    *looks = (lac_looks){.defaults = blank(), .default_paragraph = lac_span_make("", 0)};
    lac_word_part *part;
    lacuna_status status = lac_word_related(&part, file, "styles", err);
    if (status != LACUNA_OK || part == NULL) {
        return status;
    }
    const lac_tokens *tokens = &part->tokens;
    uint32_t count = 0;
    for (uint32_t i = 1; i < tokens->count; i = tokens->items[i].after) {
        count += tokens->items[i].word == LAC_W_STYLE;
    }
    looks->styles = lac_arena_array(&file->arena, (size_t)count + 1, sizeof *looks->styles);
    if (looks->styles == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 1; i < tokens->count; i = tokens->items[i].after) {
        if (tokens->items[i].word == LAC_W_STYLE && looks->count < LAC_MAX_STYLES) {
            read_style(&looks->styles[looks->count++], looks, tokens, i);
        } else if (lac_span_is(lac_token_local(tokens, i), "docDefaults")) {
            read_defaults(looks, tokens, i);
        }
    }
    if (looks->count > 0) {
        qsort(looks->styles, looks->count, sizeof *looks->styles, by_id);
    }
    resolve(looks, file->limits->style_chain, &file->arena);
    return LACUNA_OK;
}

/* ---- of a run -------------------------------------------------------------------------------- */

static const lac_style_look *style_of(const lac_looks *looks, const lac_tokens *tokens,
                                      uint32_t properties, lac_word word)
{
    lac_span id;
    uint32_t style = lac_token_child(tokens, properties, word);
    return style != LAC_NO_TOKEN && lac_token_get(&id, tokens, style, "val") ? find(looks, id)
                                                                             : NULL;
}

static bool is_usual_colour(const lac_looks *looks, lac_span colour)
{
    const lac_style_look *normal = find(looks, looks->default_paragraph);
    return lac_span_equal(colour, looks->defaults.colour) ||
           (normal != NULL && normal->has_colour && lac_span_equal(colour, normal->colour));
}

lac_run_look lac_run_look_of(const lac_looks *looks, const lac_tokens *tokens, uint32_t paragraph,
                             uint32_t run)
{
    lac_style_look look = blank();
    uint32_t properties =
        run == LAC_NO_TOKEN ? LAC_NO_TOKEN : lac_token_child(tokens, run, LAC_W_R_PR);
    uint32_t around = lac_token_child(tokens, paragraph, LAC_W_P_PR);
    const lac_style_look *character = style_of(looks, tokens, properties, LAC_W_R_STYLE);
    const lac_style_look *block = style_of(looks, tokens, around, LAC_W_P_STYLE);
    block = block == NULL ? find(looks, looks->default_paragraph) : block;
    read_properties(&look, tokens, properties);
    if (character != NULL) {
        inherit(&look, character);
    }
    bool own_colour = look.has_colour;
    if (block != NULL) {
        inherit(&look, block);
    }
    inherit(&look, &looks->defaults);
    lac_span none = lac_span_make("", 0);
    return (lac_run_look){.colour = is_usual_colour(looks, look.colour) ? none : look.colour,
                          .own_colour = own_colour,
                          .highlight = look.highlight,
                          .paragraph_style = block == NULL ? none : block->name,
                          .character_style = character == NULL ? none : character->name,
                          .hidden = look.hidden == 1,
                          .italic = look.italic == 1};
}
