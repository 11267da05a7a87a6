#include "writers/docx/template_controls.h"

#include "support/error.h"
#include "writers/docx/paragraph_text.h"

enum { ATTRIBUTE_MAX = 1 << 20 };

static bool is_switched_off(const lac_tokens *tokens, uint32_t token)
{
    lac_span value;
    return lac_token_get(&value, tokens, token, "val") &&
           (lac_span_is(value, "0") || lac_span_is(value, "false") || lac_span_is(value, "off"));
}

static uint32_t property(const lac_tokens *tokens, uint32_t properties, const char *local)
{
    if (properties == LAC_NO_TOKEN) {
        return LAC_NO_TOKEN;
    }
    for (uint32_t i = properties + 1; i < tokens->items[properties].after;
         i = tokens->items[i].after) {
        if (lac_span_is(lac_token_local(tokens, i), local)) {
            return i;
        }
    }
    return LAC_NO_TOKEN;
}

bool lac_control_is_empty(const lac_tokens *tokens, uint32_t token)
{
    uint32_t prompt =
        property(tokens, lac_token_child(tokens, token, LAC_W_SDT_PR), "showingPlcHdr");
    return prompt != LAC_NO_TOKEN && !is_switched_off(tokens, prompt);
}

static lacuna_status read_name(lac_span *out, const lac_tokens *tokens, uint32_t token,
                               lac_arena *arena, lacuna_error *err)
{
    lac_span raw;
    lac_buf text;
    lac_buf_init(&text, ATTRIBUTE_MAX);
    *out = lac_span_make("", 0);
    lacuna_status status = LACUNA_OK;
    if (token != LAC_NO_TOKEN && lac_token_get(&raw, tokens, token, "val")) {
        status = lac_xml_decode(&text, raw);
        char *copy = status == LACUNA_OK ? lac_arena_copy(arena, lac_buf_span(&text)) : NULL;
        *out = copy == NULL ? *out : lac_span_make(copy, text.len);
        status = status == LACUNA_OK && copy == NULL ? LACUNA_E_NOMEM : status;
    }
    lac_buf_free(&text);
    return status == LACUNA_OK ? status : lac_fail(err, status, "the name of a control");
}

static lac_control_holds holds_of(const lac_tokens *tokens, uint32_t content)
{
    if (content == LAC_NO_TOKEN) {
        return LAC_CONTROL_NOTHING;
    }
    for (uint32_t i = content + 1; i < tokens->items[content].after; i++) {
        switch (tokens->items[i].word) {
        case LAC_W_P:
        case LAC_W_TBL:
            return LAC_CONTROL_PARAGRAPHS;
        case LAC_W_TC:
            return LAC_CONTROL_CELLS;
        case LAC_W_TR:
            return LAC_CONTROL_ROWS;
        case LAC_W_R:
            return LAC_CONTROL_RUNS;
        default:
            break;
        }
    }
    return LAC_CONTROL_NOTHING;
}

/* The text it holds, paragraphs as lines. */
static lacuna_status read_shown(lac_buf *out, const lac_tokens *tokens, uint32_t content)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = content + 1; i < tokens->items[content].after && status == LACUNA_OK; i++) {
        if (tokens->items[i].word == LAC_W_P && out->len > 0) {
            status = lac_buf_append_char(out, '\n');
        } else if (tokens->items[i].word == LAC_W_T) {
            status = lac_xml_decode(out, lac_token_content(tokens, i));
        }
    }
    return status;
}

/* Kinds of control that hold what no value can be. */
static bool is_other(const lac_tokens *tokens, uint32_t properties)
{
    static const char *const kinds[] = {"docPartObj", "docPartList",         "group",
                                        "picture",    "bibliography",        "citation",
                                        "equation",   "repeatingSectionItem"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (property(tokens, properties, kinds[i]) != LAC_NO_TOKEN) {
            return true;
        }
    }
    return false;
}

lacuna_status lac_control_read(lac_control *control, lac_buf *shown, const lac_tokens *tokens,
                               uint32_t token, lac_arena *arena, lacuna_error *err)
{
    uint32_t properties = lac_token_child(tokens, token, LAC_W_SDT_PR);
    uint32_t list = property(tokens, properties, "dropDownList");
    uint32_t lock = property(tokens, properties, "lock");
    lac_span locked;
    *control = (lac_control){
        .token = token,
        .properties = properties,
        .content = lac_token_child(tokens, token, LAC_W_SDT_CONTENT),
        .prompt = property(tokens, properties, "showingPlcHdr"),
        .binding = property(tokens, properties, "dataBinding"),
        .check_box = property(tokens, properties, "checkbox"),
        .list = list != LAC_NO_TOKEN ? list : property(tokens, properties, "comboBox"),
        .is_empty = lac_control_is_empty(tokens, token),
        .repeats = property(tokens, properties, "repeatingSection") != LAC_NO_TOKEN,
    };
    control->holds = holds_of(tokens, control->content);
    control->is_locked =
        lock != LAC_NO_TOKEN && lac_token_get(&locked, tokens, lock, "val") &&
        (lac_span_is(locked, "contentLocked") || lac_span_is(locked, "sdtContentLocked"));
    lacuna_status status =
        read_name(&control->tag, tokens, property(tokens, properties, "tag"), arena, err);
    if (status == LACUNA_OK) {
        status =
            read_name(&control->alias, tokens, property(tokens, properties, "alias"), arena, err);
    }
    if (status == LACUNA_OK && control->content != LAC_NO_TOKEN) {
        status = read_shown(shown, tokens, control->content);
        status = status == LACUNA_OK ? status : lac_fail(err, status, "a control is too long");
    }
    if (lac_span_starts_nocase(control->tag, "goog_rdk_")) { /* left by an export, names nothing */
        control->tag = lac_span_make("", 0);
    }
    bool named = control->tag.len > 0 || control->alias.len > 0;
    control->is_fillable = control->content != LAC_NO_TOKEN && !is_other(tokens, properties) &&
                           (named || control->is_empty);
    return status;
}
