#define _GNU_SOURCE /* memmem */

#include "writers/docx/tokens.h"

#include "parsers/package/xml_reader.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>

static const char transitional[] = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
static const char strict_main[] = "http://purl.oclc.org/ooxml/wordprocessingml/main";

typedef struct scanner {
    lac_tokens *tokens;
    const char *name; /* of the part, for messages */
    lacuna_error *err;
    uint32_t open; /* innermost open element */
    uint32_t depth, max_depth;
    size_t at;
} scanner;

static lacuna_status malformed(const scanner *scan, const char *what)
{
    lac_error_place(scan->err, scan->name, 0);
    return lac_fail(scan->err, LACUNA_E_FORMAT, "%s at byte %zu", what, scan->at);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* ---- attributes ------------------------------------------------------------------------------ */

bool lac_token_next_attribute(lac_token_attr *attr, size_t *at, const lac_tokens *tokens,
                              uint32_t token)
{
    const lac_token *item = &tokens->items[token];
    const char *text = tokens->xml.ptr;
    size_t end = item->tag_end - (item->empty ? 2u : 1u);
    size_t i = *at == 0 ? item->start + 1u + item->name_length : *at;
    while (i < end && is_space(text[i])) {
        i++;
    }
    size_t name = i;
    while (i < end && text[i] != '=' && !is_space(text[i])) {
        i++;
    }
    attr->name = lac_span_make(text + name, i - name);
    while (i < end && text[i] != '"' && text[i] != '\'') {
        i++;
    }
    if (attr->name.len == 0 || i >= end) {
        return false;
    }
    size_t value = i + 1;
    const char *close = memchr(text + value, text[i], item->tag_end - value);
    if (close == NULL) {
        return false;
    }
    attr->value = lac_span_make(text + value, (size_t)(close - text) - value);
    attr->where = value;
    *at = value + attr->value.len + 1;
    return true;
}

bool lac_token_attribute(lac_span *value, const lac_tokens *tokens, uint32_t token,
                         const char *name)
{
    lac_token_attr attr;
    size_t at = 0;
    while (lac_token_next_attribute(&attr, &at, tokens, token)) {
        if (lac_span_is(attr.name, name)) {
            *value = attr.value;
            return true;
        }
    }
    return false;
}

bool lac_token_get(lac_span *value, const lac_tokens *tokens, uint32_t token, const char *local)
{
    lac_token_attr attr;
    size_t at = 0, prefix = tokens->w.len;
    while (lac_token_next_attribute(&attr, &at, tokens, token)) {
        if (attr.name.len > prefix && attr.name.ptr[prefix] == ':' &&
            memcmp(attr.name.ptr, tokens->w.ptr, prefix) == 0 &&
            lac_span_is(lac_span_make(attr.name.ptr + prefix + 1, attr.name.len - prefix - 1),
                        local)) {
            *value = attr.value;
            return true;
        }
    }
    return false;
}

lac_span lac_tokens_prefix(const lac_tokens *tokens, const char *uri)
{
    lac_token_attr attr;
    size_t at = 0;
    while (tokens->count > 0 && lac_token_next_attribute(&attr, &at, tokens, 0)) {
        if (lac_span_is(attr.value, uri) && attr.name.len > 6 &&
            memcmp(attr.name.ptr, "xmlns:", 6) == 0) {
            return lac_span_make(attr.name.ptr + 6, attr.name.len - 6);
        }
    }
    return lac_span_make("", 0);
}

/* ---- the main namespace ---------------------------------------------------------------------- */

static void find_main_namespace(lac_tokens *tokens)
{
    tokens->w = lac_tokens_prefix(tokens, transitional);
    if (tokens->w.len == 0) {
        tokens->w = lac_tokens_prefix(tokens, strict_main);
        tokens->strict = tokens->w.len > 0;
    }
}

static bool is_main(lac_span uri)
{
    return lac_span_is(uri, transitional) || lac_span_is(uri, strict_main);
}

/* A declaration inside the part must not change what the prefix of the root means, nor give the
 * namespace another prefix: elements are told apart by their prefix alone. */
static lacuna_status check_declarations(const scanner *scan, uint32_t token)
{
    const lac_tokens *tokens = scan->tokens;
    lac_token_attr attr;
    size_t at = 0;
    while (lac_token_next_attribute(&attr, &at, tokens, token)) {
        bool named = attr.name.len > 6 && memcmp(attr.name.ptr, "xmlns:", 6) == 0;
        if (!named && !lac_span_is(attr.name, "xmlns")) {
            continue;
        }
        lac_span prefix =
            named ? lac_span_make(attr.name.ptr + 6, attr.name.len - 6) : lac_span_make("", 0);
        if (is_main(attr.value) != (tokens->w.len > 0 && lac_span_equal(prefix, tokens->w))) {
            lac_error_place(scan->err, scan->name, 0);
            return lac_fail_remedy(scan->err, LACUNA_E_UNSUPPORTED,
                                   "Open the file in Word and save it again.",
                                   "the part does not give the namespace of Word one prefix");
        }
    }
    return LACUNA_OK;
}

static lac_word word_of(const lac_tokens *tokens, lac_span name)
{
    size_t prefix = tokens->w.len;
    if (prefix == 0 || name.len < prefix + 2 || name.ptr[prefix] != ':' ||
        memcmp(name.ptr, tokens->w.ptr, prefix) != 0) {
        return LAC_W_FOREIGN;
    }
    return lac_word_find(lac_span_make(name.ptr + prefix + 1, name.len - prefix - 1));
}

/* ---- tags ------------------------------------------------------------------------------------ */

/* Behind the ">" of the start tag at scan->at; quoted ">" do not count. 0: cut off. */
static size_t tag_end(const scanner *scan)
{
    lac_span xml = scan->tokens->xml;
    char quote = 0;
    for (size_t i = scan->at + 1; i < xml.len; i++) {
        char c = xml.ptr[i];
        if (quote != 0) {
            quote = c == quote ? 0 : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            return i + 1;
        } else if (c == '<') {
            return 0;
        }
    }
    return 0;
}

static size_t name_length(lac_span xml, size_t at)
{
    size_t i = at;
    while (i < xml.len && !is_space(xml.ptr[i]) && xml.ptr[i] != '>' && xml.ptr[i] != '/' &&
           xml.ptr[i] != '=' && xml.ptr[i] != '<') {
        i++;
    }
    return i - at;
}

static lacuna_status add_token(scanner *scan, size_t end, size_t length)
{
    lac_tokens *tokens = scan->tokens;
    lacuna_status status = lac_grow((void **)&tokens->items, &tokens->cap, tokens->count + 1,
                                    sizeof *tokens->items, LAC_MAX_TOKENS);
    if (status != LACUNA_OK) {
        return lac_fail(scan->err, status, "%s has too many elements to be written", scan->name);
    }
    tokens->items[tokens->count++] = (lac_token){
        .start = (uint32_t)scan->at,
        .tag_end = (uint32_t)end,
        .parent = scan->open,
        .name_length = (uint16_t)length,
        .empty = tokens->xml.ptr[end - 2] == '/',
    };
    return LACUNA_OK;
}

static void close_token(scanner *scan, uint32_t token, size_t close, size_t end)
{
    lac_token *item = &scan->tokens->items[token];
    item->close = (uint32_t)close;
    item->end = (uint32_t)end;
    item->after = (uint32_t)scan->tokens->count;
    scan->open = item->parent;
}

static lacuna_status start_tag(scanner *scan)
{
    lac_tokens *tokens = scan->tokens;
    size_t end = tag_end(scan), length = name_length(tokens->xml, scan->at + 1);
    if (end == 0 || length == 0 || length > UINT16_MAX) {
        return malformed(scan, "a tag is cut off");
    }
    if (scan->open == LAC_NO_TOKEN && tokens->count > 0) {
        return malformed(scan, "an element behind the root");
    }
    uint32_t token = (uint32_t)tokens->count;
    lacuna_status status = add_token(scan, end, length);
    if (status != LACUNA_OK) {
        return status;
    }
    if (token == 0) {
        find_main_namespace(tokens);
    }
    lac_span tag = lac_span_make(tokens->xml.ptr + scan->at, end - scan->at);
    if (memmem(tag.ptr, tag.len, "xmlns", 5) != NULL) {
        status = check_declarations(scan, token);
    }
    tokens->items[token].word = (uint8_t)word_of(tokens, lac_token_name(tokens, token));
    scan->at = end;
    if (tokens->items[token].empty) {
        close_token(scan, token, end, end);
    } else {
        scan->open = token;
        scan->depth++;
    }
    return scan->depth > scan->max_depth
               ? lac_fail(scan->err, LACUNA_E_LIMIT, "%s is nested too deeply", scan->name)
               : status;
}

static lacuna_status end_tag(scanner *scan)
{
    lac_span xml = scan->tokens->xml;
    const char *found = memchr(xml.ptr + scan->at, '>', xml.len - scan->at);
    lac_span name = lac_span_make(xml.ptr + scan->at + 2, name_length(xml, scan->at + 2));
    if (found == NULL || scan->open == LAC_NO_TOKEN ||
        !lac_span_equal(name, lac_token_name(scan->tokens, scan->open))) {
        return malformed(scan, "an end tag without its start");
    }
    size_t end = (size_t)(found - xml.ptr) + 1;
    close_token(scan, scan->open, scan->at, end);
    scan->depth--;
    scan->at = end;
    return LACUNA_OK;
}

/* ---- all else -------------------------------------------------------------------------------- */

static bool starts(const scanner *scan, const char *text)
{
    lac_span xml = scan->tokens->xml;
    size_t length = strlen(text);
    return xml.len - scan->at >= length && memcmp(xml.ptr + scan->at, text, length) == 0;
}

static lacuna_status skip_behind(scanner *scan, const char *mark)
{
    lac_span xml = scan->tokens->xml;
    const char *found = memmem(xml.ptr + scan->at, xml.len - scan->at, mark, strlen(mark));
    if (found == NULL) {
        return malformed(scan, "a comment or instruction without end");
    }
    scan->at = (size_t)(found - xml.ptr) + strlen(mark);
    return LACUNA_OK;
}

static lacuna_status markup(scanner *scan)
{
    if (starts(scan, "<!--")) {
        scan->at += 4;
        return skip_behind(scan, "-->");
    }
    if (starts(scan, "<![CDATA[")) {
        return skip_behind(scan, "]]>");
    }
    if (starts(scan, "<?")) {
        return skip_behind(scan, "?>");
    }
    if (starts(scan, "<!")) {
        return malformed(scan, "a document type declaration");
    }
    return starts(scan, "</") ? end_tag(scan) : start_tag(scan);
}

static lacuna_status scan_part(scanner *scan)
{
    lac_span xml = scan->tokens->xml;
    lacuna_status status = LACUNA_OK;
    while (status == LACUNA_OK) {
        const char *found =
            scan->at < xml.len ? memchr(xml.ptr + scan->at, '<', xml.len - scan->at) : NULL;
        if (found == NULL) {
            break;
        }
        scan->at = (size_t)(found - xml.ptr);
        status = markup(scan);
    }
    if (status == LACUNA_OK && (scan->tokens->count == 0 || scan->open != LAC_NO_TOKEN)) {
        status = malformed(scan, "an element without its end");
    }
    return status;
}

/* XML without a declaration is UTF-8 or says by its first bytes that it is not. */
static lacuna_status check_encoding(lac_span xml, const char *name, lacuna_error *err)
{
    static const char remedy[] = "Open the file in Word and save it again.";
    bool wide = xml.len >= 2 &&
                (memcmp(xml.ptr, "\xFF\xFE", 2) == 0 || memcmp(xml.ptr, "\xFE\xFF", 2) == 0 ||
                 xml.ptr[0] == '\0' || xml.ptr[1] == '\0');
    lac_span head = lac_span_make(xml.ptr, xml.len < 256 ? xml.len : 256);
    const char *end = memmem(head.ptr, head.len, "?>", 2);
    const char *said =
        end == NULL ? NULL : memmem(head.ptr, (size_t)(end - head.ptr), "encoding", 8);
    bool other = false;
    if (said != NULL) {
        const char *value = said + 8;
        while (value < end && (is_space(*value) || *value == '=')) {
            value++;
        }
        lac_span rest = lac_span_make(value, (size_t)(end - value));
        rest = rest.len > 0 ? lac_span_make(rest.ptr + 1, rest.len - 1) : rest;
        other = !lac_span_starts_nocase(rest, "utf-8") && !lac_span_starts_nocase(rest, "us-ascii");
    }
    if (!wide && !other) {
        return LACUNA_OK;
    }
    lac_error_place(err, name, 0);
    return lac_fail_remedy(err, LACUNA_E_UNSUPPORTED, remedy,
                           "the part is not in UTF-8; it is read, but not written");
}

lacuna_status lac_tokens_make(lac_tokens *tokens, lac_span xml, const char *name,
                              const lac_limits *limits, lacuna_error *err)
{
    *tokens = (lac_tokens){.xml = xml, .w = lac_span_make("", 0)};
    if (xml.len >= UINT32_MAX) {
        return lac_fail(err, LACUNA_E_LIMIT, "%s is too large to be written", name);
    }
    lacuna_status status = check_encoding(xml, name, err);
    scanner scan = {tokens, name, err, LAC_NO_TOKEN, 0, limits->xml_depth, 0};
    if (status == LACUNA_OK) {
        status = scan_part(&scan);
    }
    if (status != LACUNA_OK) {
        lac_tokens_free(tokens);
    }
    return status;
}

void lac_tokens_free(lac_tokens *tokens)
{
    free(tokens->items);
    *tokens = (lac_tokens){.w = lac_span_make("", 0)};
}

/* ---- looking around -------------------------------------------------------------------------- */

lac_span lac_token_name(const lac_tokens *tokens, uint32_t token)
{
    const lac_token *item = &tokens->items[token];
    return lac_span_make(tokens->xml.ptr + item->start + 1, item->name_length);
}

lac_span lac_token_local(const lac_tokens *tokens, uint32_t token)
{
    lac_span name = lac_token_name(tokens, token);
    const char *colon = memchr(name.ptr, ':', name.len);
    size_t skip = colon == NULL ? 0 : (size_t)(colon - name.ptr) + 1;
    return lac_span_make(name.ptr + skip, name.len - skip);
}

lac_span lac_token_bytes(const lac_tokens *tokens, uint32_t token)
{
    const lac_token *item = &tokens->items[token];
    return lac_span_make(tokens->xml.ptr + item->start, item->end - item->start);
}

lac_span lac_token_content(const lac_tokens *tokens, uint32_t token)
{
    const lac_token *item = &tokens->items[token];
    return lac_span_make(tokens->xml.ptr + item->tag_end, item->close - item->tag_end);
}

uint32_t lac_token_child(const lac_tokens *tokens, uint32_t token, lac_word word)
{
    if (token == LAC_NO_TOKEN) {
        return LAC_NO_TOKEN;
    }
    uint32_t end = tokens->items[token].after;
    for (uint32_t i = token + 1; i < end; i = tokens->items[i].after) {
        if (tokens->items[i].word == word) {
            return i;
        }
    }
    return LAC_NO_TOKEN;
}

bool lac_token_inside(const lac_tokens *tokens, uint32_t token, lac_word word)
{
    for (uint32_t up = tokens->items[token].parent; up != LAC_NO_TOKEN;
         up = tokens->items[up].parent) {
        if (tokens->items[up].word == word) {
            return true;
        }
    }
    return false;
}

/* ---- against libxml2 ------------------------------------------------------------------------- */

typedef struct comparison {
    const lac_tokens *tokens;
    uint64_t seen;
    bool differs;
} comparison;

static lacuna_status compare_element(void *user, const lac_xml_element *element)
{
    comparison *compared = user;
    uint64_t index = compared->seen++;
    if (index >= compared->tokens->count) {
        compared->differs = true;
        return LACUNA_OK;
    }
    const lac_token *token = &compared->tokens->items[index];
    bool main_namespace = element->uri != NULL && is_main(lac_span_of(element->uri));
    compared->differs |=
        main_namespace != (token->word != LAC_W_FOREIGN) ||
        !lac_span_is(lac_token_local(compared->tokens, (uint32_t)index), element->name);
    return LACUNA_OK;
}

lacuna_status lac_tokens_agree(const lac_tokens *tokens, const char *name, const lac_limits *limits,
                               lacuna_error *err)
{
    comparison compared = {tokens, 0, false};
    const lac_xml_handler handler = {&compared, compare_element, NULL, NULL};
    lacuna_status status = lac_xml_parse_memory(tokens->xml, name, limits, &handler, err);
    if (status == LACUNA_OK && (compared.differs || compared.seen != tokens->count)) {
        lac_error_place(err, name, 0);
        status = lac_fail(err, LACUNA_E_INTERNAL,
                          "the elements of the part could not be told apart safely");
    }
    return status;
}
