#include "drafter/judge_privacy.h"

#include "support/error.h"

#include <stdlib.h>

enum { DOCUMENTS_MAX = 1 << 24, SUMMARY_MAX = 200 };

const char *lac_phi_policy_name(lac_phi_policy policy)
{
    static const char *const names[] = {"searched", "pseudonyms", "allowed"};
    return names[policy];
}

lacuna_status lac_judge_veil(lac_veil **veil, lac_judge_veils *veils, const lac_document *document,
                             lacuna_error *err)
{
    void *items = veils->items;
    lacuna_status status = LACUNA_OK;
    *veil = NULL;
    if (veils->privacy.policy == LAC_PHI_ALLOW) {
        return LACUNA_OK;
    }
    for (size_t i = veils->count; i > 0; i--) {
        if (veils->items[i - 1]->document == document) {
            *veil = veils->items[i - 1];
            return LACUNA_OK;
        }
    }
    if (veils->scanner == NULL) {
        status = lac_phi_scanner_new(&veils->scanner, err);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    status =
        lac_grow(&items, &veils->capacity, veils->count + 1, sizeof *veils->items, DOCUMENTS_MAX);
    veils->items = items;
    lac_veil *made = status == LACUNA_OK ? calloc(1, sizeof *made) : NULL;
    if (made == NULL) {
        return lac_fail_nomem(err);
    }
    status = lac_veil_make(made, document, veils->scanner, veils->privacy.external,
                           veils->privacy.policy == LAC_PHI_COVER, err);
    if (status != LACUNA_OK) {
        free(made);
        return status;
    }
    veils->items[veils->count++] = made;
    *veil = made;
    return LACUNA_OK;
}

void lac_judge_veils_free(lac_judge_veils *veils)
{
    for (size_t i = 0; i < veils->count; i++) {
        lac_veil_free(veils->items[i]);
        free(veils->items[i]);
    }
    free(veils->items);
    lac_phi_scanner_free(veils->scanner);
    *veils = (lac_judge_veils){0};
}

/* ---- the gate ------------------------------------------------------------------------------- */

bool lac_judge_piece_holds(const lac_judge_piece *piece, const lac_phi_find *find)
{
    uint32_t low = 0, high = piece->passage_count;
    while (low < high) { /* the first passage that ends behind the find's beginning */
        uint32_t middle = (low + high) / 2;
        lac_judge_place place = piece->places[middle];
        if ((size_t)place.start + place.length <= find->start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < piece->passage_count &&
           piece->places[low].start < (size_t)find->start + find->length;
}

bool lac_privacy_blocks(const lac_privacy *privacy, const lac_phi_find *find)
{
    switch (privacy->policy) {
    case LAC_PHI_REFUSE:
        return find->certain || privacy->strict;
    case LAC_PHI_COVER:
        return !lac_phi_kind_is_replaced(find->kind) && privacy->strict;
    case LAC_PHI_ALLOW:
        return false;
    }
    return true;
}

/* "3 name, 12 date" */
static void summarize(char text[SUMMARY_MAX], const size_t counts[LAC_PHI_KINDS])
{
    lac_buf out;
    lac_buf_init(&out, SUMMARY_MAX - 1);
    for (int kind = 0; kind < LAC_PHI_KINDS; kind++) {
        if (counts[kind] > 0) {
            (void)lac_buf_printf(&out, "%s%zu %s", out.len == 0 ? "" : ", ", counts[kind],
                                 lac_phi_kind_name((lac_phi_kind)kind));
        }
    }
    memcpy(text, lac_buf_text(&out), out.len + 1);
    lac_buf_free(&out);
}

bool lac_judge_is_sent(const lac_judge_piece *const *pieces, size_t count,
                       const lac_document *document, const lac_phi_find *find)
{
    for (size_t i = 0; i < count; i++) {
        if (pieces[i]->document == document && lac_judge_piece_holds(pieces[i], find)) {
            return true;
        }
    }
    return false;
}

lacuna_status lac_judge_gate(const lac_judge_veils *veils, const lac_judge_piece *const *pieces,
                             size_t count, lacuna_error *err)
{
    size_t counts[LAC_PHI_KINDS] = {0}, all = 0;
    char summary[SUMMARY_MAX];
    for (size_t v = 0; v < veils->count; v++) {
        const lac_veil *veil = veils->items[v];
        for (size_t i = 0; i < veil->finds.count; i++) {
            const lac_phi_find *find = &veil->finds.items[i];
            if (lac_privacy_blocks(&veils->privacy, find) &&
                lac_judge_is_sent(pieces, count, veil->document, find)) {
                counts[find->kind]++;
                all++;
            }
        }
    }
    if (all == 0) {
        return LACUNA_OK;
    }
    summarize(summary, counts);
    return lac_fail_remedy(
        err, LACUNA_E_ARGUMENT,
        veils->privacy.policy == LAC_PHI_COVER
            ? "a pseudonym cannot stand for these: take the passages out, or do not ask for "
              "--require-deid"
            : "send pseudonyms instead (--pseudonymize), or take the responsibility (--allow-phi)",
        "nothing was sent: the text holds what may identify patients (%s)", summary);
}
