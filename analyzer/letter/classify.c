#include "analyzer/letter/classify.h"

#include "support/error.h"

enum { MOST_CITES = 200, CITE_BYTES = 120 };

typedef struct collector {
    lac_letter_query *query;
    lac_arena *arena;
    const lac_letter_layout *layout;
    lac_letter_eye *eye;
    lac_letter_cite cites[MOST_CITES];
    uint32_t starts[MOST_CITES], ends[MOST_CITES];
    uint32_t count;
} collector;

/* ---- discipline ----------------------------------------------------------------------------- */

const lac_letter_rule *lac_letter_discipline_named(lac_letter_eye *eye, uint32_t from, uint32_t to)
{
    const lac_letter_rule_list *list = &eye->rules->groups[LAC_LETTER_HEADINGS];
    const lac_letter_rule *first = NULL;
    uint32_t start = to;
    for (uint32_t i = 0; i < list->count; i++) {
        lac_match match;
        if (strcmp(list->items[i].role, "discipline") == 0 &&
            lac_eye_sees(eye, &list->items[i], from, to, &match) && match.start < start) {
            start = match.start;
            first = &list->items[i];
        }
    }
    return first;
}

/* Labeling comments stay labeling whatever they speak of; elsewhere content goes before headings,
 * because letters file sterility and devices under PRODUCT QUALITY. */
static const char *discipline_of(const lac_letter_draft *draft, const lac_letter_rule *hint,
                                 lac_letter_eye *eye, uint32_t from, uint32_t to)
{
    const lac_letter_section *section = &draft->section;
    if (section->labeling) {
        return "labeling";
    }
    if (section->mode == LAC_SECTION_BOILERPLATE && strcmp(section->block, "safety-update") == 0) {
        return "safety";
    }
    const lac_letter_rule *content = lac_eye_first(eye, LAC_LETTER_DISCIPLINES, from, to);
    if (content != NULL) {
        return content->value;
    }
    if (section->topic != NULL && section->topic->value[0] != '\0') {
        return section->topic->value;
    }
    const lac_letter_rule *named = hint != NULL ? hint : lac_letter_discipline_named(eye, from, to);
    return named != NULL ? named->value : "other";
}

/* ---- type ----------------------------------------------------------------------------------- */

/* The first verb that asks for something. */
static const char *type_of(lac_letter_eye *eye, uint32_t from, uint32_t to)
{
    const lac_letter_rule_list *list = &eye->rules->groups[LAC_LETTER_TYPES];
    const char *type = "other";
    uint32_t start = to;
    for (uint32_t i = 0; i < list->count; i++) {
        for (uint32_t t = 0; t < list->items[i].term_count && eye->status == LACUNA_OK; t++) {
            bool found = false;
            lac_match match;
            eye->status = lac_term_find(&found, &match, list->items[i].terms[t], eye->index, from,
                                        to, eye->err);
            if (eye->status == LACUNA_OK && found && match.start < start) {
                start = match.start;
                type = list->items[i].value;
            }
        }
    }
    return type;
}

/* ---- cites ---------------------------------------------------------------------------------- */

/* "2.7.3" is part of "section 2.7.3", and said with it. */
static bool is_known(const collector *c, const char *text, lac_match match)
{
    for (uint32_t i = 0; i < c->count; i++) {
        if (strcmp(c->cites[i].text, text) == 0 ||
            (c->starts[i] <= match.start && match.end <= c->ends[i])) {
            return true;
        }
    }
    return false;
}

static void keep(collector *c, const char *kind, lac_match match)
{
    lac_span text = lac_span_make(c->layout->clean.data + match.start, match.end - match.start);
    text.len = text.len < CITE_BYTES ? text.len : CITE_BYTES;
    const char *copy = lac_arena_copy(c->arena, text);
    if (copy == NULL) {
        c->eye->status = lac_fail_nomem(c->eye->err);
        return;
    }
    if (c->count == MOST_CITES || is_known(c, copy, match)) {
        return;
    }
    uint32_t at = c->count++;
    while (at > 0 && c->starts[at - 1] > match.start) {
        c->cites[at] = c->cites[at - 1];
        c->starts[at] = c->starts[at - 1];
        c->ends[at] = c->ends[at - 1];
        at--;
    }
    c->cites[at] = (lac_letter_cite){kind, copy};
    c->starts[at] = match.start;
    c->ends[at] = match.end;
}

static void collect(collector *c, const lac_letter_rule *rule, uint32_t from, uint32_t to)
{
    for (uint32_t t = 0; t < rule->term_count; t++) {
        uint32_t start = from;
        bool found = true;
        while (found && start < to && c->eye->status == LACUNA_OK) {
            lac_match match;
            found = false;
            c->eye->status = lac_term_find(&found, &match, rule->terms[t], c->eye->index, start, to,
                                           c->eye->err);
            if (c->eye->status == LACUNA_OK && found) {
                keep(c, rule->id, match);
                start = match.end;
            }
        }
    }
}

static lacuna_status read_cites(lac_letter_query *query, lac_arena *arena,
                                const lac_letter_layout *layout, lac_letter_eye *eye, uint32_t from,
                                uint32_t to)
{
    collector c = {.query = query, .arena = arena, .layout = layout, .eye = eye};
    const lac_letter_rule_list *list = &eye->rules->groups[LAC_LETTER_CITES];
    for (uint32_t i = 0; i < list->count; i++) {
        collect(&c, &list->items[i], from, to);
    }
    lac_letter_cite *copy = lac_arena_array(arena, c.count, sizeof *copy);
    if (copy == NULL) {
        return lac_fail_nomem(eye->err);
    }
    if (c.count > 0) {
        memcpy(copy, c.cites, c.count * sizeof *copy);
    }
    query->cites = copy;
    query->cite_count = c.count;
    return eye->status;
}

/* ---- the whole ------------------------------------------------------------------------------ */

lacuna_status lac_letter_classify(lac_letter_query *query, lac_arena *arena,
                                  const lac_letter_layout *layout, const lac_letter_draft *draft,
                                  const lac_letter_rule *hint, lac_letter_eye *eye)
{
    uint32_t from = draft->start, to = layout->paragraphs[draft->last].end;
    query->discipline = discipline_of(draft, hint, eye, from, to);
    bool facility = strcmp(query->discipline, "facility") == 0;
    query->type = facility ? "other" : type_of(eye, from, to);
    query->approvability =
        draft->section.not_approvability ? LAC_APPROVABILITY_NO : LAC_APPROVABILITY_YES;
    return read_cites(query, arena, layout, eye, from, to);
}
