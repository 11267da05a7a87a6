#include "writers/docx/look_copy.h"

#include "writers/docx/order.h"

enum { MOST_CHILDREN = 96 }; /* the schema knows 44 of a run and 36 of a paragraph */

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

static bool is_prefix_declared(const lac_tokens *tokens, uint32_t token, lac_span prefix)
{
    lac_token_attr attr;
    size_t at = 0;
    while (lac_token_next_attribute(&attr, &at, tokens, token)) {
        if (attr.name.len == prefix.len + 6 && memcmp(attr.name.ptr, "xmlns:", 6) == 0 &&
            memcmp(attr.name.ptr + 6, prefix.ptr, prefix.len) == 0) {
            return true;
        }
    }
    return false;
}

/* A name whose prefix means the same wherever in the part the copy goes. */
static bool may_stand(const lac_tokens *tokens, uint32_t top, lac_span name, bool only_words)
{
    const char *colon = memchr(name.ptr, ':', name.len);
    if (colon == NULL) {
        return !only_words || !lac_span_is(name, "xmlns");
    }
    lac_span prefix = lac_span_make(name.ptr, (size_t)(colon - name.ptr));
    if (lac_span_equal(prefix, tokens->w) || lac_span_is(prefix, "xml")) {
        return true;
    }
    return !only_words && (lac_span_is(prefix, "xmlns") || is_prefix_declared(tokens, 0, prefix) ||
                           is_prefix_declared(tokens, top, prefix));
}

/* Elsewhere only Word's own elements and attributes are used again: what an extension says may be
 * about the one place it stands in. */
static bool is_fit(const lac_tokens *tokens, uint32_t token, lac_copy_what what)
{
    bool only_words = what != LAC_COPY_ALL;
    for (uint32_t i = token; i < tokens->items[token].after; i++) {
        bool foreign = tokens->items[i].word == LAC_W_FOREIGN;
        if (is_revision((lac_word)tokens->items[i].word) || (foreign && only_words) ||
            !may_stand(tokens, token, lac_token_name(tokens, i), only_words)) {
            return false;
        }
        lac_token_attr attr;
        size_t at = 0;
        while (lac_token_next_attribute(&attr, &at, tokens, i)) {
            if (!may_stand(tokens, token, attr.name, only_words)) {
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

/* The children to copy, in the order of the schema: some programs write them in another. */
static size_t choose(uint32_t chosen[MOST_CHILDREN], const lac_tokens *tokens, uint32_t properties,
                     lac_copy_what what)
{
    lac_word parent = (lac_word)tokens->items[properties].word;
    size_t count = 0;
    for (uint32_t i = properties + 1; i < tokens->items[properties].after && count < MOST_CHILDREN;
         i = tokens->items[i].after) {
        bool number = tokens->items[i].word == LAC_W_NUM_PR;
        if (!is_wanted(tokens, i, what) || !(number || is_fit(tokens, i, what))) {
            continue;
        }
        int rank = lac_order_rank(parent, lac_token_local(tokens, i));
        size_t at = count++;
        while (at > 0 && rank != LAC_ORDER_NONE &&
               lac_order_rank(parent, lac_token_local(tokens, chosen[at - 1])) > rank) {
            chosen[at] = chosen[at - 1];
            at--;
        }
        chosen[at] = i;
    }
    return count;
}

lacuna_status lac_copy_properties(lac_buf *out, const lac_tokens *tokens, uint32_t properties,
                                  lac_copy_what what)
{
    if (properties == LAC_NO_TOKEN) {
        return LACUNA_OK;
    }
    uint32_t chosen[MOST_CHILDREN];
    size_t count = choose(chosen, tokens, properties, what);
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = tokens->items[chosen[i]].word == LAC_W_NUM_PR
                     ? copy_number(out, tokens, chosen[i])
                     : lac_buf_append_span(out, lac_token_bytes(tokens, chosen[i]));
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
