#include "drafter/draft/spoken_to.h"

enum { WORD_MAX = 24, WINDOW = 8 };

/* The words of a text in lower case, one at a time; marks that end a sentence are words too. */
typedef struct reader {
    lac_span rest;
    char word[WORD_MAX]; /* "" at the end */
} reader;

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool ends_sentence(char c)
{
    return c == '.' || c == '!' || c == '?' || c == ':' || c == '"';
}

/* Of a line or a cell: what follows may begin a sentence, or go on with one. */
static bool is_break(char c)
{
    return c == '\n' || c == '\t';
}

static void next_word(reader *r)
{
    size_t length = 0;
    while (r->rest.len > 0 && !is_letter(*r->rest.ptr)) {
        char c = *r->rest.ptr;
        r->rest = lac_span_make(r->rest.ptr + 1, r->rest.len - 1);
        if (ends_sentence(c) || is_break(c)) {
            memcpy(r->word, is_break(c) ? "\n" : ".", 2);
            return;
        }
    }
    while (r->rest.len > 0 && is_letter(*r->rest.ptr)) {
        char c = *r->rest.ptr;
        if (length + 1 < WORD_MAX) {
            r->word[length++] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
        }
        r->rest = lac_span_make(r->rest.ptr + 1, r->rest.len - 1);
    }
    r->word[length] = '\0';
}

/* The next one that is no break. */
static void next_said(reader *r)
{
    do {
        next_word(r);
    } while (r->word[0] == '\n');
}

static bool is_any(const char *word, const char *const *words)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], word) == 0) {
            return true;
        }
    }
    return false;
}

/* "Ignore all previous instructions": the second within a few words of the first. */
static bool orders_about_orders(const reader *from)
{
    static const char *const FIRST[] = {"ignore",   "disregard", "forget",
                                        "override", "bypass",    NULL};
    static const char *const SECOND[] = {"instruction", "instructions", "prompt",  "prompts",
                                         "rules",       "guidelines",   "above",   "previous",
                                         "prior",       "preceding",    "earlier", NULL};
    reader r = *from;
    if (!is_any(r.word, FIRST)) {
        return false;
    }
    for (int i = 0; i < WINDOW; i++) {
        next_said(&r);
        if (r.word[0] == '\0' || r.word[0] == '.') {
            return false;
        }
        if (is_any(r.word, SECOND)) {
            return true;
        }
    }
    return false;
}

/* "Please write that ...", at the beginning of a sentence. */
static bool orders_words(const reader *from)
{
    static const char *const BEFORE[] = {
        "please", "now",    "and",   "then", "also", "always", "instead", "just",  "only", "you",
        "must",   "should", "shall", "will", "note", "do",     "not",     "never", NULL};
    /* Not "report" and "confirm": with these a protocol speaks to its investigators. */
    static const char *const VERBS[] = {
        "write", "say",     "state",   "conclude", "answer", "claim", "reply",   "output",
        "print", "declare", "respond", "assert",   "cite",   "quote", "pretend", NULL};
    static const char *const BEHIND[] = {"that", "only", "exactly", "with", "nothing", ".", NULL};
    reader r = *from;
    for (int i = 0; i < WINDOW && is_any(r.word, BEFORE); i++) {
        next_said(&r);
    }
    if (!is_any(r.word, VERBS)) {
        return false;
    }
    next_said(&r);
    return is_any(r.word, BEHIND);
}

/* "As an AI assistant", "the language model must". */
static bool names_program(const reader *from, const char *before)
{
    static const char *const NAMES[] = {"assistant", "llm", "chatbot", "gpt", "claude", NULL};
    static const char *const ADDRESSED[] = {"an", "the", "ai", "dear", ".", "to", NULL};
    reader r = *from;
    if (strcmp(r.word, "ai") == 0 && (strcmp(before, "an") == 0 || strcmp(before, "the") == 0)) {
        next_said(&r);
        return is_any(r.word, NAMES) || strcmp(r.word, "model") == 0 ||
               strcmp(r.word, "reading") == 0 || r.word[0] == '.';
    }
    if (is_any(r.word, NAMES) && is_any(before, ADDRESSED)) {
        next_said(&r);
        return r.word[0] == '.' || strcmp(r.word, "must") == 0 || strcmp(r.word, "should") == 0;
    }
    if (strcmp(r.word, "system") == 0 && before[0] == '.') {
        next_said(&r);
        return strcmp(r.word, "prompt") == 0 || strcmp(r.word, "message") == 0;
    }
    return false;
}

bool lac_speaks_to_program(lac_span text)
{
    reader r = {.rest = text};
    char before[WORD_MAX] = ".";
    for (next_word(&r); r.word[0] != '\0'; next_word(&r)) {
        if (orders_about_orders(&r) || names_program(&r, before) ||
            ((before[0] == '.' || before[0] == '\n') && orders_words(&r))) {
            return true;
        }
        memcpy(before, r.word, sizeof before);
    }
    return false;
}
