#include "analyzer/judge_reference.h"

#include "analyzer/evidence.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/utf8.h"

#include <string.h>

enum { MAX_REFERENCE = 240, MOST_TARGETS = 4, SHOWN = 160 };

static lac_span body_text(const lac_inquiry *q, uint32_t place)
{
    const lac_reading *reading = q->judge->reading;
    lac_scope body = lac_section_body(reading, q->location.places[place].section);
    return lac_span_trim(lac_document_slice(reading->document, body.from, body.to));
}

static bool is_number_char(char c)
{
    return (c >= '0' && c <= '9') || c == '.';
}

static lac_span without_dots(lac_span number)
{
    while (number.len > 0 && number.ptr[number.len - 1] == '.') {
        number.len--;
    }
    return number;
}

/* The next section number at or behind *at: digits and dots that do not go on as a word. */
static lac_span next_number(lac_span text, size_t *at)
{
    while (*at < text.len) {
        size_t start = *at;
        while (*at < text.len && is_number_char(text.ptr[*at])) {
            (*at)++;
        }
        if (*at > start && text.ptr[start] != '.') {
            return without_dots(lac_span_make(text.ptr + start, *at - start));
        }
        (*at) += *at == start;
    }
    return lac_span_make(NULL, 0);
}

/* Where the numbers begin: behind the first "section" or "sections"; SIZE_MAX: there is none. */
static size_t behind_section(lac_span text)
{
    static const char word[] = "section";
    for (size_t i = 0; i + sizeof word - 1 <= text.len; i++) {
        if (lac_span_starts_nocase(lac_span_make(text.ptr + i, text.len - i), word)) {
            return i + sizeof word - 1;
        }
    }
    return SIZE_MAX;
}

static uint32_t section_numbered(const lac_document *document, lac_span number)
{
    for (uint32_t s = 1; s < document->section_count; s++) {
        if (lac_span_equal(without_dots(document->sections[s].number), number)) {
            return s;
        }
    }
    return LAC_NONE;
}

static bool is_apart(const lac_document *document, uint32_t one, uint32_t other)
{
    const lac_section *a = &document->sections[one];
    const lac_section *b = &document->sections[other];
    return a->end <= b->start || b->end <= a->start;
}

/* Adds the sections that place `from` refers to. */
static void add_targets(lac_inquiry *q, uint32_t from)
{
    const lac_document *document = q->judge->reading->document;
    lac_span text = body_text(q, from);
    size_t at = text.len <= MAX_REFERENCE ? behind_section(text) : SIZE_MAX;
    for (uint32_t i = 0; at != SIZE_MAX && i < MOST_TARGETS; i++) {
        lac_span number = next_number(text, &at);
        uint32_t target = number.len == 0 ? LAC_NONE : section_numbered(document, number);
        if (number.len == 0) {
            return;
        }
        if (target != LAC_NONE && q->location.place_count < LAC_MAX_PLACES &&
            is_apart(document, q->location.places[from].section, target)) {
            lac_place place = q->location.places[from];
            place.section = target;
            place.firm = true;
            q->location.places[q->location.place_count] = place;
            q->confirmed[q->location.place_count++] = false;
        }
    }
}

lacuna_status lac_follow_reference(bool *decided, lac_inquiry *q)
{
    *decided = false;
    uint32_t own = q->location.place_count;
    for (uint32_t i = 0; i < own; i++) {
        add_targets(q, i);
    }
    if (q->location.place_count == own) {
        return LACUNA_OK;
    }
    lacuna_status status = lac_inquire_places(q);
    if (status == LACUNA_OK && q->section_facts > 0 &&
        q->section_facts >= q->item->expect.at_least &&
        lac_required_facts_found(q, q->in_section)) {
        *decided = true;
        return lac_decide(q, LAC_MET, "met/by-reference", 0.7,
                          "The section refers to another one of this document, which mentions what "
                          "is asked.");
    }
    q->location.place_count = own;
    return status;
}

/* The sentence that refers, as evidence. */
static lacuna_status show(lac_inquiry *q, uint32_t place)
{
    const lac_reading *reading = q->judge->reading;
    lac_span said = body_text(q, place);
    uint32_t from = (uint32_t)(said.ptr - reading->document->text.ptr);
    return q->out->evidence_count > 0
               ? LACUNA_OK
               : lac_add_evidence(q, lac_evidence_at(reading, from, from + 1, "reference"));
}

lacuna_status lac_decide_refers_elsewhere(bool *decided, lac_inquiry *q)
{
    *decided = false;
    for (uint32_t i = 0; i < q->location.place_count; i++) {
        lac_span said = body_text(q, i);
        if (!lac_refers_to_document(said)) {
            continue;
        }
        *decided = true;
        lacuna_status status = show(q, i);
        said = lac_utf8_prefix(said, SHOWN);
        lac_buf text;
        lac_buf_init(&text, 1024);
        if (status == LACUNA_OK) {
            status =
                lac_buf_printf(&text, "The section refers to a document that is not here: \"%.*s\"",
                               (int)said.len, said.ptr);
        }
        if (status == LACUNA_OK) {
            status = lac_explain_gap(q);
        }
        if (status == LACUNA_OK) {
            status = lac_decide(q, LAC_NOT_EVALUATED, "not-evaluated/refers-elsewhere", 0.8,
                                lac_buf_text(&text));
        }
        lac_buf_free(&text);
        return status;
    }
    return LACUNA_OK;
}
