/* Namespaces of extensions: what mc:Ignorable lists must be declared, what is used must be listed.
 */
#include "writers/docx/lint_run.h"

#define MC_URI "http://schemas.openxmlformats.org/markup-compatibility/2006"

/* Namespaces that came after the standard; a reader that does not know one refuses the document
 * unless it may ignore it. */
static const char *const extensions[] = {
    "http://schemas.microsoft.com/office/word/2010/wordml",
    "http://schemas.microsoft.com/office/word/2012/wordml",
    "http://schemas.microsoft.com/office/word/2015/wordml/symex",
    "http://schemas.microsoft.com/office/word/2016/wordml/cid",
    "http://schemas.microsoft.com/office/word/2018/wordml",
    "http://schemas.microsoft.com/office/word/2018/wordml/cex",
    "http://schemas.microsoft.com/office/word/2020/wordml/sdtdatahash",
    "http://schemas.microsoft.com/office/word/2023/wordml/word16du",
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool lists(lac_span words, lac_span word)
{
    for (size_t i = 0; i < words.len;) {
        size_t end = i;
        while (end < words.len && !is_space(words.ptr[end])) {
            end++;
        }
        if (end > i && lac_span_equal(lac_span_make(words.ptr + i, end - i), word)) {
            return true;
        }
        i = end + 1;
    }
    return false;
}

/* The value of mc:Ignorable on an element; empty: none. */
static lac_span ignorable(const lac_lint_run *run, uint32_t token, lac_span mc)
{
    lac_token_attr attr;
    size_t at = 0;
    while (mc.len > 0 && lac_token_next_attribute(&attr, &at, run->tokens, token)) {
        if (attr.name.len == mc.len + 10 && memcmp(attr.name.ptr, mc.ptr, mc.len) == 0 &&
            memcmp(attr.name.ptr + mc.len, ":Ignorable", 10) == 0) {
            return attr.value;
        }
    }
    return lac_span_make("", 0);
}

static bool is_declared(const lac_lint_run *run, lac_span prefix)
{
    lac_token_attr attr;
    size_t at = 0;
    while (lac_token_next_attribute(&attr, &at, run->tokens, 0)) {
        if (attr.name.len == prefix.len + 6 && memcmp(attr.name.ptr, "xmlns:", 6) == 0 &&
            memcmp(attr.name.ptr + 6, prefix.ptr, prefix.len) == 0) {
            return true;
        }
    }
    return false;
}

static lacuna_status check_declared(lac_lint_run *run, lac_span words)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < words.len && status == LACUNA_OK;) {
        size_t end = i;
        while (end < words.len && !is_space(words.ptr[end])) {
            end++;
        }
        lac_span prefix = lac_span_make(words.ptr + i, end - i);
        if (prefix.len > 0 && !is_declared(run, prefix)) {
            status = lac_lint_tell(run, "lint/ignorable-undeclared", prefix, 0,
                                   "mc:Ignorable names a prefix that is not declared:");
        }
        i = end + 1;
    }
    return status;
}

/* Whether the part uses a prefix in the name of an attribute of one of Word's elements. */
static uint32_t first_use(const lac_lint_run *run, lac_span prefix)
{
    for (uint32_t i = 0; i < run->tokens->count; i++) {
        lac_token_attr attr;
        size_t at = 0;
        if (run->tokens->items[i].word == LAC_W_FOREIGN) {
            continue;
        }
        while (lac_token_next_attribute(&attr, &at, run->tokens, i)) {
            if (attr.name.len > prefix.len && attr.name.ptr[prefix.len] == ':' &&
                memcmp(attr.name.ptr, prefix.ptr, prefix.len) == 0) {
                return i;
            }
        }
    }
    return LAC_NO_TOKEN;
}

lacuna_status lac_lint_extensions(lac_lint_run *run)
{
    lac_span words = ignorable(run, 0, lac_tokens_prefix(run->tokens, MC_URI));
    lacuna_status status = check_declared(run, words);
    for (size_t i = 0; i < sizeof extensions / sizeof extensions[0] && status == LACUNA_OK; i++) {
        lac_span prefix = lac_tokens_prefix(run->tokens, extensions[i]);
        if (prefix.len == 0 || lists(words, prefix)) {
            continue;
        }
        uint32_t token = first_use(run, prefix);
        if (token != LAC_NO_TOKEN) {
            status =
                lac_lint_tell(run, "lint/not-ignorable", prefix, run->tokens->items[token].start,
                              "an attribute of an extension that mc:Ignorable does not list:");
        }
    }
    return status;
}
