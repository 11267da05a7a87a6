/* Text, characters, dates and authors. */
#define _GNU_SOURCE /* memmem */

#include "writers/docx/ids.h"
#include "writers/docx/lint_run.h"

#include <stdlib.h>

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static lac_word word_at(const lac_lint_run *run, uint32_t token)
{
    return (lac_word)run->tokens->items[token].word;
}

/* ---- text in the wrong place ----------------------------------------------------------------- */

/* Elements that have no text of their own. */
static bool holds_no_text(lac_word word)
{
    switch (word) {
    case LAC_W_P:
    case LAC_W_R:
    case LAC_W_BODY:
    case LAC_W_TBL:
    case LAC_W_TR:
    case LAC_W_TC:
    case LAC_W_INS:
    case LAC_W_DEL:
    case LAC_W_P_PR:
    case LAC_W_R_PR:
    case LAC_W_HYPERLINK:
    case LAC_W_COMMENT:
    case LAC_W_SDT:
    case LAC_W_SDT_CONTENT:
        return true;
    default:
        return false;
    }
}

/* Anything but white space, comments and instructions between `from` and `to`. */
static bool has_text(lac_span xml, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (is_space(xml.ptr[i])) {
            continue;
        }
        if (xml.ptr[i] != '<') {
            return true;
        }
        const char *end = to - i >= 4 && memcmp(xml.ptr + i, "<!--", 4) == 0
                              ? memmem(xml.ptr + i, to - i, "-->", 3)
                              : memchr(xml.ptr + i, '>', to - i);
        if (end == NULL || (to - i >= 9 && memcmp(xml.ptr + i, "<![CDATA[", 9) == 0)) {
            return true;
        }
        i = (size_t)(end - xml.ptr) + (xml.ptr[i + 1] == '!' ? 2 : 0);
    }
    return false;
}

static lacuna_status check_bare_text(lac_lint_run *run, uint32_t token)
{
    const lac_tokens *tokens = run->tokens;
    const lac_token *item = &tokens->items[token];
    size_t from = item->tag_end;
    bool found = false;
    for (uint32_t i = token + 1; i < item->after && !found; i = tokens->items[i].after) {
        found = has_text(tokens->xml, from, tokens->items[i].start);
        from = tokens->items[i].end;
    }
    found = found || has_text(tokens->xml, from, item->close);
    return found ? lac_lint_tell(run, "lint/bare-text", lac_token_local(tokens, token), item->start,
                                 "text outside of w:t, in")
                 : LACUNA_OK;
}

/* ---- white space and characters -------------------------------------------------------------- */

/* White space at the ends is dropped by readers unless it is to be preserved. */
static lacuna_status check_space(lac_lint_run *run, uint32_t token)
{
    lac_span content = lac_token_content(run->tokens, token), space;
    bool at_ends =
        content.len > 0 && (is_space(content.ptr[0]) || is_space(content.ptr[content.len - 1]));
    if (!at_ends || (lac_token_attribute(&space, run->tokens, token, "xml:space") &&
                     lac_span_is(space, "preserve"))) {
        return LACUNA_OK;
    }
    return lac_lint_tell(run, "lint/space", content, run->tokens->items[token].start,
                         "spaces at the ends of a text without xml:space are lost:");
}

/* XML 1.0 2.2 and 4.1: a reference must name a character that may stand there itself. */
static bool is_character(unsigned long value)
{
    return value == 9 || value == 10 || value == 13 || (value >= 0x20 && value <= 0xD7FF) ||
           (value >= 0xE000 && value <= 0xFFFD) || (value >= 0x10000 && value <= 0x10FFFF);
}

static lacuna_status check_characters(lac_lint_run *run)
{
    lac_span xml = run->tokens->xml;
    lacuna_status status = LACUNA_OK;
    for (size_t at = 0; at < xml.len && status == LACUNA_OK;) {
        const char *found = memmem(xml.ptr + at, xml.len - at, "&#", 2);
        if (found == NULL) {
            break;
        }
        size_t start = (size_t)(found - xml.ptr) + 2;
        char digits[16] = {0};
        size_t length = 0;
        while (length + 1 < sizeof digits && start + length < xml.len &&
               xml.ptr[start + length] != ';') {
            digits[length] = xml.ptr[start + length];
            length++;
        }
        bool hex = digits[0] == 'x';
        if (!is_character(strtoul(digits + (hex ? 1 : 0), NULL, hex ? 16 : 10))) {
            status = lac_lint_tell(run, "lint/character", lac_span_of(digits), start,
                                   "a reference to a character XML does not allow:");
        }
        at = start + length;
    }
    return status;
}

/* Bytes that may not stand in XML, where no reference was used. */
static lacuna_status check_controls(lac_lint_run *run)
{
    lac_span xml = run->tokens->xml;
    for (size_t i = 0; i < xml.len; i++) {
        unsigned char c = (unsigned char)xml.ptr[i];
        if (c < 0x20 && !is_space((char)c)) {
            return lac_lint_tell(run, "lint/character", lac_span_make("", 0), i,
                                 "a control character");
        }
    }
    return LACUNA_OK;
}

/* ---- who and when ---------------------------------------------------------------------------- */

/* xsd:dateTime: "2026-01-31T12:00:00", then a fraction and a zone, or nothing. */
static bool is_date(lac_span text)
{
    static const char form[] = "dddd-dd-ddTdd:dd:dd";
    if (text.len < sizeof form - 1) {
        return false;
    }
    for (size_t i = 0; i < sizeof form - 1; i++) {
        bool digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';
        if (form[i] == 'd' ? !digit : text.ptr[i] != form[i]) {
            return false;
        }
    }
    size_t at = sizeof form - 1;
    if (at < text.len && text.ptr[at] == '.') {
        at++;
        while (at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9') {
            at++;
        }
    }
    return at == text.len || (text.ptr[at] == 'Z' && at + 1 == text.len) ||
           ((text.ptr[at] == '+' || text.ptr[at] == '-') && text.len - at == 6);
}

static lacuna_status check_author(lac_lint_run *run, uint32_t token)
{
    lac_word word = word_at(run, token);
    bool exempt = !lac_ids_counts(word) || word == LAC_W_BOOKMARK_START ||
                  word == LAC_W_PERM_START || word == LAC_W_TBL_GRID_CHANGE ||
                  word == LAC_W_NUMBERING_CHANGE;
    lac_span value;
    if (exempt) {
        return LACUNA_OK;
    }
    lacuna_status status = LACUNA_OK;
    if (!lac_token_get(&value, run->tokens, token, "author")) {
        status = lac_lint_tell(run, "lint/author", lac_token_local(run->tokens, token),
                               run->tokens->items[token].start, "nobody is named as author of");
    }
    if (status == LACUNA_OK && lac_token_get(&value, run->tokens, token, "date") &&
        !is_date(value)) {
        status = lac_lint_tell(run, "lint/date", value, run->tokens->items[token].start,
                               "not a date and time:");
    }
    return status;
}

lacuna_status lac_lint_content(lac_lint_run *run)
{
    lacuna_status status = check_characters(run);
    if (status == LACUNA_OK) {
        status = check_controls(run);
    }
    for (uint32_t i = 0; i < run->tokens->count && status == LACUNA_OK; i++) {
        lac_word word = word_at(run, i);
        if (holds_no_text(word)) {
            status = check_bare_text(run, i);
        } else if (word == LAC_W_T || word == LAC_W_DEL_TEXT) {
            status = check_space(run, i);
        }
        if (status == LACUNA_OK && word != LAC_W_FOREIGN) {
            status = check_author(run, i);
        }
    }
    return status;
}
