#include "analyzer/select.h"

#include "analyzer/in_force.h"
#include "analyzer/search.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/json_parse.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

typedef struct selector {
    lac_arena *arena;
    const lac_reading *reading;
    const lac_detection *type;
    const lac_selection_day *day;
    lacuna_error *err;
    bool main_taken; /* a pack that is not only "besides" */
} selector;

/* How many of the terms under `key` the document has: anywhere, or in headings. */
static lacuna_status count_terms(uint32_t *count, selector *s, const json_t *select,
                                 const char *key, bool in_headings)
{
    const json_t *terms = json_object_get(select, key);
    lacuna_status status = LACUNA_OK;
    *count = 0;
    for (size_t i = 0; i < json_array_size(terms) && status == LACUNA_OK; i++) {
        const char *source = json_string_value(json_array_get(terms, i));
        lac_term *term = NULL;
        bool found = false;
        lac_match match;
        status = lac_term_parse(&term, s->arena, source == NULL ? "" : source, s->err);
        if (status == LACUNA_OK && in_headings) {
            status = lac_search_heading(&found, &match, term, s->reading, 0, s->err);
        } else if (status == LACUNA_OK) {
            const lac_term *one = term;
            status = lac_search_terms(&found, &match, &one, 1, s->reading,
                                      lac_scope_document(s->reading), s->err);
        }
        *count += found ? 1 : 0;
        lac_term_release(term);
    }
    return status;
}

/* What the head of a pack says about when it is meant, for one document. */
typedef struct request {
    const char *why; /* NULL: the document does not ask for the pack */
    bool besides;
    bool otherwise;
} request;

static bool lists(const json_t *names, const char *name)
{
    for (size_t i = 0; i < json_array_size(names); i++) {
        const char *listed = json_string_value(json_array_get(names, i));
        if (listed != NULL && strcmp(listed, name) == 0) {
            return true;
        }
    }
    return false;
}

static lacuna_status parse(json_t **out, selector *s, lac_span json)
{
    json_error_t where;
    lacuna_status status = lac_json_parse(out, json, JSON_REJECT_DUPLICATES, &where);
    if (status != LACUNA_OK) {
        return lac_fail(s->err, status, "\"select\" of a checklist cannot be read: %s", where.text);
    }
    return LACUNA_OK;
}

static lacuna_status ask_document(request *out, selector *s, const json_t *select)
{
    uint32_t mentions = 0;
    uint32_t headings = 0;
    lacuna_status status = count_terms(&mentions, s, select, "mentions", false);
    if (status == LACUNA_OK && mentions == 0) {
        status = count_terms(&headings, s, select, "headings", true);
    }
    const json_t *least = json_object_get(select, "at_least");
    json_int_t wanted = json_is_integer(least) ? json_integer_value(least) : 1;
    if (mentions > 0) {
        out->why = "the document names it";
    } else if (headings > 0 && headings >= wanted) {
        out->why = "the document has its headings";
    }
    out->besides = json_is_true(json_object_get(select, "besides"));
    out->otherwise = json_is_true(json_object_get(select, "otherwise"));
    return status;
}

static lacuna_status ask(request *out, selector *s, const lac_registry_entry *entry)
{
    *out = (request){.why = "the checklist for this type"};
    if (entry->select.len == 0) {
        return LACUNA_OK;
    }
    json_t *select = NULL;
    lacuna_status status = parse(&select, s, entry->select);
    const json_t *types = json_object_get(select, "types");
    if (status == LACUNA_OK && (types == NULL || lists(types, s->type->value))) {
        out->why = NULL;
        status = ask_document(out, s, select);
    }
    json_decref(select);
    return status;
}

/* ---- versions ------------------------------------------------------------------------------- */

enum { MOST_PERIODS = 8 };

/* When a pack's guidance was in force in the region of the day; `found` false: it does not tell. */
typedef struct period {
    bool found;
    char effective[11], superseded[11]; /* "": not yet */
} period;

static void copy_day(char out[11], const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    if (text != NULL && strlen(text) == 10) {
        memcpy(out, text, 11);
    }
}

static lacuna_status read_period(period *out, selector *s, const lac_registry_entry *entry)
{
    *out = (period){.found = false};
    json_t *periods = NULL;
    lacuna_status status =
        entry->in_force.len == 0 ? LACUNA_OK : parse(&periods, s, entry->in_force);
    for (size_t i = 0; i < json_array_size(periods) && i < MOST_PERIODS && !out->found; i++) {
        const json_t *one = json_array_get(periods, i);
        const char *region = json_string_value(json_object_get(one, "region"));
        if (region != NULL && strcmp(region, s->day->region) == 0) {
            copy_day(out->effective, one, "effective");
            copy_day(out->superseded, one, "superseded");
            out->found = out->effective[0] != '\0';
        }
    }
    json_decref(periods);
    return status;
}

static lac_standing standing_of(const period *p, const char *day)
{
    const lac_in_force one = {"", p->effective, p->superseded[0] == '\0' ? NULL : p->superseded};
    return p->found ? lac_standing_on(&one, 1, "", day) : LAC_STANDING_UNTOLD;
}

/* How well a pack fits the day; of those that do not, the nearest in time fits best. */
typedef struct fit {
    bool now;
    bool before;       /* the day is before it was in force */
    const char *event; /* the day it came into force, or was superseded */
} fit;

static fit fit_of(const period *p, const char *day)
{
    lac_standing standing = standing_of(p, day);
    bool before = standing == LAC_STANDING_NOT_YET;
    bool now = standing == LAC_STANDING_IN_FORCE || standing == LAC_STANDING_UNTOLD;
    return (fit){now, before, before ? p->effective : p->superseded};
}

/* Whether another pack fits the day better. */
static bool fits_better(const fit *other, const fit *own)
{
    if (own->now || other->now) {
        return other->now && !own->now;
    }
    if (own->before != other->before) {
        return own->before; /* what was superseded is nearer than what did not exist */
    }
    int order = strcmp(other->event, own->event);
    return own->before ? order < 0 : order > 0;
}

static bool is_last_resort(selector *s, const lac_registry_entry *entry, lacuna_status *status)
{
    request asked;
    *status = lac_registry_serves(entry, s->type->value) ? ask(&asked, s, entry) : LACUNA_OK;
    return *status == LACUNA_OK && lac_registry_serves(entry, s->type->value) && asked.otherwise;
}

/* Whether `entry` is the version for the day among the packs taken "otherwise". */
static lacuna_status is_version(bool *out, selector *s, const lac_registry *registry,
                                const lac_registry_entry *entry)
{
    *out = true;
    if (s->day->day == NULL) {
        return LACUNA_OK;
    }
    period own;
    lacuna_status status = read_period(&own, s, entry);
    for (uint32_t i = 0; i < lac_registry_count(registry) && status == LACUNA_OK && *out; i++) {
        const lac_registry_entry *other = lac_registry_entry_at(registry, i);
        if (other != entry && is_last_resort(s, other, &status)) {
            period its;
            status = read_period(&its, s, other);
            fit a = fit_of(&its, s->day->day);
            fit b = fit_of(&own, s->day->day);
            *out = !own.found || !its.found || !fits_better(&a, &b);
        }
    }
    return status;
}

static lacuna_status tell_version(lac_buf *text, selector *s, const lac_registry_entry *entry)
{
    period own;
    lacuna_status status = s->day->day == NULL ? LACUNA_OK : read_period(&own, s, entry);
    if (status != LACUNA_OK || s->day->day == NULL || !own.found) {
        return status;
    }
    const char *where = strcmp(s->day->region, "us") == 0 ? "US" : "EU";
    const char *how = standing_of(&own, s->day->day) == LAC_STANDING_IN_FORCE
                          ? "in force"
                          : "the nearest version";
    return lac_buf_printf(text, "; %s in the %s on %s, %s", how, where, s->day->day,
                          s->day->source);
}

static char *told(selector *s, const lac_registry_entry *entry, const char *why)
{
    lac_buf text;
    lac_buf_init(&text, 1024);
    char *copy = NULL;
    if (lac_buf_printf(&text, "document type %.100s (confidence %.2f); %s", s->type->value,
                       s->type->confidence, why) == LACUNA_OK &&
        tell_version(&text, s, entry) == LACUNA_OK) {
        copy = lac_arena_copy(s->arena, lac_buf_span(&text));
    }
    lac_buf_free(&text);
    return copy;
}

/* Keeps the order of ids, which is the registry's. */
static lacuna_status add(lac_selection *out, uint32_t *count, uint32_t most, selector *s,
                         const lac_registry_entry *entry, const char *why)
{
    if (*count == most) {
        return lac_fail(s->err, LACUNA_E_LIMIT, "more than %u checklists for one document", most);
    }
    char *copy = told(s, entry, why);
    if (copy == NULL) {
        return lac_fail_nomem(s->err);
    }
    uint32_t at = *count;
    while (at > 0 && strcmp(out[at - 1].entry->id, entry->id) > 0) {
        out[at] = out[at - 1];
        at--;
    }
    out[at] = (lac_selection){entry, copy};
    (*count)++;
    return LACUNA_OK;
}

/* `last_resort`: take those that say "otherwise", instead of those the document asks for. */
static lacuna_status take(lac_selection *out, uint32_t *count, uint32_t most, selector *s,
                          const lac_registry *registry, bool last_resort)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < lac_registry_count(registry) && status == LACUNA_OK; i++) {
        const lac_registry_entry *entry = lac_registry_entry_at(registry, i);
        request asked = {0};
        if (!lac_registry_serves(entry, s->type->value)) {
            continue;
        }
        status = ask(&asked, s, entry);
        if (last_resort) {
            bool version = asked.otherwise;
            if (status == LACUNA_OK && version) {
                status = is_version(&version, s, registry, entry);
            }
            asked.why = version ? "no other checklist for this type fits better" : NULL;
        }
        if (status == LACUNA_OK && asked.why != NULL) {
            status = add(out, count, most, s, entry, asked.why);
            s->main_taken = s->main_taken || !asked.besides;
        }
    }
    return status;
}

/* Whether `entry` gives way to one of the others taken. */
static lacuna_status gives_way(bool *out, selector *s, const lac_registry_entry *entry,
                               const lac_selection *taken, uint32_t count)
{
    *out = false;
    if (entry->select.len == 0) {
        return LACUNA_OK;
    }
    json_t *select = NULL;
    lacuna_status status = parse(&select, s, entry->select);
    const json_t *others = json_object_get(select, "unless");
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        *out = *out || lists(others, taken[i].entry->id);
    }
    json_decref(select);
    return status;
}

/* All of them look at all that were taken, so the order they are in does not matter. */
static lacuna_status drop_displaced(lac_selection *taken, uint32_t *count, selector *s)
{
    lac_selection *all = lac_arena_alloc(s->arena, (*count + (size_t)1) * sizeof *all);
    if (all == NULL) {
        return lac_fail_nomem(s->err);
    }
    uint32_t before = *count;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < before; i++) {
        all[i] = taken[i];
    }
    *count = 0;
    for (uint32_t i = 0; i < before && status == LACUNA_OK; i++) {
        bool displaced = false;
        status = gives_way(&displaced, s, all[i].entry, all, before);
        if (!displaced) {
            taken[(*count)++] = all[i];
        }
    }
    return status;
}

lacuna_status lac_select(lac_selection *out, uint32_t *count, uint32_t most, lac_arena *arena,
                         const lac_registry *registry, const lac_detection *type,
                         const lac_reading *reading, const lac_selection_day *day,
                         lacuna_error *err)
{
    selector s = {arena, reading, type, day, err, false};
    *count = 0;
    if (type->value[0] == '\0') {
        return LACUNA_OK;
    }
    lacuna_status status = take(out, count, most, &s, registry, false);
    if (status == LACUNA_OK) {
        status = drop_displaced(out, count, &s);
    }
    if (status == LACUNA_OK && !s.main_taken) {
        status = take(out, count, most, &s, registry, true);
    }
    return status;
}
