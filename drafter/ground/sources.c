#include "drafter/ground/sources.h"

#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>

/* Sign, relation and unit are compared later. */
static uint64_t value_key(const lac_decimal *value)
{
    char text[LAC_DECIMAL_TEXT];
    lac_decimal plain = *value;
    plain.negative = false;
    return lac_lexicon_hash(lac_span_make(text, lac_decimal_text(text, &plain)));
}

static uint64_t name_key(lac_span name)
{
    enum { NAME_MAX = 96 };
    char lower[NAME_MAX];
    size_t length = name.len < NAME_MAX ? name.len : NAME_MAX;
    for (size_t i = 0; i < length; i++) {
        char c = name.ptr[i];
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
    }
    return lac_lexicon_hash(lac_span_make(lower, length)) + 1;
}

static lacuna_status put(lac_sources *s, uint64_t key, uint32_t passage, uint32_t claim)
{
    void *index = s->index;
    lacuna_status status =
        lac_grow(&index, &s->index_cap, s->index_count + 1, sizeof *s->index, LAC_TOKENS_MAX);
    s->index = index;
    if (status == LACUNA_OK) {
        s->index[s->index_count++] = (lac_indexed_claim){key, passage, claim};
    }
    return status;
}

/* A date is found by day, month and year, and without its year. */
static lacuna_status put_date(lac_sources *s, lac_span date, uint32_t passage, uint32_t claim)
{
    lac_decimal year;
    lacuna_status status = put(s, name_key(date), passage, claim);
    if (status == LACUNA_OK && date.len == 10) {
        char bare[8] = {'-', '-'};
        memcpy(bare + 2, date.ptr + 5, 5);
        status = put(s, name_key(lac_span_make(date.ptr, 7)), passage, claim);
        status =
            status == LACUNA_OK ? put(s, name_key(lac_span_make(bare, 7)), passage, claim) : status;
    }
    if (status == LACUNA_OK && date.len >= 7 &&
        lac_decimal_parse(&year, lac_span_make(date.ptr, 4))) {
        status = put(s, value_key(&year), passage, claim);
    }
    return status;
}

static lacuna_status put_claim(lac_sources *s, uint32_t passage, uint32_t index)
{
    const lac_claim *claim = &s->readings[passage].claims.items[index];
    if (claim->kind == LAC_CLAIM_DATE) {
        return put_date(s, claim->canonical, passage, index);
    }
    if (!lac_claim_has_numbers(claim)) {
        return put(s, name_key(claim->canonical), passage, index);
    }
    lacuna_status status = put(s, value_key(&claim->a.value), passage, index);
    bool second = claim->kind >= LAC_CLAIM_RANGE && claim->kind <= LAC_CLAIM_INTERVAL &&
                  !lac_decimal_equal(&claim->a.value, &claim->b.value);
    return status == LACUNA_OK && second ? put(s, value_key(&claim->b.value), passage, index)
                                         : status;
}

static int compare(const void *a, const void *b)
{
    const lac_indexed_claim *x = a;
    const lac_indexed_claim *y = b;
    if (x->key != y->key) {
        return x->key < y->key ? -1 : 1;
    }
    if (x->passage != y->passage) {
        return x->passage < y->passage ? -1 : 1;
    }
    return (x->claim > y->claim) - (x->claim < y->claim);
}

static lacuna_status read_passages(lac_sources *s, const lac_source_passage *passages,
                                   uint32_t count, lacuna_error *err)
{
    lac_ground_reading *readings = lac_arena_array(&s->arena, (size_t)count + 1, sizeof *readings);
    lac_span *texts = lac_arena_array(&s->arena, (size_t)count + 1, sizeof *texts);
    if (readings == NULL || texts == NULL) {
        return lac_fail_nomem(err);
    }
    s->readings = readings;
    s->texts = texts;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        texts[i] = passages[i].text;
        status = lac_ground_reading_make(&readings[i], &s->arena, &s->lexicon, true,
                                         passages[i].text, passages[i].heading, err);
        s->count = i + 1;
        for (uint32_t c = 0; status == LACUNA_OK && c < readings[i].claims.count; c++) {
            status = put_claim(s, i, c);
        }
    }
    return status == LACUNA_E_NOMEM ? lac_fail_nomem(err) : status;
}

lacuna_status lac_sources_new(lac_sources **out, const lac_source_passage *passages, uint32_t count,
                              lacuna_error *err)
{
    *out = NULL;
    lac_sources *s = calloc(1, sizeof *s);
    if (s == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&s->arena);
    lac_lexicon_init(&s->lexicon);
    lacuna_status status = read_passages(s, passages, count, err);
    if (status == LACUNA_OK) {
        status = lac_passages_new(&s->passages, s->texts, count, err);
    }
    if (status != LACUNA_OK) {
        lac_sources_free(s);
        return status;
    }
    if (s->index_count > 0) {
        qsort(s->index, s->index_count, sizeof *s->index, compare);
    }
    *out = s;
    return LACUNA_OK;
}

void lac_sources_free(lac_sources *sources)
{
    if (sources != NULL) {
        lac_passages_free(sources->passages);
        free(sources->index);
        lac_lexicon_free(&sources->lexicon);
        lac_arena_free(&sources->arena);
        free(sources);
    }
}

static size_t first_not_below(const lac_sources *s, uint64_t key)
{
    size_t low = 0, high = s->index_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->index[middle].key < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void lac_sources_candidates(size_t *first, size_t *end, const lac_sources *sources,
                            const lac_claim *claim)
{
    uint64_t key =
        lac_claim_has_numbers(claim) ? value_key(&claim->a.value) : name_key(claim->canonical);
    *first = first_not_below(sources, key);
    *end = key == UINT64_MAX ? sources->index_count : first_not_below(sources, key + 1);
}
