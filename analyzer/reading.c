#include "analyzer/reading.h"

#include "support/error.h"

#include <stdlib.h>
#include <string.h>

/* ---- section kinds -------------------------------------------------------------------------- */

static bool title_is(lac_span title, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (lac_span_equal_nocase(title, lac_span_of(names[i]))) {
            return true;
        }
    }
    return false;
}

#define TITLE_IS(title, names) title_is(title, names, sizeof(names) / sizeof(names)[0])

lac_span lac_title_without_appendix(lac_span title)
{
    if (!lac_span_starts_nocase(title, "appendix")) {
        return title;
    }
    for (size_t i = 8; i < title.len; i++) {
        if (title.ptr[i] == ':' || title.ptr[i] == '-') {
            return lac_span_trim(lac_span_make(title.ptr + i + 1, title.len - i - 1));
        }
    }
    return title;
}

static lac_section_kind kind_of_title(lac_span full_title)
{
    static const char *const contents[] = {
        "contents",           "table of contents",      "list of tables",         "list of figures",
        "list of appendices", "list of in-text tables", "list of in-text figures"};
    static const char *const references[] = {"references",
                                             "reference",
                                             "reference list",
                                             "references list",
                                             "list of references",
                                             "bibliography",
                                             "literature",
                                             "literature cited",
                                             "works cited",
                                             "cited literature",
                                             "literature references",
                                             "references cited",
                                             "reference section"};
    static const char *const abbreviations[] = {"abbreviations",
                                                "list of abbreviations",
                                                "abbreviations and acronyms",
                                                "list of abbreviations and definitions of terms",
                                                "abbreviations and definitions",
                                                "glossary of terms and abbreviations",
                                                "list of abbreviations and definition of terms",
                                                "glossary",
                                                "glossary of terms",
                                                "acronyms",
                                                "acronyms and abbreviations",
                                                "list of acronyms",
                                                "list of acronyms and abbreviations",
                                                "abbreviations and definition of terms",
                                                "abbreviation",
                                                "list of abbreviations and acronyms",
                                                "definitions and abbreviations",
                                                "abbreviations and definitions of terms",
                                                "terms and abbreviations"};
    lac_span title = lac_title_without_appendix(full_title);
    if (TITLE_IS(title, contents)) {
        return LAC_SECTION_CONTENTS_LIST;
    }
    if (TITLE_IS(title, references)) {
        return LAC_SECTION_REFERENCES;
    }
    return TITLE_IS(title, abbreviations) ? LAC_SECTION_ABBREVIATIONS : LAC_SECTION_CONTENT;
}

/* ---- silent ranges -------------------------------------------------------------------------- */

static int compare_ranges(const void *a, const void *b)
{
    const lac_range *x = a;
    const lac_range *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

/* Joins overlapping ranges in place. */
static uint32_t merge_ranges(lac_range *ranges, uint32_t count)
{
    if (count == 0) {
        return 0;
    }
    qsort(ranges, count, sizeof *ranges, compare_ranges);
    uint32_t kept = 0;
    for (uint32_t i = 1; i < count; i++) {
        if (ranges[i].start <= ranges[kept].end) {
            if (ranges[i].end > ranges[kept].end) {
                ranges[kept].end = ranges[i].end;
            }
        } else {
            ranges[++kept] = ranges[i];
        }
    }
    return kept + 1;
}

static lacuna_status name_sections(lac_reading *reading)
{
    const lac_document *document = reading->document;
    uint8_t *kinds = lac_arena_array(&reading->arena, document->section_count, sizeof *kinds);
    if (kinds == NULL) {
        return LACUNA_E_NOMEM;
    }
    for (uint32_t i = 1; i < document->section_count; i++) {
        kinds[i] = (uint8_t)kind_of_title(document->sections[i].title);
    }
    reading->section_kinds = kinds;
    return LACUNA_OK;
}

/* A few words between many tags ("Primary: #objective#") are the template's, not the writer's. */
static lacuna_status find_unfinished(lac_reading *reading)
{
    enum { FEW_WORDS = 4, WORDS_PER_LEFTOVER = 6 };
    const lac_document *document = reading->document;
    bool *unfinished =
        lac_arena_array(&reading->arena, document->section_count, sizeof *unfinished);
    if (unfinished == NULL) {
        return LACUNA_E_NOMEM;
    }
    for (uint32_t i = 0; i < document->section_count; i++) {
        const lac_section *s = &document->sections[i];
        uint32_t from = s->heading == LAC_NONE ? s->start : s->body;
        uint32_t first;
        uint32_t leftovers = lac_reading_leftovers(reading, from, s->own_end, &first);
        uint32_t words = lac_reading_words(reading, from, s->own_end);
        unfinished[i] = (leftovers >= 1 && words < FEW_WORDS) ||
                        (leftovers >= 2 && words < WORDS_PER_LEFTOVER * leftovers);
    }
    reading->unfinished = unfinished;
    return LACUNA_OK;
}

static bool is_silent_section(const lac_reading *reading, uint32_t section)
{
    return reading->section_kinds[section] != LAC_SECTION_CONTENT || reading->unfinished[section];
}

static lacuna_status find_silent(lac_reading *reading)
{
    const lac_document *document = reading->document;
    size_t most = (size_t)document->section_count + document->block_count;
    lac_range *ranges = lac_arena_array(&reading->arena, most, sizeof *ranges);
    if (ranges == NULL) {
        return LACUNA_E_NOMEM;
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < document->section_count; i++) {
        if (is_silent_section(reading, i)) {
            ranges[count++] =
                (lac_range){document->sections[i].start, document->sections[i].own_end};
        }
    }
    for (uint32_t i = 0; i < document->block_count; i++) {
        const lac_block *block = &document->blocks[i];
        if ((block->flags & LAC_BLOCK_TOC) != 0) {
            ranges[count++] = (lac_range){block->start, block->start + block->length + 1};
        }
    }
    reading->silent_count = merge_ranges(ranges, count);
    reading->silent = ranges;
    return LACUNA_OK;
}

uint32_t lac_reading_silent_end(const lac_reading *reading, uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = reading->silent_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (reading->silent[middle].end <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool inside = low < reading->silent_count && reading->silent[low].start <= offset;
    return inside ? reading->silent[low].end : 0;
}

/* ---- words ---------------------------------------------------------------------------------- */

/* Whether the block at `offset` lists contents; `block` moves on with rising offsets. */
static bool in_contents(const lac_document *document, uint32_t *block, uint32_t offset)
{
    while (*block + 1 < document->block_count && document->blocks[*block + 1].start <= offset) {
        (*block)++;
    }
    return (document->blocks[*block].flags & LAC_BLOCK_TOC) != 0;
}

static lacuna_status count_words(lac_reading *reading)
{
    uint32_t count;
    const lac_token *tokens = lac_text_index_tokens(reading->index, &count);
    uint32_t *sums = lac_arena_array(&reading->arena, (size_t)count + 1, sizeof *sums);
    if (sums == NULL) {
        return LACUNA_E_NOMEM;
    }
    size_t leftover = 0;
    uint32_t block = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = tokens[i].start;
        while (leftover < reading->leftovers.count &&
               reading->leftovers.items[leftover].end <= at) {
            leftover++;
        }
        bool left_over =
            leftover < reading->leftovers.count && reading->leftovers.items[leftover].start <= at;
        bool content = !left_over && !in_contents(reading->document, &block, at);
        sums[i + 1] = sums[i] + (content ? 1 : 0);
    }
    reading->real_words = sums;
    return LACUNA_OK;
}

uint32_t lac_reading_words(const lac_reading *reading, uint32_t start, uint32_t end)
{
    if (end <= start) {
        return 0;
    }
    uint32_t from = lac_text_index_at(reading->index, start);
    uint32_t to = lac_text_index_at(reading->index, end);
    return reading->real_words[to] - reading->real_words[from];
}

/* Index of the first leftover that ends behind `offset`. */
static uint32_t leftover_at(const lac_reading *reading, uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = (uint32_t)reading->leftovers.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (reading->leftovers.items[middle].end <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t lac_reading_leftovers(const lac_reading *reading, uint32_t start, uint32_t end,
                               uint32_t *first)
{
    *first = leftover_at(reading, start);
    uint32_t count = 0;
    for (uint32_t i = *first;
         i < reading->leftovers.count && reading->leftovers.items[i].start < end; i++) {
        count++;
    }
    return count;
}

bool lac_reading_is_leftover(const lac_reading *reading, uint32_t start, uint32_t end)
{
    uint32_t at = leftover_at(reading, start);
    return at < reading->leftovers.count && reading->leftovers.items[at].start < end;
}

/* ---- making --------------------------------------------------------------------------------- */

lacuna_status lac_reading_new(lac_reading **out, const lac_document *document, lacuna_error *err)
{
    *out = NULL;
    lac_reading *reading = calloc(1, sizeof *reading);
    if (reading == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&reading->arena);
    reading->document = document;
    lac_span text = lac_document_slice(document, 0, document->reference_length);
    lacuna_status status = lac_text_index_new(&reading->index, text, err);
    if (status == LACUNA_OK) {
        status = lac_leftovers_find(&reading->leftovers, document, err);
    }
    if (status == LACUNA_OK &&
        (name_sections(reading) != LACUNA_OK || count_words(reading) != LACUNA_OK ||
         find_unfinished(reading) != LACUNA_OK || find_silent(reading) != LACUNA_OK)) {
        status = lac_fail_nomem(err);
    }
    if (status != LACUNA_OK) {
        lac_reading_free(reading);
        return status;
    }
    *out = reading;
    return LACUNA_OK;
}

void lac_reading_free(lac_reading *reading)
{
    if (reading != NULL) {
        lac_text_index_free(reading->index);
        lac_leftovers_free(&reading->leftovers);
        lac_arena_free(&reading->arena);
        free(reading);
    }
}
