#include "writers/docx/prompts.h"

enum {
    SHORTEST_BLANK = 4, /* of underscores */
    SHORTEST_XXX = 3,   /* "XX" is a Roman number */
    LONGEST_LABEL = 80, /* bytes */
    LONGEST_PROMPT = 120,
    SCANNED = 400, /* bytes of a text in which words of an instruction are looked for */
};

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

static bool starts_word(lac_span text, size_t at)
{
    return at == 0 || !is_word(text.ptr[at - 1]);
}

static bool ends_word(lac_span text, size_t at)
{
    return at >= text.len || !is_word(text.ptr[at]);
}

/* ---- placeholders ---------------------------------------------------------------------------- */

static size_t run_of(lac_span text, size_t at, char c)
{
    size_t end = at;
    while (end < text.len && text.ptr[end] == c) {
        end++;
    }
    return end - at;
}

static size_t phrase_at(lac_span rest)
{
    static const char *const phrases[] = {
        "Click or tap here to enter text.",
        "Click here to enter text.",
        "Click or tap to enter a date.",
        "Click here to enter a date.",
        "Click or tap here to enter text",
        "Click here to enter text",
        "Choose an item.",
        "Enter text here",
    };
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        if (lac_span_starts_nocase(rest, phrases[i])) {
            return strlen(phrases[i]);
        }
    }
    return 0;
}

/* "[   ]": a box to be ticked. */
static size_t box_at(lac_span text, size_t at)
{
    size_t blanks = text.ptr[at] == '[' ? run_of(text, at + 1, ' ') : 0;
    return blanks > 0 && at + blanks + 1 < text.len && text.ptr[at + blanks + 1] == ']' ? blanks + 2
                                                                                        : 0;
}

static size_t prompt_at(lac_span text, size_t at)
{
    lac_span rest = lac_span_make(text.ptr + at, text.len - at);
    size_t length = box_at(text, at);
    if (length > 0) {
        return length;
    }
    length = run_of(text, at, '_');
    if (length >= SHORTEST_BLANK) {
        return length;
    }
    if (!starts_word(text, at)) {
        return 0;
    }
    length = run_of(text, at, 'X');
    if (length >= SHORTEST_XXX && ends_word(text, at + length)) {
        return length;
    }
    if (rest.len >= 3 && (memcmp(rest.ptr, "TBD", 3) == 0 || memcmp(rest.ptr, "TBC", 3) == 0) &&
        ends_word(text, at + 3)) {
        return 3;
    }
    return phrase_at(rest);
}

/* What stands in front on the same line, without the colon. */
static lac_span label_of(lac_span text, size_t at)
{
    size_t start = at;
    while (start > 0 && text.ptr[start - 1] != '\n' && text.ptr[start - 1] != '\t' &&
           text.ptr[start - 1] != '_') {
        start--;
    }
    lac_span label = lac_span_trim(lac_span_make(text.ptr + start, at - start));
    while (label.len > 0 && (label.ptr[label.len - 1] == ':' || label.ptr[label.len - 1] == ' ')) {
        label.len--;
    }
    return label.len > LONGEST_LABEL ? lac_span_make(label.ptr, 0) : label;
}

/* A box is named by what stands behind it. */
static lac_span label_behind(lac_span text, size_t at)
{
    size_t end = at;
    while (end < text.len && text.ptr[end] != '\n' && text.ptr[end] != '\t' &&
           text.ptr[end] != '[') {
        end++;
    }
    lac_span label = lac_span_trim(lac_span_make(text.ptr + at, end - at));
    return label.len > LONGEST_LABEL ? lac_span_make(label.ptr, 0) : label;
}

bool lac_prompt_next(lac_span *found, lac_span *label, size_t *at, lac_span text)
{
    for (; *at < text.len; (*at)++) {
        size_t length = prompt_at(text, *at);
        if (length > 0) {
            *found = lac_span_make(text.ptr + *at, length);
            *label = text.ptr[*at] == '[' ? label_behind(text, *at + length) : label_of(text, *at);
            *label = label->len == 0 ? *found : *label;
            *at += length;
            return true;
        }
    }
    return false;
}

/* ---- what a text sounds like ----------------------------------------------------------------- */

static bool has_phrase(lac_span text, const char *phrase)
{
    size_t length = strlen(phrase), end = text.len < SCANNED ? text.len : SCANNED;
    for (size_t at = 0; at + length <= end; at++) {
        if (starts_word(text, at) && ends_word(text, at + length) &&
            lac_span_equal_nocase(lac_span_make(text.ptr + at, length), lac_span_of(phrase))) {
            return true;
        }
    }
    return false;
}

static bool begins_with(lac_span text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (lac_span_starts_nocase(text, words[i]) && ends_word(text, strlen(words[i]))) {
            return true;
        }
    }
    return false;
}

bool lac_reads_as_instruction(lac_span text)
{
    static const char *const first[] = {
        "describe", "provide",  "include",     "insert",   "state",     "delete",    "specify",
        "list",     "refer",    "do not",      "note",     "summarize", "summarise", "explain",
        "define",   "indicate", "instruction", "guidance", "please",    "consider",  "remove",
        "select",   "complete", "add",         "identify", "discuss",   "ensure",    "use",
        "give",     "enter",    "outline",     "present",  "if not",    "choose",
    };
    static const char *const anywhere[] = {
        "this section",   "this template",   "this subsection", "should be",
        "should include", "should describe", "if applicable",   "as applicable",
        "delete this",    "for example",     "template",        "sponsor may",
        "may be",         "add additional",  "not applicable",  "include",
    };
    text = lac_span_trim(text);
    if (text.len > 0 && (text.ptr[0] == '[' || text.ptr[0] == '<' || text.ptr[0] == '(')) {
        text = lac_span_trim(lac_span_make(text.ptr + 1, text.len - 1));
    }
    if (begins_with(text, first, sizeof first / sizeof first[0])) {
        return true;
    }
    for (size_t i = 0; i < sizeof anywhere / sizeof anywhere[0]; i++) {
        if (has_phrase(text, anywhere[i])) {
            return true;
        }
    }
    return false;
}

bool lac_reads_as_prompt(lac_span text)
{
    static const char *const first[] = {"enter", "insert",  "select",   "add",  "specify", "choose",
                                        "name",  "title",   "number",   "date", "state",   "list",
                                        "type",  "provide", "describe", "your", "e.g"};
    static const char *const anywhere[] = {
        "name",    "number",    "title",    "date",    "version",    "sponsor",      "protocol",
        "address", "phone",     "email",    "drug",    "product",    "study",        "trial",
        "x",       "xx",        "yyyy",     "dd",      "indication", "phase",        "endpoint",
        "visit",   "week",      "dose",     "country", "site",       "text",         "type",
        "place",   "no",        "age",      "sex",     "free text",  "investigator", "population",
        "company", "reference", "compound", "mmm",
    };
    text = lac_span_trim(text);
    if (text.len == 0 || text.len > LONGEST_PROMPT) {
        return false;
    }
    if (begins_with(text, first, sizeof first / sizeof first[0])) {
        return true;
    }
    for (size_t i = 0; i < sizeof anywhere / sizeof anywhere[0]; i++) {
        if (has_phrase(text, anywhere[i])) {
            return true;
        }
    }
    return false;
}
