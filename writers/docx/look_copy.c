#include "writers/docx/look_copy.h"

static const char *const never_of_run[] = {"rStyle",    "vanish",    "webHidden", "specVanish",
                                           "highlight", "vertAlign", "position",  "oMath",
                                           "effect",    "strike",    "dstrike",   "shd"};
static const char *const never_of_body[] = {"numPr",     "pageBreakBefore", "keepNext", "tabs",
                                            "keepLines", "outlineLvl",      "divId",    "pBdr",
                                            "shd",       "cnfStyle"};
/* A colour of its own means something in a template: instruction, placeholder, choice. */
static const char *const never_of_text[] = {"color"};
static const char *const before_number[] = {"pStyle",          "keepNext", "keepLines",
                                            "pageBreakBefore", "framePr",  "widowControl"};
static const char *const never_of_list[] = {"numPr", "divId", "cnfStyle", "outlineLvl"};
static const char *const never_of_heading[] = {"divId", "cnfStyle"};

static bool is_named(const lac_tokens *tokens, uint32_t token, const char *const *names,
                     size_t count)
{
    lac_span local = lac_token_local(tokens, token);
    for (size_t i = 0; i < count; i++) {
        if (lac_span_is(local, names[i])) {
            return true;
        }
    }
    return false;
}

#define NAMED(tokens, token, names) \
    is_named(tokens, token, names, sizeof(names) / sizeof((names)[0]))

static bool is_revision(lac_word word)
{
    switch (word) {
    case LAC_W_INS:
    case LAC_W_DEL:
    case LAC_W_MOVE_FROM:
    case LAC_W_MOVE_TO:
    case LAC_W_R_PR_CHANGE:
    case LAC_W_P_PR_CHANGE:
    case LAC_W_NUMBERING_CHANGE:
        return true;
    default:
        return false;
    }
}

/* Only Word's own elements and attributes: a prefix may not be declared where the copy goes, and
 * what an extension says may be about the one place it stands in. */
static bool is_plain(const lac_tokens *tokens, uint32_t token)
{
    for (uint32_t i = token; i < tokens->items[token].after; i++) {
        if (tokens->items[i].word == LAC_W_FOREIGN ||
            is_revision((lac_word)tokens->items[i].word)) {
            return false;
        }
        lac_token_attr attr;
        size_t at = 0;
        while (lac_token_next_attribute(&attr, &at, tokens, i)) {
            const char *colon = memchr(attr.name.ptr, ':', attr.name.len);
            if (colon != NULL &&
                !lac_span_equal(lac_span_make(attr.name.ptr, (size_t)(colon - attr.name.ptr)),
                                tokens->w)) {
                return false;
            }
        }
    }
    return true;
}

static bool is_wanted(const lac_tokens *tokens, uint32_t token, lac_copy_what what)
{
    switch (tokens->items[token].word) {
    case LAC_W_R_PR:
    case LAC_W_SECT_PR:
    case LAC_W_P_PR_CHANGE:
    case LAC_W_R_PR_CHANGE:
    case LAC_W_FRAME_PR:
        return false;
    default:
        break;
    }
    switch (what) {
    case LAC_COPY_RUN:
        return !NAMED(tokens, token, never_of_run) && !NAMED(tokens, token, never_of_text);
    case LAC_COPY_HEADING_RUN:
        return !NAMED(tokens, token, never_of_run);
    case LAC_COPY_BODY:
        return !NAMED(tokens, token, never_of_body);
    case LAC_COPY_HEADING:
        return !NAMED(tokens, token, never_of_heading);
    case LAC_COPY_LIST_HEAD:
        return NAMED(tokens, token, before_number);
    case LAC_COPY_LIST_TAIL:
        return !NAMED(tokens, token, before_number) && !NAMED(tokens, token, never_of_list);
    case LAC_COPY_ALL:
        break;
    }
    return true;
}

/* A w:numPr can hold the revision that gave the paragraph its number. */
static lacuna_status copy_number(lac_buf *out, const lac_tokens *tokens, uint32_t token)
{
    uint32_t level = lac_token_child(tokens, token, LAC_W_ILVL);
    uint32_t number = lac_token_child(tokens, token, LAC_W_NUM_ID);
    lac_span name = lac_token_name(tokens, token);
    lacuna_status status = lac_buf_printf(out, "<%.*s>", (int)name.len, name.ptr);
    if (status == LACUNA_OK && level != LAC_NO_TOKEN) {
        status = lac_buf_append_span(out, lac_token_bytes(tokens, level));
    }
    if (status == LACUNA_OK && number != LAC_NO_TOKEN) {
        status = lac_buf_append_span(out, lac_token_bytes(tokens, number));
    }
    return status == LACUNA_OK ? lac_buf_printf(out, "</%.*s>", (int)name.len, name.ptr) : status;
}

lacuna_status lac_copy_properties(lac_buf *out, const lac_tokens *tokens, uint32_t properties,
                                  lac_copy_what what)
{
    if (properties == LAC_NO_TOKEN) {
        return LACUNA_OK;
    }
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = properties + 1; i < tokens->items[properties].after && status == LACUNA_OK;
         i = tokens->items[i].after) {
        if (!is_wanted(tokens, i, what)) {
            continue;
        }
        if (tokens->items[i].word == LAC_W_NUM_PR) {
            status = copy_number(out, tokens, i);
        } else if (is_plain(tokens, i)) {
            status = lac_buf_append_span(out, lac_token_bytes(tokens, i));
        }
    }
    return status;
}

static bool has_text(const lac_tokens *tokens, uint32_t text)
{
    lac_span content = lac_token_content(tokens, text);
    return lac_span_trim(content).len > 0;
}

uint32_t lac_copy_first_run(const lac_tokens *tokens, uint32_t paragraph)
{
    for (uint32_t i = paragraph + 1; i < tokens->items[paragraph].after; i++) {
        uint32_t parent = tokens->items[i].parent;
        if (tokens->items[i].word == LAC_W_T && has_text(tokens, i) &&
            tokens->items[parent].word == LAC_W_R) {
            return parent;
        }
    }
    return LAC_NO_TOKEN;
}
