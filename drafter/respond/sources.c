#include "drafter/respond/sources.h"

#include "drafter/ground/passages.h"
#include "drafter/ground/token.h"
#include "drafter/ground/words.h"
#include "drafter/retrieval.h"
#include "support/error.h"

#include <stdlib.h>

enum {
    WHOLE_BYTES = 8192, /* a document that is cited as a whole is a source up to this length */
    PLACES_MAX = 3,     /* of one cite: where there are more, nobody knows which is meant */
    STEMS_MAX = 512,
    LEAST_SHARED = 2, /* words with a source that is cited; one in common is chance */
    LEAST_SHARED_ELSEWHERE = 3,
    FOUND_MAX = 5, /* sources of a step that it does not cite */
};

/* Of the best source's score: what speaks less of the question is left to a person to put in. */
static const double LEAST_SHARE = 0.5;

typedef struct finding {
    lac_response_plan *plan;
    lac_source_document *documents; /* for retrieval */
    uint32_t *filed;                /* index into the filed set, of each */
    uint32_t count;
    lac_retrieval *retrieval;
    lacuna_error *err;
} finding;

/* ---- sources -------------------------------------------------------------------------------- */

lacuna_status lac_response_pin(lac_response_source *source, const lac_filed_set *filed,
                               lacuna_error *err)
{
    const lac_document *document = filed->documents[source->document].document;
    return lac_sha256(&source->digest, lac_document_slice(document, source->start, source->end),
                      err);
}

/* Whole lines, without empty ones at both ends: what the file can say by line numbers. */
static void trim(lac_response_source *source, const lac_document *document)
{
    const char *text = document->text.ptr;
    while (source->end > source->start && text[source->end - 1] == '\n') {
        source->end--;
    }
    while (source->start < source->end && text[source->start] == '\n') {
        source->start++;
    }
}

static bool is_there(const lac_response_plan *plan, const lac_response_step *step,
                     const lac_response_source *source)
{
    const lac_document *document = plan->filed->documents[source->document].document;
    for (uint32_t i = 0; i < step->source_count; i++) {
        const lac_response_source *other = &step->sources[i];
        if (plan->filed->documents[other->document].document == document &&
            other->start <= source->start && source->end <= other->end) {
            return true;
        }
    }
    return false;
}

static lacuna_status add(finding *f, lac_response_step *step, lac_response_source source)
{
    const lac_document *document = f->plan->filed->documents[source.document].document;
    trim(&source, document);
    if (source.start >= source.end || step->source_count == LAC_RESPONSE_SOURCES_MAX ||
        is_there(f->plan, step, &source)) {
        return LACUNA_OK;
    }
    step->sources[step->source_count] = source;
    return lac_response_pin(&step->sources[step->source_count++], f->plan->filed, f->err);
}

/* A section with its sub-sections; a document as a whole where it is short. */
static lacuna_status add_cited(finding *f, lac_response_step *step, const lac_cite_place *place)
{
    if (place->document == LAC_NONE) {
        return LACUNA_OK;
    }
    const lac_document *document = f->plan->filed->documents[place->document].document;
    if (document == NULL) {
        return LACUNA_OK;
    }
    lac_response_source source = {.document = place->document, .cited = true};
    if (place->section != LAC_NONE) {
        const lac_section *section = &document->sections[place->section];
        source.section = place->section;
        source.start = section->body;
        source.end = section->end;
        return add(f, step, source);
    }
    source.end = document->reference_length;
    return source.end <= WHOLE_BYTES ? add(f, step, source) : LACUNA_OK;
}

static lacuna_status add_cites(finding *f, lac_response_step *step)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t c = 0; c < step->query->cite_count; c++) {
        const lac_resolved_cite *cite = &step->cites[c];
        for (uint32_t p = 0; p < cite->place_count && cite->place_count <= PLACES_MAX; p++) {
            status = status == LACUNA_OK ? add_cited(f, step, &cite->places[p]) : status;
        }
    }
    return status;
}

static lacuna_status add_found(finding *f, lac_response_step *step)
{
    lac_found found[FOUND_MAX];
    uint32_t count = 0;
    const lac_item item = {.title = "", .requirement = step->query->text};
    lacuna_status status =
        lac_retrieval_find(found, &count, FOUND_MAX, f->retrieval, &item, f->err);
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        if (found[i].score >= LEAST_SHARE * found[0].score) {
            status = add(f, step,
                         (lac_response_source){.document = f->filed[found[i].document],
                                               .section = found[i].section,
                                               .start = found[i].start,
                                               .end = found[i].end});
        }
    }
    return status;
}

/* Each text once, whatever number of placements it has. */
static void list_documents(finding *f)
{
    const lac_filed_set *filed = f->plan->filed;
    for (uint32_t i = 0; i < filed->document_count; i++) {
        bool known = filed->documents[i].document == NULL;
        for (uint32_t k = 0; k < f->count && !known; k++) {
            known = f->documents[k].document == filed->documents[i].document;
        }
        if (!known) {
            f->filed[f->count] = i;
            f->documents[f->count++] =
                (lac_source_document){filed->documents[i].path, "", filed->documents[i].document};
        }
    }
}

lacuna_status lac_response_find_sources(lac_response_plan *plan, lacuna_error *err)
{
    finding f = {.plan = plan, .err = err};
    size_t most = (size_t)plan->filed->document_count + 1;
    f.documents = calloc(most, sizeof *f.documents);
    f.filed = calloc(most, sizeof *f.filed);
    lacuna_status status = f.documents == NULL || f.filed == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    if (status == LACUNA_OK) {
        list_documents(&f);
        status = lac_retrieval_new(&f.retrieval, f.documents, f.count, err);
    }
    for (uint32_t i = 0; i < plan->step_count && status == LACUNA_OK; i++) {
        status = add_cites(&f, &plan->steps[i]);
        status = status == LACUNA_OK ? add_found(&f, &plan->steps[i]) : status;
    }
    lac_retrieval_free(f.retrieval);
    free(f.documents);
    free(f.filed);
    return status;
}

/* ---- passages ------------------------------------------------------------------------------- */

typedef struct stems {
    char items[STEMS_MAX][LAC_STEM_MAX];
    size_t lengths[STEMS_MAX];
    bool seen[STEMS_MAX];
    uint32_t count;
} stems;

static lac_span stem_at(const stems *set, uint32_t index)
{
    return lac_span_make(set->items[index], set->lengths[index]);
}

/* Words that say something; numbers count as words. */
static bool take_stem(char stem[LAC_STEM_MAX], size_t *length, const lac_ground_token *token)
{
    if (token->kind == LAC_TOKEN_WORD && lac_word_of(token->form).class == LAC_WORD_CONTENT &&
        token->form.len > 2) {
        *length = lac_word_stem(stem, token->form);
        return true;
    }
    bool number = (token->kind == LAC_TOKEN_NUMBER || token->kind == LAC_TOKEN_DOTTED) &&
                  token->form.len > 1 && token->form.len < LAC_STEM_MAX;
    if (number) {
        memcpy(stem, token->form.ptr, token->form.len);
        *length = token->form.len;
    }
    return number;
}

static lacuna_status read_stems(stems *set, const char *text, lacuna_error *err)
{
    lac_arena arena;
    lac_ground_tokens tokens;
    lac_arena_init(&arena);
    lacuna_status status = lac_ground_tokens_make(&tokens, &arena, lac_span_of(text), err);
    for (uint32_t i = 0; status == LACUNA_OK && i < tokens.count && set->count < STEMS_MAX; i++) {
        if (take_stem(set->items[set->count], &set->lengths[set->count], &tokens.items[i])) {
            bool known = false;
            for (uint32_t k = 0; k < set->count && !known; k++) {
                known = lac_span_equal(stem_at(set, k), stem_at(set, set->count));
            }
            set->count += known ? 0 : 1;
        }
    }
    lac_arena_free(&arena);
    return status;
}

static lacuna_status count_shared(uint32_t *shared, stems *set, lac_span text, lacuna_error *err)
{
    lac_arena arena;
    lac_ground_tokens tokens;
    char stem[LAC_STEM_MAX];
    size_t length;
    *shared = 0;
    memset(set->seen, 0, sizeof set->seen);
    lac_arena_init(&arena);
    lacuna_status status = lac_ground_tokens_make(&tokens, &arena, text, err);
    for (uint32_t i = 0; status == LACUNA_OK && i < tokens.count; i++) {
        if (!take_stem(stem, &length, &tokens.items[i])) {
            continue;
        }
        for (uint32_t k = 0; k < set->count; k++) {
            if (!set->seen[k] && lac_span_equal(stem_at(set, k), lac_span_make(stem, length))) {
                set->seen[k] = true;
                (*shared)++;
            }
        }
    }
    lac_arena_free(&arena);
    return status;
}

/* Keeps the best, in document order: the one with the fewest shared words makes room. */
static void keep_best(lac_response_passage *out, uint32_t *count, lac_response_passage one)
{
    if (*count == LAC_RESPONSE_PASSAGES_MAX) {
        uint32_t least = *count - 1;
        for (uint32_t i = *count; i-- > 0;) {
            least = out[i].shared < out[least].shared ? i : least;
        }
        if (out[least].shared >= one.shared) {
            return;
        }
        memmove(&out[least], &out[least + 1], (*count - 1 - least) * sizeof *out);
        (*count)--;
    }
    out[(*count)++] = one;
}

/* All that share enough words with the question; where none does, the one that shares most. */
static void drop_chance(lac_response_passage *out, uint32_t *count, uint32_t least)
{
    uint32_t kept = 0, most = 0;
    for (uint32_t i = 0; i < *count; i++) {
        most = out[i].shared > most ? out[i].shared : most;
    }
    least = most < least ? most : least;
    for (uint32_t i = 0; i < *count; i++) {
        if (out[i].shared >= least) {
            out[kept++] = out[i];
        }
    }
    *count = kept;
}

lacuna_status lac_response_passages(lac_response_passage *out, uint32_t *count,
                                    const lac_filed_set *filed, const lac_response_source *source,
                                    const lac_letter_query *query, lacuna_error *err)
{
    const lac_document *document = filed->documents[source->document].document;
    uint32_t at = lac_document_block_at(document, source->start);
    *count = 0;
    stems *set = calloc(1, sizeof *set);
    if (set == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = read_stems(set, query->text, err);
    while (status == LACUNA_OK && at != LAC_NONE && at < document->block_count &&
           document->blocks[at].start < source->end) {
        const lac_block *block = &document->blocks[at];
        uint32_t shared = 0;
        lac_span text = lac_passage_take(document, &at);
        if (text.len == 0 || block->start < source->start) {
            continue;
        }
        status = count_shared(&shared, set, text, err);
        if (status == LACUNA_OK && shared > 0) {
            keep_best(out, count,
                      (lac_response_passage){.text = text,
                                             .section = block->section,
                                             .table = block->table,
                                             .start = block->start,
                                             .shared = shared});
        }
    }
    free(set);
    drop_chance(out, count, source->cited ? LEAST_SHARED : LEAST_SHARED_ELSEWHERE);
    return status;
}
