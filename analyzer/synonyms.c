#include "analyzer/synonyms.h"

#include "analyzer/heading_fold.h"
#include "support/arena.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/json_parse.h"
#include "support/json_text.h"

#include <jansson.h>
#include <stdlib.h>

enum { MOST_VARIANTS = 10000, MOST_DEPTH = 8 };

typedef struct variant {
    uint64_t words[LAC_SYNONYM_WORDS];
    uint32_t count;
    uint32_t canonical;
} variant;

struct lac_synonyms {
    variant *variants; /* by first word; longer ones first */
    size_t variant_cap, canonical_cap;
    uint32_t variant_count, canonical_count;
    lac_canonical *canonicals;
};

static lacuna_status fold_phrase(lac_heading_fold *fold, const json_t *value, lacuna_error *err)
{
    const char *text = json_string_value(value);
    if (text == NULL) {
        return lac_fail(err, LACUNA_E_FORMAT, "synonyms: a phrase must be a string");
    }
    lac_heading_fold_make(fold, lac_span_of(text));
    if (fold->count == 0 || fold->count > LAC_SYNONYM_WORDS) {
        return lac_fail(err, LACUNA_E_FORMAT, "synonyms: \"%.60s\" must have 1 to %d words", text,
                        LAC_SYNONYM_WORDS);
    }
    return LACUNA_OK;
}

static lacuna_status fail_growth(lacuna_status status, lacuna_error *err)
{
    return status == LACUNA_E_NOMEM
               ? lac_fail_nomem(err)
               : lac_fail(err, status, "synonyms: more than %d phrases", MOST_VARIANTS);
}

static lacuna_status add_variant(lac_synonyms *s, const json_t *value, lacuna_error *err)
{
    lacuna_status status =
        lac_grow((void **)&s->variants, &s->variant_cap, (size_t)s->variant_count + 1,
                 sizeof *s->variants, MOST_VARIANTS);
    if (status != LACUNA_OK) {
        return fail_growth(status, err);
    }
    lac_heading_fold fold;
    status = fold_phrase(&fold, value, err);
    if (status == LACUNA_OK) {
        variant *added = &s->variants[s->variant_count++];
        added->canonical = s->canonical_count - 1;
        added->count = fold.count;
        memcpy(added->words, fold.folded, fold.count * sizeof *fold.folded);
    }
    return status;
}

static lacuna_status add_group(lac_synonyms *s, const json_t *group, lacuna_error *err)
{
    lacuna_status status =
        lac_grow((void **)&s->canonicals, &s->canonical_cap, (size_t)s->canonical_count + 1,
                 sizeof *s->canonicals, MOST_VARIANTS);
    if (status != LACUNA_OK) {
        return fail_growth(status, err);
    }
    lac_heading_fold fold;
    status = fold_phrase(&fold, json_object_get(group, "canonical"), err);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_canonical *canonical = &s->canonicals[s->canonical_count++];
    canonical->count = fold.count;
    memcpy(canonical->words, fold.folded, fold.count * sizeof *fold.folded);
    memcpy(canonical->weights, fold.weights, fold.count * sizeof *fold.weights);
    const json_t *variants = json_object_get(group, "variants");
    for (size_t i = 0; i < json_array_size(variants) && status == LACUNA_OK; i++) {
        status = add_variant(s, json_array_get(variants, i), err);
    }
    return status;
}

static int compare_variants(const void *left, const void *right)
{
    const variant *a = left;
    const variant *b = right;
    if (a->words[0] != b->words[0]) {
        return a->words[0] < b->words[0] ? -1 : 1;
    }
    if (a->count != b->count) {
        return a->count > b->count ? -1 : 1;
    }
    return a->canonical < b->canonical ? -1 : a->canonical > b->canonical;
}

static lacuna_status read_groups(lac_synonyms *s, const json_t *root, lacuna_error *err)
{
    const json_t *groups = json_object_get(root, "groups");
    if (!json_is_array(groups)) {
        return lac_fail(err, LACUNA_E_FORMAT, "synonyms: \"groups\" must be an array");
    }
    for (size_t i = 0; i < json_array_size(groups); i++) {
        lacuna_status status = add_group(s, json_array_get(groups, i), err);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    if (s->variant_count > 0) {
        qsort(s->variants, s->variant_count, sizeof *s->variants, compare_variants);
    }
    return LACUNA_OK;
}

lacuna_status lac_synonyms_load(lac_synonyms **out, lac_span json, lacuna_error *err)
{
    *out = NULL;
    json_error_t where;
    if (lac_json_depth(json) > MOST_DEPTH) {
        return lac_fail(err, LACUNA_E_FORMAT, "synonyms: JSON nested too deep");
    }
    json_t *root;
    lacuna_status status = lac_json_parse(&root, json, 0, &where);
    if (status == LACUNA_E_FORMAT) {
        return lac_fail(err, LACUNA_E_FORMAT, "synonyms, line %d: %s", where.line, where.text);
    }
    if (status != LACUNA_OK) {
        return lac_fail_nomem(err);
    }
    lac_synonyms *synonyms = calloc(1, sizeof *synonyms);
    status = synonyms == NULL ? lac_fail_nomem(err) : read_groups(synonyms, root, err);
    json_decref(root);
    if (status != LACUNA_OK) {
        lac_synonyms_free(synonyms);
        return status;
    }
    *out = synonyms;
    return LACUNA_OK;
}

void lac_synonyms_free(lac_synonyms *synonyms)
{
    if (synonyms != NULL) {
        free(synonyms->variants);
        free(synonyms->canonicals);
        free(synonyms);
    }
}

static uint32_t first_variant(const lac_synonyms *s, uint64_t word)
{
    uint32_t low = 0;
    uint32_t high = s->variant_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (s->variants[middle].words[0] < word) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t lac_synonyms_match(const lac_synonyms *synonyms, const uint64_t *words, uint32_t count,
                            const lac_canonical **canonical)
{
    for (uint32_t i = first_variant(synonyms, words[0]);
         i < synonyms->variant_count && synonyms->variants[i].words[0] == words[0]; i++) {
        const variant *v = &synonyms->variants[i];
        if (v->count <= count && memcmp(v->words, words, v->count * sizeof *words) == 0) {
            *canonical = &synonyms->canonicals[v->canonical];
            return v->count;
        }
    }
    return 0;
}
