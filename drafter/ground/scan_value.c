/* The pieces numbers are made of. */
#include "drafter/ground/scan.h"

#include <stdlib.h>

bool lac_scan_is_any(const lac_scan *scan, uint32_t at, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (lac_scan_is_word(scan, at, *words)) {
            return true;
        }
    }
    return false;
}

/* ---- values --------------------------------------------------------------------------------- */

static const char *const UNDER_TWENTY[] = {
    "zero",     "",        "two",     "three",     "four",     "five",    "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
static const char *const TENS[] = {"twenty", "thirty",  "forty",  "fifty",
                                   "sixty",  "seventy", "eighty", "ninety"};
static const char *const DIGITS[] = {"one", "two",   "three", "four", "five",
                                     "six", "seven", "eight", "nine", NULL};

static int find_word(const lac_scan *scan, uint32_t at, const char *const *words, int count)
{
    for (int i = 0; i < count; i++) {
        if (words[i] != NULL && words[i][0] != '\0' && lac_scan_is_word(scan, at, words[i])) {
            return i;
        }
    }
    return -1;
}

static void set_small(lac_decimal *out, int value)
{
    char text[3] = {(char)('0' + value / 10), (char)('0' + value % 10), '\0'};
    (void)lac_decimal_parse(out, lac_span_of(text));
}

/* "two" to "ninety-nine". */
static bool take_number_word(lac_decimal *out, const lac_scan *scan, uint32_t *at)
{
    int small = find_word(scan, *at, UNDER_TWENTY, 20);
    if (small >= 0) {
        set_small(out, small);
        (*at)++;
        return true;
    }
    int ten = find_word(scan, *at, TENS, 8);
    if (ten < 0) {
        return false;
    }
    uint32_t next = *at + 1;
    next += lac_scan_is_mark(scan, next, '-') ? 1 : 0;
    int digit = find_word(scan, next, DIGITS, 9);
    set_small(out, (ten + 2) * 10 + (digit < 0 ? 0 : digit + 1));
    *at = digit < 0 ? *at + 1 : next + 1;
    return true;
}

static bool read_power(int32_t *power, lac_span digits)
{
    char text[8];
    if (digits.len == 0 || digits.len >= sizeof text) {
        return false;
    }
    memcpy(text, digits.ptr, digits.len);
    text[digits.len] = '\0';
    *power = (int32_t)strtol(text, NULL, 10);
    return true;
}

/* "^3", "^{-3}" or raised digits behind a ten. */
static bool take_power(int32_t *power, const lac_scan *scan, uint32_t *at)
{
    uint32_t i = *at;
    if (lac_scan_token(scan, i)->kind == LAC_TOKEN_RAISED) {
        *at = i + 1;
        return read_power(power, lac_scan_token(scan, i)->form);
    }
    if (!lac_scan_is_mark(scan, i, '^')) {
        return false;
    }
    bool braced = lac_scan_is_mark(scan, ++i, '{');
    i += braced ? 1 : 0;
    bool negative = lac_scan_is_mark(scan, i, '-');
    i += negative ? 1 : 0;
    if (!lac_scan_is_number(scan, i) || !read_power(power, lac_scan_token(scan, i)->form)) {
        return false;
    }
    *power = negative ? -*power : *power;
    *at = i + 1 + (braced && lac_scan_is_mark(scan, i + 1, '}') ? 1 : 0);
    return true;
}

static bool is_ten(const lac_scan *scan, uint32_t at)
{
    return lac_scan_is_number(scan, at) && lac_span_is(lac_scan_token(scan, at)->form, "10");
}

/* "x 10^3" behind a number. */
static void take_scale(lac_decimal *value, const lac_scan *scan, uint32_t *at)
{
    static const char *const LETTERS[] = {"x", NULL};
    uint32_t i = *at + 1;
    int32_t power;
    bool times = lac_scan_is_mark(scan, *at, 0xD7) || lac_scan_is_mark(scan, *at, '*') ||
                 lac_scan_is_mark(scan, *at, 0xB7) || lac_scan_is_any(scan, *at, LETTERS);
    if (times && is_ten(scan, i)) {
        i++;
        if (take_power(&power, scan, &i) && lac_decimal_shift(value, power)) {
            *at = i;
        }
    } else if (lac_scan_is_word(scan, *at, "million")) {
        *at += lac_decimal_shift(value, 6) ? 1 : 0;
    } else if (lac_scan_is_word(scan, *at, "billion")) {
        *at += lac_decimal_shift(value, 9) ? 1 : 0;
    }
}

/* The sign of a number is joined to it and to nothing in front. */
static bool is_sign(const lac_scan *scan, uint32_t at)
{
    if (!lac_scan_is_mark(scan, at, '-') || lac_scan_token(scan, at + 1)->spaced) {
        return false;
    }
    if (lac_scan_token(scan, at)->spaced) {
        return true;
    }
    return at > 0 && lac_scan_token(scan, at - 1)->kind == LAC_TOKEN_MARK &&
           lac_scan_token(scan, at - 1)->mark != ')';
}

bool lac_scan_value(lac_decimal *out, const lac_scan *scan, uint32_t *at)
{
    uint32_t i = *at;
    if (take_number_word(out, scan, &i)) {
        *at = i;
        return true;
    }
    bool negative = is_sign(scan, i);
    i += negative || (lac_scan_is_mark(scan, i, '+') && !lac_scan_token(scan, i + 1)->spaced) ? 1
                                                                                              : 0;
    const lac_ground_token *token = lac_scan_token(scan, i);
    if (token->kind != LAC_TOKEN_NUMBER || !lac_decimal_parse(out, token->form) ||
        !lac_decimal_shift(out, token->exponent)) {
        return false;
    }
    i++;
    int32_t power;
    uint32_t raised = i;
    if (is_ten(scan, i - 1) && token->exponent == 0 && take_power(&power, scan, &raised)) {
        (void)lac_decimal_parse(out, lac_span_of("1"));
        if (!lac_decimal_shift(out, power)) {
            return false;
        }
        i = raised;
    }
    take_scale(out, scan, &i);
    out->negative = negative && out->count > 0;
    *at = i;
    return true;
}

/* ---- units ---------------------------------------------------------------------------------- */

static const lac_unit_entry *unit_at(const lac_scan *scan, uint32_t at)
{
    const lac_ground_token *token = lac_scan_token(scan, at);
    return token->kind == LAC_TOKEN_WORD ? lac_unit_find(token->exact, token->form) : NULL;
}

static const lac_unit_entry *first_unit(const lac_scan *scan, uint32_t *at)
{
    static const lac_unit_entry percent = {"%", "%", LAC_UNIT_HARD, true, false};
    static const lac_unit_entry celsius = {"C",
                                           "\xC2\xB0"
                                           "C",
                                           LAC_UNIT_HARD, false, false};
    static const lac_unit_entry degree = {"", "\xC2\xB0", LAC_UNIT_HARD, false, false};
    if (lac_scan_is_mark(scan, *at, '%')) {
        (*at)++;
        return &percent;
    }
    if (lac_scan_is_mark(scan, *at, 0xB0)) {
        bool c = lac_scan_is_word(scan, *at + 1, "c");
        *at += c ? 2 : 1;
        return c ? &celsius : &degree;
    }
    const lac_unit_entry *pair =
        lac_unit_find_two(lac_scan_token(scan, *at)->form, lac_scan_token(scan, *at + 1)->form);
    if (pair != NULL && lac_scan_token(scan, *at)->kind == LAC_TOKEN_WORD) {
        *at += 2;
        return pair;
    }
    const lac_unit_entry *unit = unit_at(scan, *at);
    *at += unit == NULL ? 0 : 1;
    return unit;
}

/* "^{2}" or a raised digit behind a unit. */
static bool add_power(lac_buf *name, const lac_scan *scan, uint32_t *at)
{
    int32_t power;
    if (lac_scan_token(scan, *at)->spaced || !take_power(&power, scan, at)) {
        return true;
    }
    return power == 2   ? lac_buf_append_text(name, "\xC2\xB2") == LACUNA_OK
           : power == 3 ? lac_buf_append_text(name, "\xC2\xB3") == LACUNA_OK
                        : lac_buf_printf(name, "^%d", power) == LACUNA_OK;
}

/* "/mL", "/1.73 m2", " per day", "*h". */
static bool add_factor(lac_buf *name, const lac_scan *scan, uint32_t *at)
{
    uint32_t i = *at + 1;
    bool per = lac_scan_is_word(scan, *at, "per");
    bool slash = lac_scan_is_mark(scan, *at, '/');
    bool times = lac_scan_is_mark(scan, *at, 0xB7) || lac_scan_is_mark(scan, *at, '*');
    if (!per && !slash && !times) {
        return false;
    }
    uint32_t number = lac_scan_is_number(scan, i) ? i++ : 0;
    const lac_unit_entry *unit = unit_at(scan, i);
    if (unit == NULL || (unit->class == LAC_UNIT_NOUN && (per || number == 0))) {
        return false;
    }
    lacuna_status status = lac_buf_append_char(name, times ? '*' : '/');
    if (status == LACUNA_OK && number > 0) {
        status = lac_buf_append_span(name, lac_scan_token(scan, number)->form);
        status = status == LACUNA_OK ? lac_buf_append_char(name, ' ') : status;
    }
    const char *spelled = strcmp(unit->canonical, "days") == 0    ? "day"
                          : strcmp(unit->canonical, "weeks") == 0 ? "week"
                                                                  : unit->canonical;
    status = status == LACUNA_OK ? lac_buf_append_text(name, spelled) : status;
    *at = i + 1;
    return status == LACUNA_OK && add_power(name, scan, at);
}

/* mg/kg is a dose, mg/dL is none. */
static bool tells_dose(lac_span unit)
{
    static const char *const PER[] = {"/kg", "/day", "/m\xC2\xB2", "/kg/day"};
    const char *slash = memchr(unit.ptr, '/', unit.len);
    for (size_t i = 0; slash != NULL && i < sizeof PER / sizeof PER[0]; i++) {
        if (lac_span_is(lac_span_make(slash, unit.len - (size_t)(slash - unit.ptr)), PER[i])) {
            return true;
        }
    }
    return slash == NULL && memchr(unit.ptr, '*', unit.len) == NULL;
}

bool lac_scan_unit(lac_claim *claim, lac_scan *scan, uint32_t *at)
{
    enum { NAME_MAX_BYTES = 200, FACTORS = 4 };
    uint32_t i = *at;
    bool hyphen = lac_scan_is_mark(scan, i, '-') && !lac_scan_token(scan, i)->spaced &&
                  !lac_scan_token(scan, i + 1)->spaced;
    i += hyphen ? 1 : 0;
    const lac_unit_entry *unit = first_unit(scan, &i);
    if (unit == NULL || (hyphen && unit->class == LAC_UNIT_NOUN)) {
        return false;
    }
    claim->unit_class = (uint8_t)unit->class;
    claim->unit = lac_span_of(unit->canonical);
    claim->dose = unit->dose;
    *at = i;
    if (unit->class == LAC_UNIT_NOUN) {
        return true;
    }
    lac_buf name;
    lac_buf_init(&name, NAME_MAX_BYTES);
    bool fine =
        lac_buf_append_text(&name, unit->canonical) == LACUNA_OK && add_power(&name, scan, &i);
    for (int f = 0; fine && f < FACTORS && add_factor(&name, scan, &i); f++) {
    }
    if (fine) {
        claim->unit = lac_scan_keep(scan, lac_buf_span(&name));
        claim->dose = unit->dose && tells_dose(claim->unit);
        *at = i;
    }
    lac_buf_free(&name);
    return true;
}

void lac_scan_noun(lac_claim *claim, const lac_scan *scan, uint32_t at)
{
    enum { WORDS_BETWEEN = 3 };
    static const char *const STOPS[] = {"and", "or", "to",   "in",   "at",  "with",
                                        "of",  "by", "for",  "from", "per", "versus",
                                        "vs",  "on", "were", "was",  NULL};
    for (uint32_t i = at; i <= at + WORDS_BETWEEN; i++) {
        const lac_unit_entry *unit = unit_at(scan, i);
        if (unit != NULL && unit->class == LAC_UNIT_NOUN) {
            claim->unit = lac_span_of(unit->canonical);
            claim->unit_class = LAC_UNIT_NOUN;
            return;
        }
        if (lac_scan_token(scan, i)->kind != LAC_TOKEN_WORD || lac_scan_is_any(scan, i, STOPS)) {
            return;
        }
    }
}

/* ---- relations ------------------------------------------------------------------------------ */

static const struct {
    const char *words[3]; /* from the first to the last */
    uint8_t relation;
} PHRASES[] = {
    {{"no", "less", "than"}, LAC_RELATION_AT_LEAST},
    {{"not", "less", "than"}, LAC_RELATION_AT_LEAST},
    {{"no", "fewer", "than"}, LAC_RELATION_AT_LEAST},
    {{"no", "more", "than"}, LAC_RELATION_AT_MOST},
    {{"not", "more", "than"}, LAC_RELATION_AT_MOST},
    {{"a", "minimum", "of"}, LAC_RELATION_AT_LEAST},
    {{"a", "maximum", "of"}, LAC_RELATION_AT_MOST},
    {{"less", "than", NULL}, LAC_RELATION_LESS},
    {{"not", "exceeding", NULL}, LAC_RELATION_AT_MOST},
    {{"not", "exceed", NULL}, LAC_RELATION_AT_MOST},
    {{"lower", "than", NULL}, LAC_RELATION_LESS},
    {{"fewer", "than", NULL}, LAC_RELATION_LESS},
    {{"smaller", "than", NULL}, LAC_RELATION_LESS},
    {{"younger", "than", NULL}, LAC_RELATION_LESS},
    {{"more", "than", NULL}, LAC_RELATION_MORE},
    {{"greater", "than", NULL}, LAC_RELATION_MORE},
    {{"higher", "than", NULL}, LAC_RELATION_MORE},
    {{"larger", "than", NULL}, LAC_RELATION_MORE},
    {{"longer", "than", NULL}, LAC_RELATION_MORE},
    {{"older", "than", NULL}, LAC_RELATION_MORE},
    {{"at", "least", NULL}, LAC_RELATION_AT_LEAST},
    {{"at", "most", NULL}, LAC_RELATION_AT_MOST},
    {{"up", "to", NULL}, LAC_RELATION_AT_MOST},
    {{"minimum", "of", NULL}, LAC_RELATION_AT_LEAST},
    {{"maximum", "of", NULL}, LAC_RELATION_AT_MOST},
    {{"below", NULL, NULL}, LAC_RELATION_LESS},
    {{"under", NULL, NULL}, LAC_RELATION_LESS},
    {{"above", NULL, NULL}, LAC_RELATION_MORE},
    {{"exceeds", NULL, NULL}, LAC_RELATION_MORE},
    {{"exceed", NULL, NULL}, LAC_RELATION_MORE},
    {{"exceeding", NULL, NULL}, LAC_RELATION_MORE},
    {{"exceeded", NULL, NULL}, LAC_RELATION_MORE},
    {{"within", NULL, NULL}, LAC_RELATION_AT_MOST},
    {{"minimum", NULL, NULL}, LAC_RELATION_AT_LEAST},
    {{"maximum", NULL, NULL}, LAC_RELATION_AT_MOST},
    {{"approximately", NULL, NULL}, LAC_RELATION_ABOUT},
    {{"about", NULL, NULL}, LAC_RELATION_ABOUT},
    {{"around", NULL, NULL}, LAC_RELATION_ABOUT},
    {{"nearly", NULL, NULL}, LAC_RELATION_ABOUT},
    {{"roughly", NULL, NULL}, LAC_RELATION_ABOUT},
    {{"almost", NULL, NULL}, LAC_RELATION_ABOUT},
};

static uint32_t phrase_length(size_t phrase)
{
    uint32_t length = 1;
    while (length < 3 && PHRASES[phrase].words[length] != NULL) {
        length++;
    }
    return length;
}

static bool phrase_at(const lac_scan *scan, uint32_t at, size_t phrase)
{
    for (uint32_t i = 0; i < phrase_length(phrase); i++) {
        if (!lac_scan_is_word(scan, at + i, PHRASES[phrase].words[i])) {
            return false;
        }
    }
    return true;
}

static uint8_t mark_relation(const lac_scan *scan, uint32_t at, uint32_t *length)
{
    bool equal = lac_scan_is_mark(scan, at + 1, '=') && !lac_scan_token(scan, at + 1)->spaced;
    *length = 1;
    if (lac_scan_is_mark(scan, at, '<') || lac_scan_is_mark(scan, at, '>')) {
        bool less = lac_scan_is_mark(scan, at, '<');
        *length = equal ? 2 : 1;
        return (uint8_t)(less ? (equal ? LAC_RELATION_AT_MOST : LAC_RELATION_LESS)
                              : (equal ? LAC_RELATION_AT_LEAST : LAC_RELATION_MORE));
    }
    if (lac_scan_is_mark(scan, at, 0x2264)) {
        return LAC_RELATION_AT_MOST;
    }
    if (lac_scan_is_mark(scan, at, 0x2265)) {
        return LAC_RELATION_AT_LEAST;
    }
    return lac_scan_is_mark(scan, at, '~') || lac_scan_is_mark(scan, at, 0x2248)
               ? LAC_RELATION_ABOUT
               : LAC_RELATION_NONE;
}

uint8_t lac_scan_relation_at(const lac_scan *scan, uint32_t *at)
{
    uint32_t length;
    uint8_t relation = mark_relation(scan, *at, &length);
    if (relation != LAC_RELATION_NONE) {
        *at += length;
        return relation;
    }
    for (size_t p = 0; p < sizeof PHRASES / sizeof PHRASES[0]; p++) {
        if (phrase_at(scan, *at, p)) {
            *at += phrase_length(p);
            return PHRASES[p].relation;
        }
    }
    return LAC_RELATION_NONE;
}

uint8_t lac_scan_relation_before(const lac_scan *scan, uint32_t *first)
{
    uint32_t length;
    for (uint32_t back = 2; back >= 1; back--) {
        if (*first >= back) {
            uint8_t relation = mark_relation(scan, *first - back, &length);
            if (relation != LAC_RELATION_NONE && length == back) {
                *first -= back;
                return relation;
            }
        }
    }
    for (size_t p = 0; p < sizeof PHRASES / sizeof PHRASES[0]; p++) {
        uint32_t words = phrase_length(p);
        if (*first >= words && phrase_at(scan, *first - words, p)) {
            *first -= words;
            return PHRASES[p].relation;
        }
    }
    return LAC_RELATION_NONE;
}

uint8_t lac_scan_relation_after(const lac_scan *scan, uint32_t *at)
{
    static const char *const UP[] = {"more",    "older", "higher", "above",
                                     "greater", "over",  "longer", NULL};
    static const char *const DOWN[] = {"less", "fewer", "lower", "younger", "below", "under", NULL};
    bool joined = lac_scan_is_word(scan, *at, "or") || lac_scan_is_word(scan, *at, "and");
    if (joined && lac_scan_is_any(scan, *at + 1, UP)) {
        *at += 2;
        return LAC_RELATION_AT_LEAST;
    }
    if (joined && lac_scan_is_any(scan, *at + 1, DOWN)) {
        *at += 2;
        return LAC_RELATION_AT_MOST;
    }
    return LAC_RELATION_NONE;
}
