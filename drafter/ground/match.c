#include "drafter/ground/match.h"

#include "support/utf8.h"

static bool same_value(const lac_decimal *a, const lac_decimal *b)
{
    return lac_decimal_equal(a, b);
}

static bool sign_apart(const lac_decimal *a, const lac_decimal *b)
{
    lac_decimal turned = *b;
    turned.negative = !b->negative && b->count > 0;
    return lac_decimal_equal(a, &turned) && b->count > 0;
}

/* "About" weakens what the source says, and is right; the other way is not. */
static bool same_relation(uint8_t draft, uint8_t source)
{
    return draft == source || (draft == LAC_RELATION_ABOUT && source == LAC_RELATION_NONE);
}

static bool same_quantity(const lac_quantity *draft, const lac_quantity *source)
{
    return same_value(&draft->value, &source->value) &&
           same_relation(draft->relation, source->relation);
}

/* ---- units ---------------------------------------------------------------------------------- */

static bool is_mark(const lac_ground_reading *reading, uint32_t at, uint32_t mark)
{
    return reading->tokens.items[at].kind == LAC_TOKEN_MARK &&
           reading->tokens.items[at].mark == mark;
}

/* "n (%)" in a label: the percentage is the number in parentheses. */
static bool in_parentheses(const lac_ground_reading *reading, const lac_segment *segment)
{
    for (uint32_t i = 0; i < segment->context_token_count; i++) {
        uint32_t at = segment->tokens_of_context[i];
        if (at > 0 && is_mark(reading, at, '%') && is_mark(reading, at - 1, '(')) {
            return true;
        }
    }
    return false;
}

static bool is_wrapped(const lac_claim *source, const lac_ground_reading *reading)
{
    return source->first > 0 && is_mark(reading, source->first - 1, '(');
}

static bool has_parentheses(const lac_ground_reading *reading, const lac_segment *segment)
{
    for (uint32_t i = segment->first_token; i < segment->end_token; i++) {
        if (is_mark(reading, i, '(')) {
            return true;
        }
    }
    return false;
}

/* Whether the label of row or column names the unit of the claim. */
static bool label_has_unit(lac_span unit, const lac_claim *source,
                           const lac_ground_reading *reading, const lac_segment *segment)
{
    bool found = false;
    for (uint32_t i = 0; i < segment->unit_count && segment->row != UINT32_MAX; i++) {
        found = found || lac_span_equal(unit, segment->units[i]);
    }
    if (!found || !lac_span_is(unit, "%")) {
        return found;
    }
    return in_parentheses(reading, segment)
               ? is_wrapped(source, reading) || !has_parentheses(reading, segment)
               : !is_wrapped(source, reading);
}

/* "33 (7.9)" below "n (%)": 7.9 counts nothing. */
static bool is_share(const lac_claim *source, const lac_ground_reading *reading,
                     const lac_segment *segment)
{
    return segment->row != UINT32_MAX && is_wrapped(source, reading) &&
           in_parentheses(reading, segment);
}

/* Whether the segment or its labels name what is counted. */
static bool names_noun(lac_span noun, const lac_ground_reading *reading, const lac_segment *segment)
{
    for (uint32_t i = 0;
         i < segment->context_token_count + (segment->end_token - segment->first_token); i++) {
        uint32_t at = i < segment->context_token_count
                          ? segment->tokens_of_context[i]
                          : segment->first_token + (i - segment->context_token_count);
        const lac_ground_token *token = &reading->tokens.items[at];
        const lac_unit_entry *unit =
            token->kind == LAC_TOKEN_WORD ? lac_unit_find(token->exact, token->form) : NULL;
        if (unit != NULL && lac_span_is(noun, unit->canonical)) {
            return true;
        }
    }
    return false;
}

/* "Week 4" and "4 weeks". */
static bool same_occasion(const lac_claim *a, const lac_claim *b)
{
    const lac_claim *prefix = a->unit_class == LAC_UNIT_PREFIX ? a : b;
    const lac_claim *plain = prefix == a ? b : a;
    return prefix->unit_class == LAC_UNIT_PREFIX && plain->unit_class == LAC_UNIT_HARD &&
           plain->unit.len == prefix->unit.len && plain->unit.len > 1 &&
           memcmp(plain->unit.ptr, prefix->unit.ptr + 1, prefix->unit.len - 1) == 0 &&
           plain->unit.ptr[plain->unit.len - 1] == 's';
}

static bool same_unit(const lac_claim *draft, const lac_claim *source,
                      const lac_ground_reading *reading, const lac_segment *segment)
{
    if (draft->unit_class == source->unit_class && lac_span_equal(draft->unit, source->unit)) {
        return true;
    }
    if (draft->unit_class <= LAC_UNIT_NOUN && source->unit_class <= LAC_UNIT_NOUN) {
        return draft->unit_class == LAC_UNIT_NONE ||
               (source->unit_class == LAC_UNIT_NONE && !is_share(source, reading, segment) &&
                (lac_span_is(draft->unit, "participants") ||
                 names_noun(draft->unit, reading, segment)));
    }
    if (draft->unit_class == LAC_UNIT_HARD && source->unit_class == LAC_UNIT_NONE) {
        return label_has_unit(draft->unit, source, reading, segment);
    }
    return same_occasion(draft, source);
}

/* ---- kinds ---------------------------------------------------------------------------------- */

static bool starts_with(lac_span text, lac_span prefix)
{
    return text.len >= prefix.len && memcmp(text.ptr, prefix.ptr, prefix.len) == 0;
}

/* A month or a year holds for a day in it. */
static bool same_date(const lac_claim *draft, const lac_claim *source)
{
    return lac_span_equal(draft->canonical, source->canonical) ||
           (source->canonical.len == 10 && draft->canonical.len == 7 &&
            starts_with(source->canonical, draft->canonical)) ||
           (draft->canonical.len == 7 && draft->canonical.ptr[0] == '-' &&
            source->canonical.len == 10 &&
            memcmp(source->canonical.ptr + 5, draft->canonical.ptr + 2, 5) == 0);
}

static bool same_year(const lac_claim *draft, const lac_claim *source)
{
    char text[LAC_DECIMAL_TEXT];
    size_t length = lac_decimal_text(text, &draft->a.value);
    return draft->kind == LAC_CLAIM_NUMBER && draft->unit_class == LAC_UNIT_NONE &&
           source->kind == LAC_CLAIM_DATE && length == 4 && source->canonical.len >= 7 &&
           memcmp(source->canonical.ptr, text, 4) == 0;
}

static uint8_t end_relation(uint8_t relation, uint8_t closed)
{
    return relation == closed ? (uint8_t)LAC_RELATION_NONE : relation;
}

/* A range, and an interval of confidence that is told as one. */
static bool same_ends(const lac_claim *draft, const lac_claim *source)
{
    return same_value(&draft->a.value, &source->a.value) &&
           same_value(&draft->b.value, &source->b.value) &&
           end_relation(draft->a.relation, LAC_RELATION_AT_LEAST) ==
               end_relation(source->a.relation, LAC_RELATION_AT_LEAST) &&
           end_relation(draft->b.relation, LAC_RELATION_AT_MOST) ==
               end_relation(source->b.relation, LAC_RELATION_AT_MOST);
}

/* The level of confidence may stand in the label of the column. */
static bool same_level(const lac_claim *draft, const lac_claim *source,
                       const lac_ground_reading *reading, const lac_segment *segment)
{
    if (draft->level.len == 0 || lac_span_equal(draft->level, source->level)) {
        return true;
    }
    for (uint32_t i = 0; source->level.len == 0 && i < segment->context_token_count; i++) {
        if (lac_span_equal(reading->tokens.items[segment->tokens_of_context[i]].form,
                           draft->level)) {
            return true;
        }
    }
    return false;
}

static bool one_end(const lac_claim *draft, const lac_claim *source)
{
    if (source->kind != LAC_CLAIM_RANGE) {
        return false;
    }
    lac_quantity low = source->a, high = source->b;
    low.relation = LAC_RELATION_AT_LEAST;
    high.relation =
        high.relation == LAC_RELATION_NONE ? (uint8_t)LAC_RELATION_AT_MOST : high.relation;
    return same_quantity(&draft->a, &low) || same_quantity(&draft->a, &high);
}

static bool part_of_fraction(const lac_claim *draft, const lac_claim *source)
{
    return source->kind == LAC_CLAIM_FRACTION &&
           (same_quantity(&draft->a, &source->a) || same_quantity(&draft->a, &source->b));
}

static lac_match_kind match_number(const lac_claim *draft, const lac_claim *source)
{
    if (source->kind == LAC_CLAIM_NUMBER) {
        if (same_quantity(&draft->a, &source->a)) {
            return LAC_SAME;
        }
        return draft->a.relation == source->a.relation &&
                       sign_apart(&draft->a.value, &source->a.value)
                   ? LAC_SAME_SIGN_APART
                   : LAC_SAME_NOT;
    }
    bool first_of_spread = source->kind == LAC_CLAIM_SPREAD && same_quantity(&draft->a, &source->a);
    return one_end(draft, source) || part_of_fraction(draft, source) || first_of_spread
               ? LAC_SAME
               : LAC_SAME_NOT;
}

static bool match_pair(const lac_claim *draft, const lac_claim *source,
                       const lac_ground_reading *reading, const lac_segment *segment)
{
    bool ends = draft->kind == LAC_CLAIM_RANGE || draft->kind == LAC_CLAIM_INTERVAL;
    if (ends && (source->kind == LAC_CLAIM_RANGE || source->kind == LAC_CLAIM_INTERVAL)) {
        bool level =
            draft->kind == LAC_CLAIM_RANGE ||
            (source->kind == LAC_CLAIM_INTERVAL && same_level(draft, source, reading, segment));
        return level && same_ends(draft, source);
    }
    return draft->kind == source->kind && same_quantity(&draft->a, &source->a) &&
           same_quantity(&draft->b, &source->b);
}

lac_match_kind lac_claim_match(const lac_claim *draft, const lac_claim *source,
                               const lac_ground_reading *reading, const lac_segment *segment)
{
    if (!lac_claim_has_numbers(draft)) {
        bool same = draft->kind == LAC_CLAIM_DATE && source->kind == LAC_CLAIM_DATE
                        ? same_date(draft, source)
                        : draft->kind == source->kind &&
                              lac_span_equal_nocase(draft->canonical, source->canonical);
        return same ? LAC_SAME : LAC_SAME_NOT;
    }
    if (same_year(draft, source)) {
        return LAC_SAME;
    }
    if (draft->kind == LAC_CLAIM_P_VALUE || source->kind == LAC_CLAIM_P_VALUE) {
        return draft->kind == source->kind && same_quantity(&draft->a, &source->a) ? LAC_SAME
                                                                                   : LAC_SAME_NOT;
    }
    if (!lac_claim_has_numbers(source) || !same_unit(draft, source, reading, segment)) {
        return LAC_SAME_NOT;
    }
    if (draft->kind == LAC_CLAIM_NUMBER) {
        return match_number(draft, source);
    }
    return match_pair(draft, source, reading, segment) ? LAC_SAME : LAC_SAME_NOT;
}

/* ---- parts ---------------------------------------------------------------------------------- */

/* "N=48" in a label. */
static bool label_has_number(const lac_decimal *value, const lac_ground_reading *reading,
                             const lac_segment *segment)
{
    lac_decimal other;
    for (uint32_t i = 0; i < segment->context_token_count; i++) {
        const lac_ground_token *token = &reading->tokens.items[segment->tokens_of_context[i]];
        if (token->kind == LAC_TOKEN_NUMBER && lac_decimal_parse(&other, token->form) &&
            same_value(value, &other)) {
            return true;
        }
    }
    return false;
}

/* "12.3 (4.5)": the second number of the cell. */
static bool next_is(const lac_decimal *value, const lac_ground_reading *reading,
                    const lac_segment *segment, uint32_t claim)
{
    const lac_claim *next = &reading->claims.items[claim + 1];
    return claim + 1 < segment->end_claim && next->kind == LAC_CLAIM_NUMBER &&
           next->a.relation == LAC_RELATION_NONE && same_value(value, &next->a.value);
}

bool lac_claim_in_parts(const lac_claim *draft, const lac_claim *source,
                        const lac_ground_reading *reading, const lac_segment *segment)
{
    uint32_t index = (uint32_t)(source - reading->claims.items);
    if (segment->row == UINT32_MAX || source->kind != LAC_CLAIM_NUMBER ||
        !same_quantity(&draft->a, &source->a)) {
        return false;
    }
    if (draft->kind == LAC_CLAIM_FRACTION) {
        return same_unit(draft, source, reading, segment) && source->unit_class <= LAC_UNIT_NOUN &&
               label_has_number(&draft->b.value, reading, segment);
    }
    return draft->kind == LAC_CLAIM_SPREAD && same_unit(draft, source, reading, segment) &&
           next_is(&draft->b.value, reading, segment, index);
}
