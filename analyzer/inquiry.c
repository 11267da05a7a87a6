#include "analyzer/inquiry.h"

#include "analyzer/evidence.h"
#include "support/error.h"

#include <string.h>

/* ---- writing the result --------------------------------------------------------------------- */

lacuna_status lac_add_evidence(lac_inquiry *q, lac_evidence evidence)
{
    lac_item_result *out = q->out;
    if (out->evidence == NULL) {
        out->evidence = lac_arena_array(q->judge->arena, LAC_MAX_FACTS, sizeof *out->evidence);
        if (out->evidence == NULL) {
            return lac_fail_nomem(q->err);
        }
    }
    if (evidence.quote.len > 0 && out->evidence_count < LAC_MAX_FACTS) {
        out->evidence[out->evidence_count++] = evidence;
    }
    return LACUNA_OK;
}

lacuna_status lac_decide(lac_inquiry *q, lac_item_status status, const char *reason,
                         double confidence, const char *explanation)
{
    q->out->status = status;
    q->out->reason = reason;
    q->out->confidence = confidence;
    q->out->explanation = lac_arena_copy(q->judge->arena, lac_span_of(explanation));
    return q->out->explanation == NULL ? lac_fail_nomem(q->err) : LACUNA_OK;
}

/* ---- gathering ------------------------------------------------------------------------------ */

lac_scope lac_section_body(const lac_reading *reading, uint32_t section)
{
    const lac_section *s = &reading->document->sections[section];
    uint32_t from = s->heading == LAC_NONE ? s->start : s->body;
    return (lac_scope){.from = from < s->end ? from : s->end, .to = s->end, .located = true};
}

/* The looser terms count only where the heading names the item. */
static lacuna_status find_fact_in_places(lac_inquiry *q, uint32_t fact)
{
    const lac_reading *reading = q->judge->reading;
    if (q->item->expect.facts[fact].title) {
        return LACUNA_OK;
    }
    for (uint32_t i = 0; i < q->location.place_count && !q->in_section[fact]; i++) {
        bool found;
        lac_match match;
        lac_scope scope = lac_section_body(reading, q->location.places[i].section);
        scope.located = q->location.places[i].firm;
        lacuna_status status =
            lac_search_fact(&found, &match, &q->item->expect.facts[fact], reading, scope, q->err);
        if (status != LACUNA_OK) {
            return status;
        }
        if (found) {
            q->in_section[fact] = q->anywhere[fact] = q->confirmed[i] = true;
            q->section_facts++;
            q->all_facts++;
            status = lac_add_evidence(q, lac_evidence_at(reading, match.start, match.end,
                                                         q->item->expect.facts[fact].name));
            if (status != LACUNA_OK) {
                return status;
            }
        }
    }
    return LACUNA_OK;
}

static bool holds_more_than_text(const lac_document *document, uint32_t section)
{
    const lac_section *s = &document->sections[section];
    for (uint32_t i = s->first_block; i < s->end_block; i++) {
        const lac_block *block = &document->blocks[i];
        if ((block->flags & LAC_BLOCK_PICTURE) != 0 || block->table != LAC_NONE) {
            return true;
        }
    }
    return false;
}

void lac_drop_unconfirmed_places(lac_inquiry *q)
{
    enum { CONTENT_WORDS = 12, BLANK_WORDS = 4 };
    static const double exact_title = 0.95;
    const lac_reading *reading = q->judge->reading;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < q->location.place_count; i++) {
        const lac_place *place = &q->location.places[i];
        lac_scope body = lac_section_body(reading, place->section);
        uint32_t words = lac_reading_words(reading, body.from, body.to);
        bool content = words >= CONTENT_WORDS;
        /* An empty or unfinished section can only be told by its heading. */
        bool own = place->firm && (place->title >= exact_title || !content);
        if (own || q->confirmed[i]) {
            q->location.places[kept] = *place;
            q->confirmed[kept++] = q->confirmed[i];
            continue;
        }
        if (words < BLANK_WORDS && place->score > q->blank.score &&
            !holds_more_than_text(reading->document, place->section)) {
            q->blank = *place;
        }
        if (q->location.nearest_count < LAC_MAX_NEAREST) {
            q->location.nearest[q->location.nearest_count++] = *place;
        }
    }
    q->location.place_count = kept;
}

/* Where a fact may stand outside of the item's own sections. */
static lac_scope scope_elsewhere(const lac_inquiry *q, uint32_t fact)
{
    const lac_expectation *expect = &q->item->expect;
    if (expect->facts[fact].title) {
        return lac_scope_title(q->judge->reading);
    }
    lac_scope scope = lac_scope_document(q->judge->reading);
    scope.skipped = expect->background ? NULL : q->judge->locations->background;
    return scope;
}

/* The looser terms, below headings that are about more than the item. */
static lacuna_status find_fact_under(bool *found, lac_match *match, lac_inquiry *q, uint32_t fact)
{
    const lac_reading *reading = q->judge->reading;
    const lac_expectation *expect = &q->item->expect;
    const lac_fact *wanted = &expect->facts[fact];
    lacuna_status status = LACUNA_OK;
    *found = false;
    for (uint32_t i = 0; i < expect->under_count && !wanted->title && status == LACUNA_OK; i++) {
        uint32_t from = lac_scope_title(reading).to; /* it holds all, and names much of it */
        while (status == LACUNA_OK && !*found) {
            bool heading;
            lac_match place;
            status = lac_search_heading(&heading, &place, expect->under[i], reading, from, q->err);
            if (status != LACUNA_OK || !heading) {
                break;
            }
            uint32_t block = lac_document_block_at(reading->document, place.start);
            lac_scope below = lac_section_body(reading, reading->document->blocks[block].section);
            status = lac_search_fact(found, match, wanted, reading, below, q->err);
            from = below.from > place.end ? below.from : place.end;
        }
    }
    return status;
}

static lacuna_status find_fact_elsewhere(lac_inquiry *q, uint32_t fact)
{
    bool found;
    lac_match match;
    const lac_reading *reading = q->judge->reading;
    lacuna_status status = lac_search_fact(&found, &match, &q->item->expect.facts[fact], reading,
                                           scope_elsewhere(q, fact), q->err);
    if (status == LACUNA_OK && !found) {
        status = find_fact_under(&found, &match, q, fact);
    }
    if (status != LACUNA_OK || !found) {
        return status;
    }
    q->strictly[fact] = true;
    q->strict_facts++;
    if (!q->anywhere[fact]) {
        q->anywhere[fact] = true;
        q->all_facts++;
        status = lac_add_evidence(
            q, lac_evidence_at(reading, match.start, match.end, q->item->expect.facts[fact].name));
    }
    return status;
}

uint32_t lac_inquiry_fact_count(const lac_inquiry *q)
{
    return q->item->expect.fact_count < LAC_MAX_FACTS ? q->item->expect.fact_count : LAC_MAX_FACTS;
}

static lacuna_status find_facts(lac_inquiry *q, lacuna_status (*find)(lac_inquiry *, uint32_t),
                                const bool *known)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < lac_inquiry_fact_count(q) && status == LACUNA_OK; i++) {
        if (!known[i]) {
            status = find(q, i);
        }
    }
    return status;
}

static void note_blocks(lac_inquiry *q, const lac_section *section)
{
    const lac_document *document = q->judge->reading->document;
    for (uint32_t i = section->first_block; i < section->end_block; i++) {
        q->picture |= (document->blocks[i].flags & LAC_BLOCK_PICTURE) != 0;
        q->table |= document->blocks[i].table != LAC_NONE;
    }
}

/* What the located sections hold: words, leftovers, pictures, and what they say of themselves. */
void lac_inquire_content(lac_inquiry *q)
{
    const lac_reading *reading = q->judge->reading;
    q->unfinished = q->location.place_count > 0;
    for (uint32_t i = 0; i < q->location.place_count; i++) {
        uint32_t section = q->location.places[i].section;
        q->unfinished = q->unfinished && reading->unfinished[section];
        lac_scope body = lac_section_body(reading, section);
        uint32_t first;
        q->words += lac_reading_words(reading, body.from, body.to);
        q->leftovers += lac_reading_leftovers(reading, body.from, body.to, &first);
        note_blocks(q, &reading->document->sections[section]);
        lac_declaration said =
            lac_read_declaration(lac_document_slice(reading->document, body.from, body.to));
        if (q->declaration == LAC_DECLARED_NOTHING && said != LAC_DECLARED_NOTHING) {
            q->declaration = said;
            q->declared_at = section;
        }
    }
}

bool lac_required_facts_found(const lac_inquiry *q, const bool *found)
{
    for (uint32_t i = 0; i < lac_inquiry_fact_count(q); i++) {
        if (q->item->expect.facts[i].required && !found[i]) {
            return false;
        }
    }
    return true;
}

lacuna_status lac_inquire_places(lac_inquiry *q)
{
    return find_facts(q, find_fact_in_places, q->in_section);
}

lacuna_status lac_inquire_elsewhere(lac_inquiry *q)
{
    return find_facts(q, find_fact_elsewhere, q->strictly);
}
