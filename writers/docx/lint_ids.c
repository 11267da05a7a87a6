/* Ids: unique across kinds of annotations, paragraphs, content controls; ranges with both ends. */
#include "support/error.h"
#include "writers/docx/ids.h"
#include "writers/docx/layout.h"
#include "writers/docx/lint_run.h"

#include <stdlib.h>

/* One use of an id. */
typedef struct use {
    lac_span id;
    uint32_t token;
} use;

typedef struct uses {
    use *items;
    size_t count, cap;
} uses;

static int compare_spans(lac_span a, lac_span b)
{
    int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static int by_id(const void *left, const void *right)
{
    const use *a = left, *b = right;
    int order = compare_spans(a->id, b->id);
    return order != 0 ? order : (a->token > b->token) - (a->token < b->token);
}

static lacuna_status add(lac_lint_run *run, uses *list, lac_span id, uint32_t token)
{
    lacuna_status status = lac_grow((void **)&list->items, &list->cap, list->count + 1,
                                    sizeof *list->items, LAC_MAX_TOKENS);
    if (status != LACUNA_OK) {
        return lac_fail(run->err, status, "too many ids in one part");
    }
    list->items[list->count++] = (use){id, token};
    return LACUNA_OK;
}

static void sort(uses *list)
{
    if (list->count > 0) {
        qsort(list->items, list->count, sizeof *list->items, by_id);
    }
}

static bool has(const uses *list, lac_span id)
{
    const use key = {id, 0};
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_id(&list->items[middle], &key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < list->count && lac_span_equal(list->items[low].id, id);
}

/* The ids of all elements of a kind. */
static lacuna_status collect(lac_lint_run *run, uses *list, bool (*wanted)(lac_word word),
                             const char *attribute)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < run->tokens->count && status == LACUNA_OK; i++) {
        lac_span id;
        if (wanted((lac_word)run->tokens->items[i].word) &&
            lac_token_get(&id, run->tokens, i, attribute)) {
            status = add(run, list, id, i);
        }
    }
    sort(list);
    return status;
}

static lacuna_status tell_twice(lac_lint_run *run, const uses *list, const char *code,
                                const char *sentence)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 1; i < list->count && status == LACUNA_OK; i++) {
        if (lac_span_equal(list->items[i - 1].id, list->items[i].id)) {
            status = lac_lint_tell(run, code, list->items[i].id,
                                   run->tokens->items[list->items[i].token].start, sentence);
        }
    }
    return status;
}

static lacuna_status check_unique(lac_lint_run *run, bool (*wanted)(lac_word word),
                                  const char *attribute, const char *code, const char *sentence)
{
    uses list = {NULL, 0, 0};
    lacuna_status status = collect(run, &list, wanted, attribute);
    if (status == LACUNA_OK) {
        status = tell_twice(run, &list, code, sentence);
    }
    free(list.items);
    return status;
}

/* ---- kinds ----------------------------------------------------------------------------------- */

static bool is_comment(lac_word word)
{
    return word == LAC_W_COMMENT;
}

static bool is_bookmark(lac_word word)
{
    return word == LAC_W_BOOKMARK_START;
}

static bool is_bookmark_end(lac_word word)
{
    return word == LAC_W_BOOKMARK_END;
}

static bool is_range_start(lac_word word)
{
    return word == LAC_W_COMMENT_RANGE_START;
}

static bool is_range_end(lac_word word)
{
    return word == LAC_W_COMMENT_RANGE_END;
}

static bool is_reference(lac_word word)
{
    return word == LAC_W_COMMENT_REFERENCE;
}

/* ---- ranges ---------------------------------------------------------------------------------- */

static lacuna_status check_pairs(lac_lint_run *run, bool (*start)(lac_word word),
                                 bool (*end)(lac_word word), const char *code, const char *no_end,
                                 const char *no_start)
{
    uses starts = {NULL, 0, 0}, ends = {NULL, 0, 0};
    lacuna_status status = collect(run, &starts, start, "id");
    if (status == LACUNA_OK) {
        status = collect(run, &ends, end, "id");
    }
    for (size_t i = 0; i < starts.count && status == LACUNA_OK; i++) {
        if (!has(&ends, starts.items[i].id)) {
            status = lac_lint_tell(run, code, starts.items[i].id,
                                   run->tokens->items[starts.items[i].token].start, no_end);
        }
    }
    for (size_t i = 0; i < ends.count && status == LACUNA_OK; i++) {
        if (!has(&starts, ends.items[i].id)) {
            status = lac_lint_tell(run, code, ends.items[i].id,
                                   run->tokens->items[ends.items[i].token].start, no_start);
        }
    }
    free(starts.items);
    free(ends.items);
    return status;
}

/* A range of a comment without a reference is shown nowhere. */
static lacuna_status check_references(lac_lint_run *run)
{
    uses starts = {NULL, 0, 0}, references = {NULL, 0, 0};
    lacuna_status status = collect(run, &starts, is_range_start, "id");
    if (status == LACUNA_OK) {
        status = collect(run, &references, is_reference, "id");
    }
    for (size_t i = 0; i < starts.count && status == LACUNA_OK; i++) {
        if (!has(&references, starts.items[i].id)) {
            status = lac_lint_tell(run, "lint/comment-unreferenced", starts.items[i].id,
                                   run->tokens->items[starts.items[i].token].start,
                                   "the range of a comment nothing refers to:");
        }
    }
    for (size_t i = 0; i < references.count && status == LACUNA_OK; i++) {
        if (!lac_lint_set_has(&run->comments, references.items[i].id)) {
            status = lac_lint_tell(run, "lint/comment-absent", references.items[i].id,
                                   run->tokens->items[references.items[i].token].start,
                                   "a reference to a comment that does not exist:");
        }
    }
    free(starts.items);
    free(references.items);
    return status;
}

/* ---- paragraph ids and content controls ------------------------------------------------------ */

static lacuna_status collect_para_ids(lac_lint_run *run, uses *list)
{
    lac_span prefix =
        lac_tokens_prefix(run->tokens, "http://schemas.microsoft.com/office/word/2010/wordml");
    lac_buf name;
    lac_buf_init(&name, 1024);
    lacuna_status status = lac_buf_printf(&name, "%.*s:paraId", (int)prefix.len, prefix.ptr);
    for (uint32_t i = 0; prefix.len > 0 && i < run->tokens->count && status == LACUNA_OK; i++) {
        lac_word word = (lac_word)run->tokens->items[i].word;
        lac_span id;
        if ((word == LAC_W_P || word == LAC_W_TR) &&
            lac_token_attribute(&id, run->tokens, i, lac_buf_text(&name))) {
            status = add(run, list, id, i);
        }
    }
    lac_buf_free(&name);
    sort(list);
    return status;
}

/* [MS-DOCX] 2.5.3.1: eight digits, below 0x80000000. */
static bool is_para_id(lac_span id)
{
    for (size_t i = 0; i < id.len; i++) {
        char c = id.ptr[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'))) {
            return false;
        }
    }
    return id.len == 8 && id.ptr[0] < '8';
}

static lacuna_status check_para_ids(lac_lint_run *run)
{
    uses list = {NULL, 0, 0};
    lacuna_status status = collect_para_ids(run, &list);
    if (status == LACUNA_OK) {
        status = tell_twice(run, &list, "lint/paragraph-id-twice", "two paragraphs have the id");
    }
    for (size_t i = 0; i < list.count && status == LACUNA_OK; i++) {
        if (!is_para_id(list.items[i].id)) {
            status = lac_lint_tell(run, "lint/paragraph-id", list.items[i].id,
                                   run->tokens->items[list.items[i].token].start,
                                   "not an id of a paragraph:");
        }
    }
    free(list.items);
    return status;
}

static lacuna_status check_controls(lac_lint_run *run)
{
    uses list = {NULL, 0, 0};
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < run->tokens->count && status == LACUNA_OK; i++) {
        lac_span id;
        if (run->tokens->items[i].word == LAC_W_SDT_PR &&
            lac_token_child(run->tokens, i, LAC_W_ID) != LAC_NO_TOKEN &&
            lac_token_get(&id, run->tokens, lac_token_child(run->tokens, i, LAC_W_ID), "val")) {
            status = add(run, &list, id, i);
        }
    }
    sort(&list);
    if (status == LACUNA_OK) {
        status =
            tell_twice(run, &list, "lint/control-id-twice", "two content controls have the id");
    }
    free(list.items);
    return status;
}

lacuna_status lac_lint_ids(lac_lint_run *run)
{
    lacuna_status status = check_unique(run, lac_ids_counts, "id", "lint/id-twice",
                                        "two revisions, bookmarks or comments have the id");
    if (status == LACUNA_OK) {
        status = check_unique(run, is_comment, "id", "lint/comment-id-twice",
                              "two comments have the id");
    }
    if (status == LACUNA_OK) {
        status = check_unique(run, is_bookmark, "name", "lint/bookmark-twice",
                              "two bookmarks have the name");
    }
    if (status == LACUNA_OK) {
        status = check_pairs(run, is_bookmark, is_bookmark_end, "lint/bookmark-open",
                             "a bookmark without end:", "the end of a bookmark without start:");
    }
    if (status == LACUNA_OK) {
        status = check_pairs(
            run, is_range_start, is_range_end, "lint/comment-open",
            "the range of a comment without end:", "the end of a comment's range without start:");
    }
    if (status == LACUNA_OK) {
        status = check_references(run);
    }
    if (status == LACUNA_OK) {
        status = check_para_ids(run);
    }
    return status == LACUNA_OK ? check_controls(run) : status;
}
