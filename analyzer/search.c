#include "analyzer/search.h"

#include "analyzer/facts.h"

enum { TITLE_BYTES = 1000 }; /* a title page says more than the title */

typedef struct search_place {
    const lac_reading *reading;
    lac_scope scope;
} search_place;

/* A heading with text of its own below it, inside the section looked at, says what that text is. */
static bool is_filled_sub_heading(const search_place *place, const lac_block *block)
{
    enum { FILLED_WORDS = 8 };
    const lac_section *section = &place->reading->document->sections[block->section];
    return place->scope.located && block->level > 0 &&
           !place->reading->unfinished[block->section] &&
           lac_reading_words(place->reading, section->body, section->own_end) >= FILLED_WORDS;
}

/* Where searching may go on when the match does not count; 0 when it counts. */
static uint32_t skip_to(void *user, lac_match match)
{
    const search_place *place = user;
    const lac_reading *reading = place->reading;
    if (!place->scope.located && !place->scope.headings) {
        uint32_t end = lac_reading_silent_end(reading, match.start);
        if (end > 0) {
            return end;
        }
    }
    uint32_t at = lac_document_block_at(reading->document, match.start);
    const lac_block *block = &reading->document->blocks[at];
    if (place->scope.skipped != NULL && place->scope.skipped[block->section]) {
        return reading->document->sections[block->section].own_end;
    }
    if ((block->level > 0 && !place->scope.headings && !is_filled_sub_heading(place, block)) ||
        (block->flags & LAC_BLOCK_TOC) != 0) {
        return block->start + block->length + 1;
    }
    if (lac_reading_is_leftover(reading, match.start, match.end)) {
        return match.start + 1;
    }
    return 0;
}

lacuna_status lac_search_fact(bool *found, lac_match *match, const lac_fact *fact,
                              const lac_reading *reading, lac_scope scope, lacuna_error *err)
{
    search_place place = {reading, scope};
    const lac_fact_scope where = {reading->index, scope.from, scope.to, skip_to, &place};
    return lac_fact_find(found, match, fact, scope.located, &where, err);
}

lacuna_status lac_search_terms(bool *found, lac_match *match, const lac_term *const *terms,
                               uint32_t count, const lac_reading *reading, lac_scope scope,
                               lacuna_error *err)
{
    const lac_fact fact = {.name = "", .any = terms, .any_count = count};
    return lac_search_fact(found, match, &fact, reading, scope, err);
}

lacuna_status lac_search_heading(bool *found, lac_match *match, const lac_term *term,
                                 const lac_reading *reading, uint32_t from, lacuna_error *err)
{
    uint32_t end = reading->document->reference_length;
    *found = false;
    while (from < end) {
        lacuna_status status = lac_term_find(found, match, term, reading->index, from, end, err);
        if (status != LACUNA_OK || !*found) {
            return status;
        }
        uint32_t block = lac_document_block_at(reading->document, match->start);
        if (reading->document->blocks[block].level > 0) {
            return LACUNA_OK;
        }
        from = match->start + 1;
    }
    *found = false;
    return LACUNA_OK;
}

lac_scope lac_scope_document(const lac_reading *reading)
{
    return (lac_scope){.to = reading->document->reference_length};
}

lac_scope lac_scope_title(const lac_reading *reading)
{
    const lac_document *document = reading->document;
    uint32_t end = 0;
    for (uint32_t i = 0; i < document->block_count && end < TITLE_BYTES; i++) {
        const lac_block *block = &document->blocks[i];
        if (block->level > 0 && end > 0) {
            break;
        }
        end = block->length > 0 ? block->start + block->length : end;
    }
    return (lac_scope){.to = end < TITLE_BYTES ? end : TITLE_BYTES, .headings = true};
}
