#include "analyzer/declared.h"

#include <string.h>

/* Longer texts are content, whatever words they begin with. */
enum { MAX_NOT_APPLICABLE = 400, MAX_UNDEFINED = 80, MAX_REFERENCE = 240 };

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (unsigned char)c >= 0x80;
}

/* Whether `text` begins with the words of `phrase` and a word end. */
static bool begins(lac_span text, const char *phrase)
{
    size_t n = strlen(phrase);
    return lac_span_starts_nocase(text, phrase) && (text.len == n || !is_alnum(text.ptr[n]));
}

static bool begins_any(lac_span text, const char *const *phrases, size_t count, size_t *length)
{
    for (size_t i = 0; i < count; i++) {
        if (begins(text, phrases[i])) {
            *length = strlen(phrases[i]);
            return true;
        }
    }
    return false;
}

#define BEGINS_ANY(text, phrases, length) \
    begins_any(text, phrases, sizeof(phrases) / sizeof(phrases)[0], length)

bool lac_names_words(lac_span text, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= text.len; i++) {
        lac_span here = lac_span_make(text.ptr + i, text.len - i);
        if ((i == 0 || !is_alnum(text.ptr[i - 1])) && begins(here, word)) {
            return true;
        }
    }
    return false;
}

static size_t count_words(lac_span text)
{
    size_t words = 0;
    for (size_t i = 0; i < text.len; i++) {
        words += is_alnum(text.ptr[i]) && (i == 0 || !is_alnum(text.ptr[i - 1]));
    }
    return words;
}

/* A reason is a because-word, or enough words behind the declaration to be one. */
static bool gives_reason(lac_span rest)
{
    static const char *const because[] = {"because", "since", "as", "due", "given", "no", "not"};
    for (size_t i = 0; i < sizeof because / sizeof because[0]; i++) {
        if (lac_names_words(rest, because[i]) && count_words(rest) >= 3) {
            return true;
        }
    }
    return count_words(rest) >= 6;
}

static lac_declaration read_reference(lac_span text)
{
    static const char *const verbs[] = {
        "see",         "refer to",       "please see",      "please refer to", "described in",
        "provided in", "details are in", "as described in", "detailed in"};
    static const char *const inside[] = {"section", "sections", "table",   "figure",
                                         "above",   "below",    "appendix"};
    size_t length;
    if (text.len > MAX_REFERENCE || !BEGINS_ANY(text, verbs, &length)) {
        return LAC_DECLARED_NOTHING;
    }
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++) {
        if (lac_names_words(text, inside[i])) {
            return LAC_DECLARED_REFERS_INSIDE;
        }
    }
    return LAC_DECLARED_REFERS_ELSEWHERE;
}

lac_declaration lac_read_declaration(lac_span text)
{
    static const char *const not_applicable[] = {
        "not applicable",
        "n/a",
        "na",
        "n.a.",
        "not relevant",
        "this section is not applicable",
        "this section does not apply",
        "does not apply",
        "not required",
    };
    static const char *const undefined[] = {
        "not defined",
        "not available",
        "not specified",
        "not provided",
        "not yet defined",
        "not yet available",
        "none provided",
        "undefined",
        "pending",
        "unknown",
        "in preparation",
        "not determined",
        "not yet determined",
        "under development",
        "will be added",
        "information not available",
    };
    size_t length;
    lac_span s = lac_span_trim(text);
    if (s.len <= MAX_UNDEFINED && BEGINS_ANY(s, undefined, &length)) {
        return LAC_DECLARED_UNDEFINED;
    }
    if (s.len <= MAX_NOT_APPLICABLE && BEGINS_ANY(s, not_applicable, &length)) {
        lac_span rest = lac_span_make(s.ptr + length, s.len - length);
        return gives_reason(rest) ? LAC_DECLARED_NOT_APPLICABLE_REASONED
                                  : LAC_DECLARED_NOT_APPLICABLE;
    }
    return read_reference(s);
}

/* Whether a verb of referring stands in the text, with a document behind it. */
static bool names_document_behind(lac_span text, const char *verb)
{
    static const char *const documents[] = {
        "plan",   "sap",       "manual",   "charter", "brochure", "agreement", "contract",
        "report", "guideline", "sop",      "sops",    "handbook", "document",  "documents",
        "label",  "ib",        "labeling", "dossier", "file",     "form",      "insert",
    };
    size_t n = strlen(verb);
    for (size_t i = 0; i + n <= text.len; i++) {
        lac_span here = lac_span_make(text.ptr + i, text.len - i);
        if ((i > 0 && is_alnum(text.ptr[i - 1])) || !begins(here, verb)) {
            continue;
        }
        lac_span rest = lac_span_make(here.ptr + n, here.len - n);
        for (size_t d = 0; d < sizeof documents / sizeof documents[0]; d++) {
            if (lac_names_words(rest, documents[d])) {
                return true;
            }
        }
    }
    return false;
}

bool lac_refers_to_document(lac_span text)
{
    enum { MOST_WORDS = 36 };
    static const char *const verbs[] = {
        "described in", "provided in",  "detailed in",  "specified in", "documented in",
        "outlined in",  "found in",     "given in",     "presented in", "defined in",
        "set out in",   "addressed in", "contained in", "included in",  "covered in",
    };
    lac_span s = lac_span_trim(text);
    if (read_reference(s) == LAC_DECLARED_REFERS_ELSEWHERE) {
        return true;
    }
    if (s.len > MAX_REFERENCE || count_words(s) > MOST_WORDS) {
        return false;
    }
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (names_document_behind(s, verbs[i])) {
            return true;
        }
    }
    return false;
}
