/* Claims that are names: identifiers, references, frequencies, ratios. */
#include "drafter/ground/scan.h"

enum { NAME_BYTES_MAX = 400 };

static bool add_named(lac_scan *scan, lac_claim_kind kind, const lac_buf *name, uint32_t first,
                      uint32_t last)
{
    lac_claim claim = {.kind = (uint8_t)kind, .canonical = lac_scan_keep(scan, lac_buf_span(name))};
    return scan->status == LACUNA_OK && lac_scan_add(scan, claim, first, last);
}

/* ---- identifiers ---------------------------------------------------------------------------- */

static bool has_digit(lac_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9') {
            return true;
        }
    }
    return false;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* "HVT-204-201", "H20-2401", "2026-590204-00-00": pieces joined by hyphens, a digit in one, and a
 * capital or a second hyphen; moves *at behind. */
static bool take_joined(lac_buf *name, const lac_scan *scan, uint32_t *at, bool *lettered)
{
    uint32_t i = *at, pieces = 0;
    bool digits = false, capital = false;
    for (;; i++) {
        const lac_ground_token *token = lac_scan_token(scan, i);
        if ((token->kind != LAC_TOKEN_WORD && token->kind != LAC_TOKEN_NUMBER) ||
            (pieces > 0 && token->spaced) || token->exact.len > 24) {
            return false;
        }
        digits = digits || has_digit(token->exact);
        capital = capital || (token->kind == LAC_TOKEN_WORD && is_upper(token->exact.ptr[0]) &&
                              (token->exact.len < 2 || !token->capital ||
                               is_upper(token->exact.ptr[1]) || has_digit(token->exact)));
        if (lac_buf_append_span(name, token->exact) != LACUNA_OK) {
            return false;
        }
        pieces++;
        if (!lac_scan_is_mark(scan, i + 1, '-') || lac_scan_token(scan, i + 1)->spaced ||
            lac_scan_token(scan, i + 2)->spaced ||
            (lac_scan_token(scan, i + 2)->kind != LAC_TOKEN_WORD &&
             lac_scan_token(scan, i + 2)->kind != LAC_TOKEN_NUMBER)) {
            break;
        }
        if (lac_buf_append_char(name, '-') != LACUNA_OK) {
            return false;
        }
        i++;
    }
    *lettered = capital;
    *at = i + 1;
    return digits && pieces > 1 && (capital || pieces > 2);
}

/* "NCT90020401", "H20": capitals and digits in one word. */
static bool is_code(const lac_ground_token *token)
{
    uint32_t capitals = 0, digits = 0;
    for (size_t i = 0; i < token->exact.len; i++) {
        char c = token->exact.ptr[i];
        capitals += is_upper(c) ? 1 : 0;
        digits += c >= '0' && c <= '9' ? 1 : 0;
    }
    return token->kind == LAC_TOKEN_WORD && capitals > 0 && digits >= 3 &&
           capitals + digits == token->exact.len;
}

/* "IND 900204", "NDA No. 123456". */
static bool take_application(lac_buf *name, const lac_scan *scan, uint32_t *at)
{
    static const char *const KINDS[] = {"IND", "NDA", "BLA", "ANDA", "DMF", "IDE", "PMA", NULL};
    uint32_t i = *at + 1;
    const lac_ground_token *token = lac_scan_token(scan, *at);
    bool known = false;
    for (size_t k = 0; KINDS[k] != NULL; k++) {
        known = known || lac_span_is(token->exact, KINDS[k]);
    }
    i += lac_scan_is_word(scan, i, "no") || lac_scan_is_word(scan, i, "number") ? 1 : 0;
    i += lac_scan_is_mark(scan, i, '.') || lac_scan_is_mark(scan, i, '#') ? 1 : 0;
    const lac_ground_token *number = lac_scan_token(scan, i);
    if (!known || number->kind != LAC_TOKEN_NUMBER || number->form.len < 4) {
        return false;
    }
    *at = i + 1;
    return lac_buf_append_span(name, token->exact) == LACUNA_OK &&
           lac_buf_append_char(name, ' ') == LACUNA_OK &&
           lac_buf_append_span(name, number->form) == LACUNA_OK;
}

bool lac_scan_identifier(lac_scan *scan, uint32_t *at)
{
    lac_buf name;
    uint32_t i = *at;
    bool lettered = false, found = false;
    lac_buf_init(&name, NAME_BYTES_MAX);
    const lac_ground_token *token = lac_scan_token(scan, i);
    /* A number begins one only where it is long: "2026-590204-00-00", not "10-20-30". */
    bool begins =
        token->kind == LAC_TOKEN_WORD || (token->kind == LAC_TOKEN_NUMBER && token->exact.len >= 4);
    found = take_application(&name, scan, &i);
    if (!found) {
        lac_buf_clear(&name);
        i = *at;
        found = begins && take_joined(&name, scan, &i, &lettered);
    }
    if (!found && is_code(token)) {
        lac_buf_clear(&name);
        i = *at + 1;
        found = lac_buf_append_span(&name, token->exact) == LACUNA_OK;
    }
    found = found && add_named(scan, LAC_CLAIM_IDENTIFIER, &name, *at, i);
    lac_buf_free(&name);
    *at = found ? i : *at;
    return found;
}

/* ---- references ----------------------------------------------------------------------------- */

static const struct {
    const char *word, *canonical;
} REFERENCES[] = {
    {"section", "section"},
    {"sections", "section"},
    {"table", "table"},
    {"tables", "table"},
    {"figure", "figure"},
    {"figures", "figure"},
    {"fig", "figure"},
    {"appendix", "appendix"},
    {"appendices", "appendix"},
    {"listing", "listing"},
    {"listings", "listing"},
    {"module", "module"},
    {"attachment", "attachment"},
    {"annex", "annex"},
    {"cfr", "CFR"},
};

static const char *reference_at(const lac_scan *scan, uint32_t at)
{
    for (size_t i = 0; i < sizeof REFERENCES / sizeof REFERENCES[0]; i++) {
        if (lac_scan_is_word(scan, at, REFERENCES[i].word)) {
            return REFERENCES[i].canonical;
        }
    }
    return NULL;
}

/* "6.4.8", "14.2.1-9", "3.2.P.5", "312.23(a)(5)", "A", "1b". */
static bool take_place(lac_buf *name, const lac_scan *scan, uint32_t *at)
{
    uint32_t i = *at;
    const lac_ground_token *token = lac_scan_token(scan, i);
    bool number = token->kind == LAC_TOKEN_NUMBER || token->kind == LAC_TOKEN_DOTTED;
    bool letter = token->kind == LAC_TOKEN_WORD && token->exact.len == 1 && token->capital;
    if (!number && !letter) {
        return false;
    }
    bool fine = lac_buf_append_span(name, token->exact) == LACUNA_OK;
    for (i++; fine && !lac_scan_token(scan, i)->spaced; i++) {
        const lac_ground_token *next = lac_scan_token(scan, i);
        bool joins = next->kind == LAC_TOKEN_MARK &&
                     (next->mark == '.' || next->mark == '-' || next->mark == '(');
        bool closes = next->kind == LAC_TOKEN_MARK && next->mark == ')' && i > *at + 1 &&
                      lac_scan_is_mark(scan, i - 2, '(');
        bool text = next->kind == LAC_TOKEN_WORD || next->kind == LAC_TOKEN_NUMBER ||
                    next->kind == LAC_TOKEN_DOTTED;
        if (joins && (lac_scan_token(scan, i + 1)->spaced ||
                      lac_scan_token(scan, i + 1)->kind == LAC_TOKEN_MARK ||
                      lac_scan_token(scan, i + 1)->kind == LAC_TOKEN_END)) {
            break;
        }
        if ((!joins && !closes && !text) || next->exact.len > 12) {
            break;
        }
        fine = lac_buf_append_span(name, next->exact) == LACUNA_OK;
    }
    *at = i;
    return fine;
}

static bool add_reference(lac_scan *scan, const char *what, uint32_t first, uint32_t *at)
{
    lac_buf name;
    uint32_t i = *at;
    lac_buf_init(&name, NAME_BYTES_MAX);
    bool found = lac_buf_append_text(&name, what) == LACUNA_OK &&
                 lac_buf_append_char(&name, ' ') == LACUNA_OK && take_place(&name, scan, &i) &&
                 add_named(scan, LAC_CLAIM_REFERENCE, &name, first, i);
    lac_buf_free(&name);
    *at = found ? i : *at;
    return found;
}

static bool is_list_mark(const lac_scan *scan, uint32_t at)
{
    return lac_scan_is_mark(scan, at, ',') || lac_scan_is_word(scan, at, "and") ||
           lac_scan_is_word(scan, at, "or") || lac_scan_is_word(scan, at, "to");
}

bool lac_scan_reference(lac_scan *scan, uint32_t *at)
{
    const char *what = reference_at(scan, *at);
    uint32_t i = *at + 1;
    if (lac_scan_token(scan, *at)->kind == LAC_TOKEN_DOTTED) {
        i = *at;
        what = "section";
    } else if (lac_scan_is_mark(scan, *at, 0xA7)) {
        what = "section";
    } else if (what == NULL) {
        return false;
    }
    if (!add_reference(scan, what, *at, &i)) {
        return false;
    }
    while (is_list_mark(scan, i) && lac_scan_token(scan, i + 1)->kind == LAC_TOKEN_DOTTED) {
        uint32_t next = i + 1;
        if (!add_reference(scan, what, i + 1, &next)) {
            break;
        }
        i = next;
    }
    *at = i;
    return true;
}

/* ---- frequencies ---------------------------------------------------------------------------- */

static const char *per_period(const lac_scan *scan, uint32_t *at)
{
    static const struct {
        const char *words[3];
        const char *period;
    } PERIODS[] = {
        {{"daily", NULL, NULL}, "day"},     {{"a", "day", NULL}, "day"},
        {{"per", "day", NULL}, "day"},      {{"each", "day", NULL}, "day"},
        {{"every", "day", NULL}, "day"},    {{"weekly", NULL, NULL}, "week"},
        {{"a", "week", NULL}, "week"},      {{"per", "week", NULL}, "week"},
        {{"each", "week", NULL}, "week"},   {{"every", "week", NULL}, "week"},
        {{"monthly", NULL, NULL}, "month"}, {{"a", "month", NULL}, "month"},
        {{"per", "month", NULL}, "month"},  {{"yearly", NULL, NULL}, "year"},
        {{"a", "year", NULL}, "year"},      {{"per", "year", NULL}, "year"},
    };
    for (size_t i = 0; i < sizeof PERIODS / sizeof PERIODS[0]; i++) {
        uint32_t words = PERIODS[i].words[1] == NULL ? 1 : 2;
        if (lac_scan_is_word(scan, *at, PERIODS[i].words[0]) &&
            (words == 1 || lac_scan_is_word(scan, *at + 1, PERIODS[i].words[1]))) {
            *at += words;
            return PERIODS[i].period;
        }
    }
    return NULL;
}

/* "once" is 1, "twice" 2, "three times" 3; 0: none. */
static uint32_t times_at(const lac_scan *scan, uint32_t *at)
{
    static const char *const COUNTS[] = {"", "one", "two", "three", "four", "five", "six"};
    if (lac_scan_is_word(scan, *at, "once") || lac_scan_is_word(scan, *at, "twice")) {
        return lac_scan_is_word(scan, (*at)++, "once") ? 1 : 2;
    }
    for (uint32_t n = 1; n < sizeof COUNTS / sizeof COUNTS[0]; n++) {
        char digit[2] = {(char)('0' + n), '\0'};
        bool number = lac_scan_is_word(scan, *at, COUNTS[n]) ||
                      lac_span_is(lac_scan_token(scan, *at)->form, digit);
        if (number &&
            (lac_scan_is_word(scan, *at + 1, "times") || lac_scan_is_word(scan, *at + 1, "time"))) {
            *at += 2;
            return n;
        }
    }
    return 0;
}

static uint32_t latin_times(lac_span exact)
{
    return lac_span_is(exact, "QD") || lac_span_is(exact, "q.d.")      ? 1
           : lac_span_is(exact, "BID") || lac_span_is(exact, "b.i.d.") ? 2
           : lac_span_is(exact, "TID")                                 ? 3
           : lac_span_is(exact, "QID")                                 ? 4
                                                                       : 0;
}

bool lac_scan_frequency(lac_scan *scan, uint32_t *at)
{
    lac_buf name;
    uint32_t i = *at;
    const char *period = "day";
    if (lac_scan_token(scan, i)->kind == LAC_TOKEN_MARK) {
        return false;
    }
    uint32_t times = latin_times(lac_scan_token(scan, i)->exact);
    if (times > 0) {
        i++;
    } else {
        times = times_at(scan, &i);
        i += times > 0 && lac_scan_is_mark(scan, i, '-') ? 1 : 0;
        period = times == 0 ? NULL : per_period(scan, &i);
    }
    if (period == NULL) {
        return false;
    }
    lac_buf_init(&name, NAME_BYTES_MAX);
    bool found = lac_buf_printf(&name, "%u/%s", times, period) == LACUNA_OK &&
                 add_named(scan, LAC_CLAIM_FREQUENCY, &name, *at, i);
    lac_buf_free(&name);
    *at = found ? i : *at;
    return found;
}

/* ---- ratios --------------------------------------------------------------------------------- */

bool lac_scan_ratio(lac_scan *scan, uint32_t *at)
{
    lac_buf name;
    uint32_t i = *at;
    if (!lac_scan_is_number(scan, i) || !lac_scan_is_mark(scan, i + 1, ':') ||
        lac_scan_token(scan, i + 1)->spaced) {
        return false;
    }
    lac_buf_init(&name, NAME_BYTES_MAX);
    bool fine = lac_buf_append_span(&name, lac_scan_token(scan, i++)->exact) == LACUNA_OK;
    uint32_t parts = 1;
    while (fine && lac_scan_is_mark(scan, i, ':') && lac_scan_is_number(scan, i + 1) &&
           !lac_scan_token(scan, i + 1)->spaced) {
        fine = lac_buf_append_char(&name, ':') == LACUNA_OK &&
               lac_buf_append_span(&name, lac_scan_token(scan, i + 1)->form) == LACUNA_OK;
        parts++;
        i += 2;
    }
    fine = fine && parts > 1 && add_named(scan, LAC_CLAIM_RATIO, &name, *at, i);
    lac_buf_free(&name);
    *at = fine ? i : *at;
    return fine;
}
