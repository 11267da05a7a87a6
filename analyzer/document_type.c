#include "analyzer/document_type.h"

#include "analyzer/evidence.h"
#include "analyzer/search.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/json_parse.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TYPES = 64, FRONT_BYTES = 3000 };

/* What each kind of sign is worth, and from where on a sum is a decision. */
static const double title_weight = 3.0;
static const double heading_weight = 1.0;
static const double phrase_weight = 0.7;
static const double against_weight = -0.8;
static const double against_heading_weight = -6.0; /* as much as all headings that speak for it */
static const double heading_most = 6.0;
static const double decisive = 3.0;

typedef struct term_list {
    const lac_term **terms;
    uint32_t count;
} term_list;

typedef struct document_type {
    const char *id, *title;
    term_list titles, headings, phrases, against, against_headings;
} document_type;

struct lac_document_types {
    lac_arena arena;
    document_type items[MAX_TYPES];
    uint32_t count;
};

static lacuna_status read_terms(term_list *out, lac_arena *arena, const json_t *object,
                                const char *key, lacuna_error *err)
{
    const json_t *array = json_object_get(object, key);
    size_t count = json_array_size(array);
    out->terms = lac_arena_array(arena, count, sizeof *out->terms);
    if (out->terms == NULL) {
        return lac_fail_nomem(err);
    }
    for (size_t i = 0; i < count; i++) {
        const char *source = json_string_value(json_array_get(array, i));
        lac_term *term = NULL;
        if (source == NULL) {
            return lac_fail(err, LACUNA_E_FORMAT, "document types: \"%s\" holds a non-string", key);
        }
        lacuna_status status = lac_term_parse(&term, arena, source, err);
        if (status != LACUNA_OK) {
            return status;
        }
        out->terms[out->count++] = term;
    }
    return LACUNA_OK;
}

static lacuna_status read_type(document_type *out, lac_arena *arena, const json_t *object,
                               lacuna_error *err)
{
    const char *id = json_string_value(json_object_get(object, "id"));
    const char *title = json_string_value(json_object_get(object, "title"));
    if (id == NULL || title == NULL) {
        return lac_fail(err, LACUNA_E_FORMAT, "document types: a type needs \"id\" and \"title\"");
    }
    out->id = lac_arena_copy(arena, lac_span_of(id));
    out->title = lac_arena_copy(arena, lac_span_of(title));
    if (out->id == NULL || out->title == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = read_terms(&out->titles, arena, object, "titles", err);
    if (status == LACUNA_OK) {
        status = read_terms(&out->headings, arena, object, "headings", err);
    }
    if (status == LACUNA_OK) {
        status = read_terms(&out->phrases, arena, object, "phrases", err);
    }
    if (status == LACUNA_OK) {
        status = read_terms(&out->against, arena, object, "against", err);
    }
    return status == LACUNA_OK
               ? read_terms(&out->against_headings, arena, object, "against_headings", err)
               : status;
}

static lacuna_status read_types(lac_document_types *types, const json_t *root, lacuna_error *err)
{
    const json_t *array = json_object_get(root, "types");
    size_t count = json_array_size(array);
    if (count == 0 || count > MAX_TYPES) {
        return lac_fail(err, LACUNA_E_FORMAT, "document types: 1 to %d types expected", MAX_TYPES);
    }
    for (size_t i = 0; i < count; i++) {
        lacuna_status status =
            read_type(&types->items[i], &types->arena, json_array_get(array, i), err);
        types->count = (uint32_t)i + 1;
        if (status != LACUNA_OK) {
            return status;
        }
    }
    return LACUNA_OK;
}

lacuna_status lac_document_types_load(lac_document_types **out, lac_span json, lacuna_error *err)
{
    *out = NULL;
    json_error_t where;
    json_t *root;
    lacuna_status status = lac_json_parse(&root, json, 0, &where);
    if (status == LACUNA_E_FORMAT) {
        return lac_fail(err, LACUNA_E_FORMAT, "document types, line %d: %s", where.line,
                        where.text);
    }
    if (status != LACUNA_OK) {
        return lac_fail_nomem(err);
    }
    lac_document_types *types = calloc(1, sizeof *types);
    if (types == NULL) {
        status = lac_fail_nomem(err);
        goto cleanup;
    }
    lac_arena_init(&types->arena);
    status = read_types(types, root, err);
    if (status != LACUNA_OK) {
        lac_document_types_free(types);
        types = NULL;
    }
    *out = types;
cleanup:
    json_decref(root);
    return status;
}

static void release_list(const term_list *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        lac_term_release((lac_term *)(uintptr_t)list->terms[i]);
    }
}

void lac_document_types_free(lac_document_types *types)
{
    if (types == NULL) {
        return;
    }
    for (uint32_t i = 0; i < types->count; i++) {
        release_list(&types->items[i].titles);
        release_list(&types->items[i].headings);
        release_list(&types->items[i].phrases);
        release_list(&types->items[i].against);
        release_list(&types->items[i].against_headings);
    }
    lac_arena_free(&types->arena);
    free(types);
}

const char *lac_document_type_title(const lac_document_types *types, const char *id)
{
    for (uint32_t i = 0; i < types->count; i++) {
        if (strcmp(types->items[i].id, id) == 0) {
            return types->items[i].title;
        }
    }
    return NULL;
}

/* ---- scoring -------------------------------------------------------------------------------- */

typedef struct score {
    double sum;
    lac_match title, heading, phrase;
    uint32_t titles, headings, phrases, against, against_headings;
} score;

/* The title page: the text before the first heading with content, at most FRONT_BYTES. */
static uint32_t front_end(const lac_reading *reading)
{
    uint32_t length = reading->document->reference_length;
    return length < FRONT_BYTES ? length : FRONT_BYTES;
}

static lacuna_status score_titles(score *s, const document_type *type, const lac_reading *reading,
                                  lacuna_error *err)
{
    uint32_t end = front_end(reading);
    for (uint32_t i = 0; i < type->titles.count; i++) {
        bool found;
        lac_match match;
        lacuna_status status =
            lac_term_find(&found, &match, type->titles.terms[i], reading->index, 0, end, err);
        if (status != LACUNA_OK) {
            return status;
        }
        if (found) {
            /* Terms stand in falling strength; the first words of a document weigh most. */
            double place = match.start < 400 ? 1.0 : 0.6;
            double rank = i < 5 ? 1.0 : 0.7;
            double worth = title_weight * place * rank;
            s->sum += s->titles == 0 ? worth : 0.3 * worth;
            if (s->titles++ == 0) {
                s->title = match;
            }
        }
    }
    return LACUNA_OK;
}

/* How many of the terms stand in headings. */
static lacuna_status count_headings(uint32_t *count, lac_match *first, const term_list *list,
                                    const lac_reading *reading, lacuna_error *err)
{
    for (uint32_t i = 0; i < list->count; i++) {
        bool found;
        lac_match match;
        lacuna_status status = lac_search_heading(&found, &match, list->terms[i], reading, 0, err);
        if (status != LACUNA_OK) {
            return status;
        }
        if (found && (*count)++ == 0) {
            *first = match;
        }
    }
    return LACUNA_OK;
}

static lacuna_status score_headings(score *s, const document_type *type, const lac_reading *reading,
                                    lacuna_error *err)
{
    lac_match unused;
    lacuna_status status = count_headings(&s->headings, &s->heading, &type->headings, reading, err);
    if (status == LACUNA_OK) {
        status =
            count_headings(&s->against_headings, &unused, &type->against_headings, reading, err);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    double worth = heading_weight * (double)s->headings;
    s->sum += worth < heading_most ? worth : heading_most;
    return LACUNA_OK;
}

static lacuna_status count_found(uint32_t *count, lac_match *first, const term_list *list,
                                 const lac_reading *reading, uint32_t end, lacuna_error *err)
{
    for (uint32_t i = 0; i < list->count; i++) {
        bool found;
        lac_match match;
        lacuna_status status =
            lac_term_find(&found, &match, list->terms[i], reading->index, 0, end, err);
        if (status != LACUNA_OK) {
            return status;
        }
        if (found && (*count)++ == 0) {
            *first = match;
        }
    }
    return LACUNA_OK;
}

static lacuna_status score_type(score *s, const document_type *type, const lac_reading *reading,
                                lacuna_error *err)
{
    *s = (score){0};
    lac_match unused;
    uint32_t all = reading->document->reference_length;
    lacuna_status status = score_titles(s, type, reading, err);
    if (status == LACUNA_OK) {
        status = score_headings(s, type, reading, err);
    }
    if (status == LACUNA_OK) {
        status = count_found(&s->phrases, &s->phrase, &type->phrases, reading, all, err);
    }
    if (status == LACUNA_OK) {
        status =
            count_found(&s->against, &unused, &type->against, reading, front_end(reading), err);
    }
    s->sum += phrase_weight * s->phrases + against_weight * s->against;
    /* A published protocol may have a section for results to come: its other words tell. */
    s->sum += s->phrases < 2 ? against_heading_weight * s->against_headings : 0.0;
    return status;
}

static lacuna_status describe(lac_detection *out, lac_arena *arena, const document_type *type,
                              const score *s, const lac_reading *reading, lacuna_error *err)
{
    lac_buf text;
    lac_buf_init(&text, 1024);
    lacuna_status status = LACUNA_OK;
    if (s->titles > 0) {
        lac_span words = lac_document_slice(reading->document, s->title.start, s->title.end);
        status = lac_buf_printf(&text, "\"%.*s\" on line %u; ", (int)words.len, words.ptr,
                                lac_document_line(reading->document, s->title.start));
    }
    if (status == LACUNA_OK) {
        status = lac_buf_printf(&text, "%u headings and %u phrases of a %s", s->headings,
                                s->phrases, type->title);
    }
    if (status == LACUNA_OK) {
        out->evidence = lac_arena_copy(arena, lac_buf_span(&text));
        status = out->evidence == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
    }
    lac_buf_free(&text);
    return status == LACUNA_OK ? status : lac_fail_nomem(err);
}

/* The words are the whole line, and more than one: "Statistical Analysis Plan", but not "Protocol",
 * which heads the steps of any experiment. */
static bool is_whole_line(const lac_document *document, lac_match title)
{
    lac_span words = lac_document_slice(document, title.start, title.end);
    lac_span text = lac_document_slice(document, 0, document->reference_length);
    bool starts = title.start == 0 || text.ptr[title.start - 1] == '\n';
    bool ends = title.end == text.len || text.ptr[title.end] == '\n';
    return starts && ends && memchr(words.ptr, ' ', words.len) != NULL;
}

/* One kind of sign alone decides little: many documents name a protocol or a consent form. */
static bool is_decisive(const score *s, const lac_document *document)
{
    bool on_top = s->titles > 0 && lac_document_line(document, s->title.start) == 1;
    uint32_t others = on_top ? 1 : 2;
    bool named = on_top && is_whole_line(document, s->title);
    bool titled = s->titles > 0 && (s->headings >= others || s->phrases >= others);
    bool built = s->headings >= 4 || (s->headings >= 3 && s->phrases >= 1);
    return s->sum >= decisive && (titled || built || named);
}

lacuna_status lac_detect_type(lac_detection *out, lac_arena *arena, const lac_document_types *types,
                              const lac_reading *reading, lacuna_error *err)
{
    *out = (lac_detection){"", 0.0,
                           "too few titles, headings and phrases of any known type were found"};
    score best = {0};
    score second = {0};
    const document_type *winner = NULL;
    for (uint32_t i = 0; i < types->count; i++) {
        score s;
        lacuna_status status = score_type(&s, &types->items[i], reading, err);
        if (status != LACUNA_OK) {
            return status;
        }
        if (winner == NULL || s.sum > best.sum) {
            second = best;
            best = s;
            winner = &types->items[i];
        } else if (s.sum > second.sum) {
            second = s;
        }
    }
    if (winner == NULL || !is_decisive(&best, reading->document)) {
        return LACUNA_OK;
    }
    out->value = winner->id;
    double margin = second.sum <= 0 ? 1.0 : 1.0 - second.sum / best.sum;
    double strength = best.sum / (best.sum + decisive);
    out->confidence = 0.5 * strength + 0.5 * margin;
    return describe(out, arena, winner, &best, reading, err);
}
