#include "drafter/phi/phi.h"

#include "support/error.h"
#include "support/utf8.h"

#include <stdlib.h>

enum { MASK_CHARACTERS = 32 };

static const struct {
    const char *name, *token;
} KINDS[LAC_PHI_KINDS] = {
    [LAC_PHI_NAME] = {"name", "PERSON"},
    [LAC_PHI_PLACE] = {"place", "PLACE"},
    [LAC_PHI_DATE] = {"date", "DATE"},
    [LAC_PHI_AGE] = {"age", "AGE"},
    [LAC_PHI_PHONE] = {"phone", "PHONE"},
    [LAC_PHI_FAX] = {"fax", "FAX"},
    [LAC_PHI_EMAIL] = {"email", "EMAIL"},
    [LAC_PHI_SSN] = {"ssn", "SSN"},
    [LAC_PHI_RECORD] = {"medical-record", "RECORD"},
    [LAC_PHI_PLAN] = {"health-plan", "PLAN"},
    [LAC_PHI_ACCOUNT] = {"account", "ACCOUNT"},
    [LAC_PHI_LICENCE] = {"licence", "LICENCE"},
    [LAC_PHI_VEHICLE] = {"vehicle", "VEHICLE"},
    [LAC_PHI_DEVICE] = {"device", "DEVICE"},
    [LAC_PHI_URL] = {"url", "URL"},
    [LAC_PHI_IP] = {"ip", "IP"},
    [LAC_PHI_BIOMETRIC] = {"biometric", "BIOMETRIC"},
    [LAC_PHI_PHOTO] = {"photo", "PHOTO"},
    [LAC_PHI_CODE] = {"code", "CODE"},
};

const char *lac_phi_kind_name(lac_phi_kind kind)
{
    return kind < LAC_PHI_KINDS ? KINDS[kind].name : "";
}

const char *lac_phi_kind_token(lac_phi_kind kind)
{
    return kind < LAC_PHI_KINDS ? KINDS[kind].token : "";
}

lac_phi_kind lac_phi_kind_of(lac_span name)
{
    lac_phi_kind kind = 0;
    while (kind < LAC_PHI_KINDS && !lac_span_is(name, KINDS[kind].name)) {
        kind++;
    }
    return kind;
}

bool lac_phi_kind_is_replaced(lac_phi_kind kind)
{
    return kind != LAC_PHI_BIOMETRIC && kind != LAC_PHI_PHOTO;
}

void lac_phi_list_free(lac_phi_list *list)
{
    free(list->items);
    *list = (lac_phi_list){0};
}

lacuna_status lac_phi_list_add(lac_phi_list *list, size_t start, size_t length, lac_phi_kind kind,
                               bool certain, lacuna_error *err)
{
    void *items = list->items;
    lacuna_status status =
        lac_grow(&items, &list->capacity, list->count + 1, sizeof *list->items, LAC_PHI_FINDS_MAX);
    list->items = items;
    if (status == LACUNA_E_LIMIT) {
        return lac_fail(err, status, "more than %d places that may identify a person",
                        LAC_PHI_FINDS_MAX);
    }
    if (status != LACUNA_OK) {
        return lac_fail_nomem(err);
    }
    list->items[list->count] =
        (lac_phi_find){(uint32_t)start, (uint32_t)length, kind, certain, (uint32_t)list->count};
    list->count++;
    return LACUNA_OK;
}

static int compare(const void *a, const void *b)
{
    const lac_phi_find *x = a, *y = b;
    if (x->start != y->start) {
        return x->start < y->start ? -1 : 1;
    }
    if (x->length != y->length) {
        return x->length > y->length ? -1 : 1;
    }
    return (x->order > y->order) - (x->order < y->order);
}

/* Two that overlap become what both cover, so that no part of either is left readable. */
static void join(lac_phi_find *into, const lac_phi_find *other)
{
    uint32_t end = into->start + into->length;
    uint32_t other_end = other->start + other->length;
    if (other->length > into->length) {
        into->kind = other->kind;
    }
    into->certain = into->certain || other->certain;
    into->length = (other_end > end ? other_end : end) - into->start;
}

void lac_phi_list_settle(lac_phi_list *list)
{
    size_t kept = 0;
    if (list->count > 1) {
        qsort(list->items, list->count, sizeof *list->items, compare);
    }
    for (size_t i = 0; i < list->count; i++) {
        lac_phi_find *last = kept == 0 ? NULL : &list->items[kept - 1];
        if (last != NULL && list->items[i].start < last->start + last->length) {
            join(last, &list->items[i]);
        } else {
            list->items[kept++] = list->items[i];
        }
    }
    list->count = kept;
}

lacuna_status lac_phi_mask(lac_buf *out, lac_span text, lacuna_error *err)
{
    size_t at = 0, length, characters = 0;
    lacuna_status status = LACUNA_OK;
    while (at < text.len && characters++ < MASK_CHARACTERS && status == LACUNA_OK) {
        uint32_t c = lac_utf8_decode(lac_span_make(text.ptr + at, text.len - at), &length);
        char shown = lac_utf8_is_digit(c) ? '9' : lac_utf8_is_letter(c) ? 'x' : ' ';
        shown = c > ' ' && c < 0x7F && shown == ' ' ? (char)c : shown;
        status = lac_buf_append_char(out, shown);
        at += length;
    }
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(err);
}
