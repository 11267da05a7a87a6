#include "analyzer/locate.h"

#include "analyzer/heading_words.h"
#include "analyzer/search.h"
#include "support/error.h"

#include <string.h>

enum {
    MAX_SECTIONS = 20000
}; /* real documents have hundreds; the table of likeness is quadratic */

/* Thresholds and weights of the votes; tuned on the development labels (tests/eval/gaps.py). */
static const double look_at = 0.45;     /* titles less alike are no candidates */
static const double firm_title = 0.80;  /* a heading this alike names the item by itself */
static const double take = 0.60;        /* total from which a candidate is taken, if confirmed */
static const double near_best = 0.18;   /* further sections this close to the best are taken too */
static const double number_vote = 0.30; /* times the trust in the document's numbering */
static const double parent_vote = 0.08;
static const double order_vote = 0.05;
static const double claimed_by_other = 0.15;
static const double whole_title = 0.95; /* alike in full, as far as synonyms can tell */
static const double trust_title = 0.60; /* same number, title at least this alike: trusted */

/* Likeness of every item to every section: rows are items. */
typedef struct likeness {
    float *title;
    uint32_t items, sections;
} likeness;

typedef struct aligner {
    lac_arena *scratch;
    const lac_reading *reading;
    const lac_checklist *checklist;
    const char *type; /* of the document */
    const lac_synonyms *synonyms;
    lac_heading_words *headings; /* per section */
    likeness like;
    uint32_t *owner; /* per section: item that names it best, LAC_NONE */
    float *owner_title;
    uint32_t *firm_section; /* per item: its best firm section, LAC_NONE */
    bool *unnamed;          /* per section: its heading is like no item's */
    double trust;
} aligner;

static float *cell(const aligner *a, uint32_t item, uint32_t section)
{
    return &a->like.title[(size_t)item * a->like.sections + section];
}

/* ---- titles --------------------------------------------------------------------------------- */

static lacuna_status read_headings(aligner *a)
{
    const lac_document *document = a->reading->document;
    a->headings = lac_arena_array(a->scratch, document->section_count, sizeof *a->headings);
    if (a->headings == NULL) {
        return LACUNA_E_NOMEM;
    }
    for (uint32_t i = 1; i < document->section_count; i++) {
        lacuna_status status = lac_heading_words_make(
            &a->headings[i], a->scratch, a->checklist->synonyms, document->sections[i].title);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    return LACUNA_OK;
}

static lacuna_status compare_name(aligner *a, uint32_t item, const char *name)
{
    lac_heading_words words;
    lacuna_status status =
        lac_heading_words_make(&words, a->scratch, a->checklist->synonyms, lac_span_of(name));
    for (uint32_t s = 1; s < a->like.sections && status == LACUNA_OK; s++) {
        if (a->reading->section_kinds[s] == LAC_SECTION_CONTENTS_LIST) {
            continue;
        }
        float score = (float)lac_heading_likeness(&words, &a->headings[s]);
        if (score > *cell(a, item, s)) {
            *cell(a, item, s) = score;
        }
    }
    return status;
}

static lacuna_status compare_titles(aligner *a)
{
    a->like.items = a->checklist->item_count;
    a->like.sections = a->reading->document->section_count;
    size_t cells = (size_t)a->like.items * a->like.sections;
    a->like.title = lac_arena_array(a->scratch, cells, sizeof *a->like.title);
    if (a->like.title == NULL) {
        return LACUNA_E_NOMEM;
    }
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < a->like.items && status == LACUNA_OK; i++) {
        const lac_item *item = &a->checklist->items[i];
        if (!lac_item_serves(a->checklist, item, a->type)) {
            continue;
        }
        status = compare_name(a, i, item->title);
        for (uint32_t n = 0; n < item->alias_count && status == LACUNA_OK; n++) {
            status = compare_name(a, i, item->aliases[n]);
        }
    }
    return status;
}

/* ---- sections about other work -------------------------------------------------------------- */

static lacuna_status mark_named(aligner *a, bool *marks, const char *name)
{
    lac_heading_words words;
    lacuna_status status =
        lac_heading_words_make(&words, a->scratch, a->checklist->synonyms, lac_span_of(name));
    for (uint32_t s = 1; s < a->like.sections && status == LACUNA_OK; s++) {
        marks[s] = marks[s] || lac_heading_likeness(&words, &a->headings[s]) >= whole_title;
    }
    return status;
}

/* The sections whose heading is one of the pack's `background`, with what lies below them. */
static lacuna_status mark_background(aligner *a, lac_arena *arena, lac_locations *out)
{
    if (a->checklist->background_count == 0) {
        return LACUNA_OK;
    }
    bool *marks = lac_arena_array(arena, a->like.sections, sizeof *marks);
    lacuna_status status = marks == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
    for (uint32_t i = 0; i < a->checklist->background_count && status == LACUNA_OK; i++) {
        status = mark_named(a, marks, a->checklist->background[i]);
    }
    const lac_section *sections = a->reading->document->sections;
    for (uint32_t s = 1; s < a->like.sections && status == LACUNA_OK; s++) {
        marks[s] = marks[s] || marks[sections[s].parent];
    }
    out->background = marks;
    return status;
}

/* ---- numbers -------------------------------------------------------------------------------- */

static lac_span bare_number(lac_span number)
{
    while (number.len > 0 && number.ptr[number.len - 1] == '.') {
        number.len--;
    }
    return number;
}

static bool number_agrees(const aligner *a, uint32_t index, uint32_t section)
{
    const lac_item *item = &a->checklist->items[index];
    lac_span number = bare_number(a->reading->document->sections[section].number);
    if (!lac_item_serves(a->checklist, item, a->type)) {
        return false;
    }
    for (uint32_t i = 0; i < item->number_count && number.len > 0; i++) {
        if (lac_span_equal(number, bare_number(lac_span_of(item->numbers[i])))) {
            return true;
        }
    }
    return false;
}

/* Among the headings that carry an item's number, the share that also carry its title. */
static double measure_trust(const aligner *a)
{
    uint32_t same_number = 0;
    uint32_t same_title = 0;
    for (uint32_t s = 1; s < a->like.sections; s++) {
        for (uint32_t i = 0; i < a->like.items; i++) {
            if (number_agrees(a, i, s)) {
                same_number++;
                same_title += *cell(a, i, s) >= (float)trust_title;
            }
        }
    }
    return same_number < 3 ? 0.0 : (double)same_title / same_number;
}

/* ---- who owns a section --------------------------------------------------------------------- */

static void find_owners(aligner *a)
{
    for (uint32_t s = 0; s < a->like.sections; s++) {
        a->owner[s] = LAC_NONE;
        for (uint32_t i = 0; i < a->like.items; i++) {
            float score = *cell(a, i, s);
            if (score >= (float)firm_title && score > a->owner_title[s]) {
                a->owner[s] = i;
                a->owner_title[s] = score;
            }
        }
    }
    for (uint32_t i = 0; i < a->like.items; i++) {
        a->firm_section[i] = LAC_NONE;
        float best = (float)firm_title;
        for (uint32_t s = 1; s < a->like.sections; s++) {
            if (*cell(a, i, s) >= best) {
                best = *cell(a, i, s) + 0.0001F;
                a->firm_section[i] = s;
            }
        }
    }
}

static bool is_ancestor(const lac_checklist *checklist, uint32_t ancestor, uint32_t item)
{
    for (uint32_t at = item; at != LAC_NONE; at = checklist->items[at].parent) {
        if (at == ancestor) {
            return true;
        }
    }
    return false;
}

static bool belongs_to_other(const aligner *a, uint32_t item, uint32_t section)
{
    uint32_t owner = a->owner[section];
    return owner != LAC_NONE && owner != item &&
           a->owner_title[section] >= *cell(a, item, section) + 0.12F &&
           !is_ancestor(a->checklist, owner, item) && !is_ancestor(a->checklist, item, owner);
}

/* A parent's heading often contains its child's words, and the other way round: the one of the
 * family it fits clearly better has it; the others only as far as their content stands there. */
static bool fits_relative_better(const aligner *a, uint32_t item, uint32_t section)
{
    uint32_t owner = a->owner[section];
    return owner != LAC_NONE && owner != item &&
           a->owner_title[section] >= *cell(a, item, section) + 0.04F &&
           (is_ancestor(a->checklist, owner, item) || is_ancestor(a->checklist, item, owner));
}

/* ---- the other votes ------------------------------------------------------------------------ */

/* The section lies below one that belongs to an ancestor of the item. */
static bool parent_agrees(const aligner *a, uint32_t item, uint32_t section)
{
    const lac_section *sections = a->reading->document->sections;
    for (uint32_t up = a->checklist->items[item].parent; up != LAC_NONE;
         up = a->checklist->items[up].parent) {
        for (uint32_t s = section; s != 0; s = sections[s].parent) {
            if (*cell(a, up, s) >= (float)firm_title) {
                return true;
            }
        }
    }
    return false;
}

/* The section lies between those of the nearest located neighbours in the checklist. */
static int order_agrees(const aligner *a, uint32_t item, uint32_t section)
{
    int before = 0;
    int after = 0;
    for (uint32_t i = item; i-- > 0 && before == 0;) {
        if (a->firm_section[i] != LAC_NONE) {
            before = a->firm_section[i] <= section ? 1 : -1;
        }
    }
    for (uint32_t i = item + 1; i < a->like.items && after == 0; i++) {
        if (a->firm_section[i] != LAC_NONE) {
            after = a->firm_section[i] >= section ? 1 : -1;
        }
    }
    return before + after;
}

static double score(const aligner *a, uint32_t item, uint32_t section, lac_place *place)
{
    double title = (double)*cell(a, item, section);
    double total = title;
    bool number = number_agrees(a, item, section);
    /* With a section taken out, those behind it carry other items' numbers: their titles tell. */
    bool other = belongs_to_other(a, item, section);
    if (number) {
        total += number_vote * a->trust;
    }
    total += parent_agrees(a, item, section) ? parent_vote : 0.0;
    total += order_vote * 0.5 * order_agrees(a, item, section);
    total -= other ? claimed_by_other : 0.0;
    bool renumbered = other && title < trust_title && a->owner_title[section] >= (float)whole_title;
    bool numbered = number && a->trust >= 0.5 && title >= 0.3 && !renumbered;
    bool named = title >= firm_title && !other && !fits_relative_better(a, item, section);
    *place = (lac_place){section, total, title, named || numbered};
    return total;
}

/* ---- choosing ------------------------------------------------------------------------------- */

/* Keeps `list` sorted by falling score, at most `max` long; equal scores keep document order. */
static void insert(lac_place *list, uint32_t *count, uint32_t max, lac_place place)
{
    uint32_t at = *count;
    while (at > 0 && list[at - 1].score < place.score) {
        at--;
    }
    if (at >= max) {
        return;
    }
    uint32_t last = *count < max ? *count : max - 1;
    for (uint32_t i = last; i > at; i--) {
        list[i] = list[i - 1];
    }
    list[at] = place;
    *count = *count < max ? *count + 1 : max;
}

static bool inside_taken(const lac_document *document, const lac_location *location,
                         uint32_t section)
{
    for (uint32_t i = 0; i < location->place_count; i++) {
        const lac_section *taken = &document->sections[location->places[i].section];
        const lac_section *s = &document->sections[section];
        if (s->start >= taken->start && s->end <= taken->end) {
            return true;
        }
    }
    return false;
}

/* Votes can add up to more than certainty; ranking needs the sum, readers a share. */
static void clamp(lac_place *places, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        places[i].score = places[i].score > 1.0 ? 1.0 : places[i].score;
        places[i].score = places[i].score < 0.0 ? 0.0 : places[i].score;
    }
}

/* A section with text of its own whose heading is like no item's. */
static void find_unnamed(aligner *a)
{
    enum { SOME_WORDS = 12 };
    const lac_document *document = a->reading->document;
    for (uint32_t s = 1; s < a->like.sections; s++) {
        const lac_section *own = &document->sections[s];
        a->unnamed[s] = a->reading->section_kinds[s] == LAC_SECTION_CONTENT &&
                        !a->reading->unfinished[s] &&
                        lac_reading_words(a->reading, own->body, own->own_end) >= SOME_WORDS;
        for (uint32_t i = 0; i < a->like.items && a->unnamed[s]; i++) {
            a->unnamed[s] = *cell(a, i, s) < (float)look_at;
        }
    }
}

/* Where an item without a section would stand by its number. Between its neighbours would be too
 * little: loose terms stand in many sections. */
static void choose_unnamed(const aligner *a, uint32_t item, lac_location *out)
{
    for (uint32_t s = 1; s < a->like.sections; s++) {
        if (!a->unnamed[s]) {
            continue;
        }
        bool numbered = a->trust >= 0.5 && number_agrees(a, item, s);
        if (numbered) {
            lac_place place = {s, take, 0.0, true};
            insert(out->unnamed, &out->unnamed_count, LAC_MAX_UNNAMED, place);
        }
    }
}

static void choose(const aligner *a, uint32_t item, lac_location *out)
{
    enum { POOL = LAC_MAX_PLACES + LAC_MAX_NEAREST + 4 };
    lac_place pool[POOL];
    uint32_t count = 0;
    for (uint32_t s = 1; s < a->like.sections; s++) {
        bool numbered = a->trust >= 0.5 && number_agrees(a, item, s);
        if (*cell(a, item, s) >= (float)look_at || numbered) {
            lac_place place;
            (void)score(a, item, s, &place);
            insert(pool, &count, POOL, place);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        bool close = out->place_count == 0 || pool[i].score >= out->places[0].score - near_best;
        bool firm_enough = out->place_count == 0 || pool[i].firm || !out->places[0].firm;
        if (pool[i].score >= take && close && firm_enough && out->place_count < LAC_MAX_PLACES) {
            if (!inside_taken(a->reading->document, out, pool[i].section)) {
                out->places[out->place_count++] = pool[i];
            }
        } else if (out->nearest_count < LAC_MAX_NEAREST) {
            out->nearest[out->nearest_count++] = pool[i];
        }
    }
    clamp(out->places, out->place_count);
    clamp(out->nearest, out->nearest_count);
}

static double measure_coverage(const lac_locations *out, const aligner *a)
{
    uint32_t leaves = 0;
    uint32_t firm = 0;
    for (uint32_t i = 0; i < out->count; i++) {
        const lac_item *item = &a->checklist->items[i];
        if (item->strength != LAC_STRENGTH_STRUCTURAL &&
            lac_item_serves(a->checklist, item, a->type)) {
            leaves++;
            firm += out->items[i].place_count > 0 && out->items[i].places[0].firm;
        }
    }
    return leaves == 0 ? 0.0 : (double)firm / leaves;
}

static lacuna_status align(aligner *a, lac_arena *arena, lac_locations *out)
{
    lacuna_status status = read_headings(a);
    if (status == LACUNA_OK) {
        status = compare_titles(a);
    }
    if (status == LACUNA_OK) {
        status = mark_background(a, arena, out);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    a->owner = lac_arena_array(a->scratch, a->like.sections, sizeof *a->owner);
    a->owner_title = lac_arena_array(a->scratch, a->like.sections, sizeof *a->owner_title);
    a->firm_section = lac_arena_array(a->scratch, a->like.items, sizeof *a->firm_section);
    a->unnamed = lac_arena_array(a->scratch, a->like.sections, sizeof *a->unnamed);
    if (a->owner == NULL || a->owner_title == NULL || a->firm_section == NULL ||
        a->unnamed == NULL) {
        return LACUNA_E_NOMEM;
    }
    a->trust = measure_trust(a);
    find_owners(a);
    find_unnamed(a);
    for (uint32_t i = 0; i < a->like.items; i++) {
        choose(a, i, &out->items[i]);
        if (out->items[i].place_count == 0 || !out->items[i].places[0].firm) {
            choose_unnamed(a, i, &out->items[i]);
        }
    }
    out->numbering_trust = a->trust;
    out->coverage = measure_coverage(out, a);
    return LACUNA_OK;
}

lacuna_status lac_locate(lac_locations *out, lac_arena *arena, const lac_reading *reading,
                         const lac_checklist *checklist, const char *type,
                         const lac_synonyms *synonyms, lacuna_error *err)
{
    *out = (lac_locations){.count = checklist->item_count};
    if (reading->document->section_count > MAX_SECTIONS) {
        return lac_fail(err, LACUNA_E_LIMIT, "more than %d headings", MAX_SECTIONS);
    }
    out->items = lac_arena_array(arena, checklist->item_count, sizeof *out->items);
    if (out->items == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena scratch;
    lac_arena_init(&scratch);
    aligner a = {.scratch = &scratch,
                 .reading = reading,
                 .checklist = checklist,
                 .type = type,
                 .synonyms = synonyms};
    lacuna_status status = align(&a, arena, out);
    lac_arena_free(&scratch);
    return status == LACUNA_OK ? status : lac_fail_nomem(err);
}
