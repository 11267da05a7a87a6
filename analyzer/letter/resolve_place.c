/* Studies, sequences and applications: what a cite means in the tree of a submission. */
#include "analyzer/evidence.h"
#include "analyzer/letter/resolve_find.h"

#include <ctype.h>
#include <stdlib.h>

enum { TITLE_BYTES = 4096 }; /* of a document without leaf: where its title page ends */

/* ---- studies -------------------------------------------------------------------------------- */

static bool is_name_byte(char c)
{
    return isalnum((unsigned char)c) != 0 || c == '-';
}

/* As a whole: HVT-204-10 is not in HVT-204-102. */
static bool holds_name(lac_span text, lac_span name)
{
    for (size_t at = 0; at + name.len <= text.len; at++) {
        if (lac_span_equal_nocase(lac_span_make(text.ptr + at, name.len), name) &&
            (at == 0 || !is_name_byte(text.ptr[at - 1])) &&
            (at + name.len == text.len || !is_name_byte(text.ptr[at + name.len]))) {
            return true;
        }
    }
    return false;
}

/* "Protocol X" is the protocol of study X, "Report X" its report. */
static bool fits_word(lac_span word, const char *tag)
{
    if (lac_span_equal_nocase(word, lac_span_of("protocol"))) {
        return strstr(tag, "protocol") != NULL;
    }
    if (lac_span_equal_nocase(word, lac_span_of("report"))) {
        return strstr(tag, "report") != NULL;
    }
    return false;
}

static bool add_study(lac_cite_finds *finds, const lac_filed_set *filed, lac_span word,
                      lac_span name, bool narrow)
{
    for (uint32_t d = 0; d < filed->document_count; d++) {
        const lac_filed_document *of = &filed->documents[d];
        if (lac_span_equal_nocase(lac_span_of(of->study), name) &&
            (!narrow || fits_word(word, of->tag))) {
            const lac_cite_place place = lac_cite_place_of(filed, d);
            lac_cite_add(finds, &place);
        }
    }
    finds->heading = finds->count > 0;
    return finds->heading;
}

static void add_titles(lac_cite_finds *finds, const lac_filed_set *filed, lac_span name)
{
    for (uint32_t d = 0; d < filed->document_count; d++) {
        const lac_filed_document *of = &filed->documents[d];
        lac_span title = of->leaf == NULL ? lac_span_of("") : lac_span_of(of->leaf->title);
        bool holds = holds_name(title, name);
        if (!holds && of->leaf == NULL && of->document != NULL) {
            uint32_t end = of->document->reference_length;
            end = end < TITLE_BYTES ? end : TITLE_BYTES;
            holds = holds_name(lac_document_slice(of->document, 0, end), name);
        }
        if (holds) {
            const lac_cite_place place = lac_cite_place_of(filed, d);
            lac_cite_add(finds, &place);
        }
    }
}

void lac_find_study(lac_cite_finds *finds, const lac_filed_set *filed, const char *text)
{
    lac_span name = lac_cite_last_word(text);
    lac_span word = lac_span_make(text, strcspn(text, " "));
    if (!add_study(finds, filed, word, name, true) && !add_study(finds, filed, word, name, false)) {
        add_titles(finds, filed, name);
    }
}

/* ---- sequences and applications ------------------------------------------------------------- */

static uint32_t number_of(lac_span text)
{
    uint32_t number = 0;
    for (size_t i = 0; i < text.len && number < 100000000; i++) {
        if (isdigit((unsigned char)text.ptr[i]) != 0) {
            number = number * 10 + (uint32_t)(text.ptr[i] - '0');
        }
    }
    return number;
}

static lac_cite_place node_place(const char *title)
{
    return (lac_cite_place){.document = LAC_NONE,
                            .section = LAC_NONE,
                            .quote = lac_span_of(title),
                            .anchor = lac_anchor_document()};
}

void lac_find_sequence(lac_cite_finds *finds, const lac_filed_set *filed, lac_span number)
{
    uint32_t wanted = number_of(number);
    for (uint32_t i = 0; i < filed->submission_count; i++) {
        const lac_submission *submission = filed->submissions[i];
        for (uint32_t s = 0; s < submission->sequence_count; s++) {
            const lac_sequence *sequence = &submission->sequences[s];
            const char *own = sequence->number[0] == '\0' ? sequence->name : sequence->number;
            if (number_of(lac_span_of(own)) == wanted) {
                const lac_cite_place place = node_place(sequence->name);
                lac_cite_add(finds, &place);
            }
        }
    }
}

bool lac_find_application(lac_cite_finds *finds, const lac_filed_set *filed, const char *text)
{
    const char *slash = strchr(text, '/');
    uint32_t wanted =
        number_of(lac_span_make(text, slash == NULL ? strlen(text) : (size_t)(slash - text)));
    for (uint32_t i = 0; i < filed->submission_count; i++) {
        const lac_submission *submission = filed->submissions[i];
        for (uint32_t a = 0; a < submission->application_count; a++) {
            const char *id = submission->applications[a].id;
            if (number_of(lac_span_of(id)) == wanted) {
                const lac_cite_place place = node_place(id);
                lac_cite_add(finds, &place);
                return true;
            }
        }
    }
    return false;
}
