#include "writers/docx/lists.h"

#include "support/error.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n"
#define W_URI "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

enum { NOTHING = UINT32_MAX, LARGEST_NUMBER = INT32_MAX };

static bool value_of(uint32_t *value, const lac_tokens *tokens, uint32_t token, const char *name)
{
    lac_span text;
    uint64_t sum = 0;
    if (token == LAC_NO_TOKEN || !lac_token_get(&text, tokens, token, name) || text.len == 0 ||
        text.len > 10) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') {
            return false;
        }
        sum = sum * 10 + (uint64_t)(text.ptr[i] - '0');
    }
    *value = (uint32_t)sum;
    return sum <= LARGEST_NUMBER;
}

static void count_numbers(lac_lists *lists)
{
    const lac_tokens *tokens = &lists->part->tokens;
    for (uint32_t i = 1; i < tokens->count; i = tokens->items[i].after) {
        uint32_t value;
        if (tokens->items[i].word == LAC_W_NUM && value_of(&value, tokens, i, "numId") &&
            value >= lists->next_num) {
            lists->next_num = value + 1;
        }
        if (tokens->items[i].word == LAC_W_ABSTRACT_NUM &&
            value_of(&value, tokens, i, "abstractNumId") && value >= lists->next_abstract) {
            lists->next_abstract = value + 1;
        }
    }
}

lacuna_status lac_lists_begin(lac_lists *lists, lac_word_file *file, lacuna_error *err)
{
    *lists = (lac_lists){.file = file, .w = lac_span_of("w"), .next_num = 1, .bullets = NOTHING};
    lac_buf_init(&lists->abstracts, LAC_LARGEST_MARKUP);
    lac_buf_init(&lists->nums, LAC_LARGEST_MARKUP);
    lacuna_status status = lac_word_related(&lists->part, file, "numbering", err);
    if (status == LACUNA_OK && lists->part != NULL) {
        lists->w = lists->part->tokens.w;
        if (lists->w.len == 0 || lists->part->tokens.items[0].word != LAC_W_NUMBERING) {
            return lac_fail(err, LACUNA_E_FORMAT, "the lists of the document are damaged");
        }
        count_numbers(lists);
    }
    return status;
}

void lac_lists_free(lac_lists *lists)
{
    lac_buf_free(&lists->abstracts);
    lac_buf_free(&lists->nums);
}

/* Markup in which '@' stands for the prefix and its colon. */
static lacuna_status put(lac_buf *out, const lac_lists *lists, const char *text)
{
    lacuna_status status = LACUNA_OK;
    for (const char *at = text; *at != '\0' && status == LACUNA_OK;) {
        size_t length = strcspn(at, "@");
        status = lac_buf_append_span(out, lac_span_make(at, length));
        at += length;
        if (*at == '@' && status == LACUNA_OK) {
            status = lac_buf_printf(out, "%.*s:", (int)lists->w.len, lists->w.ptr);
            at++;
        }
    }
    return status;
}

static lacuna_status define(uint32_t *abstract, lac_lists *lists, bool bullets, lacuna_error *err)
{
    static const char bullet[] =
        "<@multiLevelType @val=\"singleLevel\"/><@lvl @ilvl=\"0\"><@start @val=\"1\"/><@numFmt "
        "@val=\"bullet\"/><@lvlText @val=\"\xE2\x80\xA2\"/><@lvlJc @val=\"left\"/><@pPr><@ind "
        "@left=\"720\" @hanging=\"360\"/></@pPr></@lvl></@abstractNum>";
    static const char decimal[] =
        "<@multiLevelType @val=\"singleLevel\"/><@lvl @ilvl=\"0\"><@start @val=\"1\"/><@numFmt "
        "@val=\"decimal\"/><@lvlText @val=\"%1.\"/><@lvlJc @val=\"left\"/><@pPr><@ind "
        "@left=\"720\" @hanging=\"360\"/></@pPr></@lvl></@abstractNum>";
    *abstract = lists->next_abstract++;
    lacuna_status status = put(&lists->abstracts, lists, "<@abstractNum @abstractNumId=\"");
    if (status == LACUNA_OK) {
        status = lac_buf_printf(&lists->abstracts, "%u\">", (unsigned)*abstract);
    }
    if (status == LACUNA_OK) {
        status = put(&lists->abstracts, lists, bullets ? bullet : decimal);
    }
    return status == LACUNA_OK ? status : lac_fail(err, status, "too many lists");
}

static lacuna_status add_num(uint32_t *out, lac_lists *lists, uint32_t abstract, lacuna_error *err)
{
    *out = lists->next_num++;
    lacuna_status status = put(&lists->nums, lists, "<@num @numId=\"");
    if (status == LACUNA_OK) {
        status = lac_buf_printf(&lists->nums, "%u\">", (unsigned)*out);
    }
    if (status == LACUNA_OK) {
        status = put(&lists->nums, lists, "<@abstractNumId @val=\"");
    }
    if (status == LACUNA_OK) {
        status = lac_buf_printf(&lists->nums, "%u\"/>", (unsigned)abstract);
    }
    if (status == LACUNA_OK) {
        status = put(&lists->nums, lists, "</@num>");
    }
    return status == LACUNA_OK ? status : lac_fail(err, status, "too many lists");
}

/* The w:num of a list that is there; LAC_NO_TOKEN. */
static uint32_t find_by_id(const lac_lists *lists, lac_word word, const char *attribute,
                           uint32_t id)
{
    if (lists->part == NULL) {
        return LAC_NO_TOKEN;
    }
    const lac_tokens *tokens = &lists->part->tokens;
    for (uint32_t i = 1; i < tokens->count; i = tokens->items[i].after) {
        uint32_t value;
        if (tokens->items[i].word == word && value_of(&value, tokens, i, attribute) &&
            value == id) {
            return i;
        }
    }
    return LAC_NO_TOKEN;
}

/* The abstract definition of a list, where its levels are given there and not by a style. */
static uint32_t definition_of(const lac_lists *lists, uint32_t number)
{
    uint32_t id;
    uint32_t num = find_by_id(lists, LAC_W_NUM, "numId", number);
    if (num == LAC_NO_TOKEN ||
        !value_of(&id, &lists->part->tokens,
                  lac_token_child(&lists->part->tokens, num, LAC_W_ABSTRACT_NUM_ID), "val")) {
        return LAC_NO_TOKEN;
    }
    uint32_t definition = find_by_id(lists, LAC_W_ABSTRACT_NUM, "abstractNumId", id);
    return definition != LAC_NO_TOKEN &&
                   lac_token_child(&lists->part->tokens, definition, LAC_W_LVL) != LAC_NO_TOKEN
               ? definition
               : LAC_NO_TOKEN;
}

/* A level without the style that is bound to it: a style is bound to one list only. */
static lacuna_status copy_level(lac_buf *out, const lac_tokens *tokens, uint32_t level)
{
    const lac_token *item = &tokens->items[level];
    uint32_t style = lac_token_child(tokens, level, LAC_W_P_STYLE);
    if (style == LAC_NO_TOKEN) {
        return lac_buf_append_span(out, lac_token_bytes(tokens, level));
    }
    const lac_token *bound = &tokens->items[style];
    lacuna_status status =
        lac_buf_append(out, tokens->xml.ptr + item->start, bound->start - item->start);
    return status == LACUNA_OK
               ? lac_buf_append(out, tokens->xml.ptr + bound->end, item->end - bound->end)
               : status;
}

/* Lists with the same abstract definition count on from each other, so a new list needs one of its
 * own: else the items behind it would get other numbers. */
static lacuna_status copy_definition(uint32_t *abstract, lac_lists *lists, uint32_t definition,
                                     lacuna_error *err)
{
    const lac_tokens *tokens = &lists->part->tokens;
    *abstract = lists->next_abstract++;
    lacuna_status status = put(&lists->abstracts, lists, "<@abstractNum @abstractNumId=\"");
    if (status == LACUNA_OK) {
        status = lac_buf_printf(&lists->abstracts, "%u\">", (unsigned)*abstract);
    }
    for (uint32_t i = definition + 1; i < tokens->items[definition].after && status == LACUNA_OK;
         i = tokens->items[i].after) {
        bool kind = lac_span_is(lac_token_local(tokens, i), "multiLevelType");
        if (kind && tokens->items[i].word == LAC_W_OTHER) {
            status = lac_buf_append_span(&lists->abstracts, lac_token_bytes(tokens, i));
        } else if (tokens->items[i].word == LAC_W_LVL) {
            status = copy_level(&lists->abstracts, tokens, i);
        }
    }
    if (status == LACUNA_OK) {
        status = put(&lists->abstracts, lists, "</@abstractNum>");
    }
    return status == LACUNA_OK ? status : lac_fail(err, status, "too many lists");
}

lacuna_status lac_lists_bullet(uint32_t *out, lac_lists *lists, uint32_t number, lacuna_error *err)
{
    uint32_t abstract;
    if (find_by_id(lists, LAC_W_NUM, "numId", number) != LAC_NO_TOKEN) {
        *out = number;
        return LACUNA_OK;
    }
    lacuna_status status = LACUNA_OK;
    if (lists->bullets == NOTHING) {
        status = define(&abstract, lists, true, err);
        if (status == LACUNA_OK) {
            status = add_num(&lists->bullets, lists, abstract, err);
        }
    }
    *out = lists->bullets;
    return status;
}

lacuna_status lac_lists_number(uint32_t *out, lac_lists *lists, uint32_t number, lacuna_error *err)
{
    uint32_t abstract;
    uint32_t definition = definition_of(lists, number);
    lacuna_status status = definition != LAC_NO_TOKEN
                               ? copy_definition(&abstract, lists, definition, err)
                               : define(&abstract, lists, false, err);
    return status == LACUNA_OK ? add_num(out, lists, abstract, err) : status;
}

/* ---- writing --------------------------------------------------------------------------------- */

static lacuna_status new_part(lac_lists *lists, lacuna_error *err)
{
    lac_buf text;
    lac_span kept = lac_span_make("", 0);
    lac_buf_init(&text, LAC_LARGEST_MARKUP);
    lacuna_status status =
        lac_buf_printf(&text, HEAD "<w:numbering xmlns:w=\"" W_URI "\">%s%s</w:numbering>",
                       lac_buf_text(&lists->abstracts), lac_buf_text(&lists->nums));
    status = status == LACUNA_OK ? lac_word_keep(&kept, lists->file, &text, err)
                                 : lac_fail(err, status, "too many lists");
    lac_buf_free(&text);
    return status == LACUNA_OK
               ? lac_word_part_add(
                     lists->file, "numbering", kept,
                     "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
                     "numbering",
                     "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+"
                     "xml",
                     err)
               : status;
}

/* Puts text before the first of some kinds of child, else before the end of the root. */
static lacuna_status put_before(lac_lists *lists, const lac_buf *text, bool before_nums,
                                lacuna_error *err)
{
    if (text->len == 0) {
        return LACUNA_OK;
    }
    const lac_tokens *tokens = &lists->part->tokens;
    for (uint32_t i = 1; i < tokens->count; i = tokens->items[i].after) {
        lac_word word = (lac_word)tokens->items[i].word;
        if ((before_nums && word == LAC_W_NUM) || word == LAC_W_NUM_ID_MAC_AT_CLEANUP) {
            lac_span kept;
            lacuna_status status = lac_word_keep(&kept, lists->file, text, err);
            return status == LACUNA_OK
                       ? lac_edits_add(&lists->part->edits, tokens->items[i].start, 0, kept, err)
                       : status;
        }
    }
    return lac_word_append(lists->file, lists->part, 0, text, err);
}

/* An empty root takes both in one edit: it is opened once. */
static lacuna_status fill_root(lac_lists *lists, lacuna_error *err)
{
    lacuna_status status = lac_buf_append_span(&lists->abstracts, lac_buf_span(&lists->nums));
    return status == LACUNA_OK
               ? lac_word_append(lists->file, lists->part, 0, &lists->abstracts, err)
               : lac_fail(err, status, "too many lists");
}

lacuna_status lac_lists_flush(lac_lists *lists, lacuna_error *err)
{
    if (lists->nums.len == 0) {
        return LACUNA_OK;
    }
    if (lists->part == NULL) {
        return new_part(lists, err);
    }
    if (lists->part->tokens.items[0].empty) {
        return fill_root(lists, err);
    }
    lacuna_status status = put_before(lists, &lists->abstracts, true, err);
    return status == LACUNA_OK ? put_before(lists, &lists->nums, false, err) : status;
}
