/* What is named and must exist: styles, lists, comments; and fields, which must close. */
#include "support/error.h"
#include "writers/docx/lint_run.h"

#include <stdlib.h>

/* ---- sets ------------------------------------------------------------------------------------ */

lacuna_status lac_lint_set_add(lac_lint_set *set, lac_span item)
{
    lacuna_status status = lac_grow((void **)&set->items, &set->cap, set->count + 1,
                                    sizeof *set->items, LAC_MAX_TOKENS);
    if (status == LACUNA_OK) {
        set->items[set->count++] = item;
    }
    return status;
}

static int compare(const void *left, const void *right)
{
    const lac_span *a = left, *b = right;
    int order = memcmp(a->ptr, b->ptr, a->len < b->len ? a->len : b->len);
    return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

void lac_lint_set_sort(lac_lint_set *set)
{
    if (set->count > 0) {
        qsort(set->items, set->count, sizeof *set->items, compare);
    }
}

bool lac_lint_set_has(const lac_lint_set *set, lac_span item)
{
    return set->count > 0 &&
           bsearch(&item, set->items, set->count, sizeof *set->items, compare) != NULL;
}

void lac_lint_set_free(lac_lint_set *set)
{
    free(set->items);
    *set = (lac_lint_set){NULL, 0, 0};
}

/* ---- what is defined ------------------------------------------------------------------------- */

static lacuna_status keep(lac_lint_run *run, lac_lint_set *set, lac_span id)
{
    char *copy = lac_arena_copy(&run->arena, id);
    return copy == NULL ? LACUNA_E_NOMEM : lac_lint_set_add(set, lac_span_make(copy, id.len));
}

/* The ids of the elements of a kind in a related part. A part that cannot be read is told later. */
static lacuna_status read_ids(lac_lint_run *run, lac_lint_set *set, bool *there, const char *type,
                              lac_word word, const char *attribute)
{
    const lac_relationship *found = lac_relationships_first(&run->relationships, type);
    char *data = NULL;
    size_t length = 0;
    lac_tokens tokens;
    *there = found != NULL;
    if (found == NULL || lac_package_read(&data, &length, run->package, found->part,
                                          run->limits->part_bytes, NULL) != LACUNA_OK) {
        return LACUNA_OK;
    }
    lacuna_status status = LACUNA_OK;
    if (lac_tokens_make(&tokens, lac_span_make(data, length), type, run->limits, NULL) ==
        LACUNA_OK) {
        for (uint32_t i = 0; i < tokens.count && status == LACUNA_OK; i++) {
            lac_span id;
            if (tokens.items[i].word == word && lac_token_get(&id, &tokens, i, attribute)) {
                status = keep(run, set, id);
            }
        }
        lac_tokens_free(&tokens);
    }
    free(data);
    lac_lint_set_sort(set);
    return status;
}

lacuna_status lac_lint_names_read(lac_lint_run *run)
{
    const lac_relationship *styles = lac_relationships_first(&run->relationships, "styles");
    run->has_styles = styles != NULL;
    if (styles != NULL && lac_styles_read(&run->styles, run->package, styles->part, run->limits,
                                          &run->arena, NULL) != LACUNA_OK) {
        run->has_styles = false;
    }
    lacuna_status status =
        read_ids(run, &run->nums, &run->has_numbering, "numbering", LAC_W_NUM, "numId");
    if (status == LACUNA_OK) {
        status = read_ids(run, &run->comments, &run->has_comments, "comments", LAC_W_COMMENT, "id");
    }
    return status == LACUNA_OK ? status : lac_fail_nomem(run->err);
}

void lac_lint_names_free(lac_lint_run *run)
{
    lac_lint_set_free(&run->nums);
    lac_lint_set_free(&run->comments);
}

/* ---- what is named --------------------------------------------------------------------------- */

static lacuna_status check_style(lac_lint_run *run, uint32_t token)
{
    lac_span id;
    if (!lac_token_get(&id, run->tokens, token, "val") ||
        (run->has_styles && lac_styles_find(&run->styles, id) != NULL)) {
        return LACUNA_OK;
    }
    return lac_lint_tell(run, "lint/style-absent", id, run->tokens->items[token].start,
                         "a style that does not exist:");
}

static lacuna_status check_list(lac_lint_run *run, uint32_t token)
{
    lac_span id;
    if (!lac_token_get(&id, run->tokens, token, "val") || lac_span_is(id, "0") ||
        lac_lint_set_has(&run->nums, id)) {
        return LACUNA_OK;
    }
    return lac_lint_tell(run, "lint/list-absent", id, run->tokens->items[token].start,
                         "a list that does not exist:");
}

static int field_step(const lac_tokens *tokens, uint32_t token)
{
    lac_span type;
    if (tokens->items[token].word != LAC_W_FLD_CHAR ||
        !lac_token_get(&type, tokens, token, "fldCharType")) {
        return 0;
    }
    return lac_span_is(type, "begin") ? 1 : lac_span_is(type, "end") ? -1 : 0;
}

lacuna_status lac_lint_references(lac_lint_run *run)
{
    const lac_tokens *tokens = run->tokens;
    lacuna_status status = LACUNA_OK;
    int fields = 0;
    bool early = false;
    for (uint32_t i = 0; i < tokens->count && status == LACUNA_OK; i++) {
        switch (tokens->items[i].word) {
        case LAC_W_P_STYLE:
        case LAC_W_R_STYLE:
        case LAC_W_TBL_STYLE:
            status = check_style(run, i);
            break;
        case LAC_W_NUM_ID:
            status = check_list(run, i);
            break;
        default:
            break;
        }
        fields += field_step(tokens, i);
        early = early || fields < 0;
    }
    return status == LACUNA_OK && (fields != 0 || early)
               ? lac_lint_tell(run, "lint/field-open", lac_span_make("", 0), 0,
                               "fields that do not begin and end in pairs")
               : status;
}
