/* Numbers and what is made of two of them. */
#include "drafter/ground/scan.h"

/* ---- p values ------------------------------------------------------------------------------- */

bool lac_scan_p_value(lac_scan *scan, uint32_t *at)
{
    static const char *const FILLS[] = {"value", "values", "of", "was", "is", "were", NULL};
    enum { FILLS_MAX = 5 };
    uint32_t i = *at + 1;
    lac_claim claim = {.kind = LAC_CLAIM_P_VALUE};
    bool named = lac_scan_is_word(scan, *at, "p") || lac_scan_is_word(scan, *at, "pvalue");
    if (!named) {
        return false;
    }
    for (int f = 0; f < FILLS_MAX; f++) {
        i += lac_scan_is_any(scan, i, FILLS) || lac_scan_is_mark(scan, i, ':') ||
                     (lac_scan_is_mark(scan, i, '-') && lac_scan_is_any(scan, i + 1, FILLS))
                 ? 1
                 : 0;
    }
    claim.a.relation = lac_scan_relation_at(scan, &i);
    i += lac_scan_is_mark(scan, i, '=') ? 1 : 0;
    if (!lac_scan_is_number(scan, i) || !lac_scan_value(&claim.a.value, scan, &i) ||
        !lac_scan_add(scan, claim, *at, i)) {
        return false;
    }
    *at = i;
    return true;
}

/* ---- confidence intervals ------------------------------------------------------------------- */

/* "CI", "confidence interval [CI]". */
static bool take_interval_name(const lac_scan *scan, uint32_t *at)
{
    uint32_t i = *at;
    bool named = lac_scan_is_word(scan, i, "ci") || lac_scan_is_word(scan, i, "cis");
    if (!named && lac_scan_is_word(scan, i, "confidence")) {
        i++;
        named = lac_scan_is_word(scan, i, "interval") || lac_scan_is_word(scan, i, "intervals") ||
                lac_scan_is_word(scan, i, "limits");
        bool open = lac_scan_is_mark(scan, i + 1, '(') || lac_scan_is_mark(scan, i + 1, '[');
        i += open && lac_scan_is_word(scan, i + 2, "ci") ? 3 : 0;
    }
    *at = named ? i + 1 : *at;
    return named;
}

static void skip_fill(const lac_scan *scan, uint32_t *at)
{
    static const char *const FILLS[] = {"of",     "was",     "from",    "is",
                                        "ranged", "between", "ranging", NULL};
    static const uint32_t MARKS[] = {':', '=', ',', '(', '['};
    for (int f = 0; f < 4; f++) {
        bool skip = lac_scan_is_any(scan, *at, FILLS);
        for (size_t m = 0; m < sizeof MARKS / sizeof MARKS[0]; m++) {
            skip = skip || lac_scan_is_mark(scan, *at, MARKS[m]);
        }
        *at += skip ? 1 : 0;
    }
}

static bool take_separator(const lac_scan *scan, uint32_t *at, bool list)
{
    bool to = lac_scan_is_word(scan, *at, "to") || lac_scan_is_word(scan, *at, "through") ||
              (lac_scan_is_mark(scan, *at, '-') &&
               (!lac_scan_token(scan, *at)->spaced || lac_scan_token(scan, *at + 1)->spaced));
    bool other = list && (lac_scan_is_mark(scan, *at, ',') || lac_scan_is_mark(scan, *at, ';') ||
                          lac_scan_is_word(scan, *at, "and"));
    *at += to || other ? 1 : 0;
    return to || other;
}

/* Two numbers with what stands between them, and the units of either. */
static bool take_pair(lac_claim *claim, lac_scan *scan, uint32_t *at, bool list)
{
    uint32_t i = *at;
    if (!lac_scan_value(&claim->a.value, scan, &i)) {
        return false;
    }
    lac_claim first = {.unit_class = LAC_UNIT_NONE};
    (void)lac_scan_unit(&first, scan, &i);
    if (!take_separator(scan, &i, list)) {
        return false;
    }
    uint8_t relation = lac_scan_relation_at(scan, &i);
    claim->b.relation = relation == LAC_RELATION_AT_MOST ? LAC_RELATION_NONE : relation;
    if (!lac_scan_value(&claim->b.value, scan, &i)) {
        return false;
    }
    bool unit = lac_scan_unit(claim, scan, &i);
    if (!unit) {
        claim->unit = first.unit;
        claim->unit_class = first.unit_class;
        claim->dose = first.dose;
    } else if (first.unit_class == LAC_UNIT_HARD && !lac_span_equal(first.unit, claim->unit)) {
        return false; /* "5 mg to 3 participants" is no range */
    }
    *at = i;
    return true;
}

bool lac_scan_interval(lac_scan *scan, uint32_t *at)
{
    uint32_t i = *at;
    lac_decimal level;
    lac_claim claim = {.kind = LAC_CLAIM_INTERVAL};
    const lac_ground_token *first = lac_scan_token(scan, i);
    bool leveled = lac_scan_is_number(scan, i) && lac_decimal_parse(&level, first->form) &&
                   lac_scan_is_mark(scan, i + 1, '%');
    i += leveled ? 2 : 0;
    i += leveled && lac_scan_is_mark(scan, i, '-') ? 1 : 0;
    if (!take_interval_name(scan, &i)) {
        return false;
    }
    claim.level = leveled ? first->form : lac_span_of("");
    skip_fill(scan, &i);
    if (!take_pair(&claim, scan, &i, true) || !lac_scan_add(scan, claim, *at, i)) {
        return false;
    }
    *at = i;
    return true;
}

/* ---- pairs behind a number ------------------------------------------------------------------ */

/* "0.91 (0.76, 1.09)": an estimate and its interval, as tables have it; *at is at the "(". */
static bool bare_interval(lac_scan *scan, uint32_t *at)
{
    lac_claim claim = {.kind = LAC_CLAIM_INTERVAL};
    uint32_t i = *at + 1;
    bool open = lac_scan_is_mark(scan, *at, '(') || lac_scan_is_mark(scan, *at, '[');
    if (!open || !take_pair(&claim, scan, &i, true) ||
        !(lac_scan_is_mark(scan, i, ')') || lac_scan_is_mark(scan, i, ']')) ||
        claim.unit_class == LAC_UNIT_NOUN || !lac_scan_add(scan, claim, *at + 1, i)) {
        return false;
    }
    *at = i + 1;
    return true;
}

static bool take_range(lac_claim *claim, lac_scan *scan, uint32_t *at)
{
    lac_claim pair = *claim;
    uint32_t i = *at;
    bool between = i > 0 && lac_scan_is_word(scan, i - 1, "between");
    if (!take_pair(&pair, scan, &i, false) &&
        !(between && (i = *at, take_pair(&pair, scan, &i, true)))) {
        return false;
    }
    pair.kind = LAC_CLAIM_RANGE;
    *claim = pair;
    *at = i;
    return true;
}

/* "16/48", "16 of 48", "16 of the 48 participants", "16 out of 48". */
static bool take_fraction(lac_claim *claim, lac_scan *scan, uint32_t *at)
{
    static const char *const FILLS[] = {"the", "all", "these", "a", "total", "of", NULL};
    uint32_t i = *at;
    if (!lac_scan_value(&claim->a.value, scan, &i)) {
        return false;
    }
    lac_claim noun = {.unit_class = LAC_UNIT_NONE};
    (void)lac_scan_unit(&noun, scan, &i);
    if (noun.unit_class == LAC_UNIT_HARD) {
        return false;
    }
    bool slash = lac_scan_is_mark(scan, i, '/');
    bool out = lac_scan_is_word(scan, i, "out") && lac_scan_is_word(scan, i + 1, "of");
    if (!slash && !out && !lac_scan_is_word(scan, i, "of")) {
        return false;
    }
    i += out ? 2 : 1;
    for (int f = 0; f < 3; f++) {
        i += !slash && lac_scan_is_any(scan, i, FILLS) ? 1 : 0;
    }
    if (!lac_scan_value(&claim->b.value, scan, &i)) {
        return false;
    }
    if (lac_scan_unit(claim, scan, &i) && claim->unit_class == LAC_UNIT_HARD && !slash) {
        return false;
    }
    claim->kind = LAC_CLAIM_FRACTION;
    *at = i;
    return true;
}

static bool take_spread(lac_claim *claim, lac_scan *scan, uint32_t *at)
{
    uint32_t i = *at;
    if (!lac_scan_value(&claim->a.value, scan, &i)) {
        return false;
    }
    lac_claim first = {.unit_class = LAC_UNIT_NONE};
    (void)lac_scan_unit(&first, scan, &i);
    bool marked = lac_scan_is_mark(scan, i, 0xB1);
    bool spelled = lac_scan_is_mark(scan, i, '+') && lac_scan_is_mark(scan, i + 1, '/') &&
                   lac_scan_is_mark(scan, i + 2, '-');
    i += marked ? 1 : 3;
    if ((!marked && !spelled) || !lac_scan_value(&claim->b.value, scan, &i)) {
        return false;
    }
    if (!lac_scan_unit(claim, scan, &i)) {
        claim->unit = first.unit;
        claim->unit_class = first.unit_class;
        claim->dose = first.dose;
    }
    claim->kind = LAC_CLAIM_SPREAD;
    *at = i;
    return true;
}

/* ---- single numbers ------------------------------------------------------------------------- */

/* "Week 4": the word in front is the unit. */
static bool take_prefix(lac_claim *claim, const lac_scan *scan, uint32_t *first)
{
    if (*first == 0) {
        return false;
    }
    uint32_t word = *first - 1;
    word -= word > 0 && (lac_scan_is_mark(scan, word, '-') || lac_scan_is_mark(scan, word, '.'))
                ? 1
                : 0;
    const lac_ground_token *token = lac_scan_token(scan, word);
    const lac_unit_entry *unit =
        token->kind == LAC_TOKEN_WORD ? lac_unit_find_prefix(token->form) : NULL;
    /* "at 12 months 81.2 %": the word belongs to the number in front of it. */
    bool taken = scan->claim_count > 0 && scan->claims[scan->claim_count - 1].last > word;
    if (unit == NULL || word + 1 != *first || taken) {
        return false;
    }
    claim->unit = lac_span_of(unit->canonical);
    claim->unit_class = LAC_UNIT_PREFIX;
    claim->dose = unit->dose;
    *first = word;
    return true;
}

/* "1b", "3a": a letter is part of the name. */
static bool take_suffixed(lac_scan *scan, const lac_claim *claim, uint32_t first, uint32_t *at)
{
    const lac_ground_token *number = lac_scan_token(scan, *at);
    const lac_ground_token *letter = lac_scan_token(scan, *at + 1);
    if (!lac_scan_is_number(scan, *at) || letter->kind != LAC_TOKEN_WORD || letter->spaced ||
        letter->exact.len > 2 || lac_unit_find(letter->exact, letter->form) != NULL) {
        return false;
    }
    lac_buf name;
    lac_claim named = {
        .kind = LAC_CLAIM_IDENTIFIER, .unit = claim->unit, .unit_class = claim->unit_class};
    lac_buf_init(&name, 64);
    bool fine = lac_buf_append_span(&name, claim->unit) == LACUNA_OK &&
                lac_buf_append_char(&name, ' ') == LACUNA_OK &&
                number->exact.len + letter->exact.len < 32 &&
                lac_buf_append_span(&name, number->exact) == LACUNA_OK &&
                lac_buf_append_span(&name, letter->form) == LACUNA_OK;
    if (fine) {
        named.canonical = lac_scan_keep(scan, lac_buf_span(&name));
        fine = scan->status == LACUNA_OK && lac_scan_add(scan, named, first, *at + 2);
    }
    lac_buf_free(&name);
    *at += fine ? 2 : 0;
    return fine;
}

/* Numbers with more digits than a value has are names. */
static bool take_long(lac_scan *scan, uint32_t *at)
{
    lac_decimal value;
    const lac_ground_token *token = lac_scan_token(scan, *at);
    if (token->kind != LAC_TOKEN_NUMBER || lac_decimal_parse(&value, token->form)) {
        return false;
    }
    lac_claim claim = {.kind = LAC_CLAIM_IDENTIFIER, .canonical = token->exact};
    bool added = lac_scan_add(scan, claim, *at, *at + 1);
    *at += added ? 1 : 0;
    return added;
}

static bool is_time(const lac_claim *claim)
{
    static const char *const TIMES[] = {"h", "min", "s", "days", "weeks", "months", "years"};
    for (size_t i = 0; i < sizeof TIMES / sizeof TIMES[0]; i++) {
        if (lac_span_is(claim->unit, TIMES[i])) {
            return true;
        }
    }
    return false;
}

static bool take_single(lac_claim *claim, lac_scan *scan, uint32_t *at)
{
    if (!lac_scan_value(&claim->a.value, scan, at)) {
        return false;
    }
    if (claim->unit_class == LAC_UNIT_PREFIX) {
        return true;
    }
    if (!lac_scan_unit(claim, scan, at)) {
        lac_scan_noun(claim, scan, *at);
    }
    /* "aged 18 years or older" */
    uint32_t behind = *at + (lac_scan_is_word(scan, *at, "of") ? 2 : 0);
    uint8_t relation = lac_scan_relation_after(scan, &behind);
    if (relation != LAC_RELATION_NONE && (claim->unit_class != LAC_UNIT_NONE || is_time(claim))) {
        claim->a.relation = relation;
        *at = behind;
    }
    return true;
}

/* "two-sided", "three-arm": a word, no number; "two-week" has a unit. */
static bool is_compound(lac_scan *scan, uint32_t first, uint32_t end)
{
    lac_claim unit = {.unit_class = LAC_UNIT_NONE};
    uint32_t at = end;
    return lac_scan_token(scan, first)->kind == LAC_TOKEN_WORD &&
           lac_scan_is_mark(scan, end, '-') && !lac_scan_token(scan, end)->spaced &&
           !lac_scan_token(scan, end + 1)->spaced &&
           lac_scan_token(scan, end + 1)->kind == LAC_TOKEN_WORD &&
           !lac_scan_unit(&unit, scan, &at);
}

bool lac_scan_number(lac_scan *scan, uint32_t *at)
{
    uint32_t i = *at, first = *at;
    lac_claim claim = {.kind = LAC_CLAIM_NUMBER};
    lac_decimal probe;
    if (take_long(scan, at)) {
        return true;
    }
    bool prefixed = take_prefix(&claim, scan, &first);
    if (take_suffixed(scan, &claim, first, at)) {
        return true;
    }
    uint32_t end = i;
    if (!lac_scan_value(&probe, scan, &end) || is_compound(scan, i, end)) {
        return false;
    }
    uint8_t relation = prefixed ? LAC_RELATION_NONE : lac_scan_relation_before(scan, &first);
    bool found = false;
    const lac_claim blank = claim;
    if (!prefixed) {
        found = (i = *at, take_spread(&claim, scan, &i)) ||
                (claim = blank, i = *at, take_fraction(&claim, scan, &i));
    }
    found = found || (claim = blank, i = *at, take_range(&claim, scan, &i)) ||
            (claim = blank, i = *at, take_single(&claim, scan, &i));
    if (prefixed) {
        claim.unit = blank.unit;
        claim.unit_class = blank.unit_class;
        claim.dose = blank.dose;
    }
    claim.a.relation = relation != LAC_RELATION_NONE ? relation : claim.a.relation;
    if (!found || !lac_scan_add(scan, claim, first, i)) {
        return false;
    }
    *at = i;
    (void)bare_interval(scan, at);
    return true;
}

/* ---- lists ---------------------------------------------------------------------------------- */

typedef enum join { JOIN_NONE, JOIN_COMMA, JOIN_WORD } join;

/* What stands between two neighbouring claims of a list. */
static join joined(const lac_scan *scan, const lac_claim *left, const lac_claim *right)
{
    static const char *const WORDS[] = {"and", "or", "vs", "versus", "to", NULL};
    uint32_t i = left->last;
    bool comma = lac_scan_is_mark(scan, i, ',');
    i += comma ? 1 : 0;
    bool word = lac_scan_is_any(scan, i, WORDS) || lac_scan_is_mark(scan, i, '/');
    i += word ? 1 : 0;
    if (i != right->first || (!comma && !word)) {
        return JOIN_NONE;
    }
    return word ? JOIN_WORD : JOIN_COMMA;
}

static void take_unit(lac_claim *to, const lac_claim *from)
{
    to->unit = from->unit;
    to->unit_class = from->unit_class;
    to->dose = from->dose;
}

static bool bare(const lac_claim *claim)
{
    return (claim->kind == LAC_CLAIM_NUMBER || claim->kind == LAC_CLAIM_RANGE) &&
           claim->unit_class == LAC_UNIT_NONE;
}

void lac_scan_share_units(lac_scan *scan)
{
    bool chain = false;
    for (size_t k = scan->claim_count; k-- > 1;) {
        lac_claim *left = &scan->claims[k - 1];
        const lac_claim *right = &scan->claims[k];
        join how = joined(scan, left, right);
        chain = how == JOIN_WORD || (how == JOIN_COMMA && chain);
        bool gives = right->kind <= LAC_CLAIM_RANGE &&
                     (right->unit_class == LAC_UNIT_HARD || right->unit_class == LAC_UNIT_NOUN);
        if (chain && bare(left) && gives) {
            take_unit(left, right);
        }
    }
    for (size_t k = 1; k < scan->claim_count; k++) {
        lac_claim *right = &scan->claims[k];
        const lac_claim *left = &scan->claims[k - 1];
        bool noun = right->unit_class == LAC_UNIT_NOUN && right->first + 1 == right->last;
        if ((bare(right) || noun) && left->unit_class == LAC_UNIT_PREFIX &&
            left->kind <= LAC_CLAIM_RANGE && joined(scan, left, right) != JOIN_NONE) {
            take_unit(right, left);
        }
    }
}
