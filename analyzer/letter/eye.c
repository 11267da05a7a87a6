#include "analyzer/letter/eye.h"

#include "support/error.h"

static bool find(lac_letter_eye *eye, const lac_term *term, uint32_t from, uint32_t to,
                 lac_match *match)
{
    bool found = false;
    if (eye->status == LACUNA_OK) {
        eye->status = lac_term_find(&found, match, term, eye->index, from, to, eye->err);
    }
    return eye->status == LACUNA_OK && found;
}

static bool excluded(lac_letter_eye *eye, const lac_letter_rule *rule, uint32_t from, uint32_t to)
{
    lac_match match;
    for (uint32_t i = 0; i < rule->term_count; i++) {
        if (lac_term_is_exclusion(rule->terms[i]) && find(eye, rule->terms[i], from, to, &match)) {
            return true;
        }
    }
    return false;
}

bool lac_eye_sees(lac_letter_eye *eye, const lac_letter_rule *rule, uint32_t from, uint32_t to,
                  lac_match *where)
{
    for (uint32_t i = 0; i < rule->term_count; i++) {
        lac_match match;
        if (!lac_term_is_exclusion(rule->terms[i]) && find(eye, rule->terms[i], from, to, &match)) {
            if (where != NULL) {
                *where = match;
            }
            return !excluded(eye, rule, from, to);
        }
    }
    return false;
}

bool lac_eye_covers(lac_letter_eye *eye, const lac_letter_rule *rule, uint32_t from, uint32_t to)
{
    for (uint32_t i = 0; i < rule->term_count; i++) {
        lac_match match;
        if (find(eye, rule->terms[i], from, to, &match) && match.start == from && match.end == to) {
            return true;
        }
    }
    return false;
}

static const lac_letter_rule *named(lac_letter_eye *eye, lac_letter_group group, const char *id)
{
    const lac_letter_rule *rule = lac_letter_rule_named(eye->rules, group, id);
    if (rule == NULL && eye->status == LACUNA_OK) {
        eye->status = lac_fail(eye->err, LACUNA_E_FORMAT, "agency letters: no rule %s/%s",
                               lac_letter_group_name(group), id);
    }
    return rule;
}

bool lac_eye_sees_named(lac_letter_eye *eye, lac_letter_group group, const char *id, uint32_t from,
                        uint32_t to)
{
    const lac_letter_rule *rule = named(eye, group, id);
    return rule != NULL && lac_eye_sees(eye, rule, from, to, NULL);
}

bool lac_eye_covers_named(lac_letter_eye *eye, lac_letter_group group, const char *id,
                          uint32_t from, uint32_t to)
{
    const lac_letter_rule *rule = named(eye, group, id);
    return rule != NULL && lac_eye_covers(eye, rule, from, to);
}

const lac_letter_rule *lac_eye_first(lac_letter_eye *eye, lac_letter_group group, uint32_t from,
                                     uint32_t to)
{
    const lac_letter_rule_list *list = &eye->rules->groups[group];
    for (uint32_t i = 0; i < list->count; i++) {
        if (lac_eye_sees(eye, &list->items[i], from, to, NULL)) {
            return &list->items[i];
        }
    }
    return NULL;
}
