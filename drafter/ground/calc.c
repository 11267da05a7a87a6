#include "drafter/ground/calc.h"

#include "drafter/ground/scan.h"

static const char OPEN[] = "{{calc:";

bool lac_calc_find(lac_span *whole, lac_span text, size_t at)
{
    enum { LENGTH_MAX = 1000 };
    size_t open = sizeof OPEN - 1;
    if (at + open > text.len || memcmp(text.ptr + at, OPEN, open) != 0) {
        return false;
    }
    for (size_t i = at + open; i + 1 < text.len && i < at + LENGTH_MAX; i++) {
        if (text.ptr[i] == '}' && text.ptr[i + 1] == '}') {
            *whole = lac_span_make(text.ptr + at, i + 2 - at);
            return true;
        }
    }
    return false;
}

/* ---- exact arithmetic ----------------------------------------------------------------------- */

typedef struct fraction {
    int64_t over, under; /* under > 0 */
    bool wrong;          /* too large, or a division by zero */
} fraction;

static int64_t common(int64_t a, int64_t b)
{
    a = a < 0 ? -a : a;
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a == 0 ? 1 : a;
}

static fraction reduced(int64_t over, int64_t under, bool wrong)
{
    if (wrong || under == 0 || over == INT64_MIN || under == INT64_MIN) {
        return (fraction){0, 1, true};
    }
    if (under < 0) {
        over = -over;
        under = -under;
    }
    int64_t divisor = common(over, under);
    return (fraction){over / divisor, under / divisor, false};
}

static fraction multiply(fraction a, fraction b)
{
    int64_t over, under;
    fraction x = reduced(a.over, b.under, a.wrong || b.wrong); /* keeps the products small */
    fraction y = reduced(b.over, a.under, a.wrong || b.wrong);
    bool wrong = x.wrong || y.wrong || __builtin_mul_overflow(x.over, y.over, &over) ||
                 __builtin_mul_overflow(x.under, y.under, &under);
    return wrong ? (fraction){0, 1, true} : reduced(over, under, false);
}

static fraction divide(fraction a, fraction b)
{
    if (b.over == 0 || b.wrong) {
        return (fraction){0, 1, true};
    }
    return multiply(a, reduced(b.under, b.over, false));
}

static fraction add(fraction a, fraction b)
{
    int64_t left, right, sum, under;
    bool wrong = a.wrong || b.wrong || __builtin_mul_overflow(a.over, b.under, &left) ||
                 __builtin_mul_overflow(b.over, a.under, &right) ||
                 __builtin_add_overflow(left, right, &sum) ||
                 __builtin_mul_overflow(a.under, b.under, &under);
    return wrong ? (fraction){0, 1, true} : reduced(sum, under, false);
}

static fraction of_decimal(const lac_decimal *value)
{
    fraction out = {0, 1, false};
    const fraction ten = {10, 1, false};
    for (uint8_t i = 0; i < value->count && !out.wrong; i++) {
        out = add(multiply(out, ten), (fraction){value->digits[i] - '0', 1, false});
    }
    for (int32_t i = 0; i < value->exponent && !out.wrong; i++) {
        out = multiply(out, ten);
    }
    for (int32_t i = 0; i > value->exponent && !out.wrong; i--) {
        out = divide(out, ten);
    }
    out.over = value->negative ? -out.over : out.over;
    return out;
}

/* Half away from zero, to a number of decimals; compared with what is shown. */
static bool rounds_to(fraction value, const lac_decimal *shown)
{
    const fraction ten = {10, 1, false};
    fraction expected = of_decimal(shown);
    for (uint8_t i = 0; i < shown->decimals; i++) {
        value = multiply(value, ten);
        expected = multiply(expected, ten);
    }
    if (value.wrong || expected.wrong || expected.under != 1) {
        return false;
    }
    int64_t whole = value.over / value.under, rest = value.over % value.under;
    rest = rest < 0 ? -rest : rest;
    bool up = rest >= value.under - rest;
    whole += up ? (value.over < 0 ? -1 : 1) : 0;
    return whole == expected.over;
}

/* ---- reading -------------------------------------------------------------------------------- */

typedef struct parser {
    lac_scan scan;
    uint32_t at, depth;
    lac_calc *out;
    bool wrong;
} parser;

static fraction read_sum(parser *p);

static void keep_number(parser *p, const lac_decimal *value, uint32_t first)
{
    bool percent = lac_decimal_is(value, 100);
    if (p->out->count == LAC_CALC_NUMBERS) {
        p->wrong = true;
    } else if (!percent) {
        p->out->numbers[p->out->count++] = (lac_claim){.kind = LAC_CLAIM_NUMBER,
                                                       .a = {*value, LAC_RELATION_NONE},
                                                       .unit = lac_span_of(""),
                                                       .start = p->scan.tokens[first].start,
                                                       .end = p->scan.tokens[p->at - 1].end};
    }
}

static fraction read_number(parser *p)
{
    lac_decimal value;
    lac_claim unit = {.unit_class = LAC_UNIT_NONE};
    const lac_ground_token *token = lac_scan_token(&p->scan, p->at);
    uint32_t first = p->at;
    if (token->kind != LAC_TOKEN_NUMBER || !lac_decimal_parse(&value, token->form)) {
        p->wrong = true;
        return (fraction){0, 1, true};
    }
    p->at++;
    keep_number(p, &value, first);
    /* A unit or noun may follow; a slash is always a division. */
    if (lac_scan_token(&p->scan, p->at)->kind == LAC_TOKEN_WORD) {
        p->at++;
    } else if (lac_scan_is_mark(&p->scan, p->at, '%')) {
        (void)lac_scan_unit(&unit, &p->scan, &p->at);
    }
    return of_decimal(&value);
}

static fraction read_factor(parser *p)
{
    bool negative = lac_scan_is_mark(&p->scan, p->at, '-');
    p->at += negative ? 1 : 0;
    fraction value;
    if (lac_scan_is_mark(&p->scan, p->at, '(') && p->depth < LAC_CALC_DEPTH) {
        p->at++;
        p->depth++;
        value = read_sum(p);
        p->depth--;
        p->wrong = p->wrong || !lac_scan_is_mark(&p->scan, p->at, ')');
        p->at++;
    } else {
        value = read_number(p);
    }
    value.over = negative ? -value.over : value.over;
    return value;
}

static fraction read_product(parser *p)
{
    fraction value = read_factor(p);
    while (!p->wrong) {
        bool times =
            lac_scan_is_mark(&p->scan, p->at, '*') || lac_scan_is_mark(&p->scan, p->at, 0xD7);
        bool over =
            lac_scan_is_mark(&p->scan, p->at, '/') || lac_scan_is_mark(&p->scan, p->at, 0xF7);
        if (!times && !over) {
            break;
        }
        p->at++;
        fraction next = read_factor(p);
        value = times ? multiply(value, next) : divide(value, next);
    }
    return value;
}

static fraction read_sum(parser *p)
{
    fraction value = read_product(p);
    while (!p->wrong) {
        bool plus = lac_scan_is_mark(&p->scan, p->at, '+');
        if (!plus && !lac_scan_is_mark(&p->scan, p->at, '-')) {
            break;
        }
        p->at++;
        fraction next = read_product(p);
        next.over = plus ? next.over : -next.over;
        value = add(value, next);
    }
    return value;
}

static void read_result(parser *p, lac_span whole, fraction value)
{
    lac_decimal shown;
    if (p->wrong || !lac_scan_is_mark(&p->scan, p->at, '=')) {
        p->out->trouble = "it cannot be read as an expression and its result";
        return;
    }
    uint32_t first = p->at + 1;
    uint32_t at = first;
    if (!lac_scan_value(&shown, &p->scan, &at)) {
        p->out->trouble = "it has no result";
        return;
    }
    lac_span rest = lac_span_make(whole.ptr + p->scan.tokens[first].start,
                                  whole.len - 2 - p->scan.tokens[first].start);
    p->out->result = lac_span_trim(rest);
    p->out->computed = !value.wrong;
    p->out->trouble = value.wrong                 ? "it is too large to compute, or divides by zero"
                      : !rounds_to(value, &shown) ? "the result is another"
                                                  : NULL;
}

lacuna_status lac_calc_read(lac_calc *out, lac_arena *arena, lac_span whole, lacuna_error *err)
{
    lac_ground_tokens tokens;
    *out = (lac_calc){.trouble = "it cannot be read"};
    lacuna_status status = lac_ground_tokens_make(&tokens, arena, whole, err);
    if (status != LACUNA_OK) {
        return status;
    }
    parser p = {.scan = {.arena = arena, .tokens = tokens.items, .count = tokens.count},
                .out = out};
    p.at = 4; /* { { calc : */
    fraction value = read_sum(&p);
    read_result(&p, whole, value);
    return p.scan.status;
}
