#include "drafter/ground/claim.h"

#include "drafter/ground/scan.h"
#include "support/error.h"

#include <stdlib.h>

/* ---- shared by the scanners ----------------------------------------------------------------- */

bool lac_scan_add(lac_scan *scan, lac_claim claim, uint32_t first, uint32_t last)
{
    void *claims = scan->claims;
    lacuna_status status = lac_grow(&claims, &scan->claim_cap, scan->claim_count + 1,
                                    sizeof *scan->claims, LAC_TOKENS_MAX);
    scan->claims = claims;
    if (status != LACUNA_OK) {
        scan->status = status;
        return false;
    }
    claim.first = first;
    claim.last = last;
    claim.start = scan->tokens[first].start;
    claim.end = scan->tokens[last - 1].end;
    scan->claims[scan->claim_count++] = claim;
    return true;
}

lac_span lac_scan_keep(lac_scan *scan, lac_span text)
{
    const char *copy = lac_arena_copy(scan->arena, text);
    if (copy == NULL) {
        scan->status = LACUNA_E_NOMEM;
        return lac_span_make("", 0);
    }
    return lac_span_make(copy, text.len);
}

/* ---- names ---------------------------------------------------------------------------------- */

const char *lac_relation_mark(uint8_t relation)
{
    static const char *const MARKS[] = {"", "<", "\xE2\x89\xA4", ">", "\xE2\x89\xA5", "~"};
    return relation <= LAC_RELATION_ABOUT ? MARKS[relation] : "";
}

const char *lac_claim_name(const lac_claim *claim)
{
    static const char *const NAMES[LAC_CLAIM_KIND_COUNT] = {"number",
                                                            "range",
                                                            "n of N",
                                                            "mean and deviation",
                                                            "confidence interval",
                                                            "p value",
                                                            "date",
                                                            "frequency",
                                                            "ratio",
                                                            "identifier",
                                                            "reference"};
    if (claim->kind == LAC_CLAIM_NUMBER && lac_span_is(claim->unit, "%")) {
        return "percentage";
    }
    return NAMES[claim->kind];
}

static lacuna_status put_quantity(lac_buf *name, const lac_quantity *quantity)
{
    char text[LAC_DECIMAL_TEXT];
    lac_decimal_text(text, &quantity->value);
    lacuna_status status = lac_buf_append_text(name, lac_relation_mark(quantity->relation));
    return status == LACUNA_OK ? lac_buf_append_text(name, text) : status;
}

static lacuna_status put_unit(lac_buf *name, const lac_claim *claim)
{
    if (claim->unit.len == 0 || claim->unit_class == LAC_UNIT_PREFIX) {
        return LACUNA_OK;
    }
    lacuna_status status = lac_buf_append_char(name, ' ');
    return status == LACUNA_OK ? lac_buf_append_span(name, claim->unit) : status;
}

static lacuna_status put_start(lac_buf *name, const lac_claim *claim)
{
    if (claim->kind == LAC_CLAIM_P_VALUE) {
        return lac_buf_append_text(name, claim->a.relation == LAC_RELATION_NONE ? "p=" : "p");
    }
    if (claim->kind == LAC_CLAIM_INTERVAL) {
        return lac_buf_printf(name, "%.*s%sCI ", (int)claim->level.len, claim->level.ptr,
                              claim->level.len == 0 ? "" : "% ");
    }
    return claim->unit_class == LAC_UNIT_PREFIX
               ? lac_buf_printf(name, "%.*s ", (int)claim->unit.len - 1, claim->unit.ptr + 1)
               : LACUNA_OK;
}

static lacuna_status put_claim(lac_buf *name, const lac_claim *claim)
{
    static const char *const JOINS[] = {"", " to ", "/", " \xC2\xB1 ", " to ", ""};
    lacuna_status status = put_start(name, claim);
    status = status == LACUNA_OK ? put_quantity(name, &claim->a) : status;
    if (status == LACUNA_OK && JOINS[claim->kind][0] != '\0') {
        status = lac_buf_append_text(name, JOINS[claim->kind]);
        status = status == LACUNA_OK ? put_quantity(name, &claim->b) : status;
    }
    return status == LACUNA_OK ? put_unit(name, claim) : status;
}

void lac_scan_name_all(lac_scan *scan)
{
    enum { NAME_BYTES_MAX = 1024 };
    lac_buf name;
    lac_buf_init(&name, NAME_BYTES_MAX);
    for (size_t i = 0; i < scan->claim_count && scan->status == LACUNA_OK; i++) {
        lac_claim *claim = &scan->claims[i];
        if (!lac_claim_has_numbers(claim)) {
            continue;
        }
        lac_buf_clear(&name);
        lacuna_status status = put_claim(&name, claim);
        claim->canonical = lac_scan_keep(scan, lac_buf_span(&name));
        scan->status = scan->status == LACUNA_OK ? status : scan->status;
    }
    lac_buf_free(&name);
}

/* ---- scanning ------------------------------------------------------------------------------- */

typedef bool (*scanner)(lac_scan *scan, uint32_t *at);

/* What is more particular goes first. */
static const scanner SCANNERS[] = {
    lac_scan_date,    lac_scan_frequency, lac_scan_identifier, lac_scan_reference,
    lac_scan_p_value, lac_scan_interval,  lac_scan_ratio,      lac_scan_number,
};

static void scan_all(lac_scan *scan)
{
    uint32_t at = 0;
    while (at < scan->count && scan->status == LACUNA_OK) {
        uint32_t before = at;
        for (size_t s = 0; s < sizeof SCANNERS / sizeof SCANNERS[0] && at == before; s++) {
            (void)SCANNERS[s](scan, &at);
        }
        at += at == before ? 1 : 0;
    }
}

/* A word in front that one claim took as its label belongs to no other. */
static void drop_overlaps(lac_scan *scan)
{
    for (size_t i = 1; i < scan->claim_count; i++) {
        lac_claim *claim = &scan->claims[i];
        uint32_t end = scan->claims[i - 1].last;
        if (claim->first < end && end < claim->last) {
            claim->first = end;
            claim->start = scan->tokens[end].start;
        }
    }
}

lacuna_status lac_claims_scan(lac_claims *out, lac_arena *arena, const lac_ground_tokens *tokens,
                              lacuna_error *err)
{
    lac_scan scan = {.arena = arena, .tokens = tokens->items, .count = tokens->count};
    *out = (lac_claims){NULL, 0};
    scan_all(&scan);
    drop_overlaps(&scan);
    lac_scan_share_units(&scan);
    lac_scan_name_all(&scan);
    lac_claim *items = lac_arena_array(arena, scan.claim_count + 1, sizeof *items);
    if (scan.status == LACUNA_OK && items != NULL && scan.claim_count > 0) {
        memcpy(items, scan.claims, scan.claim_count * sizeof *items);
    }
    free(scan.claims);
    if (items == NULL || scan.status == LACUNA_E_NOMEM) {
        return lac_fail_nomem(err);
    }
    if (scan.status != LACUNA_OK) {
        return lac_fail(err, scan.status, "there are too many numbers in the text");
    }
    *out = (lac_claims){items, (uint32_t)scan.claim_count};
    return LACUNA_OK;
}
