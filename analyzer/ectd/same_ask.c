#include "analyzer/ectd/same_ask.h"

#include "support/buf.h"
#include "support/error.h"

#include <string.h>

enum { TEXT_MAX = 1024 };

static lac_item_result *find_gap(const lac_document_result *of, const char *id)
{
    for (uint32_t c = 0; c < of->checklist_count; c++) {
        for (uint32_t i = 0; i < of->checklists[c].item_count; i++) {
            lac_item_result *item = &of->checklists[c].items[i];
            if (lac_item_status_is_gap(item->status) && strcmp(item->item->id, id) == 0) {
                return item;
            }
        }
    }
    return NULL;
}

static lacuna_status fold(lac_item_result *item, const lac_item *into, lac_arena *arena,
                          lacuna_error *err)
{
    lac_buf text;
    lac_buf_init(&text, TEXT_MAX);
    const char *copy = NULL;
    if (lac_buf_printf(&text, "The same is asked, and shown as a gap, as %.64s.", into->id) ==
        LACUNA_OK) {
        copy = lac_arena_copy(arena, lac_buf_span(&text));
    }
    lac_buf_free(&text);
    if (copy == NULL) {
        return lac_fail_nomem(err);
    }
    item->status = LAC_NOT_APPLICABLE;
    item->reason = "not-applicable/same-gap";
    item->explanation = copy;
    item->needs_count = 0;
    return LACUNA_OK;
}

static lacuna_status fold_pairs(lac_item_result *item, lac_document_result *of, lac_arena *arena,
                                lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < item->item->same_as_count && status == LACUNA_OK; i++) {
        lac_item_result *other = find_gap(of, item->item->same_as[i]);
        if (other == NULL || other == item || !lac_item_status_is_gap(item->status)) {
            continue;
        }
        bool graver = other->item->severity > item->item->severity;
        status = graver ? fold(item, other->item, arena, err) : fold(other, item->item, arena, err);
    }
    return status;
}

lacuna_status lac_fold_same_asks(lac_document_result *of, lac_arena *arena, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t c = 0; c < of->checklist_count; c++) {
        for (uint32_t i = 0; i < of->checklists[c].item_count && status == LACUNA_OK; i++) {
            status = fold_pairs(&of->checklists[c].items[i], of, arena, err);
        }
    }
    return status;
}
