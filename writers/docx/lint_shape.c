/* Nesting and order of elements. */
#include "writers/docx/lint_run.h"
#include "writers/docx/order.h"

static lac_word word_at(const lac_lint_run *run, uint32_t token)
{
    return token == LAC_NO_TOKEN ? LAC_W_FOREIGN : (lac_word)run->tokens->items[token].word;
}

static lacuna_status tell(lac_lint_run *run, const char *code, uint32_t token, const char *sentence)
{
    return lac_lint_tell(run, code, lac_token_local(run->tokens, token),
                         run->tokens->items[token].start, sentence);
}

static bool is_insertion(lac_word word)
{
    return word == LAC_W_INS || word == LAC_W_MOVE_TO;
}

static bool is_deletion(lac_word word)
{
    return word == LAC_W_DEL || word == LAC_W_MOVE_FROM;
}

/* Not the properties of a run, mark or row, where w:ins is an empty element. */
static bool holds_runs(lac_word parent)
{
    return parent != LAC_W_R_PR && parent != LAC_W_TR_PR && parent != LAC_W_NUM_PR;
}

/* ---- revisions ------------------------------------------------------------------------------- */

static lacuna_status check_revision(lac_lint_run *run, uint32_t token)
{
    lac_word word = word_at(run, token);
    uint32_t parent = run->tokens->items[token].parent;
    if (!holds_runs(word_at(run, parent))) {
        return LACUNA_OK;
    }
    if (word_at(run, parent) == LAC_W_R || word_at(run, parent) == LAC_W_T) {
        return tell(run, "lint/revision-in-run", token, "a tracked change inside a run");
    }
    for (uint32_t up = parent; up != LAC_NO_TOKEN; up = run->tokens->items[up].parent) {
        lac_word outer = word_at(run, up);
        if (outer == LAC_W_P || outer == LAC_W_TXBX_CONTENT) {
            break;
        }
        if ((is_insertion(word) && is_insertion(outer)) ||
            (is_deletion(word) && is_deletion(outer))) {
            return tell(run, "lint/revision-nested", token,
                        "a tracked change inside another of its kind");
        }
    }
    return LACUNA_OK;
}

static lacuna_status check_inside_revision(lac_lint_run *run, uint32_t token)
{
    lac_word parent = word_at(run, run->tokens->items[token].parent);
    return is_insertion(parent) || is_deletion(parent)
               ? tell(run, "lint/revision-around-block", token,
                      "a tracked change around a paragraph or table")
               : LACUNA_OK;
}

/* Text is w:delText inside w:del and w:t outside; a text box inside counts for itself. */
static lacuna_status check_text_kind(lac_lint_run *run, uint32_t token)
{
    bool deleted_text = word_at(run, token) == LAC_W_DEL_TEXT;
    bool deleted = false;
    for (uint32_t up = run->tokens->items[token].parent; up != LAC_NO_TOKEN;
         up = run->tokens->items[up].parent) {
        lac_word outer = word_at(run, up);
        if (outer == LAC_W_P || outer == LAC_W_TXBX_CONTENT) {
            break;
        }
        deleted = deleted || outer == LAC_W_DEL;
    }
    if (deleted && !deleted_text) {
        return tell(run, "lint/text-in-deletion", token, "text in a deletion must be w:delText:");
    }
    return !deleted && deleted_text && word_at(run, run->tokens->items[token].parent) == LAC_W_R &&
                   !lac_token_inside(run->tokens, token, LAC_W_MOVE_FROM)
               ? tell(run, "lint/deleted-text-outside", token, "deleted text outside a deletion:")
               : LACUNA_OK;
}

static lacuna_status check_marks(lac_lint_run *run, uint32_t token)
{
    uint32_t insertions = 0;
    const lac_tokens *tokens = run->tokens;
    for (uint32_t i = token + 1; i < tokens->items[token].after; i = tokens->items[i].after) {
        insertions += tokens->items[i].word == LAC_W_INS;
    }
    return insertions > 1 ? tell(run, "lint/mark-twice-inserted", token,
                                 "two insertions of one paragraph mark in")
                          : LACUNA_OK;
}

/* ---- tables and body ------------------------------------------------------------------------- */

static uint32_t last_child(const lac_tokens *tokens, uint32_t token)
{
    uint32_t last = LAC_NO_TOKEN;
    for (uint32_t i = token + 1; i < tokens->items[token].after; i = tokens->items[i].after) {
        switch (tokens->items[i].word) { /* points between blocks do not count */
        case LAC_W_BOOKMARK_START:
        case LAC_W_BOOKMARK_END:
        case LAC_W_COMMENT_RANGE_START:
        case LAC_W_COMMENT_RANGE_END:
        case LAC_W_PERM_START:
        case LAC_W_PERM_END:
        case LAC_W_PROOF_ERR:
        case LAC_W_MOVE_FROM_RANGE_END:
        case LAC_W_MOVE_TO_RANGE_END:
            break;
        default:
            last = i;
        }
    }
    return last;
}

static lacuna_status check_cell(lac_lint_run *run, uint32_t token)
{
    uint32_t last = last_child(run->tokens, token);
    lac_word word = word_at(run, last);
    /* A content control around the last paragraph, or content of another namespace, may hold it. */
    bool ends_well = last != LAC_NO_TOKEN && (word == LAC_W_P || word == LAC_W_SDT ||
                                              word == LAC_W_CUSTOM_XML || word == LAC_W_FOREIGN);
    return ends_well ? LACUNA_OK
                     : tell(run, "lint/cell-without-paragraph", token,
                            "a table cell must end with a paragraph:");
}

static lacuna_status check_table(lac_lint_run *run, uint32_t token)
{
    return lac_token_child(run->tokens, token, LAC_W_TBL_GRID) != LAC_NO_TOKEN
               ? LACUNA_OK
               : tell(run, "lint/table-without-grid", token, "a table without w:tblGrid:");
}

static lacuna_status check_row(lac_lint_run *run, uint32_t token)
{
    for (uint32_t i = token + 1; i < run->tokens->items[token].after;
         i = run->tokens->items[i].after) {
        lac_word word = word_at(run, i);
        if (word == LAC_W_TC || word == LAC_W_SDT || word == LAC_W_CUSTOM_XML ||
            word == LAC_W_FOREIGN) {
            return LACUNA_OK;
        }
    }
    return tell(run, "lint/row-without-cell", token, "a table row without a cell:");
}

static lacuna_status check_body(lac_lint_run *run, uint32_t token)
{
    uint32_t section = lac_token_child(run->tokens, token, LAC_W_SECT_PR);
    return section != LAC_NO_TOKEN &&
                   run->tokens->items[section].after != run->tokens->items[token].after
               ? tell(run, "lint/behind-section", run->tokens->items[section].after,
                      "an element behind the last section properties:")
               : LACUNA_OK;
}

/* ---- order ----------------------------------------------------------------------------------- */

static lacuna_status check_order(lac_lint_run *run, uint32_t token)
{
    const lac_tokens *tokens = run->tokens;
    int highest = -1;
    for (uint32_t i = token + 1; i < tokens->items[token].after; i = tokens->items[i].after) {
        if (tokens->items[i].word == LAC_W_FOREIGN) {
            continue;
        }
        int rank = lac_order_rank(word_at(run, token), lac_token_local(tokens, i));
        if (rank != LAC_ORDER_NONE && rank < highest) {
            return tell(run, "lint/order", i, "an element out of the order of the schema:");
        }
        highest = rank > highest ? rank : highest;
    }
    return LACUNA_OK;
}

static lacuna_status check_first(lac_lint_run *run, uint32_t token, lac_word wanted,
                                 const char *sentence)
{
    uint32_t found = lac_token_child(run->tokens, token, wanted);
    return found == LAC_NO_TOKEN || found == token + 1
               ? LACUNA_OK
               : tell(run, "lint/properties-first", found, sentence);
}

static lacuna_status check_unknown(lac_lint_run *run, uint32_t token)
{
    return lac_lint_knows(lac_token_local(run->tokens, token))
               ? LACUNA_OK
               : tell(run, "lint/unknown-element", token, "an element Word does not know:");
}

/* ---- all ------------------------------------------------------------------------------------- */

static lacuna_status check_block(lac_lint_run *run, uint32_t token, lac_word word)
{
    lacuna_status status = LACUNA_OK;
    switch (word) {
    case LAC_W_P:
        status = check_first(run, token, LAC_W_P_PR, "properties must be first in a paragraph:");
        break;
    case LAC_W_R:
        return check_first(run, token, LAC_W_R_PR, "properties must be first in a run:");
    case LAC_W_TBL:
        status = check_table(run, token);
        break;
    case LAC_W_TR:
        return check_row(run, token);
    case LAC_W_TC:
        return check_cell(run, token);
    case LAC_W_BODY:
        return check_body(run, token);
    default:
        return LACUNA_OK;
    }
    return status == LACUNA_OK ? check_inside_revision(run, token) : status;
}

static lacuna_status check(lac_lint_run *run, uint32_t token)
{
    lac_word word = word_at(run, token);
    lacuna_status status = LACUNA_OK;
    if (word == LAC_W_OTHER) {
        return check_unknown(run, token);
    }
    if (lac_order_has(word)) {
        status = check_order(run, token);
    }
    if (status == LACUNA_OK && word == LAC_W_R_PR) {
        status = check_marks(run, token);
    }
    if (status == LACUNA_OK && (is_insertion(word) || is_deletion(word))) {
        status = check_revision(run, token);
    }
    if (status == LACUNA_OK && (word == LAC_W_T || word == LAC_W_DEL_TEXT)) {
        status = check_text_kind(run, token);
    }
    return status == LACUNA_OK ? check_block(run, token, word) : status;
}

lacuna_status lac_lint_shape(lac_lint_run *run)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < run->tokens->count && status == LACUNA_OK; i++) {
        if (run->tokens->items[i].word != LAC_W_FOREIGN) {
            status = check(run, i);
        }
    }
    return status;
}
