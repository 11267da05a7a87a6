#include "analyzer/gate/identity.h"

#include "analyzer/gate/fold.h"
#include "parsers/document.h"

#include <strings.h>

/* ---- the identifier a document states ------------------------------------------------------- */

/* "Sponsor protocol identifier": words in front of the noun say nothing; the nouns are in falling
 * trust. */
static const char *const PREFIXES[] = {"sponsor's", "sponsor", "clinical", "unique", "original"};
static const char *const NOUNS[] = {"document", "report", "protocol", "study", "trial"};
static const char *const KINDS[] = {"number",         "no.", "no",  "identifier",
                                    "identification", "id",  "code"};

enum { NOUN_COUNT = sizeof NOUNS / sizeof NOUNS[0], LABEL_MAX = 60, IDENTIFIER_MAX = 64 };

static lac_span skip(lac_span text, size_t count)
{
    return lac_span_make(text.ptr + count, text.len - count);
}

/* Takes a word and the spaces behind it off the front; the word has to end there. */
static bool take_word(lac_span *text, const char *word)
{
    size_t length = strlen(word);
    if (text->len < length || strncasecmp(text->ptr, word, length) != 0) {
        return false;
    }
    lac_span rest = skip(*text, length);
    if (rest.len > 0 && strchr(" \t:#", rest.ptr[0]) == NULL) {
        return false;
    }
    while (rest.len > 0 && rest.ptr[0] == ' ') {
        rest = skip(rest, 1);
    }
    *text = rest;
    return true;
}

static bool take_any(lac_span *text, const char *const *words, size_t count, size_t *which)
{
    for (*which = 0; *which < count; ++*which) {
        if (take_word(text, words[*which])) {
            return true;
        }
    }
    return false;
}

/* The text behind "Protocol number and phase:" or a cell border; false: no such label. */
static bool take_label(lac_span *text, size_t *noun)
{
    size_t which;
    while (take_any(text, PREFIXES, sizeof PREFIXES / sizeof PREFIXES[0], &which)) {
    }
    if (!take_any(text, NOUNS, NOUN_COUNT, noun) ||
        !take_any(text, KINDS, sizeof KINDS / sizeof KINDS[0], &which)) {
        return false;
    }
    size_t at = 0;
    while (at < text->len && at < LABEL_MAX && strchr(":\t#", text->ptr[at]) == NULL) {
        at++;
    }
    if (at == text->len || at == LABEL_MAX) {
        return false;
    }
    *text = lac_span_trim(skip(*text, at + 1));
    return true;
}

/* The first word of a value, where it looks like an identifier: a digit, and no more letters than
 * names have. */
static lac_span value_of(lac_span text)
{
    size_t length = 0;
    bool digit = false;
    while (length < text.len && strchr(" \t,;()[]<>", text.ptr[length]) == NULL) {
        digit = digit || (text.ptr[length] >= '0' && text.ptr[length] <= '9');
        length++;
    }
    while (length > 0 && strchr(".:", text.ptr[length - 1]) != NULL) {
        length--;
    }
    bool sound = digit && length >= 3 && length <= IDENTIFIER_MAX;
    return lac_span_make(text.ptr, sound ? length : 0);
}

lac_span lac_gate_identifier(const lac_document *document)
{
    lac_span best = lac_span_make("", 0);
    size_t best_noun = NOUN_COUNT;
    uint32_t count =
        document->line_count < LAC_IDENTIFIER_LINES ? document->line_count : LAC_IDENTIFIER_LINES;
    for (uint32_t i = 0; i < count && document->text.len > 0; i++) {
        uint32_t start = document->line_starts[i];
        uint32_t end = i + 1 < document->line_count ? document->line_starts[i + 1]
                                                    : document->reference_length;
        if (start >= end || end > document->reference_length) {
            continue;
        }
        lac_span line = lac_span_trim(lac_document_slice(document, start, end));
        size_t noun;
        if (take_label(&line, &noun) && noun < best_noun) {
            lac_span value = value_of(line);
            best_noun = value.len > 0 ? noun : best_noun;
            best = value.len > 0 ? value : best;
        }
    }
    return best;
}

/* ---- the identity --------------------------------------------------------------------------- */

static lacuna_status append_two(lac_buf *out, const char *kind, const char *name)
{
    return lac_buf_printf(out, "%s:%s", kind, name);
}

/* Titles are typed again with each sequence, so they are folded. */
static lacuna_status append_leaf(lac_buf *out, const lac_leaf_place *leaf)
{
    lacuna_status status = lac_buf_printf(out, "leaf:%s/%s/", leaf->application, leaf->heading);
    return status == LACUNA_OK ? lac_gate_fold(out, lac_span_of(leaf->title)) : status;
}

lacuna_status lac_gate_identity(lac_buf *out, const lac_named_document *of)
{
    if (of->id != NULL) {
        return append_two(out, "id", of->id);
    }
    if (of->application != NULL) {
        return append_two(out, "application", of->application);
    }
    if (of->leaf != NULL) {
        return append_leaf(out, of->leaf);
    }
    lac_span own = of->document == NULL ? lac_span_make("", 0) : lac_gate_identifier(of->document);
    if (own.len == 0) {
        return append_two(out, "path", of->path);
    }
    lacuna_status status = lac_buf_printf(out, "%s:", of->type[0] == '\0' ? "document" : of->type);
    return status == LACUNA_OK ? lac_gate_fold(out, own) : status;
}
