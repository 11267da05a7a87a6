#include "analyzer/apart.h"

#include "support/buf.h"
#include "support/error.h"

#include <string.h>

enum { TEXT_MAX = 1u << 14 };

/* The item itself, or one below it: "e3.16.3.1" below "e3.16.3". */
static bool is_within(const char *id, const char *above)
{
    size_t length = strlen(above);
    return strncmp(id, above, length) == 0 && (id[length] == '\0' || id[length] == '.');
}

static lacuna_status tell(lac_item_result *item, const lac_leaf_place *place, lac_arena *arena,
                          lacuna_error *err)
{
    lac_buf buf;
    lac_buf_init(&buf, TEXT_MAX);
    const char **texts = lac_arena_array(arena, 1, sizeof *texts);
    lacuna_status status = lac_buf_printf(&buf, "filed apart: %s, sequence %s, leaf %s, %s",
                                          place->title, place->sequence, place->id, place->file);
    if (texts != NULL && status == LACUNA_OK) {
        texts[0] = lac_arena_copy(arena, lac_buf_span(&buf));
    }
    lac_buf_free(&buf);
    if (texts == NULL || texts[0] == NULL) {
        return lac_fail_nomem(err);
    }
    const lac_item *of = item->item;
    *item = (lac_item_result){
        .item = of,
        .status = LAC_MET,
        .reason = "met/filed-apart",
        .explanation =
            "Another document of the study is filed for it; what it holds was not judged "
            "here.",
        .confidence = 0.8,
        .searched = texts,
        .searched_count = 1};
    return LACUNA_OK;
}

lacuna_status lac_answer_apart(lac_item_result *item, const char *checklist,
                               const lac_filed_apart *apart, uint32_t count, lac_arena *arena,
                               lacuna_error *err)
{
    if (!lac_item_status_is_gap(item->status) || item->status == LAC_CONTRADICTS) {
        return LACUNA_OK;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(apart[i].checklist, checklist) == 0 &&
            is_within(item->item->id, apart[i].item)) {
            return tell(item, apart[i].place, arena, err);
        }
    }
    return LACUNA_OK;
}
