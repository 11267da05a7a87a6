#include "writers/docx/ids.h"

#include "support/error.h"

#include <stdlib.h>

enum { LARGEST_ID = INT32_MAX, ROOM = 1 << 20, MOST_IDS = 1 << 22 };

bool lac_ids_counts(lac_word word)
{
    switch (word) {
    case LAC_W_BOOKMARK_START:
    case LAC_W_CELL_DEL:
    case LAC_W_CELL_INS:
    case LAC_W_CELL_MERGE:
    case LAC_W_COMMENT:
    case LAC_W_CUSTOM_XML_DEL_RANGE_START:
    case LAC_W_CUSTOM_XML_INS_RANGE_START:
    case LAC_W_CUSTOM_XML_MOVE_FROM_RANGE_START:
    case LAC_W_CUSTOM_XML_MOVE_TO_RANGE_START:
    case LAC_W_DEL:
    case LAC_W_INS:
    case LAC_W_MOVE_FROM:
    case LAC_W_MOVE_FROM_RANGE_START:
    case LAC_W_MOVE_TO:
    case LAC_W_MOVE_TO_RANGE_START:
    case LAC_W_NUMBERING_CHANGE:
    case LAC_W_P_PR_CHANGE:
    case LAC_W_PERM_START:
    case LAC_W_R_PR_CHANGE:
    case LAC_W_SECT_PR_CHANGE:
    case LAC_W_TBL_GRID_CHANGE:
    case LAC_W_TBL_PR_CHANGE:
    case LAC_W_TBL_PR_EX_CHANGE:
    case LAC_W_TC_PR_CHANGE:
    case LAC_W_TR_PR_CHANGE:
        return true;
    default:
        return false;
    }
}

typedef struct id_list {
    uint32_t *items;
    size_t count, cap;
} id_list;

static bool read_id(uint32_t *id, const lac_tokens *tokens, uint32_t token)
{
    lac_span text;
    uint64_t value = 0;
    if (!lac_token_get(&text, tokens, token, "id") || text.len == 0 || text.len > 10) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') {
            return false; /* a negative one is in nobody's way */
        }
        value = value * 10 + (uint64_t)(text.ptr[i] - '0');
    }
    *id = (uint32_t)value;
    return value <= LARGEST_ID;
}

static lacuna_status collect(id_list *list, const lac_tokens *tokens, lacuna_error *err)
{
    for (uint32_t i = 0; i < tokens->count; i++) {
        lac_word word = (lac_word)tokens->items[i].word;
        uint32_t id;
        bool has = lac_ids_counts(word) || word == LAC_W_COMMENT_REFERENCE ||
                   word == LAC_W_COMMENT_RANGE_START || word == LAC_W_COMMENT_RANGE_END ||
                   word == LAC_W_BOOKMARK_END || word == LAC_W_PERM_END;
        if (!has || !read_id(&id, tokens, i)) {
            continue;
        }
        lacuna_status status = lac_grow((void **)&list->items, &list->cap, list->count + 1,
                                        sizeof *list->items, MOST_IDS);
        if (status != LACUNA_OK) {
            return lac_fail(err, status, "the document has too many revisions and bookmarks");
        }
        list->items[list->count++] = id;
    }
    return LACUNA_OK;
}

static int by_value(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

/* Behind the largest id; where that is near the end of the numbers, the largest free stretch. */
static void choose(lac_ids *ids, const id_list *list)
{
    uint32_t largest = list->count == 0 ? 0 : list->items[list->count - 1];
    *ids = (lac_ids){largest + 1, LARGEST_ID};
    if (largest < LARGEST_ID - ROOM) {
        return;
    }
    uint32_t before = 0, widest = 0;
    for (size_t i = 0; i < list->count; i++) {
        uint32_t width = list->items[i] > before ? list->items[i] - before : 0;
        if (width > widest) {
            widest = width;
            *ids = (lac_ids){before + 1, list->items[i]};
        }
        before = list->items[i];
    }
}

lacuna_status lac_ids_make(lac_ids *ids, lac_word_file *file, lacuna_error *err)
{
    *ids = (lac_ids){0, 0};
    id_list list = {NULL, 0, 0};
    lac_word_part *comments;
    lacuna_status status = lac_word_related(&comments, file, "comments", err);
    for (uint32_t i = 0; i < file->part_count && status == LACUNA_OK; i++) {
        status = collect(&list, &file->parts[i].tokens, err);
    }
    if (status == LACUNA_OK) {
        if (list.count > 0) {
            qsort(list.items, list.count, sizeof *list.items, by_value);
        }
        choose(ids, &list);
    }
    free(list.items);
    return status;
}

uint32_t lac_ids_take(lac_ids *ids)
{
    return ids->next < ids->end ? ids->next++ : UINT32_MAX;
}

bool lac_ids_has_para(const lac_tokens *tokens, uint32_t para_id)
{
    for (uint32_t i = 0; i < tokens->count; i++) {
        if (tokens->items[i].word != LAC_W_P && tokens->items[i].word != LAC_W_TR) {
            continue;
        }
        lac_token_attr attr;
        size_t at = 0;
        while (lac_token_next_attribute(&attr, &at, tokens, i)) {
            if (attr.name.len > 7 && attr.value.len == 8 &&
                memcmp(attr.name.ptr + attr.name.len - 7, ":paraId", 7) == 0) {
                char text[9] = {0};
                memcpy(text, attr.value.ptr, 8);
                if (strtoul(text, NULL, 16) == para_id) {
                    return true;
                }
            }
        }
    }
    return false;
}
